"""The recipes for editors and settings work as they stand in the pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from support.docs_pages import DOCS, ROOT, Sandbox, blocks

from sinorus.config import load_settings
from sinorus.lsp.drafts import KINDS
from sinorus.text.name_files import read_groups
from sinorus.text.names import compile_names
from sinorus.text.term_files import read_concepts

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

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
    for path, text in zip((commands, recipe), code("editors.md", "vim")[1:], strict=True):
        path.write_text(text, "utf-8")
    run(
        sandbox,
        *(editor, "-es", "-N", "-i", "NONE", "-u", "NONE", "-S", str(SCRIPTS / "quickfix.vim")),
        COMMANDS=commands,
        RECIPE=recipe,
        QUERY=QUERY,
        TOLD=told,
    )
    path, line, column, quotation, matches, near, at, latex, opened = told.read_text("utf-8").split(
        "\n"
    )[:9]
    assert (sandbox.library / path).is_file()
    assert int(line) > 1
    assert int(column) > 1
    assert quotation.startswith("> ")
    assert int(matches) > 1
    assert near.strip().startswith("NEAR: the words differ")
    assert at == "13"
    assert latex.startswith(r"\begin{quote} % sinorus: ")
    assert opened == "energy.md:16"


def test_vim_starts_with_a_quickfix_list(sandbox: Sandbox, tmp_path: Path) -> None:
    if not shutil.which("vim"):
        pytest.skip("vim is not installed")
    told = tmp_path / "told"
    say = f"call writefile([bufname(), expand('<cword>')], '{told}')"
    sandbox.run(
        "vim -es -N -u NONE -q <(sinorus search =Damansky --vimgrep --no-notices) "
        f'-c "{say}" -c qa!'
    )
    assert told.read_text("utf-8") == "seeds/background/border-treaties.md\nDamansky\n"


def test_emacs_lists_matches_and_inserts_a_paragraph(sandbox: Sandbox, tmp_path: Path) -> None:
    if not shutil.which("emacs"):
        pytest.skip("emacs is not installed")
    recipe = tmp_path / "recipe.el"
    recipe.write_text(code("editors.md", "elisp")[1], encoding="utf-8")
    script = str(SCRIPTS / "grep-buffer.el")
    said = run(sandbox, "emacs", "-Q", "--batch", "-l", script, RECIPE=recipe)
    place = re.search(r"^at (.*):(\d+)$", said, re.MULTILINE)
    assert place, said
    assert Path(place[1]).name == "border-treaties.md"
    assert "Damansky" in Path(place[1]).read_text("utf-8").split("\n")[int(place[2]) - 1]
    assert "> " in said
    assert "org # sinorus:" in said
    assert "one draft.md:1:13: NEAR: the words differ" in said
    assert "opened energy.md:16" in said


def test_vs_code_reads_every_line(sandbox: Sandbox) -> None:
    text = code("editors.md", "json")[1]
    tasks = {task["label"]: task for task in json.loads(text)["tasks"]}
    draft = sandbox.library / "draft.md"
    draft.write_text(DRAFT, "utf-8")
    read = 0
    for name in ("sinorus", "sinorus check"):
        task = tasks[name]
        words = {"${input:query}": "Putin OR 条约", "${file}": str(draft)}
        arguments = [words.get(part, part) for part in task["args"]]
        pattern = task["problemMatcher"]["pattern"]
        for line in run(sandbox, task["command"], *arguments).splitlines():
            found = re.match(pattern["regexp"], line)
            assert found, line
            file = sandbox.library / found[pattern["file"]]
            physical = file.read_bytes().split(b"\n")[int(found[pattern["line"]]) - 1]
            assert 1 <= int(found[pattern["column"]]) <= len(physical)
            assert found[pattern["message"]]
            read += 1
    assert read > 20
    quote = [part.replace("${input:id}", "energy#4") for part in tasks["sinorus quote"]["args"]]
    assert run(sandbox, "sinorus", *quote).startswith("> In June 2013")


DRAFT = "The line “followed the Argun, the Gorbitsa and the rivers to the north” (energy#4).\n"


def served(sandbox: Sandbox, name: str, recipe: Path, text: str) -> None:
    """A draft in the library, a recipe for the language server."""
    (sandbox.library / name).write_text(DRAFT, "utf-8")
    recipe.write_text(text, "utf-8")


def test_neovim_shows_what_the_language_server_says(sandbox: Sandbox, tmp_path: Path) -> None:
    if not shutil.which("nvim"):
        pytest.skip("nvim is not installed")
    recipe, told = tmp_path / "recipe.lua", tmp_path / "told"
    served(sandbox, "one.md", recipe, *code("editors.md", "lua"))
    script = f"luafile {SCRIPTS / 'language-server.lua'}"
    said = run(sandbox, "nvim", "--headless", "--clean", "-c", script, RECIPE=recipe, TOLD=told)
    assert told.exists(), said
    near, shown, opened = told.read_text("utf-8").split("\n")[:3]
    start = len("The line “".encode())
    assert near.startswith(f"sinorus 0:{start}-{start + 60} the words differ; 91% of the words")
    assert "the source has “followed the Argun, the Gorbitsa and the mountains" in near
    assert shown.startswith("**Oil, gas and reactors: energy between Russia and China**")
    assert opened == "energy.md:16"


def test_emacs_shows_what_the_language_server_says(sandbox: Sandbox, tmp_path: Path) -> None:
    if not shutil.which("emacs"):
        pytest.skip("emacs is not installed")
    there = ["emacs", "--batch", "--eval", "(progn (package-initialize) (require 'eglot))"]
    if subprocess.run(there, capture_output=True, check=False).returncode:
        pytest.skip("this Emacs has no eglot: from 29 on it is part of it, before it is a package")
    recipe = tmp_path / "recipe.el"
    served(sandbox, "one.txt", recipe, code("editors.md", "elisp")[0])
    script = str(SCRIPTS / "language-server.el")
    said = run(sandbox, "emacs", "--batch", "-l", script, RECIPE=recipe)
    assert "followed the Argun, the Gorbitsa and the rivers to the north: " in said
    assert "the source has “followed the Argun, the Gorbitsa and the mountains" in said
    assert "opened energy.md:16" in said


def test_vim_shows_what_the_language_server_says(sandbox: Sandbox, tmp_path: Path) -> None:
    if not shutil.which("vim") or not Path("/usr/share/vim-ale").is_dir():
        pytest.skip("vim or its plugin ALE is not installed")
    recipe, told = tmp_path / "recipe.vim", tmp_path / "told"
    served(sandbox, "one.md", recipe, code("editors.md", "vim")[0])
    script = str(SCRIPTS / "language-server.vim")
    run(sandbox, "vim", "-es", "-N", "-u", "NONE", "-S", script, RECIPE=recipe, TOLD=told)
    (near,) = told.read_text("utf-8").splitlines()
    assert near.startswith("1:11 ")
    assert "the words differ" in near


def test_the_settings_of_helix_and_vs_code_start_the_server() -> None:
    """Neither can be run here: at least they can be read, and name what there is."""
    (helix,) = [tomllib.loads(text) for text in code("editors.md", "toml")]
    server = helix["language-server"]["sinorus"]
    assert [server["command"], *server["args"]] == ["sinorus", "lsp"]
    assert all(one["language-servers"] == ["sinorus"] for one in helix["language"])
    settings = json.loads(code("editors.md", "json")[0])
    assert settings["glspc.server.command"] == "sinorus"
    assert settings["glspc.server.commandArguments"] == ["lsp"]
    known = {name for names in KINDS.values() for name in names}
    assert known.issuperset(settings["glspc.server.languageId"])


def test_pre_commit_holds_a_commit_back(sandbox: Sandbox, tmp_path: Path) -> None:
    """With the hook as it stands, but in this environment: to make one of its own takes minutes."""
    if find_spec("pre_commit") is None or not shutil.which("git"):
        pytest.skip("pre-commit or git is not installed")
    manifest = ROOT / ".pre-commit-hooks.yaml"
    program = [sys.executable, "-m", "pre_commit"]
    assert run(sandbox, *program, "validate-manifest", str(manifest)) == ""
    (hook,) = yaml.safe_load(manifest.read_text("utf-8"))
    local = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"}]}]}
    (sandbox.library / ".pre-commit-config.yaml").write_text(yaml.safe_dump(local), "utf-8")
    for name in ("draft.md", "draft.py"):
        (sandbox.library / name).write_text(DRAFT, "utf-8")
    run(sandbox, "git", "init", "-q")
    run(sandbox, "git", "add", "draft.md", "draft.py", ".pre-commit-config.yaml")
    home = {"PRE_COMMIT_HOME": tmp_path / "pre-commit"}
    said = run(sandbox, *program, "run", "--color", "never", **home)
    assert "Failed" in said
    assert "draft.md:1:13: NEAR: the words differ" in said
    assert "draft.py" not in said
    (sandbox.library / "draft.md").write_text(DRAFT.replace("rivers", "mountains"), "utf-8")
    run(sandbox, "git", "add", "draft.md")
    assert "Passed" in run(sandbox, *program, "run", "--color", "never", **home)


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
