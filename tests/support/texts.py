"""Texts for the tests of the analysis: what is cut out of them, and alphabets to make more of."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from sinorus.text.tokens import tokenize

APOSTROPHES = "'\u2019\u02bc\u02bb\u2018\uff07"
QUOTES = "\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\uff02"
QUOTES += "\u300c\u300d\u300e\u300f\u300a\u300b\u3008\u3009\u301d\u301e\u301f"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u2e3a\u2e3b"
SPACES = " \t\n\r\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
SPACES += "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

LETTERS = "abcdeilnostuxyzABCÉéèñüçßøłÞİıﬁﬀ" + "абвеёийкстъэЁЙЇў"
OTHERS = "中国俄罗斯關係々〇𠀀" + "がカﾊﾟｶﾞー" + "한국조" + "αλόςΆ" + "½²①１９" + "0123456789"
MARKS = "\u0301\u0306\u0308\u0327\uff9e\ufe00"
SIGNS = ".,;:!?-–—()[]^|*~=/\\#@&%$<>{}_+" + QUOTES + APOSTROPHES + " \n\t\xa0" + INVISIBLE

_pieces = [*(LETTERS + OTHERS + MARKS + SIGNS), "か\u3099", "ハ\u309a", "[1]", "-\n", "\xac"]
texts = st.lists(st.sampled_from(_pieces), max_size=60).map("".join)
"""Texts of the scripts of this library's field, with every mark that has a meaning to it."""


def forms(text: str) -> list[str]:
    return tokenize(text).forms


def slices(text: str) -> list[str]:
    """What each token is cut out of, accents and all."""
    tokens = tokenize(text)
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
