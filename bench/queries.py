"""The queries that all engines get: classes, and what each is in the language of each engine.

Each query asks for what a search gives: the best 20 with their stored text, and how many there are
in all. The words suit diplomatic documents on the Soviet Union and China; the rare ones are
counted in the collection itself. What finds nothing in a collection is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

LIMIT = 20
RARE = 10_000
"""A rare word is in about one of so many paragraphs."""
MANY = 4
_WORD = re.compile(r"[a-z]{5,}")

Query = dict[str, Any]


def _words(kind: str, queries: str) -> list[Query]:
    return [{"kind": kind, "words": query.split()} for query in queries.split(", ")]


def _filter(word: str, place: str, since: str, until: str) -> Query:
    return {"kind": "filter", "words": [word], "place": place, "since": since, "until": until}


CLASSES: dict[str, list[Query]] = {
    "rare word": [],  # counted, see `classes`
    "common word": _words("words", "soviet, government, chinese, secretary"),
    "two words": _words(
        "words", "nuclear weapons, chinese communists, trade agreement, taiwan strait"
    ),
    "four words": _words(
        "words",
        "soviet nuclear test agreement, chinese communists offshore islands, "
        "foreign minister soviet government, peace treaty germany berlin",
    ),
    "rare phrase": _words(
        "phrase", "peaceful coexistence, hot line, bandung conference, off-shore islands"
    ),
    "common phrase": _words(
        "phrase", "soviet union, united states, secretary of state, foreign minister"
    ),
    "NEAR/5": _words(
        "near", "nuclear test, china recognition, khrushchev berlin, soviet government"
    ),
    "prefix": _words("prefix", "negoti, diplomat, disarm, agricultur"),
    "wildcard": _words("wildcard", "neg*ti*, g*vern*, am*ssad*, com*nis*"),
    "fuzzy": _words("fuzzy", "khruschev, mikoian, adenaur, molotof"),
    "boolean with NOT": _words(
        "not",
        "berlin germany soviet khrushchev, taiwan quemoy chinese dulles, "
        "wheat grain trade communist",
    ),
    "place and dates": [
        _filter("soviet", "Washington", "1958-01-01", "1960-12-31"),
        _filter("agreement", "Moscow", "1961-01-01", "1963-12-31"),
        _filter("chinese", "Taipei", "1955-01-01", "1960-12-31"),
        _filter("disarmament", "Washington", "1964-01-01", "1968-12-31"),
    ],
    "Russian word": _words("words", "россия, развитие, губернатор, предприятия"),
    "Chinese phrase": _words("phrase", "经济建设, 改革开放, 社会主义现代化, 中华人民共和国"),
}
"""Of `not` queries the first two words are alternatives, and the last is not wanted."""

WORDINGS: dict[str, dict[str, str]] = {
    "sinorus": {
        "near": "{0} NEAR/5 {1}",
        "wildcard": "{0}",
        "fuzzy": "{0}~1",
        "not": "({0} OR {1}) {2} NOT {3}",
        "filter": '{0} place:"{place}" date:{since}..{until}',
    },
    "fts5": {
        "near": "NEAR({all}, 4)",  # it counts the words in between
        "not": "({0} OR {1}) AND {2} NOT {3}",
        "filter": "{0}",
    },
    "xapian": {
        "near": "{0} NEAR/5 {1}",
        "not": "({0} OR {1}) AND {2} NOT {3}",
        "filter": "{0}",
    },
    "tantivy": {
        "words": "{required}",
        "near": '"{all}"~4',
        "not": "+({0} OR {1}) +{2} -{3}",
        "filter": '+{0} +place:"{place}" +day:[{first} TO {last}]',
    },
}
"""How each kind is written where that is not as in `COMMON`; FTS5 and Xapian have no others."""
COMMON = {"words": "{all}", "phrase": '"{all}"', "prefix": "{0}*"}


def wording(engine: str, query: Query) -> str | None:
    """A query in the language of an engine; None for what it has no words for."""
    pattern = {**COMMON, **WORDINGS[engine]}.get(query["kind"])
    if pattern is None:
        return None
    words = query["words"]
    first, last = (query.get(day, "").replace("-", "") for day in ("since", "until"))
    required = " ".join(f"+{word}" for word in words)
    known = {**query, "all": " ".join(words), "required": required, "first": first, "last": last}
    return pattern.format(*words, **known)


def is_han(query: Query) -> bool:
    """Whether a query is in Chinese characters."""
    return any("\u4e00" <= char <= "\u9fff" for word in query["words"] for char in word)


def rare_words(texts: Iterable[str], many: int = MANY) -> list[str]:
    """Words that about one of RARE paragraphs has; the same for the same texts."""
    found: Counter[str] = Counter()
    number = 0
    for text in texts:
        number += 1
        found.update(set(_WORD.findall(text.lower())))
    wanted = max(3, number // RARE)
    nearest = sorted(found, key=lambda word: abs(found[word] - wanted))[: many * 5]
    reach = max((abs(found[word] - wanted) for word in nearest), default=0)
    alike = sorted(word for word in found if abs(found[word] - wanted) <= reach)
    return alike[:: max(1, len(alike) // many)][:many]


def classes(rare: Sequence[str]) -> dict[str, list[Query]]:
    """All classes with their queries."""
    return {**CLASSES, "rare word": _words("words", ", ".join(rare))}
