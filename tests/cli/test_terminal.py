"""On a terminal: colour, width, links, the pager, progress; and when there is none of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.terminal import bare, width

if TYPE_CHECKING:
    from support.program import MakeLibrary, Poll, Sinorus


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "gas OR газ OR 合作", "-C", "1"],
        ["search", "china OR китай OR 中国", "-n", "30"],
        ["search", "边界", "--kwic", "-n", "all"],
        ["search", "граница", "--group-by", "document"],
        ["show", "zh-nengyuan-yu-maoyi"],
        ["show", "ru-energetika-i-torgovlya", "--query", "газ"],
        ["compare", "gas OR газ OR 天然气", "--by", "lang"],
        ["compare", "energy", "trade-and-currency"],
        ["sources"],
        ["status"],
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_nothing_is_wider_than_the_terminal(
    seeds: Path, sinorus: Sinorus, arguments: list[str], columns: int
) -> None:
    """Ids, paths and links stay whole, also where they are longer than a line."""
    answer = sinorus.terminal(*arguments, columns=columns, env={"PAGER": "cat"})
    assert answer.code == 0
    assert "\x1b[" in answer.out
    lines = bare(answer.out).split("\n")
    whole = ["seeds/", "#", "── "]
    too_wide = [
        line for line in lines if width(line) > columns and not any(mark in line for mark in whole)
    ]
    assert too_wide == []
    assert max(map(width, lines)) > columns // 3


def test_prose_fills_the_width_but_not_a_wide_screen(seeds: Path, sinorus: Sinorus) -> None:
    narrow = bare(sinorus.terminal("search", "pipeline", "--full", "--no-pager", columns=80).out)
    assert 70 < max(map(width, narrow.split("\n"))) <= 80
    wide = bare(sinorus.terminal("search", "pipeline", "--full", "--no-pager", columns=200).out)
    assert 90 < max(map(width, wide.split("\n"))) <= 100
    assert narrow.replace("\n", " ").split() == wide.replace("\n", " ").split()


def test_a_page_of_hits(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus.terminal("search", "газ", "--no-pager")
    assert bare(answer.out) == (
        "2 paragraphs in 1 document\n"
        "note: not asked in en, zh: --across would find 2 and 1\n"
        "\n"
        "Заявление для прессы  Дмитрий Песков, Kremlin, 2023-03 [ru]\n"
        " 1  kremlin/statement#3  seeds/kremlin/statement.md:15\n"
        "    Газ\n"
        "    Российский газ идёт в Китай по трубопроводам.\n"
        " 2  kremlin/statement#2  seeds/kremlin/statement.md:13\n"
        "    Газ\n\n"
    )
    assert answer.err == ""
    assert re.search(r"Российский \x1b\[[\d;]+mгаз\x1b\[0m идёт", answer.out)
    links = re.findall(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b\\", answer.out)
    assert "https://example.org/statement" in links
    assert any(link.startswith("file://") and link.endswith("statement.md") for link in links)


def test_what_is_said_beside_an_answer_is_lost_nowhere(press: Path, sinorus: Sinorus) -> None:
    """Above the answer on a page; of what is no page, or has no answer, on standard error."""
    across = "not asked in en, zh: --across would find 2 and 1"
    quiet = sinorus.terminal("search", "газ", "--no-notices", "--no-pager")
    assert quiet.out.startswith("\x1b[1m2 paragraphs in 1 document\x1b[0m\n\n")
    lines = bare(sinorus.terminal("search", "газ", "--kwic", "--no-pager").out).split("\n")
    assert lines[:3] == ["2 paragraphs in 1 document", f"note: {across}", ""]
    assert lines[3].startswith("1 [ru 2023-03 ")
    for arguments in (["-l"], ["-c"], ["--format", "plain"]):
        answer = sinorus.terminal("search", "газ", *arguments, "--no-pager")
        assert across in answer.err
        assert across not in answer.out
    piped = sinorus("search", "газ", "--format", "rich")
    assert across in piped.err
    assert piped.out.startswith("Заявление для прессы")
    nothing = sinorus.terminal("search", "газопровод")
    assert (nothing.out, nothing.code) == ("", 1)
    assert "nothing found" in nothing.err
    wrong = sinorus.terminal("search", "(газ")
    assert (wrong.out, wrong.code) == ("", 2)


def test_a_page_ends_with_how_to_see_the_rest(press: Path, sinorus: Sinorus) -> None:
    for shape in ([], ["--kwic"]):
        first = sinorus.terminal("search", "газ", "-n", "1", *shape, "--no-pager")
        assert first.out.endswith(
            "\n\n\x1b[2m1 more: --offset 1 goes on, -n all shows all\x1b[0m\n"
        )
        for rest in (["--offset", "1"], ["-n", "all"]):
            assert "more:" not in sinorus.terminal("search", "газ", *rest, *shape).out
    piped = sinorus("search", "газ", "-n", "1", "--format", "rich")
    assert "goes on" not in piped.out


def test_above_a_comparison_stands_what_to_know(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus.terminal("compare", "Putin", "--by", "lang", "--no-pager")
    first, second, *rest = bare(answer.out).split("\n")
    assert re.fullmatch(r"\d languages? with a match(; \d silent)?", first)
    assert second == "note: Putin: also Vladimir Putin, Владимир Путин, 普京, 3 more (--no-names)"
    assert (rest[0], answer.err) == ("", "")
    assert any(line.startswith("── ") for line in rest)
    piped = sinorus("compare", "Putin", "--by", "lang")
    assert "note: Putin: also " in piped.err
    assert "with a match" not in piped.out
    nothing = sinorus.terminal("compare", "zzzz", "--by", "lang")
    assert ("nothing found" in nothing.err, nothing.code) == (True, 1)


def test_a_page_names_how_the_query_was_read(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus.terminal("search", "gas", "--explain", "--no-pager")
    first, second, *_ = bare(answer.out).split("\n")
    assert (first, second) == ("2 paragraphs in 2 documents", "note: read as: gas")
    assert answer.err == ""


def test_a_phrase_is_highlighted_as_a_phrase(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus.terminal("search", '"no limits words"', "--no-pager")
    assert re.search(r"\x1b\[[\d;]+mno limits” words\x1b\[0m", answer.out)


@pytest.mark.parametrize(
    "arguments", [["search", "gas"], ["show", "pact"], ["sources"], ["status"]]
)
@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"SINORUS_COLOR": "never"}]
)
def test_no_escape_code_where_none_is_wanted(
    press: Path, sinorus: Sinorus, arguments: list[str], environment: dict[str, str]
) -> None:
    answer = sinorus.terminal(*arguments, env=environment)
    assert answer.code == 0
    assert "\x1b" not in answer.out
    assert "pact" in answer.out or arguments == ["status"]


@pytest.mark.parametrize(
    ("flags", "environment", "coloured_on_terminal", "coloured_in_pipe"),
    [
        ([], {}, True, False),
        ([], {"TERM": "dumb"}, False, False),
        ([], {"NO_COLOR": ""}, True, False),
        ([], {"NO_COLOR": "1"}, False, False),
        ([], {"FORCE_COLOR": "1"}, True, True),
        ([], {"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False, False),
        (["--color", "auto"], {"FORCE_COLOR": "1"}, True, False),
        ([], {"SINORUS_COLOR": "always"}, True, True),
        ([], {"SINORUS_COLOR": "always", "NO_COLOR": "1"}, False, False),
        (["--color", "never"], {"SINORUS_COLOR": "always"}, False, False),
    ],
    ids=str,
)
def test_who_decides_on_colour(
    press: Path,
    sinorus: Sinorus,
    flags: list[str],
    environment: dict[str, str],
    coloured_on_terminal: bool,
    coloured_in_pipe: bool,
) -> None:
    shown = sinorus.terminal("search", "gas", *flags, env=environment)
    assert ("\x1b[" in shown.out) == coloured_on_terminal
    piped = sinorus("search", "gas", *flags, env=environment)
    assert ("\x1b[" in piped.out) == coloured_in_pipe


def test_links_are_for_terminals(press: Path, sinorus: Sinorus) -> None:
    assert "\x1b]8;" in sinorus.terminal("search", "gas").out
    assert "\x1b]8;" not in sinorus("search", "gas", "--color", "always", "--format", "rich").out


def test_json_on_a_terminal_is_indented_and_has_no_colour(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus.terminal("search", "gas", "--json", "--no-pager")
    assert answer.out.startswith('{\n  "schema": "sinorus.search/2",\n')
    assert "\x1b" not in answer.out
    assert answer.json["total"] == 2


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_chinese_and_latin_lines_stand_straight_in_a_real_terminal(
    press: Path, sinorus: Sinorus, poll: Poll
) -> None:
    """What tmux, which counts cells itself, shows of a concordance: no line is broken."""
    piped = sinorus("search", "gas OR 合作 OR газ", "--kwic")
    assert piped.code == 0
    socket = str(sinorus.home / "tmux")
    tmux = ["tmux", "-S", socket, "-f", "/dev/null"]
    command = " ".join(f"'{part}'" for part in sinorus.command(
        "search", "gas OR 合作 OR газ", "--kwic", "--color", "never"
    ))  # fmt: skip
    done = sinorus.home / "done"
    subprocess.run(
        [*tmux, "-u", "new-session", "-d", "-x", "90", "-y", "20",
         f"cd '{press}' && {command} 2> /dev/null; touch '{done}'; cat"],
        env=sinorus.environment,
        check=True,
    )  # fmt: skip
    try:
        poll(done.exists)
        screen = poll(
            lambda: [
                line
                for line in subprocess.run(
                    [*tmux, "capture-pane", "-p"],
                    env=sinorus.environment,
                    capture_output=True,
                    check=True,
                )
                .stdout.decode()
                .split("\n")
                if line
            ]
        )
    finally:
        subprocess.run([*tmux, "kill-server"], env=sinorus.environment, check=True)
    assert screen.pop(0) == "5 paragraphs in 4 documents"
    assert len(screen) == 5
    assert all(re.match(r"\d \[", line) and width(line) <= 90 for line in screen)
    columns = [
        {width(line[: match.start()]) for match in re.finditer("gas|Gas|合作|газ|Газ", line)}
        for line in screen
    ]
    assert len(set.intersection(*columns)) == 1


@pytest.fixture
def pager(sinorus: Sinorus) -> Path:
    """A pager that writes down that it was called, and with what."""
    script = sinorus.home / "pager"
    script.write_text(f'#!/bin/sh\necho "$0 $@" >> "{sinorus.home}/called"\nexec cat\n')
    script.chmod(0o755)
    return script


def called(sinorus: Sinorus) -> str:
    """What the pager wrote down since the last look."""
    log = sinorus.home / "called"
    said = log.read_text().replace(str(sinorus.home), "~") if log.exists() else ""
    log.unlink(missing_ok=True)
    return said


def test_the_pager_is_for_what_is_longer_than_the_screen(
    seeds: Path, sinorus: Sinorus, pager: Path
) -> None:
    paged = {"PAGER": f"{pager} -x 'a b'"}
    long = sinorus.terminal("search", "china", env=paged)
    assert called(sinorus) == "~/pager -x a b\n"
    assert "\x1b[" in long.out
    assert long.out == sinorus.terminal("search", "china", "--no-pager", env=paged).out
    assert called(sinorus) == ""
    short = sinorus.terminal("search", "china", "-n", "1", lines=40, env=paged)
    assert (called(sinorus), short.code) == ("", 0)
    assert sinorus.terminal("search", "china", lines=4000, env=paged).code == 0
    assert called(sinorus) == ""
    for arguments in (["show", "energy"], ["compare", "china"], ["sources"]):
        assert sinorus.terminal(*arguments, lines=10, env=paged).code == 0
        assert called(sinorus), arguments


def test_which_pager(seeds: Path, sinorus: Sinorus, pager: Path) -> None:
    def used(**environment: str) -> str:
        shown = sinorus.terminal("search", "china", env=environment)
        assert (shown.code, "China" in shown.out) == (0, True)
        return called(sinorus)

    user = sinorus.home / "config/sinorus/config.toml"
    user.parent.mkdir(parents=True)
    assert used(PAGER=f"{pager} 1", SINORUS_PAGER=f"{pager} 2") == "~/pager 2\n"
    assert used(PAGER=f"{pager} 1", SINORUS_PAGER="") == ""
    assert used(PAGER=f"{pager} 1", SINORUS_PAGER="cat") == ""
    assert used(PAGER="cat") == ""
    assert used(PAGER="") == ""
    assert used(PAGER="/no/such/pager") == ""
    assert used(PAGER="unbalanced 'quote") == ""
    user.write_text(f"pager = '{pager} 3'\n")
    assert used(PAGER=f"{pager} 1") == "~/pager 3\n"
    assert used(PAGER=f"{pager} 1", SINORUS_PAGER=f"{pager} 2") == "~/pager 2\n"


def test_no_pager_in_a_pipe(seeds: Path, sinorus: Sinorus, pager: Path) -> None:
    environment = {"PAGER": str(pager), "SINORUS_PAGER": str(pager), "LINES": "3"}
    assert sinorus("search", "china", "--format", "rich", env=environment).code == 0
    assert called(sinorus) == ""


def test_a_pager_that_is_left_early(seeds: Path, sinorus: Sinorus) -> None:
    answer = sinorus.terminal("search", "china", "-n", "all", env={"PAGER": "head -n 1"})
    assert "Traceback" not in answer.err
    assert answer.code == 0
    assert answer.out.count("\n") == 1


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")
def test_less_is_the_pager_if_none_is_named(seeds: Path, sinorus: Sinorus) -> None:
    answer = sinorus.terminal("search", "china", press=(":", "q"), stderr_too=True)
    assert answer.code == 0
    assert answer.out.count("\n") < sinorus.terminal("search", "china", "--no-pager").out.count(
        "\n"
    )
    assert "\x1b[" in answer.out
    assert "ESC[" not in answer.out


def test_progress_is_for_terminals(library: MakeLibrary, sinorus: Sinorus) -> None:
    text = "\n\n".join(f"Paragraph {k} " + "of many words and numbers " * 20 for k in range(60))
    library({f"{n:03}.md": text for n in range(700)})
    piped = sinorus("index")
    assert (piped.err, piped.code) == ("", 0)
    shown = sinorus.terminal("index", "--rebuild", stderr_too=True)
    assert re.search(r"\r\x1b\[Kindexing \d+ of 700 files, \d+%", shown.out)
    assert shown.out.rpartition("\x1b[K")[2].startswith("700 new")
    assert sinorus.terminal("index", "--rebuild", "--quiet", stderr_too=True).out == ""


def test_nothing_waits_for_a_terminals_keyboard(press: Path, sinorus: Sinorus) -> None:
    for arguments in (
        ["search", "-"],
        ["search", "--queries", "-"],
        ["show", "-"],
        ["index", "--files-from", "-"],
    ):
        answer = sinorus.terminal(*arguments)
        assert (answer.out, answer.code) == ("", 2)
        assert "nothing is piped in" in answer.err
