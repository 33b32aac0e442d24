"""Styles, kinds, footnotes and speakers on a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.rendered import EN_HIT, ENGLISH, NOTE, only, printed

from sinorus.model import KINDS, STYLES, Paragraph, Shown, Styled
from sinorus.render import Look
from sinorus.render.spans import printable, reflowed
from sinorus.render.visible import many_lines

COLOUR = Look(terminal=True, colour=True)
BARE = Look(terminal=True)
CODES = re.compile(r"\x1b\[[0-9;]*m")


def shown(*paragraphs, look=COLOUR, **known):
    """The lines of `show` below the head of the document."""
    value = [Shown("kim", ENGLISH, one, **known) for one in paragraphs]
    text = printed("show", "rich", value, look)
    return [line for line in text.partition("\n\n")[2].split("\n") if line]


def paragraph(text, n=3, **known):
    return Paragraph("kim-2020", n, text, 9, 9, **known)


def test_emphasis_is_rendered_and_matches_stay_on_top():
    spans = (
        Styled(0, 10, "strong"),
        Styled(4, 10, "emphasis"),
        Styled(11, 15, "code"),
        Styled(16, 20, "struck"),
        Styled(21, 25, "link", "https://e.org"),
    )
    one = paragraph("One strong code gone link", spans=spans)
    (line,) = shown(one)
    assert line.endswith(
        "\x1b[1mOne \x1b[0m\x1b[1;3mstrong\x1b[0m \x1b[36mcode\x1b[0m \x1b[9mgone\x1b[0m link"
    )
    (line,) = shown(one, matches=((4, 15),))
    assert "\x1b[1;3;31mstrong\x1b[0m\x1b[1;31m \x1b[0m\x1b[1;36mcode\x1b[0m" not in line
    assert "\x1b[1;3;31mstrong\x1b[0m" in line
    assert "\x1b[1;31mcode\x1b[0m" in line


def test_a_pipe_gets_the_text_and_nothing_else():
    one = paragraph("One *strong*", spans=(Styled(0, 3, "strong"),), kind="list", speaker="Xi")
    for look in (Look(), COLOUR):
        assert printed("show", "plain", [Shown("kim", ENGLISH, one)], look).endswith(
            "One *strong*\n"
        )
    assert printed("show", "markdown", [Shown("kim", ENGLISH, one)]).startswith("> One *strong*\n")


def test_headings_are_bold():
    assert shown(paragraph("A heading", kind="heading"))[0].endswith("\x1b[1mA heading\x1b[0m")


def test_a_heading_that_was_shown_is_not_said_again():
    under = paragraph("Text.", 2, heading=("Part", "Chapter"))
    chapter = paragraph("Chapter", 1, heading=("Part",), kind="heading")
    assert shown(chapter, under, look=BARE) == ["Part", "#1  Chapter", "#2  Text."]
    other = replace(under, n=3, heading=("Part", "Other"))
    assert shown(chapter, under, other, look=BARE)[3:] == ["Part › Other", "#3  Text."]
    assert shown(under, look=BARE) == ["Part › Chapter", "#2  Text."]


def test_each_kind_stands_as_a_reader_expects_it():
    long = "word " * 30
    first, second, *_ = shown(paragraph(long, kind="quote"), look=BARE)
    assert first.startswith("#3  ┃ word")
    assert second.startswith("    ┃ word")
    first, second, *_ = shown(paragraph(long, kind="list"), look=BARE)
    assert first.startswith("#3  • word")
    assert second.startswith("      word")
    first, second, *_ = shown(paragraph(long, kind="list", mark="12."), look=BARE)
    assert first.startswith("#3  12. word")
    assert second.startswith("        word")
    assert shown(paragraph("if a:\n    b\n\nc", kind="code"), look=BARE) == [
        "#3  if a:",
        "        b",
        "    c",
    ]
    assert shown(paragraph("a\tb\n1\t2", kind="table"), look=BARE) == ["#3  a │ b", "    1 │ 2"]


def test_who_speaks_stands_before_the_words_once():
    spoken = [
        paragraph("One.", 1, speaker="В. Путин"),
        paragraph("Two.", 2, speaker="В. Путин"),
        paragraph("Three.", 3, speaker="Wang\nYi\x1b"),
        paragraph("Four.", 4),
        paragraph("Five.", 5, speaker="В. Путин"),
        paragraph("Six.", 7, speaker="В. Путин"),
        paragraph("Xi: seven.", 8, speaker="Xi", kind="speaker"),
    ]
    assert shown(*spoken, look=BARE) == [
        "#1  В. Путин: One.",
        "#2  Two.",
        "#3  Wang Yi␛: Three.",
        "#4  Four.",
        "#5  В. Путин: Five.",
        "#7  В. Путин: Six.",
        "#8  Xi: seven.",
    ]
    assert shown(spoken[-1])[0].endswith("\x1b[2mXi\x1b[0m: seven.")
    hit = replace(EN_HIT, paragraph=spoken[0], matches=((0, 3),), before=(), after=spoken[1:3])
    text = printed("search", "rich", only(hit), BARE)
    assert "  ▸ #1  В. Путин: One.\n    #2  Two.\n    #3  Wang Yi␛: Three.\n" in text


def test_footnotes_stand_below_dimmed_and_say_who_refers_to_them():
    one = paragraph("So it is.", notes=(31,))
    lines = shown(one, notes=(NOTE,))
    assert lines[1] == "\x1b[2m    [#31] \x1b[0m\x1b[2mSee *there*.\x1b[0m"
    assert shown(one, notes=(NOTE,), look=BARE)[1] == "    [#31] See *there*."
    assert shown(NOTE, look=BARE) == ["#31  See *there*.", "     referred to by #3, #5"]
    many = replace(NOTE, noted_by=tuple(range(1, 1300)))
    assert shown(many, look=BARE)[1] == (
        "     referred to by #1, #2, #3, #4, #5, #6, #7, #8, 1,291 more"
    )
    assert shown(NOTE, look=BARE, context=True) == ["  #31  See *there*."]


HOSTILE = st.text(st.sampled_from("ab中京\r\n\t\x1b\u202e\ud800\u2028"), max_size=12)


@given(HOSTILE, st.lists(st.integers(0, 12), max_size=6), st.booleans())
def test_offsets_into_what_is_printed_cut_it_where_they_cut_the_text(text, offsets, lines):
    offsets = [min(offset, len(text)) for offset in offsets]
    plain, where = printable(text, offsets, lines=lines)
    if "\r" not in text:
        assert plain == (many_lines(text) if lines else reflowed(text))
    assert sorted(where) == sorted(set(offsets))
    for offset, at in where.items():
        assert 0 <= at <= len(plain)
        assert offset or not at
    assert [where[offset] for offset in sorted(where)] == sorted(where.values())


@given(
    HOSTILE,
    st.sampled_from(KINDS),
    st.lists(
        st.tuples(st.integers(0, 14), st.integers(0, 14), st.sampled_from(STYLES)), max_size=6
    ),
    st.sampled_from([None, "a", "中", "\x1b[31m"]),
)
def test_colour_changes_no_letter_of_any_kind(text, kind, spans, speaker):
    styled = tuple(Styled(start, end, style) for start, end, style in spans)
    one = paragraph(text, kind=kind, spans=styled, speaker=speaker)
    bare = shown(one, look=BARE)
    assert [CODES.sub("", line) for line in shown(one)] == bare
    assert "\x1b" not in "".join(bare)


@pytest.mark.parametrize("nested", [True, False])
def test_many_styles_take_no_time(nested):
    size = 4_000
    spans = tuple(
        Styled(at, size - at if nested else at + 1, STYLES[at % 3]) for at in range(size // 2)
    )
    started = process_time()
    shown(paragraph("a" * size, spans=spans))
    assert process_time() - started < 2
