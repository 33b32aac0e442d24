"""English words to stems: Snowball, with tables of what it joins or parts against a reader's sense.

Snowball cuts endings by their letters alone, so that `authority` becomes `author`. Words of which
that is wrong have stems of their own in `english.txt`; British spellings are stemmed as American
ones, and irregular forms as the word that a dictionary has. docs/decisions/0022-lemmas.md has what
else was measured.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("english.txt")
_ISE = ("ise", "ised", "ises", "ising", "iser", "isers", "isation", "isations", "isational")
_LONGEST = 15
"""Letters of the longest British beginning, at least."""


class _Tables(NamedTuple):
    """What `english.txt` has, section by section."""

    apart: dict[str, str]
    together: dict[str, str]
    spelt: dict[str, str]
    our: tuple[str, ...]
    doubled: tuple[str, ...]
    ise: tuple[str, ...]
    men: frozenset[str]

    def american(self, form: str) -> str:
        """A folded word as it is spelt in America, and `-man` for `-men`."""
        for size in range(min(len(form), _LONGEST), 3, -1):
            if begins := self.spelt.get(form[:size]):
                rest = form[size:]
                return begins + ("ed" if rest == "d" and begins.endswith("er") else rest)
        if form.startswith(self.our):
            return form.replace("our", "or", 1)
        if form.startswith(self.doubled):
            return form.replace("ll", "l", 1)
        if form.endswith(_ISE) and len(form) > 6 and not form.startswith(self.ise):
            head, _, tail = form.rpartition("is")
            return f"{head}iz{tail}"
        if form.endswith("men") and len(form) > 4 and form not in self.men:
            return form[:-2] + "an"
        return form


@cache
def _tables() -> _Tables:
    sections: dict[str, list[list[str]]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            rows = sections[line[1:-1]] = []
        elif line and not line.startswith("#"):
            rows.append(line.split())
    single = {name: tuple(row[0] for row in rows) for name, rows in sections.items()}
    return _Tables(
        apart={form: row[0] for row in sections["apart"] for form in row},
        together={form: row[0] for row in sections["together"] for form in row[1:]},
        spelt={row[0]: row[1] for row in sections["spelt"]},
        our=single["our"],
        doubled=tuple(word + "l" for word in single["doubled"]),
        ise=tuple(word + "s" for word in single["ise"]),
        men=frozenset(single["men"]),
    )


def american(form: str) -> str:
    """A folded word as it is spelt in America, and `-man` for `-men`."""
    return _tables().american(form)


@cache
def stemmer() -> Callable[[str], str]:
    """What gives the stem of a folded English word, made when it is first asked for."""
    import Stemmer

    snowball: Callable[[str], str] = Stemmer.Stemmer("english", 0).stemWord
    tables = _tables()
    apart, together, american = tables.apart, tables.together, tables.american

    def stem(form: str) -> str:
        written = together.get(form) or american(form)
        written = together.get(written, written)
        return apart.get(written) or snowball(written)

    return stem
