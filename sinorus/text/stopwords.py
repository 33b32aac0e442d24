"""Words of grammar as their stems: words by which no text is told from another."""

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


GRAMMAR = frozenset([*map(stem, _ENGLISH.split()), *_RUSSIAN.split()])
CHINESE = frozenset(_CHINESE)
"""Characters; a word of these alone is one of grammar."""
