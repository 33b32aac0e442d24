"""`-q` leaves nothing but the exit code, `--no-notices` leaves all but notices, in each command."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from support.batch import run_all
from support.program import Sinorus

from sinorus.cli.app import COMMANDS
from sinorus.cli.app import sinorus as program

ASKED = (
    (0, ["search", "gas"]),
    (0, ["search", "Путин"]),
    (1, ["search", "submarine"]),
    (0, ["search", "gas", "-n", "0"]),
    (0, ["show", "pact#1"]),
    (1, ["show", "pact#1@00000000"]),
    (1, ["show", "pact#1", "pact#99"]),
    (0, ["sources", "pact"]),
    (1, ["sources", "submarine"]),
    (0, ["sources", "--missing", "author"]),
    (0, ["quote", "pact#1"]),
    (1, ["quote", "pact#1@00000000"]),
    (0, ["bib", "pact"]),
    (1, ["bib", "--draft", "{drafts}/none.md"]),
    (0, ["check", "{drafts}/sound.md"]),
    (1, ["check", "{drafts}/wrong.md"]),
    (1, ["marks"]),
    (1, ["marks", "moved"]),
    (0, ["index"]),
    (1, ["index", "--strict"]),
)
"""Exit codes of commands that have `-q`, and how they are asked."""
DOING = (
    (0, ["note", "pact#1", "a note", "--set", "read"]),
    (1, ["note", "pact#3", "--remove"]),
    (0, ["marks", "read", "--remove"]),
    (1, ["marks", "moved", "pact#1", "--remove"]),
    (0, ["add", "{drafts}/sound.md"]),
)
"""The same of commands that change something, each asked once."""


@pytest.fixture
def drafts(own_press: Path, sinorus: Sinorus, tmp_path: Path) -> Path:
    """A folder of drafts beside a library with marks and a file at fault."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "none.md").write_text("It cites [@nobody1999].\n")
    (folder / "sound.md").write_text("“The alliance of 1950 was an alliance on paper.”\n")
    (folder / "wrong.md").write_text("“The alliance of 1949 was an alliance on parchment.”\n")
    (own_press / "seeds" / "empty.md").write_text("")
    moved = sinorus("search", "trade gas", "--save", "moved")
    assert moved.code == 0, moved.err
    text = own_press / "seeds" / "notes.txt"
    text.write_text(text.read_text().replace("1987", "1988"))
    return folder


def answers(sinorus: Sinorus, drafts: Path, lines: list[list[str]]) -> list[tuple[str, str, int]]:
    """What each command line gives; `{drafts}` in it is that folder."""
    asked = [[word.replace("{drafts}", str(drafts)) for word in line] for line in lines]
    return run_all(asked, sinorus.cwd, sinorus.environment)


def test_each_command_says_as_much_as_it_is_told_to(drafts: Path, sinorus: Sinorus) -> None:
    assert sinorus("marks", "moved").code == 1
    flags: tuple[list[str], ...] = (
        [],
        ["-q"],
        ["--quiet"],
        ["--no-notices"],
        ["-q", "--no-notices"],
    )
    lines = [[*line, *flag] for _, line in ASKED for flag in flags]
    found = iter(answers(sinorus, drafts, lines))
    noticed = 0
    for code, line in ASKED:
        loud, *silent, unnoticed, both = (next(found) for _ in flags)
        assert loud[2] == code, (line, loud)
        faults = "" if line[0] != "index" else "seeds/empty.md: skipped: "
        for answer in (*silent, both):
            assert (answer[0], answer[2]) == ("", code), (line, answer)
            assert answer[1].startswith(faults), (line, answer)
            assert answer[1].count("\n") == bool(faults), (line, answer)
        assert unnoticed[2] == code
        assert "note: " not in unnoticed[1], line
        if faults:  # how long it took is not the same
            assert "unchanged" in unnoticed[0]
        else:
            assert (unnoticed[0], unnoticed[1]) == (loud[0], ""), line
        noticed += "note: " in loud[1]
    assert noticed >= 8, "too few of these have anything to notice"


def test_what_changes_something_does_it_in_silence(drafts: Path, sinorus: Sinorus) -> None:
    for (code, line), answer in zip(
        DOING, answers(sinorus, drafts, [[*line, "-q"] for _, line in DOING]), strict=True
    ):
        assert answer == ("", "", code), line
    assert (sinorus.cwd / "seeds" / "sound.md").exists()
    assert sinorus("marks", "--no-notices").out.split("\t")[0] == "moved"


def test_errors_are_said_whatever_is_not(drafts: Path, sinorus: Sinorus) -> None:
    lines = [["search", "(gas"], ["show", "nothing"], ["check", "none"], ["quote", "pact#1#1"]]
    for flag in ("-q", "--no-notices"):
        for out, err, code in answers(sinorus, drafts, [[*line, flag] for line in lines]):
            assert (out, code) == ("", 2)
            assert err.startswith("error: ")


def test_what_an_exit_code_cannot_show_is_refused(drafts: Path, sinorus: Sinorus) -> None:
    refused = {
        "search gas -q -c": "-c and -q cannot be used together: choose one",
        "search gas --quiet --json": "-q prints nothing and takes no format (json)",
        "search gas -q --explain": "--explain and -q cannot be used together: choose one",
        "search gas -q --save gas": "--save keeps paragraphs, and -q shows none",
        "show pact -q --format csv": "-q prints nothing and takes no format (csv)",
        "sources -qc": "-c and -q cannot be used together: choose one",
        "quote pact#1 -q --jsonl": "-q prints nothing and takes no format (jsonl)",
        "bib -q --style gost": "-q prints nothing and takes no format (gost)",
        "marks -q --json": "-q prints nothing and takes no format (json)",
        "index -q -v": "--verbose and -q cannot be used together: choose one",
        "check wrong.md -q --fix": "--fix and -q cannot be used together: choose one",
        "check wrong.md -q --in-place": "--in-place and -q cannot be used together: choose one",
        "check wrong.md --github -q": "-q prints nothing and takes no format (github)",
        "compare gas -q": "sinorus compare has no option -q",
        "open pact#1 --quiet": "sinorus open has no option --quiet",
    }
    lines = [line.split() for line in refused]
    for (line, told), (out, err, code) in zip(
        refused.items(), answers(sinorus, drafts, lines), strict=True
    ):
        assert (out, code) == ("", 2), line
        assert err.startswith(f"error: {told}\n"), (line, err)


def test_the_two_flags_are_those_of_every_command_that_has_notices() -> None:
    context = click.Context(program, info_name="sinorus")
    flags = {
        name: {option for one in command.params for option in one.opts}
        for name in COMMANDS
        if (command := program.get_command(context, name)) is not None
    }
    with_notices = {name for name, known in flags.items() if "--no-notices" in known}
    silent = {name for name, known in flags.items() if known & {"-q", "--quiet"}}
    assert all({"-q", "--quiet"} <= flags[name] for name in silent)
    assert with_notices - silent == {"compare", "open"}
    assert silent <= with_notices


def test_nothing_is_said_on_a_terminal_either(press: Path, sinorus: Sinorus) -> None:
    for line in (["show", "pact"], ["sources"], ["search", "gas"]):
        answer = sinorus.terminal(*line, "-q", stderr_too=True)
        assert (answer.out, answer.code) == ("", 0)
