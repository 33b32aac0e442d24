"""The keys of metadata that only this library has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sinorus.engines.port import Engine


class ExtraFields(Mapping[str, Collection[str]]):
    """The fields that only this library has, with their values.

    They are read when a query names one that is not common.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._values: dict[str, set[str]] | None = None

    def _all(self) -> dict[str, set[str]]:
        if self._values is None:
            found: dict[str, set[str]] = {}
            for document in self._engine.documents():
                for name, value in document.extra.items():
                    values = (value,) if isinstance(value, str) else value
                    found.setdefault(name, set()).update(values)
            self._values = dict(sorted(found.items()))
        return self._values

    def __getitem__(self, name: str) -> Collection[str]:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
