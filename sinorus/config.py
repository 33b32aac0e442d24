"""Settings, each of which knows where it came from.

Precedence: flag > environment `SINORUS_*` > `sinorus.toml` of the library > the user's own
`config.toml` > default. This module reads what it is given and looks for nothing by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sinorus.errors import ConfigError
from sinorus.files import Tree, read_all, read_regular
from sinorus.model.value import value


@value(frozen=True)
class Key:
    """A setting: its kind, its default, what it may be, and whether a library may set it.

    A library that was copied from elsewhere must not make the program run anything or trust
    anybody, so what names a command (`pager`, `editor`, `viewer`) or whom to trust (`authority`,
    `hosts`, `trusted`) is for the user alone. What is said of folders of a library (`folder`) is
    for its file alone.
    """

    kind: type
    default: object
    choices: tuple[str, ...] = ()
    in_library: bool = True
    only_in_library: bool = False


KEYS: dict[str, Key] = {
    "sources": Key(list, ["seeds"]),
    "exclude": Key(list, []),
    "bibliography": Key(list, []),
    "folder": Key(tuple, (), only_in_library=True),
    "engine": Key(str, "whoosh"),
    "url": Key(str, ""),
    "hosts": Key(list, [], in_library=False),
    "library_name": Key(str, ""),
    "authority": Key(str, "", in_library=False),
    "timeout": Key(float, 30.0),
    "shards": Key(int, 1),
    "replicas": Key(int, 1),
    "names": Key(bool, True),
    "across": Key(bool, False),
    "dictionary": Key(bool, True),
    "update": Key(bool, True),
    "limit": Key(int, 20),
    "wait": Key(float, 5.0),
    "conversion_seconds": Key(float, 60.0),
    "conversion_megabytes": Key(int, 1024),
    "color": Key(str, "auto", ("auto", "always", "never")),
    "quote_style": Key(
        str, "markdown", ("markdown", "pandoc", "org", "latex", "typst", "html", "plain")
    ),
    "quote_marks": Key(str, "auto", ("auto", "en", "ru", "zh", "zh-Hant")),
    "pager": Key(str, "", in_library=False),
    "editor": Key(str, "", in_library=False),
    "viewer": Key(str, "", in_library=False),
    "library": Key(str, "", in_library=False),
    "trusted": Key(list, [], in_library=False),
}
_TESTS, _CREDENTIALS = "SINORUS_TEST_", ("_USER", "_PASSWORD")
"""How variables begin and end that are no settings: of tests, and of credentials, which no file may
hold."""
_LARGEST = 1 << 20
"""Bytes that a file of settings may have."""
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


@value(frozen=True)
class Setting:
    """A value and where it comes from: `default`, a file, or an environment variable."""

    value: Any
    origin: str
    of_library: bool = False


class Settings:
    """All settings by name; `settings["limit"]` is its value, `origin("limit")` its source.

    `said` is what the user himself said of each, weakest first, whether or not it counts: it is he
    who decides whom a library may have spoken to. `user` is his file.
    """

    def __init__(
        self,
        known: Mapping[str, Setting],
        said: Mapping[str, tuple[Setting, ...]] | None = None,
        user: Path | None = None,
    ) -> None:
        self._known = dict(known)
        self._said = dict(said or {})
        self.user = user

    def __getitem__(self, name: str) -> Any:
        return self._known[name].value

    def having(self, name: str, value: object, origin: str) -> Settings:
        """The same settings with one changed by the user: nothing of a library comes here."""
        setting = Setting(value, origin)
        said = {**self._said, name: (*self.said(name), setting)}
        return Settings({**self._known, name: setting}, said, self.user)

    def said(self, name: str) -> tuple[Setting, ...]:
        """All that the user himself said of a setting, even where the library's value counts."""
        return self._said.get(name, ())

    def own(self, name: str) -> bool:
        """Whether the user set it: not the library, which may come from elsewhere."""
        return not self._known[name].of_library

    def origin(self, name: str) -> str:
        """Where the value of a setting comes from."""
        return self._known[name].origin


def load_settings(
    library: Path | None = None,
    user: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings from a library's file, the user's file and `SINORUS_*` variables.

    A file that does not exist sets nothing. Raises ConfigError naming the file and the nearest
    known key for an unknown key, a wrong kind of value, or what a library may not set.
    """
    known = {name: Setting(key.default, "default") for name, key in KEYS.items()}
    said: dict[str, tuple[Setting, ...]] = {}
    for path, of_library in ((user, False), (library, True)):
        if path is not None:
            trusted = _trusted(known, environment or {}) if of_library else None
            found, text = _read_toml(path, trusted)
            for name, value in found.items():
                checked = _checked(name, value, str(path), of_library, text)
                known[name] = Setting(checked, str(path), of_library)
                if not of_library:
                    said[name] = (known[name],)
    for variable, text in sorted((environment or {}).items()):
        if _is_setting(variable):
            name = variable.removeprefix("SINORUS_").lower()
            if name not in KEYS:
                raise _unknown(name, f"environment variable {variable}", KEYS)
            if KEYS[name].only_in_library:
                raise _only_in_library(name, f"environment variable {variable}")
            known[name] = Setting(read_setting(name, text, variable), variable)
            said[name] = (*said.get(name, ()), known[name])
    return Settings(known, said, user)


def _is_setting(variable: str) -> bool:
    return (
        variable.startswith("SINORUS_")
        and not variable.startswith(_TESTS)
        and not variable.endswith(_CREDENTIALS)
    )


def _trusted(known: Mapping[str, Setting], environment: Mapping[str, str]) -> Sequence[str]:
    """The folders that the user trusts, needed before a library's file is read."""
    said = environment.get("SINORUS_TRUSTED")
    chosen: Any = known["trusted"].value
    if said:
        chosen = read_setting("trusted", said, "SINORUS_TRUSTED")
    found: list[str] = chosen
    return found


def _read_toml(path: Path, trusted: Sequence[str] | None) -> tuple[dict[str, Any], str]:
    """The content of a file and its text; of a library's, reached from its folder, if `trusted`.

    Empty for one that is not there.
    """
    try:
        if trusted is None:
            content = read_regular(path, _LARGEST)
        else:
            tree = Tree(str(path.parent), trusted)
            content = read_all(tree.open_file(path.name), path.name, _LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return {}, ""
    except OSError as fault:
        raise ConfigError(
            f"{path} cannot be read: {fault.strerror}", "make it a file that can be read"
        ) from None
    try:
        text = content.decode("utf-8-sig")
        return parse_toml(text), text
    except ValueError as fault:  # no TOML, no UTF-8, a number of thousands of digits
        raise ConfigError(f"{path}: {fault}", "see docs/configuration.md") from None
    except RecursionError:
        raise ConfigError(f"{path}: lists in lists, too deep to be settings", "") from None


def parse_toml(text: str, number: Callable[[str], Any] = float) -> dict[str, Any]:
    """What a TOML text says; `number` makes the value of one with a decimal point.

    Raises ValueError for what is not TOML, and for a number of thousands of digits;
    RecursionError for lists too deep within each other.
    """
    if sys.version_info >= (3, 11):  # imported only where there is something to read
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text, parse_float=number)


def _unknown(name: str, origin: str, known: Iterable[str]) -> ConfigError:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 1, 0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
    return ConfigError(f"{origin}: unknown key {name!r}", hint)


def _only_in_library(name: str, origin: str) -> ConfigError:
    hint = f"write it into the sinorus.toml of the library: [[{name}]]"
    return ConfigError(f"{origin}: {name!r} is of one library", hint)


def _checked(name: str, value: object, origin: str, of_library: bool, text: str) -> object:
    key = KEYS.get(name)
    if key is None or name == "library":
        raise _unknown(name, origin, [known for known in KEYS if known != "library"])
    if of_library and not key.in_library:
        raise ConfigError(
            f"{origin}: a library may not set {name!r}",
            f"set it in your own config.toml or as SINORUS_{name.upper()}",
        )
    if key.only_in_library:
        if not of_library:
            raise _only_in_library(name, origin)
        from sinorus.folder_tables import folder_tables  # which most libraries do not have

        return folder_tables(value, text, origin)
    if key.kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not key.kind or (
        isinstance(value, list) and not all(isinstance(item, str) for item in value)
    ):
        raise ConfigError(f"{origin}: {name} = {value!r} is not {_kind(name)}", "")
    return _allowed(name, value, origin)


_KINDS = {
    list: "a list of folder names",
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number of seconds",
}


_LISTS = {
    "hosts": "a list of addresses",
    "exclude": "a list of patterns",
    "bibliography": "a list of files",
}


def _kind(name: str) -> str:
    return _LISTS.get(name) or _KINDS[KEYS[name].kind]


_COUNTED = ("limit", "wait", "timeout", "shards", "replicas")
"""Settings that are numbers from 0."""


def read_setting(name: str, text: str, origin: str) -> object:
    """A setting as a variable or an option gives it. Raises ConfigError for what it may not be."""
    key = KEYS[name]
    try:
        if key.kind is bool:
            if text.lower() not in _TRUE | _FALSE:
                raise ValueError
            return text.lower() in _TRUE
        value = _parts(name, text) if key.kind is list else key.kind(text)
    except ValueError:
        raise ConfigError(f"{origin}={text!r} is not {_kind(name)}", "") from None
    return _allowed(name, value, origin)


def _parts(name: str, text: str) -> list[str]:
    if name == "hosts":  # a colon is part of an address
        return text.replace(",", " ").split()
    return [part for part in text.split(":") if part]


def _allowed(name: str, value: object, origin: str) -> object:
    key = KEYS[name]
    if key.choices and value not in key.choices:
        raise ConfigError(f"{origin}: {name} = {value!r}", f"one of {', '.join(key.choices)}")
    if name in ("shards", "timeout") and not value:
        raise ConfigError(f"{origin}: {name} = {value!r}", "it has to be more than 0")
    if name in _COUNTED and isinstance(value, (int, float)) and not 0 <= value < 1e9:
        what = "below 0" if value < 0 else "too large or no number"
        raise ConfigError(f"{origin}: {name} = {value!r} is {what}", "")
    return value
