"""Errors and notes look like what they are, on a terminal and in a pipe."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.program import ROOT
from support.terminal import bare, width

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus

RED, DIM, PLAIN = "\x1b[1;31m", "\x1b[2m", "\x1b[0m"


def said(sinorus: Sinorus, *arguments: str, **how: object) -> str:
    """What is left on a terminal to which both streams go: lines of progress were wiped away."""
    shown = sinorus.terminal(*arguments, stderr_too=True, **how).out  # type: ignore[arg-type]
    return re.sub(r"(?:\r\x1b\[K[^\r\n]*)*\r\x1b\[K", "", shown)


def test_an_error_is_red_and_a_note_is_dim(press: Path, sinorus: Sinorus) -> None:
    assert said(sinorus, "search", "--limt", "5", "gas") == (
        f"{RED}error:{PLAIN} sinorus search has no option --limt\n  did you mean --limit?\n"
    )
    assert f"{DIM}note:{PLAIN} nothing found; xyzzy: 0 paragraphs" in said(
        sinorus, "search", "xyzzy"
    )


@pytest.mark.parametrize(
    ("flags", "environment", "on_terminal", "in_pipe"),
    [
        ([], {}, True, False),
        ([], {"NO_COLOR": "1"}, False, False),
        ([], {"TERM": "dumb"}, False, False),
        ([], {"FORCE_COLOR": "1"}, True, True),
        ([], {"SINORUS_COLOR": "never"}, False, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False, False),
        (["--color=always"], {"NO_COLOR": "1"}, True, True),
    ],
)
def test_colour_only_where_it_is_allowed(
    press: Path,
    sinorus: Sinorus,
    flags: list[str],
    environment: dict[str, str],
    on_terminal: bool,
    in_pipe: bool,
) -> None:
    words = ["search", *flags, "(gas"]
    assert (RED in said(sinorus, *words, env=environment)) is on_terminal
    assert (RED in sinorus(*words, env=environment).err) is in_pipe


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
@pytest.mark.parametrize(
    "words",
    [
        ["search", "gas", "--format", "template:{titel}"],
        ["search", "gas", "--kind", "notes"],
        ["search", "gas", "--lang", "de", "--tag", "enrgy"],
        ["search", "несуществующее OR 不存在的词 OR nonexistent"],
    ],
)
def test_what_is_said_is_broken_between_words(
    press: Path, sinorus: Sinorus, words: list[str], columns: int
) -> None:
    whole = sinorus(*words).err
    shown = bare(said(sinorus, *words, columns=columns))
    lines = shown.rstrip("\n").split("\n")
    assert all(width(line) <= min(columns, 100) for line in lines), lines
    assert shown.split() == whole.split()
    starts = ("error: ", "note: ", "  ")
    assert all(line.startswith(starts) for line in lines)


def test_in_a_pipe_each_sentence_is_a_line(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "gas", "--format", "template:{titel}", env={"COLUMNS": "40"})
    assert len(answer.err.splitlines()) == 2


@pytest.mark.parametrize("columns", [40, 80])
def test_the_caret_of_a_long_query_stays_under_the_fault(
    press: Path, sinorus: Sinorus, columns: int
) -> None:
    for word in ("alliance", "союзничество", "联盟"):
        query = f"{f'{word} ' * 12}NEAR/0 {word * 3}"
        lines = bare(said(sinorus, "search", query, columns=columns)).split("\n")
        at = next(number for number, line in enumerate(lines) if line.strip() == "^")
        before = lines[at - 1].partition("NEAR/0")[0]
        assert "NEAR/0" in lines[at - 1]
        assert width(before) == lines[at].index("^")
        assert width(lines[at - 1]) <= columns


def test_control_characters_are_never_sent(press: Path, sinorus: Sinorus) -> None:
    shown = said(sinorus, "search", "--sort", "\x1b[31mnew\u202e", "gas")
    assert "\x1b[31m" not in shown.replace(RED, "")
    assert "\u202e" not in shown
    assert "new" in shown


WORKING = """\
import sys, time
from sinorus.cli.output import Working, waited_for
with Working("searching", False):
    time.sleep(float(sys.argv[1]))
sys.stdout.write("done\\n")
"""


def test_what_takes_longer_than_half_a_second_says_so(
    sinorus: Sinorus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(seconds: str) -> str:
        program = [sys.executable, "-c", WORKING, seconds]
        monkeypatch.setattr(sinorus, "command", lambda *_: program)
        return sinorus.terminal(stderr_too=True, env={"PYTHONPATH": str(ROOT)}).out

    assert "searching" not in run("0")
    slow = run("1.2")
    assert "\r\x1b[Ksearching … " in slow
    assert slow.endswith("\r\x1b[Kdone\n")


def test_thirty_changed_files_are_indexed_on_the_spot(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library({f"{n:02}.md": f"# Text {n}\n\nA horse.\n" * 40 for n in range(60)})
    assert sinorus("index").code == 0
    for n in range(30):
        with (root / f"seeds/{n:02}.md").open("a") as file:
            file.write("\nA zebra.\n")
    answer = sinorus("search", "zebra", "-c")
    assert (answer.out, answer.code) == ("30\n", 0)
    assert answer.err == "note: 30 files changed: indexed before answering\n"


@pytest.mark.parametrize("form", ["rich", "plain", "json", "jsonl", "csv", "markdown", "vimgrep"])
def test_past_the_last_page_is_said_in_every_format(
    press: Path, sinorus: Sinorus, form: str
) -> None:
    answer = sinorus("search", "gas", "--offset", "99999", "--format", form)
    assert answer.code == 1
    assert "note: --offset 99,999 is past the last of 2 paragraphs\n" in answer.err
    assert "gas" not in answer.out.replace('"query": "gas", "parsed": "gas"', "")


@pytest.mark.parametrize("shape", [["-l"], ["-L"], ["-o"], ["--kwic"], ["--queries"]])
def test_past_the_last_page_in_every_shape(
    press: Path, sinorus: Sinorus, shape: list[str], tmp_path: Path
) -> None:
    (tmp_path / "queries").write_text("gas\n")
    words = [*shape, str(tmp_path / "queries")] if shape == ["--queries"] else ["gas", *shape]
    answer = sinorus("search", *words, "--offset", "99999")
    assert (answer.out, answer.code) == ("", 1)
    assert sinorus("search", "gas", "-n", "0").code == 0
