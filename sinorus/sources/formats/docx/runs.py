"""The text of a paragraph of Word: runs, fields, links, marks of notes; nothing deleted."""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.sources.formats.docx.notes import Notes
from sinorus.sources.formats.docx.package import Relation, child, name_of, related, value
from sinorus.sources.formats.docx.styles import NO_LOOKS, Looks, Styles, looks_of
from sinorus.sources.formats.docx.symbols import symbol
from sinorus.sources.formats.seen_text import SeenText
from sinorus.sources.formats.xml_tree import Element

_AROUND = frozenset(
    (
        *("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo"),
        *("w:rubyBase", "w:subDoc"),
    )
)
_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\xad",
}
_NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_DRAWN = frozenset(("w:drawing", "w:pict", "w:object"))
_UNSEEN_FIELDS = frozenset(("TOC", "TOA", "XE", "TC", "TA", "RD"))
_LINK = re.compile(r'HYPERLINK\s+"([^"\s]{1,2000})"')
_DEEPEST = 50  # of fields in fields; what is deeper is read as text of the last
_CODE = re.compile("[0-9a-fA-F]{1,6}")
_WEB = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)


class Pages:
    """On which page text stands; `now` is None where the file does not say it for certain."""

    def __init__(self, known: bool) -> None:
        self.now: int | None = 1 if known else None

    def turn(self) -> None:
        """Another page begins."""
        if self.now is not None:
            self.now += 1


class _Field:
    """A field that is open: what it says, and whether its result has begun."""

    __slots__ = ("link", "result", "said", "unseen")

    def __init__(self) -> None:
        self.said = ""
        self.link = ""
        self.result = False
        self.unseen = False

    def begin_result(self) -> None:
        self.result = True
        word = (self.said.split() or [""])[0].upper()
        self.unseen = word in _UNSEEN_FIELDS or word == "NOTEREF"
        self.link = link_of(self.said)


class _Here(NamedTuple):
    """What holds for the run in hand."""

    said: SeenText
    base: Looks
    link: str = ""


class Runs:
    """Reads paragraphs of one part. `boxes` are the text boxes met, for who asked."""

    def __init__(
        self, styles: Styles, relations: dict[str, Relation], notes: Notes, pages: Pages
    ) -> None:
        self._styles, self._relations, self._notes, self._pages = styles, relations, notes, pages
        self._fields: list[_Field] = []
        self._beyond = 0
        self.boxes: list[Element] = []

    def read(self, paragraph: Element, said: SeenText) -> None:
        """Adds the text of a paragraph to `said`."""
        self._walk(paragraph, _Here(said, NO_LOOKS))
        # What a field says ends with its paragraph: one that never does would hide all the rest.
        self._fields = [one for one in self._fields if one.result]
        self._beyond = 0

    def leave(self) -> None:
        """Forgets fields that are still open, where a part ends."""
        self._fields.clear()

    @property
    def unseen(self) -> bool:
        """Whether text here is no text: what a field says, or a table of contents."""
        return any(one.unseen or not one.result for one in self._fields)

    def _walk(self, parent: Element, here: _Here) -> None:
        for node in parent:
            name = name_of(node)
            if name == "w:r":
                self._run(node, here)
            elif name == "w:hyperlink":
                where = self._relations.get(related(node))
                leads = where is not None and where.external and _WEB.match(where.target)
                link = where.target if where is not None and leads else here.link
                self._walk(node, here._replace(link=link))
            elif name in _AROUND:
                self._walk(node, here)
            elif name == "w:sdt":
                self._walk_if(child(node, "sdtContent"), here)
            elif name == "w:fldSimple":
                self._simple_field(node, here)
            elif name == "mc:AlternateContent":
                self._walk_if(alternative(node), here)
            elif name in ("m:oMath", "m:oMathPara"):
                self._formula(node, here.said)

    def _walk_if(self, node: Element | None, here: _Here) -> None:
        if node is not None:
            self._walk(node, here)

    def _simple_field(self, node: Element, here: _Here) -> None:
        field = _Field()
        field.said = value(node, "instr") or ""
        field.begin_result()
        self._fields.append(field)
        self._walk(node, here._replace(link=field.link or here.link))
        if field in self._fields:
            del self._fields[self._fields.index(field) :]

    def _formula(self, node: Element, said: SeenText) -> None:
        if not self.unseen:
            found = [one.text for one in node.iter() if name_of(one) == "m:t" and one.text]
            said.add("".join(found), (("math", ""),))

    def _run(self, run: Element, here: _Here) -> None:
        properties = child(run, "rPr")
        looks = here.base
        if properties is not None:
            looks = looks_of(properties)
            named = child(properties, "rStyle")
            if named is not None:
                looks = looks.over(self._styles.looks(value(named) or ""))
        self._inside(run, here, looks)

    def _inside(self, run: Element, here: _Here, looks: Looks) -> None:
        marked = False  # with a mark of its author's own, which is in this run
        for node in run:
            name = name_of(node)
            if name == "w:t":
                if not marked:
                    self._emit(node.text or "", here, looks)
            elif name in _SIGNS:
                self._emit(_SIGNS[name], here, looks)
            elif name in _NOTES:
                marked = value(node, "customMarkFollows") not in (None, "0", "false")
                label = self._notes.label(_NOTES[name], value(node, "id") or "")
                if label and not self.unseen:
                    here.said.notes.append(label)
            else:
                self._rare(node, name, here, looks)

    def _rare(self, node: Element, name: str, here: _Here, looks: Looks) -> None:
        """What few runs have in them."""
        if name == "w:sym":
            code = value(node, "char") or ""
            if _CODE.fullmatch(code):
                self._emit(symbol(value(node, "font") or "", int(code, 16)), here, looks)
        elif name == "w:fldChar":
            self._field_sign(value(node, "fldCharType") or "")
        elif name == "w:instrText":
            if self._fields and len(self._fields[-1].said) < 3_000:
                self._fields[-1].said += (node.text or "")[:3_000]
        elif name == "w:lastRenderedPageBreak":
            self._pages.turn()
        elif name in _DRAWN and not self.unseen:
            self.boxes += boxes_in(node)
        elif name == "mc:AlternateContent":
            chosen = alternative(node)
            if chosen is not None:
                self._inside(chosen, here, looks)
        elif name == "w:ruby":
            self._walk_if(child(node, "rubyBase"), here)

    def _field_sign(self, kind: str) -> None:
        if self._beyond or (kind == "begin" and len(self._fields) >= _DEEPEST):
            self._beyond += {"begin": 1, "end": -1}.get(kind, 0)
        elif kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].begin_result()
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _emit(self, text: str, here: _Here, looks: Looks) -> None:
        if looks.hidden or not text or self.unseen:
            return
        styles = looks.styles()
        link = here.link or next((one.link for one in reversed(self._fields) if one.link), "")
        if link:
            styles = (*styles, ("link", link))
        here.said.add(text, styles)
        if self._pages.now is not None and not text.isspace():
            here.said.on_page(self._pages.now)


def link_of(said: str) -> str:
    """Where a field leads that is a link; empty if it is none."""
    found = _LINK.search(said, 0, 3_000)
    return found[1] if found and _WEB.match(found[1]) else ""


def alternative(node: Element) -> Element | None:
    """The one of several forms of a content that is read: the newest that has text."""
    last = None
    for one in node:
        if name_of(one) in ("mc:Choice", "mc:Fallback"):
            last = one
            if next((inner for inner in one.iter() if name_of(inner) == "w:t"), None) is not None:
                return one
    return last


def boxes_in(node: Element) -> list[Element]:
    """The text boxes, diagrams and charts in a drawing, in their order, none within another."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        name = name_of(one)
        if name in ("w:txbxContent", "relIds", "chart"):
            found.append(one)
        elif name == "mc:AlternateContent":
            chosen = alternative(one)
            if chosen is not None:
                waiting.append(chosen)
        else:
            waiting += reversed(one)
    return found
