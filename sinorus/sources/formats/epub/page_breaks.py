"""Where the pages of the printed book begin, as signs in the text that the blocks are made of."""

from __future__ import annotations

import re
from bisect import bisect_left

from lxml import etree

from sinorus.model import Styled
from sinorus.sources.formats.archive import Archive, resolved
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.epub.package import Item
from sinorus.sources.formats.xml_tree import Element, all_text, is_element, local_name, parse

_FIRST = 0xF0000  # of plane 15, which is for private use: no book has a meaning for it
_MOST = 0xFFFD
_SIGN = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST)}]")
_RAW = tuple(bytes((0xF3, second)) for second in range(0xB0, 0xC0))
_UNSEEN = frozenset(("script", "style", "title", "head"))
_WORD = re.compile(r"(?:page|pagina|seite|стр(?:аница)?\.?|с\.|p\.)\s*", re.IGNORECASE)
_LONGEST = 20  # characters of a label


class PageBreaks:
    """`listed` are the labels of the places that lists of pages name: file and id in it."""

    def __init__(self) -> None:
        self.listed: dict[tuple[str, str], str] = {}
        self.labels: list[str] = []

    def learn(self, archive: Archive, contents: list[Item]) -> None:
        """Reads the lists of pages in the files that list the contents."""
        for item in contents:
            raw = archive.read(item.path)
            for node in parse(raw, item.path, []).iter() if raw else ():
                if not is_element(node):
                    continue
                name = local_name(node)
                if name == "pageTarget":
                    self._learn_target(node, item.path)
                elif name == "nav" and "page-list" in _types(node):
                    for link in node.iter("{*}a"):
                        self._list(item.path, link.get("href") or "", all_text(link))

    def _learn_target(self, node: Element, path: str) -> None:
        found = {local_name(one): one for one in node.iter() if is_element(one)}
        text, content = found.get("text"), found.get("content")
        if content is not None:
            label = all_text(text) or node.get("value") or ""
            self._list(path, content.get("src") or "", label)

    def _list(self, path: str, href: str, label: str) -> None:
        fragment = href.partition("#")[2]
        if label and len(label) <= _LONGEST:
            self.listed[resolved(path, href), fragment] = _WORD.sub("", label, 1) or label

    def sign(self, tree: Element, path: str) -> None:
        """Puts a sign before the text that follows each page break of a file, and takes that out.

        A sign alone would be a paragraph without anything to see.
        """
        waiting = ""
        if (path, "") in self.listed:
            waiting = self._next(self.listed[path, ""])
        breaks: list[Element] = []
        within = 0  # page breaks, whose own text goes with them
        for event, node in etree.iterwalk(tree, events=("start", "end")):
            if not is_element(node):
                continue
            is_break = _is_break(node)
            if event == "start":
                label = self._label(node, path)
                waiting += self._next(label) if label else ""
                within += is_break
                if (
                    waiting
                    and not within
                    and _is_shown(node.text)
                    and local_name(node) not in _UNSEEN
                ):
                    node.text, waiting = waiting + node.text, ""
                continue
            within -= is_break
            if is_break:
                breaks.append(node)
            if waiting and not within and _is_shown(node.tail) and node is not tree:
                node.tail, waiting = waiting + node.tail, ""
        for node in breaks:
            _take_out(node)

    def _next(self, label: str) -> str:
        if len(self.labels) >= _MOST:
            return ""
        self.labels.append(label)
        return chr(_FIRST + len(self.labels) - 1)

    def _label(self, node: Element, path: str) -> str:
        key = node.get("id") or node.get("name") or ""
        known = self.listed.get((path, key)) if key else None
        if known or not _is_break(node):
            return known or ""
        said = node.get("title") or node.get("aria-label") or all_text(node)
        if not said and key:
            said = re.sub(r"\A.*?([0-9]+|[ivxlc]+)\Z", r"\1", key)
        said = _WORD.sub("", " ".join(said.split()), 1)
        return said if len(said) <= _LONGEST else ""

    def placed(self, blocks: list[Block]) -> list[Block]:
        """The blocks without the signs, each with the page that it stands on."""
        if not self.labels:
            return blocks
        found, page = [], 0
        for block in blocks:
            signs = list(_SIGN.finditer(block.text))
            last = ord(signs[-1][0]) - _FIRST + 1 if signs else page
            first = page
            if signs and not block.text[: signs[0].start()].strip():
                first = ord(signs[0][0]) - _FIRST + 1
            page = max(page, last)
            found.append(self._without(block, [one.start() for one in signs], first or last, last))
        return [one for one in found if one.text]

    def _without(self, block: Block, signs: list[int], first: int, last: int) -> Block:
        heading = tuple(_SIGN.sub("", one) for one in block.heading)
        label = self.labels[first - 1] if 0 < first <= len(self.labels) else None
        return block._replace(
            text=_SIGN.sub("", block.text),
            spans=_moved(block.spans, signs),
            heading=heading,
            page=first or None,
            end_page=last or None,
            page_label=label,
        )


def may_sign(raw: bytes) -> bool:
    """Whether a file has no signs of its own that would be taken for ours."""
    return not any(one in raw for one in _RAW)


def _moved(spans: tuple[Styled, ...], signs: list[int]) -> tuple[Styled, ...]:
    if not signs:
        return spans
    moved = [
        one._replace(
            start=one.start - bisect_left(signs, one.start),
            end=one.end - bisect_left(signs, one.end),
        )
        for one in spans
    ]
    return tuple(one for one in moved if one.start < one.end)


def _types(node: Element) -> str:
    return " ".join(
        said for key, said in node.attrib.items() if key in ("role", "class") or "type" in key
    )


def _is_break(node: Element) -> bool:
    for key, said in node.attrib.items():
        if key.endswith(("}type", ":type")) and "pagebreak" in said.split():
            return True
    return bool(node.get("role") == "doc-pagebreak")


def _is_shown(text: str | None) -> bool:
    return bool(text) and not str(text).isspace()


def _take_out(node: Element) -> None:
    """Takes an element out of its tree, and leaves what stands behind it."""
    above = node.getparent()
    if above is None:
        return
    before = node.getprevious()
    tail = node.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        above.text = (above.text or "") + tail
    above.remove(node)
