"""Where in a command line the word is that is typed: behind which command, for which option."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sinorus.cli.completing.table import (
    HIDDEN,
    MANY,
    PROGRAM,
    TAKES,
    Command,
    Option,
    command,
    summaries,
)


class Wanted(NamedTuple):
    """What may stand for the word: something that is looked up, or one of some words.

    `offers` is as in the table; `prefix` stands before each candidate and is no part of what is
    `typed`. `listed` has words with what is said about each.
    """

    typed: str
    offers: str = ""
    prefix: str = ""
    listed: Sequence[tuple[str, str]] = ()


class Line:
    """The words of a line before the one that is typed, as the program would understand them.

    `given` has the last value of each option by its first name.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.command: Command | None = command(PROGRAM)
        self.given: dict[str, str] = {}
        self._waiting: Option | None = None
        self._arguments = 0
        self._ended = False
        for word in words:
            self._take(word)

    def _take(self, word: str) -> None:
        if self._waiting is not None:
            self.given[self._waiting.names[0]] = word
            self._waiting = None
        elif self._ended or not word.startswith("-") or word == "-":
            self._take_argument(word)
        elif word == "--":
            self._ended = True
        elif word.startswith("--"):
            name, equals, value = word.partition("=")
            self._take_option(name, value if equals else None)
        else:
            self._take_letters(word[1:])

    def _take_argument(self, word: str) -> None:
        if self.command is not None and self.command.name == PROGRAM:
            self.command = command(word) if word != PROGRAM else None
            self._ended = False
        else:
            self._arguments += 1

    def _take_option(self, name: str, value: str | None) -> bool:
        """Notes an option; whether a value belongs to it."""
        option = self.command.option(name) if self.command else None
        if option is None:
            return False
        self.given[option.names[0]] = value or ""
        if TAKES in option.marks and value is None:
            self._waiting = option
        return TAKES in option.marks

    def _take_letters(self, letters: str) -> None:
        """Takes short options, of which the last may have its value right behind it: `-cn5`."""
        for at, letter in enumerate(letters):
            if self._take_option(f"-{letter}", letters[at + 1 :] or None):
                return
            self._waiting = None

    def wanted(self, typed: str) -> Wanted:
        """What may stand for the word that is typed behind these."""
        if self.command is None:
            return Wanted(typed)
        if self._waiting is not None:
            return Wanted(typed, self._waiting.offers)
        if typed.startswith("-") and not self._ended:
            name, equals, value = typed.partition("=")
            option = self.command.option(name) if equals else None
            if option is not None and TAKES in option.marks:
                return Wanted(value, option.offers, f"{name}=")
            return Wanted(typed, listed=list(self._options(self.command)))
        if self.command.name == PROGRAM:
            return Wanted(typed, listed=list(summaries().items()))
        for at, argument in enumerate(self.command.arguments):
            if argument.many or at >= self._arguments:
                return Wanted(typed, argument.offers)
        return Wanted(typed)

    def _options(self, of: Command) -> Iterable[tuple[str, str]]:
        """The options that may still be given, each way to write them."""
        for option in of.options:
            once = MANY not in option.marks and option.names[0] in self.given
            if HIDDEN not in option.marks and not once:
                yield from ((name, option.about) for name in option.names)
