"""What is frequent in Russian and Chinese, to tell a right decoding from a wrong one.

Facts of the languages, counted over speeches, reports and encyclopaedia articles.
"""

from __future__ import annotations

_PAIRS = (
    "стнотоеновраронинакопрпореготеосеранватаодоротльтилинывоалолделеесатометителнедаогрионемин"
    "каламискобветьчеастведзатриямеимлоннсоойвиаккидоамсеиедиисцибомоавазмаьнжеэтиииличсивыейар"
    "сяикадпеирыхнтизру"
)
RUSSIAN_PAIRS = frozenset(_PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2))
"""The hundred most frequent pairs of letters; two thirds of all pairs in a Russian text."""

RUSSIAN_SHARE = 0.68

HAN = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    "过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前"
    "开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并"
    "物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通"
    "教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目"
    "太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界"
    "达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切"
    "院让识候带导争运"
    "這個們來為國說時會對過發後裡種經麼學現當沒動還進樣無從實軍與長機點業將兩間問並應戰頭體見產題東聲員"
    "論處義認條氣爾別變總電數報結務場計統區隊決馬書則聽強難權設記類據張該規萬覺術領觀讓識帶導爭運關於愛"
    "邊傳門給開話資質達確隻"
)
"""The five hundred most frequent characters, and how Taiwan and Hong Kong write them."""

HAN_SHARE = 0.6
