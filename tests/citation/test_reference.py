"""The reference that stands unseen in a draft: whatever an id is, it is read back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinorus.citation.reference import Reference, read_reference, references_in

HASHES = st.text("0123456789abcdef", min_size=8, max_size=8)
NAMES = st.text(
    st.characters(blacklist_categories=["Cs"]) | st.sampled_from("-@#*/% >\"}'"), min_size=1
)
HOLDERS = {
    "comment of Markdown": "<!-- sinorus: {} -->",
    "attribute of Pandoc": '["words"]{{sinorus="{}"}}',
    "attribute of HTML": '<q data-sinorus="{}">words</q>',
    "comment of LaTeX": "words % sinorus: {}\nmore words#4",
    "comment of Typst": "/* sinorus: {} */",
    "line of Typst": "// sinorus: {}",
    "line of Org": "# sinorus: {}",
    "snippet of Org": "@@comment:sinorus: {}@@",
    "property of Org": ":SINORUS: {}",
}


@given(NAMES, st.integers(1, 10**8), st.integers(0, 99), HASHES | st.just(""))
def test_a_reference_is_read_back_from_every_language_of_drafts(
    name: str, first: int, more: int, digits: str
) -> None:
    reference = Reference(name, first, first + more, digits)
    written = str(reference)
    assert read_reference(written) == reference
    assert not any(end in written for end in ("--", ">", "*/", "@@", "}", '"', " ", "\n"))
    for holder in HOLDERS.values():
        draft = f"before {holder.format(written)} after"
        (found,) = references_in(draft)
        assert found.reference == reference
        assert draft[found.start : found.end] == written


def test_several_stand_in_one_place() -> None:
    draft = "<!-- sinorus: a/b#3-5@0123abcd в/г#1@89abcdef -->\n<!-- sinorus: c#2 -->"
    assert [found.reference.id for found in references_in(draft)] == [
        *("a/b#3-5@0123abcd", "в/г#1@89abcdef", "c#2"),
    ]


@pytest.mark.parametrize(
    "draft",
    [
        *("speeches/a#3@0123abcd in running prose", "sinorus search a#3", "<!-- sinorus: none -->"),
        *("notsinorus: a#3@0123abcd", "% sinorus: a#0", "% sinorus: a#5-3@0123abcd", "sinorus: #3"),
    ],
)
def test_what_is_none_is_not_read(draft: str) -> None:
    assert list(references_in(draft)) == []


def test_the_name_of_a_file_that_is_not_utf8_comes_back() -> None:
    reference = Reference("scan\udce9s/a", 2, 2, "0123abcd")
    assert str(reference) == "scan%E9s/a#2@0123abcd"
    assert read_reference(str(reference)) == reference
    assert str(Reference("\ud800", 1, 1)) == "%EF%BF%BD#1"
