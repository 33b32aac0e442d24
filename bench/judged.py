"""nDCG@10 of questions over the library, as they were judged by reading: bench/judgments/.

The questions are asked as a user would type them, with names and with partial matches. A paragraph
whose words stood higher up already gains nothing, so each text counts once. `--before CHECKOUT`
asks another version of the repository the same. Grades that were never given count as 0 and are
counted in the last column.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

from bench.common import REPOSITORY, SHARED, environment, parser, plain_environment, table, tell

JUDGMENTS = Path(__file__).with_name("judgments")
QUESTIONS = JUDGMENTS / "questions.json"
CHILD = Path(__file__).with_name("judged_child.py")
DEPTH = 10
HEAD = ("ranking", "questions", "of them", "nDCG@10", "footnotes", "of no use", "again", "unjudged")

Grades = Mapping[str, Mapping[str, int]]
"""By question, then by the hash of a paragraph: 2 substance, 1 a mention, 0 neither."""
Found = Mapping[str, Sequence[tuple[str, str, str]]]
"""By question the id, hash and kind of its first hits."""


class Measured(NamedTuple):
    """One question: its nDCG, and how many of its first hits are what."""

    ndcg: float
    hits: int
    footnotes: int
    useless: int
    again: int
    unjudged: int


def read_grades() -> Grades:
    """All grades."""
    grades: dict[str, dict[str, int]] = {}
    with (JUDGMENTS / "grades.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            grades.setdefault(row["question"], {})[row["hash"]] = int(row["grade"])
    return grades


def ask(checkout: Path, folder: Path) -> Found:
    """What the version in `checkout` finds."""
    known = {**plain_environment(checkout), "PYTHONPATH": str(checkout)}
    line = [sys.executable, str(CHILD), str(folder), str(QUESTIONS), str(DEPTH)]
    done = subprocess.run(line, check=True, stdout=subprocess.PIPE, env=known)
    found: Found = json.loads(done.stdout)
    return found


def measured(hits: Sequence[tuple[str, str, str]], grades: Mapping[str, int]) -> Measured:
    """The measures of one question."""
    gains: list[int] = []
    seen: set[str] = set()
    for _, hashed, _ in hits:
        gains.append(0 if hashed in seen else grades.get(hashed, 0))
        seen.add(hashed)
    best = _discounted(sorted(grades.values(), reverse=True)[:DEPTH])
    return Measured(
        _discounted(gains) / best,
        len(hits),
        sum(kind == "footnote" for _, _, kind in hits),
        sum(not gain for gain in gains),
        len(hits) - len(seen),
        sum(hashed not in grades for hashed in seen),
    )


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))


def rows(name: str, found: Found, questions: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The rows of one ranking: of all questions, of those it was tuned on and those it was not,
    and of each language.
    """
    grades = read_grades()
    every = {one["id"]: measured(found[one["id"]], grades[one["id"]]) for one in questions}
    parts = [("all", questions)]
    for key in ("part", "lang"):
        for value in dict.fromkeys(one[key] for one in questions):
            parts.append((value, [one for one in questions if one[key] == value]))
    made = []
    for part, some in parts:
        of = [every[one["id"]] for one in some]
        hits = sum(one.hits for one in of)
        shares = [sum(one[at] for one in of) / hits for at in (2, 3, 4)]
        ndcg = sum(one.ndcg for one in of) / len(of)
        cells = [f"{ndcg:.4f}", *(f"{share:.1%}" for share in shares)]
        made.append([name, part, str(len(of)), *cells, str(sum(one.unjudged for one in of))])
    return made


def main() -> None:
    """Prints the table."""
    arguments = parser(__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=SHARED / "library")
    arguments.add_argument("--before", type=Path, metavar="CHECKOUT", help="of another version")
    arguments.add_argument("--each", action="store_true", help="nDCG@10 of each question")
    given = arguments.parse_args()
    versions = {"this version": REPOSITORY}
    if given.before:
        versions = {"before": given.before.resolve(), **versions}
    questions = json.loads(QUESTIONS.read_text("utf-8"))
    found: dict[str, Found] = {}
    for name, checkout in versions.items():
        tell(f"{name} …")
        found[name] = ask(checkout, given.folder.resolve())
    if given.each:
        grades = read_grades()
        each = []
        for one in questions:
            of = [measured(hits[one["id"]], grades[one["id"]]) for hits in found.values()]
            asked = " ".join([one["query"], *(f"{k}:{v[0]}" for k, v in one["filters"].items())])
            each.append([one["id"], asked, one["part"], *(f"{m.ndcg:.3f}" for m in of)])
        print(table(("id", "question", "part", *found), each))
    else:
        print(
            table(
                HEAD, [row for name, hits in found.items() for row in rows(name, hits, questions)]
            )
        )
    print(f"\n{environment()}")
