"""Segments whose checksums are right and whose content somebody made up.

Every place where bytes become text, JSON or numbers gets what it cannot be: a command answers, or
says that the index is damaged, and `status --check` finds it.
"""

from __future__ import annotations

import json
import tracemalloc
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from struct import pack
from typing import TYPE_CHECKING, Any

import pytest
from support.small_libraries import PRESS
from support.tampering import CHECK, Said, asked, rewritten, segments

from sinorus.engines.whoosh.check import check_commit, check_segment
from sinorus.engines.whoosh.commit import latest, read_commit, write_commit
from sinorus.engines.whoosh.segment.file import SegmentFile, all_strings
from sinorus.engines.whoosh.segment.postings import DictionaryEntry, Postings
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.engines.whoosh.segment.stored import BLOCK, MOST, Stored
from sinorus.errors import IndexDamagedError
from sinorus.files import Folder, Tree
from sinorus.model import KINDS

if TYPE_CHECKING:
    from support.program import Sinorus

    Parts = dict[str, bytes]

FAULTY = "---\ntitle: Faulty\ndate: next spring\nvolume: 7\n---\nA zebra of no date, and gas.\n"
COMMANDS = [
    ["search", "gas OR газ OR 天然气 OR word", "--json", "-n", "all"],
    ["search", "gas OR газ", "-C", "2", "--explain"],
    ["search", "gas OR газ", "--group-by", "document", "--format", "rich"],
    ["search", "alli* OR газ* OR z*"],
    ["search", "g?s OR г?з OR т*ам OR *les"],
    ["search", "treatis~2 OR подписали~1"],
    ["search", "=Gas OR =газ NEAR/9 трубопроводам"],
    ["search", "aliance"],
    ["search", "трубопровод OR зебра", "--sort", "title", "-n", "1", "--json"],
    ["search", "title:pact OR heading:pipes OR volume:7 OR tag:summit"],
    ["search", "--author", "Lee", "--publisher", "Carnegie", "--lang", "en"],
    ["search", "gas OR газ", "--path", "seeds/*", "--source", "pact", "--since", "2020"],
    ["search", "gas OR газ", "-l"],
    ["search", "kind:footnote OR kind:text speaker:putin OR -kind:quote", "-C", "1"],
    ["search", "gas OR газ", "-c", "--group-by", "author"],
    ["search", "gas OR газ", "-n", "1", "--format", "vimgrep"],
    ["search", "gas OR газ", "--kwic"],
    ["show", "pact", "statement#2", "faulty"],
    ["show", "pact", "--json"],
    ["compare", "gas OR газ", "--by", "lang"],
    ["compare", "gas OR газ", "--by", "author", "--format", "markdown"],
    ["compare", "pact", "notes"],
    ["sources", "--json"],
    ["sources", "--format", "rich"],
    ["status"],
    ["status", "--json"],
    CHECK,
]
INDEX = ["index"]
"""Asked last: it may make the index anew."""


@pytest.fixture
def crafted(library: Callable[[Mapping[str, str | bytes]], Path], sinorus: Sinorus) -> Path:
    """The segment of a small library in three languages: each section of records is one block."""
    root = library({**PRESS, "faulty.md": FAULTY})
    assert sinorus("index", "--quiet").code == 0
    (path,) = segments(root)
    return path


def index_of(segment: Path) -> Folder:
    """The folder of the index that has a segment; it stays open."""
    return Tree(str(segment.parent.parent)).folder("index")


def strings(name: str, items: Sequence[bytes]) -> Parts:
    """A list of byte strings as its two sections."""
    ends = list(accumulate(map(len, items), initial=0))
    return {name: b"".join(items), f"{name}.ends": pack(f"<{len(ends)}I", *ends)}


def block(name: str, records: Sequence[bytes]) -> Parts:
    """Stored records in one block."""
    sizes = pack(f"<{len(records)}I", *map(len, records))
    packed = zlib.compress(sizes + b"".join(records))
    return {
        name: packed,
        f"{name}.blocks": pack("<2Q", 0, len(packed)),
        f"{name}.first": pack("<2I", 0, len(records)),
    }


def version(path: Path, parts: Mapping[str, bytes]) -> bytes:
    changes = {name: (lambda _, content=content: content) for name, content in parts.items()}
    return rewritten(path, path.parent.parent / "crafted", changes)  # type: ignore[arg-type]


def refused(said: Said) -> bool:
    """Whether it calls the index damaged and says what to do.

    Before that it may say how it reads a query, and show what can be read.
    """
    told = "the index is damaged: " in said.err and "sinorus index --rebuild" in said.err
    return (said.code, told) == (2, True)


def hold(sinorus: Sinorus, path: Path, versions: Mapping[str, bytes], *, found: bool) -> int:
    """Each command answers or calls the index damaged; how often it did. `found`: by the check."""
    commands = [*COMMANDS, INDEX]
    as_it_is = {"SINORUS_UPDATE": "no"}
    first, *others = asked(sinorus, path, list(versions.values()), commands, as_it_is)
    assert [said for said in first if said.code not in (0, 1)] == []
    refusals = 0
    for name, answers in zip(versions, others, strict=True):
        for command, said in zip(commands, answers, strict=True):
            assert said.code in (0, 1, 2), (name, command, said.err[-1500:])
            assert "Traceback" not in said.err, (name, command, said.err[-1500:])
            assert said.code != 2 or refused(said) or command == CHECK, (name, command, said)
            refusals += refused(said)
        assert not found or answers[COMMANDS.index(CHECK)].code == 2, name
    return refusals


def texts(path: Path) -> list[str]:
    """The sections that hold strings."""
    return [name.removesuffix(".ends") for name in SegmentFile(path) if name.endswith(".ends")]


def test_the_sections_with_strings_are_these(crafted: Path) -> None:
    dictionaries = {f"{name}.stems" for name in ("text", "head", "speaker", "value")}
    documents = {"doc.ids", "doc.paths", "doc.digests"}
    others = {"text.forms", "head.names", "speaker.names", "value.keys"}
    assert set(texts(crafted)) == dictionaries | documents | others


BAD_BYTES = {"a lone byte": b"\xff", "half a letter": b"\xd0", "a long form": b"\xc0\xaf"}


def bad_texts(path: Path) -> Iterator[tuple[str, bytes]]:
    file = SegmentFile(path)
    for name in texts(path):
        items = all_strings(file[name], file[f"{name}.ends"]) or [b""]
        for kind, bad in BAD_BYTES.items():
            for at in sorted({0, len(items) // 2, len(items) - 1}):
                changed = [*items[:at], items[at] + bad, *items[at + 1 :]]
                yield f"{name}[{at}] ends in {kind}", version(path, strings(name, changed))
        all_bad = [b"\xff" * max(1, len(item)) for item in items]
        yield f"{name} is noise", version(path, strings(name, all_bad))


def test_a_text_that_is_not_utf_8_is_damage(sinorus: Sinorus, crafted: Path) -> None:
    versions = dict(bad_texts(crafted))
    assert len(versions) > 80
    assert hold(sinorus, crafted, versions, found=True) > len(versions)


def test_a_letter_between_two_texts_is_damage(sinorus: Sinorus, crafted: Path) -> None:
    """All bytes together are UTF-8 then, and none of the two texts is."""
    file = SegmentFile(crafted)
    versions = {}
    for name in ("text.stems", "text.forms", "value.stems"):
        items = all_strings(file[name], file[f"{name}.ends"])
        at = next(at for at, item in enumerate(items) if at and item[0] >= 0xD0)
        moved = [*items[: at - 1], items[at - 1] + items[at][:1], items[at][1:], *items[at + 1 :]]
        b"".join(moved).decode()
        versions[name] = version(crafted, strings(name, moved))
    assert hold(sinorus, crafted, versions, found=True)


def test_every_command_says_so_whatever_it_reads(sinorus: Sinorus, crafted: Path) -> None:
    """Where all ids are no text, no command that names a document finds one."""
    items = all_strings(SegmentFile(crafted)["doc.ids"], SegmentFile(crafted)["doc.ids.ends"])
    versions = {"ids": version(crafted, strings("doc.ids", [b"\xff" * len(one) for one in items]))}
    naming = [one for one in COMMANDS if one[0] in ("show", "sources", "compare")]
    naming += [["search", "gas"], ["search", "gas", "-l"], ["search", "gas", "--group-by", "lang"]]
    naming += [["search", "gas", "-c", "--group-by", "document"], ["status"]]
    _, answers = asked(sinorus, crafted, list(versions.values()), naming)
    assert [said for said in answers if not refused(said)] == []


def rows_of(path: Path) -> list[list[Any]]:
    stored = Stored(SegmentFile(path), "doc.records")
    return [json.loads(stored[at]) for at in range(len(stored))]


FIELDS = ["title", "authors", "publisher", "date", "url", "lang", "tags", "citekey", "extra"]
FIELDS += ["derived", "encoding", "faults"]
NAN = float("nan")
NO_TEXT = [5, True, 1.5, NAN, float("inf"), [], ["x"], {}, {"a": "b"}, 10**30]
NO_TEXTS = [5, None, True, NAN, [1], [None], [["x"]], [NAN], ["x", {}], [10**30]]
WRONG = {
    **dict.fromkeys(("title", "publisher", "url", "lang", "citekey"), NO_TEXT),
    **dict.fromkeys(("authors", "tags", "derived"), NO_TEXTS),
    "encoding": [*NO_TEXT, None],
    "date": [5, 2023, ["2023"], {"a": 1}, NAN, "x", "2x23", "2023-0x", "20-3-05", "-", "abcdefg"],
    "extra": [
        5,
        None,
        [],
        "x",
        NAN,
        *({"k": one} for one in (5, None, NAN, [1], [[]], {"a": "b"})),
    ],
    "faults": [
        5,
        [5],
        [[]],
        [[1]],
        [["x", "r", False]],
        [[1, 5, False]],
        [[1, None, True]],
        {"a": 1},
    ],
}


def wrong_rows(path: Path) -> Iterator[tuple[str, bytes]]:
    rows = rows_of(path)
    faulty = next(at for at, row in enumerate(rows) if row[-1])
    for name, wrong in WRONG.items():
        for value in wrong:
            changed = [list(row) for row in rows]
            for at in range(len(rows)) if name != "faults" else [faulty]:
                changed[at][FIELDS.index(name)] = value
            records = [json.dumps(row).encode() for row in changed]
            yield f"{name} = {value!r}", version(path, block("doc.records", records))


def test_a_field_of_another_kind_is_damage(sinorus: Sinorus, crafted: Path) -> None:
    assert len(rows_of(crafted)[0]) == len(FIELDS)
    versions = dict(wrong_rows(crafted))
    assert len(versions) == sum(map(len, WRONG.values()))
    assert hold(sinorus, crafted, versions, found=True) > len(versions)


NO_ROWS = {
    "nothing": b"x",
    "null": b"null",
    "a number": b"5",
    "a text": b'"abcdefghijk"',
    "a mapping": b'{"a": 1}',
    "too few": b'["x"]',
    "too many": b"[1,2,3,4,5,6,7,8,9,10,11,12]",
    "not UTF-8": b'["\xff"]',
    "cut": b'["title", ["a"',
    "deep": b"[" * 200_000,
    "deep mappings": b'{"a":' * 200_000,
    "a huge number": b"[" + b"9" * 10_000 + b"]",
}


def test_a_document_that_is_none_is_damage(sinorus: Sinorus, crafted: Path) -> None:
    count = len(rows_of(crafted))
    versions = {
        name: version(crafted, block("doc.records", [record] * count))
        for name, record in NO_ROWS.items()
    }
    assert hold(sinorus, crafted, versions, found=True) > 5 * len(versions)


@pytest.mark.parametrize("name", ["head.names", "speaker.names"])
def test_a_name_above_paragraphs_that_is_none_is_damage(
    sinorus: Sinorus, crafted: Path, name: str
) -> None:
    file = SegmentFile(crafted)
    count = len(all_strings(file[name], file[f"{name}.ends"]))
    wrong = [
        b"x",
        b"5",
        b"null",
        b"[1]",
        b"[null]",
        b'[["x"]]',
        b"[NaN]",
        b'["\xff"]',
        b"",
        b"[{}]",
    ]
    wrong += [b"[" * 200_000, b"true", b"[" + b"9" * 5_000 + b"]"]
    wrong += [b'["a", "b"]'] if name == "speaker.names" else []
    versions = {str(one[:9]): version(crafted, strings(name, [one] * count)) for one in wrong}
    assert hold(sinorus, crafted, versions, found=True) > len(versions)


LINES = {
    "no numbers": b"x y z",
    "not a number": b"nan 1 0",
    "a fraction": b"1.5 2 0",
    "one number": b"1",
    "an empty head": b"",
    "spaces": b"1  1",
    "below zero": b"-5 -5 0",
    "zero": b"0 0 0",
    "ends before": b"7 3 0",
    "margins below zero": b"1 1 -7",
    "giant margins": b"1 1 99999999999999999999",
    "more margins than lines": b"1 1 2 2 2",
    "places that are no threes": b"1 1\t0 0",
    "places that are no numbers": b"1 1\t0 0 x",
    "places without an end": b"1 1\t0 0 0 ",
    "places that do not ascend": b"1 1\t0 0 2 0 0 3",
    "places that go back": b"1 1\t5 0 2 -1 0 3",
    "a place above the file": b"1 1\t0 -1 2",
    "a place before the line": b"1 1\t0 0 -2",
    "giant places": b"1 1\t99999999999999999999 0 0",
    "a giant column": b"1 1\t0 0 99999999999999999999",
    "a giant line of a place": b"1 1\t0 99999999999999999999 0",
    "giant lines": b"99999999999999999999 99999999999999999999 0",
    "a number without end": b"9" * 5_000 + b" 1 0",
    "a number that ends late": b"9" * 4_000 + b" " + b"9" * 4_000 + b" 0",
}


MARKUP = {
    "no JSON": b"x",
    "a number": b"5",
    "a text": b'"ab"',
    "a mapping": b'{"a": 1}',
    "too much": b"[[],[],[],[]]",
    "no list of spans": b"[5]",
    "a span that is none": b"[[5]]",
    "a span of nothing": b"[[[]]]",
    "a span without a style": b"[[[0,1]]]",
    "a span of too much": b'[[[0,1,3,"x",5]]]',
    "a span before the text": b"[[[-1,1,0]]]",
    "a span of no letter": b"[[[1,1,0]]]",
    "a span that ends before it begins": b"[[[2,1,0]]]",
    "a span behind the text": b"[[[0,1000000,0]]]",
    "a giant span": b"[[[0,99999999999999999999,0]]]",
    "spans that do not ascend": b"[[[2,3,0],[1,2,0]]]",
    "a style that is none": b"[[[0,1,8]]]",
    "a style below zero": b"[[[0,1,-1]]]",
    "a style in words": b'[[[0,1,"code"]]]',
    "a style of truth": b"[[[0,1,true]]]",
    "a fraction": b"[[[0,1.5,0]]]",
    "no number": b"[[[0,NaN,0]]]",
    "a target that is no text": b"[[[0,1,3,5]]]",
    "notes that are none": b"[[],5]",
    "notes in words": b'[[],["x"]]',
    "notes in one word": b'[[],"12"]',
    "note zero": b"[[],[0]]",
    "a note below zero": b"[[],[-1]]",
    "a note of truth": b"[[],[true]]",
    "a note that there is not": b"[[],[1000]]",
    "a giant note": b"[[],[99999999999999999999]]",
    "a note without end": b"[[],[" + b"9" * 5_000 + b"]]",
    "noted by nothing": b"[[],[],[0]]",
    "noted by what there is not": b"[[],[],[1000]]",
    "deep": b"[" * 200_000,
}


def test_markup_that_cannot_be_is_damage(sinorus: Sinorus, crafted: Path) -> None:
    stored = Stored(SegmentFile(crafted), "para.records")
    parts = [stored[at].partition(b"\n") for at in range(len(stored))]
    versions = {}
    for name, markup in MARKUP.items():
        records = [
            head.split(b"\t")[0] + b"\t\t" + markup + b"\n" + text for head, _, text in parts
        ]
        versions[name] = version(crafted, block("para.records", records))
    assert hold(sinorus, crafted, versions, found=True) > len(versions)


def test_a_kind_that_is_none_is_damage(sinorus: Sinorus, crafted: Path) -> None:
    count = len(SegmentFile(crafted)["para.kinds"])
    wrong = {
        "unknown": bytes([len(KINDS)]) * count,
        "the last": bytes(count - 1) + b"\xff",
        "too few": bytes(count - 1),
        "none": b"",
        "too many": bytes(count + 1),
    }
    versions = {name: version(crafted, {"para.kinds": kinds}) for name, kinds in wrong.items()}
    assert hold(sinorus, crafted, versions, found=True) > len(versions)


def test_a_paragraph_that_is_none_is_damage(sinorus: Sinorus, crafted: Path) -> None:
    stored = Stored(SegmentFile(crafted), "para.records")
    records = [stored[at].partition(b"\n") for at in range(len(stored))]
    made = {
        "no text": [b"1 1 0\n\xff\xfe" for _ in records],
        "half a letter": [head + b"\n" + text + b"\xd0" for head, _, text in records],
        "no head": [text for _, _, text in records],
    }
    for name, lines in LINES.items():
        made[name] = [lines + b"\n" + text for _, _, text in records]
    versions = {name: version(crafted, block("para.records", one)) for name, one in made.items()}
    assert hold(sinorus, crafted, versions, found=True) > len(versions)


def test_a_value_without_a_name_is_damage(sinorus: Sinorus, crafted: Path) -> None:
    file = SegmentFile(crafted)
    keys = all_strings(file["value.keys"], file["value.keys.ends"])
    versions = {}
    for at in range(len(keys)):
        for name, change in {"no NUL": b"", "a letter": b"a"}.items():
            changed = [*keys[:at], keys[at].replace(b"\0", change), *keys[at + 1 :]]
            versions[f"{at}: {name}"] = version(crafted, strings("value.keys", changed))
    versions["no name"] = version(crafted, strings("value.keys", [b"\0x", *keys[1:]]))
    hold(sinorus, crafted, versions, found=True)


def test_a_form_of_two_lines_is_damage(sinorus: Sinorus, crafted: Path) -> None:
    file = SegmentFile(crafted)
    forms = all_strings(file["text.forms"], file["text.forms.ends"])
    versions = {}
    for at in (0, len(forms) // 2, len(forms) - 1):
        changed = [*forms[:at], forms[at] + b"\nx\ny" * 50, *forms[at + 1 :]]
        versions[str(at)] = version(crafted, strings("text.forms", changed))
    hold(sinorus, crafted, versions, found=True)


def test_blocks_that_are_not_one_stream_of_their_records_are_damage(
    sinorus: Sinorus, crafted: Path
) -> None:
    versions = {}
    for name in ("para.records", "doc.records"):
        stored = Stored(SegmentFile(crafted), name)
        records = [stored[at] for at in range(len(stored))]
        packed = block(name, records)[name]
        content = zlib.decompress(packed)
        longer = pack("<I", len(records[0]) + 1) + content[4:]
        wrong = {
            "bytes behind": packed + b"x",
            "a stream behind": packed + packed,
            "cut": packed[:-5],
            "without its checksum": packed[:-4],
            "records behind": zlib.compress(content + b"x"),
            "a longer record": zlib.compress(longer),
            "a record without end": zlib.compress(b"\xff" * 4 + content[4:]),
            "nothing": zlib.compress(b""),
            "a dictionary": b"\x78\xbb\0\0\0\0" + packed[2:],
        }
        for kind, one in wrong.items():
            parts = {name: one, f"{name}.blocks": pack("<2Q", 0, len(one))}
            versions[f"{name}: {kind}"] = version(crafted, parts)
    assert hold(sinorus, crafted, versions, found=True) > 3 * len(versions)


def bomb(size: int, head: bytes = b"") -> bytes:
    """A stream that unpacks to `head` and `size` zeros: a thousandth of them, made in no time."""
    packer = zlib.compressobj(9)
    begin = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    step = 1 << 24
    one = packer.compress(bytes(step)) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(b"") + packer.flush()
    return begin + one * (size // step) + last


def test_a_bomb_is_damage_and_takes_no_memory(sinorus: Sinorus, crafted: Path) -> None:
    versions = {}
    for name in ("para.records", "doc.records"):
        count = len(Stored(SegmentFile(crafted), name))
        for kind, sizes in {"zeros": [0] * count, "one record": [1 << 31] * count}.items():
            made = bomb(1 << 33, pack(f"<{count}I", *sizes))
            assert len(made) < 1 << 24
            parts = {name: made, f"{name}.blocks": pack("<2Q", 0, len(made))}
            versions[f"{name}: {kind}"] = version(crafted, parts)
    sinorus.prefix = ["bash", "-c", 'ulimit -v 1500000; exec "$@"', "-"]
    sound = crafted.read_bytes()
    commands = [["search", "gas"], ["show", "pact"], ["sources"], ["compare", "gas"], CHECK]
    for command in commands:
        assert sinorus(*command).code == 0, command  # there is memory enough for what is sound
    for name, made in versions.items():
        crafted.unlink()  # what is mapped elsewhere stays as it was
        crafted.write_bytes(made)
        for command in commands:
            answer = sinorus(*command)
            assert "Traceback" not in answer.err, (name, command, answer.err)
            told = answer.err + (answer.out if command == CHECK else "")
            unread = name.startswith("para") and command[0] == "sources"
            assert unread or (answer.code == 2 and "more than 64 MiB" in told), (
                name,
                command,
                answer,
            )
    crafted.write_bytes(sound)


def test_unpacking_stops_at_the_bound(crafted: Path) -> None:
    made = bomb(1 << 33)
    crafted.write_bytes(
        version(crafted, {"para.records": made, "para.records.blocks": pack("<2Q", 0, len(made))})
    )
    stored = Stored(SegmentFile(crafted), "para.records")
    tracemalloc.start()
    try:
        with pytest.raises(IndexDamagedError, match="a stored block has more than 64 MiB"):
            stored[0]
        assert tracemalloc.get_traced_memory()[1] < 3 * MOST
    finally:
        tracemalloc.stop()


def test_a_block_up_to_the_bound_is_read(crafted: Path) -> None:
    for size, whole in ((MOST - 4, True), (MOST - 3, False)):
        parts = block("para.records", [b"x" * size])
        beside = crafted.with_name("MAIN_bound.sin")
        beside.write_bytes(version(crafted, parts))
        stored = Stored(SegmentFile(beside), "para.records")
        if whole:
            assert len(stored[0]) == size
        else:
            with pytest.raises(IndexDamagedError, match="more than 64 MiB"):
                stored[0]


def test_many_large_blocks_are_not_kept_together(crafted: Path) -> None:
    size = MOST // 4
    packed = zlib.compress(pack("<I", size) + bytes(size), 1)
    number = 12
    parts = {
        "para.records": packed * number,
        "para.records.blocks": pack(
            f"<{number + 1}Q", *range(0, len(packed) * (number + 1), len(packed))
        ),
        "para.records.first": pack(f"<{number + 1}I", *range(number + 1)),
    }
    crafted.write_bytes(version(crafted, parts))
    stored = Stored(SegmentFile(crafted), "para.records")
    tracemalloc.start()
    try:
        for at in range(number):
            assert len(stored[at]) == size
        assert tracemalloc.get_traced_memory()[1] < 3 * MOST
    finally:
        tracemalloc.stop()


def test_a_block_has_no_more_records_than_it_can_hold(crafted: Path) -> None:
    parts = block("para.records", [b""] * (BLOCK + 1))
    crafted.write_bytes(version(crafted, parts))
    with pytest.raises(IndexDamagedError, match="so many records"):
        Stored(SegmentFile(crafted), "para.records")[0]


def test_a_short_list_does_not_unfold_to_any_length(crafted: Path) -> None:
    crafted.write_bytes(version(crafted, {"text.lists": b"\xff" * 40_000}))
    field = Postings(SegmentFile(crafted), "text")
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="chunks"):
            field.token_numbers(DictionaryEntry(0, 10, 1, 5_000, 1))
        assert tracemalloc.get_traced_memory()[1] < 1 << 22
    finally:
        tracemalloc.stop()


def test_a_lack_of_memory_is_no_damage(crafted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = index_of(crafted)
    contents = read_commit(folder, latest(folder))
    segment = contents.segments[0].open(folder)
    assert check_segment(contents.segments[0], segment) == []

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(OpenSegment, "paragraph", full)
    with pytest.raises(MemoryError):
        check_segment(contents.segments[0], segment)


TOUCHED = [b"x", b"5", b"null", b"[5]", b"[[]]", b"[[0]]", b'[["a", 1, 2]]', b"[[0, null, 2]]"]
TOUCHED += [
    b"[[0, 1, 2, 3]]",
    b'[[0, "1", 2]]',
    b"[[0, 1.5, 2]]",
    b"[[0, NaN, 2]]",
    b"[[99, 1, 2]]",
]
TOUCHED += [b"[[true, 1, 2]]", b"[[-1, 1, 2]]", b"[" * 100_000, b"\xff", b'{"a": 1}']


@pytest.mark.parametrize("touched", TOUCHED, ids=lambda touched: str(touched[:20]))
def test_what_is_said_of_touched_files_may_be_damage(
    sinorus: Sinorus, crafted: Path, touched: bytes
) -> None:
    folder = index_of(crafted)
    contents = read_commit(folder, latest(folder))
    states = [state._replace(touched=touched) for state in contents.segments]
    write_commit(folder, contents._replace(segments=states), b"")
    for command in (["search", "gas"], ["sources"], ["status"], ["show", "pact"], CHECK, INDEX):
        answer = sinorus(*command)
        assert "Traceback" not in answer.err, (command, answer.err)
        assert answer.code in (0, 2), (command, answer)
        assert command != CHECK or answer.code == 2, answer


SOUND = [["a", [1, 2, 3, 4, "x"], [None, "r", True]], ["b", [1, 2, 0, 4, ""], [3, "r", True]]]
"""What is known of two skipped files, as the table of contents has it."""


def unsound() -> Iterator[bytes]:
    """The same with one thing changed to what it cannot be."""
    yield from (b"5", b"x", b"[5]", b'[["a"]]')
    changes: list[tuple[int | None, int, object]] = [(None, 0, 1), (None, 1, 5), (None, 2, 5)]
    changes += [(1, at, "1") for at in range(4)] + [(1, at, 1.5) for at in range(4)]
    changes += [(1, 4, 3), (1, 4, None), (2, 0, "l"), (2, 1, 5), (2, 2, "yes")]
    for part, at, value in changes:
        row = json.loads(json.dumps(SOUND[0]))
        (row if part is None else row[part])[at] = value
        yield json.dumps([row]).encode()


@pytest.mark.parametrize("skipped", list(unsound()), ids=str)
def test_the_check_finds_what_cannot_be_said_of_skipped_files(
    crafted: Path, skipped: bytes
) -> None:
    folder = index_of(crafted)
    contents = read_commit(folder, latest(folder))
    sound = json.dumps(SOUND).encode()
    assert check_commit(contents._replace(skipped=sound)) == []
    assert check_commit(contents._replace(skipped=skipped))
    assert check_commit(contents._replace(updated=5))  # type: ignore[arg-type]
