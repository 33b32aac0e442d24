"""A library of files of all kinds: how well indexing uses the cores, and what a kill costs.

The files of `documents` and some of `library`, copied until there are as many as wanted, each with
a stamp of its own at its end, so that no two are converted as one. First it is indexed undisturbed.
Then all files get a new stamp and the program is killed at random moments until it was killed as
often as wanted, each time in the midst of its work, and goes on from there; what it says at the end
is compared with an index that was made from nothing.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
import zipfile
from contextlib import suppress
from pathlib import Path

from bench.common import (
    SHARED,
    Sample,
    environment,
    parser,
    plain_environment,
    table,
    tell,
    temporary_library,
)
from bench.startup import SINORUS

ZIPPED = frozenset({".docx", ".odt", ".epub"})
ENDINGS = {".pdf": "\n% {}\n", ".html": "\n<!-- {} -->\n", ".rtf": "\n{}\n"}
"""How a stamp is written at the end of a file, where it is none of its text."""


def stamp(path: Path, text: str) -> None:
    """Changes a file by what no reader of it sees, or in texts by a paragraph at the end."""
    if path.suffix in ZIPPED:
        with zipfile.ZipFile(path, "a") as archive:
            archive.comment = text.encode()
        return
    with path.open("a", encoding="utf-8") as file:
        file.write(ENDINGS.get(path.suffix, "\n\nStamp {}.\n").format(text))


def generate(root: Path, number: int) -> list[Path]:
    """The files; one of six is a text, the others are as many of each kind as there are."""
    kinds = sorted(path for path in (SHARED / "documents").rglob("*") if path.is_file())
    kinds = [path for path in kinds if path.suffix != ".json" and not _is_broken(path)]
    texts = sorted((SHARED / "library").rglob("*.md"))
    made = []
    for at in range(number):
        known = texts[at // 6 % len(texts)] if at % 6 == 5 else kinds[at % len(kinds)]
        path = root / "seeds" / f"{at // 50:02}" / f"{at:04}{known.suffix}"
        path.parent.mkdir(exist_ok=True)
        shutil.copyfile(known, path)
        path.chmod(0o600)
        stamp(path, f"0 of {at}")
        made.append(path)
    return made


def _is_broken(path: Path) -> bool:
    """Whether it calls itself an archive and is none: there are such, and they have no comment."""
    return path.suffix in ZIPPED and not zipfile.is_zipfile(path)


def session_ticks(session: int) -> float:
    """Seconds of CPU of all processes of a session that are there now, and of those they saw end.

    What converts files is ended and not waited for, so that `getrusage` never hears of it.
    """
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


class Runs:
    """Runs of the program over one library; `settings` is the folder of the user's own config."""

    def __init__(self, root: Path, settings: Path) -> None:
        self._root = root
        self._environment = plain_environment(settings)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A process whose output can be read."""
        return subprocess.Popen(
            [*SINORUS, *arguments],
            cwd=self._root,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def __call__(self, *arguments: str) -> str:
        """What a command says on stdout; anything but success ends the measurement."""
        process = self.start(*arguments)
        out, err = process.communicate()
        if process.returncode:
            raise SystemExit(f"{' '.join(arguments)}: {process.returncode}\n{err}")
        return out

    def clocked(self, *arguments: str) -> Sample:
        """What a command takes; CPU as of the last look at its processes, 20 a second."""
        started, cpu = time.perf_counter(), 0.0
        process = self.start(*arguments)
        while process.poll() is None:
            cpu = max(cpu, session_ticks(process.pid))
            time.sleep(0.05)
        wall = time.perf_counter() - started
        _, err = process.communicate()
        if process.returncode:
            raise SystemExit(f"{' '.join(arguments)}: {process.returncode}\n{err}")
        return Sample(wall * 1000, cpu * 1000)

    def told(self) -> list[str]:
        """Every paragraph of the index: id, hash, page."""
        form = "template:{id} {hash} {page}"
        listed = self(
            "search",
            "--path",
            "seeds/**",
            "-n",
            "all",
            "--no-update",
            "--no-fold",
            "--format",
            form,
        )
        return sorted(listed.splitlines())


def killed(runs: Runs, paths: list[Path], kills: int, length: float) -> tuple[int, int]:
    """How often it was killed, and how often it had ended before and all files were changed."""
    luck = random.Random(19)
    many = ended = version = 0
    while many < kills:
        process = runs.start("index", "--quiet")
        time.sleep(luck.uniform(0, length / 5))
        if process.poll() is None:
            process.kill()
            many += 1
        else:
            ended += 1
            version += 1
            for at, path in enumerate(paths):
                stamp(path, f"{version} of {at}")
        process.communicate()
    return many, ended


def main() -> None:
    """Prints the table."""
    options = parser(__doc__)
    options.add_argument("--files", type=int, default=1_000)
    options.add_argument("--kills", type=int, default=30)
    chosen = options.parse_args()
    with temporary_library() as root:
        paths = generate(root, chosen.files)
        settings = root / "config"
        settings.mkdir()
        runs = Runs(root, settings)
        tell(f"{chosen.files} files, {sum(path.stat().st_size for path in paths) >> 20} MB")
        whole = runs.clocked("index", "--quiet")
        again = runs.clocked("index", "--quiet", "--rebuild")
        for at, path in enumerate(paths):
            stamp(path, f"new of {at}")
        many, ended = killed(runs, paths, chosen.kills, whole.wall / 1000)
        last = runs.clocked("index", "--quiet")
        found = runs.told()
        runs("status", "--check")
        shutil.rmtree(root / "index")
        runs("index", "--quiet")
        same = found == runs.told()
        print(environment() + "\n")
        print(_rows(whole, again, last))
        print(
            f"\n{len(found)} paragraphs; killed {many} times, all stamped anew {ended + 1} times; "
            f"as made from nothing: {'yes' if same else 'NO'}"
        )
    if not same:
        raise SystemExit(1)


def _rows(whole: Sample, again: Sample, last: Sample) -> str:
    named = (("first index", whole), ("--rebuild", again), ("after the kills", last))
    rows = [
        [name, f"{one.wall / 1000:.1f}", f"{one.cpu / 1000:.1f}", f"{one.cpu / one.wall:.2f}"]
        for name, one in named
    ]
    return table(("run", "s", "CPU s", "CPU ÷ wall"), rows)
