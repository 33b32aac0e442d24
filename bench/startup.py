"""The time of fresh processes: the command beside its own bare imports, and what it imports.

Wall time from start to end of each process, and the CPU time it took. Without --python the package
is installed anew, not editable, into a virtual environment of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.common import (
    REPOSITORY,
    TIMES,
    Sample,
    medians,
    parser,
    plain_environment,
    table,
    times,
)
from bench.fresh import Command, bases, install, output, script, take_turns

BAR = 2.5
"""A search may take so many times as long as the bare imports."""
WATCHED = ("rich", "frontmatter", "yaml", "charset_normalizer", "Stemmer", "hypothesis")
DEAREST = 12
SEARCHES = ("search alliance", "search alliance --json", "search 中俄", "search Путин")
"""What the bar is held against: a word, piped."""
OTHERS = ("show background/energy#1", "--help", "search --help")
_IMPORT = re.compile(r"import time:\s*(\d+) \|\s*(\d+) \|\s*(\S+)")


def commands(python: str) -> list[Command]:
    """What is timed; the second is what all are compared with."""
    own = script(python)
    words = "gas pipeline treaty of alliance"
    return [
        *bases(python),
        *(Command(text, [own, *text.split()]) for text in SEARCHES),
        Command("search alliance, terminal", [own, "search", "alliance", "--no-pager"], True),
        Command("search --any, 5 words", [own, "search", "--any", words]),
        *(Command(text, [own, *text.split()]) for text in OTHERS),
    ]


def report(samples: dict[str, list[Sample]]) -> str:
    """A table: times, and their ratios to the base; those of least and CPU times waver less."""
    bare = list(samples.values())[1]
    base, least = medians(bare), min(bare).wall
    rows = []
    for name, found in samples.items():
        middle = medians(found)
        ratio = middle.wall / base.wall
        ratios = (ratio, min(found).wall / least, middle.cpu / base.cpu)
        verdict = ("ok" if ratio <= BAR else "short") if name in SEARCHES else ""
        rows.append([name, *times(found), *(f"{one:.2f}" for one in ratios), verdict])
    return table(("command", *TIMES, "ratio", "of least", "of CPU", ""), rows)


def report_imports(python: str, folder: Path) -> str:
    """Which of the watched packages a plain search imports, and its dearest modules."""
    start = "from sinorus.cli.main import main; main()"
    done = subprocess.run(
        [python, "-X", "importtime", "-c", start, "search", "alliance"],
        cwd=folder,
        env=plain_environment(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = [
        (name, int(own) / 1000, int(whole) / 1000)
        for own, whole, name in _IMPORT.findall(done.stderr)
    ]
    tops = {name.partition(".")[0] for name, _, _ in found}
    watched = ", ".join(f"{name} {'yes' if name in tops else 'no'}" for name in WATCHED)
    dearest = sorted(found, key=lambda one: -one[1])[:DEAREST]
    rows = [[name, f"{own:.1f}", f"{whole:.1f}"] for name, own, whole in dearest]
    shares: dict[str, float] = {}
    for name, own, _ in found:
        top = name.partition(".")[0]
        known = top in {"sinorus", "whoosh", "click", *WATCHED}
        owner = top if known else "standard library"
        shares[owner] = shares.get(owner, 0.0) + own
    owners = ", ".join(f"{who} {ms:.0f}" for who, ms in sorted(shares.items(), key=lambda i: -i[1]))
    listed = table((f"{len(found)} modules; the dearest", "own ms", "with its imports"), rows)
    return f"A plain search imports: {watched}.\n\n{listed}\n\nImport ms by owner: {owners}"


def versions(python: str) -> str:
    """The versions in that Python, as `common.environment` prints them."""
    code = "from bench.common import environment; print(environment())"
    return output([python, "-c", code], REPOSITORY).strip()


def main() -> None:
    """Prints the times, the ratios and the imports."""
    arguments = parser(__doc__)
    arguments.add_argument(
        "--python", type=Path, help="a Python that has sinorus, instead of a new one"
    )
    arguments.add_argument("--runs", type=int, default=30)
    options = arguments.parse_args()
    with TemporaryDirectory(prefix="sinorus-bench-") as name:
        library = Path(name) / "library"
        shutil.copytree(REPOSITORY / "seeds", library / "seeds")
        python = str(options.python.absolute()) if options.python else install(Path(name))
        output([script(python), "index", "--quiet"], library)
        samples = take_turns(commands(python), library, options.runs)
        print(f"{versions(python)}; {options.runs} runs each, taking turns\n")
        print(f"{report(samples)}\n\n{report_imports(python, library)}")
