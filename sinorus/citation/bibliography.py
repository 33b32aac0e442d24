"""Entries as files that other programs read: BibTeX, BibLaTeX, CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sinorus.citation.entries import Entry, Item

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - macros of BibTeX
_LANGUAGES = {"en": "english", "ru": "russian", "zh": "chinese"}
_BIBTEX = {
    "article-journal": "article",
    "article-magazine": "article",
    "book": "book",
    "article-newspaper": "article",
    "chapter": "incollection",
    "report": "techreport",
    "paper-conference": "inproceedings",
    "thesis": "phdthesis",
}
_BIBLATEX = {
    "article-journal": "article",
    "article-magazine": "article",
    "book": "book",
    "article-newspaper": "article",
    "chapter": "incollection",
    "report": "report",
    "paper-conference": "inproceedings",
    "thesis": "thesis",
    "webpage": "online",
    "post-weblog": "online",
    "post": "online",
}
_ESCAPED = {
    **{sign: f"\\{sign}" for sign in "$&#_%"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\xa0": "~",
}
_SAME = (("volume", "volume"), ("edition", "edition"), ("collection-title", "series"))


def bibtex(entries: Sequence[Entry]) -> str:
    """A file of classic BibTeX, in UTF-8."""
    return "\n".join(_bibtex_entry(one) for one in entries)


def biblatex(entries: Sequence[Entry]) -> str:
    """A file for biblatex and biber, which also Zotero, Typst and Pandoc read."""
    return "\n".join(_biblatex_entry(one) for one in entries)


def csl_json(entries: Sequence[Entry]) -> str:
    """CSL-JSON, for Pandoc, Zotero and every CSL processor: one item a line."""
    lines = (json.dumps(one.item, ensure_ascii=False) for one in entries)
    return "[\n" + ",\n".join(lines) + "\n]\n"


FORMS: dict[str, Callable[[Sequence[Entry]], str]] = {
    "bibtex": bibtex,
    "biblatex": biblatex,
    "csl-json": csl_json,
}
"""Writers of bibliographies by the names in `BIB_FORMS`."""


class _Names(NamedTuple):
    """What BibTeX and BibLaTeX call what both have, each in its own way.

    `container` is the field of what a work is in, by the kind of entry, `by` that of who published
    it, with what other kinds have at the empty name.
    """

    kinds: Mapping[str, str]
    container: Mapping[str, str]
    by: Mapping[str, str]
    place: str
    language: str


_IN_BIBTEX = _Names(
    _BIBTEX,
    {
        "article": "journal",
        "incollection": "booktitle",
        "inproceedings": "booktitle",
        "": "howpublished",
    },
    {"techreport": "institution", "phdthesis": "school", "": "publisher"},
    "address",
    "language",
)
_IN_BIBLATEX = _Names(
    _BIBLATEX,
    {
        "article": "journaltitle",
        "incollection": "booktitle",
        "inproceedings": "booktitle",
        "": "organization",
    },
    {"report": "institution", "thesis": "institution", "": "publisher"},
    "location",
    "langid",
)


def _bibtex_entry(one: Entry) -> str:
    return _written(one, _IN_BIBTEX, _date_of_bibtex(one.item), bare=("month",))


def _biblatex_entry(one: Entry) -> str:
    date = one.document.date
    return _written(one, _IN_BIBLATEX, [("date", date.text)] if date else [])


def _date_of_bibtex(item: Item) -> Iterator[tuple[str, str]]:
    first, *rest = item.get("issued", {}).get("date-parts", [[]])
    if first:
        years = "--".join(str(part[0]) for part in (first, *rest))
        yield "year", years if not rest or rest[0][0] != first[0] else str(first[0])
    if len(first) > 1 and not rest:
        yield "month", _MONTHS[first[1] - 1]
        if len(first) > 2:
            yield "day", str(first[2])


def _written(
    one: Entry, names: _Names, date: Iterable[tuple[str, str]], bare: Sequence[str] = ()
) -> str:
    """An entry; the values of the fields `bare` are those that BibTeX itself has names for."""
    item = one.item
    kind = _kind(item, names.kinds)
    fields = [*_people(item), ("title", f"{{{_tex(item['title'])}}}")]
    for key, field in (
        ("container-title", names.container.get(kind, names.container[""])),
        ("publisher", names.by.get(kind, names.by[""])),
    ):
        if told := item.get(key):
            fields.append((field, _tex(told)))
    fields += [*date, *_common(item)]
    for key, field in (("issue", "number"), ("publisher-place", names.place)):
        if key in item:
            fields.append((field, _tex(item[key])))
    if lang := _LANGUAGES.get(str(item.get("language", "")).split("-")[0]):
        fields.append((names.language, lang))
    return _entry(kind, one.key, fields, bare)


def _kind(item: Item, kinds: Mapping[str, str]) -> str:
    """The type of an entry; a report or a thesis must have its institution."""
    by_somebody = item["type"] not in ("report", "thesis") or "publisher" in item
    return kinds.get(item["type"], "misc") if by_somebody else "misc"


def _people(item: Item) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor", "translator"):
        if names := item.get(role):
            yield role, " and ".join(_name(name) for name in names)


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{_tex(name['literal'])}}}"
    family, given = _tex(name["family"]), _tex(name.get("given", ""))
    # A name in small letters alone would be taken for a particle, and `and` parts names.
    family, given = (
        f"{{{part}}}" if re.search(r"\band\b|,|^[a-z]+$", part) else part
        for part in (family, given)
    )
    suffix = f", {_tex(name['suffix'])}" if "suffix" in name else ""
    return f"{family}{suffix}, {given}" if given else f"{{{family}}}"


def _common(item: Item) -> Iterator[tuple[str, str]]:
    for name, field in _SAME:
        if name in item:
            yield field, _tex(item[name])
    if "page" in item:
        yield "pages", _tex(item["page"].replace("-", "--"))
    for name in ("DOI", "ISBN", "ISSN", "URL"):
        if name in item:
            yield name.lower(), _balanced(item[name])


def _entry(kind: str, key: str, fields: Sequence[tuple[str, str]], bare: Sequence[str] = ()) -> str:
    width = max((len(name) for name, _ in fields), default=0)
    lines = [
        f"  {name:{width}} = {text if name in bare else f'{{{text}}}'},\n" for name, text in fields
    ]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _tex(text: str) -> str:
    """Text as BibTeX has it, for which a brace counts even after a backslash."""
    safe = "".join(
        _ESCAPED.get(sign, sign) for sign in text.replace("{", "\x00").replace("}", "\x01")
    )
    paired = _are_paired(text)
    left, right = (r"\{", r"\}") if paired else (r"\textbraceleft{}", r"\textbraceright{}")
    return safe.replace("\x00", left).replace("\x01", right)


def _are_paired(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _balanced(text: str) -> str:
    """An address or a number as it is; braces have no place in them."""
    return text.replace("{", "%7B").replace("}", "%7D")
