"""Whatever stands in a document, nothing in it can drive the terminal that shows it."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.rendered import printed

from sinorus.model import (
    KINDS,
    STYLES,
    CheckReport,
    Comparison,
    Date,
    Document,
    Explanation,
    Finding,
    Group,
    Hit,
    IndexState,
    Keyword,
    Lacking,
    NameUse,
    Paragraph,
    PartFound,
    Passage,
    Place,
    Row,
    SearchResult,
    Shown,
    Side,
    SilentGroup,
    SourcePage,
    Status,
    Styled,
    TextComparison,
)
from sinorus.model.citation import Locator, Piece, Quotation
from sinorus.model.marks import MARK_STATES, Mark, MarkFound, MarkSet
from sinorus.model.names import LANGUAGES, NameForm, NameGroup, NamePage
from sinorus.render import FORMATS, Look
from sinorus.render.visible import UNSAFE, harmless, many_lines, one_line

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BIDI |= set("\u206a\u206b\u206c\u206d\u206e\u206f")
HOSTILE = st.text(
    st.characters(exclude_categories=())
    | st.sampled_from(
        "\x00\t\n\r\x1b\x07\x7f\x85\x9b\u2028\u2029\u061c\u200e\u200f\u202e\u2066\u206a\ud800\udcff[]中:"
    ),
    max_size=12,
)


def controls(text: str) -> set[str]:
    return {
        character
        for character in text
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in BIDI
    }


@st.composite
def values(draw: st.DrawFn) -> dict[str, object]:
    def word() -> str:
        return draw(HOSTILE)

    def words() -> tuple[str, ...]:
        return tuple(draw(st.lists(HOSTILE, max_size=2)))

    def span(text: str) -> tuple[tuple[int, int], ...]:
        start = draw(st.integers(0, len(text)))
        return ((start, draw(st.integers(start, len(text) + 2))),)

    document = Document(
        word(), word(), word(), words(), word(), Date(word()), word(), word(), words(),
        {word(): word(), word(): words()}, words(), word(), 1, 1,
    )  # fmt: skip
    paragraph = Paragraph(
        *(word(), 1, word(), 1, 2, words(), word()),
        kind=draw(st.sampled_from(KINDS)),
        places=(Place(0, 1, 3),),
        notes=(2,),
        noted_by=(3,),
        speaker=word(),
    )
    spans = span(paragraph.text)
    styled = (Styled(*spans[0], draw(st.sampled_from(STYLES)), word()),)
    paragraph = replace(paragraph, spans=styled)
    one, two, *others = (replace(paragraph, n=n) for n in range(1, 10))
    mark = Mark(word(), word(), word(), word(), word(), word())
    hit = Hit(document, two, 1.0, 1, spans, words(), (one,), (others[0],), marks=(mark,))
    further = replace(hit, paragraph=others[5], before=(others[4],), after=(others[6],))
    index = IndexState(word(), stale=True)
    names = (NameUse(word(), words()),)
    explanation = Explanation(word(), names, (PartFound(word(), 1, 1, word()),))
    found = SearchResult(
        word(), word(), False, 1, {word(): 1}, 0, 1, index, (hit, further), names, explanation
    )
    group = Group(
        word(), 1, 1, 1, 1, 1.0, Date(word()), Date(word()), (hit,), (Keyword(word(), 1, 1, 1, 1),)
    )
    side = Side(paragraph, spans)
    rows = tuple(Row(kind, side, side, 1.0) for kind in ("same", "changed", "moved"))
    marked = MarkSet(
        word(),
        tuple(
            MarkFound(
                *(1, mark, state, word() or None, document, (paragraph,), 0.5, spans, word(), spans)
            )
            for state in MARK_STATES
        ),
    )
    forms = [NameForm(word(), lang, "opens", True, own=True) for lang in LANGUAGES]
    name = NameGroup(word(), "both", True, word(), (*forms, NameForm(word(), "en")), 1, 1)
    passages = (Passage(paragraph.id, spans[0], word(), (0, 1), 1, True),)
    return {
        "search": found,
        "searches": (found, found),
        "compare": Comparison(
            word(), word(), word(), (group, group), (SilentGroup(word(), 1, 1),), index, names
        ),
        "compare-texts": TextComparison(document, document, rows, passages, 1.0),
        "check": (
            CheckReport(
                word(),
                tuple(
                    Finding(
                        *("quotation", grade, 1, 1, 1, 2, word(), word(), document, word(), 1),
                        *(word(), 0.5, spans, spans, ("number",), words()),
                    )
                    for grade in ("NEAR", "NOT-FOUND")
                ),
                1,
                index,
            ),
        ),
        "show": (Shown(word(), document, paragraph, spans, "moved", marks=(mark,)),),
        "marks": (marked,),
        "mark-sets": (marked,),
        "quote": (
            Quotation(
                *(word(), document, (paragraph,), (Piece(1, 0, 1),), "plain", True, word(), word()),
                *(word(), Locator("page", word(), word()), word(), word(), "moved"),
            ),
        ),
        "sources": SourcePage.of((document, document)),
        "names": NamePage((name, name), 3),
        "lacking": (Lacking(document, (word(),)),),
        "status": Status(
            word(), word(), word(), word(), word(), word(), word(), 1, 1, 1, {word(): (1, 1, 1)},
            Date(word()), Date(word()), {word(): 1}, 1, 1, 1, 1, True, words(),
        ),
    }  # fmt: skip


@given(values(), st.sampled_from((30, 80, 200)), st.sampled_from((None, "document", "year")))
@settings(max_examples=60, deadline=None)
def test_no_control_character_but_newlines_reaches_the_terminal(found, width, group_by):
    look = Look(width=width, group_by=group_by, terminal=True, hyperlinks=True)
    for command, names in FORMATS.items():
        for name in names.keys() - {"json", "jsonl"}:
            asked = r"template:{id}\t{title} {path} {extra}{author}" if name == "template" else name
            text = printed(command, asked, found[command], look)
            tabs = name in ("tsv", "template") or (command, name) == ("sources", "plain")
            tabs = tabs or (command in ("marks", "mark-sets", "names") and name == "plain")
            tabs = tabs or (command == "searches" and name in ("plain", "only-matching", "kwic"))
            assert controls(text) <= ({"\n", "\t"} if tabs else {"\n"}), (command, name)
            text.encode("utf-8")


@given(values())
@settings(max_examples=60, deadline=None)
def test_json_is_valid_utf_8_without_control_characters(found):
    for command, names in FORMATS.items():
        if "json" not in names:
            continue
        text = printed(command, "json", found[command])
        assert controls(text) == {"\n"}
        json.loads(text.encode("utf-8"))
        if "jsonl" in names:
            text = printed(command, "jsonl", found[command])
            assert controls(text) <= {"\n"}
            for line in text.split("\n")[:-1]:
                json.loads(line)


@given(values())
@settings(max_examples=60, deadline=None)
def test_a_record_is_a_line_whatever_it_holds(found):
    plain = printed("search", "plain", found["search"])
    assert plain.count("\n") == 6  # two hits, each with a neighbour before and after
    tabs = printed("search", "tsv", found["search"])
    assert [line.count("\t") for line in tabs.split("\n")[:-1]] == [35] * 3


@given(values())
@settings(max_examples=40, deadline=None)
def test_colour_brings_no_other_escape_code_than_ours(found):
    ours = re.compile(r"\x1b\[[0-9;]+m|\x1b\]8;;[!-~]*\x1b\\")
    look = Look(colour=True, hyperlinks=True, uri=lambda path, line: f"file://h/{path}")
    for command, names in FORMATS.items():
        for name in names.keys() & {"rich", "plain", "kwic", "vimgrep", "only-matching"}:
            text = printed(command, name, found[command], look)
            assert controls(ours.sub("", text)) <= {"\n", "\t"}


@pytest.mark.parametrize(
    ("source", "path", "prose", "block"),
    [
        ("a\x1b[31m", "a␛[31m", "a␛[31m", "a␛[31m"),
        ("a\r\nb\tc\r", "a␍␊b␉c␍", "a b c␍", "a\nb c␍"),
        ("\x00\x7f\x9b", "␀␡⟨U+009B⟩", "␀␡⟨U+009B⟩", "␀␡⟨U+009B⟩"),
        ("\u202e\u2028\ud800", "⟨U+202E⟩⟨U+2028⟩⟨U+D800⟩", "⟨U+202E⟩⟨U+2028⟩⟨U+D800⟩", None),
        ("\u061c\u200e\u206f", "⟨U+061C⟩⟨U+200E⟩⟨U+206F⟩", "⟨U+061C⟩⟨U+200E⟩⟨U+206F⟩", None),
        ("[sic] :100: ёй普", "[sic] :100: ёй普", "[sic] :100: ёй普", "[sic] :100: ёй普"),
    ],
)
def test_how_control_characters_are_spelled(source, path, prose, block):
    assert harmless(source) == path
    assert one_line(source) == prose
    assert many_lines(source) == (prose if block is None else block)


def test_what_is_unsafe_is_never_printable() -> None:
    for character in map(chr, range(0x110000)):
        assert not (re.match(UNSAFE, character) and character.isprintable()), ascii(character)
