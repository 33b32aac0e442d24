"""The queries that all engines get: classes, what each is in words, and how they take turns.

Each query asks for what a search gives: the best 20 with their stored text, and how many there are
in all. The words suit diplomatic documents on the Soviet Union and China; the rare ones are
counted in the collection itself. What finds nothing in a collection is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from statistics import median
from typing import Any, NamedTuple

from common import percentile, table, tell
from engine_builds import ENGINES, unavailable
from engine_collection import Home
from engine_searches import LIMIT, command
from watched_process import Child, ChildFailedError

WARM = 3
SECONDS = 20.0
"""A query is not begun anew after so many seconds."""
RARE = 10_000
"""A rare word is in about one of so many paragraphs."""
MANY = 4
_WORD = re.compile(r"[a-z]{5,}")

Query = dict[str, Any]


def _words(kind: str, *queries: str) -> list[Query]:
    return [{"kind": kind, "words": query.split()} for query in queries]


def _filter(word: str, place: str, since: str, until: str) -> Query:
    return {"kind": "filter", "words": [word], "place": place, "since": since, "until": until}


CLASSES: dict[str, list[Query]] = {
    "rare word": [],  # counted, see `classes`
    "common word": _words("words", "soviet", "government", "chinese", "secretary"),
    "two words": _words(
        "words", "nuclear weapons", "chinese communists", "trade agreement", "taiwan strait"
    ),
    "four words": _words(
        "words",
        "soviet nuclear test agreement",
        "chinese communists offshore islands",
        "foreign minister soviet government",
        "peace treaty germany berlin",
    ),
    "rare phrase": _words(
        "phrase", "peaceful coexistence", "hot line", "bandung conference", "off-shore islands"
    ),
    "common phrase": _words(
        "phrase", "soviet union", "united states", "secretary of state", "foreign minister"
    ),
    "NEAR/5": _words(
        "near", "nuclear test", "china recognition", "khrushchev berlin", "soviet government"
    ),
    "prefix": _words("prefix", "negoti", "diplomat", "disarm", "agricultur"),
    "wildcard": _words("wildcard", "neg*ti*", "g*vern*", "am*ssad*", "com*nis*"),
    "fuzzy": _words("fuzzy", "khruschev", "mikoian", "adenaur", "molotof"),
    "boolean with NOT": _words(
        "not",
        "berlin germany soviet khrushchev",
        "taiwan quemoy chinese dulles",
        "wheat grain trade communist",
    ),
    "place and dates": [
        _filter("soviet", "Washington", "1958-01-01", "1960-12-31"),
        _filter("agreement", "Moscow", "1961-01-01", "1963-12-31"),
        _filter("chinese", "Taipei", "1955-01-01", "1960-12-31"),
        _filter("disarmament", "Washington", "1964-01-01", "1968-12-31"),
    ],
    "Russian word": _words("words", "россия", "развитие", "губернатор", "предприятия"),
    "Chinese phrase": _words("phrase", "经济建设", "改革开放", "社会主义现代化", "中华人民共和国"),
}
"""Of `not` queries the first two words are alternatives, and the last is not wanted."""


class Answers(NamedTuple):
    """What an engine did with a class: matches of each query, and milliseconds of all runs."""

    matches: list[int]
    samples: list[float]
    reason: str = ""


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
    return {**CLASSES, "rare word": _words("words", *rare)}


def measure(
    home: Home, engines: Sequence[str], asked: dict[str, list[Query]], runs: int, seconds: float
) -> dict[str, dict[str, Answers]]:
    """The answers by class and engine: a warm process for each engine, taking turns by query."""
    found: dict[str, dict[str, Answers]] = {}
    with ExitStack() as stack:
        children: dict[str, Child] = {}
        for engine in sorted(engines, key=lambda name: name != "sinorus"):
            if not unavailable(engine):
                children[engine] = stack.enter_context(Child(command(engine, home), seconds))
        for engine, child in list(children.items()):
            try:
                child.answer()
            except ChildFailedError as error:
                tell(f"{ENGINES[engine]} answers no queries: {error}")
                del children[engine]
        for name, queries in asked.items():
            tell(f"queries: {name} …")
            found[name] = {engine: Answers([], []) for engine in children}
            for query in queries:
                for engine, child in children.items():
                    if not _ask(child, query, runs, found[name], engine):
                        tell(f"left out: {query['words']} finds nothing")
                        break
    return found


def _ask(child: Child, query: Query, runs: int, into: dict[str, Answers], engine: str) -> bool:
    """Whether the others are to be asked too: not if sinorus, the first, finds nothing."""
    task = {"query": query, "warm": WARM, "runs": runs, "seconds": SECONDS}
    if into[engine].reason:
        return True
    try:
        answer = child.ask(task)
    except ChildFailedError as error:
        child.close()  # an answer that comes too late would be taken for the next one
        answer = {"reason": str(error)}
    if "reason" in answer:
        into[engine] = into[engine]._replace(reason=answer["reason"])
        return True
    if engine == "sinorus" and not answer["matches"]:
        return False
    into[engine].matches.append(answer["matches"])
    into[engine].samples.extend(answer["samples"])
    return True


def report(found: dict[str, dict[str, Answers]]) -> str:
    """Medians and 95th percentiles, and below them what an engine cannot be asked."""
    engines = list(dict.fromkeys(engine for answers in found.values() for engine in answers))
    rows = []
    for name, answers in found.items():
        own = answers.get("sinorus", Answers([], []))
        cells = [name, _counts(own)]
        for engine in engines:
            samples = answers[engine].samples if not answers[engine].reason else []
            cells += [_shown(median(samples)), _shown(_p95(samples))] if samples else ["–", "–"]
        base = answers.get("fts5", Answers([], []))
        compared = own.samples and base.samples and not base.reason
        cells.append(f"{_p95(own.samples) / _p95(base.samples):.2f}" if compared else "–")
        rows.append(cells)
    columns = [f"{ENGINES[one].partition(',')[0]} {what}" for one in engines for what in _COLUMNS]
    head = ("class", "matches", *columns, "p95 ÷ FTS5")
    return "\n".join([table(head, rows), "", _ASKED, *_notes(found)])


_ASKED = (
    f"- Asked for: the best {LIMIT} with their stored text, and the number of all matches"
    f" (FTS5: `ORDER BY rank LIMIT {LIMIT}`, and `SELECT count(*)`)."
)
_COLUMNS = ("median ms", "p95 ms")


def _p95(samples: Sequence[float]) -> float:
    return percentile(samples, 0.95)


def _shown(milliseconds: float) -> str:
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:.0f}"


def _counts(answers: Answers) -> str:
    least, most = min(answers.matches, default=0), max(answers.matches, default=0)
    return f"{least:,}" if least == most else f"{least:,}–{most:,}"


def _notes(found: dict[str, dict[str, Answers]]) -> list[str]:
    """Why there is no number, and where another engine found something else."""
    reasons: dict[str, list[str]] = {}
    differing: list[str] = []
    for name, answers in found.items():
        own = sum(answers["sinorus"].matches) if "sinorus" in answers else 0
        for engine, one in answers.items():
            if one.reason:
                reasons.setdefault(one.reason, []).append(name)
            elif own and abs(sum(one.matches) - own) > own / 10:
                label = ENGINES[engine].partition(",")[0]
                differing.append(f"{name}: {label} {sum(one.matches):,}, sinorus {own:,}")
    notes = [f"- –: {reason} ({', '.join(names)})." for reason, names in reasons.items()]
    if differing:
        notes.append(f"- Matches that differ by more than a tenth: {'; '.join(differing)}.")
    return notes
