"""The stylesheet of an RTF file, as far as it says what a paragraph is."""

from __future__ import annotations

from sinorus.sources.formats.style_names import Meaning, by_name

_DEEPEST = 50


class Stylesheet:
    """The names of styles, and which they are based on."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._based: dict[int, int] = {}
        self._outlines: dict[int, int] = {}
        self._known: dict[int, Meaning] = {}

    def add(self, number: int, name: str, based: int | None, outline: int) -> None:
        """Adds a style; its name may have others behind a comma."""
        self._names[number] = " ".join(name.partition(",")[0].strip(" ;").lower().split())
        if based is not None:
            self._based[number] = based
        if 0 <= outline < 9:
            self._outlines[number] = outline

    def meaning(self, number: int) -> Meaning:
        """What a paragraph is that has this style."""
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._read(number)
        return known

    def _read(self, number: int) -> Meaning:
        for _ in range(_DEEPEST):
            if found := by_name(self._names.get(number, "")):
                return found
            if number in self._outlines:
                return Meaning("heading", self._outlines[number] + 1)
            if number not in self._based:
                break
            number = self._based[number]
        return Meaning()
