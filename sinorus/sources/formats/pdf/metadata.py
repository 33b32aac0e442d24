"""What a PDF says of itself: its information dictionary and its XMP.

The dates of both are those of the file, not of the work: only a date that Dublin Core or PRISM
gives, and that is not that of the file, is `date`. The file's is `creationdate`, for people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

_LONGEST = 1_000_000
"""Bytes of an XMP packet that is read."""
_FIELD = 2_000
"""Characters of a field that are kept."""
_JUNK_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\s*-.*|(?:untitled|noname|unknown|document|title|slide|"
    r"без имени|без названия|документ|无标题|未命名|文档|"
    r"powerpoint presentation|презентация powerpoint|"
    r"word document|scan|img|doc|print|page|microsoft word|layout|template)[\s\-_]*\d*"
    r"|\S*\.(?:docx?|dvi|tex|ps|eps|indd|qxd|pdf|pptx?|xlsx?|rtf|odt|html?|txt|pmd|fm|p65|wpd)"
    r"|(?:[a-z]:)?[\\/].*|file:.*|https?:.*|[\W\d_]*|.*\.(?:docx?|indd|qxd|dvi|rtf|odt|pmd|pdf))\Z",
    re.I | re.S,
)
_JUNK_AUTHOR = re.compile(
    r"(?:[\W\d_]*|array\(.*|\(?(?:anonymous|unknown|unspecified)\)?|user\d*|admin(?:istrator)?|owner|"
    r"default|author|root|пользователь|администратор|автор|用户|微软用户|作者|"
    r"microsoft(?: office user)?|"
    r"windows user|пользователь windows|hp|dell|lenovo|pc|acer|asus|home|test)\Z",
    re.I | re.S,
)
_DATE = re.compile(r"(?:D:)?(\d{4})-?(\d{2})?-?(\d{2})?")
_NAMES = re.compile(r"\s*(?:;|；|、|\band\b|\bи\b|&|\n)\s*")
_PACKET = re.compile(
    rb"<(?:x:xmpmeta|x:xapmeta|rdf:RDF)\b.*?</(?:x:xmpmeta|x:xapmeta|rdf:RDF)>", re.S
)
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SPACES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://ns.adobe.com/xap/1.0/": "xmp:",
    "http://ns.adobe.com/pdf/1.3/": "pdf:",
}
_PRISM = "http://prismstandard.org/namespaces/"


def fields(info: Mapping[str, str], language: str, raw: bytes) -> dict[str, object]:
    """The metadata of a file, as front matter would name them."""
    xmp = _xmp(raw)
    found: dict[str, object] = {}
    title = _title(_first(xmp.get("dc:title"))) or _title(info.get("Title", ""))
    if title:
        found["title"] = title
    names = _authors(xmp.get("dc:creator") or []) or _authors([info.get("Author", "")])
    if names:
        found["author"] = names
    created = _date(info.get("CreationDate", "")) or _date(_first(xmp.get("xmp:createdate")))
    modified = _date(info.get("ModDate", "")) or _date(_first(xmp.get("xmp:modifydate")))
    for name in ("prism:publicationdate", "prism:coverdate", "dc:date"):
        date = _date(_first(xmp.get(name)))
        if date and (name != "dc:date" or date not in (created, modified)):
            found["date"] = date
            break
    publisher = _text(_first(xmp.get("prism:publicationname")) or _first(xmp.get("dc:publisher")))
    if publisher:
        found["publisher"] = publisher
    tags = _keywords(xmp.get("dc:subject") or [info.get("Keywords", "")])
    if tags:
        found["keywords"] = tags
    spoken = _text(language) or _text(_first(xmp.get("dc:language")))
    if spoken and spoken.lower() not in ("x-default", "x-unknown", "und"):
        found["lang"] = spoken
    subject = _text(_first(xmp.get("dc:description")) or info.get("Subject", ""))
    if subject and subject != title:
        found["subject"] = subject
    for name in ("doi", "url", "issn", "isbn", "volume", "number"):
        value = _text(_first(xmp.get("prism:" + name)))
        if value:
            found[name] = value
    if created:
        found["creationdate"] = created
    return found


def _first(values: list[str] | None) -> str:
    return values[0] if values else ""


def _text(value: str) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in value[:_FIELD])
    return " ".join(plain.split())


def _title(value: str) -> str:
    text = _text(value)
    return "" if _JUNK_TITLE.match(text) else text


def _authors(values: list[str]) -> list[str]:
    found: list[str] = []
    for value in values:
        for part in _NAMES.split(value[:_FIELD]):
            name = _text(part)
            pieces = [one.strip() for one in name.split(",")]
            several = len(pieces) > 1 and all(" " in one for one in pieces)
            found += [one for one in (pieces if several else [name]) if not _JUNK_AUTHOR.match(one)]
    return list(dict.fromkeys(found))


def _keywords(values: list[str]) -> list[str]:
    """Keywords, where they are some and not sentences."""
    if len(values) == 1:
        sign = ";" if ";" in values[0] else "；" if "；" in values[0] else "[,，、\n]"
        values = re.split(sign, values[0])
    found = [_text(value) for value in values]
    if any(len(one) > 80 for one in found) or len(found) > 60:
        return []
    return list(dict.fromkeys(one for one in found if one))


def _date(value: str) -> str:
    """The day, month or year of a date in either form, as `2023-05-04`."""
    found = _DATE.match(value.strip())
    if not found or not 1000 <= int(found[1]) <= 2999:
        return ""
    year, month, day = found[1], found[2], found[3]
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{month}"
    return f"{year}-{month}-{day}"


def _xmp(raw: bytes) -> dict[str, list[str]]:
    """The properties of the document's own XMP packet; those of its pictures are passed over."""
    packets = []
    at = 0
    while (start := _next_packet(raw, at)) >= 0:
        end = raw.find(b"</rdf:RDF>", start)
        if end < 0 or end - start > _LONGEST:
            at = start + 8
            if end < 0:
                break
            continue
        end += len(b"</rdf:RDF>")
        packets.append(raw[start:end])
        at = end
        if len(packets) > 200:
            break
    own = [one for one in packets if b"ns.adobe.com/pdf/1.3/" in one or b"application/pdf" in one]
    chosen = own[-1] if own else packets[0] if len(packets) == 1 else None
    if chosen is None or b"<!DOCTYPE" in chosen or b"<!ENTITY" in chosen:
        return {}
    try:
        return _properties(ElementTree.fromstring(chosen))  # noqa: S314 - no entities, see above
    except (ElementTree.ParseError, ValueError, LookupError):
        return {}


def _next_packet(raw: bytes, at: int) -> int:
    return raw.find(b"<rdf:RDF", at)


def _properties(tree: ElementTree.Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for description in tree.iter(_RDF + "Description"):
        for name, value in description.attrib.items():
            if key := _name(name):
                found.setdefault(key, []).append(value)
        for one in description:
            key = _name(one.tag)
            if not key:
                continue
            items = [item.text or "" for item in one.iter(_RDF + "li")] or [one.text or ""]
            found.setdefault(key, []).extend(item for item in items if item.strip())
    return found


def _name(tag: Any) -> str:
    if not isinstance(tag, str) or not tag.startswith("{"):
        return ""
    space, _, name = tag[1:].partition("}")
    if space.startswith(_PRISM):
        return "prism:" + name.lower()
    prefix = _SPACES.get(space)
    return prefix + name.lower() if prefix else ""
