"""Makes the table of traditional characters in the package from OpenCC's own dictionary.

`python tests/support/han_table.py` writes it anew, for another version of OpenCC.
"""

from __future__ import annotations

from pathlib import Path

import opencc

import sinorus

TABLE = Path(sinorus.__file__).parent / "text" / "han_table.py"
_WIDTH = 90

_HEAD = '''"""The characters that differ between traditional and simplified Chinese, one for one.

Made by `tests/support/han_table.py` from the dictionary TSCharacters of OpenCC {version}
(https://github.com/BYVoid/OpenCC, Apache License 2.0): where a traditional character has several
simplified ones, the first of them, as OpenCC itself writes it. Not to be changed by hand.
"""

TRADITIONAL = """\\
{traditional}"""

SIMPLIFIED = """\\
{simplified}"""
'''


def pairs() -> list[tuple[str, str]]:
    """Each character of Unicode's Han that OpenCC alone would write otherwise, and how."""
    convert = opencc.OpenCC("t2s").convert
    codes = [*range(0x2E80, 0xA000), *range(0x20000, 0x33480)]
    found = {chr(code): convert(chr(code)) for code in codes}
    # What is simplified may itself be the traditional form of another: one folding is enough.
    return [(one, found.get(other, other)) for one, other in found.items() if one != other]


def table() -> str:
    """The text of the module."""
    traditional, simplified = ("".join(column) for column in zip(*pairs(), strict=True))
    return _HEAD.format(
        version=opencc.__version__,
        traditional=_lines(traditional),
        simplified=_lines(simplified),
    )


def _lines(text: str) -> str:
    """The text in lines that end with a backslash, so that they are one."""
    return "".join(text[at : at + _WIDTH] + "\\\n" for at in range(0, len(text), _WIDTH))


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
