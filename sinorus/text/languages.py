"""The languages that people name: by code, by locale, in English and in the language itself.

A table of those that archives and newspapers are written in: the names of all languages are a
library of many megabytes, and what is not here can be given by its code. Of codes of two letters
all are known, so that `jp` and `xx` are not taken for one; those of three are too many to list.
"""

from __future__ import annotations

import re

_NAMED = """
en eng: english, английский, английском, англ, 英文, 英语, 英語
ru rus: russian, русский, на русском, рус, 俄文, 俄语, 俄語, russkij, russkiy
zh zho chi cmn cn: chinese, mandarin, 中文, 汉语, 漢語, 普通话, 普通話, 国语, китайский, кит
zh-Hans: simplified chinese, chinese simplified, 简体中文, 简体, 中文 简体, 简体字
zh-Hant: traditional chinese, chinese traditional, 繁體中文, 繁体中文, 繁體, 中文 繁體
yue: cantonese, 粤语, 粵語, 廣東話
lzh: classical chinese, literary chinese, 文言, 文言文
uk ukr: ukrainian, українська, українською, украинский
be bel: belarusian, belarusan, беларуская, белорусский
ja jpn: japanese, 日本語, 日语, 日文, японский
ko kor: korean, 한국어, 조선말, 韩语, 朝鲜语, корейский
mn mon: mongolian, монгол, монгол хэл, монгольский, 蒙古语
bo bod tib: tibetan, བོད་སྐད, 藏语
ug uig: uyghur, uighur, ئۇيغۇرچە, уйгурский, 维吾尔语
kk kaz: kazakh, қазақша, қазақ тілі, казахский
ky kir: kyrgyz, kirghiz, кыргызча, киргизский
uz uzb: uzbek, oʻzbekcha, o'zbekcha, ўзбекча, узбекский
tg tgk: tajik, тоҷикӣ, таджикский
tk tuk: turkmen, türkmençe, туркменский
tt tat: tatar, татарча, татарский
az aze: azerbaijani, azeri, azərbaycanca, азербайджанский
hy hye arm: armenian, հայերեն, армянский
ka kat geo: georgian, ქართული, грузинский
de deu ger: german, deutsch, немецкий, 德语, 德文
fr fra fre: french, français, французский, 法语, 法文
es spa: spanish, español, castellano, castilian, испанский
pt por: portuguese, português, португальский
it ita: italian, italiano, итальянский
ca cat: catalan, català
la lat: latin, latina, lingua latina, латинский
el ell gre: greek, ελληνικά, греческий
nl nld dut: dutch, flemish, nederlands
af afr: afrikaans
sv swe: swedish, svenska
da dan: danish, dansk
no nor: norwegian, norsk
nb nob: bokmål, norsk bokmål, norwegian bokmål
nn nno: nynorsk, norsk nynorsk, norwegian nynorsk
is isl ice: icelandic, íslenska
fi fin: finnish, suomi, финский
et est: estonian, eesti, эстонский
lv lav: latvian, latviešu, латышский
lt lit: lithuanian, lietuvių, литовский
pl pol: polish, polski, польский
cs ces cze: czech, čeština, česky, чешский
sk slk slo: slovak, slovenčina
sl slv: slovenian, slovene, slovenščina
hu hun: hungarian, magyar, венгерский
ro ron rum: romanian, română, румынский
bg bul: bulgarian, български, болгарский
sr srp: serbian, српски, srpski, сербский
hr hrv: croatian, hrvatski
bs bos: bosnian, bosanski
mk mkd mac: macedonian, македонски
sq sqi alb: albanian, shqip
ga gle: irish, gaeilge
eo epo: esperanto
yi yid: yiddish, ייִדיש, идиш
he heb: hebrew, עברית, иврит
ar ara: arabic, العربية, арабский, 阿拉伯语
fa fas per: persian, farsi, فارسی, персидский
ps pus: pashto, پښتو
ku kur: kurdish, kurdî
tr tur: turkish, türkçe, турецкий
ur urd: urdu, اردو
hi hin: hindi, हिन्दी, हिंदी, хинди
bn ben: bengali, bangla, বাংলা
ta tam: tamil, தமிழ்
ne nep: nepali, नेपाली
si sin: sinhala, sinhalese, සිංහල
th tha: thai, ไทย, ภาษาไทย
lo lao: lao, ລາວ
km khm: khmer, cambodian, ភាសាខ្មែរ
my mya bur: burmese, မြန်မာ
vi vie: vietnamese, tiếng việt, вьетнамский, 越南语
id ind: indonesian, bahasa indonesia
ms msa may: malay, bahasa melayu
tl tgl: tagalog, filipino
sw swa: swahili, kiswahili
am amh: amharic, አማርኛ
"""
_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
ia id ie ig ii ik io is it iu iw ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg
li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or
os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_TWO_LETTERS = frozenset(_CODES.split())
"""All codes of two letters of ISO 639-1, and the former ones that old catalogues have."""

_NAMES: dict[str, str] = {}
for _line in _NAMED.strip().splitlines():
    _codes, _, _names = _line.partition(": ")
    _code, *_others = _codes.split()
    _NAMES |= dict.fromkeys(
        (*_others, *(name.strip().casefold() for name in _names.split(","))), _code
    )

_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*")
_LOCALE_END = re.compile(r"[.@][\w.@-]*$", re.ASCII)
_PART = re.compile(r"(.+?)\s*[(（]\s*(.+?)\s*[)）]")


def language_code(text: str) -> str | None:
    """The code of a language: `en`, `zh-Hant`, `en-US`; None for what names no language.

    A code is taken as it is given, with the capitals of BCP 47; a locale (`en_US.UTF-8`) is its
    code; a name is known in English and in the language itself, for the languages of this field
    in Russian and Chinese too, in any case of letters, and with a country or script in brackets.
    """
    name = " ".join(text.split()).casefold()
    found = _NAMES.get(name)
    if found is not None:
        return found
    code = _LOCALE_END.sub("", name)
    if _CODE.fullmatch(code):
        primary, *rest = code.replace("_", "-").split("-")
        primary = _NAMES.get(primary, primary)
        if len(primary) == 2 and primary not in _TWO_LETTERS:
            return None
        return "-".join([primary, *(_subtag(part) for part in rest)])
    if match := _PART.fullmatch(name):
        language, part = match.groups()
        if found := _NAMES.get(f"{language} {part}"):
            return found
        region = _subtag(part) if len(part) == 2 and part.isascii() and part.isalpha() else ""
        language = _NAMES.get(language, language if _CODE.fullmatch(language) else "")
        return "-".join(filter(None, (language, region))) or None if language else None
    return None


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part
