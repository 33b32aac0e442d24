"""Character classes of the scripts that decide how a token is read, as parts of a pattern.

Written as escapes: an editor that normalises text would silently change some of them.
"""

from __future__ import annotations

LATIN = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1d00-\u1dbf\u1e00-\u1eff"
    "\u2160-\u2188\u2c60-\u2c7f\ua722-\ua7bf\ua7c2-\ua7ff\uab30-\uab65\ufb00-\ufb06"
    "\uff21-\uff3a\uff41-\uff5a"
)
CYRILLIC = "\u0400-\u0481\u048a-\u052f\u1c80-\u1c8a\ua640-\ua66e\ua680-\ua69d"
IDEOGRAPH = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"  # Han
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"  # Kana
)
NUMBER = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f\u2189"
    "\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3248-\u324f\u3251-\u325f\u32b1-\u32bf"
)
"""Numbers that are a character of their own (a half, a circled one): never part of others."""

MARK = "\u0300-\u036f"
"""Combining accents."""
VOICING = "\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What may follow an ideograph or kana and belongs to it."""
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, zero-width space and joiners: dropped wherever they stand in a word."""
APOSTROPHE = "'\u2019\u02bc\u02bb\u2018\uff07\u00b4\u201b\u2032\u02b9"
