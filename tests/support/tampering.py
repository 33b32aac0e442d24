"""Index files that somebody changed, and many commands asked about each of them.

The commands run in a process of their own: one that crashes is seen by its exit code, and starting
Python anew for each of thousands of commands would take a quarter of an hour.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sinorus.engines.whoosh.commit import Commit, latest, read_commit
from sinorus.engines.whoosh.segment.file import PAGE, SegmentFile, SegmentFileWriter
from sinorus.files import Tree

if TYPE_CHECKING:
    from support.program import Sinorus

READING = [
    ["search", "gas OR газ OR 天然气", "--json"],
    ["search", "alli* NEAR/8 treaties OR =Alliance OR title:pact", "--lang", "en", "--jsonl"],
    ["search", "heading:pipes OR word7 OR speaker:wang", "--sort", "date", "-n", "all"],
    ["show", "pact", "long#2"],
    ["compare", "gas OR alliance OR word834", "--by", "lang"],
    ["sources", "--json"],
    ["search", "gas OR zebra", "--not-kind", "heading", "--format", "rich"],
]
CHECK = ["status", "--check", "--json"]
ASK = """\
import io, json, resource, sys
from pathlib import Path
import sinorus.cli.main as cli

resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
loaded = []
sys.addaudithook(lambda event, given: event == "pickle.find_class" and loaded.append(given))

def answer(arguments):
    kept = sys.stdout, sys.stderr
    mine = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in kept]
    sys.stdout, sys.stderr = mine
    try:
        code = cli.run(arguments)
    finally:
        sys.stdout, sys.stderr = kept
    out, err = (stream.buffer.getvalue().decode() for stream in mine)
    return {"out": out, "err": err, "code": code}

target, folder, commands = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
index = target.parent
sound = {path.name: path.read_bytes() for path in index.glob("*MAIN_*")}

def put(files):
    for path in index.glob("*MAIN_*"):
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        beside = folder / "beside"  # a new file: what is open of the old one stays as it was
        beside.write_bytes(content)
        beside.replace(index / name)

for line in sys.stdin:
    changed = Path(line.rstrip()).read_bytes() if line.strip() else sound[target.name]
    files = {**sound, target.name: changed}
    put(files)
    answers = [answer(command) for command in commands]
    there = {path.name: path.read_bytes() for path in index.glob("*MAIN_*")}
    print(json.dumps([answers, len(loaded), there == files]), flush=True)
"""


class Said(NamedTuple):
    """What one command said of one version of a file."""

    out: str
    err: str
    code: int

    @property
    def refused(self) -> bool:
        """Whether it calls the index damaged, and says what to do."""
        return (
            (self.out, self.code) == ("", 2)
            and self.err.startswith("error: the index is damaged: ")
            and "sinorus index --rebuild" in self.err
            and "Traceback" not in self.err
        )


def asked(
    sinorus: Sinorus,
    target: Path,
    versions: Sequence[bytes],
    commands: Sequence[Sequence[str]],
    env: Mapping[str, str] | None = None,
) -> Iterator[list[Said]]:
    """What the commands say of the file as it is, then of each of these versions of it."""
    folder = sinorus.home / "versions"
    folder.mkdir(exist_ok=True)
    names = [""]
    for at, version in enumerate(versions):
        (folder / str(at)).write_bytes(version)
        names.append(str(folder / str(at)))
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(target), str(folder), json.dumps(commands)],
        input="\n".join(names) + "\n",
        capture_output=True,
        cwd=sinorus.cwd,
        env={**sinorus.environment, "PYTHONWARNINGS": "default", **(env or {})},
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-3000:])
    lines = done.stdout.splitlines()
    assert len(lines) == len(names)
    for line in lines:
        answers, loaded, same = json.loads(line)
        assert loaded == 0, "something was unpickled"
        assert same or ["index"] in commands, "a command that reads has written"
        yield [Said(**answer) for answer in answers]


def segments(root: Path) -> list[Path]:
    """The segments of a library, the largest first."""
    return sorted((root / "index").glob("MAIN_*.sin"), key=lambda path: -path.stat().st_size)


def contents_file(root: Path) -> Path:
    """The table of contents of a library."""
    (found,) = (root / "index").glob("_MAIN_*.toc")
    return found


def commit(root: Path) -> Commit:
    """What the index of a library holds, as its table of contents says."""
    with closing(Tree(str(root)).folder("index")) as folder:
        return read_commit(folder, latest(folder))


def flipped(content: bytes, at: int, bit: int) -> bytes:
    """The same with one bit changed."""
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]


def places(path: Path) -> dict[str, tuple[int, int, int]]:
    """Where each section of a segment begins, where its page sums do, and where those end."""
    file = SegmentFile(path)
    found = {}
    for name in file:
        section = file[name]
        sums = section.end - 4 * -(-section.size // PAGE)
        found[name] = (sums - section.size, sums, section.end)
    return found


Change = Callable[[bytes], bytes]


def rewritten(path: Path, beside: Path, changes: Mapping[str, Change | None]) -> bytes:
    """The segment with other content in some sections (None: without it) and right checksums."""
    file = SegmentFile(path)
    with SegmentFileWriter(beside) as out:
        for name in file:
            change: Any = changes.get(name, bytes)
            if change is not None:
                content = change(bytes(file[name].bytes(0, file[name].size)))
                out.section(name, file[name].kind, content)
    return beside.read_bytes()
