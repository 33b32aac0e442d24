"""Keywords: the words that set one group of paragraphs apart from the others."""

from __future__ import annotations

from collections.abc import Mapping
from math import log, log2

from sinorus.corpus.counting import WordCounts, script
from sinorus.corpus.longer import Longer
from sinorus.model import Keyword
from sinorus.text.stems import is_russian, readings, stem
from sinorus.text.tokens import is_ideograph

_ENGLISH = """
a about above after again against all also although always among an and another any are as at
be because been before being below between both but by can cannot could did do does done down
during each either else ever every few for from further had has have having he hence her here
hers herself him himself his how however i if in into is it its itself just least less many may
me might mine more most much must my myself neither never no nor not now of off often on once one
only or other our ours ourselves out over own per perhaps quite rather same shall she should since
so some still such than that the their theirs them themselves then there therefore these they this
those though through thus to too toward towards under until up upon us very was we were what when
where whether which while who whom whose why will with within without would yet you your yours
"""
_RUSSIAN = """
а без бы было быть в ведь весь вот все всего вы где да для до его ее если есть еще же за здесь и
из или их к как какой когда который кто ли либо лишь между может мочь мы на над надо наш не нем
нет ни но ну о однако он она они оно от очень перед по под после потом потому почти при про с
сам сами свой себе себя так также такой там тем теперь то тоже только том тот тут ты у уж уже
хотя чего чей чем что чтобы это этот я
"""
"""Lemmas, so that nothing has to be looked up."""
_CHINESE = (
    "的了是在和与及或等而也就都又还并且但其之这那此因为所"
    "以如果我他她它们你您不没有被把对从到向以于着过"
)


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


ENGLISH, RUSSIAN = _stems(_ENGLISH), frozenset(_RUSSIAN.split())
CHINESE = frozenset(_CHINESE)


def is_grammar(unit: str) -> bool:
    """Whether a stem, or a Chinese word made up of such characters, is one of grammar."""
    if is_russian(unit):
        return not RUSSIAN.isdisjoint(readings(unit))
    return unit in ENGLISH or CHINESE.issuperset(unit)


SIGNIFICANT = 6.63
"""The least log-likelihood: p < 0.01 of the chi-square distribution with 1 degree of freedom."""
TELLING = 1.0
"""The least log ratio: at least twice as frequent. Significance alone only shows large counts."""
LEAST_COUNT = 3
"""Of a keyword in its group: in a small group a word that stands there once is 'significant'."""
CONSIDERED = 8
"""How many candidates there are for each keyword shown: longer words take up several of them."""


def log_likelihood(count: int, others: int, size: int, others_size: int) -> float:
    """G², 0 and up: how unlikely it is that two corpora use a word equally often.

    With E₁ = size·(count+others)/(size+others_size) and E₂ likewise for the others,
    G² = 2·(count·ln(count/E₁) + others·ln(others/E₂)), where 0·ln 0 = 0: Rayson & Garside 2000,
    "Comparing corpora using frequency profiling", after Dunning 1993. Sizes must be positive.
    """
    share = (count + others) / (size + others_size)
    mine = count * log(count / (size * share)) if count else 0.0
    theirs = others * log(others / (others_size * share)) if others else 0.0
    return max(0.0, 2 * (mine + theirs))


def log_ratio(count: int, others: int, size: int, others_size: int) -> float:
    """The binary logarithm of the ratio of relative frequencies: 1 is twice as often, −1 half.

    Hardie 2014, "Log Ratio: an informal introduction"; as there, a count of 0 is taken as 0.5.
    Sizes must be positive.
    """
    return log2(((count or 0.5) / size) / ((others or 0.5) / others_size))


def keywords(
    group: Mapping[str, int],
    others: Mapping[str, int],
    *,
    limit: int = 8,
    exclude: frozenset[str] = frozenset(),
) -> tuple[Keyword, ...]:
    """At most `limit` words that `group` uses more than `others`, most certain (G²) first.

    A keyword stands at least 3 times in the group, is at least twice as frequent there (log
    ratio ≥ 1) and has G² ≥ 6.63; equals go by log ratio, then alphabetically. Numbers, single
    letters, words of grammar and stems of `exclude` are none; ideographs of `exclude` exclude
    the words made up of them alone. A word is measured against the words of its own script only:
    else all of Russian would be key among English sources; where the others have none of that
    script there is nothing to say. Both sides are counts by unit, see `WordCounts`; one from
    `count_words` also gives the form to show and the longer Chinese words.
    """
    mine = group if isinstance(group, WordCounts) else WordCounts(group)
    theirs = others if isinstance(others, WordCounts) else WordCounts(others)
    characters = {c for stem in exclude if stem and is_ideograph(stem[0]) for c in stem}
    found = []
    for unit, count in mine.items():
        if count < LEAST_COUNT or unit in exclude or not _telling(unit, characters):
            continue
        keyword = _measured(unit, count, theirs.get(unit, 0), mine, theirs)
        if keyword.log_ratio >= TELLING and keyword.log_likelihood >= SIGNIFICANT:
            found.append(keyword)
    limit = max(0, limit)
    found = _ranked(found)[: limit * CONSIDERED]
    if mine.text:
        found = _with_longer(found, mine, theirs)
    return tuple(_shown(keyword, mine.forms) for keyword in found[:limit])


def _telling(unit: str, excluded: set[str]) -> bool:
    if (len(unit.strip("|~")) == 1 and not is_ideograph(unit)) or is_grammar(unit):
        return False
    return not unit.replace("/", "").isdigit() and not excluded.issuperset(unit)


def _measured(word: str, count: int, others: int, mine: WordCounts, theirs: WordCounts) -> Keyword:
    written = script(word)
    sizes = mine.sizes.get(written, 0), theirs.sizes.get(written, 0)
    if not all(sizes):  # nothing to compare it with: as if it were not telling
        return Keyword(word, count, others, 0.0, 0.0)
    likelihood = log_likelihood(count, others, *sizes)
    return Keyword(word, count, others, likelihood, log_ratio(count, others, *sizes))


def _longer_first(word: Keyword) -> tuple[float, float, int, str]:
    """Sorts as `_ranked` does, but of 西伯 and 西伯利亚 with the same counts the whole first."""
    length = len(word.word) if is_ideograph(word.word[0]) else 0
    return -word.log_likelihood, -word.log_ratio, -length, word.word


def _ranked(found: list[Keyword]) -> list[Keyword]:
    return sorted(found, key=lambda word: (-word.log_likelihood, -word.log_ratio, word.word))


def _shown(keyword: Keyword, forms: Mapping[str, str]) -> Keyword:
    form = forms.get(keyword.word, keyword.word)
    numbers = (keyword.log_likelihood, keyword.log_ratio)
    return Keyword(form, keyword.count, keyword.others, *numbers)


def _with_longer(found: list[Keyword], mine: WordCounts, theirs: WordCounts) -> list[Keyword]:
    """The candidates with pairs of ideographs replaced by the longer words they are parts of.

    What the others have of a longer word is at most what they have of its rarest pair; that
    bound is taken for it, which can only make it look less of a keyword than it is.
    """
    longer = Longer(mine)
    words: dict[str, Keyword] = {}
    for keyword in found:
        word = keyword.word
        if not is_ideograph(word[0]):
            words[word] = keyword
            continue
        word = longer.word(word)
        if longer.coheres(word):
            bound = min(theirs.get(word[i : i + 2], 0) for i in range(len(word) - 1))
            words[word] = _measured(word, keyword.count, bound, mine, theirs)
    fragments = longer.fragments({word for word in words if is_ideograph(word[0])})
    kept: list[Keyword] = []
    for keyword in sorted(words.values(), key=_longer_first):
        rivals = [other.word for other in kept if is_ideograph(other.word[0])]
        if keyword.word in fragments:
            continue
        if not is_ideograph(keyword.word[0]) or not longer.within(keyword.word, rivals):
            kept.append(keyword)
    return kept
