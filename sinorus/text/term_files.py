"""Files of terms: what a topic may list, and what is wrong with one, with the line it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sinorus.config import parse_toml
from sinorus.errors import ConfigError
from sinorus.text.terms import LANGUAGES, Concept
from sinorus.text.tokens import tokenize

LONGEST = 24
"""Tokens that a form may have; a Chinese character is one."""
MOST = 100
"""Forms that a concept may have in all."""
_HOW = 'write { en = ["sanctions"], ru = ["санкции"], zh = ["制裁"] }'
_SIGNS = re.compile(
    r"""(?P<text>\"\"\".*?\"\"\"|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*)"""
    r"""|^[ \t]*\[(?P<topic>[^\[\]\n]+)\][ \t]*(?=$|\#)|(?P<concept>\{)|(?P<line>\n)""",
    re.MULTILINE | re.DOTALL,
)


def read_concepts(text: str, source: str) -> list[Concept]:
    """The concepts of a file of terms, in its order. Raises ConfigError that names `source`."""
    try:
        content = parse_toml(text)
    except ValueError as fault:  # not TOML, or a number of thousands of digits
        raise ConfigError(f"{_at(source, fault)}: {fault}", "see docs/configuration.md") from None
    except RecursionError:
        raise ConfigError(f"{source}: lists in lists, too deep to be terms", "") from None
    found: list[Concept] = []
    lines = _Lines(text)
    for topic, table in content.items():
        if not isinstance(table, dict):
            raise ConfigError(
                f"{source}: {_short(topic)} is no topic", "write [topic] and terms = ["
            )
        unknown = sorted(set(table) - {"terms"})
        if unknown:
            where = lines.place(source, topic, None)
            what = f"[{_short(topic)}] has a key {_short(unknown[0])!r}"
            raise ConfigError(f"{where}: {what}", "a topic has terms = [ … ] only")
        listed = table.get("terms", [])
        if not isinstance(listed, list):
            where = lines.place(source, topic, None)
            raise ConfigError(f"{where}: terms of [{_short(topic)}] is no list", _HOW)
        for number, one in enumerate(listed):
            found.append(_concept(one, lines.place(source, topic, number), lines.of(topic, number)))
    return found


def _concept(written: object, where: str, line: int | None) -> Concept:
    if not isinstance(written, dict):
        raise ConfigError(f"{where}: {_short(written)!r} is no term", _HOW)
    unknown = sorted(set(written) - {*LANGUAGES, "ambiguous"})
    if unknown:
        what = f"unknown key {_short(unknown[0])!r}"
        raise ConfigError(f"{where}: {what}", "a term has en, ru, zh and ambiguous")
    forms = {
        language: _listed(written[language], language, where)
        for language in LANGUAGES
        if language in written
    }
    if len(forms) < 2:
        raise ConfigError(f"{where}: a term has forms in two languages at least", _HOW)
    every = [form for some in forms.values() for form in some]
    if len(every) > MOST:
        raise ConfigError(f"{where}: more than {MOST} forms of one term", "part them")
    ambiguous = _listed(written["ambiguous"], "ambiguous", where) if "ambiguous" in written else []
    for form in ambiguous:
        if form not in every:
            what = f"{_short(form)!r} is ambiguous and none of the forms"
            raise ConfigError(f"{where}: {what}", "")
    return Concept(forms, ambiguous, line)


def _listed(value: object, key: str, where: str) -> list[str]:
    if not (isinstance(value, list) and value and all(isinstance(form, str) for form in value)):
        raise ConfigError(f"{where}: {key} is no list of forms", f'write {key} = ["…"]')
    for form in value:
        size = len(tokenize(form[: 100 * LONGEST]))
        if not 0 < size <= LONGEST:
            what = "has no word" if not size else f"has more than {LONGEST} words"
            raise ConfigError(f"{where}: {_short(form)!r} {what}", "")
    return list(value)


class _Lines:
    """Where the terms of a file stand; read when there is a fault to tell, or a test asks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, list[int]] | None = None

    def _all(self) -> dict[str, list[int]]:
        """For each topic its own line and those of its terms."""
        if self._found is None:
            self._found = {}
            current: list[int] = []
            for line, topic in _signs(self._text):
                if topic is not None:
                    current = self._found.setdefault(topic, [line])
                else:
                    current.append(line)
        return self._found

    def of(self, topic: str, number: int | None) -> int | None:
        lines = self._all().get(topic, [])
        at = 0 if number is None else number + 1
        return lines[at] if at < len(lines) else None

    def place(self, source: str, topic: str, number: int | None) -> str:
        line = self.of(topic, number)
        return source if line is None else f"{source}:{line}"


def _signs(text: str) -> Iterator[tuple[int, str | None]]:
    """The lines on which topics and terms begin, a topic with its name."""
    line = 1
    for sign in _SIGNS.finditer(text):
        if sign["topic"]:
            yield line, sign["topic"].strip().strip("\"'")
        elif sign["concept"]:
            yield line, None
        line += sign.group().count("\n")


def _at(source: str, fault: ValueError) -> str:
    """The file with the line that the reader of TOML names."""
    line = re.search(r"\(at line (\d+)", str(fault))
    return f"{source}:{line[1]}" if line else source


def _short(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
