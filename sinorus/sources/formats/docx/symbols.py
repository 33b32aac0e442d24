"""Letters that stand in a Word or RTF file as places in the font Symbol."""

from __future__ import annotations

_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_OTHERS = {
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB9: "≠",
    0xBA: "≡",
    0xBB: "≈",
    0xBC: "…",
    0xC7: "∩",
    0xC8: "∪",
    0xCE: "∈",
    0xD7: "⋅",
    0xDE: "⇒",
}


def symbol(font: str, code: int) -> str:
    """The character at a place of a font; nothing where it is a picture, as in Wingdings."""
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    elif font.lower() != "symbol":
        return chr(code) if 0 < code < 0x110000 else ""
    if font.lower() != "symbol":
        return ""
    if 0x41 <= code <= 0x5A:
        return _CAPITALS[code - 0x41]
    if 0x61 <= code <= 0x7A:
        return _SMALL[code - 0x61]
    return _OTHERS.get(code, chr(code) if 0x20 <= code < 0x7F else "")
