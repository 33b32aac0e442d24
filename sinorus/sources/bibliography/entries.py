"""An entry of a bibliography as its file has it, whatever the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Form = Literal["bibtex", "csl"]
Said = tuple[int, str]
"""A line, from 1, and what is wrong there."""
MOST_FAULTS = 100
"""Faults of a file that are told; a file that has more is no bibliography."""


class Entry(NamedTuple):
    """One entry: its form, kind, citation key and line, and its fields as they are written.

    The values of BibTeX are texts that may hold LaTeX; those of CSL what JSON has. `files` are the
    attachments that it names, with `/` between folders; `named` are its DOI and its addresses.
    """

    form: Form
    kind: str
    key: str
    line: int
    fields: Mapping[str, object]
    files: tuple[str, ...] = ()
    doi: str = ""
    urls: tuple[str, ...] = ()


class Read(NamedTuple):
    """The entries of a file, and the lines where something is wrong."""

    entries: list[Entry]
    faults: list[Said]
