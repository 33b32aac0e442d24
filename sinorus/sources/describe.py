"""From the fields of a front matter to what is known of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sinorus.model import Date, Fault
from sinorus.text.dates import HOW_TO_WRITE, parse_date
from sinorus.sources.language import language_code

_DEPTH = 4
_EXTRA = 500
_CHARACTERS = (
    1 << 20
)  # of all other fields; the name of an outer one is repeated for each inner one
_TOO_LONG = (
    "the fields from '{key}' on are left out: with the names they stand under they are longer "
    "than 1 MiB; shorten those"
)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


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
    extra: dict[str, str | tuple[str, ...]] = field(default_factory=dict)


def describe(
    fields: Mapping[str, object], path: str, lines: Mapping[str, int] | None = None
) -> tuple[Described, list[Fault]]:
    """What `fields` say of the document at `path`, and a `Fault` for each that cannot be used.

    Known keys are known in any case of letters. Whatever is not understood is kept as `extra`.
    """
    reading = _Fields(fields, path, lines or {})
    values = Described(
        title=_text(reading.take("title")),
        authors=(*_names(reading.take("author")), *_names(reading.take("authors"))),
        publisher=_text(reading.take("publisher")),
        date=reading.date(),
        url=_text(reading.take("url")),
        lang=reading.language(),
        tags=(*_words(reading.take("tags")), *_words(reading.take("keywords"))),
        id=_text(reading.take("id")),
    )
    values.authors = tuple(dict.fromkeys(values.authors))
    values.tags = tuple(dict.fromkeys(values.tags))
    source = _text(reading.take("source"))
    if source and values.url is None and _WEB.fullmatch(source):
        values.url = source
    elif source and values.publisher is None and not _WEB.fullmatch(source):
        values.publisher = source
    elif source:
        reading.kept["source"] = source
    values.extra = reading.extra()
    return values, reading.faults


class _Fields:
    """The fields not taken yet, and what was found wrong with those that were."""

    def __init__(self, fields: Mapping[str, object], path: str, lines: Mapping[str, int]) -> None:
        self.path = path
        self.lines = lines
        self.left = dict(fields)
        self.spelled = {key.strip().lower(): key for key in fields}
        self.kept: dict[str, object] = {}
        self.faults: list[Fault] = []

    def take(self, name: str) -> object:
        return self.left.pop(self.spelled.get(name, name), None)

    def fault(self, name: str, reason: str) -> None:
        line = self.lines.get(self.spelled.get(name, name))
        self.faults.append(Fault(self.path, line, reason, skipped=False))

    def date(self) -> Date | None:
        """The first of the date fields that is a date; the others stay `extra`."""
        known: Date | None = None
        for name in ("date", "published", "year"):
            text = _text(self.take(name))
            if text is None:
                continue
            date = parse_date(text)
            if date is None:
                self.fault(name, f"{name} '{text[:60]}' is not a date; {HOW_TO_WRITE}")
            if date is None or known is not None:
                self.kept[name] = text
            known = known or date
        return known

    def language(self) -> str | None:
        """The first language field that names a language."""
        known: str | None = None
        for name in ("lang", "language"):
            value = self.take(name)
            first = value[0] if isinstance(value, list) and value else value
            text = _text(first)
            if text is None:
                continue
            code = language_code(text)
            if code is None:
                reason = f"{name} '{text[:60]}' is not a language; write en, ru, zh …"
                self.fault(name, reason)
            if code is None or known is not None or first is not value:
                self.kept[name] = value
            known = known or code
        return known

    def extra(self) -> dict[str, str | tuple[str, ...]]:
        """All that is left, flat: `{key: {sub: v}}` is `key.sub`."""
        flat: dict[str, str | tuple[str, ...]] = {}
        room = _CHARACTERS
        for key, value in {**self.left, **self.kept}.items():
            for name, leaf in _flat(key.strip(), value, 0):
                room -= len(name) + (len(leaf) if isinstance(leaf, str) else sum(map(len, leaf)))
                if room < 0:
                    self.fault(key, _TOO_LONG.format(key=key[:60]))
                    return flat
                if name:
                    flat[name] = leaf
                if len(flat) == _EXTRA:
                    return flat
        return flat


def _flat(name: str, value: object, depth: int) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    if isinstance(value, dict) and depth < _DEPTH:
        for key, item in value.items():
            yield from _flat(f"{name}.{key}", item, depth + 1)
    elif isinstance(value, list):
        items = tuple(text for item in value if (text := _text(item)) is not None)
        if items:
            yield name, items
    elif (text := _text(value)) is not None:
        yield name, text


def _text(value: object) -> str | None:
    """One line of text for any value; None for nothing."""
    if value is None:
        return None
    if isinstance(value, dict):
        value = "; ".join(f"{key}: {_text(item) or ''}" for key, item in value.items())
    elif isinstance(value, list):
        value = "; ".join(text for item in value if (text := _text(item)))
    return " ".join(str(value).split()) or None


def _names(value: object) -> Iterator[str]:
    """Names of authors: a list, or one text with `;` between them. A comma is part of a name."""
    if value is None:
        return
    for item in value if isinstance(value, list) else [value]:
        named = item.get("name", item) if isinstance(item, dict) else item
        for name in (_text(named) or "").split(";"):
            if name.strip():
                yield name.strip()


def _words(value: object) -> Iterator[str]:
    """Tags: a list, or one text with commas between them."""
    if value is None:
        return
    if isinstance(value, list):
        yield from (text for item in value if (text := _text(item)))
    else:
        for word in (_text(value) or "").replace("，", ",").replace("、", ",").split(","):
            if word.strip():
                yield word.strip()
