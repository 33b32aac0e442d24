"""Words by which a sentence says the opposite, and those that limit what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence

WORDS = frozenset(
    [
        *("not", "no", "never", "nor", "neither", "none", "cannot", "without", "nothing", "nobody"),
        *("nowhere", "hardly", "scarcely", "barely", "dont", "doesnt", "didnt", "isnt", "arent"),
        *("wasnt", "werent", "cant", "couldnt", "wont", "wouldnt", "shouldnt", "hasnt", "havent"),
        *("hadnt", "mustnt", "neednt", "aint"),
        *("не", "ни", "нет", "нельзя", "никогда", "никто", "никого", "никому", "ничто", "ничего"),
        *("никак", "никакой", "никакого", "никаких", "нигде", "некому", "без", "отнюдь"),
        *"不没未无非勿莫否毋",
    ]
)
"""Forms of words that negate, as `wording` has them."""
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "не", "без", "бес")
_LIMITS = re.compile(
    r"[\s,;:—–，；-]{0,4}(?:(?:but|unless|except|provided|however|although|though|only if|if|until|"
    r"insofar as|as long as|но|однако|если|кроме|исключая|за исключением|хотя|при условии|пока|"
    r"лишь если|только если)\b|但|除非|然而|不过|如果|只要|除了|却|前提)",
    re.I,
)


def negates(forms: Sequence[str]) -> int:
    """How many of the words negate."""
    return sum(form in WORDS for form in forms)


def opposites(left: str, right: str) -> bool:
    """Whether one of two words is the other with a prefix that negates: able, unable."""
    short, long = sorted((left, right), key=len)
    return len(short) > 2 and any(long == prefix + short for prefix in _PREFIXES)


def limits(text: str) -> bool:
    """Whether a text begins with what limits the words before it: but, если, 除非."""
    return _LIMITS.match(text) is not None
