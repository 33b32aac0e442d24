"""A Russian name is found in whichever case it stands."""

from __future__ import annotations

import pytest
from support.queries import found
from support.russian_cases import CASES, FULL_NAMES

from sinorus.text.name_files import read_groups
from sinorus.text.names import Names, compile_names, starter_text
from sinorus.text.stems import case_stems, readings, stem
from sinorus.text.tokens import tokenize


@pytest.fixture(scope="module")
def names() -> Names:
    return compile_names(read_groups(starter_text(), "names.toml"))


def missed(query: str, forms: tuple[str, ...], names: Names) -> list[str]:
    return [form for form in forms if not found(query, f"Речь шла о {form} и войне.", names)]


def a_latin_form(form: str, names: Names) -> str:
    """Another form of the group, in Latin letters and without a form inside it."""
    group = names.find(tokenize(form).stems, tokenize(form).forms)
    assert group is not None, f"{form} is not in names.toml"
    return next(other for other in names.forms(group[0]) if other.isascii())


def test_the_samples_are_rich_enough() -> None:
    assert len(CASES) >= 60
    assert all(len(cases) == 6 for cases in CASES.values())


@pytest.mark.parametrize("name", CASES)
def test_the_stems_of_a_name_are_those_of_all_its_cases(name: str) -> None:
    stems = case_stems(tokenize(name).forms[0])
    cases = [tokenize(case) for case in CASES[name]]
    missing = [
        case.forms[0]
        for case in cases
        if {*readings(case.stems[0]), "=" + case.forms[0]}.isdisjoint(stems)
    ]
    assert missing == []


@pytest.mark.parametrize("name", CASES)
def test_a_name_in_latin_letters_finds_every_case(name: str, names: Names) -> None:
    assert missed(a_latin_form(name, names), CASES[name], names) == []


@pytest.mark.parametrize("name", CASES)
def test_a_name_in_the_nominative_finds_every_case(name: str, names: Names) -> None:
    assert missed(name, CASES[name], names) == []


@pytest.mark.parametrize("name", CASES)
def test_a_name_in_any_case_finds_the_nominative(name: str, names: Names) -> None:
    assert [case for case in CASES[name] if not found(case, name, names)] == []


@pytest.mark.parametrize("name", FULL_NAMES)
def test_a_name_of_several_words_finds_every_case(name: str, names: Names) -> None:
    for query in (name, f'"{name}"', a_latin_form(name, names)):
        assert missed(query, FULL_NAMES[name], names) == [], query


@pytest.mark.parametrize("name", CASES)
def test_the_names_own_stem_comes_first_and_no_stem_twice(name: str) -> None:
    form = tokenize(name).forms[0]
    stems = case_stems(form)
    assert stems[0] in readings(stem(form))
    assert len(set(stems)) == len(stems)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Обама", "об этом"),
        ("Путин", "путь"),
        ("Китай", "кита увидели в море"),
        ("Сечин", "сеч"),
        ("Россия", "россыпь"),
        ("Амур", "аму"),
        ("Горбачёв", "горб"),
        ("Харбин", "харб"),
    ],
)
def test_a_name_is_not_found_in_other_words(name: str, other: str, names: Names) -> None:
    assert not found(name, other, names)


@pytest.mark.parametrize("word", ["", "а", "ам", "ия", "й", "ский", "ъ", "ы", "э", "аяя", "нью"])
def test_the_shortest_words_have_stems_too(word: str) -> None:
    assert case_stems(word)[0] in readings(stem(word))
