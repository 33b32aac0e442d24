"""Completion in real shells: what is in the library, whatever it is called."""

from __future__ import annotations

import re
import sys
import time
from typing import TYPE_CHECKING

import pytest
from support.shells import SHELLS, library_of_names, shell

if TYPE_CHECKING:
    from pathlib import Path

    from support.program import IndexedOnce, Sinorus


@pytest.fixture
def names(indexed_once: IndexedOnce, sinorus: Sinorus) -> Path:
    sinorus.cwd = indexed_once("names", library_of_names)
    return sinorus.cwd


LINES = [
    ("sinorus sho", ["show"]),
    ("sinorus search --lang ", ["search", "--lang", "en"]),
    ("sinorus show talks/d1#2", ["show", "talks/d1#2"]),
    ("sinorus sources --publisher New", ["sources", "--publisher", "New York Times"]),
    ("sinorus sources --publisher=New", ["sources", "--publisher=New York Times"]),
    ("sinorus sources --publisher 'New Y", ["sources", "--publisher", "New York Times"]),
    ('sinorus sources --publisher "new', ["sources", "--publisher", "New York Times"]),
    ("sinorus sources --publisher O", ["sources", "--publisher", "O'Neill & Sons"]),
    ("sinorus sources --publisher Krem", ["sources", "--publisher", "Kremlin: press"]),
    ("sinorus sources --publisher Kremlin:", ["sources", "--publisher", "Kremlin: press"]),
    ("sinorus sources --publisher '$(t", ["sources", "--publisher", "$(touch pwned)"]),
    ("sinorus sources --author 李", ["sources", "--author", "李克强"]),
    ("sinorus sources --not-author лав", ["sources", "--not-author", "Лавров Сергей"]),
    ("sinorus sources --author Серг", ["sources", "--author", "Лавров Сергей"]),
    ("sinorus sources --author Jo", ["sources", "--author", 'Jo "Mao" Li']),
    ("sinorus sources --author '`", ["sources", "--author", "`touch pwned`"]),
    ("sinorus compare a --by dec", ["compare", "a", "--by", "decade"]),
    ("sinorus search --path se", ["search", "--path", "seeds/"]),
    ("sinorus search --where pla", ["search", "--where", "place="]),
    ("sinorus search --where=place=new", ["search", "--where=place=New Delhi"]),
    ("sinorus search --not-where 'place=N", ["search", "--not-where", "place=New Delhi"]),
    ("sinorus search --where volume=3", ["search", "--where", "volume=3"]),
    ("sinorus search --format tem", ["search", "--format", "template:"]),
    ("sinorus --engine wh", ["--engine", "whoosh"]),
    ("sinorus sources --missing date,auth", ["sources", "--missing", "date,author"]),
]


@pytest.mark.parametrize("name", SHELLS)
def test_a_shell_offers_the_hits_of_its_last_search(
    names: Path, sinorus: Sinorus, name: str
) -> None:
    """With their titles, where it can show them: numbers alone would say nothing."""
    with shell(name, sinorus) as there:
        there.type(f"{sys.executable} -m sinorus search second --sort title --no-fold -n 3\n")
        there.until("talks/d3.*? one")
        time.sleep(0.5)
        there.type("sinorus show \t")
        there.until("COMPLETED")
        if name == "bash":  # which first goes on as far as all candidates are alike
            there.type("\t\t")
        shown = there.until(r"\A.*\btalks/d4")[0]
    assert ("#2 d3" in shown) is (name != "bash")
    assert (re.search(r"\b3\b.*#2 d3", shown) is not None) is (name != "bash")


@pytest.mark.parametrize("name", SHELLS)
def test_a_shell_completes_what_is_in_the_library(names: Path, sinorus: Sinorus, name: str) -> None:
    with shell(name, sinorus) as there:
        found = {line: there.words(line) for line, _ in LINES}
    assert found == dict(LINES)
    assert not [*names.rglob("pwned"), *sinorus.home.rglob("pwned")]
