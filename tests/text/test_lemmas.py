"""Russian words are found in all their forms and in no other word; a form may be of several."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pymorphy3 import MorphAnalyzer
from support.queries import found
from support.russian_cases import rows

from sinorus.text.russian import GUESSED, lemmas
from sinorus.text.stems import alike, readings, stem

WORDS = rows("russian_words.txt")
"""Nouns, verbs and adjectives of the field, each with words that are another."""


ANALYSER = MorphAnalyzer()


def forms(word: str) -> set[str]:
    """All forms of a word, as the dictionary has them."""
    parses = ANALYSER.parse(word)
    own = next((one for one in parses if one.normal_form.replace("ё", "е") == word), parses[0])
    return {one.word.replace("ё", "е") for one in own.lexeme}


def test_the_dictionary_form_finds_99_of_100_forms_of_200_words() -> None:
    asked = {(word, form) for word in WORDS for form in forms(word)}
    missed = {(word, form) for word, form in asked if not alike(stem(word), stem(form))}
    assert len(WORDS) >= 200
    assert len(asked) > 3_000
    assert len(missed) <= len(asked) / 100, missed


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_not_another_word(word: str) -> None:
    assert [other for other in WORDS[word][1:] if found(word, other)] == []


@pytest.mark.parametrize(
    ("text", "query", "is_found"),
    [
        ("На рынке, на высоком уровне, поставок, порядка.", "рынок", True),
        ("На рынке, на высоком уровне, поставок, порядка.", "уровень", True),
        ("На рынке, на высоком уровне, поставок, порядка.", "поставки", True),
        ("На рынке, на высоком уровне, поставок, порядка.", "порядок", True),
        ("Послу вручили ноту.", "посол", True),
        ("Послу вручили ноту.", "посла", True),
        ("После войны.", "посла", False),
        ("После войны.", "посол", False),
        ("После войны.", "после", True),
        ("Они стали говорить.", "сталь", True),
        ("Они стали говорить.", "стать", True),
        ("Тонна стали.", "стать", True),
        ("Суда вышли в море.", "судно", True),
        ("Решение суда.", "суд", True),
        ("Люди пришли.", "человек", True),
        ("Он шёл домой.", "идти", True),
        ("Подписанное соглашение.", "подписать", True),
        ("Важнее всего мир.", "важный", True),
        ("Речь Путина о Путиной.", "Путин", True),
        ("Лавру вручили венок.", "Лаврова", False),
        ("Это было при нём.", "переть", False),
        ("Были люди.", "быль", False),
    ],
)
def test_a_form_is_found_by_the_words_that_it_is(text: str, query: str, is_found: bool) -> None:
    assert found(query, text) is is_found


def test_a_stem_has_all_its_readings_and_each_finds_it() -> None:
    assert stem("стали") == "|сталь|стать|"
    assert readings(stem("стали")) == ["сталь", "стать"]
    assert alike("|сталь|стать|", "сталь")
    assert alike("|сталь|стать|", "|статья|стать|")
    assert not alike("|сталь|стать|", "статья")


@pytest.mark.parametrize("name", ["Силуанов", "Хуснуллин", "Шойгин", "Мишустинов", "Колокольцев"])
def test_a_surname_that_no_dictionary_has_is_one_in_all_cases(name: str) -> None:
    cases = [name + ending for ending in ("", "а", "у", "ым", "е")]
    assert [case for case in cases if not found(name, f"О {case} речи.")] == []


def test_what_the_dictionary_does_not_have_is_marked() -> None:
    assert all(one.endswith(GUESSED) for one in lemmas("силуанову"))
    assert lemmas("войне") == ["война"]


def test_a_word_of_any_length_is_read_at_once() -> None:
    assert len(lemmas("е" * 1_000_000)) == 1


def test_english_never_reads_the_dictionary(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from sinorus.text.tokens import tokenize\n"
        "assert tokenize('Treaties of Мир').english == ['treati', 'of', '']\n"
        "assert 'pymorphy3' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
