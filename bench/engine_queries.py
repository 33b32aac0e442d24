"""The table of warm queries: a process for each engine, taking turns by query."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple

from bench.child import Child, ChildFailedError
from bench.collection import Home
from bench.common import Sample, medians, percentile, table, tell
from bench.engine_builds import ENGINES, child, unavailable
from bench.queries import LIMIT, Query

WARM = 3
SECONDS = 20.0
"""A query is not begun anew after so many seconds."""
_COLUMNS = ("median ms", "p95 ms", "CPU ms")
_ASKED = (
    f"- Asked for: the best {LIMIT} with their stored text, and the number of all matches"
    f" (FTS5: `ORDER BY rank LIMIT {LIMIT}`, and `SELECT count(*)`)."
)


class Answers(NamedTuple):
    """What an engine did with a class: matches of each query, and the samples of all runs."""

    matches: list[int]
    samples: list[Sample]
    reason: str = ""


def asked(of: Child, query: Query, runs: int, seconds: float = SECONDS) -> dict[str, Any]:
    """The `matches` and `samples` of a query, or a `reason`. Raises ChildFailedError."""
    answer = of.ask({"query": query, "warm": WARM, "runs": runs, "seconds": seconds})
    answer["samples"] = [Sample(*one) for one in answer.get("samples", ())]
    return answer


def measure(
    home: Home, engines: Sequence[str], classes: dict[str, list[Query]], runs: int, seconds: float
) -> dict[str, dict[str, Answers]]:
    """The answers by class and engine."""
    found: dict[str, dict[str, Answers]] = {}
    with ExitStack() as stack:
        children: dict[str, Child] = {}
        for engine in sorted(engines, key=lambda name: name != "sinorus"):
            if unavailable(engine):
                continue
            one = stack.enter_context(child("search", engine, home, seconds))
            try:
                one.answer()
                children[engine] = one
            except ChildFailedError as error:
                tell(f"{ENGINES[engine]} answers no queries: {error}")
        for name, queries in classes.items():
            tell(f"queries: {name} …")
            found[name] = {engine: Answers([], []) for engine in children}
            for query in queries:
                for engine, one in children.items():
                    if not _ask(one, query, runs, found[name], engine):
                        tell(f"left out: {query['words']} finds nothing")
                        break
    return found


def _ask(of: Child, query: Query, runs: int, into: dict[str, Answers], engine: str) -> bool:
    """Whether the others are to be asked too: not if sinorus, the first, finds nothing."""
    if into[engine].reason:
        return True
    try:
        answer = asked(of, query, runs)
    except ChildFailedError as error:
        of.close()  # an answer that comes too late would be taken for the next one
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
        own, base = (answers.get(one, Answers([], [])) for one in ("sinorus", "fts5"))
        least, most = min(own.matches, default=0), max(own.matches, default=0)
        cells = [name, f"{least:,}" if least == most else f"{least:,}–{most:,}"]
        for engine in engines:
            samples = answers[engine].samples if not answers[engine].reason else []
            cells += shown(samples) if samples else ["–"] * len(_COLUMNS)
        compared = own.samples and base.samples and not base.reason
        ratio = percentile(own.samples) / percentile(base.samples) if compared else None
        rows.append([*cells, "–" if ratio is None else f"{ratio:.2f}"])
    columns = [f"{ENGINES[one].partition(',')[0]} {what}" for one in engines for what in _COLUMNS]
    head = ("class", "matches", *columns, "p95 ÷ FTS5")
    return "\n".join([table(head, rows), "", _ASKED, *_notes(found)])


def shown(samples: Sequence[Sample]) -> list[str]:
    """Median, 95th percentile and CPU time, those below 10 ms with two digits."""
    middle = medians(samples)
    found = (middle.wall, percentile(samples), middle.cpu)
    return [f"{one:.{2 if one < 10 else 0}f}" for one in found]


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
