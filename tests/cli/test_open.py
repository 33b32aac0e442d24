"""`sinorus open`: the editor at the line, the viewer at the page, the browser at the words."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pexpect
import pytest
from support.fake_programs import FakePrograms
from support.office_files import docx, para
from support.program import PATIENCE

from sinorus import Library
from sinorus.citation.addresses import text_fragment
from sinorus.errors import SinorusError
from sinorus.library.opening import web_address

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus


@pytest.fixture
def fakes(tmp_path: Path, sinorus: Sinorus) -> FakePrograms:
    """The only programs that are found; nothing else names one."""
    found = FakePrograms(tmp_path / "bin")
    for name in ("VISUAL", "EDITOR", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        sinorus.environment.pop(name, None)
    sinorus.environment["PATH"] = found.path
    return found


def pact(root: Path) -> str:
    return str(root / "seeds" / "carnegie" / "pact.md")


def test_a_paragraph_opens_at_its_line(press: Path, sinorus: Sinorus, fakes: FakePrograms) -> None:
    fakes.add("vim")
    for name in ("pact#3", "carnegie/pact#3-4", "seeds/carnegie/pact.md#3", "pact.md:13"):
        answer = sinorus("open", name, env={"EDITOR": "vim"})
        assert (answer.out, answer.err, answer.code) == ("", "", 0)
    assert fakes.calls == [["vim", "+13", pact(press)]] * 4


def test_visual_goes_before_editor_and_the_setting_before_both(
    press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    fakes.add("hx", "nano", "micro", "joe")
    variables = {"EDITOR": "nano -l", "VISUAL": "hx"}
    config = sinorus.home / "config" / "sinorus" / "config.toml"
    config.parent.mkdir(parents=True)
    sinorus("open", "pact#1", env={"EDITOR": "nano -l", "VISUAL": " "})
    sinorus("open", "pact#1", env=variables)
    config.write_text('editor = "joe --at {path}:{line}:{column}"\n')
    sinorus("open", "pact#1", env=variables)
    sinorus("open", "pact#1", env={**variables, "SINORUS_EDITOR": "micro"})
    assert fakes.calls == [
        ["nano", "-l", "+9", pact(press)],
        ["hx", f"{pact(press)}:9"],
        ["joe", "--at", f"{pact(press)}:9:1"],
        ["micro", "+9", pact(press)],
    ]


def test_a_library_names_no_program(own_press: Path, sinorus: Sinorus, fakes: FakePrograms) -> None:
    fakes.add("vim", "evil")
    for key in ("editor", "viewer"):
        (own_press / "sinorus.toml").write_text(f'{key} = "evil"\n')
        answer = sinorus("open", "pact#1", env={"EDITOR": "vim"})
        assert answer.code == 2
        assert f"a library may not set '{key}'" in answer.err
    assert fakes.calls == []


def test_where_nobody_names_an_editor_there_may_be_one(
    press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    answer = sinorus("open", "pact#1")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("sinorus: there is no editor\n  set EDITOR")
    fakes.add("vi")
    sinorus("open", "pact#1")
    fakes.add("nano")
    (fakes.folder / "editor").symlink_to("nano")
    sinorus("open", "pact#1")
    assert [call[1:] for call in fakes.calls] == [["+9", pact(press)]] * 2
    assert [call[0] for call in fakes.calls] == ["vi", "editor"]


def test_a_link_is_known_by_what_it_leads_to(
    press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    fakes.add("hx")
    (fakes.folder / "e").symlink_to("hx")
    sinorus("open", "pact#1", env={"EDITOR": str(fakes.folder / "e")})
    assert fakes.calls == [["e", f"{pact(press)}:9"]]


def test_several_ids_are_one_call_where_the_editor_can(
    press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    fakes.add("code", "vim")
    notes = str(press / "seeds" / "notes.txt")
    assert sinorus("open", "pact#2", "notes", env={"VISUAL": "code"}).code == 0
    assert sinorus("open", "pact#2", "notes", "pact#2", env={"VISUAL": "vim"}).code == 0
    assert fakes.calls == [
        ["code", "-g", f"{pact(press)}:11", f"{notes}:1"],
        ["vim", "+11", pact(press)],
        ["vim", "+1", notes],
    ]


def test_ids_come_on_standard_input(press: Path, sinorus: Sinorus, fakes: FakePrograms) -> None:
    fakes.add("hx")
    found = sinorus("search", "alliance", "--lang", "en", "--jsonl").out
    assert sinorus("open", "-", stdin=found, env={"EDITOR": "hx"}).code == 0
    paths = sinorus("search", "alliance", "-l").out
    assert sinorus("open", "-", stdin=paths, env={"EDITOR": "hx"}).code == 0
    for call in fakes.calls:
        assert sorted(word.rpartition("/")[2] for word in call[1:])[-1] == "pact.md:9"


def test_an_unknown_id_opens_nothing(press: Path, sinorus: Sinorus, fakes: FakePrograms) -> None:
    fakes.add("vim")
    env = {"EDITOR": "vim"}
    for wrong in ("pat", "pact#99", "nowhere"):
        opened, shown = sinorus("open", "pact#1", wrong, env=env), sinorus("show", wrong)
        assert (opened.code, opened.out, opened.err) == (2, "", shown.err)
    assert "did you mean carnegie/pact?" in sinorus("open", "pat", env=env).err
    assert fakes.calls == []


def test_a_paragraph_that_moved_opens_where_it_is(
    press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    fakes.add("vim")
    hash_ = sinorus("show", "pact#3", "--json").json["results"][0]["hash"]
    for n, said in (("3", ""), ("1", "moved, now #3"), ("3", "")):
        answer = sinorus("open", f"pact#{n}@{hash_}", env={"EDITOR": "vim"})
        assert answer.code == 0
        assert said in answer.err
    assert "has changed since" in sinorus("open", "pact#3@00000000", env={"EDITOR": "vim"}).err
    assert fakes.calls == [["vim", "+13", pact(press)]] * 4


def test_the_line_is_that_of_the_file_now(
    own_press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    fakes.add("vim")
    file = Path(pact(own_press))
    file.write_text(file.read_text("utf-8").replace("\n\n## Pipes", "\n\n\n\n## Pipes"), "utf-8")
    assert sinorus("open", "pact#3", env={"EDITOR": "vim"}).code == 0
    assert fakes.calls == [["vim", "+15", pact(own_press)]]
    file.unlink()
    answer = sinorus("open", "pact#3", "--no-update", env={"EDITOR": "vim"})
    assert answer.code == 2
    assert answer.err.startswith("sinorus: seeds/carnegie/pact.md cannot be opened: No such file")


def test_a_file_that_leads_out_by_now_is_not_opened(
    own_press: Path, sinorus: Sinorus, fakes: FakePrograms, tmp_path: Path
) -> None:
    fakes.add("vim")
    file = Path(pact(own_press))
    file.rename(tmp_path / "outside.md")
    file.symlink_to(tmp_path / "outside.md")
    answer = sinorus("open", "pact#3", "--no-update", env={"EDITOR": "vim"})
    assert (answer.code, fakes.calls) == (2, [])
    assert "leads out of the library" in answer.err


HOSTILE = [
    *(
        "-c q.md",
        "+!id.md",
        "--help.md",
        "a b.md",
        "$(touch x).md",
        "`id`.md",
        "a;id.md",
        "it's.md",
    ),
    *('"q".md', "{path}{line}.md", "%s.md", "a:5.md", "№ 4 北京.md", "\x1b[31m.md", "a\nb.md"),
    *("*.md", "~.md", "\\.md", "\udcff.md"),
]


@pytest.mark.parametrize("editor", ["vim", "hx", "code", "joe {path} {line}", "unknown"])
def test_hostile_names_are_arguments_and_nothing_else(
    library: MakeLibrary, sinorus: Sinorus, fakes: FakePrograms, editor: str
) -> None:
    root = library({"x.md": "x"})
    (root / "seeds" / "x.md").unlink()
    for n, name in enumerate(HOSTILE):
        text = f"---\nid: n{n}\n---\n\nA zebra.\n"
        Path(os.fsdecode(os.fsencode(root / "seeds" / name))).write_text(text)
    fakes.add("vim", "hx", "code", "joe", "unknown")
    ids = [f"n{n}" for n in range(len(HOSTILE))]
    env = {"SINORUS_EDITOR": editor}
    answer = sinorus("open", *ids, env=env)
    assert answer.code == 0, answer.err
    paths = [f"{root}/seeds/{name}" for name in HOSTILE]
    words = [word for call in fakes.calls for word in call[1:] if "/" in word]
    assert [re.sub(r":5$", "", word) for word in words] == paths
    assert not (root / "x").exists()
    printed = sinorus("open", *ids, "--print", env=env)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", printed.out)
    assert printed.code == 0


def test_what_is_printed_is_what_would_be_run(
    library: MakeLibrary, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    library({"a 'b' $(x)\x1b.md": "---\nid: n\n---\n\nA zebra.\n", "c.md": "A yak.\n"})
    sinorus("index")
    fakes.add("vim")
    answer = sinorus("open", "c", "n#1", "--print", env={"EDITOR": "vim -R"})
    assert (answer.code, answer.err, fakes.calls) == (0, "", [])
    assert len(answer.lines) == 2
    assert shlex.split(answer.lines[0])[:3] == ["vim", "-R", "+1"]
    for line in answer.lines:
        os.spawnve(os.P_WAIT, "/bin/bash", ["bash", "-c", line], {"PATH": fakes.path})
    assert [call[-1].rpartition("/")[2] for call in fakes.calls] == ["c.md", "a 'b' $(x)\x1b.md"]


@pytest.mark.parametrize(
    ("editor", "code", "said"),
    [
        ("vim", 1, "vim ended with 1"),
        ("code", 3, "code ended with 3"),
        ("vim --x 'y", 0, 'EDITOR: "vim --x \'y" is no command: No closing quotation'),
        ("nowhere", 0, "EDITOR names 'nowhere', and there is no such program"),
        ("/nowhere/vim", 0, "EDITOR names '/nowhere/vim', and there is no such program"),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    press: Path, sinorus: Sinorus, fakes: FakePrograms, editor: str, code: int, said: str
) -> None:
    fakes.add("vim", "code", code=code)
    answer = sinorus("open", "pact#1", "notes#1", env={"EDITOR": editor})
    assert answer.code == 2
    assert said in answer.err
    assert len(fakes.calls) <= 1, "after the first that fails no other is started"


def test_an_editor_that_is_killed_is_told(
    press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    fakes.add("vim", more="kill -9 $$")
    answer = sinorus("open", "pact#1", env={"EDITOR": "vim"})
    assert (answer.code, "vim was ended by SIGKILL" in answer.err) == (2, True)


def test_windows_do_not_keep_us(press: Path, sinorus: Sinorus, fakes: FakePrograms) -> None:
    fakes.add("kate", "gedit", more=f"exec {shutil.which('sleep', path='/bin:/usr/bin')} 20")
    begun = time.monotonic()
    assert sinorus("open", "pact#1", env={"EDITOR": "kate"}).code == 0
    assert time.monotonic() - begun < 15
    assert fakes.awaited() == [["kate", "-l", "9", pact(press)]]


def test_a_terminal_editor_has_the_terminal(
    press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    """Also where ids come through a pipe; and Ctrl-C is the editor's."""
    fakes.add(
        "vim",
        more="trap 'echo mine' INT; [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo ready; "
        "read word; echo got $word; read word || read word; echo and $word",
    )
    program = shlex.join(os.fsdecode(part) for part in sinorus.command("open"))
    for script in (f"{program} pact#1", f"echo 'pact#1' | {program} -"):
        terminal = pexpect.spawn(
            "/bin/bash",
            ["-c", f"{script}; echo code $?"],
            cwd=str(press),
            env={**sinorus.environment, "EDITOR": "vim"},  # type: ignore[arg-type]
            encoding="utf-8",
            timeout=PATIENCE,
        )
        terminal.expect("ready")
        terminal.sendline("one")
        terminal.expect("got one")
        terminal.sendintr()
        terminal.expect("mine")
        terminal.sendline("two")
        terminal.expect("and two")
        terminal.expect("code 0")
        terminal.expect(pexpect.EOF)
        terminal.close()
    assert fakes.calls == [["vim", "+9", pact(press)]] * 2


WORD = docx(para("A zebra stands in Word.") + para("Another paragraph."))


def test_what_has_no_lines_opens_in_the_viewer(
    library: MakeLibrary, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    root = library({"a.docx": WORD, "b.md": "A yak.\n"})
    sinorus("index")
    file = str(root / "seeds" / "a.docx")
    answer = sinorus("open", "a#1", env={"EDITOR": "vim"})
    assert answer.code == 2
    assert answer.err.startswith(f"sinorus: there is no program to open {file}\n  set viewer =")
    fakes.add("xdg-open", "my-viewer", "zathura", "vim")
    assert sinorus("open", "a#1", env={"EDITOR": "vim"}).code == 0
    assert sinorus("open", "a#1", env={"SINORUS_VIEWER": "my-viewer -p {page} {path}"}).code == 0
    assert sinorus("open", "a#1", env={"SINORUS_VIEWER": "zathura"}).code == 0  # reads no Word
    assert fakes.calls == [
        ["xdg-open", file],
        ["my-viewer", "-p", "1", file],
        ["xdg-open", file],
    ]
    sinorus("open", "b", "a", env={"EDITOR": "vim"})
    assert [call[0] for call in fakes.calls[3:]] == ["xdg-open", "vim"]


MESSAGE = (
    b"From: Ann Lee <ann@example.org>\nSubject: Zebras\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/mixed; boundary=XX\n\n--XX\nContent-Type: text/plain\n\n"
    b"A zebra is attached.\n--XX\nContent-Type: text/plain\n"
    b'Content-Disposition: attachment; filename="notes.txt"\n\n'
    b"A quagga stands in the notes.\n--XX--\n"
)


def test_an_attachment_opens_the_file_it_stands_in(
    library: MakeLibrary, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    root = library({"m.eml": MESSAGE})
    fakes.add("xdg-open", "vim")
    (hit,) = sinorus("search", "quagga", "--json").json["results"]
    assert "//" in hit["path"]
    assert sinorus("open", hit["id"], env={"EDITOR": "vim"}).code == 0
    assert fakes.calls == [["xdg-open", str(root / "seeds" / "m.eml")]]


def fragment_of(address: str) -> list[str]:
    return [unquote(part) for part in address.partition("#:~:text=")[2].split(",")]


def test_the_web_page_opens_at_the_words(
    press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    fakes.add("firefox", "xdg-open")
    assert sinorus("open", "statement#2-3", "--url", env={"BROWSER": "nothing:firefox"}).code == 0
    assert sinorus("open", "statement", "--url").code == 0
    first, second = fakes.calls
    assert first[0] == "firefox"
    assert first[1].startswith("https://example.org/statement#:~:text=%D0%93")
    assert fragment_of(first[1]) == ["Газ"]
    assert second == ["xdg-open", "https://example.org/statement"]
    printed = sinorus("open", "statement#1", "--url", "--print", env={"BROWSER": "firefox"})
    assert shlex.split(printed.out)[0] == "firefox"
    answer = sinorus("open", "pact#1", "--url", env={"BROWSER": "firefox"})
    assert (answer.code, len(fakes.calls)) == (2, 2)
    assert answer.err.startswith("sinorus: carnegie/pact has no url\n")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "-new-window",
        "data:text/html,x",
        "ftp://a.b/c",
        "http://[",
        "https:///x",
        "//example.org",
        "vbscript:x",
        "example",
    ],
)
def test_what_is_no_web_address_is_not_opened(
    library: MakeLibrary, sinorus: Sinorus, fakes: FakePrograms, url: str
) -> None:
    library({"a.md": f'---\ntitle: A\nurl: "{url}"\n---\n\nA zebra.\n'})
    fakes.add("firefox")
    answer = sinorus("open", "a#1", "--url", env={"BROWSER": "firefox"})
    assert (answer.code, fakes.calls) == (2, [])
    assert "no web address" in answer.err or "has no url" in answer.err


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://e.org/a", "https://e.org/a#:~:text=A%20zebra%2Dlike%20yak%2C%20it%20is."),
        ("https://e.org/a#part", "https://e.org/a#part:~:text="),
        ("https://e.org/#:~:text=old", "https://e.org/#:~:text=A"),
        ("HTTPS://e.org/a b?q=1&r=%20", "HTTPS://e.org/a%20b?q=1&r=%20#:~:text="),
        ("https://e.org/北京", "https://e.org/%E5%8C%97%E4%BA%AC#:~:text="),
        ("www.e.org/x", "https://www.e.org/x#:~:text="),
    ],
)
def test_the_address_of_a_paragraph(tmp_path: Path, url: str, address: str) -> None:
    library = Library.init(tmp_path / "l")
    text = f'---\nurl: "{url}"\n---\n\nA zebra-like yak, it is.\n'
    (tmp_path / "l" / "seeds" / "a.md").write_text(text, "utf-8")
    (opening,) = library.openings("a#1")
    assert web_address(opening).startswith(address)
    (opening,) = library.openings("a")
    assert ":~:text=A" not in web_address(opening)
    with pytest.raises(SinorusError):
        library.openings("b")
    library.close()


LONG = "The pipeline, which was agreed on in May 2014, runs from Yakutia to the border of China."
HAN = "普京和习近平在莫斯科会晤，讨论天然气合作。" * 6 + "两国同意扩大贸易。"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Six words are a short one.", "Six words are a short one.", ""),
        (LONG, "The pipeline, which was agreed", "to the border of China."),
        ("一二三。", "一二三。", ""),
        (HAN, "普京和习近平在莫斯科会晤，", "两国同意扩大贸易。"),
        ("天" * 200, "天" * 60, "天" * 60),
        ("Year\tTrade\n2022\t190", "Year", "190"),
        ("A line of verse,\nand another one.", "A line of verse,", "and another one."),
        ("50 & 60 - 70, yes", "50 & 60 - 70, yes", ""),
    ],
)
def test_a_text_fragment(text: str, start: str, end: str) -> None:
    fragment = text_fragment(text)
    assert fragment.startswith("text=")
    parts = fragment.removeprefix("text=").split(",")
    assert [unquote(part) for part in parts] == [start, *([end] if end else [])]
    assert not set(fragment.removeprefix("text=")) & set("-& #")


def test_a_text_without_words_has_no_fragment() -> None:
    assert text_fragment(" \n\t ") == ""


def test_too_many_programs_are_not_started(
    library: MakeLibrary, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    library({f"{n}.md": f"Zebra {n}.\n" for n in range(101)})
    fakes.add("vim", "code")
    paths = sinorus("search", "zebra", "-l", "-n", "all").out
    answer = sinorus("open", "-", stdin=paths, env={"EDITOR": "vim"})
    assert (answer.code, fakes.calls) == (2, [])
    assert "101 programs would be started" in answer.err
    assert sinorus("open", "-", stdin=paths, env={"EDITOR": "code"}).code == 0
    assert len(fakes.calls) == 1


def test_the_index_may_be_written_while_an_editor_is_open(
    own_press: Path, sinorus: Sinorus, fakes: FakePrograms
) -> None:
    """The editor of this test indexes, as one may from within."""
    program = shlex.join(os.fsdecode(part) for part in sinorus.command("index", "--rebuild"))
    fakes.add("vim", more=f"{program} || exit 7")
    assert sinorus("open", "pact#1", env={"EDITOR": "vim"}).code == 0
