"""CSL-JSON, as Zotero and Better BibTeX export it, and Better BibTeX's own JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sinorus.sources.bibliography.attachments import MOST, as_path, attachments
from sinorus.sources.bibliography.entries import MOST_FAULTS, Entry, Read, Said

_DECODER = json.JSONDecoder()
_OBJECT = re.compile(r"^([ \t]*)\{", re.MULTILINE)
_BEGINS = re.compile(r"[\s\ufeff]*(\[)?\s*")
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_KEY_IN_NOTE = re.compile(r"^\s*citation[ -]key\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_PUBLISHERS = ("publisher", "container-title", "publicationtitle", "websitetitle", "institution")
_NAMES = ("author", "editor", "translator", "director", "interviewer", "recipient")
_LEFT_OUT = frozenset(
    {
        *("id", "citation-key", "citationkey", "citekey", "title", "issued", "language", "url"),
        *("abstract", "attachments", "file", "files", "creators", "tags", "keyword", "keywords"),
        *("relations", "collections", "itemid", "itemkey", "key", "version", "select", "uri"),
        *("dateadded", "datemodified", "libraryid", "notes", "date", "abstractnote"),
    }
)


def read(text: str) -> Read:
    """The entries of a file; raises nothing, what is wrong is told with its line."""
    faults: list[Said] = []
    entries: list[Entry] = []
    keys: set[str] = set()
    for line, item in _items(text, faults):
        if not isinstance(item, dict):
            faults.append((line, "the entry is no object"))
        else:
            entry = _entry(item, line)
            if entry.key and entry.key in keys:
                what = f"citation key '{entry.key[:60]}' is used above; that one counts"
                faults.append((line, what))
            keys.add(entry.key)
            entries.append(entry)
        if len(faults) > MOST_FAULTS:
            break
    return Read(entries, faults)


def _items(text: str, faults: list[Said]) -> Iterator[tuple[int, Any]]:
    """The items of the list, one at a time: a broken one costs itself."""
    begins = _BEGINS.match(text)
    at = begins.end() if begins else 0
    if begins is None or not begins[1]:
        inside = _ITEMS.search(text) if text.startswith("{", at) else None
        at = inside.end() if inside else at
    counted, line = 0, 1
    while (at := _passed(text, at)) < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as fault:
            where = max(getattr(fault, "pos", at), at)
            told = getattr(fault, "msg", "it is nested too deeply")
            at_line = line + text.count("\n", counted, where)
            faults.append((at_line, f"the entry is broken: {told[:1].lower()}{told[1:]}"))
            if len(faults) > MOST_FAULTS:
                return
            at = _next(text, at, max(where, at + 1))
        else:
            yield line, item


def _passed(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _next(text: str, start: int, after: int) -> int:
    """Where the next item begins: a brace on a line of its own, as far in as that of this one."""
    indent = start - (text.rfind("\n", 0, start) + 1)
    for found in _OBJECT.finditer(text, text.rfind("\n", 0, after) + 1):
        if found.end() - 1 > start and len(found[1]) <= indent:
            return found.end() - 1
    return len(text)


def _entry(item: Mapping[str, Any], line: int) -> Entry:
    fields = {str(name).lower(): value for name, value in item.items()}
    note = " ".join(_text(fields.get(name)) for name in ("note", "extra"))
    in_note = _KEY_IN_NOTE.search("\n".join(_text(fields.get(n)) for n in ("note", "extra")))
    named = (_text(fields.get(name)) for name in ("citation-key", "citationkey", "citekey"))
    key = next(filter(None, named), "") or (in_note[1] if in_note and note else "")
    files: list[str] = []
    for one in _list(fields.get("attachments"))[:MOST]:
        if isinstance(one, dict):
            files += [as_path(path) for name in ("path", "localPath") if (path := one.get(name))
                      and isinstance(path, str)]  # fmt: skip
    for name in ("file", "files"):
        for value in _list(fields.get(name))[:MOST]:
            files += attachments(_text(value))
    kind = _text(fields.get("type")) or _text(fields.get("itemtype"))
    url = _text(fields.get("url"))
    doi = _text(fields.get("doi"))
    paths = tuple(dict.fromkeys(files))
    key = key or _text(fields.get("id"))
    return Entry("csl", kind, key, line, fields, paths, doi, (url,) if url else ())


def metadata(entry: Entry) -> dict[str, object]:
    """What an entry says, as front matter would say it."""
    fields = entry.fields
    said: dict[str, object] = {
        name: value
        for name, value in fields.items()
        if name not in _LEFT_OUT
        and name not in _NAMES
        and isinstance(value, (str, int, float))
        and value != ""
    }
    said = {name: str(value) for name, value in said.items()}
    people = _creators(fields)
    for role in _NAMES:
        if names := people.get(role):
            said[role] = names if role == "author" else [_whole(name) for name in names]
    publisher = next((_text(fields.get(n)) for n in _PUBLISHERS if _text(fields.get(n))), "")
    language = _text(fields.get("language"))
    address = entry.urls[0] if entry.urls else f"https://doi.org/{entry.doi}" if entry.doi else ""
    known = {"title": _text(fields.get("title")), "publisher": publisher, "lang": language}
    known |= {"url": address, "citekey": entry.key}
    said |= {name: value for name, value in known.items() if value}
    words = fields.get("keyword") or fields.get("keywords") or fields.get("tags")
    if isinstance(words, str):
        said["keywords"] = [word.strip() for word in re.split("[,;]", words) if word.strip()]
    elif isinstance(words, list):
        tags = (one.get("tag") if isinstance(one, dict) else one for one in words)
        said["keywords"] = [_text(tag) for tag in tags if _text(tag)]
    return said | dates(fields)


def dates(fields: Mapping[str, object]) -> dict[str, object]:
    """What fields say of the date, in the terms of front matter."""
    issued = fields.get("issued") or fields.get("date")
    if isinstance(issued, dict):
        parts = issued.get("date-parts")
        if isinstance(parts, list) and parts and all(isinstance(one, list) for one in parts):
            known = [[str(number) for number in one if number] for one in parts[:2]]
            ends = ["-".join(part.zfill(2) for part in one[:3]) for one in known]
            return {"date": "/".join(filter(None, ends))} if ends and ends[0] else {}
        issued = issued.get("raw") or issued.get("literal")
    return {"date": _text(issued)} if _text(issued) else {}


def _creators(fields: Mapping[str, object]) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for role in _NAMES:
        if names := [_person(one) for one in _list(fields.get(role)) if one]:
            found[role] = names
    for one in _list(fields.get("creators")):
        if isinstance(one, dict):
            role = str(one.get("creatorType", "author"))
            parts = {"given": one.get("firstName"), "family": one.get("lastName")}
            whole = {"literal": one["name"]} if one.get("name") else parts
            found.setdefault(role, []).append({k: v for k, v in whole.items() if v})
    return found


def _person(one: object) -> object:
    if not isinstance(one, dict):
        return one
    parts = {str(name): _text(value) for name, value in one.items()}
    if parts.get("literal"):
        return {"literal": parts["literal"]}
    before = [parts.get(name, "") for name in ("dropping-particle", "non-dropping-particle")]
    family = " ".join(filter(None, (*before, parts.get("family", ""))))
    person = {"given": parts.get("given", ""), "family": family, "suffix": parts.get("suffix", "")}
    return {name: text for name, text in person.items() if text}


def _whole(name: object) -> str:
    from sinorus.sources.authors import authors_of

    return "; ".join(authors_of([name])[0])


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: object) -> str:
    """A text or number of JSON as a text; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value).strip()
