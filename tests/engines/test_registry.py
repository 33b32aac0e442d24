"""Which engines settings can name, and what follows from a line in the registry."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

import sinorus.engines
from sinorus.config import Settings, load_settings
from sinorus.engines import (
    ENGINES,
    Kind,
    at_address,
    embedded_engine,
    kind_named,
    kind_of,
    kinds_beside,
    open_engine,
    usage,
)
from sinorus.engines.memory import MemoryEngine
from sinorus.errors import ConfigError, NoIndexError

URL = "https://search.example:9200"


def silent(notice: str) -> None:
    raise AssertionError(f"nobody is asked, so there is nothing to say: {notice}")


def settings_for(engine: str, url: str = "") -> Settings:
    return load_settings().having("engine", engine, "me").having("url", url, "me")


def names(kinds: list[Kind]) -> list[str]:
    return [kind.name for kind in kinds]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("whoosh", "whoosh"),
        ("opensearch", "opensearch"),
        ("opensearch+https://search.example", "opensearch"),
        ("opensearch+http://one,http://two", "opensearch"),
    ],
)
def test_an_engine_is_named(text: str, name: str) -> None:
    assert kind_named(text, "me").name == name


@pytest.mark.parametrize("text", ["", "Whoosh", "whoosh+https://a", "opensearch+ftp://a", "memory"])
def test_what_names_no_engine_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^sinorus\.toml: there is no engine ") as fault:
        kind_named(text, "sinorus.toml")
    assert fault.value.hint == "write one of whoosh, opensearch, opensearch+https://…"


def test_the_help_names_each_engine() -> None:
    assert usage() == "whoosh, or a cluster: opensearch+https://HOST:9200"


def test_each_engine_goes_by_its_name(tmp_path: Path) -> None:
    for kind in ENGINES:
        settings = settings_for(kind.name, URL)
        with closing(open_engine(settings, tmp_path, silent)) as engine:
            assert engine.name == kind.name
            assert engine.shared == kind.remote


def test_the_other_engines_of_a_library_are_those_that_may_have_an_index_of_it() -> None:
    assert names(kinds_beside(settings_for("whoosh"))) == []
    assert names(kinds_beside(settings_for("whoosh", URL))) == ["opensearch"]
    assert names(kinds_beside(settings_for("opensearch", URL))) == ["whoosh"]
    assert names(kinds_beside(settings_for(f"opensearch+{URL}"))) == ["whoosh"]


@pytest.mark.parametrize("url", [URL, f"opensearch+{URL}"])
def test_an_address_alone_says_which_engine_is_there(url: str, tmp_path: Path) -> None:
    settings = at_address(settings_for("whoosh"), url, "--to")
    assert (settings["engine"], settings.origin("url")) == ("opensearch", "--to")
    with closing(open_engine(settings, tmp_path, silent)) as engine:
        assert engine.place.startswith(f"{URL}/")


def test_the_engine_in_the_folder_is_there_whatever_the_settings_say(tmp_path: Path) -> None:
    with closing(embedded_engine(tmp_path)) as engine:
        assert engine.place == str(tmp_path / "index")
        with pytest.raises(NoIndexError):
            engine.info()


def test_an_engine_without_its_package_says_what_to_install(tmp_path: Path) -> None:
    kind = Kind("third", "not_a_module_that_is_there", extra="third")
    with pytest.raises(ConfigError, match="not_a_module_that_is_there") as fault:
        kind.open(settings_for("third"), tmp_path, silent)
    assert fault.value.hint == "pip install 'sinorus[third]'"


def test_a_third_engine_needs_a_line_in_the_registry_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_third(settings: Settings, root: Path, notice: Callable[[str], None]) -> MemoryEngine:
        return MemoryEngine()

    module = ModuleType("third")
    module.open_engine = open_third  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "third", module)
    third = Kind("third", "third", remote=True)
    monkeypatch.setattr(sinorus.engines, "ENGINES", (*ENGINES, third))
    assert usage().endswith("opensearch+https://HOST:9200, third+https://HOST:9200")
    assert names(kinds_beside(settings_for("whoosh", URL))) == ["opensearch", "third"]
    settings = at_address(settings_for("whoosh"), f"third+{URL}", "--to")
    assert kind_of(settings) == third
    assert isinstance(open_engine(settings, tmp_path, silent), MemoryEngine)
