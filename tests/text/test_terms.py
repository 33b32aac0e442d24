"""The terms that come with the program, files of terms, and how they are compiled."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from sinorus.errors import ConfigError
from sinorus.text.dictionary import dictionary
from sinorus.text.fold import fold_value
from sinorus.text.name_files import read_groups
from sinorus.text.names import starter_text
from sinorus.text.term_files import read_concepts
from sinorus.text.term_table import TABLE, compiled_own, own_terms, table_of
from sinorus.text.terms import LANGUAGES, Terms, TermsInMemory, compile_terms, own_text
from sinorus.text.tokens import tokenize

OWN = read_concepts(own_text(), "terms.toml")
SCRIPTS = {
    "en": r"[A-Za-zÀ-ɏ0-9' -]*[A-Za-z][A-Za-zÀ-ɏ0-9' -]*",
    "ru": r"[А-Яа-яЁё0-9 -]*[А-Яа-яЁё][А-Яа-яЁё0-9 -]*",
    "zh": r"[\u3400-\u9fff0-9 -]*[\u3400-\u9fff][\u3400-\u9fff0-9 -]*",
}


def forms_of(terms: Terms, words: str) -> list[list[str]]:
    """The forms of each concept that words are."""
    senses = terms.senses(tokenize(words).stems)
    return [[form for some in terms.forms(one).values() for form in some] for one in senses]


def test_there_are_many_concepts_in_three_languages() -> None:
    assert len(OWN) >= 2_000
    for one in OWN:
        assert set(one.forms) == set(LANGUAGES), one
        for language, forms in one.forms.items():
            assert all(re.fullmatch(SCRIPTS[language], form) for form in forms), one


def test_a_form_of_several_concepts_says_so_in_each_of_them() -> None:
    holders = defaultdict(list)
    for number, one in enumerate(OWN):
        for language, forms in one.forms.items():
            folded = [re.sub(r"[ -]+", " ", fold_value(form)) for form in forms]
            assert len(folded) == len(set(folded)), one
            for form, key in zip(forms, folded, strict=True):
                holders[language, key].append((number, form))
    for found in holders.values():
        for number, form in found:
            assert (form in OWN[number].ambiguous) is (len(found) > 1), (form, OWN[number])


def test_there_are_no_names_of_persons_among_them() -> None:
    persons = {
        fold_value(form)
        for group in read_groups(starter_text(), "names.toml")
        if group.person
        for form in (*group.forms, *group.opens)
    }
    terms = {fold_value(form) for one in OWN for forms in one.forms.values() for form in forms}
    assert terms & persons == set()


def test_the_table_is_made_of_the_file() -> None:
    assert TABLE.read_bytes() == table_of(compiled_own()), "run python -m sinorus.text.term_table"


ASKED = [
    ("sanctions", "制裁"),
    ("санкций", "sanctions"),
    ("制裁", "санкции"),
    ("制裁", "sanctions"),
    ("strategic partnership", "战略伙伴关系"),
    ("стратегического партнёрства", "strategic partnership"),
    ("戰略夥伴關係", "стратегическое партнерство"),
    ("border", "граница"),
    ("dependence", "依赖"),
    ("mediation", "посредничество"),
    ("quota", "квота"),
    ("military exercises", "军事演习"),
    ("pipeline", "трубопровод"),
    ("cease-fire", "перемирие"),
    ("ceasefire", "перемирие"),
    ("cease fire", "перемирие"),
    ("yuan clearing", "人民币清算"),
]


@pytest.mark.parametrize(("words", "other"), ASKED)
def test_words_of_any_language_find_what_says_the_same(words: str, other: str) -> None:
    assert any(other in forms for forms in forms_of(own_terms(), words))


def test_what_is_not_a_term_is_nothing() -> None:
    for words in ("xyzzy", "of the", "的", "sanctions xyzzy"):
        assert forms_of(own_terms(), words) == []


GAS = '[t]\nterms = [\n  { en = ["gas"], ru = ["газ"], zh = ["天然气"] },\n'
BAD = [
    # what a file says, the line that is named, what is said of it
    ("[t]\nterms = [\n  { en = [], ru = ['а'] },\n]", 3, "en is no list of forms"),
    ("[t]\nterms = [\n  { en = ['a'], ru = 'б' },\n]", 3, "ru is no list of forms"),
    ("[t]\nterms = [\n  { en = ['a'] },\n]", 3, "two languages"),
    (GAS + "  # { a comment }\n  { en = ['{'], de = ['b'] },\n]", 5, "'de'"),
    (GAS + "  { en = ['...'], ru = ['б'] },\n]", 4, "no word"),
    (GAS + "  'gas',\n]", None, "is no term"),
    (GAS + "  { en = ['a'], ru = ['б'], ambiguous = ['c'] },\n]", 4, "'c' is ambiguous"),
    (f"[t]\nterms = [\n  {{ en = ['{'a ' * 30}'], ru = ['б'] }},\n]", 3, "more than 24 words"),
    ("[t]\nforms = ['a']", 1, "'forms'"),
    ("[t]\nterms = 'a'", 1, "is no list"),
    ("terms = ['a']", None, "is no topic"),
    ("[t]\nterms = [ { en = ['a' }", 2, ""),
    ("a = " + "[" * 5_000, None, ""),
]


@pytest.mark.parametrize(("text", "line", "said"), BAD)
def test_what_is_wrong_with_a_file_is_said_with_its_line(
    text: str, line: int | None, said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        read_concepts(text, "terms.toml")
    place = "terms.toml" if line is None else f"terms.toml:{line}:"
    assert caught.value.message.startswith(place)
    assert said in caught.value.message


def test_a_library_adds_to_what_the_program_knows_and_settles_what_is_ambiguous() -> None:
    base = TermsInMemory(
        compile_terms(
            read_concepts(
                """
[t]
terms = [
    { en = ["power", "might"], ru = ["мощь"], zh = ["力量"], ambiguous = ["power"] },
    { en = ["power", "electricity"], ru = ["энергия"], zh = ["电力"], ambiguous = ["power"] },
    { en = ["gas"], ru = ["газ"], zh = ["天然气"] },
]
""",
                "base",
            )
        )
    )
    assert [forms[-1] for forms in forms_of(base, "power")] == ["力量", "电力"]
    own = """
[t]
terms = [
    { en = ["gas", "methane"], ru = ["метан"] },
    { en = ["power"], zh = ["政权"], ambiguous = ["power"] },
]
"""
    added = compile_terms(read_concepts(own, "own"), base)
    assert added.entries[0] == {"en": ["gas", "methane"], "ru": ["газ", "метан"], "zh": ["天然气"]}
    assert added.instead == {2: 0}
    assert added.keys["power"] == [1, -1]
    assert added.keys["methan"] == [0]


def test_a_dictionary_that_is_installed_knows_words_of_english_and_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert dictionary(make=None) is None
    steps: list[tuple[int, int]] = []
    made = dictionary(make=lambda *step: steps.append(step))
    assert steps == sorted(set(steps))
    assert 0 == steps[0][0] < steps[-1][0] <= steps[-1][1] == steps[0][1]
    kept = dictionary(make=None)
    assert made is not None
    assert kept is not None
    for terms in (made, kept):
        assert any("比萨饼" in forms for forms in forms_of(terms, "pizza"))
        assert any("capital" in forms for forms in forms_of(terms, "首都"))
        assert forms_of(terms, "xyzzy") == []
