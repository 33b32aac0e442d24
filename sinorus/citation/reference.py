"""The reference that a quotation carries where a reader does not see it: `ID#N@HASH`.

It says which paragraph the words were taken from, and by its hash whether that is still the same.
Of a range, `ID#3-5@HASH`, the hash is that of the first paragraph: where that has moved, the others
are looked for behind it. Several references stand in one place with a blank between them.

In an id everything is percent-encoded that could end a comment, an attribute or a line in one of
the languages that drafts are written in; letters of all scripts are as they are. Where it stands
depends on the draft:

    Markdown, HTML   <!-- sinorus: ID#N@HASH -->
    Pandoc           an attribute of a span or a div: {sinorus="ID#N@HASH"}
    LaTeX            % sinorus: ID#N@HASH              to the end of the line
    Typst            /* sinorus: ID#N@HASH */          or // to the end of the line
    Org              # sinorus: ID#N@HASH              on a line of its own, or in the text
                     @@comment:sinorus: ID#N@HASH@@    or a property :SINORUS: ID#N@HASH
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote

_UNSAFE = re.compile(r"[^\w./:,~-]|^-|(?<=-)-|[\ud800-\udfff]")
_ENCODED = r"%[0-9A-Fa-f]{2}"
_NAME = rf"(?:[\w./:,~]|{_ENCODED})(?:[\w./:,~-]|{_ENCODED}){{0,4000}}"
_ONE = rf"{_NAME}\#\d{{1,9}}(?:-\d{{1,9}})?(?:@[0-9a-f]{{8}}\b)?"
_MARK = rf"(?<!\w)sinorus[ \t]?[:=][ \t]*[\"']?(?P<all>{_ONE}(?:[ \t]+{_ONE})*)"
_PARTS = re.compile(
    r"(?P<document>[^\s@#]+)#(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?(?:@(?P<hash>[0-9a-f]{8}))?"
)


class Reference(NamedTuple):
    """The paragraphs `first` to `last` of a document; `hash` is that of the first, if it is known.

    `str` gives it as a draft holds it, `id` as every command takes it.
    """

    document: str
    first: int
    last: int
    hash: str = ""

    @property
    def id(self) -> str:
        """`DOCUMENT#3-5@HASH` with the document's id as it is: for commands, not for a draft."""
        return f"{self.document}{self._place()}"

    def __str__(self) -> str:
        return f"{_UNSAFE.sub(_encoded, self.document)}{self._place()}"

    def _place(self) -> str:
        last = f"-{self.last}" if self.last != self.first else ""
        return f"#{self.first}{last}" + (f"@{self.hash}" if self.hash else "")


UNSEEN = {
    "markdown": ("<!-- sinorus: ", " -->"),
    "html": ("<!-- sinorus: ", " -->"),
    "latex": ("% sinorus: ", "\n"),
    "typst": ("/* sinorus: ", " */"),
    "org": ("@@comment:sinorus: ", "@@"),
    "plain": ("[sinorus: ", "]"),
}
"""What stands before and behind a reference in each kind of draft so that no reader sees it; in
plain text everybody does."""


class Found(NamedTuple):
    """A reference in a draft, and from where to where it stands in the text (`end` exclusive)."""

    reference: Reference
    start: int
    end: int


def references_in(text: str) -> Iterator[Found]:
    """The references that stand unseen in a draft, in any of the languages of drafts, in order.

    An `ID#N@HASH` that a reader sees is not among them.
    """
    for match in re.finditer(_MARK, text, re.IGNORECASE):
        for one in re.finditer(r"\S+", match["all"]):
            if (reference := read_reference(one[0])) is not None:
                at = match.start("all")
                yield Found(reference, at + one.start(), at + one.end())


def read_reference(written: str) -> Reference | None:
    """The reference that is written so in a draft; None if that is not one."""
    match = _PARTS.fullmatch(written)
    if match is None:
        return None
    first = int(match["first"])
    last = int(match["last"] or first)
    document = unquote(match["document"], errors="surrogateescape")
    return Reference(document, first, last, match["hash"] or "") if 1 <= first <= last else None


def _encoded(sign: re.Match[str]) -> str:
    # Surrogates are bytes of a file's name that are not UTF-8; another kind has no bytes at all.
    try:
        return quote(sign[0].encode("utf-8", "surrogateescape"), safe="").replace("-", "%2D")
    except UnicodeEncodeError:
        return "%EF%BF%BD"
