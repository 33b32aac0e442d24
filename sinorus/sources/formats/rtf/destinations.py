"""Where the text of a group of RTF belongs, and how a stretch of text looks."""

from __future__ import annotations

from typing import NamedTuple

from sinorus.model import Style

UNSEEN = frozenset(
    (
        *("colortbl", "pict", "objdata", "header", "headerl", "headerr", "headerf", "footer"),
        *("footerl", "footerr", "footerf", "annotation", "atnid", "atnauthor", "atndate", "atnref"),
        *("bkmkstart", "bkmkend", "pntxta", "pntxtb", "xe", "tc", "rxe"),
        *("txe", "filetbl", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator"),
        *("themedata", "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "mmathPr"),
        *("nonesttables", "formfield", "datafield", "ftnsep", "ftnsepc", "ftncn", "aftnsep"),
        *("aftnsepc", "aftncn", "shprslt", "sp", "sn", "sv", "objclass", "objname", "template"),
        *("panose", "falt", "fontemb", "private1", "passwordhash", "userprops", "docvar"),
        *("pgdsctbl", "background", "mmathPict", "xform", "mhtmltag", "htmltag", "wgrffmtfilter"),
    )
)
"""Groups whose text nobody reads."""
SHOWN = frozenset(
    (
        *("shpinst", "shptxt", "shp", "do", "dptxbxtext", "ud", "nesttableprops", "shpgrp"),
        *("moMath", "mr", "result", "field", "fldrslt", "object"),
    )
)
"""Groups whose text is read, although those that do not know them are told to leave them out."""
INFO = {
    "title": "title",
    "author": "author",
    "subject": "subject",
    "keywords": "keywords",
    "doccomm": "description",
    "company": "company",
    "category": "category",
    "manager": "manager",
    "creatim": "file_created",
    "revtim": "file_modified",
}
SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "softline": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "\\~": "\xa0",
    "\\_": "\u2011",
    "\\-": "\xad",
    "\\{": "{",
    "\\}": "}",
    "\\\\": "\\",
}


DEEPEST = 20
"""Tables in tables; what is deeper stands in the last of these."""


class State(NamedTuple):
    """What holds in a group until it ends. `place` says where its text goes: `text`, `skip`, …

    `skipped` is how many bytes stand for one character behind its number.
    """

    place: str = "text"
    font: int = 0
    strong: bool = False
    emphasis: bool = False
    struck: bool = False
    raised: str = ""
    hidden: bool = False
    deleted: bool = False
    skipped: int = 1
    style: int = 0
    outline: int = -1
    in_table: bool = False
    tables: int = 1
    listed: bool = False
    link: str = ""

    @property
    def level(self) -> int:
        """In how many tables a paragraph stands."""
        return min(self.tables, DEEPEST) if self.in_table else 0

    def styles(self) -> tuple[tuple[Style, str], ...]:
        """The styles of text here."""
        found: list[tuple[Style, str]] = []
        if self.strong:
            found.append(("strong", ""))
        if self.emphasis:
            found.append(("emphasis", ""))
        if self.struck:
            found.append(("struck", ""))
        if self.raised:
            found.append(("superscript" if self.raised == "super" else "subscript", ""))
        if self.link:
            found.append(("link", self.link))
        return tuple(found)

    def plain(self) -> State:
        """Without what was set of the looks of text."""
        return self._replace(strong=False, emphasis=False, struck=False, raised="", hidden=False)

    def new_paragraph(self) -> State:
        """Without what was set of the paragraph."""
        return self._replace(style=0, outline=-1, in_table=False, tables=1, listed=False)
