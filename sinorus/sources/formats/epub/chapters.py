"""One page of all chapters of a book: links lead within it, what only leads about is left out."""

from __future__ import annotations

import re

from lxml import etree, html

from sinorus.sources.formats.archive import Archive, resolved
from sinorus.sources.formats.epub.package import Item
from sinorus.sources.formats.epub.page_breaks import PageBreaks, may_sign
from sinorus.sources.formats.xml_tree import Element, all_text, is_element, local_name

_MOST = 80 << 20  # bytes of all chapters
_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/xml"))
_LEADING = frozenset(
    (
        *("cover", "toc", "landmarks", "loi", "lot", "loa", "lov", "page-list", "toc-brief"),
        *("doc-cover", "doc-toc", "doc-pagelist"),
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3"))
_NOTES = frozenset(("footnote", "endnote", "rearnote", "footnotes", "endnotes", "rearnotes"))
_WEB = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_XML = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_LINKED = 0.8  # of the text of a page in links to chapters: it is a table of contents


class Chapters:
    """Puts chapters together. `faults` name those that are missing."""

    def __init__(self, archive: Archive, spine: list[Item], breaks: PageBreaks) -> None:
        self.faults: list[tuple[int, str]] = []
        self._archive, self._breaks = archive, breaks
        self._numbers: dict[str, int] = {}
        for item in spine:
            self._numbers.setdefault(item.path, len(self._numbers))
        self._spine = [item for item in spine if item.media in _PAGES or not item.media]
        others = [item for item in spine if item not in self._spine]
        for item in others:
            if not item.media.startswith("image/"):
                self._fault(item.path, f"is of a kind that is not read, {item.media[:60]}")

    def _fault(self, path: str, reason: str) -> None:
        self.faults.append((0, f"the part '{path.rpartition('/')[2][:80]}' {reason}"))

    def page(self, covers: frozenset[str]) -> bytes:
        """All chapters as one page of HTML in UTF-8, without covers and tables of contents."""
        found, size = [], 0
        for path in dict.fromkeys(item.path for item in self._spine):
            if path in covers:
                continue
            raw = self._archive.read(path)
            size += len(raw)
            if size > _MOST:
                self._fault(path, "and all behind it are missing: the book has more than 80 MB")
                break
            tree = _tree(raw)
            body = _body(tree)
            if body is None:
                if raw.strip():
                    self._fault(path, "is damaged and missing")
                continue
            if self._is_contents(body, path):
                continue
            found.append(self._chapter(body, path, raw))
        inner = b"\n".join(found)
        return b"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>%s</body></html>" % (
            inner
        )

    def _is_contents(self, body: Element, path: str) -> bool:
        """Whether a page only leads to the chapters: a list of links, or one that says so."""
        if _LEADING & _types(body):
            return True
        linked, targets = 0, set()
        for link in body.iter("{*}a"):
            where = resolved(path, link.get("href") or "")
            if where in self._numbers and where != path:
                linked += len(all_text(link, 1_000))
                targets.add(where)
        if len(targets) < 2:
            return False
        titles = [one for one in body if is_element(one) and local_name(one) in _HEADINGS]
        said = sum(len(text.strip()) for text in body.itertext())
        return linked > _LINKED * (said - sum(len(all_text(one, 1_000)) for one in titles))

    def _chapter(self, body: Element, path: str, raw: bytes) -> bytes:
        number = self._numbers[path]
        away = [one for one in body.iter() if is_element(one) and _only_leads(one)]
        for one in away:
            _empty(one)
        if may_sign(raw):
            self._breaks.sign(body, path)
        for one in body.iter():
            if is_element(one):
                self._lead_within(one, path, number)
        inside = etree.tostring(body, method="html", encoding="utf-8", with_tail=False)
        start, end = inside.find(b">"), inside.rfind(b"</")
        return b"<div id='c%d'>%s</div>" % (number, inside[start + 1 : end])

    def _lead_within(self, node: Element, path: str, number: int) -> None:
        for key in ("id", "name"):
            if known := node.get(key):
                node.set(key, f"c{number}-{known}")
        if "hidden" in node.attrib and _NOTES & _types(node):
            del node.attrib["hidden"]
        href = node.get("href")
        if href is None or _WEB.match(href):
            return
        where, fragment = resolved(path, href) or path, href.partition("#")[2]
        other = self._numbers.get(where)
        if other is None or (where, fragment) in self._breaks.listed:
            del node.attrib["href"]
        else:
            node.set("href", f"#c{other}-{fragment}" if fragment else f"#c{other}")


def _tree(raw: bytes) -> Element | None:
    """The tree of a chapter: of XHTML as it should be, else of HTML as browsers take it."""
    try:
        return etree.fromstring(raw, etree.XMLParser(**_XML))
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
        return html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _body(tree: Element | None) -> Element | None:
    if tree is None:
        return None
    for one in tree.iter("{*}body", "{*}book"):
        return one
    return None


def _types(node: Element) -> set[str]:
    """What an element says it is: `epub:type`, and the role of the same meaning."""
    found = set((node.get("role") or "").split())
    for key, said in node.attrib.items():
        if key.endswith(("}type", ":type")):
            found.update(said.split())
    return found


def _only_leads(node: Element) -> bool:
    return local_name(node) == "nav" or bool(_LEADING & _types(node))


def _empty(node: Element) -> None:
    """Takes away all that is in an element."""
    for one in list(node):
        node.remove(one)
    node.text = None
