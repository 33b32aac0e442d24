"""From any folder: which library is meant, and paths and ids as they were printed."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from support.terminal import bare

from sinorus.cli.app import COMMANDS, App
from sinorus.cli.app import sinorus as group

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus


def own_config(sinorus: Sinorus, text: str) -> Path:
    config = sinorus.home / "config" / "sinorus" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(text)
    return config


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_what_may_stand_before_it(name: str) -> None:
    """No option of the same name hides it, and what stands behind the command counts."""
    command = group.get_command(click.Context(group), name)
    assert command is not None
    names = Counter(param.name for param in command.params)
    assert names["library"] == names["engine"] == 1
    app = App("before", "before")
    words = ["--library", "behind", "--engine", "other"]
    with click.Context(group, obj=app) as above:
        required = [param for param in command.params if param.required]
        more = ["x"] * sum(isinstance(param, click.Argument) for param in required)
        if name == "completion":
            more = ["bash"]
        command.make_context(name, [*words, *more], parent=above)
    assert (app.folder, app.engine) == ("behind", "other")


def test_the_library_may_be_named_behind_the_command(
    press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    for words in (
        ("search", "--library", press, "-c", "gas"),
        ("search", "-c", "gas", f"--library={press}"),
        ("--library", tmp_path / "nowhere", "search", "-c", "gas", "--library", press),
    ):
        assert sinorus(*words, cwd=tmp_path).out == "2\n"
    wrong = sinorus("search", "gas", "--engine", "foo")
    assert (wrong.code, "there is no engine 'foo'" in wrong.err) == (2, True)
    after = sinorus("search", "-c", "gas", "--", "--library", press)
    assert (after.code, after.out) == (1, "0\n"), "behind -- it is text"


def test_the_users_own_library_is_meant_where_there_is_no_other(
    press: Path, own_seeds: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    config = own_config(sinorus, f'library = "{press}"\n')
    assert sinorus("search", "-c", "carnegie", "--path", "seeds/carnegie", cwd=tmp_path).code == 1
    assert sinorus("search", "-c", "gas", cwd=tmp_path).out == "2\n"
    nearest = sinorus("sources", "-c", cwd=own_seeds / "seeds").out
    assert nearest != sinorus("sources", "-c", cwd=tmp_path).out
    named = {"SINORUS_LIBRARY": str(own_seeds)}
    assert sinorus("sources", "-c", cwd=tmp_path, env=named).out == nearest
    assert sinorus("sources", "-c", "--library", own_seeds, cwd=tmp_path).out == nearest

    (sinorus.home / "sources").symlink_to(press)
    config.write_text('library = "~/sources"\nlimit = 1\n')
    assert len(sinorus("search", "alliance", cwd=tmp_path).lines) == 1
    answer = sinorus("init", "new", cwd=tmp_path)
    assert answer.out.startswith(f"{tmp_path / 'new'} is a library: made")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("~/nowhere", "library = '~/nowhere': {home}/nowhere is not a folder"),
        ("~", "library = '~': {home} is not a library"),
        ("a/b", "library = 'a/b' is not a whole path"),
    ],
)
def test_what_the_users_own_library_cannot_be(
    sinorus: Sinorus, tmp_path: Path, value: str, said: str
) -> None:
    config = own_config(sinorus, f'library = "{value}"\n')
    answer = sinorus("search", "gas", cwd=tmp_path)
    assert (answer.out, answer.code) == ("", 2)
    assert f"error: {config}: {said.format(home=sinorus.home)}" in answer.err


def test_a_library_names_no_other(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "sinorus.toml").write_text('library = "/"\n')
    answer = sinorus("search", "gas")
    assert (answer.code, "a library may not set 'library'" in answer.err) == (2, True)


def test_the_error_says_all_four_ways_to_name_one(sinorus: Sinorus, tmp_path: Path) -> None:
    answer = sinorus("search", "gas", cwd=tmp_path)
    assert (answer.out, answer.code) == ("", 2)
    for way in ("at or above", "--library DIR", "SINORUS_LIBRARY", "your own config.toml"):
        assert way in answer.err


def test_paths_are_taken_as_they_are_printed(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    """In and around the library: whole, from here, with a line, with a paragraph."""
    for cwd in (press / "seeds/kremlin", tmp_path):
        ask = ("--library", str(press))
        found = sinorus(*ask, "search", "gas OR газ", cwd=cwd).lines
        paths = sinorus(*ask, "search", "gas OR газ", "-l", cwd=cwd).lines
        places = sinorus(*ask, "search", "gas OR газ", "--vimgrep", cwd=cwd).lines
        places = [line.rpartition(":")[0] for line in places]  # path:line:column
        shown = sinorus(*ask, "show", *places, "--jsonl", cwd=cwd)
        ids = [one["id"] for one in shown.records]
        assert ids, shown.err
        lines = [":".join(line.split(":")[:2]) for line in found]
        assert [one["id"] for one in sinorus(*ask, "show", *lines, "--jsonl", cwd=cwd).records] == [
            line.split(":")[2] for line in found
        ]
        for path in paths[:1]:
            whole = {
                one["document"] for one in sinorus(*ask, "show", path, "--jsonl", cwd=cwd).records
            }
            assert len(whole) == 1
            for filtered in (["--path", path], ["--source", path], ["--path", str(cwd / path)]):
                listed = sinorus(*ask, "sources", *filtered, "--json", cwd=cwd)
                assert set(listed.ids) == whole, (path, listed.err)
            one = sinorus(*ask, "show", f"{path}#1", "--jsonl", cwd=cwd).records
            assert [(each["document"], each["paragraph"]) for each in one] == [(*whole, 1)]
    piped = sinorus("show", "-", "--jsonl", stdin="statement.md\n", cwd=press / "seeds/kremlin")
    assert {one["document"] for one in piped.records} == {"kremlin/statement"}


def test_a_file_that_is_here_comes_before_others_of_its_name(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    root = library({"a/x.md": "A yak.\n", "b/x.md": "A zebra.\n", "x.md": "A wombat.\n"})
    sinorus("index")
    assert [one["document"] for one in sinorus("show", "seeds/x.md", "--jsonl").records] == ["x"]
    inside = sinorus("show", "x.md", "--jsonl", cwd=root / "seeds/b")
    assert [one["document"] for one in inside.records] == ["b/x"]
    above = sinorus("show", "../x.md:1", "./x.md", "--jsonl", cwd=root / "seeds/b")
    assert [one["document"] for one in above.records] == ["x", "b/x"]
    for words, count in (
        (["--path", "b"], "1"),
        (["--path", "b/*"], "1"),
        (["--path", "."], "3"),
        (["--not-path", "a"], "2"),
        (["--path", "seeds/a"], "1"),
        (["--path", "*/b/*"], "1"),
        (["--path", "..", "--not-path", "../seeds/b"], "2"),
    ):
        assert sinorus("sources", "-c", *words, cwd=root / "seeds").lines == [count], words


def test_documents_go_to_a_folder_as_it_is_reached_from_here(
    own_press: Path, sinorus: Sinorus
) -> None:
    mine = own_press.parent / "mine.md"
    mine.write_text("A zebra crossing.\n")
    for cwd, to, place in (
        ("seeds", "kremlin", "seeds/kremlin"),
        ("seeds/kremlin", ".", "seeds/kremlin"),
        ("seeds/kremlin", "../xinhua/new", "seeds/xinhua/new"),
        ("seeds/kremlin", "seeds/carnegie", "seeds/carnegie"),
        ("..", "library/seeds", "seeds"),
    ):
        ask = ("--library", str(own_press), "add", "--to", to, str(mine))
        answer = sinorus(*ask, cwd=own_press / cwd)
        assert answer.out.startswith(f"{place}/mine.md"), answer.err
        assert (own_press / place / "mine.md").exists()
    outside = sinorus("add", "--to", "../../..", mine, cwd=own_press / "seeds/kremlin")
    assert (outside.code, "is not a source folder" in outside.err) == (2, True)


def test_an_id_that_was_cut_is_taken_with_and_without_its_ellipsis(
    seeds: Path, sinorus: Sinorus
) -> None:
    page = bare(sinorus.terminal("search", "gas OR газ", "--kwic", "-n", "all", columns=62).out)
    cut = list(dict.fromkeys(re.findall(r"…\S*#\d+(?=\])", page)))
    assert len(cut) > 2, page
    bare_ids = [one.removeprefix("…") for one in cut]
    for names in (cut, bare_ids):
        answer = sinorus("show", "--jsonl", "--", *names)
        assert answer.code == 0, answer.err
        found = [one["id"] for one in answer.records]
        assert all(id_.endswith(name) for id_, name in zip(found, bare_ids, strict=True))
    documents = {id_.partition("#")[0] for id_ in found}
    for names in (cut, bare_ids, [one.partition("#")[0] for one in cut]):
        flags = [word for name in names for word in ("--source", name)]
        assert set(sinorus("sources", "--json", *flags).ids) == documents
    texts = sinorus("compare", "--json", "--", cut[0], bare_ids[1]).json
    assert [texts["left"]["id"], texts["right"]["id"]] == [
        id_.partition("#")[0] for id_ in found[:2]
    ]


def test_a_cut_id_that_may_be_any_of_several_is_an_error(seeds: Path, sinorus: Sinorus) -> None:
    for name in ("…y#1", "y#1"):
        answer = sinorus("show", name)
        assert (answer.out, answer.code) == ("", 2)
        assert "may be any of background/energy, " in answer.err
    whole = sinorus("show", "…background/energy#1")
    assert (whole.code, "there is no document" in whole.err) == (2, True), "nothing was cut there"
