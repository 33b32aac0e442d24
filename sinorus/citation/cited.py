"""What a draft cites: citation keys in all languages of drafts, and references that are unseen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sinorus.citation.reference import Reference, references_in

_AT = re.compile(
    r"(?<![\w\\/.])-?@(?:\{(?P<braced>[^{}\s]{1,200})\}|(?P<bare>[^\s{}\[\](),;\"<>@]{1,200}))"
)
_TEX = re.compile(
    r"\\[A-Za-z]*cite[A-Za-z]*\*?(?:\s?\([^()]{0,400}\)){0,2}(?:\s?\[[^\[\]]{0,400}\]){0,2}\s?\{(?P<keys>[^{}]{1,4000})\}"
)
_TYPST = re.compile(
    r"#cite\(\s*(?:<(?P<label>[^<>\s]{1,200})>|label\(\"(?P<name>[^\"]{1,200})\"\))"
)
_ENDS = ".:!?'’”»*_-"
_IS_KEY = re.compile(r"(?=.*\d)[\w:.+/-]{4,}$")
"""What is sooner a key than a name of somebody: `@gabuev2021pax`, not `@maria`."""


class Cited(NamedTuple):
    """What a draft cites, in its order, each once; `unknown` are keys that no document has."""

    keys: tuple[str, ...]
    references: tuple[Reference, ...]
    unknown: tuple[str, ...]


def cited_in(text: str, has: Callable[[str], bool]) -> Cited:
    """The keys and references in a draft; `has` tells whether a key is one of the library."""
    keys: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for written, sure in _written(text):
        key = written
        while key and not has(key) and key[-1] in _ENDS:
            key = key[:-1]
        if has(key):
            keys[key] = None
        elif sure or _IS_KEY.match(written.rstrip(_ENDS)):
            unknown[written.rstrip(_ENDS)] = None
    references = tuple(dict.fromkeys(found.reference for found in references_in(text)))
    return Cited(tuple(keys), references, tuple(unknown))


def _written(text: str) -> Iterator[tuple[str, bool]]:
    """What may be a key, and whether it can be nothing else, in the order of the draft."""
    found: list[tuple[int, str, bool]] = []
    for match in _AT.finditer(text):
        found.append((match.start(), match["braced"] or match["bare"], bool(match["braced"])))
    for match in _TEX.finditer(text):
        found += [(match.start(), key.strip(), True) for key in match["keys"].split(",")]
    for match in _TYPST.finditer(text):
        found.append((match.start(), match["label"] or match["name"], True))
    return ((key, sure) for _, key, sure in sorted(found) if key and key != "*")
