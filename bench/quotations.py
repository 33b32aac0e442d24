"""Planted quotations: is each of three hundred graded as it should be, and how long does it take?

The draft is made of the library by a seed: a third of the quotations are true, a third altered by a
word, a negation, a number or the order, a third cut, merged or invented; in three languages and all
styles of marks, half of them with their source beside them.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from subprocess import run
from sys import executable
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.collection import LIBRARY, REPEATED, pieces_of, write_piece
from bench.common import (
    REPOSITORY,
    TIMES,
    clocked,
    environment,
    parser,
    table,
    tell,
    times,
)
from sinorus import Library
from sinorus.citation.wording import Wording, occurrences
from sinorus.model import Finding, Paragraph

MARKS = {
    "en": ("“{}”", '"{}"', "‘{}’", "> {}"),
    "ru": ("«{}»", "„{}“", '"{}"', "> {}"),
    "zh": ("“{}”", "「{}」", "『{}』", "> {}"),
}
SOUND = ("EXACT", "NORMALISED", "ELLIPSIS")
NEGATIONS = {"en": "not", "ru": "не", "zh": "不"}
FILLING = {
    "en": "It was said on that day by those who were there, and {} was the answer.",
    "ru": "В тот день об этом сказали те, кто там был: {}, и это был ответ.",
    "zh": "那天在场的人说：{}，这就是回答。",
}


class Planted(NamedTuple):
    """A quotation of the draft: what was done to it, and the paragraphs whose words it has."""

    sort: str
    lang: str
    text: str
    sources: Sequence[tuple[Paragraph, str]]
    written: str


def main() -> None:
    """Prints what became of the planted quotations, and how long a check of the draft takes."""
    arguments = parser(__doc__)
    arguments.add_argument("--seed", type=int, default=17)
    arguments.add_argument("--count", type=int, default=300)
    arguments.add_argument("--words", type=int, default=0, help="pad the draft to so many words")
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--library", type=Path, help="an indexed library; else one is made")
    arguments.add_argument("--times", type=int, default=1, help="of so many copies of shared/frus")
    arguments.add_argument("--keep", type=Path, help="make it here, and take what is here already")
    given = arguments.parse_args()
    with TemporaryDirectory(prefix="sinorus-bench-") as folder:
        root = given.library or _made(given.keep or Path(folder), given.times)
        with Library.at(root) as library:
            planted = plant(library, given.seed, given.count)
            draft = drafted(planted, given.words)
            report = library.check(draft, name="draft.md")
        quoted = [one for one in report.findings if one.kind == "quotation"]
        print(judged(planted, quoted))
        path = Path(folder) / "draft.md"
        path.write_text(draft, "utf-8")
        command = [executable, "-m", "sinorus", "--library", str(root), "check", str(path)]
        samples = [
            clocked(lambda: run(command, capture_output=True, cwd=REPOSITORY, check=False))
            for _ in range(given.runs)
        ]
        words = f"{len(draft.split()):,} words, {len(planted)} quotations"
        print(table(["a fresh check", *TIMES], [[words, *times(samples)]]))
        print(environment(["rapidfuzz"]))


def _made(folder: Path, times: int) -> Path:
    root = folder / f"library-{times}"
    if times == 1:
        copytree(LIBRARY, root / "seeds", dirs_exist_ok=True)
    elif not (root / "seeds").is_dir():
        (root / "seeds").mkdir(parents=True)
        for piece in pieces_of(REPEATED, times):
            write_piece(root, piece)
    with Library.at(root) as library:
        tell("indexing")
        library.index()
    return root


def plant(library: Library, seed: int, count: int) -> list[Planted]:
    """So many quotations of the library, by a seed."""
    chance = random.Random(seed)
    texts = {lang: _texts(library, lang, chance) for lang in MARKS}
    found: list[Planted] = []
    sorts = ("true", "altered", "made")
    while len(found) < count:
        sort, lang = sorts[len(found) % 3], tuple(MARKS)[len(found) // 3 % 3]
        one = _planted(sort, lang, texts[lang], chance)
        if one is not None:
            found.append(one)
    chance.shuffle(found)
    return found


def _texts(library: Library, lang: str, chance: random.Random) -> list[Paragraph]:
    kept = []
    documents = library.sources(lang=[lang], update=False)
    chance.shuffle(documents)
    for document in documents[:150]:
        shown = [one.paragraph for one in library.show(document.id, update=False)]
        kept += [one for one in shown if one.kind == "text" and len(Wording(one.text).words) > 30]
    return kept


def _piece(paragraph: Paragraph, lang: str, chance: random.Random) -> str:
    words = Wording(paragraph.text).words
    size = min(chance.randint(8, 40) * (2 if lang == "zh" else 1), len(words) - 1)
    first = chance.randrange(len(words) - size)
    return paragraph.text[words[first].start : words[first + size - 1].end]


def _planted(
    sort: str, lang: str, texts: Sequence[Paragraph], chance: random.Random
) -> Planted | None:
    paragraph, other = chance.choice(texts), chance.choice(texts)
    piece = _piece(paragraph, lang, chance)
    if re.search(r"[\"“”«»„‘’「」『』`*_<>\[\]#@\\]", piece):
        return None
    sources = [(paragraph, piece)]
    if sort == "true":
        text = _true(piece, lang, chance)
    elif sort == "altered":
        sort, changed = _altered(piece, lang, texts, chance)
        if changed is None:
            return None
        text = changed
    else:
        sort, text, sources = _made_up(piece, lang, (paragraph, other), texts, chance)
    if any(occurrences(Wording(text), Wording(source.text)) for source, _ in sources) != (
        sort == "true" and "[" not in text
    ):
        return None
    if re.search(r"[\"“”«»„‘「」『』`*_<>#@\\]|\[[^…]", text):
        return None
    marks = chance.choice(MARKS[lang])
    cited = ""
    if chance.random() < 0.5 and sources:
        cited = f" <!-- sinorus: {sources[0][0].id}@{sources[0][0].hash} -->"
    if marks.startswith(">"):
        written = f"> {' '.join(text.split())}\n{cited.strip()}"
    else:
        written = FILLING[lang].format(marks.format(" ".join(text.split())) + cited)
    return Planted(sort, lang, text, sources, written)


def _true(piece: str, lang: str, chance: random.Random) -> str:
    words = Wording(piece).words
    match chance.randrange(4):
        case 0:
            return piece
        case 1:
            return piece.replace("ё", "е").replace(",", "").replace("，", "、")
        case 2 if len(words) > 12:
            return f"{piece[: words[4].end]} […] {piece[words[-5].start :]}"
        case _:
            return piece[:1].swapcase() + piece[1:]


def _altered(
    piece: str, lang: str, texts: Sequence[Paragraph], chance: random.Random
) -> tuple[str, str | None]:
    words = Wording(piece).words
    at = chance.randrange(2, len(words) - 2)
    word = words[at]
    gap = "" if lang == "zh" else " "
    match chance.randrange(4):
        case 0:
            new = chance.choice(Wording(chance.choice(texts).text).forms)
            return "word", piece[: word.start] + new + piece[word.end :]
        case 1:
            new = NEGATIONS[lang] + gap
            return "negation", piece[: word.start] + new + piece[word.start :]
        case 2:
            numbers = [one for one in words if one.form.isdecimal()]
            if not numbers:
                return "number", None
            one = chance.choice(numbers)
            new = str(int(one.form) + chance.randint(1, 9))
            return "number", piece[: one.start] + new + piece[one.end :]
        case _:
            beside = words[at + 1]
            left, right = piece[word.start : word.end], piece[beside.start : beside.end]
            between = piece[word.end : beside.start]
            return "order", piece[: word.start] + right + between + left + piece[beside.end :]


def _made_up(
    piece: str,
    lang: str,
    pair: tuple[Paragraph, Paragraph],
    texts: Sequence[Paragraph],
    chance: random.Random,
) -> tuple[str, str, list[tuple[Paragraph, str]]]:
    words = Wording(piece).words
    gap = "" if lang == "zh" else " "
    match chance.randrange(3):
        case 0:
            at, left_out = len(words) // 3, max(1, len(words) // 6)
            text = piece[: words[at].end] + gap + piece[words[at + left_out + 1].start :]
            return "cut", text, [(pair[0], piece)]
        case 1:
            other = _piece(pair[1], lang, chance)
            theirs = Wording(other).words
            half = piece[: words[len(words) // 2].end]
            text = half + gap + other[theirs[len(theirs) // 2].start :]
            return "merged", text, [(pair[0], piece), (pair[1], other)]
        case _:
            some = [chance.choice(Wording(chance.choice(texts).text).forms) for _ in words]
            return "invented", gap.join(some), []


def drafted(planted: Sequence[Planted], words: int) -> str:
    """The draft in Markdown, padded with prose that quotes nothing."""
    blocks = [one.written for one in planted]
    short = max(0, words - sum(len(block.split()) for block in blocks))
    prose = "This sentence of the draft says what its author thinks and quotes nobody at all. "
    padding = (prose * (short // max(len(planted), 1) // 14)).strip()
    return "\n\n".join(f"{block}\n\n{padding}" if padding else block for block in blocks) + "\n"


def judged(planted: Sequence[Planted], found: Sequence[Finding]) -> str:
    """A table of what was planted and how it was graded, and what is wrong."""
    grades: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    if len(found) != len(planted):
        wrong.append(f"{len(planted)} were planted, {len(found)} found")
    by_text = {" ".join(one.text.split()): one for one in found}
    for one in planted:
        finding = by_text.get(" ".join(one.text.split()).strip())
        if finding is None:
            wrong.append(f"not found in the draft: {one.written}")
            continue
        grades.setdefault(one.sort, Counter())[finding.grade] += 1
        if fault := _fault(one, finding):
            what = f"{finding.grade} {finding.id} ({one.lang} {one.sort})"
            wrong.append(f"{fault}: {what}: {one.text}")
            wrong.append(f"    wanted {[source.id for source, _ in one.sources]}")
    columns = sorted({grade for counts in grades.values() for grade in counts})
    rows = [
        [sort, *(str(counts.get(grade, 0)) for grade in columns)]
        for sort, counts in sorted(grades.items())
    ]
    return "\n".join([table(["planted", *columns], rows), *wrong])


def _fault(one: Planted, finding: Finding) -> str:
    if one.sort == "true":
        return "" if finding.grade in SOUND else "false alarm"
    if finding.grade in SOUND:
        return "passed"
    if one.sort == "invented":
        return "" if finding.grade == "NOT-FOUND" else "found an invention"
    named = Wording(finding.found)
    right = any(
        (finding.id or "").startswith(f"{source.id}@")
        or (finding.document and finding.document.id == source.document)
        or occurrences(Wording(piece), named)
        or len(set(Wording(piece).forms) & set(named.forms)) > 0.7 * len(set(named.forms))
        for source, piece in one.sources
    )
    return "" if right and finding.grade != "NOT-FOUND" else "not named with its source"


if __name__ == "__main__":
    main()
