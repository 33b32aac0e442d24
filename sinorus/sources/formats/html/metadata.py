"""What a page says of itself: JSON-LD, Open Graph, Dublin Core, Highwire, and its first lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any, TypeAlias
from urllib.parse import urljoin, urlsplit

from lxml import etree

from sinorus.sources.formats.html.bylines import authors_in, names_in, source_in
from sinorus.text.dates import parse_date

Element: TypeAlias = etree._Element

_LONGEST = 1_000  # characters of a value
_LARGEST = 1 << 20  # characters of a script with JSON-LD
_MOST = 200  # values of one name
_DEPTH = 6
_WORKS = re.compile(
    r"(?:\w*Article|\w*Posting|Report|Book|Chapter|WebPage|Thesis|Review|Recipe|Speech|\w*Work)"
)
_AUTHORS = (
    *("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "byl"),
    *("dc.contributor.author", "og:article:author", "parsely-author", "sailthru.author", "authors"),
)
_CATALOGUED = (
    *("citation_publication_date", "citation_date", "citation_online_date", "dc.date.issued"),
    *("dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date"),
)
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "pubdate"),
    *("publishdate", "publish-date", "publication_date", "sailthru.date", "parsely-pub-date"),
    *("date", "article.published", "bt:pubdate", "firstpublishedtime", "date.release"),
)
_TITLES = ("citation_title", "dc.title", "dcterms.title", "headline", "og:title", "twitter:title")
_SITES = (
    *("og:site_name", "citation_journal_title", "citation_publisher", "dc.publisher"),
    *("dcterms.publisher", "publisher", "article:publisher", "application-name", "twitter:site"),
)
_TAGS = ("keywords", "article:tag", "news_keywords", "citation_keywords", "dc.subject")
_OTHERS = {
    **{f"citation_{name}": name for name in ("doi", "volume", "issue", "firstpage", "lastpage")},
    **{f"citation_{name}": name for name in ("issn", "isbn", "conference_title")},
    "dc.identifier": "identifier",
    "description": "description",
}
_SAVED = re.compile(
    r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->|<!--[^>]{0,40}?Page saved with SingleFile"
    r"\s+url:\s*(https?://\S+)",
    re.IGNORECASE,
)
_DIVIDER = re.compile(r"\s+[-–—|·•»«:/]\s+|\s*[|_｜]\s*|\s*[-–—](?=[^-–—]{2,30}$)")
_BETWEEN_TAGS = re.compile("[,;，；、|]")
_LATIN = frozenset({"en", "de", "fr", "es", "it", "pt", "pl", "nl", "sv"})
_LINES = 60  # blocks at the top of a page in which it says who wrote it
_DATED_LINES = 20
_OF_A_LIFE = re.compile(r"出生|生于|逝世|рожд|родил|\bborn\b", re.IGNORECASE)
_DATED = re.compile(
    r"(?<![生于])\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|(?<!\d)\d{1,2}\s+[а-я]{3,8}\s+\d{4}(?!\d)"
    r"|(?<=(?:日期|时间)[:：])\s?\d{4}-\d\d-\d\d"
)
_DATED_IN_ENGLISH = re.compile(
    rf"{_DATED.pattern}|(?<!\d)\d{{1,2}}\s+[A-Z][a-z]{{2,8}}\.?,?\s+\d{{4}}(?!\d)"
    r"|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}(?!\d)|(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])"
)


class Said:
    """What a page says; each list has the most to be trusted first."""

    def __init__(self, tree: Element, text: str, url: str | None) -> None:
        self.meta: dict[str, list[str]] = {}
        for one in tree.iter("meta"):
            content = (one.get("content") or "")[:_LONGEST].strip()
            for key in ("name", "property", "itemprop", "http-equiv"):
                name = (one.get(key) or "").lower()[:100]
                if name and content and len(known := self.meta.setdefault(name, [])) < _MOST:
                    known.append(unescape(content))
        self.works, self.named = _works(tree)
        self._tree, self._url = tree, url
        saved = _SAVED.search(text, 0, 5_000)
        self._saved = (saved.group(1) or saved.group(2)) if saved else None

    def first(self, names: Iterable[str]) -> str | None:
        """The first value of the first of these names that has one."""
        return next((found for name in names for found in self.meta.get(name, ())), None)

    def url(self) -> str | None:
        """The address of the page, where it has a whole one."""
        for one in self._tree.iter("link"):
            if (one.get("rel") or "").lower() == "canonical" and (found := _web(one.get("href"))):
                return found
        said = (
            self.first(("og:url", "twitter:url", "dc.identifier.uri", "citation_public_url")),
            self._saved,
            self._url,
        )
        return next((found for one in said if (found := _web(one))), None)

    def title(self) -> str | None:
        """The title, without the name of the site behind it."""
        named = [_one(work.get("headline")) for work in self.works]
        heads = [
            " ".join("".join(map(str, one.itertext())).split())[:_LONGEST]
            for one in self._tree.iter("h1")
        ]
        page = next((one.text for one in self._tree.iter("title") if one.text), None)
        page = " ".join(page.split())[:_LONGEST] if page else ""
        meta = self.first(_TITLES) or ""
        for head in filter(None, heads):
            if _flat(head) in _flat(page) or _flat(head) in _flat(meta):
                return head
        found = next(filter(None, (*named, meta, page, *heads)), None)
        return _without_site(found, self.site() or "", heads) if found else None

    def site(self) -> str | None:
        """Who publishes the page."""
        found = self.first(_SITES[:3])
        if not found:
            publishers = [work.get("publisher") for work in self.works]
            found = next((name for one in publishers for name in self._names(one)), None)
        found = found or self.first(_SITES[3:])
        if found and not found.startswith(("http:", "https:")):
            return found.lstrip("@")
        return None

    def authors(self) -> list[str]:
        """The names of authors that are given as such."""
        site = self.site()
        for work in self.works:
            found = [name for one in self._names(work.get("author")) for name in names_in(one)]
            if found and found != [site]:
                return list(dict.fromkeys(found))
        for name in _AUTHORS:
            said = [one for one in self.meta.get(name, ()) if not one.startswith("http")]
            whole = name.startswith(("citation", "dc"))
            found = said if whole else [person for one in said for person in names_in(one)]
            if found and found != [site]:
                return list(dict.fromkeys(found))
        return []

    def _names(self, value: Any, depth: int = 0) -> list[str]:
        """The names of the people or bodies in a value of JSON-LD."""
        if isinstance(value, list) and depth < _DEPTH:
            return [name for one in value[:_MOST] for name in self._names(one, depth + 1)]
        if isinstance(value, dict) and not value.get("name"):
            value = self.named.get(str(value.get("@id")))
        name = _one(value)
        return [name] if name and not name.startswith(("http:", "https:")) else []

    def scholarly_date(self) -> str | None:
        """The day on which a paper or book was published, as libraries have it."""
        days = [
            day for name in _CATALOGUED for one in self.meta.get(name, ()) if (day := _day(one))
        ]
        return next((day for day in days if len(day) == 10), next(iter(days), None))

    def date(self) -> str | None:
        """The day on which a page was published, as it says in its head."""
        said: list[str | None] = [one for name in _DATES for one in self.meta.get(name, ())]
        for key in ("datePublished", "dateCreated"):
            said += [_one(work.get(key)) for work in self.works]
        return next((day for one in said if one and (day := _day(one))), None)


def fields_of(said: Said, lines: Sequence[str], detected: str | None) -> dict[str, object]:
    """The fields of a page as front matter would have them; `lines` are the first of its text.

    `detected` is the language that the text shows, if any: of a page whose template says another
    script's, nothing is believed.
    """
    top = lines[:_LINES]
    fields: dict[str, object] = {
        "title": said.title(),
        "author": said.authors() or authors_in((*top, *lines[-5:])),
        "publisher": said.site() or source_in((*top, *lines[-5:])),
        "date": said.scholarly_date() or date_in(top),
        "url": said.url(),
        "lang": _language(said, detected),
        "tags": list(dict.fromkeys(_tags(said))),
    }
    for name, key in _OTHERS.items():
        if found := said.first((name,)):
            fields[key] = found
    return {key: value for key, value in fields.items() if value}


def host_of(url: object) -> str | None:
    """The name of a site that has no other."""
    host = urlsplit(url).hostname if isinstance(url, str) else None
    return host.removeprefix("www.") if host else None


def _language(said: Said, detected: str | None) -> str | None:
    root = said._tree
    given = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    given = (
        given or root.get("xml:lang") or said.first(("content-language", "dc.language", "language"))
    )
    given = given or next((_one(work.get("inLanguage")) for work in said.works), None)
    given = (given or said.first(("og:locale",)) or "").replace("_", "-").strip()
    if detected in ("zh", "ru") and given[:2].lower() in _LATIN:
        return None
    return given or None


def date_in(lines: Sequence[str], *, english: bool = False) -> str | None:
    """The first date in short lines at the top of a page, as Chinese and Russian pages write it.

    With `english` also as English ones do.
    """
    for line in lines[:_DATED_LINES]:
        if len(line) > 80 or _OF_A_LIFE.search(line):
            continue
        for match in (_DATED_IN_ENGLISH if english else _DATED).finditer(line):
            date = parse_date(match.group())
            if date is not None:
                return date.text
    return None


def _tags(said: Said) -> Iterator[str]:
    for name in _TAGS:
        for one in said.meta.get(name, ()):
            yield from filter(None, (part.strip() for part in _BETWEEN_TAGS.split(one)))


def _day(value: str) -> str | None:
    """The date in a value, as a day, a month or a year."""
    value = value.strip()
    match = re.match(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:\D|$)", value)
    if match:
        value = "-".join((match[1], match[2].zfill(2), match[3].zfill(2)))
    date = parse_date(value)
    return date.text if date is not None and date.precision != "range" else None


def _web(value: str | None) -> str | None:
    """An absolute address of the web, else None."""
    value = (value or "").strip()
    if len(value) > 2_000 or not value.lower().startswith(("http://", "https://")):
        return None
    try:
        return value if urlsplit(value).hostname and " " not in value else None
    except ValueError:
        return None


def base_of(tree: Element, url: str | None) -> str | None:
    """What relative links of a page are relative to."""
    for one in tree.iter("base"):
        href = (one.get("href") or "").strip()[:2_000]
        try:
            return _web(urljoin(url or "", href)) or url
        except ValueError:
            return url
    return url


def _flat(text: str) -> str:
    return " ".join(text.lower().split())


def _without_site(title: str, site: str, heads: Sequence[str]) -> str:
    """A title without the name of the site before or behind it."""
    title = " ".join(title.split())
    parts = _DIVIDER.split(title)
    if len(parts) < 2:
        return title
    last, first = parts[-1], parts[0]
    known = _flat(site)
    if known and (_flat(last) in known or known in _flat(last)):
        return title[: title.rindex(last)].rstrip(" -–—|·•»«:/_｜") or title
    if known and _flat(first) == known:
        return title[len(first) :].lstrip(" -–—|·•»«:/_｜") or title
    return next((head for head in heads if head and _flat(head) in _flat(title)), title)


def _works(tree: Element) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The works that JSON-LD describes, articles before pages; and all that have a name, by id."""
    found: list[dict[str, Any]] = []
    size = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        size += len(script.text)
        if size > _LARGEST:
            break
        try:
            loaded = json.loads(script.text.strip().strip("\ufeff;"), strict=False)
        except (ValueError, RecursionError):
            continue
        found += _objects(loaded, 0)
    named = [one for one in found if _WORKS.fullmatch(_one(one.get("@type")) or "")]
    works = sorted(named[:_MOST], key=lambda one: "Page" in (_one(one.get("@type")) or ""))
    return works, {str(one["@id"]): one for one in found if "@id" in one and one.get("name")}


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        if depth < _DEPTH:
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _objects(value.get(key), depth + 1)
    elif isinstance(value, list) and depth < _DEPTH:
        for one in value[:_MOST]:
            yield from _objects(one, depth + 1)


def _one(value: Any) -> str | None:
    """A value of JSON-LD as a text; of a list the first."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str | int):
        return None
    return unescape(" ".join(str(value).split()))[:_LONGEST] or None
