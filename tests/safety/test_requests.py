"""A request has a size: what is larger than any need ends soon, with an answer or with a sentence
that names the bound, and in memory that does not grow with the square of what was asked.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.large_requests import CASES, LIBRARY, MANY, WALL, WHOLE, Bounds, words
from support.small_libraries import PRESS, make_library

if TYPE_CHECKING:
    from support.program import Sinorus

PATIENCE = 120
"""Seconds after which a request is taken for hung, however busy the machine is."""
SPACE = 2 << 30
"""Bytes of address space: what goes past all bounds ends before it troubles the machine."""
MEASURED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]),) * 2)
    os.execv(sys.argv[4], sys.argv[4:])
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
with open(sys.argv[1], "w") as report:
    report.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""
"""Runs a program and writes down its peak: that of a large process would count as its child's."""


@pytest.fixture(scope="module")
def crowded_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with long paragraphs and many documents, indexed once; not to be changed."""
    root = make_library(tmp_path_factory.mktemp("crowded") / "library", PRESS | LIBRARY)
    environment = {**os.environ, "HOME": str(root.parent), "XDG_CONFIG_HOME": str(root.parent)}
    subprocess.run(
        [sys.executable, "-m", "sinorus", "index"], cwd=root, env=environment, check=True
    )
    return root


@pytest.fixture
def crowded(crowded_indexed: Path, sinorus: Sinorus) -> Path:
    """That library, to read in; the program is there."""
    sinorus.cwd = crowded_indexed
    return crowded_indexed


def ended(
    sinorus: Sinorus, arguments: list[str], stdin: str, bounds: Bounds = WHOLE
) -> tuple[int, str, int]:
    """The exit code of a request, what it said on stderr, and its peak in KiB."""
    report = sinorus.home / "peak"
    limits = [str(SPACE), str(bounds.seconds)]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(report), *limits, *sinorus.command(*arguments)],
        input=stdin.encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=sinorus.cwd,
        # Its buffers would be most of the address space on a machine with many processors.
        env={**sinorus.environment, "OPENBLAS_NUM_THREADS": "1"},
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stderr.decode(), int(report.read_text())


@pytest.mark.parametrize("name", CASES)
def test_a_large_request_ends_soon_and_is_answered_or_refused(
    crowded: Path, sinorus: Sinorus, name: str
) -> None:
    case = CASES[name]
    code, said, peak = ended(sinorus, case.arguments, case.stdin * case.times, case.bounds)
    assert "Traceback" not in said
    if case.refused:
        assert code == 2, said[:500]
        assert all(word in said for word in case.refused), said[:500]
    else:
        assert code in (0, 1), said[:500]
    if "--explain" not in case.arguments:  # which is asked for
        assert len(said) < 5_000
    assert peak < case.bounds.memory * 1024


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["show", "-"], f"notes/{WALL[0]}#1\n"),
        (["show", "--jsonl", "-"], "walls/english#2\n"),
        (["search", "-l", "--no-names", "--queries", "-"], "baaaa\n"),
        (["search", "-"], "a "),
        (["search", "--literal", "--any", "-"], "中"),
    ],
)
def test_memory_does_not_grow_with_the_square(
    crowded: Path, sinorus: Sinorus, arguments: list[str], line: str
) -> None:
    few = ended(sinorus, arguments, line * (MANY // 12))[2]
    many = ended(sinorus, arguments, line * (MANY // 3))[2]
    assert many < 6 * few


def test_memory_for_words_and_paragraphs_does_not_multiply(crowded: Path, sinorus: Sinorus) -> None:
    peaks = [ended(sinorus, ["search", "-"], " OR ".join(words(n)))[2] for n in (1_250, 5_000)]
    assert peaks[1] < 4 * peaks[0]


@pytest.mark.parametrize(
    "query",
    [
        "(" * 100 + "note" + ")" * 100,
        "(note OR a (" * 50 + "note" + "))" * 50,
        "(note OR a NOT " * 50 + "note" + ")" * 50,
        "NOT " * 100 + "note",
        "(a | -(" * 33 + "note" + "))" * 33,
    ],
    ids=["brackets", "OR and AND", "OR and NOT", "NOT", "minus"],
)
def test_what_is_as_deep_as_it_may_be_is_answered(
    crowded: Path, sinorus: Sinorus, query: str
) -> None:
    for command in (["search", "-c", "-"], ["search", "--json", "--explain", "-"]):
        code, said, _ = ended(sinorus, command, query)
        assert code in (0, 1), said[:500]
    code, said, _ = ended(sinorus, ["compare", query], "")
    assert code in (0, 1), said[:500]


def test_a_wrong_option_is_quoted_by_its_beginning(crowded: Path, sinorus: Sinorus) -> None:
    for flag in ("--sort", "--group-by", "-n", "--offset", "--max-per-doc", "-C", "--format"):
        code, said, _ = ended(sinorus, ["search", "note", flag, "x" * 100_000], "")
        assert (code, len(said) < 1_000) == (2, True), flag
