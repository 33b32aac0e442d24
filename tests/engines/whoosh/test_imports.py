"""A segment is read without Whoosh and numpy, whose imports take longer than a rare search."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import sinorus.engines.whoosh.segment as package

SEGMENT = sorted(path.stem for path in Path(package.__file__).parent.glob("[a-z]*.py"))
READING = ["engine", "commit", "lock", *(f"segment.{name}" for name in SEGMENT)]


def loaded_by(module: str) -> set[str]:
    """The modules that a fresh process has after importing one."""
    program = f"import json, sys, {module}; print(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in json.loads(done.stdout)}


@pytest.mark.parametrize("name", READING)
def test_reading_needs_neither_whoosh_nor_numpy(name: str) -> None:
    assert not {"whoosh", "numpy"} & loaded_by(f"sinorus.engines.whoosh.{name}")


def test_only_the_codec_needs_whoosh() -> None:
    assert "whoosh" not in loaded_by("sinorus.engines.whoosh.indexer.shards")
    assert "whoosh" in loaded_by("sinorus.engines.whoosh.codec.segment")
