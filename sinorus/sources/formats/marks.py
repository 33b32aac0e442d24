"""Which signs a text has at all: what is left of it without letters, digits and blanks.

To look for eighteen signs in a text takes eighteen passes, and those of two characters are slow
ones. One pass of `bytes.translate` leaves a hundredth of a text, in which to look costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

_KEPT = b"!#$%&()*+:<=>@[\\]^_`{|}~\t\v\f\x1c\x1d\x1e\x1f\x7f"
_OTHERS = bytes(set(range(256)).difference(_KEPT))


def marks_of(text: str) -> str:
    """The marks of a text in their order, without what stands between them.

    Raises UnicodeEncodeError for half a character (a surrogate).
    """
    return text.encode().translate(None, _OTHERS).decode()


def present(signs: Iterable[str], text: str, marks: str) -> list[str]:
    """Those of some signs that are in a text, which has these marks.

    A sign is of kept characters alone: if it is in the text, it is in its marks too. There it may
    be put together of two that are apart in the text.
    """
    return [sign for sign in signs if sign in marks and sign in text]
