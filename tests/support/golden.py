"""Long texts that the program is to print, in files below tests/golden/.

With SINORUS_WRITE_GOLDEN=1 they are written instead of compared; `git diff` then says what changed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def assert_golden(name: str, actual: str) -> None:
    """Fails unless `actual` is the content of the golden file of that name."""
    path = GOLDEN / name
    if os.environ.get("SINORUS_WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, "utf-8")
    assert actual == path.read_text("utf-8"), f"tests/golden/{name}"


def assert_golden_json(name: str, actual: Any) -> None:
    """Fails unless `actual` is the JSON in the golden file of that name."""
    assert_golden(name, json.dumps(actual, ensure_ascii=False, indent=2) + "\n")
