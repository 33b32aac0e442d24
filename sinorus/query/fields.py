"""Fields of documents to nodes: `field:value` in a query, and filters beside one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from unicodedata import normalize

from sinorus.errors import FilterValueError
from sinorus.model import Date
from sinorus.query import nodes
from sinorus.query.bounds import LETTERS, VALUES, shortened
from sinorus.query.tree import flatten
from sinorus.query.values import FieldError, Value, value_node
from sinorus.text.fold import fold_value

FIELDS = (
    *("title", "author", "publisher", "date", "url", "lang", "tag", "id", "path"),
    "citekey",
    *("heading", "kind", "speaker"),
)
"""The fields of every library. A library also has those of its own front matter."""
ALIASES = {
    "authors": "author",
    "language": "lang",
    "tags": "tag",
    "keywords": "tag",
    "year": "date",
    "published": "date",
    "source": "id",
    "doc": "id",
    "document": "id",
}
_MEANT = {
    **dict.fromkeys(("subject", "heading", "intitle", "name"), "title:word"),
    **dict.fromkeys(("from", "by", "creator", "writer"), "author:name"),
    **dict.fromkeys(("after", "since", "newer"), "date:>=2022"),
    **dict.fromkeys(("before", "until", "older"), "date:<=2022"),
    **dict.fromkeys(("ext", "type", "filetype", "mime", "format"), "path:*.pdf"),
    **dict.fromkeys(("file", "filename", "folder", "dir", "in"), "path:folder/*"),
    **dict.fromkeys(("site", "inurl", "link"), "url:word, or publisher:name"),
    **dict.fromkeys(("is", "has", "label", "subjects"), "tag:name"),
    **dict.fromkeys(("text", "body", "content", "intext", "fulltext"), "the word alone"),
}
"""Fields of other programs, and how it is written here."""
_DAY = re.compile(r"\s*\d{4}-(?:0?[1-9]|1[0-2])-\d\d?\s*")
_NEAREST = 100
"""Characters of an unknown field that are compared with the known ones."""
_LISTED = 8
"""Keys of a library that are named where none is like what was written."""
_DATE_HINT = 'write 2023, 2023-05, 2023-05-04, "3 days ago", or a range: 2022..2023-06, >=2022'


def known_field(name: str, extra: Collection[str]) -> str:
    """The field of this name or alias; `extra` are the library's own. Raises FieldError."""
    folded = fold_value(name)
    if folded in FIELDS:
        return folded
    for own in extra:
        if fold_value(own) == folded:
            return own
    if folded in ALIASES:
        return ALIASES[folded]
    name = shortened(name)
    literal = f'quote it: "{name}:…"'
    if meant := _field_meant(folded, extra):
        end = " For the text itself " if meant.endswith("?") else "; for the text itself "
        hint = meant + end + literal
    else:
        hint = f"for the text itself {literal}"
    raise FieldError(f"there is no field {name!r}", hint, value=False)


def _field_meant(folded: str, extra: Collection[str]) -> str:
    """What was probably meant by a field that there is not; empty for nothing."""
    if folded in _MEANT:
        return f"write {_MEANT[folded]}"
    near = _nearest(folded, [*FIELDS, *ALIASES, *extra])
    return f"did you mean {near}:?" if near else ""


def _nearest(name: str, known: Collection[str]) -> str:
    """The known name that is written most like this one; empty if none is like it."""
    from difflib import get_close_matches

    near = get_close_matches(name[:_NEAREST], known, 1, 0.6)
    return near[0] if near else ""


def field_node(
    name: str, value: Value, extra: Collection[str] = (), *, operators: bool = True
) -> nodes.Node:
    """The node for a value of a known field. Raises FieldError for one that cannot be read.

    `extra` are the library's own fields; a mapping also has their values. Without `operators`, as
    in a filter beside the query, a value that has one is refused.
    """
    if not operators:
        _check_plain(name, value.text)
        value = Value(value.text, quoted=True)
    return value_node(name, value, extra, date_range)


_OPERATORS = "|".join(
    (
        r"[=<>-]",
        r"\?",
        r".*[*|]",
        r".*\w\?\w",
        r".*\w~\d*$",
        r"NOT\s",
        r".*\S\s+(?:OR|AND|NEAR/\d+|ADJ/\d+)\s+\S",
    )
)
"""What makes a value of a filter more than itself."""


def _check_plain(name: str, text: str) -> None:
    """Raises FieldError for a value that is meant to say more than itself."""
    plain = text.strip()
    if (
        name not in ("path", "date", "id")
        and name != "url"
        and re.match(f"(?s){_OPERATORS}", plain)
    ):
        once = "" if re.search(r"\s", plain) else f"write {name}:{shortened(plain)} in the query; "
        raise FieldError(
            f"{shortened(plain)!r} has an operator, which has no meaning in a filter",
            f"{once}for one of several give the filter several times",
        )


def read_date(text: str) -> Date:
    """The date that `text` says, `today` and `3 days ago` too. Raises FieldError for no date, and
    for what could mean several.
    """
    from sinorus.text.dates import parse_date, why_no_date
    from sinorus.text.relative_dates import relative_date

    date = parse_date(text) or relative_date(text)
    if date is None:
        why = why_no_date(text) if not _DAY.fullmatch(text) else "is not a day of the calendar"
        raise FieldError(f"{shortened(text.strip())!r} {why}", _DATE_HINT)
    return date


def _day_beside(day: str, step: int) -> str:
    """The day `step` days on; beyond the calendar, a bound before or after all dates."""
    from datetime import date, timedelta

    try:
        return (date.fromisoformat(day) + timedelta(days=step)).isoformat()
    except (OverflowError, ValueError):
        return "0000-00-00" if step < 0 else "9999-99-99"


def date_range(value: str) -> nodes.DateRange:
    """The range of a `date:` value: a date, `FROM..TO` open on either side, `>=2022` …

    Raises FieldError.
    """
    value = " ".join(normalize("NFKC", value).split())
    if not value:
        raise FieldError("date: has no value", _DATE_HINT)
    if ".." in value:
        first, last = (part.strip(" .") for part in value.split("..", 1))
        if not first and not last:
            raise FieldError("this range has neither a beginning nor an end", _DATE_HINT)
        since = read_date(first).first if first else None
        until = read_date(last).last if last else None
        if since and until and since > until:
            raise FieldError(f"the range {value} ends before it begins", f"write {last}..{first}")
        return nodes.DateRange(since, until, value)
    sign = re.match(r"[<>]?=?", value)
    operator = sign.group() if sign else ""
    wanted = read_date(value[len(operator) :])
    if operator == ">=":
        return nodes.DateRange(wanted.first, None, value)
    if operator == "<=":
        return nodes.DateRange(None, wanted.last, value)
    if operator == ">":
        return nodes.DateRange(_day_beside(wanted.last, 1), None, value)
    if operator == "<":
        return nodes.DateRange(None, _day_beside(wanted.first, -1), value)
    return nodes.DateRange(wanted.first, wanted.last, value)


def filter_nodes(
    filters: Mapping[str, Sequence[str]], extra: Collection[str] = ()
) -> list[nodes.Node]:
    """A node for each filter that has values, of which one must hold. Raises FilterValueError.

    Those of `where` are `KEY=VALUE`: one must hold of each key. `extra` are the library's own keys.
    """
    found: list[nodes.Node] = []
    for name, values in filters.items():
        if len(values) > VALUES:
            raise FilterValueError(
                name,
                f"at most {VALUES:,} values, these are {len(values):,}",
                "say what they have in common, or ask several times",
            )
        alternatives: dict[str, list[nodes.Node]] = {}
        for value in values:
            field, node = _filter_node(name, value, extra)
            alternatives.setdefault(field, []).append(node)
        for parts in alternatives.values():
            node = flatten(nodes.Or, parts)
            found.append(nodes.Not(node) if name.startswith("not_") else node)
    _check_order(filters)
    return found


def _check_order(filters: Mapping[str, Sequence[str]]) -> None:
    """Raises FilterValueError for two filters of dates between which there is no day."""
    since, until = filters.get("since", ()), filters.get("until", ())
    if since and until:
        first = min(read_date(value).first for value in since)
        last = max(read_date(value).last for value in until)
        if first > last:
            message = f"{until[-1]} ends before {since[0]} begins"
            raise FilterValueError("until", message, "exchange the two dates")


def restricted(node: nodes.Node | None, filters: Sequence[nodes.Node]) -> nodes.Node | None:
    """The query joined to the filters by AND; None without either."""
    parts = [*([node] if node is not None else []), *filters]
    return flatten(nodes.And, parts) if parts else None


def _filter_node(name: str, value: str, extra: Collection[str]) -> tuple[str, nodes.Node]:
    """The field that a value of a filter is of, and its node. Raises FilterValueError."""
    field = name.removeprefix("not_")
    try:
        if len(value) > LETTERS:
            raise FieldError(
                f"{shortened(value)!r} has more than {LETTERS:,} characters", "write its beginning"
            )
        if field in ("since", "until"):
            date = read_date(value)
            if field == "since":
                return field, nodes.DateRange(date.first, None, f">={value}")
            return field, nodes.DateRange(None, date.last, f"<={value}")
        if field == "where":
            field, value = _key_and_value(value, extra)
        elif field == "source":
            field = "id"
        return field, field_node(field, Value(value), extra, operators=False)
    except FieldError as fault:
        dated = field in ("since", "until")
        hint = 'write 2023, 2023-05, 2023-05-04, or "3 days ago"' if dated else fault.hint
        raise FilterValueError(name, fault.message, hint) from None


def _key_and_value(text: str, extra: Collection[str]) -> tuple[str, str]:
    """The field and the value of a filter that is written `KEY=VALUE`. Raises FieldError."""
    key, equals, value = text.partition("=")
    try:
        field = known_field(key.strip(), extra)
    except FieldError:
        key = shortened(key.strip())
        near = _nearest(fold_value(key), [*FIELDS, *ALIASES, *extra])
        known = ", ".join([*extra][:_LISTED]) or "title, author, date"
        hint = f"did you mean {near}={value}?" if near else f"write KEY=VALUE; there are {known}"
        raise FieldError(f"no document has a key {key!r}", hint) from None
    if not equals or not value.strip():
        raise FieldError(f"{shortened(text)!r} says no value", f"write {field}=VALUE")
    return field, value
