"""The text of a paragraph of OpenDocument: spans, fields, links; notes and boxes are collected."""

from __future__ import annotations

import re
from collections.abc import Callable

from sinorus.model import Style
from sinorus.sources.formats.odt.styles import Looks, Styles, name_of, value
from sinorus.sources.formats.seen_text import SeenText
from sinorus.sources.formats.xml_tree import Element, is_element

_BLANKS = re.compile("[ \t\r\n]+")
_WEB = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_UNSEEN = frozenset(
    (
        *("office:annotation", "office:annotation-end", "text:note-ref", "text:number"),
        *("text:hidden-text", "text:script", "text:ruby-text", "text:tracked-changes"),
        *("text:alphabetical-index-mark", "text:toc-mark", "text:user-index-mark"),
        *(
            "office:event-listeners",
            "draw:image",
            "draw:object",
            "draw:object-ole",
            "title",
            "desc",
        ),
        *("text:variable-set-hidden", "draw:plugin", "text:bibliography-configuration"),
    )
)
_SIGNS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_DRAWN = ("draw:", "table:", "dr3d:")
_MOST_BLANKS = 1_000


class Runs:
    """Reads paragraphs; `boxes` and `notes` are what it met, for who asked.

    `formulas` gives the text of a formula by the name of its part, or of the element that has it.
    """

    def __init__(self, styles: Styles, formulas: Callable[[str, Element], str]) -> None:
        self._styles, self._formulas = styles, formulas
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, Element]] = []
        self._numbers = {"footnote": 0, "endnote": 0}

    def read(self, paragraph: Element, said: SeenText) -> None:
        """Adds the text of a paragraph to `said`."""
        self._inside(paragraph, said, frozenset(), "")

    def _inside(self, parent: Element, said: SeenText, styles: frozenset[Style], link: str) -> None:
        self._emit(parent.text, said, styles, link)
        for node in parent:
            if is_element(node):
                self._element(node, said, styles, link)
            self._emit(node.tail, said, styles, link)

    def _element(self, node: Element, said: SeenText, styles: frozenset[Style], link: str) -> None:
        name = name_of(node)
        if name == "text:span":
            looks: Looks = self._styles.looks(value(node, "text:style-name"))
            if not looks.hidden:
                self._inside(node, said, styles | looks.styles, link)
        elif name in _SIGNS:
            said.add(_SIGNS[name] * _times(node))
        elif name == "text:a":
            target = value(node, "xlink:href")
            self._inside(node, said, styles, target if _WEB.match(target) else link)
        elif name == "text:note":
            self._note(node, said)
        elif name in _UNSEEN or value(node, "text:is-hidden") == "true":
            return
        elif name.startswith(_DRAWN):
            self._drawn(node, name, said)
        else:
            self._inside(node, said, styles, link)

    def _drawn(self, node: Element, name: str, said: SeenText) -> None:
        """What is drawn: formulas stand in the text, boxes behind it."""
        formulas = [one for one in node if name_of(one) == "draw:object"]
        if name == "draw:object":
            formulas = [node]
        for one in formulas:
            said.add(self._formulas(value(one, "xlink:href"), one), (("math", ""),))
        if not formulas:
            self.boxes += boxes_in(node)

    def _note(self, node: Element, said: SeenText) -> None:
        kind = "endnote" if value(node, "text:note-class") == "endnote" else "footnote"
        self._numbers[kind] += 1
        label = f"{'e' if kind == 'endnote' else ''}{self._numbers[kind]}"
        said.notes.append(label)
        for body in node:
            if name_of(body) == "text:note-body":
                self.notes.append((label, body))

    def _emit(self, text: str | None, said: SeenText, styles: frozenset[Style], link: str) -> None:
        if text:
            known = [(style, "") for style in sorted(styles)]
            styled = [*known, ("link", link)] if link else known
            said.add(_BLANKS.sub(" ", text), styled)


def _times(node: Element) -> int:
    """How many blanks an element stands for."""
    many = value(node, "text:c")
    return min(int(many), _MOST_BLANKS) if many.isdecimal() and len(many) < 6 else 1


def boxes_in(node: Element) -> list[Element]:
    """What holds paragraphs in a drawing, in order: frames of text, shapes with text in them."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        name = name_of(one)
        inner = [part for part in one if is_element(part)]
        if name in ("draw:text-box", "table:table") or any(
            name_of(part) in ("text:p", "text:list") for part in inner
        ):
            found.append(one)
        else:
            waiting += reversed([part for part in inner if name_of(part) not in _UNSEEN])
    return found
