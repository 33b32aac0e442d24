"""Mistakes that people make, typed for real: each is said to be one, and what was meant."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.batch import run_all
from support.golden import assert_golden

MISTAKES = """
serch gas
grep gas
find gas
alliance
cat energy
ls
rm energy
config
version
--serch
search
search -i gas
search -w gas
search -word gas
search -e gas
search --regexp gas
search -r gas
search -v gas
search -E gas
search -F gas
search -H gas
search --ignore-case gas
search --files
search -5 gas
search -n gas
search -n
search -n -3 gas
search -C x gas
search --limt 5 gas
search --context 2 gas
search --sort newest gas
search --sort datee gas
search --sort size gas
search --order date gas
search --from 2022 gas
search --after 2022 gas
search --year 2023 gas
search --title gas
search --type md gas
search --not-langg ru gas
search --nonsense gas
search --exact=3 gas
search --all gas
search --cite gas
search --match gas
search --interactive gas
search --format jsn gas
search --format md gas
search --format html gas
search --format json:x gas
search --format template: gas
search --format template:{titel} gas
search --format template:{ gas
search --color yes gas
search --color purple gas
search --kind notes gas
search --kind pdf gas
search --group-by yer gas
search --lang xx gas
search --lang klingon gas
search --since tomorow gas
search --since 03/04/2022 gas
search --since 2023 --until 2021 gas
search --source enrgy gas
search --tag enrgy gas
search --publisher Carnegei gas
search --author 'Gab*' gas
search --offset 99999 gas
search --offset 99999 gas -l
search --max-per-doc 0 gas
search --queries missing.txt
search gas --queries -
search -l -c gas
search -l --json gas
search -q --json gas
search -c -q gas
search --silent gas
search --no-messages gas
search -
search '/gas.*line/'
search 'near(gas oil)'
search 'gas w/5 xyzzy'
search 'gas && xyzzy'
search --sort date-desc gas
search 'xyzzy and foo'
search 'lang=ru xyzzy'
search 'xyzzy 2020..2022'
search '+gas +xyzzy'
search '^xyzzy'
search 'xyz.*zy'
search '!gas'
search 'from:kremlin'
search 'subject:energy'
search 'after:2022'
search 'type:pdf'
search 'titel:energy'
search 'title:"energy'
search '(gas OR oil'
search 'gas AND'
search 'gas NEAR oil'
search 'gas^3'
search '=='
search '中*系'
search 'word~5'
search ''
search Putn
search putn
search Путн
search genby
search sanctoins
search Gazpron
show
show enrgy
show energy#999
show energy#x
show energy -n 3
show 1-3
compare
compare --group-by lang gas
compare --by sorce gas
compare --by source gas --among nope
compare --sort date gas
compare --order count gas
compare --only change energy treaty-2001
compare gas --only changed
compare energy enrgy
compare -q gas
compare energy treaty-2001 --quiet
open energy -q
check missing.md -q --fix
sources --missing titel
sources --format yaml
status --verbose
status extra
index --force
index --watch
index --files-from missing.txt
add
add missing.md
add --name x a.md b.md
add --folder x a.md
init a b
completion zh
completion
--library nowhere search gas
--engine elastic search gas
""".strip().split("\n")
QUIET = ("note: not asked in ", "note: Putin: also ")
"""Notes that say nothing of the mistake."""


@pytest.fixture(scope="module")
def said(
    seeds_indexed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Sequence[tuple[str, str, str, int]]:
    """Each mistake with what is printed of it, and the exit code."""
    home = tmp_path_factory.mktemp("home")
    environment = {"HOME": str(home), "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
    lines = [shlex.split(line) for line in MISTAKES]
    answers = run_all(lines, seeds_indexed, environment)
    return [(line, *answer) for line, answer in zip(MISTAKES, answers, strict=True)]


def test_what_is_said_of_mistakes(said: Sequence[tuple[str, str, str, int]]) -> None:
    text = "".join(
        f"$ sinorus {line}\n"
        + "".join(f"{one}\n" for one in err.splitlines() if not one.startswith(QUIET))
        + f"[{code}]\n\n"
        for line, _, err, code in said
    )
    assert len(said) >= 75
    assert_golden("cli/mistakes.txt", text)


def test_every_mistake_is_said_in_one_voice(said: Sequence[tuple[str, str, str, int]]) -> None:
    for line, out, err, code in said:
        assert code in (0, 1, 2), (line, err)
        assert err, line
        first, *rest = err.rstrip("\n").split("\n")
        assert first.startswith("error: " if code == 2 else "note: "), (line, err)
        assert all(one.startswith(("  ", "note: ")) for one in rest), (line, err)
        assert "Traceback" not in err
        assert code != 2 or out == "", line
        for sentence in (one.partition(": ")[2] for one in [first, *rest] if "note: " in one[:8]):
            assert not sentence.endswith("."), (line, sentence)
        assert not re.search(r"Did you mean|No such option|Invalid value|Missing argument", err)


def test_an_error_says_what_to_do(said: Sequence[tuple[str, str, str, int]]) -> None:
    """The last line of an error is a hint, unless its first line has said it."""
    for line, _, err, code in said:
        last = err.rstrip("\n").split("\n")[-1]
        enough = "no such file" in err.lower()
        assert code != 2 or enough or last.startswith("  "), (line, err)
