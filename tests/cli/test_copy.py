"""`sinorus copy`: what lands on the clipboard, by whom, and what is said of it."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.fake_programs import FakePrograms

from sinorus.cli.clipboard import LONGEST

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus

GAS = "Gas flows through the pipelines; the “no limits” words are no treaty."
ALLIES = "Allies sign treaties. Partners sign contracts."
OSC = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY", "SSH_TTY", "SSH_CONNECTION")


@pytest.fixture
def fakes(tmp_path: Path, sinorus: Sinorus) -> FakePrograms:
    """The only programs that are found; they keep what is copied by them in a file."""
    found = FakePrograms(tmp_path / "bin")
    for name in (*VARIABLES, "WSL_DISTRO_NAME", "TERMUX_VERSION"):
        sinorus.environment.pop(name, None)
    sinorus.environment["PATH"] = found.path
    return found


def keep(tmp_path: Path) -> str:
    return f"{shutil.which('cat', path='/bin:/usr/bin')} > {tmp_path}/clipboard"


def sent(text: str) -> str:
    """What a terminal was told to keep."""
    (told,) = OSC.findall(text)
    return base64.b64decode(told).decode()


@pytest.mark.parametrize(
    ("environment", "called"),
    [
        ({"DISPLAY": ":0"}, ["xclip", "-selection", "clipboard"]),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, ["wl-copy"]),
        ({"TMUX": "/tmp/x,1,0", "DISPLAY": ":0"}, ["tmux", "load-buffer", "-w", "-"]),
        ({"WSL_DISTRO_NAME": "Debian"}, ["clip.exe"]),
    ],
)
def test_the_platforms_program_has_the_text(
    press: Path,
    sinorus: Sinorus,
    fakes: FakePrograms,
    tmp_path: Path,
    environment: dict[str, str],
    called: list[str],
) -> None:
    fakes.add("xclip", "xsel", "wl-copy", "tmux", "clip.exe", more=keep(tmp_path))
    answer = sinorus("copy", "pact#3", "--what", "text", env=environment)
    said = f"copied pact#3 (text, {len(GAS)} characters) to the clipboard by {called[0]}"
    assert (answer.out, answer.err, answer.code) == ("", f"note: {said}\n", 0)
    assert fakes.calls == [called]
    encoding = "utf-16" if called[0] == "clip.exe" else "utf-8"
    assert (tmp_path / "clipboard").read_bytes().decode(encoding) == GAS


def test_the_terminal_is_asked_where_no_program_did_it(
    press: Path, sinorus: Sinorus, fakes: FakePrograms, tmp_path: Path
) -> None:
    fakes.add("xclip", "xsel", code=1, more=keep(tmp_path))
    answer = sinorus.terminal("copy", "pact#3", "pact#4", "--what", "text", env={"DISPLAY": ":0"})
    assert sent(answer.out) == f"{GAS}\n\n{ALLIES}"
    assert [call[0] for call in fakes.calls] == ["xclip", "xsel"]
    assert "to the clipboard by the terminal, if it lets programs do that" in answer.err
    assert sinorus.terminal("copy", "pact#3", "--what", "text", env={"TERM": "dumb"}).code == 2


def test_over_ssh_both_are_asked(
    press: Path, sinorus: Sinorus, fakes: FakePrograms, tmp_path: Path
) -> None:
    fakes.add("xclip", more=keep(tmp_path))
    answer = sinorus.terminal(
        "copy", "pact#3", "--what", "text", env={"DISPLAY": ":10", "SSH_TTY": "/dev/pts/1"}
    )
    assert sent(answer.out) == (tmp_path / "clipboard").read_text() == GAS
    assert "by xclip and by the terminal" in answer.err
    piped = sinorus(
        "copy", "pact#3", "--what", "text", env={"DISPLAY": ":10", "SSH_TTY": "/dev/pts/1"}
    )
    assert (piped.code, piped.out, "by xclip\n" in piped.err) == (0, "", True)


@pytest.mark.parametrize("multiplexer", ["TMUX", "STY"])
def test_what_stands_between_us_and_the_terminal_hands_it_on(
    press: Path, sinorus: Sinorus, fakes: FakePrograms, multiplexer: str
) -> None:
    shown = sinorus.terminal(
        "copy", "pact", "--what", "text", "--no-notices", env={multiplexer: "x"}
    ).out
    if multiplexer == "TMUX":
        assert shown.startswith("\x1bPtmux;")
        assert shown.endswith("\x1b\\")
        shown = shown[len("\x1bPtmux;") : -2].replace("\x1b\x1b", "\x1b")
    else:
        parts = shown.split("\x1b\\")
        assert parts.pop() == ""
        assert len(parts) > 1
        assert all(part.startswith("\x1bP") and len(part) < 256 for part in parts)
        shown = "".join(part.removeprefix("\x1bP") for part in parts)
    assert GAS in sent(shown)


def test_what_can_be_copied(press: Path, sinorus: Sinorus, fakes: FakePrograms) -> None:
    def copied(*words: str) -> str:
        return sent(sinorus.terminal("copy", *words).out)

    assert copied("pact#3-4", "--what", "id") == "carnegie/pact#3\ncarnegie/pact#4"
    assert copied("pact", "--what", "id") == "carnegie/pact"
    assert copied("statement#3", "--what", "link").startswith("https://example.org/statement#:~:")
    quotation = sinorus("quote", "pact#3").out
    assert copied("pact#3") == quotation.rstrip("\n")
    answer = sinorus.terminal("copy", "pact#3", "--what", "link")
    assert (answer.code, "carnegie/pact has no url" in answer.err) == (2, True)
    wrong = sinorus("copy", "pact#3", "--what", "citation")
    assert (wrong.code, "quote, text, id, link" in wrong.err) == (2, True)


def test_where_there_is_no_clipboard_it_is_said(
    press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    answer = sinorus("copy", "pact#3", "--what", "text")
    assert (answer.out, answer.code) == ("", 2)
    assert answer.err.startswith("error: there is no clipboard here\n  install wl-copy")
    unknown = sinorus("copy", "pact#99", "--what", "text")
    assert (unknown.code, "there is no #99" in unknown.err) == (2, True)


def test_what_is_too_long_for_a_terminal_is_not_sent(
    library: MakeLibrary, sinorus: Sinorus, fakes: FakePrograms, tmp_path: Path
) -> None:
    library({"a.md": "zebra " * (LONGEST // 6 + 1), "b.md": "\x1b[31mA zebra\x07.\n"})
    sinorus("index")
    answer = sinorus.terminal("copy", "a", "--what", "text")
    assert (answer.out, answer.code) == ("", 2)
    assert f"are too much for the clipboard of a terminal, which takes {LONGEST:,}" in answer.err
    harmless = sent(sinorus.terminal("copy", "b", "--what", "text").out)
    assert "zebra" in harmless
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", harmless), "what is pasted drives no shell"
    fakes.add("wl-copy", more=keep(tmp_path))
    environment = {"WAYLAND_DISPLAY": "w", "SSH_TTY": "x"}
    answer = sinorus.terminal("copy", "a", "--what", "text", env=environment)
    assert (answer.out, answer.code, "by wl-copy\n" in answer.err) == ("", 0, True)
    assert len((tmp_path / "clipboard").read_text()) > LONGEST


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux")
def test_in_a_real_tmux_it_is_a_buffer(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    program = " ".join(str(part) for part in sinorus.command("copy", "'pact#3'", "--what", "text"))
    environment = {key: value for key, value in sinorus.environment.items() if key not in VARIABLES}
    run = {"cwd": press, "env": environment, "capture_output": True, "text": True}
    script = f"{program} 2> {tmp_path}/said; echo done > {tmp_path}/done; sleep 60"
    subprocess.run([*tmux, "new-session", "-d", script], check=True, **run)  # type: ignore[call-overload]
    try:
        deadline = time.monotonic() + 60
        while not (tmp_path / "done").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        buffer = subprocess.run([*tmux, "show-buffer"], check=False, **run)  # type: ignore[call-overload]
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, **run)  # type: ignore[call-overload]
    assert buffer.stdout == GAS, (tmp_path / "said").read_text()
    assert (tmp_path / "said").read_text().endswith("to the clipboard by tmux\n")
