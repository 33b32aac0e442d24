"""Where a library lies in a cluster, what it is called there, and who may be sent a password."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sinorus.config import Settings, load_settings
from sinorus.engines.opensearch.address import Address, read_address
from sinorus.engines.opensearch.connection import credentials
from sinorus.engines.opensearch.engine import open_engine
from sinorus.errors import ConfigError


def address_of(library: str) -> Address:
    return read_address("https://search.example", library)


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://search.example", ("https://search.example:443",)),
        ("http://localhost", ("http://localhost:9200",)),
        ("http://localhost:9201", ("http://localhost:9201",)),
        ("opensearch+https://search.example:9200", ("https://search.example:9200",)),
        ("HTTPS://Search.Example:9200/", ("https://search.example:9200",)),
        ("https://search.example/os/v2/", ("https://search.example:443/os/v2",)),
        ("http://[::1]", ("http://[::1]:9200",)),
        ("https://[2001:db8::7]:9201/os", ("https://[2001:db8::7]:9201/os",)),
        (
            "http://one:9201, http://two:9202,https://three",
            ("http://one:9201", "http://two:9202", "https://three:443"),
        ),
        ("opensearch+http://one,http://two", ("http://one:9200", "http://two:9200")),
        ("https://search.example.:9200", ("https://search.example:9200",)),
        ("https://[2001:DB8:0:0::7]", ("https://[2001:db8::7]:443",)),
        ("https://xn--mnchen-3ya.example", ("https://xn--mnchen-3ya.example:443",)),
    ],
    ids=[
        "https has its usual port",
        "http has the port of OpenSearch",
        "a port",
        "the setting engine",
        "capitals and a slash at the end",
        "a cluster below a path",
        "IPv6",
        "IPv6 with port and path",
        "several nodes",
        "several nodes in the setting engine",
        "the full stop of the root",
        "IPv6 at length",
        "a host of another script",
    ],
)
def test_an_address_may_be_written_as(text: str, urls: tuple[str, ...]) -> None:
    address = read_address(text, "press")
    assert address == Address(urls, "press")
    assert address.url == urls[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not the address of a cluster"),
        ("search.example:9200", "'search.example:9200' is not the address"),
        ("ftp://search.example", "'ftp://search.example' is not the address"),
        ("https://", "'https://' is not the address"),
        ("https://:9200", "'https://:9200' is not the address"),
        ("https://search.example:92OO", "is not the address of a cluster: Port"),
        ("https://search.example:99999", "is not the address of a cluster: Port"),
        ("http://[::1", "is not the address of a cluster: Invalid IPv6"),
        ("https://search.example/?pretty=1", "pretty=1' is not the address"),
        ("https://search.example/#top", "#top' is not the address"),
        ("https://one,", "'' is not the address of a cluster"),
        ("https://one,opensearch+https://two", "'opensearch\\+https://two' is not the address"),
    ],
    ids=[
        "nothing",
        "no scheme",
        "another scheme",
        "no host",
        "a port alone",
        "a port of letters",
        "a port too high",
        "half a bracket",
        "a query string",
        "a fragment",
        "a comma too many",
        "the word for the engine twice",
    ],
)
def test_no_address_is(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as fault:
        read_address(text, "press")
    assert fault.value.hint == "write it as https://host:9200"


@pytest.mark.parametrize(
    "text",
    [
        "https://search.example\\.evil.example",
        "https://search.exa\nmple",
        "https://search.exa\tmple",
        "https://search example",
        "https://search.example/a b",
        "https://search.example\0",
        "https://search\x85.example",
        "https://search%2eexample",
        "https://search..example",
        "https://[::1]evil.example",
        "https://search.example:0",
        "https://search.example:9200:9201",
        "https://s\u0435arch.example",
        "https://ｓearch.example",
        "https://search。example",
    ],
)
def test_what_readers_of_addresses_understand_in_two_ways_is_none(text: str) -> None:
    with pytest.raises(ConfigError, match="is not the address of a cluster"):
        read_address(text, "press")


@pytest.mark.parametrize(
    "text",
    [
        "https://me:secret@search.example",
        "https://me@search.example",
        "https://:secret@search.example",
        "https://one,https://me:secret@search.example",
    ],
    ids=["user and password", "a user", "a password", "at the second node"],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ConfigError, match=r"@search\.example.* has a user or a password") as fault:
        read_address(text, "press")
    assert "secret" not in fault.value.message + fault.value.hint
    assert "SINORUS_OPENSEARCH_PASSWORD" in fault.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "https://me:secret@search.example:92OO",
        "https://me:secret@search.example?pretty",
        "ftp://me:secret@search.example",
        "https://me:secret/1@search.example",
    ],
    ids=["a wrong port", "a query string", "another scheme", "a slash in the password"],
)
def test_a_password_in_what_is_no_address_is_not_repeated(text: str) -> None:
    with pytest.raises(ConfigError) as fault:
        read_address(text, "press")
    assert "secret" not in fault.value.message + fault.value.hint


def test_a_library_has_an_alias_a_lock_and_numbered_indices() -> None:
    address = address_of("press_2024-a")
    assert address.alias == "sinorus-press_2024-a"
    assert address.lock == "sinorus-press_2024-a.lock"
    assert address.index(7) == "sinorus-press_2024-a.000007"
    assert address.index(12_345_678) == "sinorus-press_2024-a.12345678"


@pytest.mark.parametrize("number", [0, 1, 999_999, 1_000_000])
def test_an_index_is_known_by_its_number(number: int) -> None:
    address = address_of("press")
    assert address.number(address.index(number)) == number


@pytest.mark.parametrize(
    "index",
    [
        "sinorus-press",
        "sinorus-press.lock",
        "sinorus-press.1",
        "sinorus-press.000001.000002",
        "sinorus-pressx000001",
        "sinorus-press-2.000001",
        "my-sinorus-press.000001",
        ".sinorus-press.000001",
    ],
)
def test_an_index_of_others_has_no_number(index: str) -> None:
    assert address_of("press").number(index) is None


@pytest.mark.parametrize(
    ("library", "alias"),
    [
        ("press", r"sinorus-press"),
        ("Press", r"sinorus-press-[0-9a-f]{8}"),
        ("press 1950/60", r"sinorus-press-1950-60-[0-9a-f]{8}"),
        ("-press_", r"sinorus-press-[0-9a-f]{8}"),
        ("Россия 1950", r"sinorus-1950-[0-9a-f]{8}"),
        ("中俄", r"sinorus-[0-9a-f]{8}"),
        ("p" * 61, r"sinorus-p{60}-[0-9a-f]{8}"),
        ("caf\udce9", r"sinorus-caf-[0-9a-f]{8}"),
    ],
    ids=[
        "small letters",
        "capitals",
        "spaces and slashes",
        "dashes around it",
        "Cyrillic and digits",
        "no letter that a cluster takes",
        "very long",
        "no Unicode",
    ],
)
def test_an_alias_keeps_of_a_name_what_a_cluster_takes(library: str, alias: str) -> None:
    assert re.fullmatch(alias, address_of(library).alias)


names = st.text() | st.text("aA-_. яЯ1/", max_size=5)


@given(names, names)
@example("Press", "press")
@example("Россия", "россия")
@example("a b", "a-b")
@example("press ", "press")
@example("press.lock", "press")
@example("p" * 61, "p" * 60)
@example("p" * 61, "p" * 62)
@example("é", "e\u0301")
def test_two_libraries_never_share_an_alias(one: str, other: str) -> None:
    assume(one != other)
    assert address_of(one).alias != address_of(other).alias


@pytest.mark.parametrize("library", ["Press", "中俄"])
def test_a_library_that_is_called_as_another_is_in_the_cluster_has_an_alias_of_its_own(
    library: str,
) -> None:
    alias = address_of(library).alias
    assert address_of(alias.removeprefix("sinorus-")).alias != alias


@given(names)
def test_a_cluster_takes_every_alias(library: str) -> None:
    assert re.fullmatch(r"sinorus-[a-z0-9_-]{0,80}", address_of(library).alias)


def test_user_and_password_come_from_the_environment(tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine search.example login other password different\n")
    found = {"SINORUS_OPENSEARCH_USER": "me", "NETRC": str(netrc)}
    assert credentials("search.example", found) == ("me", "")
    found["SINORUS_OPENSEARCH_PASSWORD"] = "secret"
    assert credentials("search.example", found) == ("me", "secret")


def test_user_and_password_come_from_a_netrc_for_this_host_alone(tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(
        "machine other.example login other password different\n"
        'machine search.example\n  login me\n  password "se cret"\n'
    )
    found = {"NETRC": str(netrc), "SINORUS_OPENSEARCH_PASSWORD": "without a user"}
    assert credentials("search.example", found) == ("me", "se cret")
    assert credentials("third.example", found) is None


def test_a_netrc_is_looked_for_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert credentials("search.example", {}) is None
    (tmp_path / ".netrc").write_text("machine search.example login me password secret\n")
    assert credentials("search.example", {}) == ("me", "secret")


def test_a_netrc_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert credentials("search.example", {"NETRC": str(tmp_path / "none")}) is None


@pytest.mark.parametrize(
    "text",
    ["machine search.example login me passwort secret\n", "login me password secret\n"],
    ids=["a word it does not know", "no machine"],
)
def test_a_broken_netrc_is_named_and_no_password_of_it(tmp_path: Path, text: str) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(text)
    with pytest.raises(ConfigError, match="cannot be read") as fault:
        credentials("search.example", {"NETRC": str(netrc)})
    assert str(netrc) in fault.value.message
    assert "secret" not in fault.value.message
    assert fault.value.hint == "see man netrc"


SettingsOf = Callable[..., Settings]


@pytest.fixture
def settings_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SettingsOf:
    """Settings from the text of the library's file, that of the user, and variables."""
    for name in ("SINORUS_OPENSEARCH_USER", "SINORUS_OPENSEARCH_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))

    def read(library: str = "", user: str = "", **variables: str) -> Settings:
        (tmp_path / "sinorus.toml").write_text(library)
        (tmp_path / "config.toml").write_text(user)
        return load_settings(tmp_path / "sinorus.toml", tmp_path / "config.toml", variables)

    return read


URL = 'engine = "opensearch"\nurl = "https://search.example:9200"\n'
HOSTS = 'hosts = ["https://search.example:9200"]\n'


def silent(notice: str) -> None:
    raise AssertionError(f"nobody is asked, so there is nothing to say: {notice}")


def test_a_cluster_without_a_url_is_refused(settings_of: SettingsOf, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no url says which") as fault:
        open_engine(settings_of('engine = "opensearch"'), tmp_path, silent)
    assert fault.value.hint == 'set url = "https://host:9200"'


def test_a_library_may_choose_a_cluster_that_its_user_named(
    settings_of: SettingsOf, tmp_path: Path
) -> None:
    text = URL + 'library_name = "Press"\nshards = 4\nreplicas = 0\n'
    with closing(open_engine(settings_of(text, HOSTS), tmp_path, silent)) as engine:
        assert engine.address == Address(("https://search.example:9200",), "Press")
        assert engine.place == f"https://search.example:9200/{engine.address.alias}"
        assert engine.layout == (4, 0)


def test_a_library_is_called_as_its_folder(settings_of: SettingsOf, tmp_path: Path) -> None:
    (tmp_path / "press").mkdir()
    with closing(open_engine(settings_of(URL, HOSTS), tmp_path / "press" / ".", silent)) as engine:
        assert engine.address.alias == "sinorus-press"


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        (URL, '["https://search.example:9200"]'),
        (
            'engine = "opensearch+https://search.example:9200"\n',
            '["https://search.example:9200"]',
        ),
        (
            'engine = "opensearch"\nurl = "https://one.example/os, http://two.example"\n',
            '["https://one.example:443", "http://two.example:9200"]',
        ),
    ],
    ids=["as url", "as engine", "two nodes"],
)
def test_a_library_may_not_say_where_files_and_queries_go(
    settings_of: SettingsOf, tmp_path: Path, text: str, hosts: str
) -> None:
    with pytest.raises(ConfigError, match=r"sent to https://.* you have not named") as fault:
        open_engine(settings_of(text), tmp_path, silent)
    assert str(tmp_path / "sinorus.toml") in fault.value.message
    config = tmp_path / "config.toml"
    hint = f"to allow it, put hosts = {hosts} into {config} or set SINORUS_HOSTS"
    assert fault.value.hint == hint
    with closing(open_engine(settings_of(text, f"hosts = {hosts}\n"), tmp_path, silent)):
        pass


@pytest.mark.parametrize(
    ("user", "variables"),
    [
        ("", {"SINORUS_URL": "https://search.example:9200"}),
        ("", {"SINORUS_ENGINE": "opensearch+https://search.example:9200"}),
        ('url = "https://search.example:9200"\n', {}),
    ],
    ids=["as SINORUS_URL", "as SINORUS_ENGINE", "in a file of the user"],
)
def test_a_user_may_say_where_the_password_goes(
    settings_of: SettingsOf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    user: str,
    variables: dict[str, str],
) -> None:
    monkeypatch.setenv("SINORUS_OPENSEARCH_USER", "me")
    monkeypatch.setenv("SINORUS_OPENSEARCH_PASSWORD", "secret")
    settings = settings_of('engine = "opensearch"\n', user, **variables)
    with closing(open_engine(settings, tmp_path, silent)) as engine:
        assert engine.address.urls == ("https://search.example:9200",)


def test_a_library_over_the_file_of_the_user_may_not_either(
    settings_of: SettingsOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SINORUS_OPENSEARCH_USER", "me")
    settings = settings_of(URL, 'url = "https://mine.example"\n')
    with pytest.raises(ConfigError, match=r"sent to https://search\.example:9200"):
        open_engine(settings, tmp_path, silent)
    settings = settings_of(
        URL.replace("search.example", "mine.example"), 'url = "https://mine.example:9200"\n'
    )
    with closing(open_engine(settings, tmp_path, silent)) as engine:
        assert engine.address.urls == ("https://mine.example:9200",)


def test_a_password_is_not_sent_in_the_open(
    settings_of: SettingsOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SINORUS_OPENSEARCH_USER", "me")
    url = "https://one.example,http://two.example"
    settings = settings_of('engine = "opensearch"\n', SINORUS_URL=url)
    with pytest.raises(ConfigError, match=r"not sent to http://two\.example:9200 in the open"):
        open_engine(settings, tmp_path, silent)


def test_a_file_of_certificates_that_is_none_is_named(
    settings_of: SettingsOf, tmp_path: Path
) -> None:
    authority = tmp_path / "ca.pem"
    settings = settings_of(URL, HOSTS, SINORUS_AUTHORITY=str(authority))
    with pytest.raises(ConfigError, match=r"ca\.pem cannot be read as certificates"):
        open_engine(settings, tmp_path, silent)
    authority.write_text("no certificate\n")
    with pytest.raises(ConfigError, match=r"ca\.pem cannot be read as certificates"):
        open_engine(settings, tmp_path, silent)
