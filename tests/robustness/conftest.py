"""A library whose segment has something in every section, and two pages in some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.small_libraries import PRESS

from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.model import Reading

if TYPE_CHECKING:
    from support.program import Sinorus


@pytest.fixture
def full(library: Callable[[Mapping[str, str | bytes]], Path], sinorus: Sinorus) -> Path:
    """PRESS, a text of some thousand words, a talk, and a file at fault: indexed, in one segment.

    Somebody speaks in it, so that nothing of the segment is empty.
    """
    words = "\n\n".join(
        " ".join(
            f"word{(n * 50 + k) % 1_000} and {'zebras' if k % 2 else 'zebra'}" for k in range(50)
        )
        for n in range(60)
    )
    faulty = "---\ntitle: Faulty\ndate: next spring\n---\nA zebra of no date.\n"
    talk = "V. Putin: Good day.\n\nA. Gabuev: Good day.\n\nV. Putin: Sit down, please.\n"
    files = {**PRESS, "long.txt": f"{words}\n", "faulty.md": faulty, "talk.md": talk}
    root = library(files)
    assert sinorus("index", "--quiet").code == 0
    with closing(WhooshEngine(root / "index")) as engine:
        _let_speak(engine, "carnegie/pact")
    return root


def _let_speak(engine: WhooshEngine, name: str) -> None:
    """Makes the index anew with the same, and with a speaker of the paragraphs of a document."""
    fingerprints = {one.document: one for one in engine.fingerprints()}
    faults = list(engine.faults())
    readings = [
        Reading(
            fingerprints[document.id],
            document,
            [
                replace(one, speaker="Wang Yi" if document.id == name else one.speaker)
                for one in engine.paragraphs(document.id)
            ],
            [fault for fault in faults if fault.path == document.path],
        )
        for document in engine.documents()
    ]
    with engine.writer(rebuild=True) as writer:
        for reading in readings:
            writer.add(reading)
