"""The names that a library is searched with: which have the words, whose they are, how often."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from sinorus.library import Library
from sinorus.text.order import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sinorus.model.names import NameForm, NameGroup

OWN = """\
[[group]]
forms = ["Vladimir Putin", "VVP"]
opens = ["=Chief"]

[[group]]
forms = ["oil", "нефть", "石油", "=OIL"]
narrower = ["crude oil"]
ambiguous = ["crude"]
"""


@pytest.fixture(scope="module")
def opened(seeds_indexed: Path) -> Iterator[Library]:
    with Library.at(seeds_indexed) as library:
        yield library


@pytest.fixture(scope="module")
def with_own(seeds_indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("own") / "library"
    shutil.copytree(seeds_indexed, root)
    (root / "names.toml").write_text(OWN, "utf-8")
    with Library.at(root) as library:
        yield library


def called(library: Library, *words: str) -> list[str]:
    return [one.name for one in library.names(*words)]


def form(group: NameGroup, written: str) -> NameForm:
    return next(one for one in group.forms if one.form == written)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["putin"], "Vladimir Putin"),
        (["Путина"], "Vladimir Putin"),
        (["В. В. Путину"], "Vladimir Putin"),
        (["普京"], "Vladimir Putin"),
        (["弗拉基米爾"], "Vladimir Putin"),
        (["vladimir", "普京"], "Vladimir Putin"),
        (["рёрих"], None),
        (["Горбачева"], "Mikhail Gorbachev"),
        (["hsi", "chin"], "Xi Jinping"),
        (["east-route"], "China–Russia East-Route Gas Pipeline"),
        (["vucic"], "Aleksandar Vučić"),
        (["utin"], None),
        (["putin", "gorbachev"], None),
        (["-"], None),
    ],
    ids=str,
)
def test_words_begin_words_of_a_name_or_are_one(
    opened: Library, words: list[str], name: str | None
) -> None:
    found = called(opened, *words)
    assert (name in found) if name else not found


def test_what_may_be_several_names_lists_them(opened: Library) -> None:
    found = opened.names("Иванова")
    assert [one.name for one in found] == ["Igor Ivanov", "Sergei Ivanov"]
    assert all(form(one, "Ivanov").ambiguous for one in found)
    assert not form(opened.names("gorbachev")[0], "Gorbachev").ambiguous


def test_forms_say_what_they_do(opened: Library) -> None:
    states = next(one for one in opened.names("usa") if one.name == "United States")
    assert form(states, "US").cased
    assert form(states, "US").kind == "form"
    assert (form(states, "America").kind, form(states, "America").cased) == ("opens", False)
    assert form(opened.names("习近平")[0], "Си")[1:4] == ("ru", "opens", True)
    china = next(one for one in opened.names("КНР") if one.name == "China")
    assert form(china, "PRC").kind == "narrower"
    assert {lang: [one.form for one in forms][:1] for lang, forms in china.languages()} == {
        "en": ["China"],
        "ru": ["Китай"],
        "zh": ["中国"],
        None: [],
    }


def test_a_name_is_in_as_many_paragraphs_as_a_search_for_it_finds(opened: Library) -> None:
    """Asked with all its meanings, that is, in the words of its first form as a quotation."""
    every = opened.names()
    assert len(every) == every.total > 1500
    there = [one for one in every if one.paragraphs]
    assert len(there) > 50
    for one in [*there[:40], *random.Random(5).sample(every, 20)]:
        first = one.forms[0]
        if first.cased or first.ambiguous or first.kind != "form":
            continue
        found = opened.count(f'"{one.name}"', update=False)
        assert (one.paragraphs, one.documents) == (found.total, len(found.tally)), one.name


def test_each_form_is_counted_as_it_is_written_there(opened: Library) -> None:
    for word in ("putin", "china", "xi jinping"):
        for one in opened.names(word, counted=True)[0].forms:
            written = f"={one.form}" if one.cased else f'"{one.form}"'
            found = opened.count(written, names=False, update=False)
            assert one.paragraphs == found.total, one.form
    assert opened.names("putin")[0].forms[0].paragraphs is None


def test_order_and_pages(opened: Library) -> None:
    often = opened.names(sort="-paragraphs", limit=5)
    assert [one.paragraphs for one in often] == sorted(
        (one.paragraphs for one in opened.names()), reverse=True
    )[:5]
    assert opened.names(sort="paragraphs", limit=1)[0].paragraphs == 0
    russia = called(opened, "russia")
    assert russia == sorted(russia, key=natural_key)
    page = opened.names("russia", offset=2, limit=3)
    assert [one.name for one in page] == russia[2:5]
    assert (page.total, page.offset, page.limit) == (len(russia), 2, 3)


def test_what_nothing_has_may_have_been_meant(opened: Library) -> None:
    assert opened.names("gorbachof").meant == "Gorbachov"
    assert opened.names("Горбочев").meant == "Горбачёв"
    assert opened.names("xqzw").meant is None
    assert opened.names("putin").meant is None


def test_it_says_whose_a_name_is(opened: Library, with_own: Library) -> None:
    assert {one.origin for one in opened.names()} == {"built-in"}
    putin = with_own.names("vvp")[0]
    assert (putin.name, putin.origin) == ("Vladimir Putin", "both")
    assert [one.form for one in putin.forms if one.own] == ["VVP", "Chief"]
    oil = with_own.names("oil", "нефть")[0]
    assert (oil.name, oil.origin) == ("oil", "names.toml")
    told = [(one.form, one.kind, one.cased, one.ambiguous, one.own) for one in oil.forms]
    assert told == [
        ("oil", "form", False, False, True),
        ("нефть", "form", False, False, True),
        ("石油", "form", False, False, True),
        ("crude oil", "narrower", False, False, True),
        ("OIL", "form", True, False, True),
        ("crude", "ambiguous", False, True, True),
    ]
    assert oil.paragraphs == with_own.count("oil", update=False).total > 5
    assert with_own.names("gorbachev")[0].origin == "built-in"


def test_a_group_that_lists_nothing_is_no_name(seeds_indexed: Path, tmp_path: Path) -> None:
    root = tmp_path / "library"
    shutil.copytree(seeds_indexed, root)
    (root / "names.toml").write_text('[[group]]\nforms = []\n[[group]]\nforms = ["=ZZ", "…"]\n')
    with Library.at(root) as library:
        assert called(library, "zz") == ["ZZ"]
        assert "" not in called(library)
