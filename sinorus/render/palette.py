"""The one list of colours, by what they mean: one meaning has one colour in every command.

Only the sixteen colours of the user's own palette, which suit light and dark terminals alike. Of
these the bright ones are left alone: Solarized has its greys there. Many terminals show what is
bold in a bright colour, so that only red, whose bright one it leaves a colour, is bold too.
"""

from __future__ import annotations

from collections.abc import Mapping

from sinorus.errors import ConfigError

PALETTE: Mapping[str, str] = {
    "id": "green",
    "number": "bold",
    "path": "none",
    "match": "bold red",
    "added": "green underline",
    "removed": "red strike",
    "moved": "yellow",
    "title": "bold",
    "byline": "none",
    "heading": "dim",
    "group": "cyan",
    "label": "dim",
    "bar": "cyan",
    "dim": "dim",
    "strong": "bold",
    "emphasis": "italic",
    "code": "cyan",
    "struck": "strike",
    "mark": "yellow",
    "missing": "yellow",
    "warning": "yellow",
    "error": "bold red",
    "note": "dim",
}
"""What each meaning looks like; a user's `[colors]` changes it by the same names."""

COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_CODES = {
    **{name: str(30 + at) for at, name in enumerate(COLOURS)},
    **{f"bright_{name}": str(90 + at) for at, name in enumerate(COLOURS)},
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "underline": "4",
    "reverse": "7",
    "strike": "9",
    "none": "",
}
"""Words of a style, and the parameters of a CSI m sequence (SGR) for them."""


def themed(colors: Mapping[str, str], origin: str) -> Mapping[str, str]:
    """The palette with the colours that a user has set in `origin`.

    Raises ConfigError naming the nearest for a meaning or a colour that there is not.
    """
    for name, style in colors.items():
        if name not in PALETTE:
            raise _unknown(f"{origin}: [colors] has no {name!r}", name, PALETTE)
        for word in style.split():
            if word not in _CODES:
                what = f"{origin}: [colors] {name} = {style!r}: {word!r} is no colour"
                raise _unknown(what, word, _CODES)
    return {**PALETTE, **{name: style or "none" for name, style in colors.items()}}


def escape(style: str) -> str:
    """The escape sequence that begins a style; empty for `none`."""
    codes = ";".join(filter(None, map(_CODES.__getitem__, style.split())))
    return f"\x1b[{codes}m" if codes else ""


def _unknown(what: str, name: str, known: Mapping[str, str]) -> ConfigError:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 1, 0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    return ConfigError(what, hint)
