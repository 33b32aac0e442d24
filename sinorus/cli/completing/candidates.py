"""What may stand for the word that is typed, as each shell reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sinorus.cli.completing.line import Line, Wanted
from sinorus.cli.completing.words import Candidate, Word, quoted, split_line

SHELLS = ("bash", "zsh", "fish")
FILES, FOLDERS = "\tfile", "\tdir"
"""Lines that have the shell offer names of files, or of folders."""
_MOST_ABOUT = 60
"""Characters of what is said about a candidate."""


def completions(shell: str, arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The candidates, a line each: for bash as it is to be inserted, else the text, a tab and what
    is said about it. A line of `FILES` or `FOLDERS` alone stands for these.

    bash gives its line up to the cursor as the one argument, and in `COMP_CURRENT` the part of it
    that it would replace; the others give the words, the last of which is typed.
    """
    if shell == "bash":
        words = split_line(arguments[0] if arguments else "")
    else:
        words = [Word(text, text) for text in arguments]
    if not words:
        return ""
    typed = words[-1]
    line = Line(word.text for word in words[1:-1])
    wanted = line.wanted(typed.text)
    if wanted.offers in ("file", "dir"):
        return FOLDERS if wanted.offers == "dir" else FILES
    items = candidates(line, wanted)
    known = [item for item in items if item.value.isprintable()]
    if shell == "bash":  # which cannot show what is said about a candidate
        known = [item for item in known if not item.bare]
        replaced = environment.get("COMP_CURRENT", typed.typed)
        return "\n".join(_in_bash(item.value, typed, replaced) for item in known)
    return "\n".join(f"{item.value}\t{_about(item)}" for item in known)


def candidates(line: Line, wanted: Wanted) -> list[Candidate]:
    """What may stand for the word that is typed behind this line."""
    what, _, which = wanted.offers.partition(" ")
    if what == "library":
        from sinorus.cli.completing.values import offered

        given = line.given
        found = offered(given.get("--library"), given.get("--engine"), which, wanted.typed)
        return [item._replace(value=wanted.prefix + item.value) for item in found]
    if what == "words":  # which count whatever their capitals
        typed = wanted.typed.lower()
        return [Candidate(wanted.prefix + one) for one in which.split() if one.startswith(typed)]
    return [Candidate(*one) for one in wanted.listed if one[0].startswith(wanted.typed)]


def _in_bash(value: str, typed: Word, replaced: str) -> str:
    """A candidate without the part of it that bash leaves where it is: it breaks words at `:`, `=`
    and others, and after a quote.
    """
    if typed.quote:
        quote_at = typed.typed.rfind(typed.quote)
        before = typed.typed[:quote_at]
        told = quoted(value.removeprefix(before), typed.quote)
        left = len(typed.typed) - quote_at - 1 - len(replaced.removeprefix(typed.quote))
        return told[max(left, 0) :]
    kept = split_line(typed.typed.removesuffix(replaced))[-1].text
    return quoted(value.removeprefix(kept))


def _about(item: Candidate) -> str:
    told = " ".join(item.about.split())
    told = "".join(sign if sign.isprintable() else "?" for sign in told)
    return told if len(told) <= _MOST_ABOUT else f"{told[: _MOST_ABOUT - 1]}…"
