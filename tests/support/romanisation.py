"""Pinyin to Wade-Giles and to Palladius, by the published rules of both, for the tests of names.

Wade-Giles as H. A. Giles has it in A Chinese-English Dictionary (1912); the Russian transcription
as Archimandrite Palladius (Kafarov) and all Russian publishers since.
"""

from __future__ import annotations

import re


def _table(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_WADE = _table(
    """
    b=p p=p' d=t t=t' g=k k=k' j=ch q=ch' x=hs zh=ch ch=ch' r=j z=ts c=ts'
    """
)
_WADE_WHOLE = _table(
    """
    zhi=chih chi=ch'ih shi=shih ri=jih zi=tzu ci=tz'u si=szu er=erh e=o ge=ko ke=k'o he=ho
    yan=yen ye=yeh yi=i you=yu yu=yü yue=yüeh yuan=yüan yun=yün yong=yung gui=kuei kui=k'uei
    gong=kung guo=kuo kuo=k'uo huo=huo shuo=shuo
    """
)
_PALLADIUS = _table(
    """
    b=б p=п m=м f=ф d=д t=т n=н l=л g=г k=к h=х j=цз q=ц x=с zh=чж ch=ч sh=ш r=ж z=цз c=ц s=с
    """
)
_PALLADIUS_WHOLE = _table(
    """
    zhi=чжи chi=чи shi=ши ri=жи zi=цзы ci=цы si=сы yi=и ya=я ye=е yao=яо you=ю yan=янь yin=инь
    yang=ян ying=ин yong=юн yu=юй yue=юэ yuan=юань yun=юнь wu=у wa=ва wo=во wai=вай wei=вэй
    wan=вань wen=вэнь wang=ван weng=вэн hui=хуэй er=эр lü=люй nü=нюй lüe=люэ nüe=нюэ
    """
)
_FINALS = _table(
    """
    a=а o=о e=э ai=ай ei=эй ao=ао ou=оу an=ань en=энь ang=ан eng=эн ong=ун i=и ia=я ie=е iao=яо
    iu=ю ian=янь in=инь iang=ян ing=ин iong=юн u=у ua=уа uo=о uai=уай ui=уй uan=уань un=унь
    uang=уан ue=юэ
    """
)
_AFTER_J = {"u": "юй", "ue": "юэ", "uan": "юань", "un": "юнь"}


def _parts(syllable: str) -> tuple[str, str]:
    initial = next((one for one in _INITIALS if syllable.startswith(one)), "")
    return initial, syllable[len(initial) :]


def wade_giles(syllable: str) -> str:
    """The Wade-Giles form of a syllable of pinyin without its tone: `xiao` → `hsiao`."""
    if syllable in _WADE_WHOLE:
        return _WADE_WHOLE[syllable]
    initial, final = _parts(syllable)
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    for end, old in (("ian", "ien"), ("ie", "ieh"), ("üe", "üeh"), ("ong", "ung")):
        if final.endswith(end):
            final = final[: -len(end)] + old
            break
    if final == "uo" and initial not in ("g", "k", "h", "sh"):
        final = "o"
    return _WADE.get(initial, initial) + final


def palladius(syllable: str) -> str:
    """The Russian form of a syllable of pinyin without its tone: `xiao` → `сяо`."""
    if syllable in _PALLADIUS_WHOLE:
        return _PALLADIUS_WHOLE[syllable]
    initial, final = _parts(syllable)
    if initial in ("j", "q", "x") and final in _AFTER_J:
        return _PALLADIUS[initial] + _AFTER_J[final]
    if initial in ("g", "k", "h") and final == "uo":
        return _PALLADIUS[initial] + "о"
    return _PALLADIUS.get(initial, initial) + _FINALS[final]


def plain(form: str) -> str:
    """A form without spaces, hyphens, apostrophes and the dots of `ü`, in small letters."""
    return re.sub(r"[\s\-'’·]", "", form).lower().replace("ü", "u").replace("ё", "е")


def palladius_of(syllables: list[str]) -> str:
    """The Russian form of a word: a hard sign parts `н` from a vowel (`Чанъань`)."""
    written = ""
    for syllable in syllables:
        russian = palladius(syllable)
        hard = written.endswith("н") and russian[0] in "аоуэеяюи"
        written += ("ъ" if hard else "") + russian
    return written
