"""How each editor, viewer and browser that is known by name is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinorus.cli.editors import EDITORS, editor_calls
from sinorus.cli.programs import Call, Place, known_as, program_of, shell_quoted
from sinorus.cli.viewers import VIEWERS, browser_call, viewer_call
from sinorus.errors import ConfigError

A, B = Place("/l/seeds/a b.md", 12, 3), Place("/l/seeds/-b.md", 7, 1)
PDF = Place("/l/seeds/a b.pdf", page=9)


@pytest.fixture(autouse=True)
def _nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a program is called by its name alone: where `emacs` is a link to `emacs-nox`, it is
    known by that.
    """
    monkeypatch.setenv("PATH", str(tmp_path))


def edited(command: str, *places: Place, display: bool = True) -> list[Call]:
    program = program_of(command, "EDITOR", template=True)
    assert program
    return editor_calls(known_as(program, EDITORS), places, display=display)


def viewed(command: str, place: Place) -> Call:
    program = program_of(command, "SINORUS_VIEWER", template=True)
    assert program
    return viewer_call(known_as(program, VIEWERS), place)


PLUS, COLON = ("+12", "/l/seeds/a b.md"), ("/l/seeds/a b.md:12",)


KNOWN: list[tuple[str, tuple[str, ...], bool]] = [
    *((name, PLUS, True) for name in ("vi", "vim", "nvim", "view", "vim.basic", "nvim-0.10")),
    *((name, PLUS, True) for name in ("nano", "micro", "joe", "ne", "mg", "kak", "mcedit")),
    *((name, PLUS, True) for name in ("emacs -nw", "emacs-nox", "emacsclient -t", "env A=1 vim")),
    *((name, PLUS, False) for name in ("emacs", "emacs-30.1", "emacs-gtk", "gvim", "mvim")),
    *((name, PLUS, False) for name in ("gedit", "pluma", "geany", "bbedit", "emacsclient -n")),
    *((name, ("-n", *PLUS), False) for name in ("emacsclient", "emacsclient -c -a ''")),
    *((name, PLUS, True) for name in ("gvim -f", "gedit --wait", "/opt/a\\ b/vim -u NONE")),
    *((name, COLON, True) for name in ("hx", "helix", "/usr/bin/hx", "subl -w", "zed --wait")),
    *((name, COLON, False) for name in ("subl", "subl3", "sublime_text", "zed", "atom")),
    *((name, ("-g", *COLON), False) for name in ("code", "code-insiders", "codium", "cursor")),
    *((name, ("-g", *COLON), True) for name in ("code --wait", "code -n -w", "/opt/x/code -w")),
    ("flatpak run com.vscodium.codium", ("-g", *COLON), False),
    *((name, ("-l", "12", A.path), False) for name in ("kate", "kwrite", "mate")),
    ("kate -b", ("-l", "12", A.path), True),
    ("jed", ("-g", "12", A.path), True),
    ("notepad++", ("-n12", A.path), False),
    *((name, ("--line", "12", A.path), False) for name in ("idea", "pycharm", "webstorm.sh")),
    *((name, (A.path, "--", "+12"), False) for name in ("neovide", "nvim-qt")),
]


@pytest.mark.parametrize(("command", "words", "attached"), KNOWN, ids=[one[0] for one in KNOWN])
def test_an_editor_goes_to_the_line(command: str, words: tuple[str, ...], attached: bool) -> None:
    program = program_of(command, "EDITOR")
    assert program
    assert edited(command, A) == [Call((*program.words, *words), attached, True)]


def test_every_editor_gets_the_path_and_its_line() -> None:
    for name, editor in EDITORS.items():
        (call,) = edited(name, A)
        assert call.words[0] == name
        assert any(A.path in word for word in call.words[1:])
        assert any("12" in word for word in call.words[1:]) is editor.lines is call.arrives
        (call,) = edited(name, Place(A.path))
        assert not any("12" in word or "0" in word for word in call.words[1:])
        assert A.path in call.words
        assert call.arrives


def test_several_places_are_one_call_where_the_editor_can() -> None:
    paths = [A.path, B.path]
    for name in ("nano", "emacs -nw", "joe"):
        (call,) = edited(name, A, B)
        assert call.words[-4:] == ("+12", paths[0], "+7", paths[1])
    for name in ("hx", "subl", "code", "zed"):
        (call,) = edited(name, A, B)
        assert call.words[-2:] == (f"{paths[0]}:12", f"{paths[1]}:7")
    assert edited("code", A, B)[0].words[:2] == ("code", "-g")
    for name in ("vim", "nvim", "kate", "micro", "unknown"):
        assert [call.words[-1] for call in edited(name, A, B)] == paths


def test_a_name_that_ends_as_a_line_does_stays_a_name() -> None:
    """Helix and Sublime read up to two numbers off the end."""
    odd = Place("/l/seeds/No. 4:12", 3, 1)
    assert edited("hx", odd)[0].words == ("hx", "/l/seeds/No. 4:12:3:1")


def test_emacs_stays_in_the_terminal_where_no_windows_are() -> None:
    assert edited("emacs", A, display=False) == [Call(("emacs", *PLUS), True)]


def test_an_unknown_editor_gets_the_path_alone() -> None:
    assert edited("myed -x", A) == [Call(("myed", "-x", A.path), True, False)]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("myed --goto {path}:{line}:{column}", ("myed", "--goto", f"{A.path}:12:3")),
        ("myed '{line} of {path}'", ("myed", f"12 of {A.path}")),
        ("myed +{line}", ("myed", "+12", A.path)),
        ("code -r -g {path}:{line}", ("code", "-r", "-g", f"{A.path}:12")),
        ("myed {page} {path}", ("myed", "1", A.path)),
    ],
)
def test_a_template_says_how(template: str, words: tuple[str, ...]) -> None:
    assert edited(template, A)[0].words == words


def test_what_is_put_into_a_template_is_not_read_again() -> None:
    odd = Place("/l/{line} $(touch x) ' \" {page}\n.md", 4, 1)
    assert edited("myed {path}:{line}", odd)[0].words == ("myed", f"{odd.path}:4")
    assert viewed("zathura -P {page} {path}", odd).words == ("zathura", "-P", "1", odd.path)


def test_a_field_that_is_none_is_named() -> None:
    with pytest.raises(ConfigError, match=r"EDITOR: there is no \{lines\}") as caught:
        edited("myed {path}:{lines}", A)
    assert "{column}" in caught.value.hint


VIEWED: list[tuple[str, tuple[str, ...]]] = [
    ("zathura", ("zathura", "--page=9", PDF.path)),
    ("zathura --fork", ("zathura", "--fork", "--page=9", PDF.path)),
    ("okular", ("okular", "-p", "9", PDF.path)),
    *((name, (name, "-i", "9", PDF.path)) for name in ("evince", "atril", "xreader", "papers")),
    *(
        (name, (name, PDF.path, "9"))
        for name in ("xpdf", "mupdf", "mupdf-gl", "/usr/bin/mupdf-x11")
    ),
    ("sioyek", ("sioyek", "--page", "9", PDF.path)),
    ("qpdfview --unique", ("qpdfview", "--unique", f"{PDF.path}#9")),
    ("SumatraPDF.exe", ("SumatraPDF.exe", "-page", "9", PDF.path)),
    ("Skim", ("open", "skim:///l/seeds/a%20b.pdf#page=9")),
    ("open -a Skim", ("open", "skim:///l/seeds/a%20b.pdf#page=9")),
    ("Preview", ("open", "-a", "Preview", PDF.path)),
    ("firefox", ("firefox", "file:///l/seeds/a%20b.pdf#page=9")),
    (
        "google-chrome-stable --new-window",
        ("google-chrome-stable", "--new-window", "file:///l/seeds/a%20b.pdf#page=9"),
    ),
    ("open -a Safari", ("open", "-a", "Safari", "file:///l/seeds/a%20b.pdf#page=9")),
    ("xdg-open", ("xdg-open", PDF.path)),
    ("my-viewer", ("my-viewer", PDF.path)),
    ("my-viewer --at {page} {path}", ("my-viewer", "--at", "9", PDF.path)),
]


@pytest.mark.parametrize(("command", "words"), VIEWED, ids=[one[0] for one in VIEWED])
def test_a_viewer_goes_to_the_page(command: str, words: tuple[str, ...]) -> None:
    call = viewed(command, PDF)
    assert (call.words, call.attached) == (words, False)
    assert call.arrives is any("9" in word for word in words)


def test_every_viewer_opens_a_file_without_pages() -> None:
    for name in VIEWERS:
        call = viewed(name, Place("/l/x.pdf"))
        assert call.words[-1] in ("/l/x.pdf", "file:///l/x.pdf"), name
        assert call.arrives


def test_the_pages_of_a_book_are_not_those_of_a_viewer() -> None:
    """An EPUB has the pages of the printed book, and a viewer makes its own."""
    book = Place("/l/x.epub", page=9)
    assert viewed("zathura", book).words == ("zathura", "/l/x.epub")
    assert viewed("my-reader {path} {page}", book).words == ("my-reader", "/l/x.epub", "9")


@pytest.mark.parametrize(
    ("browser", "words", "attached"),
    [
        ("firefox", ("firefox", "https://e.org/#a"), False),
        ("firefox --new-tab %s", ("firefox", "--new-tab", "https://e.org/#a"), False),
        ("chromium &", ("chromium", "https://e.org/#a"), False),
        ("open -a Safari", ("open", "-a", "Safari", "https://e.org/#a"), False),
        ("w3m", ("w3m", "https://e.org/#a"), True),
        ("lynx -nocolor", ("lynx", "-nocolor", "https://e.org/#a"), True),
    ],
)
def test_a_browser_gets_the_address(browser: str, words: tuple[str, ...], attached: bool) -> None:
    program = program_of(browser, "BROWSER")
    assert program
    call = browser_call(known_as(program, VIEWERS), "https://e.org/#a")
    assert (call.words, call.attached) == (words, attached)


def test_words_are_quoted_for_a_shell() -> None:
    assert shell_quoted(["vim", "+3", "/a/b.md"]) == "vim +3 /a/b.md"
    assert shell_quoted(["/a b/$(x) 'y'.md"]) == """'/a b/$(x) '"'"'y'"'"'.md'"""
    assert shell_quoted(["/a\x1b[31m'\\\udcff\u202e.md"]) == (
        r"$'/a\033[31m\'\\\377\342\200\256.md'"
    )
