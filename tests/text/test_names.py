"""Names files: how they are read and joined, and what the one that comes with the program holds."""

from __future__ import annotations

import re

import pytest
from support.queries import of

from sinorus.errors import ConfigError
from sinorus.query.evaluate import matches
from sinorus.query.parse import parse
from sinorus.query.rewrite import expand_names
from sinorus.text.names import CHOICES, LONGEST, Names, compile_names, read_groups, starter_text
from sinorus.text.stems import stem
from sinorus.text.tokens import tokenize

GROUPS = read_groups(starter_text(), "names.toml")
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
    return compile_names(GROUPS)


# -- reading a names file


def test_groups_are_read_in_order_and_other_keys_are_allowed() -> None:
    text = '[[group]]\nkind = "place"\nforms = ["Amur", "Амур"]\n[[group]]\nforms = []\n'
    assert read_groups(text, "n.toml") == [["Amur", "Амур"], []]
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
    assert names.shown == [["Kyiv", "Киев", "KIEV", "基辅"], ["Amur", "Амур"]]
    assert names.find(["基", "辅"]) == (0, 3)


def test_a_form_shared_by_more_stays_with_the_first() -> None:
    names = compile_names([["a1", "Xa"], ["b1", "Xb"], ["Xa", "Xb", "Xc"]])
    assert names.find(["xb"]) is not None
    assert names.find(["xc"]) == (0, 2)
    assert names.find(["xb"])[0] == 1  # type: ignore[index]


def test_forms_that_a_search_cannot_tell_apart_are_one() -> None:
    names = compile_names([["Guterres", "GUTERRES", "Guterrés", "Гутерреш", "Гутерреш"]])
    assert names.shown == [["Guterres", "Гутерреш"]]


def test_forms_and_groups_without_words_do_no_harm() -> None:
    names = compile_names([["…", ""], [], ["Amur", "—", "Амур"]])
    assert names.find([""]) is None
    group, _ = names.find(["amur"]) or (-1, -1)
    assert [shown for shown, _ in names.others(group, 0)] == ["Амур"]


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
    assert len(GROUPS) >= 150
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
            assert (names.find(tokenize(form).stems) or (-1,))[0] == number, form


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
    for forms in GROUPS:
        passages = [(form, of(f"It was said: {form}. То же, 等等")) for form in forms]
        for written in forms:
            queries = [f'"{written}"']
            if len(tokenize(written)) <= LONGEST:
                queries.append(written)
            for query in queries:
                node, _ = expand_names(parse(query), names)
                missed += [f"{query} → {form}" for form, p in passages if not matches(node, p)]
    assert missed == []


def test_a_query_says_which_other_forms_it_was_widened_to(names: Names) -> None:
    for forms in GROUPS[::20]:
        _, uses = expand_names(parse(f'"{forms[0]}"'), names)
        assert [use.form for use in uses]
        assert set(uses[0].others) <= set(forms)
        assert forms[0] not in uses[0].others
