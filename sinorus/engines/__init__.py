"""Engines behind one port, and the registry of those that settings can name.

A new engine is a module here with a function `open_engine`, and a line in `ENGINES`: the setting
`engine`, the help of the command line, `status` and `index --to` know it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sinorus.errors import ConfigError

if TYPE_CHECKING:
    from sinorus.config import Settings
    from sinorus.engines.port import Engine

Notify = Callable[[str], None]
"""What hears of troubles that are no errors, such as a node that does not answer."""


class Kind(NamedTuple):
    """An engine that settings can name.

    `module` has `open_engine(settings, root, notice) -> Engine`, and is imported when it is used.
    A `remote` engine is at an address, which the setting `url` gives, or the engine as `NAME+URL`;
    an embedded one keeps its index in the folder of the library. `extra` is the extra of this
    package that installs what the engine needs.
    """

    name: str
    module: str
    remote: bool = False
    extra: str = ""

    def open(self, settings: Settings, root: Path, notice: Notify) -> Engine:
        """The engine of the library in `root`. Raises ConfigError for one that cannot be had."""
        try:
            module = import_module(self.module)
        except ModuleNotFoundError as error:
            if not self.extra:
                raise
            raise ConfigError(
                f"a cluster needs a package that is not there: {error.name}",
                f"pip install 'sinorus[{self.extra}]'",
            ) from None
        engine: Engine = module.open_engine(settings, root, notice)
        return engine


ENGINES = (
    Kind("whoosh", "sinorus.engines.whoosh.engine"),
    Kind("opensearch", "sinorus.engines.opensearch.engine", remote=True, extra="opensearch"),
)
EMBEDDED = next(kind for kind in ENGINES if not kind.remote)
"""What keeps the index of a library where nothing else is said."""
REMOTE = next(kind for kind in ENGINES if kind.remote)
"""What is at an address that is given without the name of an engine."""


def usage() -> str:
    """What `--engine` may be, for its help."""
    embedded = ", ".join(kind.name for kind in ENGINES if not kind.remote)
    remote = ", ".join(f"{kind.name}+https://HOST:9200" for kind in ENGINES if kind.remote)
    return f"{embedded}, or a cluster: {remote}"


def engine_names() -> list[str]:
    """How values of the setting `engine` begin: `whoosh`, `opensearch+https://`."""
    return [f"{kind.name}+https://" if kind.remote else kind.name for kind in ENGINES]


def kind_named(text: str, origin: str) -> Kind:
    """The engine that a value of the setting `engine` names: NAME, or NAME+URL of a remote one.

    Raises ConfigError for a value that names none; `origin` is where it stands.
    """
    for kind in ENGINES:
        if text == kind.name or (kind.remote and text.startswith(f"{kind.name}+http")):
            return kind
    names = [kind.name for kind in ENGINES]
    names += [f"{kind.name}+https://…" for kind in ENGINES if kind.remote]
    raise ConfigError(f"{origin}: there is no engine {text!r}", f"write one of {', '.join(names)}")


def kind_of(settings: Settings) -> Kind:
    """The engine that settings name. Raises ConfigError if there is none of that name."""
    return kind_named(settings["engine"], settings.origin("engine"))


def kinds_beside(settings: Settings) -> list[Kind]:
    """The other engines in which the library may have an index: remote ones only at a `url`."""
    used = kind_of(settings)
    return [kind for kind in ENGINES if kind != used and (settings["url"] or not kind.remote)]


def at_address(settings: Settings, url: str, origin: str) -> Settings:
    """The same settings for the engine at an address: URL, or NAME+URL as in `engine`.

    The user gives the address; `origin` is the option or the parameter in which he does.
    """
    named = (kind for kind in ENGINES if kind.remote and url.startswith(f"{kind.name}+"))
    kind = next(named, REMOTE)
    return settings.having("engine", kind.name, origin).having("url", url, origin)


def open_engine(settings: Settings, root: Path, notice: Notify) -> Engine:
    """The engine that settings name, for the library in `root`; `notice` hears of troubles.

    Raises ConfigError for one that cannot be had.
    """
    return kind_of(settings).open(settings, root, notice)


def embedded_engine(root: Path, trusted: Sequence[str] = ()) -> Engine:
    """The engine over the index in the folder of a library, whatever its settings name.

    The index may be in one of the `trusted` folders that it leads to.
    """
    from sinorus.config import load_settings

    settings = load_settings().having("trusted", list(trusted), "trusted")
    return EMBEDDED.open(settings, root, _unheard)


def _unheard(_: str) -> None:
    return None
