"""Captions of figures and tables, known by how they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sinorus.sources.formats.pdf.lines import Line

_CAPTION = re.compile(
    r"(?:(?:Figure|Fig\.|FIG\.|FIGURE|Table|TABLE|Listing|Algorithm|Scheme|Plate|Map|Chart"
    r"|Рис\.|Рисунок|РИС\.|Таблица|ТАБЛИЦА|Табл\.|Схема|График|Карта)\s*(?:\d+|[IVX]+\b|[A-Z]\b)"
    r"(?:[.\-]\d+)*\s*(?:[.:–—|\-]|\Z|\s[A-ZА-ЯЁ])"
    r"|(?:图|表|圖|图表)\s*[\d一二三四五六七八九十]+(?:[.\-]\d+)*(?:[\s:：.　]|\Z))"
)
_LONGEST = 12
"""Lines of a caption at most."""


def is_caption(lines: Sequence[Line]) -> bool:
    """Whether a paragraph of these lines is the caption of a figure or a table."""
    return len(lines) <= _LONGEST and bool(_CAPTION.match(lines[0].text))
