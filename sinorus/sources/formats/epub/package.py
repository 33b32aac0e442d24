"""The package of an EPUB: its metadata, its files, and the order in which they are read."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree, html

from sinorus.sources.formats.archive import Archive, resolved
from sinorus.sources.formats.registry import Unreadable
from sinorus.sources.formats.xml_tree import Element, all_text, is_element, local_name, parse

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_FONTS = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
_LOCKED = "it is locked by its seller (DRM): only its own reading program opens it"
_ROLES = {"trl": "translator", "edt": "editor", "ill": "illustrator", "aui": "introduction_by"}
_NO_EVENTS = frozenset(("modification", "creation", "conversion", "ops-publication", "copyright"))
_NO_DATES = ("0101-01-01", "0100-01-01")  # what calibre writes where it knows none
_ISBN = re.compile(r"(?:urn:)?isbn:?\s*([\dXx-]{10,17})|(97[89][\d-]{10,14})", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/]")
_TITLES = {"main": "title", "subtitle": "subtitle", "collection": "series"}
_NO_AUTHORS = frozenset(("unknown", "неизвестно", "неизвестный автор", "未知", "佚名"))
_NO_LANGUAGES = frozenset(("und", "zxx", "mul"))
_PLAIN = {
    "language": "lang",
    "publisher": "publisher",
    "rights": "rights",
    "relation": "relation",
    "coverage": "coverage",
    "source": "dc_source",
}


class Item(NamedTuple):
    """A file of the book: where it is in the archive, its type, what is said of it."""

    path: str
    media: str
    properties: frozenset[str]


class Package(NamedTuple):
    """`spine` are the files in reading order, `covers` those that the guide calls a cover.

    `contents` are the files that list the contents, in the forms of EPUB 3 and EPUB 2.
    """

    fields: dict[str, object]
    spine: list[Item]
    covers: frozenset[str]
    contents: list[Item]
    missing: list[str]


def package_of(archive: Archive) -> Package:
    """What the book says of itself. Raises Unreadable where it is none, or locked."""
    path = _package_path(archive)
    root = parse(archive.read(path), "the package", archive.faults)
    items: dict[str, Item] = {}
    for node in _of(root, "manifest", "item"):
        href = resolved(path, node.get("href") or "")
        said = frozenset((node.get("properties") or "").split())
        items[node.get("id") or ""] = Item(href, (node.get("media-type") or "").lower(), said)
    spine, missing = [], []
    for node in _of(root, "spine", "itemref"):
        item = items.get(node.get("idref") or "")
        if item is None or archive.find(item.path) is None:
            missing.append(item.path if item else node.get("idref") or "")
        else:
            spine.append(item)
    _refuse_locked(archive, {archive.find(one.path) or "" for one in spine})
    covers = frozenset(
        resolved(path, node.get("href") or "")
        for node in _of(root, "guide", "reference")
        if (node.get("type") or "").lower() == "cover"
    )
    contents = [
        one
        for one in items.values()
        if "nav" in one.properties or one.media == "application/x-dtbncx+xml"
    ]
    return Package(_fields(root), spine, covers, contents, missing)


def _package_path(archive: Archive) -> str:
    raw = archive.read("META-INF/container.xml")
    if raw:
        for node in parse(raw, "container.xml", archive.faults).iter():
            if is_element(node) and local_name(node) == "rootfile":
                path = (node.get("full-path") or "").lstrip("/")
                if archive.find(path):
                    return path
    found = [name for name in archive.names() if name.lower().endswith(".opf")]
    if not found:
        for sign, reason in (("word/document.xml", ".docx"), ("content.xml", ".odt")):
            if archive.find(sign):
                raise Unreadable(f"it is no EPUB inside: name it {reason}")
        raise Unreadable("there is no book in it: its package is missing")
    return found[0]


def _of(root: Element, parent: str, name: str) -> list[Element]:
    """The elements of a name within those of another, whatever their namespace."""
    found = []
    for holder in root:
        if is_element(holder) and local_name(holder) == parent:
            found += [one for one in holder if is_element(one) and local_name(one) == name]
    return found


def _refuse_locked(archive: Archive, needed: set[str]) -> None:
    raw = archive.read("META-INF/encryption.xml")
    if not raw:
        return
    for one in parse(raw, "encryption.xml", []).iter():
        if not is_element(one) or local_name(one) != "EncryptedData":
            continue
        inside = [node for node in one.iter() if is_element(node)]
        names = {local_name(node): node for node in inside}
        method, where = names.get("EncryptionMethod"), names.get("CipherReference")
        how = (method.get("Algorithm") or "") if method is not None else ""
        what = resolved("", where.get("URI") or "") if where is not None else ""
        if how not in _FONTS and archive.find(what) in needed:
            raise Unreadable(_LOCKED)


class _Refinement(NamedTuple):
    name: str
    said: str


def _fields(root: Element) -> dict[str, object]:
    """What the metadata say, as front matter would."""
    nodes = [
        one
        for holder in root
        if is_element(holder) and local_name(holder) == "metadata"
        for one in holder.iter()
        if is_element(one)
    ]
    refined: dict[str, list[_Refinement]] = {}
    for one in nodes:
        if local_name(one) == "meta" and one.get("refines"):
            about = one.get("refines").lstrip("#")
            refined.setdefault(about, []).append(
                _Refinement(one.get("property") or "", all_text(one))
            )
    found: dict[str, object] = {}
    for one in nodes:
        if one.tag.startswith(_DC):
            said = {part.name: part.said for part in refined.get(one.get("id") or "", [])}
            _add(found, one.tag[len(_DC) :], all_text(one), one, said)
        elif local_name(one) == "meta" and not one.get("refines"):
            _add_meta(found, one)
    return found


def _add(
    found: dict[str, object], name: str, text: str, node: Element, said: dict[str, str]
) -> None:
    """Adds what an element of Dublin Core says; `said` is what the package says of it."""
    if not text:
        return
    if name in ("creator", "contributor"):
        _add_person(found, name, text, (node.get(_OPF + "role") or said.get("role") or "").lower())
    elif name == "date":
        _add_date(found, text, (node.get(_OPF + "event") or "").lower())
    elif name == "title":
        kind = said.get("title-type", "main")
        if kind in _TITLES:
            found.setdefault(_TITLES[kind], text)
    elif name == "subject":
        _append(found, "keywords", text)
    elif name == "identifier":
        _identify(found, text)
    elif name == "description":
        found.setdefault("description", _without_markup(text))
    elif name in _PLAIN and text.lower() not in _NO_LANGUAGES:
        found.setdefault(_PLAIN[name], text)


def _add_person(found: dict[str, object], name: str, text: str, role: str) -> None:
    usual = "author" if name == "creator" else "contributor"
    if role != "bkp" and text.lower() not in _NO_AUTHORS:  # the program that made the book
        _append(found, "author" if role == "aut" else _ROLES.get(role, usual), text)


def _add_date(found: dict[str, object], text: str, event: str) -> None:
    if event not in _NO_EVENTS and not text.startswith(_NO_DATES):
        if event == "publication":
            found["date"] = text[:10]
        found.setdefault("date", text[:10])


def _append(found: dict[str, object], key: str, text: str) -> None:
    known = found.setdefault(key, [])
    if isinstance(known, list) and text not in known and len(known) < 1_000:
        known.append(text)


def _identify(found: dict[str, object], text: str) -> None:
    if isbn := _ISBN.fullmatch(text):
        found.setdefault("isbn", isbn[1] or isbn[2])
    elif doi := _DOI.fullmatch(text):
        found.setdefault("doi", doi[1])
    elif _WEB.fullmatch(text):
        found.setdefault("url", text)
    else:
        found.setdefault("identifier", text)


def _add_meta(found: dict[str, object], node: Element) -> None:
    """What is said beside Dublin Core: when the file was changed, a series."""
    name = node.get("property") or node.get("name") or ""
    text = all_text(node) or " ".join((node.get("content") or "").split())
    if name == "dcterms:modified" and text:
        found["file_modified"] = text[:10]
    elif name in ("belongs-to-collection", "calibre:series") and text:
        found.setdefault("series", text)
    elif name == "calibre:series_index" and text:
        found.setdefault("series_index", text.removesuffix(".0"))


def _without_markup(text: str) -> str:
    if not _MARKUP.search(text):
        return text
    try:
        return all_text(html.fromstring(f"<div>{text}</div>"))
    except (etree.LxmlError, ValueError):
        return text
