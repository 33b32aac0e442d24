"""Awkward texts: does a reader take time in proportion to its text, whatever the text is?

Each reader and splitter of `sinorus.sources`, and what reads words and queries, gets each shape of
`awkward.py` with n and with 4n characters. What takes time in proportion takes four times as long;
with the square of the length it takes sixteen times. CPU time of one process, the least of several
runs. Prints the greatest ratio of each reader and all that are above the bar; `--all` prints every
pair. `--reader` and `--shape` take those whose names have this WORD in them.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import process_time
from typing import Any, NamedTuple

from bench.awkward import QUERIES, SHAPES, Shape
from bench.common import environment, parser, table, tell
from sinorus.errors import SinorusError
from sinorus.query.parse import parse, parse_literal
from sinorus.sources.decode import decode
from sinorus.sources.describe import describe
from sinorus.sources.known import known_fields
from sinorus.sources.language import detect_language
from sinorus.sources.metadata import LARGEST, split_metadata
from sinorus.sources.paragraphs import split_paragraphs
from sinorus.text import tokens
from sinorus.text.chunks import normalised, read_chunk
from sinorus.text.fold import fold_other, fold_value, fold_word
from sinorus.text.names import compile_names

BAR = 6.0
"""What four times the characters may cost at most, in times."""
LEAST, MOST = 20_000, 320_000
"""Characters of the smaller text: as many as take ENOUGH, within these bounds."""
ENOUGH = 2.0
"""Milliseconds of the smaller text: less is told from nothing too badly."""
PATIENCE = 20
"""Seconds after which a pair is given up, and falls short."""
_RUNS = 3
_DOUBTFUL = 5.0  # a ratio from here on is measured again: another process may have disturbed it


class Reader(NamedTuple):
    """What reads a text: `made` of its characters, which is not timed; `most` of them."""

    name: str
    read: Callable[[Any], object]
    made: Callable[[str], str | bytes | list[str]] = str
    most: int = MOST


class Pair(NamedTuple):
    """One reader, one shape, and the milliseconds of n and 4n characters; None: given up."""

    reader: str
    shape: str
    n: int
    small: float = 0.0
    large: float | None = None

    @property
    def ratio(self) -> float:
        """How much longer the longer text took; infinite if it was given up."""
        return float("inf") if self.large is None else self.large / max(self.small, 1e-6)

    def row(self) -> list[str]:
        """The cells of a table."""
        large = f"> {PATIENCE},000" if self.large is None else f"{self.large:.2f}"
        ratio = "–" if self.large is None else f"{self.ratio:.1f}"
        verdict = "ok" if self.ratio < BAR else "short"
        shape = self.shape.replace("|", "\\|")
        small = f"{self.small:.2f}"
        return [self.reader, f"`` {shape} ``", f"{self.n:,}", small, large, ratio, verdict]


def _described(text: str) -> object:
    metadata = split_metadata(text, "a.md")
    return describe(metadata.fields, "a.md", metadata.lines)


def _chunked(text: str) -> object:
    return [read_chunk(chunk) for chunk in set(normalised([text]).split())]


def _hashed(text: str) -> object:
    return tokens.paragraph_hash(text, tokens.tokenize(text))


def _named(text: str) -> object:
    compiled = compile_names([[text, "Name"]])
    read = tokens.tokenize(text)
    return compiled.find(read.stems, read.forms)


def _legacy(text: str) -> bytes:
    """In an encoding from before Unicode; the last word is surely not UTF-8."""
    return text.encode("cp1252", "replace") + b" China\x92s reply"


_FRONT = LARGEST // 5  # characters, so that four times as many are read too
READERS = [
    Reader("decode, UTF-8", decode, lambda text: text.encode()),
    Reader("decode, legacy", decode, _legacy),
    Reader("decode, legacy, at the start", decode, lambda text: b"\x92 " + _legacy(text)),
    Reader(
        "decode, Cyrillic", decode, lambda text: b"\xcc\xe8\xf0 " + text.encode("cp1251", "replace")
    ),
    Reader("decode, UTF-16", decode, lambda text: text.encode("utf-16-le")),
    Reader("front matter", _described, lambda text: f"---\n{text}\n---\nBody.", _FRONT),
    Reader("front matter, a field", _described, lambda text: f"---\na: {text}\n---\nBody.", _FRONT),
    Reader(
        "front matter, quoted", _described, lambda text: f'---\na: "{text}"\n---\nBody.', _FRONT
    ),
    Reader("front matter, open", _described, lambda text: f"---\ntitle: T\n{text}", _FRONT),
    Reader("front matter, none", _described),
    Reader("Markdown", lambda text: split_paragraphs(text, 1, True)),
    Reader("Markdown, an item", lambda text: split_paragraphs(f"- {text}", 1, True)),
    Reader("Markdown, a quotation", lambda text: split_paragraphs(f"> {text}", 1, True)),
    Reader("Markdown, code", lambda text: split_paragraphs(f"~~~~\n{text}\n~~~~", 1, True)),
    Reader("plain text", lambda text: split_paragraphs(text, 1, False)),
    Reader("language", detect_language),
    Reader("known fields", lambda text: known_fields("2020-01-01 a.md", text)),
    Reader("tokens", tokens.tokenize),
    Reader("tokens and hash", _hashed),
    Reader("chunks", _chunked),
    Reader("folded word", fold_word),
    Reader("folded other", fold_other),
    Reader("folded value", fold_value),
    Reader("name", _named),
]
_QUERY = 2_500  # characters, so that four times as many are not too many words for a query
_QUERY_READERS = [
    Reader("query", parse, most=_QUERY),
    Reader("query, any word", lambda text: parse(text, any_word=True), most=_QUERY),
    Reader("query, literal", parse_literal, most=_QUERY),
]


def _once(reader: Reader, made: str | bytes | list[str]) -> float:
    """The milliseconds of one reading; what the analysis remembers of words is forgotten."""
    tokens.forget()
    gc.collect()
    started = process_time()
    with suppress(SinorusError):  # to say no is an answer, too
        reader.read(made)
    return (process_time() - started) * 1000


def _least(reader: Reader, made: str | bytes | list[str]) -> float:
    return min(_once(reader, made) for _ in range(_RUNS))


def _keep_memory() -> None:
    """Let the allocator of the GNU C library keep what is freed.

    It gives great pieces back to the system and gets them anew, page by page, which small texts
    do not have to pay for.
    """
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(-3, 1 << 30)  # M_MMAP_THRESHOLD
        library.mallopt(-1, 1 << 30)  # M_TRIM_THRESHOLD


def measure(reader: Reader, shape: Shape, n: int) -> tuple[int, float, float]:
    """How many characters the smaller text has, and the milliseconds of both.

    A threshold that lies between the two (a paragraph is long enough to be cut, the text larger
    than a cache) makes one ratio great and not the next: one above the bar must be so twice.
    """
    _keep_memory()
    gc.disable()  # its share grows by leaps; it is made so as to stay in proportion
    gc.freeze()  # what is there already need not be gone through between two runs
    _once(reader, reader.made(shape(1_000)))  # imports, compiles
    n, small, large = _compared(reader, shape, n)
    if large >= BAR * small:
        other = 4 * n if 4 * n <= reader.most or reader.most == MOST else n // 4
        again = _compared(reader, shape, other, other)
        if again[2] * small < large * again[1]:
            return again
    return n, small, large


def _compared(reader: Reader, shape: Shape, n: int, most: int = 0) -> tuple[int, float, float]:
    made = reader.made(shape(n))
    most = most or reader.most
    while n < most and _once(reader, made) < ENOUGH:
        n = min(2 * n, most)
        made = reader.made(shape(n))
    more = reader.made(shape(4 * n))
    small, large = _least(reader, made), _least(reader, more)
    for _ in range(4):
        if large < _DOUBTFUL * small:
            break
        small, large = min(small, _least(reader, made)), min(large, _least(reader, more))
    return n, small, large


def measured(reader: Reader, name: str, shape: Shape) -> Pair:
    """The pair, measured in a process of its own, which can be stopped."""
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(
        target=lambda: sender.send(measure(reader, shape, min(LEAST, reader.most)))
    )
    process.start()
    sender.close()
    try:
        if receiver.poll(PATIENCE):
            return Pair(reader.name, name, *receiver.recv())
        return Pair(reader.name, name, LEAST)
    finally:
        process.kill()
        process.join()


def pairs(reader_word: str, shape_word: str) -> Iterator[Pair]:
    """Every reader with every shape whose names have these words."""
    both = [(reader, SHAPES) for reader in READERS]
    both += [(reader, {**SHAPES, **QUERIES}) for reader in _QUERY_READERS]
    for reader, shapes in both:
        if reader_word in reader.name:
            tell(f"{reader.name} …")
            for name, shape in shapes.items():
                if shape_word in name:
                    yield measured(reader, name, shape)


def main() -> None:
    """Prints one table, or two."""
    arguments = parser(__doc__)
    arguments.add_argument("--reader", default="", metavar="WORD")
    arguments.add_argument("--shape", default="", metavar="WORD")
    arguments.add_argument("--all", action="store_true")
    options = arguments.parse_args()
    found = list(pairs(options.reader, options.shape))
    short = [pair for pair in found if pair.ratio >= BAR]
    greatest: dict[str, Pair] = {}
    for pair in found:
        if pair.ratio >= greatest.get(pair.reader, pair).ratio:
            greatest[pair.reader] = pair
    head = ("reader", "shape", "n", "CPU ms of n", "CPU ms of 4n", "ratio", "")
    print(f"{environment()}; CPU time, least of {_RUNS} runs at least\n")
    print(table(head, [pair.row() for pair in (found if options.all else greatest.values())]))
    if short and not options.all:
        print(f"\nAbove the bar:\n\n{table(head, [pair.row() for pair in short])}")
    print(f"\n{len(found):,} pairs; {len(short)} above the bar of {BAR:g}.")
