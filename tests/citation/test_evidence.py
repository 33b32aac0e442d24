"""The file of marks: what a person wrote in it survives whatever is done to the marks."""

from __future__ import annotations

import pytest

from sinorus.citation.evidence import (
    added,
    noted,
    read_marks,
    reference_of,
    set_name,
    without,
)
from sinorus.citation.kept_words import change_of, shortened
from sinorus.errors import ConfigError, SinorusError
from sinorus.model.marks import Mark

HAND = """\
# Evidence for chapter 2.

[[mark]]   # the strongest
set = "gas"
id = 'background/energy#4@f73b87e8'  # the figure
words = "China bought"
day = 2026-11-26

# Below: what Moscow says.

[[mark]]
id = "kremlin/2023#14-16@9f2c41aa"
set = "gas"
note = \"\"\"
He says it twice:
first in §3.\"\"\"

# Not sure about this one.
[[mark]]
set = "договоры"
id = "x#1"
# the end
"""


def test_what_a_person_wrote_is_read() -> None:
    first, second, third = read_marks(HAND, "marks.toml")
    assert first == Mark(
        "gas", "background/energy#4@f73b87e8", "", "China bought", day="2026-11-26"
    )
    assert second.note == "He says it twice:\nfirst in §3."
    assert third == Mark("договоры", "x#1")


def test_marks_are_added_behind_the_rest_and_nothing_else_changes() -> None:
    new = [
        Mark(
            "gas",
            'a "b"/c#2@00000000',
            'it\'s "so"\n\tand \\ more',
            "слова 词",
            "q -x",
            "2026-01-02",
        ),
        Mark("x\u200b.y", "d#1", "\x1b[31m\x00", "", "", ""),
    ]
    text = added(HAND, new[:1], "m")
    assert text.startswith(HAND)
    assert read_marks(text, "m")[3:] == tuple(new[:1])
    with pytest.raises(ConfigError, match="no name for a set"):
        added(HAND, new[1:], "m")
    fresh = added("", new[:1], "m")
    assert fresh.startswith("# What is marked")
    assert added(fresh.rstrip("\n"), new[:1], "m").startswith(fresh)


@pytest.mark.parametrize("gone", [{0}, {1}, {2}, {0, 1}, {1, 2}, {0, 2}, {0, 1, 2}])
def test_marks_go_and_comments_stay(gone: set[int]) -> None:
    text = without(HAND, gone, "m")
    left = tuple(one for at, one in enumerate(read_marks(HAND, "m")) if at not in gone)
    assert read_marks(text, "m") == left
    order = [
        *("# Evidence for chapter 2.", "# Below: what Moscow says.", "# Not sure about this one."),
        "# the end",
    ]
    places = [text.index(comment) for comment in order]
    assert places == sorted(places)
    assert ("# the figure" in text) == (0 not in gone)


def test_a_note_is_written_where_the_mark_stands() -> None:
    text = noted(HAND, {0: "first\nsecond", 1: "", 2: "new"}, "m")
    assert [one.note for one in read_marks(text, "m")] == ["first\nsecond", "", "new"]
    lines = text.split("\n")
    assert lines.index("# Below: what Moscow says.") > lines.index('second"""')
    assert [line for line in lines if line.startswith("#")] == [
        line for line in HAND.split("\n") if line.startswith("#")
    ]
    assert noted(text, {0: "x", 1: "He says it twice:\nfirst in §3.", 2: ""}, "m").count("\n") <= (
        text.count("\n") + 2
    )


def test_a_note_that_looks_like_a_mark_is_none() -> None:
    note = "as in the file:\n[[mark]]\n  [[ 'mark' ]]\nset = 'b'"
    text = noted(added("", [Mark("a", "x#1"), Mark("a", "x#2", note)], "m"), {0: note}, "m")
    text = noted(text, {0: "other", 1: f"{note}!"}, "m")
    assert read_marks(text, "m") == (Mark("a", "x#1", "other"), Mark("a", "x#2", f"{note}!"))
    assert read_marks(without(text, {1}, "m"), "m") == (Mark("a", "x#1", "other"),)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[[mark]]\nset = 'a'\nid = \n", "m:3: Invalid value", "docs/marks.md"),
        ("[[mark]]\nset = 'a'\nid = 'x#1", "m:3: ", "docs/marks.md"),
        ("# x\n[[mark]]\nset = 'a'\n", "m:2: this mark has no id", "write id"),
        (
            "[[mark]]\nid='x#1'\nset='a'\n\n[[mark]]\nset='b'\nid = 'energy'\n",
            "m:7: 'energy' is no id",
            "#4",
        ),
        ("[[mark]]\nset='a'\nid='x#3-2'\n", "m:3: 'x#3-2' is no id", "range"),
        ("[[mark]]\nset='a'\nid='x#3@short'\n", "m:3: ", "range"),
        ("[[mark]]\nset='a'\nid='x#1'\nnotes = 'y'\n", "m:4: unknown key 'notes'", "'note'"),
        ("[[mark]]\nset='a'\nid='x#1'\nnote = 3\n", "m:4: note is no text", "note ="),
        ("[[mark]]\nset='a'\nid='x#1'\nday = 'soon'\n", "m:4: day = 'soon'", "2026"),
        ("[[mark]]\nset=' '\nid='x#1'\n", "m:2: ' ' is no name", "letters"),
        ("\n[sets]\na = 1\n", "m:2: 'sets' is no table", "[[mark]]"),
        ("mark = 3\n", "m:1: 'mark' is no table", "[[mark]]"),
        ("mark = [1]\n", "m: 1 is no table", "[[mark]]"),
        ("a = " + "[" * 5000, "m", ""),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_marks(text, "m")
    assert caught.value.message.startswith(message)
    assert hint in caught.value.hint


def test_a_list_of_marks_is_read_and_not_changed() -> None:
    text = "mark = [{set = 'a', id = 'x#1'}]\n"
    assert read_marks(text, "m") == (Mark("a", "x#1"),)
    for change in (lambda: without(text, {0}, "m"), lambda: noted(text, {0: "x"}, "m")):
        with pytest.raises(ConfigError, match="cannot change safely"):
            change()
    with pytest.raises(ConfigError, match="m:"):
        added(text, [Mark("a", "x#2")], "m")


def test_names_ids_and_words() -> None:
    assert set_name("  two \n words ") == "two words"
    for bad in ("", "x" * 101, "a\x1bb"):
        with pytest.raises(SinorusError):
            set_name(bad)
    found = reference_of("a#b#3-5@f73b87e8")
    assert found is not None
    assert (found.document, found.first, found.last, found.hash) == ("a#b", 3, 5, "f73b87e8")
    assert reference_of("energy#0") is None
    assert shortened("a\n b") == "a b"
    assert shortened("word " * 200).endswith("word …")
    assert len(shortened("中" * 900)) == 502


def test_what_became_of_the_words_that_were_kept() -> None:
    same = change_of(shortened("In 2023 gas rose."), "In 2023\n gas rose.")
    assert (same.likeness, same.changed, same.found_changed) == (1, (), ())
    text = "In 2024 Russian gas rose. Then it fell."
    other = change_of("In 2023 gas rose.", text)
    assert [text[start:end] for start, end in other.found_changed] == [
        *("2024 Russian", "Then it fell")
    ] or [text[start:end] for start, end in other.found_changed] == [
        *("2024", "Russian", "Then it fell"),
    ]
    assert other.found == text
    long = " ".join(f"word{n}" for n in range(200))
    cut = change_of(shortened(long), f"{long} and more")
    assert (cut.likeness, cut.changed, cut.found_changed) == (1, (), ())
    assert cut.found == shortened(long).removesuffix(" …")
    assert change_of("союз на бумаге", "公报 quite another").likeness == 0
    assert change_of("", "x").found == "x"
