"""Drafts that nobody wrote: signs without end are read in time, and never an error."""

from __future__ import annotations

import pytest

from sinorus.citation.drafts.draft import FORMATS, Draft
from sinorus.citation.drafts.quotations import quotations

SIGNS = [
    *("“", "‘a ", "'a ", '"', "[@a ", "*a", "{", "\\enquote{", "<a", "> \n", "#quote[", "@a"),
    *("“”", "「", "\n\n“a", "\\cite[", "$$", "[[", "~", "sinorus: a#1 ", "a#1@01234567 ", "\n>"),
]


@pytest.mark.parametrize("kind", FORMATS)
def test_signs_without_end(kind: str) -> None:
    for sign in SIGNS:
        found = quotations(Draft(sign * 1_500, kind))
        assert all(one.start < one.end for one in found.quotations)
