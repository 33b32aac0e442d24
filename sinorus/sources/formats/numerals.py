"""Numbers in the ways in which programs for texts write them before paragraphs."""

from __future__ import annotations

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_HAN = "零一二三四五六七八九"
_HAN_FORMATS = frozenset(
    (
        *("chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand"),
        *("japaneseCounting", "ideographDigital", "taiwaneseCounting", "chineseLegalSimplified"),
    )
)
_LARGEST = 100_000


def shown(number: int, how: str) -> str:
    """A number as Word writes it in one of its formats; in digits where we do not know that one."""
    if not 0 < number < _LARGEST:
        return str(number)
    if how in ("upperRoman", "lowerRoman") and number < 4_000:
        found = ""
        for size, sign in _ROMAN:
            found += sign * (number // size)
            number %= size
        return found if how == "upperRoman" else found.lower()
    if how in ("upperLetter", "lowerLetter") and number <= 780:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if how == "upperLetter" else letter.lower()
    if how in _HAN_FORMATS and number < 1_000:
        return _in_han(number)
    return f"{number:02}" if how == "decimalZero" else str(number)


def _in_han(number: int) -> str:
    """`一`, `十`, `十二`, `二十`, `一百零五`."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    found = f"{_HAN[hundreds]}百" if hundreds else ""
    if tens:
        found += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        found += "零"
    return found + (_HAN[ones] if ones else "")
