"""What is written so that it takes time in proportion to a text gives what the plain way gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sinorus.sources.decode import decode
from sinorus.sources.describe import describe
from sinorus.sources.legacy import telling_sample
from sinorus.sources.metadata import split_metadata
from sinorus.text.dates import parse_date

QUIET = settings(database=None, deadline=None, max_examples=500)
SAMPLE = 16_384
WHOLE_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")

raw_texts = st.lists(
    st.sampled_from([b"a", b" ", b"\n", b"\r", b"\r\n", b"\x92", b"\xe0\xe1", b"\x00", b"words"]),
    max_size=30,
).map(b"".join)


def sample_by_lines(raw: bytes) -> bytes:
    lines: list[bytes] = []
    for match in WHOLE_LINE.finditer(raw):
        lines.append(match.group()[:SAMPLE])
        if sum(map(len, lines)) >= SAMPLE:
            break
    return b"\n".join(lines)


@given(raw=raw_texts)
@example(raw=b"")
@example(raw=b"\xe9")
@example(raw=b"\r\n\xe9\r\n\r\n\xe9")
@QUIET
def test_the_lines_that_are_not_ascii_are_those_that_a_pattern_finds(raw: bytes) -> None:
    assert telling_sample(raw) == sample_by_lines(raw)


@pytest.mark.parametrize(
    "raw",
    [
        (b"\xe9" + b"a" * 99 + b"\n") * 1_000,
        b"a" * 10_000 + b"\xe9" + b"a" * 10_000 + b"\nb\xe9",
        b"a" * (SAMPLE - 1) + b"\xe9\nb\xe9\n\xe9",
        (b"a" * 9_000 + b"\n\xe9\n") * 3,
    ],
    ids=["many lines", "a long line", "a full line", "ASCII between"],
)
def test_of_long_lines_and_of_many_the_same_beginning_is_taken(raw: bytes) -> None:
    assert telling_sample(raw) == sample_by_lines(raw)


@pytest.mark.parametrize("end", [b"", b"\nMore.\n"])
def test_a_high_byte_far_into_a_line_tells_the_encoding(end: bytes) -> None:
    raw = b"plain words of a speech. " * 2_400 + b"China\x92s reply" + end
    decoded = decode(raw)
    assert (decoded.encoding, decoded.damaged) == ("cp1252", 0)
    assert "China’s reply" in decoded.text


def test_keys_that_are_mappings_do_not_double_without_end() -> None:
    def front(depth: int) -> str:
        return f"---\ntitle: T\nk: {'{' * depth}a: b{'}: c' * (depth - 1)}}}\n---\nBody."

    assert split_metadata(front(3), "a.md").fields["k"] == {"{\"{'a': 'b'}\": 'c'}": "c"}
    metadata = split_metadata(front(30), "a.md")
    assert (metadata.fields, metadata.body) == ({"title": "T"}, "Body.")
    assert [(fault.line, fault.reason) for fault in metadata.faults] == [
        (
            1,
            "front matter is not valid YAML: it has more than 20,000 values, or its aliases "
            "(*name) make it too large",
        )
    ]


@pytest.mark.parametrize(("values", "read"), [(19_000, True), (21_000, False)])
def test_a_front_matter_of_very_many_values_is_refused(values: int, read: bool) -> None:
    listed = "\n".join(["tags:", *["- a"] * values])
    metadata = split_metadata(f"---\ntitle: T\n{listed}\n---\nBody.", "a.md")
    assert (metadata.fields["title"], metadata.body) == ("T", "Body.")
    assert ("tags" in metadata.fields) == read
    assert [("20,000 values" in fault.reason) for fault in metadata.faults] == [True] * (not read)


def test_the_name_of_an_outer_field_is_not_repeated_without_end() -> None:
    inner = {f"no{number}": "x" for number in range(400)}
    described, faults = describe({"kind": "note", "k" * 9_000: inner}, "a.md", {"k" * 9_000: 3})
    assert described.extra["kind"] == "note"
    assert sum(map(len, described.extra)) <= 1 << 20
    assert 1 < len(described.extra) < 401
    assert [(fault.line, fault.reason) for fault in faults] == [
        (
            3,
            f"the fields from '{'k' * 60}' on are left out: with the names they stand under they "
            "are longer than 1 MiB; shorten those",
        )
    ]


def test_what_is_far_longer_than_a_date_is_none() -> None:
    assert parse_date("2023-05-04 10:00:00." + "0" * 100) is not None
    assert parse_date("2023-05-04 10:00:00." + "0" * 1_000) is None
