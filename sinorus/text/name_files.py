"""Names files: what a `[[group]]` may say, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sinorus.config import parse_toml
from sinorus.errors import ConfigError


class Group(NamedTuple):
    """Forms that mean the same.

    `forms` find each other and the `narrower` ones, which find each other alone. What `opens` the
    group finds all of them and is found by none; with an `=` before it, only where a query writes
    it in the same case. What is `ambiguous` is not widened at all where it is asked for. A `person`
    is also known by initials, by the `patronymic`, and by the surname first. What is `cased` finds
    and is found only as it is written (`US`, `Xi`). `own` has what of all this a library's own file
    lists.
    """

    forms: Sequence[str]
    narrower: Sequence[str] = ()
    opens: Sequence[str] = ()
    ambiguous: Sequence[str] = ()
    person: bool = False
    patronymic: str = ""
    cased: Sequence[str] = ()
    own: Sequence[str] = ()

    def every(self) -> Iterator[str]:
        """All that it lists."""
        return chain(self.forms, self.narrower, self.opens, self.ambiguous, self.cased)


def read_groups(text: str, source: str, *, own: bool = False) -> list[Group]:
    """Each `[[group]]` of a names file, which may be a library's own.

    Raises ConfigError that names `source`.
    """
    try:
        content = parse_toml(text)
    except ValueError as fault:  # not TOML, or a number of thousands of digits
        raise ConfigError(f"{source}: {fault}", "see docs/configuration.md for its form") from None
    except RecursionError:
        raise ConfigError(f"{source}: lists in lists, too deep to be names", "") from None
    unknown = sorted(set(content) - {"group"})
    if unknown:
        raise ConfigError(
            f"{source}: unknown key {unknown[0]!r}", "a names file has [[group]] only"
        )
    listed = content.get("group", [])
    if not isinstance(listed, list):
        raise ConfigError(
            f"{source}: group = {listed!r} is no group", "write [[group]] above forms"
        )
    found = [
        _group(group if isinstance(group, dict) else {}, f"{source}: group {number}")
        for number, group in enumerate(listed, 1)
    ]
    return [one._replace(own=[*one.every()]) for one in found] if own else found


def _group(group: Mapping[str, object], where: str) -> Group:
    forms = _listed(group.get("forms"))
    if forms is None:
        raise ConfigError(
            f"{where} has no list of forms",
            'write [[group]] and forms = ["Putin", "Путин", "普京"]',
        )
    cased = [form[1:] for form in forms if form.startswith("=")]
    forms = [form for form in forms if not form.startswith("=")]
    others = {}
    for key in ("narrower", "opens", "ambiguous"):
        found = _listed(group.get(key, []))
        if found is None:
            raise ConfigError(f"{where}: {key} is no list of forms", f'write {key} = ["Trump"]')
        others[key] = found
    patronymic = group.get("patronymic", "")
    if not isinstance(patronymic, str):
        raise ConfigError(f"{where}: patronymic is no text", 'write patronymic = "Сергеевич"')
    person = group.get("kind") == "person"
    return Group(forms, **others, person=person, patronymic=patronymic, cased=cased)


def _listed(value: object) -> list[str] | None:
    """A list of texts; None for anything else."""
    if isinstance(value, list) and all(isinstance(form, str) for form in value):
        return list(value)
    return None
