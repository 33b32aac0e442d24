"""The names of authors, in every form in which front matter gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sinorus.sources.field_text import unlinked

_DEPTH = 4
_WHOLE = ("literal", "name", "full_name", "fullname", "display_name", "text")
_GIVEN = ("given", "first", "first_name", "firstname", "given_name", "givenname", "forename")
_FAMILY = (
    *("family", "last", "last_name", "lastname", "family_name", "familyname", "surname"),
    *("lastnames", "familynames"),
)
_GIVEN_TOO = ("middle", "middle_name")
_BEFORE = ("dropping_particle", "non_dropping_particle", "particle", "prefix", "von")
_AFTER = ("suffix", "jr")
_PARTS = frozenset((*_WHOLE, *_GIVEN, *_GIVEN_TOO, *_FAMILY, *_BEFORE, *_AFTER))
_ABOUT = frozenset(
    [
        "affiliation",
        "affiliations",
        "email",
        "orcid",
        "url",
        "role",
        "roles",
        "id",
        "note",
        "department",
        "degrees",
        "corresponding",
        "twitter",
        "github",
        "homepage",
        "website",
        "bio",
        "image",
        "avatar",
        "institution",
        "organization",
        "ref",
    ]
)
_BETWEEN = re.compile("[;；、]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")


def authors_of(value: object) -> tuple[list[str], dict[str, list[str]]]:
    """The names in an author field, and what else it says of them (`orcid`, `affiliation` …).

    A text (several with `;` or `、` between them; a comma is part of a name), a mapping, or a list
    of both. Of a mapping the name is what stands under `literal` or `name`, else the given and the
    family name; a mapping of people to what is said of them has its names as keys.
    """
    names: list[str] = []
    others: dict[str, list[str]] = {}
    for name, rest in _people(value, 0):
        if name:
            names.append(name)
        for key, text in _leaves("", rest, 0):
            others.setdefault(key, []).append(text)
    return names, others


def _people(value: object, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, list) and depth < _DEPTH:
        for item in value:
            yield from _people(item, depth + 1)
    elif isinstance(value, dict):
        yield from _of_mapping(value, depth)
    elif value is not None:
        for name in _BETWEEN.split(unlinked(str(value))):
            if name.strip():
                yield " ".join(name.split()), {}


def _of_mapping(value: dict[str, Any], depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    by_key = {re.sub(r"[\s-]", "_", key.strip().lower()): key for key in value}
    rest = {
        key: item for folded, key in by_key.items() if folded not in _PARTS and (item := value[key])
    }
    if not _PARTS.isdisjoint(by_key):
        for whole in _WHOLE:
            named = value[by_key[whole]] if whole in by_key else None
            if named and depth < _DEPTH:
                left_out = {
                    key: value[by_key[key]] for key in by_key if key in _WHOLE and key != whole
                }
                rest |= {
                    by_key[key]: item for key, item in left_out.items() if item and item != named
                }
                for name, more in _people(named, depth + 1):
                    yield name, {**rest, **more}
                    rest = {}
                return
        yield _joined(value, by_key), rest
    elif _ABOUT.isdisjoint(by_key) and (
        len(value) == 1 or all(_is_said(item) for item in value.values())
    ):
        for key, item in value.items():
            said = item if isinstance(item, dict) else {"note": item} if item else {}
            yield unlinked(" ".join(key.split())), said
    else:
        yield "", rest


def _is_said(item: object) -> bool:
    """Whether this is something said of a person, and not a value beside others."""
    return item is None or isinstance(item, dict)


def _joined(value: dict[str, Any], by_key: dict[str, str]) -> str:
    """`Pyotr Ivanov`, `Ludwig van Beethoven`, `Martin King Jr.`; 习近平 without a blank."""

    def part(keys: tuple[str, ...]) -> str:
        found = (value[by_key[key]] for key in keys if key in by_key)
        return " ".join(
            " ".join(text for _, text in _leaves("", {"": one}, 0)) for one in found if one
        )

    given, family = part((*_GIVEN, *_GIVEN_TOO)), part(_FAMILY)
    if _HAN.fullmatch(given + family):
        return family + given
    return " ".join(filter(None, (given, part(_BEFORE), family, part(_AFTER))))


def _leaves(name: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    """Each text in a value, with the keys that lead to it."""
    if isinstance(value, dict) and depth < _DEPTH:
        for key, item in value.items():
            yield from _leaves(f"{name}.{key}" if name else key, item, depth + 1)
    elif isinstance(value, list) and depth < _DEPTH:
        for item in value:
            yield from _leaves(name, item, depth + 1)
    elif value is not None and (text := " ".join(str(value).split())):
        yield name, text
