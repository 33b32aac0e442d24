"""Links on a terminal: the file, and the line where the user's editor has addresses for that."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from support.office_files import docx, para

from sinorus.cli.editors import EDITORS
from sinorus.cli.links import SCHEMES, linked_by
from sinorus.config import load_settings

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus

LINKS = re.compile(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b\\")
NAMES = ("VISUAL", "EDITOR", "TERM_PROGRAM", "CURSOR_TRACE_ID", "SSH_TTY", "SSH_CONNECTION")


@pytest.fixture(autouse=True)
def no_editor(monkeypatch: pytest.MonkeyPatch, sinorus: Sinorus) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        sinorus.environment.pop(name, None)


@pytest.mark.parametrize(
    ("environment", "link"),
    [
        ({}, "file://{host}{path}"),
        ({"EDITOR": "vim"}, "file://{host}{path}"),
        ({"EDITOR": "code --wait"}, "vscode://file{path}:13"),
        ({"EDITOR": "vim", "VISUAL": "/opt/x/code-insiders"}, "vscode-insiders://file{path}:13"),
        ({"EDITOR": "env A=b cursor"}, "cursor://file{path}:13"),
        ({"VISUAL": " ", "EDITOR": "zeditor"}, "zed://file{path}:13"),
        ({"EDITOR": "pycharm"}, "pycharm://open?file={path}&line=13"),
        ({"EDITOR": "subl -n -w"}, "subl://open?url=file://{path}&line=13"),
        ({"EDITOR": "mate"}, "txmt://open?url=file://{path}&line=13"),
        ({"EDITOR": "code 'x"}, "file://{host}{path}"),
        ({"EDITOR": "ultimate-decoder"}, "file://{host}{path}"),
        ({"EDITOR": "code", "SINORUS_EDITOR": "vim"}, "file://{host}{path}"),
        ({"EDITOR": "vim", "TERM_PROGRAM": "vscode"}, "vscode://file{path}:13"),
        ({"TERM_PROGRAM": "vscode", "CURSOR_TRACE_ID": "1"}, "cursor://file{path}:13"),
        ({"EDITOR": "code", "SSH_CONNECTION": "1 2 3 4"}, "file://{host}{path}"),
        ({"EDITOR": "code", "SINORUS_LINKS": "file"}, "file://{host}{path}"),
        ({"SINORUS_LINKS": "x://{host}/{line}{path}"}, "x://{host}/13{path}"),
    ],
)
def test_a_path_leads_to_its_line(
    press: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], link: str
) -> None:
    for name, value in environment.items():
        if not name.startswith("SINORUS"):
            monkeypatch.setenv(name, value)
    settings = load_settings(environment=environment)
    made = linked_by(settings, press)("seeds/carnegie/pact.md", 13)
    host = os.uname().nodename
    assert made == link.format(host=host, path=press / "seeds/carnegie/pact.md")


@pytest.mark.parametrize("template", sorted(set(SCHEMES.values())))
def test_no_name_of_a_file_changes_an_address(template: str, tmp_path: Path) -> None:
    name = "a b&line=9#x?y:7%41;\x1b\\中.md"
    settings = load_settings(environment={"SINORUS_LINKS": template})
    made = linked_by(settings, tmp_path)(f"seeds/{name}", 13)
    parts = urlsplit(made)
    path = f"{tmp_path}/seeds/{name}"
    if parts.query:
        fields = parse_qs(parts.query)
        assert fields["line"] == ["13"]
        assert next(iter(fields.values()))[0].removeprefix("file://") == path
    else:
        assert (unquote(parts.path), parts.fragment) == (f"{path}:13", "")
    assert made.isascii()
    assert "\x1b" not in made


def test_editors_that_have_addresses_are_those_that_open_knows() -> None:
    assert {name for name in SCHEMES if "insiders" not in name} <= set(EDITORS)


def test_links_stand_on_the_screen_and_nowhere_else(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({"a.md": "Yaks.\n\nA zebra.\n", "b.docx": docx(para("A zebra in Word."))})
    sinorus("index")
    env = {"EDITOR": "code"}
    found = LINKS.findall(sinorus.terminal("search", "zebra", "--no-pager", env=env).out)
    assert f"vscode://file{root}/seeds/a.md:3" in found
    assert any(one.startswith("file://") and one.endswith(f"{root}/seeds/b.docx") for one in found)
    listed = LINKS.findall(sinorus.terminal("sources", "--no-pager", env=env).out)
    assert f"vscode://file{root}/seeds/a.md:1" in listed
    for more in ({"SINORUS_LINKS": "none"}, {"NO_COLOR": "1"}):
        answer = sinorus.terminal("search", "zebra", "--no-pager", env={**env, **more})
        assert "\x1b]8;" not in answer.out
    assert "\x1b" not in sinorus("search", "zebra", "--format", "rich", env=env).out


@pytest.mark.parametrize(
    ("links", "said"),
    [("vim", "'vim' is no address"), ("x://{path}:{page}", "there is no {page}")],
)
def test_a_setting_that_is_no_address_is_an_error(
    press: Path, sinorus: Sinorus, links: str, said: str
) -> None:
    answer = sinorus.terminal("search", "gas", env={"SINORUS_LINKS": links})
    assert (answer.code, f"SINORUS_LINKS: links: {said}" in answer.err) == (2, True)


def test_a_library_sets_no_links(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "sinorus.toml").write_text('links = "https://evil.example/{path}"\n')
    answer = sinorus("search", "gas")
    assert (answer.code, "a library may not set 'links'" in answer.err) == (2, True)
