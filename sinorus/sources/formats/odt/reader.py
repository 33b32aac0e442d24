"""From the bytes of an OpenDocument text to blocks and fields."""

from __future__ import annotations

from sinorus.sources.formats.archive import Archive, resolved
from sinorus.sources.formats.odt.body import Body
from sinorus.sources.formats.odt.numbering import Lists
from sinorus.sources.formats.odt.styles import Styles, name_of, value
from sinorus.sources.formats.registry import Binary, Content, Unreadable
from sinorus.sources.formats.xml_tree import Element, all_text, is_element, parse

_META = {
    "dc:title": "title",
    "meta:initial-creator": "author",
    "dc:subject": "subject",
    "dc:description": "description",
    "dc:language": "lang",
    "dc:publisher": "publisher",
    "dc:rights": "rights",
    "dc:identifier": "identifier",
    "dc:source": "source",
    "meta:creation-date": "file_created",
    "dc:date": "file_modified",
}
_PASSWORD = "it has a password: save a copy without one"  # noqa: S105 - a sentence
_NOT_TEXT = {"spreadsheet": "a table of numbers", "presentation": "slides", "drawing": "a drawing"}
_OTHERS = (
    ("word/document.xml", "it is a Word file inside: name it .docx"),
    ("META-INF/container.xml", "it is an EPUB inside: name it .epub"),
)
Faults = list[tuple[int, str]]


def read(source: Binary, /) -> Content:
    """The text of a document as it is with all changes accepted. Raises Unreadable."""
    faults: Faults = []
    archive = None
    if source.raw.lstrip()[:1] == b"<":
        roots = [parse(source.raw, "it", faults)]
    else:
        archive = Archive(source.raw)
        roots = _roots(archive, faults)
    holders = [node for root in roots for node in root if is_element(node)]
    text = _text_of(holders)
    styled = [
        one for one in holders if name_of(one) in ("office:styles", "office:automatic-styles")
    ]
    body = Body(Styles(styled), Lists(styled), lambda name, node: _formula(archive, name, node))
    blocks = body.read(text)
    if not blocks:
        faults.append((0, "it has no text, only pictures or empty pages"))
    fields = _fields([one for one in holders if name_of(one) == "office:meta"])
    return Content(blocks, fields, {}, tuple(dict.fromkeys([*faults, *body.faults])))


def _roots(archive: Archive, faults: Faults) -> list[Element]:
    """The roots of styles, content and metadata. Raises Unreadable."""
    manifest = archive.read("META-INF/manifest.xml")
    if _is_encrypted(manifest, archive):
        raise Unreadable(_PASSWORD)
    if archive.find("content.xml") is None:
        for sign, reason in _OTHERS:
            if archive.find(sign):
                raise Unreadable(reason)
        raise Unreadable("there is no OpenDocument text in it")
    faults += archive.faults
    found = []
    for name in ("styles.xml", "content.xml", "meta.xml"):
        raw = archive.read(name)
        if raw:
            found.append(parse(raw, name, faults))
    return found


def _formula(archive: Archive | None, name: str, node: Element) -> str:
    """The text of a formula, which is a part of its own, or stands where it is shown."""
    root = next((one for one in node if is_element(one)), None)
    part = resolved("content.xml", f"{name}/content.xml") if name else ""
    if root is None and archive is not None and archive.find(part):
        root = parse(archive.read(part), part, [])
    if root is None or name_of(root) != "math:math":
        return ""
    return "".join(
        one.text.strip()
        for one in root.iter()
        if is_element(one) and one.text and not name_of(one).startswith("math:annotation")
    )


def _is_encrypted(manifest: bytes, archive: Archive) -> bool:
    if archive.find("encrypted-package") is not None:
        return True
    if not manifest:
        return False
    for node in parse(manifest, "manifest.xml", []):
        inside = [name_of(one) for one in node] if is_element(node) else []
        path = value(node, "manifest:full-path") if inside else ""
        if path == "content.xml" and "manifest:encryption-data" in inside:
            return True
    return False


def _text_of(holders: list[Element]) -> Element:
    for holder in holders:
        if name_of(holder) == "office:body":
            for node in holder:
                kind = name_of(node).removeprefix("office:")
                if kind == "text":
                    return node
                if kind in _NOT_TEXT:
                    raise Unreadable(f"it is {_NOT_TEXT[kind]}, no text")
    raise Unreadable("there is no OpenDocument text in it")


def _fields(metas: list[Element]) -> dict[str, object]:
    found: dict[str, object] = {}
    keywords: list[str] = []
    last_author = ""
    for node in (one for meta in metas for one in meta if is_element(one)):
        name, text = name_of(node), all_text(node)
        if not text:
            continue
        if name == "meta:keyword":
            keywords.append(text)
        elif name == "meta:user-defined":
            key = value(node, "meta:name").strip().lower()[:100]
            if key:
                found.setdefault(key, text)
        elif name == "dc:creator":
            last_author = text
        elif name in _META:
            found[_META[name]] = text[:10] if _META[name].startswith("file_") else text
    if last_author and "author" not in found:
        found["author"] = last_author
    if "author" in found:
        found["author"] = [one.strip() for one in str(found["author"]).split(";") if one.strip()]
    if keywords:
        found["keywords"] = keywords
    return found
