"""Russian words to lemmas, by the dictionary of pymorphy3, which is read for the first of them.

A form that is one of several words (`стали`: стать, сталь) has several lemmas. The dictionary says
how likely each is: what stands in less than one of a hundred places is no reading, so that `после`
is not a form of `посол`.

Of a word that it does not have, the readings are what its ending says by those that the dictionary
has; the word itself, where it may be a surname; and its Snowball stem. Two forms are one word where
they have one of them in common: see docs/decisions/0022-lemmas.md for how often each is right.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

GUESSED = "~"
"""Behind a reading that is no word of the dictionary, twice behind a Snowball stem."""
LEAST = 0.01
"""The share of its places in which a form must have a lemma."""
LIKELY = 0.3
"""How likely a guess must be, beside the best of them."""
_SURNAMES = ("ов", "ев", "ин", "ын")
"""How surnames end in the nominative whose other cases end as no other word's."""
LONGEST = 60
"""Letters of words that are looked up: the longest of the dictionary has 38."""


@cache
def _analyser() -> Any:
    """The dictionary and what guesses by it: 16 MB on disk, 50 ms to read.

    With its path; to look for it among all packages takes as long again.
    """
    from pymorphy3 import MorphAnalyzer
    from pymorphy3_dicts_ru import get_path

    return MorphAnalyzer(path=get_path())


@cache
def _snowball_stemmer() -> Callable[[str], str]:
    import Stemmer

    return Stemmer.Stemmer("russian", 0).stemWord  # type: ignore[no-any-return]


def is_known(form: str) -> bool:
    """Whether the dictionary has a folded word."""
    if len(form) > LONGEST:
        return False
    analyser = _analyser()
    return bool(analyser.dictionary.words.similar_items(form, analyser.char_substitutes))


def lemmas(form: str) -> list[str]:
    """The lemmas of a folded word, sorted, with `GUESSED` behind those that are guesses."""
    if len(form) > LONGEST:
        return [_snowball(form)]
    analyser = _analyser()
    dictionary = analyser.dictionary
    known = dictionary.words.similar_items(form, analyser.char_substitutes)
    found = {
        (written, paradigm): dictionary.build_normal_form(paradigm, at, written).replace("ё", "е")
        for written, parses in known
        for paradigm, at in dict(parses).items()  # one place of many in a paradigm will do
    }
    if not found:
        return _guessed(form)
    if len(found) == 1:
        return [*found.values()]
    shares = dict.fromkeys(found.values(), 0.0)
    if len(shares) > 1:
        chance = analyser.prob_estimator.p_t_given_w.prob
        for written, parses in known:
            for paradigm, at in parses:
                tag = dictionary.build_tag_info(paradigm, at)
                shares[found[written, paradigm]] += chance(form, tag)
    likely = [lemma for lemma, share in shares.items() if share >= LEAST]
    return sorted(likely or shares)  # of rare words it does not know how often they are what


def _guessed(form: str) -> list[str]:
    parses = [parse for parse in _analyser().parse(form) if "UNKN" not in parse.tag]
    best = max((parse.score for parse in parses), default=0.0)
    likely = {parse.normal_form for parse in parses if parse.score >= LIKELY * best}
    if form.endswith(_SURNAMES):
        likely.add(form)
    return sorted({_snowball(form), *(lemma.replace("ё", "е") + GUESSED for lemma in likely)})


def _snowball(form: str) -> str:
    stem: str = _snowball_stemmer()(form)
    return stem + GUESSED + GUESSED
