"""BibTeX and BibLaTeX: blocks by bibtexparser, values and inheritance as biber has them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
)
from bibtexparser.model import Entry as Block

from sinorus.sources.bibliography.attachments import attachments
from sinorus.sources.bibliography.entries import Entry, Read, Said
from sinorus.sources.bibliography.latex import plain, shown

_LONGEST_NAMES = 100_000
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MACROS = {name[:3]: name.capitalize() for name in _MONTHS}
_VALUE = re.compile(r'\s*(?:(\{)|(")|([^\s{}"#]+))')
_MARKS = re.compile(r'\\.|[{}"]', re.DOTALL)
_ARXIV = "https://arxiv.org/abs/"
_NOT_INHERITED = frozenset(
    {"title", "subtitle", "author", "file", "url", "doi", "ids", "keywords", "crossref", "xref"}
)
_DATED = frozenset({"date", "year", "month", "day"})
_LEFT_OUT = frozenset(
    {
        *("file", "abstract", "annotation", "annote", "ids", "crossref", "xdata", "timestamp"),
        *("owner", "groups", "username", "creationdate", "modificationdate", "localfile"),
    }
)
"""What says nothing of the document, or is a text of its own."""
_PUBLISHERS = (
    *("publisher", "journaltitle", "journal", "institution", "school", "organization"),
    "howpublished",
)
_EXTENDED = re.compile(r"\s*(family|given|prefix|suffix)\s*=\s*", re.IGNORECASE)

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # faults are told by us


def read(text: str) -> Read:
    """The entries of a file; raises nothing, what is wrong is told with its line."""
    faults: list[Said] = []
    try:
        library = parse_string(text, parse_stack=[])
    except Exception as fault:  # a state that its author did not foresee
        return Read([], [(1, f"it cannot be read as BibTeX ({type(fault).__name__})")])
    strings = _strings(library)
    entries: list[Entry] = []
    for block, line in _blocks(library, faults):
        fields: dict[str, str] = {}
        for field in block.fields:
            fields.setdefault(field.key.strip().lower(), _resolved(field.value, strings))
        entries.append(_entry(block.entry_type, block.key, line, fields))
    return Read(_inherited(entries), faults)


def _blocks(library: Library, faults: list[Said]) -> Iterator[tuple[Block, int]]:
    """The entries, those with a fault that can be used all the same among them."""
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        found: Any = block
        if isinstance(found, DuplicateBlockKeyBlock):
            faults.append((line, f"citation key '{found.key[:60]}' is used above; that one counts"))
            found = found.ignore_error_block
        elif isinstance(found, DuplicateFieldKeyBlock):
            names = ", ".join(f"'{name[:60]}'" for name in sorted(found.duplicate_keys))
            faults.append((line, f"{names} is given more than once; the first one counts"))
            found = found.ignore_error_block
        elif isinstance(found, ParsingFailedBlock):
            faults.append((line, f"the entry is broken: {_reason(found.error)}"))
        if isinstance(found, Block):
            yield found, line


def _reason(error: Exception) -> str:
    reason = getattr(error, "abort_reason", "") or str(error)
    return " ".join(reason.split())[:160].rstrip(" .")


def _strings(library: Library) -> dict[str, str]:
    strings = dict(_MACROS)
    for one in library.strings:
        strings[one.key.lower()] = _resolved(one.value, strings)[:_LONGEST_NAMES]
    return strings


def _resolved(value: str, strings: Mapping[str, str]) -> str:
    """A value without its braces or quotation marks, names of strings replaced, `#` joined."""
    parts: list[str] = []
    at, most = 0, len(value) + _LONGEST_NAMES
    while found := _VALUE.match(value, at):
        if found[3]:
            parts.append(strings.get(found[3].lower(), found[3]))
            at = found.end()
        else:
            end = _closing(value, found.end(), quoted=bool(found[2]))
            parts.append(value[found.end() : end])
            at = end + 1
        most -= len(parts[-1])
        if most < 0:  # a string named again and again
            break
        while at < len(value) and (value[at].isspace() or value[at] == "#"):
            at += 1
    return "".join(parts).strip()


def _closing(value: str, start: int, *, quoted: bool) -> int:
    depth = 0
    for mark in _MARKS.finditer(value, start):
        sign = mark.group()
        if sign == "{":
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
        elif not depth and sign == ('"' if quoted else "}"):
            return mark.start()
    return len(value)


def _entry(kind: str, key: str, line: int, fields: Mapping[str, str]) -> Entry:
    files = attachments(fields["file"]) if fields.get("file") else ()
    files += attachments(fields["localfile"]) if fields.get("localfile") else ()
    url, eprint = plain(fields.get("url", "")), plain(fields.get("eprint", ""))
    urls = [url] if url else []
    if eprint and fields.get("eprinttype", fields.get("archiveprefix", "")).lower() == "arxiv":
        urls.append(_ARXIV + eprint)
    doi = plain(fields.get("doi", ""))
    return Entry("bibtex", kind, key.strip(), line, fields, files, doi, tuple(urls))


def _inherited(entries: list[Entry]) -> list[Entry]:
    """The entries with what they have of those that they refer to (`crossref`, `xdata`).

    Two steps up at most, so that a circle is no matter.
    """
    parents: dict[str, Entry] = {}
    if any("crossref" in one.fields or "xdata" in one.fields for one in entries):
        for one in entries:
            parents.setdefault(one.key.lower(), one)
    return [_completed(one, parents) if parents else one for one in entries]


def _completed(entry: Entry, parents: Mapping[str, Entry]) -> Entry:
    fields = dict(entry.fields)
    above: Mapping[str, object] = entry.fields
    for _ in range(2):
        named = str(above.get("crossref") or above.get("xdata") or "").split(",")[0].strip()
        parent = parents.get(named.lower()) if named else None
        if parent is None or parent.key == entry.key:
            break
        whole = "crossref" not in above
        dated = not _DATED.isdisjoint(fields)
        for name, value in parent.fields.items():
            if name in _DATED and dated:
                continue
            if whole or name not in _NOT_INHERITED:
                fields.setdefault(name, value)
        if not whole and "title" in parent.fields:
            fields.setdefault("booktitle", parent.fields["title"])
        above = parent.fields
    return entry._replace(fields=fields)


def metadata(entry: Entry) -> dict[str, object]:
    """What an entry says, as front matter would say it."""
    raw = {name: str(value) for name, value in entry.fields.items()}
    said: dict[str, object] = {
        name: plain(value) if name in ("doi", "url", "isbn", "issn", "eprint") else shown(value)
        for name, value in raw.items()
        if name not in _LEFT_OUT
        and name not in ("author", "editor", "translator", "keywords")
        and not name.startswith(("bdsk-", "mendeley-"))
    }
    for role in ("author", "editor", "translator"):
        if raw.get(role) and (names := persons(raw[role])):
            said[role] = names if role == "author" else [_whole(name) for name in names]
    title, subtitle = said.pop("title", ""), said.pop("subtitle", "")
    if title:
        said["title"] = f"{title}: {subtitle}" if subtitle else title
    for name in ("langid", "language"):
        if language := said.pop(name, ""):
            said.setdefault("lang", language)
    publisher = next((said[name] for name in _PUBLISHERS if said.get(name)), None)
    if publisher:
        said["publisher"] = publisher
    if not said.get("url") and entry.doi:
        said["url"] = f"https://doi.org/{entry.doi}"
    if raw.get("keywords"):
        said["keywords"] = [shown(word) for word in re.split("[,;]", raw["keywords"])]
    said |= dates(raw, said)
    return said | {"citekey": entry.key}


def dates(raw: Mapping[str, str], said: dict[str, object] | None = None) -> dict[str, object]:
    """What fields say of the date, in the terms of front matter; taken out of `said`."""
    names = ("date", "year", "month", "day")
    for name in names if said is not None else ():
        said.pop(name, None)  # type: ignore[union-attr]
    if date := shown(raw.get("date", "")).rstrip("?~%"):
        return {"date": date}
    found = {name: shown(raw[name]).rstrip(".") for name in names[1:] if raw.get(name)}
    return dict(found) if "year" in found else {}


def persons(names: str) -> list[object]:
    """The names of a list, each as a mapping of its parts; one in braces is kept as it is."""
    found: list[object] = []
    for name in split_multiple_persons_names(names[:_LONGEST_NAMES]):
        if name.strip().lower() in ("", "others"):
            continue
        if name.startswith("{") and _closing(name, 1, quoted=False) == len(name) - 1:
            found.append({"literal": shown(name)})
        elif _EXTENDED.match(name):
            parts = [_EXTENDED.split(part) for part in name.split(",")]
            found.append({one[1].lower(): shown(one[2]) for one in parts if len(one) > 2})
        else:
            found.append(_person(name))
    return found


def _person(name: str) -> dict[str, str]:
    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except InvalidNameError:
        return {"literal": shown(name)}
    family = " ".join(parts.von + parts.last)
    person = {"given": " ".join(parts.first), "family": family, "suffix": " ".join(parts.jr)}
    return {part: shown(text) for part, text in person.items() if text}


def _whole(name: object) -> object:
    from sinorus.sources.authors import authors_of

    return "; ".join(authors_of([name])[0])
