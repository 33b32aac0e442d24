"""The numbers of lists: marks that readers see, and no text."""

from __future__ import annotations

import pytest

from sinorus.sources.formats.markdown import markdown_blocks


@pytest.mark.parametrize("parse_all", [False, True])
@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("1. one\n2. two\n3. three", ["1.", "2.", "3."]),
        ("1. one\n\n2. two\n\n3. three", ["1.", "2.", "3."]),
        ("1. one\n1. one more", ["1.", "2."]),
        ("1) one", ["1."]),
        ("4. four\n5. five", ["4.", "5."]),
        ("- one\n- two", [None, None]),
        ("1. one\n\n   goes on\n2. two", ["1.", None, "2."]),
        ("1. one\n   - within\n2. two", ["1.", None, "2."]),
        ("- one\n  1. within\n  2. within", [None, "1.", "2."]),
        ("1950\\. a year", [None]),
    ],
)
def test_items_that_are_counted_have_their_number(
    parse_all: bool, text: str, marks: list[str | None]
) -> None:
    blocks = markdown_blocks(text, 1, parse_all=parse_all)
    found = [one.mark for one in blocks]
    assert found == marks
    assert not any(one.text[0].isdigit() for one in blocks if one.mark)
