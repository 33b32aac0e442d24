"""Settings: where each comes from, which wins, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinorus.config import KEYS, load_settings
from sinorus.engines import kind_of
from sinorus.errors import ConfigError


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "sinorus.toml"


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_files_every_setting_is_its_default(library: Path, user: Path) -> None:
    settings = load_settings(library, user, {})
    for name, key in KEYS.items():
        assert settings[name] == key.default
        assert settings.origin(name) == "default"


def test_flag_wins_over_environment_over_library_over_user_over_default(
    library: Path, user: Path
) -> None:
    def seen(*environment: tuple[str, str]) -> tuple[object, str]:
        settings = load_settings(library, user, dict(environment))
        return settings["limit"], settings.origin("limit")

    assert seen() == (20, "default")
    user.write_text("limit = 1\n")
    assert seen() == (1, str(user))
    library.write_text("limit = 2\n")
    assert seen() == (2, str(library))
    assert seen(("SINORUS_LIMIT", "3")) == (3, "SINORUS_LIMIT")
    flagged = load_settings(library, user, {"SINORUS_LIMIT": "3"}).having("limit", 4, "--limit")
    assert (flagged["limit"], flagged.origin("limit")) == (4, "--limit")


def test_a_changed_copy_leaves_the_settings_as_they_were() -> None:
    settings = load_settings()
    assert settings.having("limit", 4, "--limit")["limit"] == 4
    assert settings["limit"] == 20


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('sources = ["seeds", "papers"]', ["seeds", "papers"]),
        ('engine = "whoosh"', "whoosh"),
        ("names = false", False),
        ("update = false", False),
        ("limit = 0", 0),
        ("wait = 2", 2.0),
        ("wait = 0.5", 0.5),
        ('color = "never"', "never"),
    ],
)
def test_a_library_may_set(library: Path, line: str, value: object) -> None:
    library.write_text(line)
    name = line.partition(" ")[0]
    got = load_settings(library)[name]
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("SINORUS_SOURCES", "seeds:papers", ["seeds", "papers"]),
        ("SINORUS_EXCLUDE", "Templates/:*.bak.md", ["Templates/", "*.bak.md"]),
        ("SINORUS_NAMES", "no", False),
        ("SINORUS_NAMES", "YES", True),
        ("SINORUS_UPDATE", "0", False),
        ("SINORUS_WAIT", "1.5", 1.5),
        ("SINORUS_LIMIT", "7", 7),
        ("SINORUS_PAGER", "less -R", "less -R"),
        ("SINORUS_COLOR", "always", "always"),
        (
            "SINORUS_HOSTS",
            "https://a:9200 http://b, http://c",
            ["https://a:9200", "http://b", "http://c"],
        ),
        ("SINORUS_TRUSTED", "/srv/a:/srv/b", ["/srv/a", "/srv/b"]),
    ],
)
def test_the_environment_may_set(variable: str, text: str, value: object) -> None:
    settings = load_settings(environment={variable: text, "HOME": "/"})
    name = variable.removeprefix("SINORUS_").lower()
    assert settings[name] == value
    assert settings.origin(name) == variable


def test_hosts_are_a_list_of_addresses(user: Path) -> None:
    user.write_text('hosts = "https://search.example"\n')
    with pytest.raises(ConfigError, match=r"hosts = .* is not a list of addresses"):
        load_settings(user=user)


@pytest.mark.parametrize("key", ["pager", "editor", "viewer"])
def test_the_user_may_name_a_program_and_a_library_may_not(
    library: Path, user: Path, key: str
) -> None:
    user.write_text(f'{key} = "less"\n')
    assert load_settings(user=user)[key] == "less"
    library.write_text(f'{key} = "less"\n')
    with pytest.raises(ConfigError, match=f"a library may not set '{key}'"):
        load_settings(library, user)


def test_the_user_may_trust_folders_and_a_library_may_not(library: Path, user: Path) -> None:
    assert load_settings(library, user)["trusted"] == []
    user.write_text('trusted = ["/srv/press"]\n')
    assert load_settings(library, user)["trusted"] == ["/srv/press"]
    library.write_text('trusted = ["/"]\n')
    with pytest.raises(ConfigError, match="a library may not set 'trusted'") as caught:
        load_settings(library, user)
    assert "SINORUS_TRUSTED" in caught.value.hint


def test_what_the_user_said_is_known_where_something_else_counts(library: Path, user: Path) -> None:
    library.write_text('url = "https://library"\n')
    user.write_text('url = "https://user"\n')
    settings = load_settings(library, user)
    assert (settings["url"], settings.own("url")) == ("https://library", False)
    assert [said.value for said in settings.said("url")] == ["https://user"]
    settings = load_settings(library, user, {"SINORUS_URL": "https://variable"})
    assert (settings["url"], settings.own("url")) == ("https://variable", True)
    settings = settings.having("url", "https://flag", "--to").having("limit", 1, "-n")
    assert [said.value for said in settings.said("url")] == [
        "https://user",
        "https://variable",
        "https://flag",
    ]
    assert [said.origin for said in settings.said("limit")] == ["-n"]
    assert settings.said("hosts") == ()
    assert settings.user == user


@pytest.mark.parametrize(
    ("line", "words", "hint"),
    [
        ("limt = 3", "unknown key 'limt'", "'limit'"),
        ("colour = 1", "unknown key 'colour'", "'color'"),
        ("zzzzzzz = 1", "unknown key 'zzzzzzz'", "known keys: sources"),
        ("[search]\nlimit = 1", "unknown key 'search'", ""),
        ('limit = "3"', "whole number", ""),
        ("limit = true", "whole number", ""),
        ("limit = 1.5", "whole number", ""),
        ("limit = -1", "below 0", ""),
        ("wait = -0.5", "below 0", ""),
        ("wait = true", "number of seconds", ""),
        ("names = 1", "true or false", ""),
        ('sources = "seeds"', "list of folder names", ""),
        ("sources = [1]", "list of folder names", ""),
        ('hosts = "a"', "a library may not set 'hosts'", "SINORUS_HOSTS"),
        ('color = "red"', "'red'", "auto, always, never"),
        ('exclude = "*.bak"', "list of patterns", ""),
        ('exlude = ["*.bak"]', "unknown key 'exlude'", "'exclude'"),
        ("[[folders]]", "unknown key 'folders'", "'folder'"),
        ("limit = = 3", "line 1", "docs"),
    ],
)
def test_a_wrong_line_is_named_with_its_file(
    library: Path, line: str, words: str, hint: str
) -> None:
    library.write_text(line)
    with pytest.raises(ConfigError) as caught:
        load_settings(library)
    assert str(library) in caught.value.message
    assert words in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "line",
    ['pager = "rm -r ."', 'library = "/etc"', 'trusted = ["/"]', "trusted = []", "hosts = []"],
)
def test_a_library_can_make_the_program_run_nothing_and_go_nowhere(
    library: Path, line: str
) -> None:
    library.write_text(line)
    with pytest.raises(ConfigError) as caught:
        load_settings(library)
    assert str(library) in caught.value.message


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("SINORUS_LIMIT", "many"),
        ("SINORUS_LIMIT", "-3"),
        ("SINORUS_LIMIT", ""),
        ("SINORUS_LIMIT", "9" * 5000),
        ("SINORUS_WAIT", "soon"),
        ("SINORUS_WAIT", "nan"),
        ("SINORUS_NAMES", "perhaps"),
        ("SINORUS_COLOR", "red"),
    ],
)
def test_a_wrong_variable_is_named(variable: str, text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(environment={variable: text})
    assert variable in caught.value.message


def test_a_file_that_is_not_text_is_named(library: Path) -> None:
    library.write_bytes(b"limit = 1 # \xff\n")
    with pytest.raises(ConfigError, match=r"sinorus\.toml"):
        load_settings(library)


def test_a_folder_in_a_files_place_is_named(library: Path) -> None:
    library.mkdir()
    with pytest.raises(ConfigError, match=r"sinorus\.toml cannot be read: it is not a regular"):
        load_settings(library)


def test_a_file_with_a_mark_of_its_byte_order_is_read(library: Path) -> None:
    library.write_bytes(b"\xef\xbb\xbflimit = 1\n")
    assert load_settings(library)["limit"] == 1


def test_the_users_file_says_which_library_is_meant_and_a_library_does_not(
    library: Path, user: Path
) -> None:
    user.write_text('library = "/srv/library"\n')
    assert load_settings(user=user)["library"] == "/srv/library"
    library.write_text('library = "/srv/other"\n')
    with pytest.raises(ConfigError, match="a library may not set 'library'"):
        load_settings(library, user)


def test_an_engine_that_is_not_there_is_named_with_where_it_was_set(library: Path) -> None:
    library.write_text('engine = "lucene"')
    for settings, place in (
        (load_settings(library), str(library)),
        (load_settings(environment={"SINORUS_ENGINE": "lucene"}), "SINORUS_ENGINE"),
    ):
        with pytest.raises(ConfigError, match="'lucene'") as caught:
            kind_of(settings)
        assert place in caught.value.message
        assert caught.value.hint == "write one of whoosh, opensearch, opensearch+https://…"
