"""Which of the encodings from before Unicode a text is in.

Encoding detectors judge a decoding by how tidy it looks, and for a paragraph of Russian several
look tidy. For the languages of the library there is firmer ground: a right decoding has the
frequent letter pairs of Russian, the frequent characters of Chinese, or accented letters that
stand inside Latin words. Each candidate is scored by that alone, from 0 to about 1. Where none
convinces (Polish, Greek, Japanese …) charset-normalizer decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sinorus.sources.language import HAN, HAN_SHARE, RUSSIAN_PAIRS, RUSSIAN_SHARE

_SAMPLE = 16_384
_CONVINCING = 0.6
_OTHERS = [
    *("cp1250", "iso8859_2", "cp1253", "iso8859_7", "cp1254", "cp1257", "cp1255", "cp1256"),
    *("shift_jis", "euc_jp", "euc_kr", "cp1251", "cp1252", "gb18030", "big5", "cp852"),
]

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_LINE_END = re.compile(rb"[\r\n]")
_BEFORE = 1_024  # bytes of a very long line that are looked at before its first high byte
_SIGNS = re.compile("[«»“”‘’„–—…·§°№\u00a0]")
_HAN_SIGNS = re.compile("[\u3000-\u3017，。：；！？（）［］０-９Ａ-Ｚａ-ｚ％－～“”‘’—…·]")
_CYRILLIC_WORD = re.compile("[А-Яа-яЁёІіЇїЄєҐґ]+")
_LOWER, _UPPER = "àâäáãåæçéèêëíìîïñóòôöõøœùúûüÿß", "ÀÂÄÁÅÆÇÉÈÊËÍÎÏÑÓÔÖØŒÚÛÜ"
_ACCENTED = re.compile(
    f"(?<=[A-Za-z])[{_LOWER}]|[{_LOWER}](?=[A-Za-z])"  # café, élan
    f"|(?<![a-z{_LOWER}])[{_UPPER}](?=[A-Za-z])|(?<=[A-Z])[{_UPPER}](?![a-z])"  # École, ÉTÉ
    r"|(?<!\w)[àèéóÀÈÉ](?!\w)"  # à Paris
)


def _russian(text: str, letters: int) -> float:
    """How far the letters of `text` are Cyrillic and follow each other as they do in Russian."""
    hits = cyrillic = 0
    for word in _CYRILLIC_WORD.findall(text):
        if not (word[1:].islower() or word.isupper() or len(word) == 1):
            continue  # KOI8-R and CP1251 have each other's capitals
        cyrillic += len(word)
        folded = word.lower()
        hits += sum(folded[i : i + 2] in RUSSIAN_PAIRS for i in range(len(word) - 1))
    if not hits:
        return 0.0
    # A word of n letters has n - 1 pairs; Russian words are six letters long on average.
    as_expected = hits / RUSSIAN_SHARE / (5 / 6)
    return (as_expected + cyrillic + len(_SIGNS.findall(text))) / (2 * letters)


def _chinese(text: str, letters: int) -> float:
    """How many of the ideographs of `text` are frequent ones."""
    frequent = sum(character in HAN for character in text)
    signs = len(_HAN_SIGNS.findall(text))
    if not frequent:
        return 0.0
    return frequent / max(1, letters - signs) / HAN_SHARE


def _western(text: str, letters: int) -> float:
    """How many of the letters beyond ASCII stand where Western languages have them."""
    odd = letters - len(_ACCENTED.findall(text)) - len(_SIGNS.findall(text))
    return 1 - 3 * odd / letters


_CANDIDATES: tuple[tuple[str, Callable[[str, int], float]], ...] = (
    ("cp1252", _western),
    ("cp1251", _russian),
    ("koi8_r", _russian),
    ("koi8_u", _russian),
    ("cp866", _russian),
    ("iso8859_5", _russian),
    ("mac_cyrillic", _russian),
    ("gb18030", _chinese),
    ("big5", _chinese),
    ("big5hkscs", _chinese),
    ("mac_roman", _western),
    ("cp850", _western),
)


def legacy_encoding(raw: bytes) -> str | None:
    """The name of the codec that reads `raw`, which is not Unicode; None if nothing convinces."""
    sample = telling_sample(raw)
    best, best_score = None, _CONVINCING
    for codec, score in _CANDIDATES:
        found = _score(sample, codec, score)
        if found > best_score + 0.001:  # of equals the first, which is the more usual one
            best, best_score = codec, found
    return best or _as_detected(sample)


def telling_sample(raw: bytes) -> bytes:
    """The lines that are not ASCII, up to 16 KB: the rest is the same in every candidate.

    A line is found from its first high byte, backwards and forwards, so that each byte is passed
    once: a pattern for the whole line would be tried from every byte of the lines without one.
    """
    lines: list[bytes] = []
    size = at = 0
    while size < _SAMPLE and (high := _HIGH_BYTE.search(raw, at)):
        first = high.start()
        start = 1 + max(raw.rfind(b"\n", at, first), raw.rfind(b"\r", at, first), at - 1)
        if first - start >= _SAMPLE:  # as much as is taken of a line would be ASCII
            start = first - _BEFORE
        line_end = _LINE_END.search(raw, first)
        at = line_end.start() if line_end else len(raw)
        lines.append(raw[start : min(at, start + _SAMPLE)])
        size += len(lines[-1])
    return b"\n".join(lines)


def _score(sample: bytes, codec: str, score: Callable[[str, int], float]) -> float:
    text = sample.decode(codec, "replace")
    letters = len(_NOT_ASCII.findall(text))
    if not letters:
        return 0.0
    # A wrong guess at a multi-byte encoding stumbles often, a damaged file once or twice.
    undecodable = max(0, text.count("\ufffd") - 1)
    return score(text, letters) * max(0.0, 1 - 10 * undecodable / letters)


def _as_detected(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    match = from_bytes(sample, cp_isolation=_OTHERS, preemptive_behaviour=False).best()
    return match.encoding if match else None
