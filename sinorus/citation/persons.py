"""The names of authors in their parts: family and given, or one that has none.

A document says `Никита Сергеевич Хрущёв`, `Kim, Younkyoo` or `Carnegie Moscow Center`, and not
which part is which. Han names are kept whole, family first, as their readers write them. An
institution is known by a word that persons do not bear, or by capitals alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HAN = re.compile(r"[\u3400-\u9fff\u3005\u3007·・\s]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]*)+$")
_PATRONYMIC = re.compile(r"[а-яё]+(?:ович|евич|ьич|мич|овна|евна|инична|ична)$", re.I)
_PARTICLES = frozenset(
    """
    van von der den de la le du da di del della dos das ter ten bin ibn al el zu zur af av
    """.split()  # noqa: SIM905 - words are read and added more easily so
)
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.I)
_INSTITUTION = re.compile(
    r"""\b(?:universit|institut|minist|department|office|cent(?:er|re)\b|press\b|agency|committee|council
    |government|administration|association|foundation|society|commission|academy|embass|bank\b|group\b
    |news\b|times\b|daily|radio|staff\b|authors?\b|editors?\b|editorial|team\b|party\b|congress|nations\b
    |union\b|federation|republic|organi[sz]ation|corporation|company|initiative|project\b|service\b
    |board\b|bureau|secretariat|library|museum|forum\b|assembly|of\b|the\b|and\b|for\b
    |университет|институт|министерств|центр|агентств|академи|администраци|комитет|совет\b|правительств
    |президент|редакци|общество|партия|посольств|организаци|федераци|республик|управлени|бюро\b|фонд\b
    |служба|ассоциаци|комисси|корпораци|компани|газет|журнал)""",
    re.I | re.X,
)
_PINYIN = re.compile(r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:[aeiouü]{1,3})(?:ng|n|r)?", re.I)
_SURNAMES = frozenset(
    """
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng
    liang xie song tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye
    cheng wei su lü lu ding ren yao shen zhong jia xia fu fang zou xiong bai meng qin qiu hou
    yin xue yan lei long shi tao gu mao hao gong shao wan qian dai mo xi hua wen
    """.split()  # noqa: SIM905 - words are read and added more easily so
)
"""Frequent Chinese surnames in pinyin, one of which before a word of pinyin is the family name."""


class Person(NamedTuple):
    """A name: `literal` where it is not cut into parts, else family and given, perhaps a suffix."""

    family: str = ""
    given: str = ""
    literal: str = ""
    suffix: str = ""

    @property
    def sorted_by(self) -> str:
        """The part by which a list is sorted: the family name, else the whole."""
        return self.family or self.literal


def person(name: str) -> Person:
    """The parts of a name as a document has it."""
    name = " ".join(name.split())
    if _HAN.match(name):
        return Person(literal=name)
    if "," in name:
        family, given, *rest = (part.strip() for part in name.split(","))
        if _SUFFIX.match(given):
            return person(family)._replace(suffix=given)
        if rest or not family or not given or _INSTITUTION.search(name):
            return Person(literal=name)
        return Person(family, given)
    words = name.split(" ")
    if len(words) == 1 or _is_institution(name, words):
        return Person(literal=name)
    suffix = words.pop() if len(words) > 2 and _SUFFIX.match(words[-1]) else ""
    return _parted(words)._replace(suffix=suffix)


def _parted(words: list[str]) -> Person:
    rest = " ".join(words[1:])
    family_first = (
        _INITIALS.match(rest)
        or (len(words) == 3 and _PATRONYMIC.match(words[2]) and not _PATRONYMIC.match(words[1]))
        or _is_pinyin(words)
    )
    if family_first:
        return Person(words[0], rest)
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return Person(" ".join(words[start:]), " ".join(words[:start]))


def _is_institution(name: str, words: list[str]) -> bool:
    return bool(
        _INSTITUTION.search(name)
        or any(sign.isdigit() for sign in name)
        or (name.isupper() and not _INITIALS.match(words[0]))
        or len(words) > 5
    )


def _is_pinyin(words: list[str]) -> bool:
    """Whether this is a Chinese name in pinyin, `Xi Jinping`, `Zhao Huasheng`, family first."""
    if len(words) != 2 or words[0].lower() not in _SURNAMES:
        return False
    given = re.sub("[-'’]", "", words[1])
    syllables = re.fullmatch(rf"(?:{_PINYIN.pattern}){{1,3}}", given, re.I)
    return bool(syllables) and given.lower() not in _WESTERN


_WESTERN = frozenset(
    """
    anna maria lena nina tina dana hanna lisa sara mina lina rita ana eva
    """.split()  # noqa: SIM905 - words are read and added more easily so
)
"""Given names that would be pinyin too."""
