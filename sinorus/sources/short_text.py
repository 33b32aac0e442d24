"""Whether a text of a few words in Latin letters is English: each of its words is weighed."""

from __future__ import annotations

import re

SHORT = 400
"""Characters of a text that is looked at word by word; of a longer one common words tell."""

_OWN = frozenset(
    """
    about after again against agreement alliance allies almost along although always
    ambassador american among and another army around away back became because become been
    before began begin behind being believe below better between beyond book border both bridge
    british brought business but called came ceasefire chapter children city come
    conclusion contents cooperation could council countries country court day days deal dear
    death defence defense development did does during each early east eastern economic economy
    either embassy energy enough every everything example existence expected experience exports
    father few find first five forces foreign found four free french friend friends friendship
    frontier full further gave german given going good government great ground growth had have
    having he head held help here high highway him himself his history hope hours house how
    however important imports increase indian influence interest interests
    interview into introduction islands its itself japanese kept knew know known korean
    large last law leader leaders least left less letter life living lost love make many meet
    meeting meets might military minutes money mongolian month morning move
    much must myself nations navy need neighbor neighbors neighbour neighbours never new news
    next night north northern nothing now often oil once only open other others our out
    outside over own pact partnership party peace people peoples perhaps pipeline policy power
    preface price prices quite railway rather relations reports review right river
    road russian said sanctions says school second secretary security seen several shall she
    should show signed since small some something sometimes soon south southern soviet speech
    started statement states strong such summary take taken taking talks tell than
    that the their them then there these they thing things think third this those though thought
    thousand threat three through thus together took toward towards town trade treaty troops
    turn turned two united until upon used using very visit visited visits want wanted war
    water weapons week well went were west western what when where whether which while white who
    whole whose why wife with within without woman women word words work workers working world
    would write written wrong year years yes you young your
    """.split()  # noqa: SIM905
)
"""Common words that only English has, among them those of newspapers and archives."""
_SHARED = frozenset(
    """
    a all an any are as at be by can do for from has her i if in is it like may me more most my
    no not of old on one or part report see so to us use was we will
    """.split()  # noqa: SIM905
)
"""Common words that another language has too: two of them tell as much as one of its own."""
_OTHERS = frozenset(
    """
    aan ab aber acest ad ada adalah af agus akan ako ale alebo ali alla alle amb ancak anche
    anda ang ao aon aos aquest aquesta ar arba asb atau atque att au auch auf aus aux av avec ay
    az bagi bat bei bet bevat bhith bij biko bilan bir bisa biti bitte boleh bruker bu buvo bv
    byl byla bylo cadw care ce cette cha che chun com como con csak cu cuando cum daardie daha
    dal dalam dalla dan dans dari das dat dato dei della delle dels dem dengan desde det deze
    dhe diese dieser dieses dim din dira dit dla dodaj dos durch ed edo een eg egy ei ein eine
    einem einen einer eines eit ekki elke eller els em en endre entre er erro es esas esse
    essere est esta este estos et eta ett ex ez falide fi flere fod foi fost fra fue gan
    gebruiker geen gerus gibi gli gus gwrthrych gyda ha haben hacked ham har hat haza hem het
    hierdie hii hogy hvor hvordan hwn hyd ialah ihr ik ikke ikkje il ile ili ima ingen ini inte
    ir isso ist itu iz izan ja jak jako je jest joka jou jsou juga ka kad kadar kaip kaj kami
    kan kann kao kas katika ke keine kepada kies kita koja koji kon ku kui kun kuwa kva kwa lan
    leis les leur leurs lo lub lui ma maar mae mai mais med meg mereka met mga mijn mit moet
    mukaan mutta muy na naar nach nas nav ndi ne nebo nel nella nem ng nga ni nicht nie niet
    niin nije ning njaj nke noch noe noen nog nome non nos nous nu nuo nur nye o objekt objekti
    och od oder og ogni oji olan olarak ole oleh oli om oma ont ook op oraz os ou ovat pada
    palavra par para pas pe pela pelo pentru pero plus po podle pole por pour pouze pre prema
    pro przez quae quando que questa questo qui quod sa samlet sau saya se sebagai sed sem seo
    ser servidor ses seu shrani si sich sie sin sind siste sobre som son sono sont su sua sunt
    sur sus tai tak te tego telah tersebut tidak til till tra tylko tym u uchun um uma un una
    unas und une unos untuk uw uz va vai var ve velg veya vi vir voer voor votre vous vse w wa
    wachtwoord wanneer wat wedi werden wie wir wird worden wordt wurde wybierz ya yang yn yra z
    za zijn zou zu zum zur
    """.split()  # noqa: SIM905
)
"""Common words of some thirty other languages; English has none of them."""
_IN_NAMES = frozenset(
    """
    al ben bin da de del den der des di du e el ibn la las le los san van von y
    """.split()  # noqa: SIM905
)
"""Words of other languages that stand in names in an English text too."""

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ-][^\W\d_]+)*")
_ENDING = re.compile(r"(?:[a-z]{4,}ed|[a-z]{3,}(?:ness|ships?|ful|ously|tely|ally))")
_ENDING_SHARED = re.compile(r"[a-z]{3,}ings?")
_ADDRESS = re.compile(r"\w*://\S*")
_FEWEST = 2
_WEIGHT_OWN = _WEIGHT_OTHER = 3
_ENOUGH, _ENOUGH_OF_WORDS = 2, 0.2


def is_english(text: str) -> bool:
    """Whether `text` is English: it has words of English alone, or several that others have too,
    and none, or far fewer, of other languages. Names alone do not tell.
    """
    words = _WORD.findall(_ADDRESS.sub(" ", text) if "/" in text else text)
    if len(words) < _FEWEST:
        return False
    weight = 0
    for written in dict.fromkeys(words):
        word = written.lower()
        if word in _OWN:
            weight += _WEIGHT_OWN
        elif word in _SHARED:
            weight += 1
        elif word in _OTHERS:
            weight -= _WEIGHT_OTHER
        elif word in _IN_NAMES:
            weight -= 1
        elif not word.isascii():
            weight -= 2
        elif _ENDING.fullmatch(written):
            weight += 2
        elif _ENDING_SHARED.fullmatch(written):
            weight += 1
    return weight >= max(_ENOUGH, _ENOUGH_OF_WORDS * len(words))
