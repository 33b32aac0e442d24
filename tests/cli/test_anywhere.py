"""From any folder: which library is meant, and paths and ids as they were printed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from sinorus.cli.app import COMMANDS, App
from sinorus.cli.app import sinorus as group

if TYPE_CHECKING:
    from support.program import Sinorus


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
    assert (wrong.code, "engine = 'foo'" in wrong.err) == (2, True)
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
    assert f"sinorus: {config}: {said.format(home=sinorus.home)}" in answer.err


def test_a_library_names_no_other(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "sinorus.toml").write_text('library = "/"\n')
    answer = sinorus("search", "gas")
    assert (answer.code, "a library may not set 'library'" in answer.err) == (2, True)


def test_the_error_says_all_four_ways_to_name_one(sinorus: Sinorus, tmp_path: Path) -> None:
    answer = sinorus("search", "gas", cwd=tmp_path)
    assert (answer.out, answer.code) == ("", 2)
    for way in ("at or above", "--library DIR", "SINORUS_LIBRARY", "your own config.toml"):
        assert way in answer.err
