"""Many command lines in one process: what each prints and how it ends.

Run as a program it reads a list of command lines as JSON and prints what came of them as JSON.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_all(
    command_lines: Sequence[Sequence[str]], folder: Path, environment: Mapping[str, str]
) -> list[tuple[str, str, int]]:
    """Standard output, standard error and exit code of each, run in the folder one by one."""
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(command_lines),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
    )
    return [(out, err, code) for out, err, code in json.loads(done.stdout)]


def _run(arguments: list[str]) -> tuple[str, str, int]:
    from sinorus.cli.main import run

    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO())
    sys.stdout = io.TextIOWrapper(out, "utf-8")
    sys.stderr = io.TextIOWrapper(err, "utf-8")
    try:
        code = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        return out.getvalue().decode(), err.getvalue().decode(), code
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


if __name__ == "__main__":
    json.dump([_run(arguments) for arguments in json.load(sys.stdin)], sys.stdout)
