"""The recipes for editors and settings work as they stand in the pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support.docs_pages import DOCS, Sandbox, blocks

from sinorus.config import load_settings
from sinorus.text.name_files import read_groups
from sinorus.text.names import compile_names
from sinorus.text.term_files import read_concepts

SCRIPTS = Path(__file__).parent / "scripts"
QUERY = '"power of siberia" Mongolia'


def code(page: str, kind: str) -> list[str]:
    """The fenced blocks of a kind in a page."""
    return [block.text for block in blocks(DOCS / page) if block.info == kind]


def run(box: Sandbox, *command: str, **variables: object) -> str:
    """What a command prints in the library of the sandbox, with these in its environment."""
    done = subprocess.run(
        command,
        cwd=box.library,
        env={**box.environment, **{name: str(value) for name, value in variables.items()}},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("editor", ["vim", "nvim"])
def test_vim_lists_matches_and_inserts_a_paragraph(
    editor: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    if not shutil.which(editor):
        pytest.skip(f"{editor} is not installed")
    commands, recipe, told = (tmp_path / name for name in ("commands.vim", "grep.vim", "told"))
    for path, text in zip((commands, recipe), code("editors.md", "vim"), strict=True):
        path.write_text(text, "utf-8")
    run(
        sandbox,
        *(editor, "-es", "-N", "-i", "NONE", "-u", "NONE", "-S", str(SCRIPTS / "quickfix.vim")),
        COMMANDS=commands,
        RECIPE=recipe,
        QUERY=QUERY,
        TOLD=told,
    )
    path, line, column, quotation, matches = told.read_text("utf-8").split("\n")[:5]
    assert (sandbox.library / path).is_file()
    assert int(line) > 1
    assert int(column) > 1
    assert quotation.startswith("> ")
    assert int(matches) > 1


def test_vim_starts_with_a_quickfix_list(sandbox: Sandbox, tmp_path: Path) -> None:
    if not shutil.which("vim"):
        pytest.skip("vim is not installed")
    told = tmp_path / "told"
    say = f"call writefile([bufname(), expand('<cword>')], '{told}')"
    sandbox.run(
        f'vim -es -N -u NONE -q <(sinorus search =Damansky --vimgrep --quiet) -c "{say}" -c qa!'
    )
    assert told.read_text("utf-8") == "seeds/background/border-treaties.md\nDamansky\n"


def test_emacs_lists_matches_and_inserts_a_paragraph(sandbox: Sandbox, tmp_path: Path) -> None:
    if not shutil.which("emacs"):
        pytest.skip("emacs is not installed")
    recipe = tmp_path / "recipe.el"
    recipe.write_text(*code("editors.md", "elisp"), encoding="utf-8")
    script = str(SCRIPTS / "grep-buffer.el")
    said = run(sandbox, "emacs", "-Q", "--batch", "-l", script, RECIPE=recipe)
    place = re.search(r"^at (.*):(\d+)$", said, re.MULTILINE)
    assert place, said
    assert Path(place[1]).name == "border-treaties.md"
    assert "Damansky" in Path(place[1]).read_text("utf-8").split("\n")[int(place[2]) - 1]
    assert "> " in said


def test_vs_code_reads_every_line(sandbox: Sandbox) -> None:
    (text,) = code("editors.md", "json")
    task = json.loads(text)["tasks"][0]
    arguments = [part.replace("${input:query}", "Putin OR 条约") for part in task["args"]]
    lines = run(sandbox, task["command"], *arguments).splitlines()
    pattern = task["problemMatcher"]["pattern"]
    assert len(lines) > 20
    for line in lines:
        found = re.match(pattern["regexp"], line)
        assert found, line
        file = sandbox.library / found[pattern["file"]]
        physical = file.read_bytes().split(b"\n")[int(found[pattern["line"]]) - 1]
        assert 1 <= int(found[pattern["column"]]) <= len(physical)
        assert found[pattern["message"]]


def test_settings_and_names_in_the_page_are_valid(tmp_path: Path) -> None:
    checked: list[str] = []
    for text in code("configuration.md", "toml"):
        name = text.split("\n", 1)[0].removeprefix("# ")
        checked.append(name)
        if name == "names.toml":
            assert len(compile_names(read_groups(text, name))) == text.count("[[group]]")
        elif name == "terms.toml":
            assert len(read_concepts(text, name)) == text.count("{ en =")
        else:
            path = tmp_path / name
            path.write_text(text, "utf-8")
            load_settings(path, environment={})
    assert sorted(checked) == ["names.toml", "sinorus.toml", "terms.toml"]
