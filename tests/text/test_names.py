"""Names files: how they are read and joined, and what the one that comes with the program holds."""

from __future__ import annotations

import re

import pytest
from support.queries import of

from sinorus.errors import ConfigError
from sinorus.query.evaluate import matches
from sinorus.query.parse import parse
from sinorus.query.rewrite import expand_names
from sinorus.text.name_files import Group, read_groups
from sinorus.text.names import CHOICES, LONGEST, OPENED, PERSON, Names, compile_names, starter_text
from sinorus.text.persons import surnames, variants
from sinorus.text.stems import stem
from sinorus.text.tokens import tokenize

READ = read_groups(starter_text(), "names.toml")
GROUPS = [[*group.forms, *group.narrower] for group in READ]
SCRIPTS = {"Latin": "[A-Za-z]", "Cyrillic": "[А-яЁё]", "Han": "[\u3400-\u9fff]"}
COMMON = """
a about after all also am an and any are as at be because before but by can could deal did do east
far first for from go good great had has have he her his how i if in into is it its joint last law
like long may more most new no north not of on one only or other our out over party peace people
power right said say see she silk so some south state than that the their them then there these
they this time to trade treaty two up us war was we west what when where which who why will wind
with work world would year you
"""


@pytest.fixture(scope="module")
def names() -> Names:
    return compile_names(READ)


# -- reading a names file


def test_groups_are_read_in_order_and_other_keys_are_allowed() -> None:
    text = '[[group]]\nkind = "place"\nforms = ["Amur", "Амур"]\n[[group]]\nforms = []\n'
    assert read_groups(text, "n.toml") == [
        Group(["Amur", "Амур"], [], [], [], cased=[]),
        Group([], [], [], [], cased=[]),
    ]
    assert read_groups("", "n.toml") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[group]\n", ["n.toml", "line 1"]),
        ("[[groups]]\nforms = []\n", ["n.toml", "'groups'"]),
        ("forms = []\n", ["n.toml", "'forms'"]),
        ('[[group]]\nkind = "place"\n', ["n.toml", "group 1", "forms"]),
        ('[[group]]\nforms = ["a"]\n[[group]]\nforms = "b"\n', ["n.toml", "group 2"]),
        ("[[group]]\nforms = [1]\n", ["n.toml", "group 1"]),
        ("group = [1]\n", ["n.toml", "group 1"]),
        ('[[group]]\nforms = ["a"]\nopens = "b"\n', ["n.toml", "group 1", "opens"]),
        ('[[group]]\nforms = ["a"]\nambiguous = [1]\n', ["n.toml", "group 1", "ambiguous"]),
        ('[[group]]\nforms = ["a"]\npatronymic = 1\n', ["n.toml", "group 1", "patronymic"]),
        ("group = 1\n", ["n.toml"]),
        ('group = "forms"\n', ["n.toml"]),
        ('[group]\nforms = ["a", "b"]\n', ["n.toml"]),
    ],
)
def test_a_faulty_names_file_is_named_with_what_is_wrong(text: str, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        read_groups(text, "n.toml")
    assert all(word in caught.value.message for word in words), caught.value.message
    assert caught.value.hint


# -- joining groups


def test_a_form_finds_its_group_by_its_stems() -> None:
    names = compile_names([["Putin", "Путин", "普京"], ["Xi Jinping", "习近平"]])
    assert len(names) == 2
    assert names.find(["putin"]) == (0, 0)
    assert names.find(tokenize("Путина").stems) == (0, 1)
    assert names.find(["普", "京"]) == (0, 2)
    assert names.find(["xi", "jinp"]) == (1, 0)
    assert names.find(["xi"]) is None
    assert names.find([]) is None


def test_the_others_of_a_form_are_all_but_itself_as_alternatives() -> None:
    names = compile_names([["Xi Jinping", "Си Цзиньпин", "习近平"]])
    others = dict(names.others(0, 0))
    assert list(others) == ["Си Цзиньпин", "习近平"]
    assert others["习近平"] == (("习",), ("近",), ("平",))
    first, last = others["Си Цзиньпин"]
    assert last[0] == "цзиньпин~"
    assert all(isinstance(stem, str) for stem in first + last)


def test_a_group_that_shares_a_form_joins_the_one_before() -> None:
    names = compile_names([["Kyiv", "Киев"], ["Amur", "Амур"], ["KIEV", "Kyiv", "基辅"]])
    assert [entry.forms for entry in names.entries] == [
        ["Kyiv", "Киев", "KIEV", "基辅"],
        ["Amur", "Амур"],
    ]
    assert names.find(["基", "辅"]) == (0, 3)


def test_a_form_shared_by_more_stays_with_the_first() -> None:
    names = compile_names([["a1", "Xa"], ["b1", "Xb"], ["Xa", "Xb", "Xc"]])
    assert names.find(["xb"]) is not None
    assert names.find(["xc"]) == (0, 2)
    assert names.find(["xb"])[0] == 1  # type: ignore[index]


def test_forms_that_a_search_cannot_tell_apart_are_one() -> None:
    names = compile_names([["Guterres", "GUTERRES", "Guterrés", "Гутерреш", "Гутерреш"]])
    assert [entry.forms for entry in names.entries] == [["Guterres", "Гутерреш"]]


def test_forms_and_groups_without_words_do_no_harm() -> None:
    names = compile_names([["…", ""], [], ["Amur", "—", "Амур"]])
    assert names.find([""]) is None
    group, _ = names.find(["amur"]) or (-1, -1)
    assert [shown for shown, _ in names.others(group, 0)] == ["Амур"]


# -- forms that only open a group, persons, and names of several meanings


def test_what_opens_a_group_is_none_of_its_forms() -> None:
    names = compile_names([Group(["Donald Trump", "特朗普"], opens=["Trump"])])
    assert names.find(["trump"]) == (0, OPENED)
    assert [form for form, _ in names.others(0, OPENED)] == ["Donald Trump", "特朗普", "Trump"]
    assert [form for form, _ in names.others(0, 0)] == ["特朗普"]


def test_a_form_is_worth_more_than_what_opens_a_group() -> None:
    names = compile_names([Group(["Wagner Group"], opens=["Wagner"]), Group(["Wagner", "Вагнер"])])
    assert names.find(["wagner"]) == (1, 0)


def test_what_opens_two_groups_opens_none() -> None:
    names = compile_names(
        [Group(["Igor Ivanov"], opens=["Ivanov"]), Group(["Sergei Ivanov"], opens=["Ivanov"])]
    )
    assert names.find(["ivanov"]) is None
    assert names.candidates(["ivanov"]) == [0, 1]
    assert names.candidates(["igor", "ivanov"]) == []


def test_an_ambiguous_form_is_settled_by_a_later_group_that_has_it() -> None:
    party = Group(["Communist Party of China", "CPC"], ambiguous=["CPC"])
    consortium = Group(["Caspian Pipeline Consortium"], ambiguous=["CPC"])
    names = compile_names([party, consortium])
    assert names.find(["cpc"]) is None
    assert names.candidates(["cpc"]) == [0, 1]
    assert "CPC" in [form for form, _ in names.others(0, 0)]
    settled = compile_names([party, consortium, Group(["CPC", "Communist Party of China"])])
    assert settled.find(["cpc"]) == (0, 1)
    assert settled.candidates(["cpc"]) == []


def test_a_form_that_minds_case_opens_its_group_only_as_it_is_written() -> None:
    names = compile_names([Group(["United States", "США"], opens=["=US", "=Песков"])])
    assert names.find(["us"], ["us"], ["US"]) == (0, OPENED)
    assert names.find(["us"], ["us"], ["U.S"]) == (0, OPENED)
    for written in ("us", "Us", ""):
        assert names.find(["us"], ["us"], [written]) is None
    assert names.find([stem("пескова")], ["пескова"], ["Пескова"]) == (0, OPENED)
    assert names.find([stem("песков")], ["песков"], ["песков"]) is None


PESKOV = Group(
    ["Dmitry Peskov", "Дмитрий Песков", "佩斯科夫"], [], ["Peskov", "Песков"], [], True, "Сергеевич"
)


@pytest.mark.parametrize(
    "written",
    [
        *("D. Peskov", "D. S. Peskov", "D.S. Peskov", "Dmitry S. Peskov", "Peskov, Dmitry"),
        *("Dmitry Sergeyevich Peskov", "Dmitry Sergeevich Peskov", "Peskov D.S."),
        *("Д. Песков", "Д. С. Песков", "Д.С. Песков", "Дмитрия Сергеевича Пескова"),
        *("Пескову Дмитрию", "Песков Дмитрий Сергеевич", "Песков Д. С."),
    ],
)
def test_a_person_is_known_and_found_by_initials_and_patronymic(written: str) -> None:
    names = compile_names([PESKOV])
    tokens = tokenize(written)
    words = [written[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert names.find(tokens.stems, tokens.forms, words) == (0, PERSON)
    for query in (written, f'"{written}"'):
        assert matches(expand_names(parse(query), names)[0], of("佩斯科夫"))
    for query in ("佩斯科夫", "Peskov", "Дмитрий Песков"):
        assert matches(expand_names(parse(query), names)[0], of(written)), query


@pytest.mark.parametrize("other", ["A. Peskov", "Сергей Песков", "Peskov said"])
def test_somebody_else_is_not_that_person(other: str) -> None:
    names = compile_names([PESKOV])
    node, _ = expand_names(parse("佩斯科夫"), names)
    assert not matches(node, of(other))
    assert not matches(expand_names(parse(f'"{other}"'), names)[0], of("佩斯科夫"))


def test_initials_tell_two_persons_of_one_surname_apart() -> None:
    names = compile_names(
        [
            Group(["Igor Ivanov", "Игорь Иванов"], [], ["Ivanov"], [], True),
            Group(["Sergei Ivanov", "Сергей Иванов"], [], ["Ivanov"], [], True),
        ]
    )
    assert names.find(["s", "ivanov"], ["s", "ivanov"], ["S", "Ivanov"]) == (1, PERSON)
    assert names.find(["a", "ivanov"], ["a", "ivanov"], ["A", "Ivanov"]) is None


def test_titles_are_no_given_names() -> None:
    assert variants(["President Trump", "маршал Жуков"], frozenset({"trump", "жуков"}), "") == []


def test_a_short_russian_name_is_told_from_other_words_of_its_stem() -> None:
    names = compile_names([["Cuba", "Куба"], ["Special military operation", "СВО"]])
    for query, here, not_here in (
        ("Cuba", "о Кубе", "млрд куб. м"),
        ("Special military operation", "ход СВО", "своя рука"),
    ):
        node, _ = expand_names(parse(query), names)
        assert matches(node, of(here))
        assert not matches(node, of(not_here))


# -- very many readings

WORDS = ["договор", "дружба", "сотрудничество", "россия", "китай", "мир", "граница", "союз"]


def test_a_form_with_very_many_readings_is_a_name_by_its_stems() -> None:
    form = " ".join(WORDS * 3)
    compiled = compile_names([[form, "Treaty"], ["Россия", "Russia"]])
    assert compiled.find(["treati"]) == (0, 1)
    others = [written for written, _ in compiled.others(0, 1)]
    assert others == [form]
    stems = next(key for key in compiled.keys if key.count(" ") == 23).split()
    assert compiled.find(stems, WORDS * 3) == (0, 0)
    assert compiled.find(stems[:-1], [*WORDS, *WORDS, *WORDS][:-1]) is None
    assert len(compiled.keys) < 2 * CHOICES


def test_a_long_quotation_in_russian_is_no_name_and_told_at_once() -> None:
    compiled = compile_names([["Китай", "China"]])
    assert compiled.find(["слов"] * 60, ["слово"] * 60) is None
    assert compiled.find([stem("китая")], ["китая"]) == (0, 0)


# -- the file that comes with the program


def test_it_is_large_and_every_group_crosses_scripts() -> None:
    assert len(GROUPS) >= 1_900
    for forms in GROUPS:
        scripts = [name for name, pattern in SCRIPTS.items() if re.search(pattern, "".join(forms))]
        assert len(scripts) >= 2, forms
        assert len(forms) == len(set(forms)), forms


def test_no_form_belongs_to_two_groups() -> None:
    owner: dict[str, int] = {}
    for number, forms in enumerate(GROUPS):
        for form in forms:
            key = re.sub(r"\W", "", "".join(tokenize(form).forms))
            assert owner.setdefault(key, number) == number, form


def test_no_stems_belong_to_two_groups(names: Names) -> None:
    """Otherwise a name in one case would be found as another name."""
    assert len(names) == len(GROUPS)
    for number, forms in enumerate(GROUPS):
        for form in forms:
            tokens = tokenize(form)
            found = names.find(tokens.stems, tokens.forms)
            if form not in READ[number].ambiguous:
                assert (found or (-1,))[0] == number, form


def test_forms_are_written_as_the_file_says() -> None:
    for form in (form for forms in GROUPS for form in forms):
        assert form == " ".join(form.split()), form
        assert tokenize(form).forms, form
        assert not re.fullmatch(SCRIPTS["Han"], form), f"{form} is one character"
        assert not re.search(r"[\"“”«»*?~|()]", form), form


def test_no_form_is_a_common_word() -> None:
    single = {tokenize(form).forms[0] for forms in GROUPS for form in forms if " " not in form}
    assert single & set(COMMON.split()) == set()


def test_every_form_finds_every_other_form_of_its_group(names: Names) -> None:
    missed: list[str] = []
    for group, forms in zip(READ, GROUPS, strict=True):
        passages = [(form, of(f"It was said: {form}. То же, 等等")) for form in forms]
        for written in (form for form in forms if form not in group.ambiguous):
            wanted = group.narrower if written in group.narrower else forms
            queries = [f'"{written}"']
            if len(tokenize(written)) <= LONGEST:
                queries.append(written)
            for query in queries:
                node, _ = expand_names(parse(query), names)
                missed += [
                    f"{query} → {form}"
                    for form, passage in passages
                    if form in wanted and not matches(node, passage)
                ]
    assert missed == []


def test_what_opens_a_group_is_no_form_of_another(names: Names) -> None:
    """Nor of its own: a form need not open it."""
    owner = {" ".join(tokenize(form).forms) for forms in GROUPS for form in forms}
    for group in READ:
        for form in group.opens:
            assert " ".join(tokenize(form.removeprefix("=")).forms) not in owner, form


def test_who_has_a_patronymic_has_a_surname(names: Names) -> None:
    for group in READ:
        if group.patronymic:
            assert group.person
            assert re.fullmatch("[А-ЯЁ][а-яё]+(ич|на)", group.patronymic), group
            known = surnames(group.forms, group.opens)
            assert variants(group.forms, known, group.patronymic), group


SAME = [
    # what the issue and its kind ask for, and another form of each
    *[("Germany", "Германии"), ("德国", "Germany"), ("Britain", "英国"), ("Fujian", "Fukien")],
    *[("Amoy", "厦门"), ("Canton", "Гуанчжоу"), ("Jiang Qing", "江青"), ("Chen Boda", "Чэнь Бода")],
    *[("Dobrynin", "多勃雷宁"), ("Podgorny", "Подгорным"), ("Госсовет", "国务院")],
    *[("Politburo", "政治局"), ("хунвэйбины", "红卫兵"), ("peaceful coexistence", "和平共处")],
    *[("СВО", "特别军事行动"), ("dual-use goods", "товаров двойного назначения")],
    *[("Trump", "特朗普"), ("Peskov", "Песковым"), ("Chiang", "蒋介石"), ("Chou", "周恩来")],
    *[("Soviet", "苏联"), ("US", "США"), ("U.S.", "美国"), ("Xi", "习近平"), ("SCO", "ШОС")],
    *[("Milescu", "Спафарий"), ("Joffe", "越飞"), ("Мэн Ваньчжоу", "Meng Wanzhou")],
    *[("С. Иванов", "Sergei Ivanov"), ("И. Иванов", "Игорь Иванов"), ("Куба", "Cuba")],
    *[("Putin NEAR/8 Xi", "Путин и 习近平"), ("secondary sanctions", "次级制裁")],
]


@pytest.mark.parametrize(("query", "text"), SAME, ids=[f"{q} → {t}" for q, t in SAME])
def test_the_names_of_this_field_are_known(query: str, text: str, names: Names) -> None:
    assert matches(expand_names(parse(query), names)[0], of(text))


NOT_SAME = [
    *[("RIC", "Brazil, Russia, India, China"), ("中俄印三国", "Brazil, Russia, India, China")],
    *[("CPC", "Communist Party of China"), ("CMC", "中央军委"), ("us", "США"), ("xi", "习近平")],
    *[("PRC", "Republic of China"), ("ROC", "People's Republic of China"), ("песок", "佩斯科夫")],
    *[("Ivanov", "Игорь Иванов"), ("Иван", "Сергей Борисович")],
]


@pytest.mark.parametrize(("query", "text"), NOT_SAME, ids=[f"{q} → {t}" for q, t in NOT_SAME])
def test_what_only_looks_like_a_name_is_none(query: str, text: str, names: Names) -> None:
    assert not matches(expand_names(parse(query), names)[0], of(text))


def test_a_query_says_which_other_forms_it_was_widened_to(names: Names) -> None:
    for forms in GROUPS[::20]:
        _, uses = expand_names(parse(f'"{forms[0]}"'), names)
        assert [use.form for use in uses]
        assert set(uses[0].others) <= set(forms)
        assert forms[0] not in uses[0].others
