"""From the fields of a front matter to what is known of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sinorus.model import Date, Fault
from sinorus.sources.authors import authors_of
from sinorus.sources.date_fields import date_of_parts, date_text, says_more
from sinorus.sources.field_text import field_text, unlinked
from sinorus.sources.tags import tags_of
from sinorus.text.dates import HOW_TO_WRITE, how_to_write, parse_date, why_no_date
from sinorus.text.languages import language_code

_DEPTH = 4
_EXTRA = 500
_TOO_MANY = "the fields from '{key}' on are left out: there are more than 500"
_CHARACTERS = (
    1 << 20
)  # of all other fields; the name of an outer one is repeated for each inner one
_TOO_LONG = (
    "the fields from '{key}' on are left out: with the names they stand under they are longer "
    "than 1 MiB; shorten those"
)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_WEB_LINK = re.compile(r"(?:\[[^\[\]]*\]\(|<)(https?://[^\s()<>]+)[)>]", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s_-]+")
_DATES = (
    *("published", "created", "created_at", "date_published", "publish_date", "pub_date", "issued"),
)
"""The fields that are a date where `date` and `year` are none, most to be trusted first."""
_NO_DATES = frozenset(
    [
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "draft",
        "none",
        "unknown",
        "undated",
        "n.d.",
        "n.d",
        "nd",
        "s.d.",
        "n/a",
        "б.д.",
        "без_даты",
        "无日期",
        "不详",
    ]
)
"""What is said of a date that says none: whether a page is published, or that nobody knows when."""
_PARENTS = ("params", "extra")
"""Tables in which Hugo and Zola keep what is not theirs, the author for one."""


@dataclass(slots=True)
class Described:
    """What a front matter says, in the terms of `Document`; what it does not say is empty."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: Date | None = None
    url: str | None = None
    lang: str | None = None
    tags: tuple[str, ...] = ()
    id: str | None = None
    citekey: str | None = None
    extra: dict[str, str | tuple[str, ...]] = field(default_factory=dict)


def describe(
    fields: Mapping[str, object], path: str, lines: Mapping[str, int] | None = None
) -> tuple[Described, list[Fault]]:
    """What `fields` say of the document at `path`, and a `Fault` for each that cannot be used.

    Known keys are known in any case of letters and with any of `_`, `-` and blanks between their
    words. Whatever is not understood, and what a field says beside, is kept as `extra`.
    """
    if not fields:
        return Described(), []
    reading = _Fields(fields, path, lines or {})
    values = Described(
        title=reading.one("title"),
        authors=reading.authors(),
        publisher=reading.one("publisher"),
        date=reading.date(),
        url=reading.one("url"),
        lang=reading.language(),
        tags=reading.tags(),
        id=reading.one("id"),
        citekey=reading.one("citekey") or reading.one("citation_key"),
    )
    reading.source(values)
    values.extra = reading.extra()
    return values, reading.faults


class _Fields:
    """The fields not taken yet, and what was found wrong with those that were."""

    def __init__(self, fields: Mapping[str, object], path: str, lines: Mapping[str, int]) -> None:
        self.path = path
        self.lines = lines
        self.left = dict(fields)
        fold = _folded_again  # the keys of one document are those of the next
        self.spelled = {fold(key) if len(key) < 40 else _folded(key): key for key in fields}
        self.kept: dict[str, object] = {}
        self.faults: list[Fault] = []

    def take(self, name: str) -> object:
        key = self.spelled.get(name.replace("_", ""))
        return None if key is None else self.left.pop(key, None)

    def look(self, name: str) -> object:
        key = self.spelled.get(name.replace("_", ""))
        return None if key is None else self.left.get(key)

    def fault(self, name: str, reason: str) -> None:
        line = self.lines.get(self.spelled.get(_folded(name), name))
        self.faults.append(Fault(self.path, line, reason, skipped=False))

    def one(self, name: str) -> str | None:
        """The text of a field; of a mapping what names it, of which the rest is kept."""
        value = self.take(name)
        if value is None:
            return None
        if isinstance(value, dict):
            self.kept[name] = value
            inner = {key.strip().lower(): item for key, item in value.items()}
            wanted = ("url", "href") if name == "url" else ("name", "title", "literal", "main")
            value = next((inner[key] for key in wanted if inner.get(key)), None)
        text = field_text(value)
        return unlinked(text) if text and name != "url" else text

    def authors(self) -> tuple[str, ...]:
        """The names of all author fields, or of those below Hugo's and Zola's tables."""
        names: list[str] = []
        for name in ("author", "authors"):
            value = self.take(name)
            names += self._authors(name, value) if value is not None else ()
        for parent in (*_PARENTS, "taxonomies") if not names else ():
            table = self.look(parent)
            if isinstance(table, dict) and not names:
                names += [
                    name for key in ("author", "authors") for name in authors_of(table.get(key))[0]
                ]
        return tuple(dict.fromkeys(names))

    def _authors(self, field_name: str, value: object) -> list[str]:
        names, others = authors_of(value)
        if others:
            self.kept[field_name] = {
                key: texts[0] if len(texts) == 1 else texts for key, texts in others.items()
            }
        return names

    def tags(self) -> tuple[str, ...]:
        """The tags and keywords, also of Zola's taxonomies."""
        found: list[str] = []
        for name in ("tags", "tag", "keywords", "keyword"):
            value = self.take(name)
            if value is not None:
                found += tags_of(value, by_blanks=name in ("tags", "tag"))
        taxonomies = self.look("taxonomies")
        if isinstance(taxonomies, dict):
            for name in ("tags", "keywords"):
                found += tags_of(taxonomies.get(name), by_blanks=name == "tags")
        return tuple(dict.fromkeys(found))

    def source(self, values: Described) -> None:
        """Takes a source for the url if it is one, else for the publisher, where there is none."""
        value = self.take("source")
        if value is None:
            return
        if isinstance(value, dict):
            self.kept["source"] = value
            inner = {key.strip().lower(): field_text(item) for key, item in value.items()}
            said = [inner.get("url") or inner.get("href"), inner.get("name") or inner.get("title")]
        else:
            said = [field_text(item) for item in (value if isinstance(value, list) else [value])]
        used = 0
        for text in filter(None, said):
            link = _WEB_LINK.fullmatch(text)
            url = link[1] if link else text if _WEB.fullmatch(text) else None
            if url and values.url is None:
                values.url = url
                used += not link
            elif not url and values.publisher is None:
                values.publisher = unlinked(text)
                used += 1
        if used < len(said):
            self.kept["source"] = value

    def date(self) -> Date | None:
        """The first of the date fields that is a date; the others stay `extra`."""
        known = self._read_date("date")
        if known is None and self.look("year") is not None:
            known = self._read_year()
        for name in _DATES:
            if known is not None:
                break
            known = self._read_date(name)
        return known

    def _read_date(self, name: str) -> Date | None:
        value = self.take(name)
        if value is None:
            return None
        text = value if isinstance(value, str) else date_text(value) or ""
        text = unlinked(" ".join(text.split()))
        date = parse_date(text)
        if date is not None and says_more(value):
            self.kept[name] = value
        if date is None:
            self.kept[name] = value
            if text and _SEPARATORS.sub("_", text.lower()) not in _NO_DATES:
                self.fault(name, f"{name} '{text[:60]}' {why_no_date(text)}; {how_to_write(text)}")
        return date

    def _read_year(self) -> Date | None:
        """The date of `year`, and of `month` and `day` where they stand beside it."""
        known = self._read_date("year")
        if known is None or known.precision != "year":
            return known
        month, day = field_text(self.look("month")), field_text(self.look("day"))
        if month is None:
            return known
        within = date_of_parts(known.text, month)
        if within is None:
            self.fault("month", f"month '{month[:60]}' is no month; {HOW_TO_WRITE}")
            return known
        self.take("month")
        if day is None:
            return within
        exact = date_of_parts(known.text, month, day)
        if exact is None:
            self.fault("day", f"day '{day[:60]}' is no day of {within.text}; {HOW_TO_WRITE}")
            return within
        self.take("day")
        return exact

    def language(self) -> str | None:
        """The first language field that names a language."""
        known: str | None = None
        for name in ("lang", "language"):
            value = self.take(name)
            if value is None:
                continue
            first = value[0] if isinstance(value, list) and value else value
            text = field_text(first)
            if text is None:
                continue
            code = language_code(text)
            if code is None:
                reason = f"{name} '{text[:60]}' is not a language; write en, ru, zh …"
                self.fault(name, reason)
            if code is None or known is not None or (isinstance(value, list) and len(value) > 1):
                self.kept[name] = value
            known = known or code
        return known

    def extra(self) -> dict[str, str | tuple[str, ...]]:
        """All that is left, flat: `{key: {sub: v}}` is `key.sub`."""
        flat: dict[str, str | tuple[str, ...]] = {}
        leaves: Iterable[tuple[str, str | tuple[str, ...]]]
        room = _CHARACTERS
        for key, value in {**self.left, **self.kept}.items():
            if value is None:
                continue
            if isinstance(value, str):  # as nearly all are
                leaves = [(key.strip(), text)] if (text := " ".join(value.split())) else []
            else:
                leaves = _flat(key.strip(), value, 0)
            for name, leaf in leaves:
                room -= len(name) + (len(leaf) if isinstance(leaf, str) else sum(map(len, leaf)))
                if room < 0 or len(flat) == _EXTRA:
                    self.fault(key, (_TOO_LONG if room < 0 else _TOO_MANY).format(key=key[:60]))
                    return flat
                if name:
                    flat[name] = leaf
        return flat


def _folded(key: str) -> str:
    """A key without case and without what may stand between its words."""
    if key.isalpha():
        return key.lower()
    return "".join(key.lower().replace("_", " ").replace("-", " ").split())


_folded_again = lru_cache(maxsize=1_024)(_folded)


def _flat(name: str, value: object, depth: int) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    if isinstance(value, dict) and depth < _DEPTH:
        for key, item in value.items():
            yield from _flat(f"{name}.{key}", item, depth + 1)
    elif isinstance(value, list):
        items = tuple(text for item in value if (text := field_text(item)) is not None)
        if items:
            yield name, items
    elif (text := field_text(value)) is not None:
        yield name, text
