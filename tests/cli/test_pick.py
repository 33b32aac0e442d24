"""`sinorus pick` as a process: in tmux, in a pipe, without a terminal, killed."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.tmux import INSTALLED, Tmux

if TYPE_CHECKING:
    from support.program import MakeLibrary, Poll, Sinorus

in_tmux = pytest.mark.skipif(not INSTALLED, reason="there is no tmux")


@pytest.fixture
def tmux(press: Path, sinorus: Sinorus, tmp_path: Path) -> Iterator[Tmux]:
    """A window of tmux in the library PRESS."""
    program = " ".join(map(shlex.quote, map(os.fsdecode, sinorus.command())))
    (sinorus.home / "sinorus").write_text(f'#!/bin/sh\nexec {program} "$@"\n')
    (sinorus.home / "sinorus").chmod(0o755)
    (sinorus.home / "editor").write_text(
        '#!/bin/sh\necho "editing $*"\ntest -t 0 && test -t 1 && read -r word && echo "got $word"\n'
    )
    (sinorus.home / "editor").chmod(0o755)
    environment = {**sinorus.environment, "EDITOR": str(sinorus.home / "editor")}
    environment["PATH"] = f"{sinorus.home}:{environment['PATH']}"
    window = Tmux(tmp_path / "tmux", environment, press)
    yield window
    window.close()


@in_tmux
def test_what_is_marked_is_printed_into_a_pipe(tmux: Tmux, poll: Poll, press: Path) -> None:
    tmux.type("stty -g > before; x=$(sinorus pick ga); echo =$?= $x; stty -g > after", "Enter")
    poll(tmux.shows("2 paragraphs with words that begin so"))
    tmux.type("s")
    poll(tmux.shows("2 paragraphs in 2 documents"))
    tmux("resize-window", "-x", "130", "-y", "40")
    poll(lambda: any(line.find("│") > 40 for line in tmux.screen.splitlines()))
    assert len(tmux.screen.split("\n")) >= 40
    tmux.type("", "Tab")
    poll(tmux.shows("1 marked"))
    tmux.type("", "Tab", "C-y")
    poll(tmux.shows("copied: 2 quotations"))
    assert "> Notes of May 1987 on trade and gas." in tmux("show-buffer")
    tmux.type("", "Enter")
    poll(tmux.shows("editing "))
    assert "pact.md" in tmux.screen
    tmux.type("word", "Enter")
    poll(tmux.shows("2 marked"))
    tmux.type("", "C-t")
    poll(tmux.shows("=0= notes#1 carnegie/pact#3"))
    assert "2 marked" not in tmux.screen
    assert "Notes of May" not in tmux.screen
    poll((press / "after").exists)
    poll(lambda: (press / "after").read_text() == (press / "before").read_text())


@in_tmux
def test_ctrl_c_signals_and_escape_leave_the_terminal_as_it_was(
    tmux: Tmux, poll: Poll, press: Path
) -> None:
    tmux.type("stty -g > before; clear", "Enter")
    for how, code in (("C-c", 130), ("Escape", 1), ("TERM", 130), ("HUP", 130)):
        tmux.type("sinorus pick Газ; echo =$?=; stty -g > after", "Enter")
        poll(tmux.shows("2 paragraphs in 1 document"))
        if how in ("TERM", "HUP"):
            pane = tmux("list-panes", "-F", "#{pane_pid}").strip()
            child = Path(f"/proc/{pane}/task/{pane}/children").read_text().split()[0]
            os.kill(int(child), signal.Signals[f"SIG{how}"])
        else:
            tmux.type("", how)
        poll(tmux.shows(f"={code}="))
        assert "2 paragraphs" not in tmux.screen
        assert tmux("display-message", "-p", "#{alternate_on}#{cursor_flag}").strip() == "01"
        poll(lambda: (press / "after").read_text() == (press / "before").read_text())
        (press / "after").unlink()
        tmux.type("clear", "Enter")


@in_tmux
def test_it_outlives_its_editor_and_ctrl_z_and_ends_with_its_window(tmux: Tmux, poll: Poll) -> None:
    tmux.type("sinorus pick gas", "Enter")
    poll(tmux.shows("2 paragraphs in 2 documents"))
    tmux.type("", "Enter")
    poll(tmux.shows("editing "))
    tmux.type("", "C-c")
    poll(tmux.shows("2 paragraphs in 2 documents"))
    assert "F1 help" not in tmux.screen  # but what became of the editor
    before = tmux.screen
    tmux.type("", "C-z")
    poll(tmux.shows("Stopped"))
    tmux.type("fg", "Enter")
    poll(lambda: tmux.screen == before)
    pane = tmux("list-panes", "-F", "#{pane_pid}").strip()
    child = Path(f"/proc/{pane}/task/{pane}/children").read_text().split()[0]
    tmux.close()
    poll(lambda: not Path(f"/proc/{child}").exists())


def test_without_a_terminal_it_says_so(press: Path, sinorus: Sinorus) -> None:
    done = subprocess.run(
        sinorus.command("pick", "gas"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=press,
        env=sinorus.environment,
        start_new_session=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no terminal to draw on" in done.stderr
    assert done.stderr.count("\n") == 2
    dumb = sinorus("pick", env={"TERM": "dumb"})
    assert (dumb.code, dumb.out) == (2, "")
    assert "cannot be drawn on" in dumb.err


WITHOUT = """\
import sys
sys.modules["textual"] = None
sys.argv = ["sinorus", "pick", "gas"]
from sinorus.cli.main import main
main()
"""


def test_without_textual_it_says_how_to_install_it(press: Path, sinorus: Sinorus) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        capture_output=True,
        text=True,
        cwd=press,
        env=sinorus.environment,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'sinorus[pick]'" in done.stderr


def test_faults_of_the_library_come_before_and_after_the_screen(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    """Also on a terminal that is not that of the process, as this one."""
    nowhere = sinorus.terminal("pick", "gas")
    assert nowhere.code == 2
    assert nowhere.out.endswith("\x1b[?1049l\x1b[?25h")
    assert "sinorus init" in nowhere.err
    root = library({"a.md": "A zebra.\n"})
    assert sinorus("index").code == 0
    for path in (root / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    damaged = sinorus.terminal("pick", "gas")
    assert damaged.code == 2
    assert "sinorus index --rebuild" in damaged.err
    assert damaged.out.rindex("\x1b[?1049l") > damaged.out.rindex("\x1b[?1049h")
