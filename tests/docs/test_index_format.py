"""The page on the index format: its example is built, and each byte that it shows compared."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from support.docs_pages import DOCS, blocks

from sinorus import Library
from sinorus.engines.whoosh.commit import FORMAT, SegmentState
from sinorus.engines.whoosh.indexer.merge_policy import MergePolicy
from sinorus.engines.whoosh.indexer.segment_writer import MOST_CHUNKS, MOST_TOKENS
from sinorus.engines.whoosh.indexer.vocabulary import MOST_FORMS
from sinorus.engines.whoosh.segment.file import FORMAT as SEGMENT_FORMAT
from sinorus.engines.whoosh.segment.file import HEADER, PAGE, ROW, SegmentFile

PAGE_OF_DOCS = DOCS / "index-format.md"
SHOWN = re.compile(r"([0-9a-f]{4}) ((?: [0-9a-f]{2})+)(?:  +(\S.*))?")


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The segment of the library that the page shows."""
    root = tmp_path_factory.mktemp("example")
    (root / "seeds").mkdir()
    for block in blocks(PAGE_OF_DOCS):
        if block.info.startswith("seed "):
            path = root / "seeds" / block.info.removeprefix("seed ")
            path.write_text(block.text)
            os.utime(path, (1_700_000_000, 1_700_000_000))
    with Library.at(root) as library:
        assert library.index().new == 2
    (path,) = (root / "index").glob("MAIN_*.sin")
    return path


def shown() -> list[tuple[int, bytes, str]]:
    """What the page says stands where."""
    found = []
    for block in blocks(PAGE_OF_DOCS):
        if block.info == "bytes":
            for line in block.lines:
                match = SHOWN.fullmatch(line)
                assert match, line
                found.append((int(match[1], 16), bytes.fromhex(match[2]), match[3] or ""))
    return found


def test_the_bytes_shown_are_the_bytes_written(segment: Path) -> None:
    content, lines = segment.read_bytes(), shown()
    assert len(lines) > 30
    for at, expected, said in lines:
        assert content[at : at + len(expected)] == expected, (hex(at), said)


def test_all_sections_are_named_with_their_types(segment: Path) -> None:
    text = PAGE_OF_DOCS.read_text("utf-8")
    told = re.findall(r"^\| `([a-z.]+)` \| `([BHIQq])` \| \S", text, re.MULTILINE)
    file = SegmentFile(segment)
    assert told == [(name, file[name].kind) for name in file]


def test_the_numbers_of_the_page_are_those_of_the_program() -> None:
    text = PAGE_OF_DOCS.read_text("utf-8")
    for number in (PAGE, MOST_FORMS, MergePolicy().largest, (1 << 32) - 1, MOST_CHUNKS):
        assert f"{number:,}" in text, number
    assert f"| format | `I` | {SEGMENT_FORMAT} |" in text
    assert f"`format` (`{FORMAT}`)" in text
    assert f"A header of {HEADER.size} bytes" in text
    assert f"A row of the table of sections has {ROW.size} bytes" in text
    assert f"some {MOST_TOKENS // 1_000_000} million tokens" in text


def test_segments_that_are_near_a_limit_are_left_alone() -> None:
    def states(tokens: int) -> list[SegmentState]:
        return [SegmentState(f"{n:016x}", 9, 9, 9, 9, tokens) for n in range(8)]

    policy = MergePolicy()
    assert policy.due(states(policy.largest)) == set(range(8))
    assert policy.due(states(policy.largest + 1)) == set()
    assert policy.together * policy.largest < 1 << 32
    assert policy.together * policy.largest * 6 < 4 << 32, "of lists, with slots of two bytes"
