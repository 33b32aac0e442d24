"""Words of grammar: what stands in nearly every sentence and says little about any."""

from __future__ import annotations

from sinorus.text.fold import fold_word

_ENGLISH = """
a an the this that these those it its of in on at to by for from with as into than and or but if
is are was were be been am has have had do does did
"""
_RUSSIAN = """
в во на с со к ко у о об от до из за по под при для без над и а но или же ли бы что как это
"""
_CHINESE = "的 了 和 与 與 及 在 是 于 於 之 而 也 着 著 把 被 将 將 对 對"
_WORDS = frozenset(f"{_ENGLISH} {_RUSSIAN} {_CHINESE}".split())
"""What denies or asks (not, no, who, не, 不) is not among them: without it, it would be another
question."""


def is_grammar(written: str) -> bool:
    """Whether a word is one of grammar, as it is written: `IS` and `IT` are names."""
    if len(written) > 1 and written.isupper():
        return False
    return fold_word(written) in _WORDS
