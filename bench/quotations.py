"""Planted quotations: is each of three hundred graded as it should be, and how long does it take?

`planted.py` makes them of the library by a seed; each draft is held against the library, and what
was found is held against what was planted. `--seeds 10` asks that of ten seeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from subprocess import run
from sys import executable
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.collection import LIBRARY, REPEATED, pieces_of, write_piece
from bench.common import REPOSITORY, TIMES, clocked, environment, parser, table, tell, times
from bench.planted import KINDS, Planted, drafted, in_markdown, letters, plant
from sinorus import Library
from sinorus.citation.wording import Wording, occurrences
from sinorus.model import Finding

SOUND = ("EXACT", "NORMALISED", "ELLIPSIS")
FAULTS = ("passed", "not named", "found an invention", "false alarm", "not seen")
"""What may be wrong: an altered quotation that passes or whose source is not named, an invention
that is said to be somewhere, a true one that does not pass, one that is not found in the draft."""


class Wrong(NamedTuple):
    """A quotation that was not graded as it should be."""

    fault: str
    planted: Planted
    finding: Finding | None

    def __str__(self) -> str:
        grade = f"{self.finding.grade} {self.finding.id}" if self.finding else ""
        one = self.planted
        wanted = ", ".join(source.id for source, _ in one.sources)
        what = f"{one.lang} {one.sort}, {one.kind}, of {wanted or 'nothing'}"
        return f"{self.fault}: {grade} ({what})\n    {one.written.strip()}"


def main() -> None:
    """Prints what became of the planted quotations, and how long a check of a draft takes."""
    arguments = parser(__doc__)
    arguments.add_argument("--seed", type=int, default=17)
    arguments.add_argument("--seeds", type=int, default=1, help="so many, one after the other")
    arguments.add_argument("--count", type=int, default=300)
    arguments.add_argument("--words", type=int, default=10_000, help="of the draft that is timed")
    arguments.add_argument("--quotations", type=int, default=200, help="in that draft")
    arguments.add_argument("--runs", type=int, default=3, help="of a fresh process; 0 for none")
    arguments.add_argument("--library", type=Path, help="an indexed library; else one is made")
    arguments.add_argument("--times", type=int, default=1, help="of so many copies of shared/frus")
    arguments.add_argument("--keep", type=Path, help="make it here, and take what is here already")
    given = arguments.parse_args()
    with TemporaryDirectory(prefix="sinorus-bench-") as folder:
        root = given.library or _made(given.keep or Path(folder), given.times)
        rows: list[list[str]] = []
        with Library.at(root) as library:
            for seed in range(given.seed, given.seed + given.seeds):
                tell(f"seed {seed}")
                planted = plant(library, seed, given.count)
                graded, wrong = _checked(library, planted)
                rows.append(_row(seed, planted, wrong))
                if given.seeds == 1:
                    print(_table(graded))
                print("\n".join(map(str, wrong)), flush=True)
        if given.seeds > 1:
            print(table(["seed", "planted", *FAULTS], rows))
        if given.runs:
            quoted = in_markdown(planted)[: given.quotations]
            _timed(root, Path(folder), drafted(quoted, "markdown", given.words), given.runs)
        print(environment(["rapidfuzz"]))


def _timed(root: Path, folder: Path, draft: str, runs: int) -> None:
    """Prints how long fresh processes take to check a draft."""
    path = folder / "draft.md"
    path.write_text(draft, "utf-8")
    with Library.at(root) as library:
        found = library.check(draft, name="draft.md", update=False).findings
        documents = library.sources(update=False)
    command = [executable, "-m", "sinorus", "--library", str(root), "check", str(path)]
    samples = [
        clocked(lambda: run(command, capture_output=True, cwd=REPOSITORY, check=False))
        for _ in range(runs)
    ]
    paragraphs = sum(one.paragraphs for one in documents)
    what = f"{len(draft.split()):,} words, {len(found)} quotations, {paragraphs:,} paragraphs"
    print(table(["a fresh check", *TIMES], [[what, *times(samples)]]))


def _made(folder: Path, times: int) -> Path:
    root = folder / f"library-{times}"
    if times == 1:
        copytree(LIBRARY, root / "seeds", dirs_exist_ok=True)
    elif not (root / "seeds").is_dir():
        (root / "seeds").mkdir(parents=True)
        for piece in pieces_of(REPEATED, times):
            write_piece(root, piece)
    with Library.at(root) as library:
        tell("indexing")
        library.index()
    return root


def _checked(
    library: Library, planted: Sequence[Planted]
) -> tuple[dict[str, Counter[str]], list[Wrong]]:
    """How the quotations of each sort were graded, and what of that is wrong."""
    graded: dict[str, Counter[str]] = {}
    wrong: list[Wrong] = []
    for kind, about in KINDS.items():
        report = library.check(drafted(planted, kind), name=f"draft{about.suffix}", update=False)
        by_words = {letters(one.text): one for one in report.findings if one.kind == "quotation"}
        for one in planted:
            if one.kind != kind:
                continue
            finding = by_words.get(one.letters)
            if finding is not None:
                graded.setdefault(one.sort, Counter())[finding.grade] += 1
            if fault := _fault(one, finding):
                wrong.append(Wrong(fault, one, finding))
    return graded, wrong


def _table(graded: dict[str, Counter[str]]) -> str:
    columns = sorted({grade for counts in graded.values() for grade in counts})
    rows = [
        [sort, *(str(counts.get(grade, 0)) for grade in columns)]
        for sort, counts in sorted(graded.items())
    ]
    return table(["planted", *columns], rows)


def _row(seed: int, planted: Sequence[Planted], wrong: Sequence[Wrong]) -> list[str]:
    counts = Counter(one.fault for one in wrong)
    return [str(seed), str(len(planted)), *(str(counts[fault]) for fault in FAULTS)]


def _fault(one: Planted, finding: Finding | None) -> str:
    if finding is None:
        return "not seen"
    if one.sort == "true":
        return "" if finding.grade in SOUND else "false alarm"
    if finding.grade in SOUND:
        return "passed"
    if one.sort == "invented":
        return "" if finding.grade == "NOT-FOUND" else "found an invention"
    return "" if finding.grade != "NOT-FOUND" and _named(one, finding) else "not named"


def _named(one: Planted, finding: Finding) -> bool:
    """Whether a finding names a source of the words, or another that has the very same."""
    found = Wording(finding.found)
    return any(
        (finding.id or "").startswith(f"{source.id}@")
        or (finding.document and finding.document.id == source.document)
        or bool(occurrences(Wording(piece), found))
        or len(set(Wording(piece).forms) & set(found.forms)) > 0.7 * len(set(found.forms))
        for source, piece in one.sources
    )


if __name__ == "__main__":
    main()
