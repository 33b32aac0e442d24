"""Words of grammar: they set no source apart, however unevenly a few paragraphs use them."""

from __future__ import annotations

from sinorus.text.stems import stem

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
а без бы был была были было быть в вам вас ведь весь во вот все всего всей всем всех вы где да для
до его ее ей ему если есть еще же за здесь и из или им ими их к как какая какие какой когда которая
которого которое которой котором которую которые который которых кто ли либо лишь между меня мне
может мы на над надо нам нас наша наше наши не него нее ней нем нет ни них но ну о об однако он она
они оно от очень перед по под после потом потому почти при про с сам сама сами само свое своего
своей своем своих свои свою себе себя со так также такие такой там те тем теперь то того тоже той
только том тот тут ты у уж уже хотя чего чей чем что чтобы эта эти этим этих это этого этой этом
этот эту я
"""
_CHINESE = (
    "的了是在和与及或等而也就都又还并且但其之这那此因为所"
    "以如果我他她它们你您不没有被把对从到向以于着过"
)


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


ENGLISH, RUSSIAN = _stems(_ENGLISH), _stems(_RUSSIAN)
CHINESE = frozenset(_CHINESE)


def is_grammar(unit: str) -> bool:
    """Whether a stem, or a Chinese word made up of such characters, is one of grammar."""
    return unit in ENGLISH or unit in RUSSIAN or CHINESE.issuperset(unit)
