"""Chinese names in the names file are written as pinyin, Wade-Giles and Palladius have them."""

from __future__ import annotations

import re
from itertools import product

import pytest
from support.romanisation import palladius, palladius_of, plain, wade_giles

from sinorus.text.name_files import read_groups
from sinorus.text.names import starter_text

pypinyin = pytest.importorskip("pypinyin")

HAN = re.compile("[\u3400-\u9fff]{2,4}")
SYLLABLES = {
    # pinyin: Wade-Giles, Palladius
    "xi": ("hsi", "си"),
    "jin": ("chin", "цзинь"),
    "ping": ("p'ing", "пин"),
    "zhou": ("chou", "чжоу"),
    "en": ("en", "энь"),
    "lai": ("lai", "лай"),
    "qing": ("ch'ing", "цин"),
    "xue": ("hsüeh", "сюэ"),
    "liang": ("liang", "лян"),
    "quan": ("ch'üan", "цюань"),
    "guo": ("kuo", "го"),
    "zong": ("tsung", "цзун"),
    "duo": ("to", "до"),
    "ri": ("jih", "жи"),
    "hui": ("hui", "хуэй"),
    "lie": ("lieh", "ле"),
    "jun": ("chün", "цзюнь"),
    "yu": ("yü", "юй"),
    "zi": ("tzu", "цзы"),
    "yan": ("yen", "янь"),
    "tian": ("t'ien", "тянь"),
    "xiong": ("hsiung", "сюн"),
}


def readings(han: str) -> list[list[str]]:
    """The syllables of pinyin that a name may be read as, one reading of each character."""
    found = pypinyin.pinyin(han, style=pypinyin.Style.NORMAL, heteronym=True, v_to_u=True)
    return [list(one) for one in product(*found)]


def chinese_groups() -> list[tuple[str, list[str], list[list[str]]]]:
    """The Han form, all forms, and the readings of each group that has its pinyin among them."""
    found = []
    for group in read_groups(starter_text(), "names.toml"):
        latin = {plain(form) for form in group.forms if form.isascii()}
        for han in (form for form in group.forms if HAN.fullmatch(form)):
            spelt = [one for one in readings(han) if plain("".join(one)) in latin]
            if spelt:
                found.append((han, list(group.forms), spelt))
                break
    return found


GROUPS = chinese_groups()
OF_THEIR_OWN = {
    "蒋介石": "Cantonese",
    "孙中山": "another of his names",
    "宋庆龄": "Soong",
    "宋美龄": "Soong",
    "宋子文": "Soong",
    "马英九": "as he spells it",
    "蔡英文": "as she spells it",
    "李登辉": "as he spelt it",
    "陈水扁": "as he spells it",
    "陆征祥": "French spelling",
    "唐闻生": "Nancy Tang",
    "秦邦宪": "the pseudonym Bo Gu",
    "包尔汉": "an Uyghur name",
    "瞿秋白": "Цюй Цюбо since his years in Moscow",
    "肖劲光": "also read Jingguang",
    "吴仪": "with her office: `у и` are words",
    "北京": "Пекин",
    "南京": "Нанкин",
    "安徽": "Аньхой by custom",
    "瑷珲": "Айгунь, after the Manchu name",
    "巴嘎班迪": "Mongolian",
    "铁列克提": "Жаланашколь",
    "塔拉坎": "Russian",
    "塔利班": "Arabic",
    "曼德拉": "English",
    "也门": "Arabic",
}
"""What is not written by the rules, and why."""


@pytest.mark.parametrize(("pinyin", "expected"), SYLLABLES.items(), ids=SYLLABLES)
def test_a_syllable_is_written_by_the_rules(pinyin: str, expected: tuple[str, str]) -> None:
    assert (wade_giles(pinyin), palladius(pinyin)) == expected


def test_a_hard_sign_parts_two_syllables() -> None:
    assert palladius_of(["chang", "an"]) == "чанъань"
    assert palladius_of(["jin", "an"]) == "цзиньань"


def test_there_are_hundreds_of_chinese_names() -> None:
    assert len(GROUPS) > 350
    assert {han for han, _, _ in GROUPS} >= OF_THEIR_OWN.keys()


def test_russian_forms_are_those_of_palladius() -> None:
    wrong = []
    for han, forms, spelt in GROUPS:
        russian = {plain(form) for form in forms if re.match("[А-яЁё]", form)}
        right = {plain(palladius_of(one)) for one in spelt}
        right |= {plain(palladius(one[0]) + palladius_of(one[1:])) for one in spelt}  # a surname
        if russian and not russian & right and han not in OF_THEIR_OWN:
            wrong.append((han, russian, right))
    assert wrong == []


def test_old_forms_with_their_signs_are_those_of_wade_and_giles() -> None:
    wrong = []
    for han, forms, spelt in GROUPS:
        pinyin = {plain("".join(one)) for one in spelt}
        old = {plain(form) for form in forms if re.fullmatch(r"[A-Za-züê]+(.*['-].*)", form)}
        right = {plain("".join(map(wade_giles, one))) for one in spelt}
        if old - pinyin and not old & right and han not in OF_THEIR_OWN:
            wrong.append((han, old, right))
    assert wrong == []
