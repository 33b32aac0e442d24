"""What a document is cited as: an item of CSL, whose terms those of BibTeX are made of.

Of a document is told what it says itself, and nothing is guessed but its type: what has a journal
is an article, what has a book around it a chapter, what has an ISBN a book, what else has an
address a page of the web, anything else a report.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sinorus.citation.addresses import address_of
from sinorus.citation.persons import Person, person
from sinorus.citation.words import harmless
from sinorus.model import Document

Item = dict[str, Any]
"""An item of CSL-JSON."""
_TYPES = frozenset(
    [
        *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book"),
        *(
            "broadcast",
            "chapter",
            "document",
            "entry",
            "entry-encyclopedia",
            "hearing",
            "interview",
        ),
        *("legal_case", "legislation", "manuscript", "pamphlet", "paper-conference"),
        *("personal_communication", "post", "post-weblog", "regulation", "report", "review"),
        *("speech", "standard", "thesis", "treaty", "webpage"),
    ]
)
_OTHER_NAMES = {
    "journalarticle": "article-journal",
    "magazinearticle": "article-magazine",
    "newspaperarticle": "article-newspaper",
    "booksection": "chapter",
    "letter": "document",
    "blogpost": "post-weblog",
    "statute": "legislation",
    "conferencepaper": "paper-conference",
    "online": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "misc": "document",
    "techreport": "report",
    "phdthesis": "thesis",
    "collection": "book",
}
"""What Zotero and BibTeX call them."""
_JOURNALS = ("container-title", "journaltitle", "journal", "publicationtitle", "newspaper")
_FIELDS = {
    "volume": ("volume",),
    "issue": ("issue", "number"),
    "page": ("page", "pages"),
    "DOI": ("doi",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "publisher-place": ("publisher-place", "location", "address", "place"),
    "edition": ("edition",),
    "collection-title": ("collection-title", "series"),
    "number-of-pages": ("number-of-pages", "pagetotal"),
    "genre": ("genre",),
}
"""Fields of CSL, and the keys of front matter or a bibliography that give them."""
_ARTICLES = frozenset(("article-journal", "article-magazine", "article-newspaper"))


class Entry(NamedTuple):
    """A document, its citation key, and what it is cited as."""

    document: Document
    key: str
    item: Item


def entry(document: Document, key: str) -> Entry:
    """The entry of a document."""
    extra = {name.lower(): _text(value) for name, value in document.extra.items()}
    kind = _kind(document, extra)
    item: Item = {"id": key, "type": kind}
    item["title"] = harmless(document.title or document.id)
    for role, names in (("author", document.authors), *_others(document)):
        if people := [_csl_name(person(harmless(name))) for name in names if harmless(name)]:
            item[role] = people
    if document.date:
        parts = [[int(part) for part in day.split("-")] for day in document.date.text.split("/")]
        item["issued"] = {"date-parts": parts}
    item |= _published(document, kind, extra)
    for name, keys in _FIELDS.items():
        if value := next((extra[one] for one in keys if extra.get(one)), ""):
            item[name] = value
    if "page" in item:
        item["page"] = item["page"].replace("--", "-").replace("–", "-")
    if address := address_of(document):
        item["URL"] = address
    if document.lang:
        item["language"] = document.lang
    return Entry(document, key, item)


def _text(value: str | tuple[str, ...]) -> str:
    return harmless(value if isinstance(value, str) else ", ".join(value))


def _others(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for role in ("editor", "translator", "interviewer"):
        value = document.extra.get(role, ())
        found.append((role, (value,) if isinstance(value, str) else tuple(value)))
    return found


def _kind(document: Document, extra: Mapping[str, str]) -> str:
    said = extra.get("type", "").lower()
    said = _OTHER_NAMES.get(said, said)
    if said in _TYPES:
        return said
    if extra.get("booktitle"):
        return "chapter"
    if any(extra.get(name) for name in _JOURNALS):
        return "article-journal"
    if extra.get("isbn"):
        return "book"
    # A report, since some styles print nothing of what is only a document.
    return "webpage" if address_of(document) else "report"


def _published(document: Document, kind: str, extra: Mapping[str, str]) -> Item:
    """Who published it, and in what it stands."""
    publisher = harmless(document.publisher or "")
    inside = next((extra[name] for name in _JOURNALS if extra.get(name)), "")
    if kind == "chapter":
        inside = extra.get("booktitle") or inside
    elif kind in _ARTICLES:
        inside = inside or publisher
    elif kind in ("webpage", "post-weblog"):
        # The name of a site is what a page of it stands in.
        inside, publisher = inside or publisher, ""
    found = {"container-title": inside} if inside else {}
    return found | ({"publisher": publisher} if publisher and publisher != inside else {})


def _csl_name(name: Person) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}
