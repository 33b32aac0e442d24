"""OpenDocument texts: what is text in them and what is not, paragraph by paragraph."""

from __future__ import annotations

import pytest
from support.office_files import docx, fodt, odt, para, zipped

from sinorus.sources.formats.odt import read
from sinorus.sources.formats.registry import Binary, Content, Unreadable

STYLES = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Illustration"/>
<style:style style:name="P3" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties text:display="none"/></style:style>
<style:style style:name="P4" style:family="paragraph"
 style:parent-style-name="Preformatted_20_Text"/>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/>
</style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/>
</style:style>
<style:style style:name="T3" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T4" style:family="text"><style:text-properties text:display="none"/>
</style:style>
<style:style style:name="T5" style:family="text" style:parent-style-name="T1">
<style:text-properties fo:font-weight="normal" style:text-line-through-style="solid"/></style:style>
"""


def content(body: str, **more: str) -> Content:
    """What is read of a file with this body."""
    return read(Binary(odt(body, styles=STYLES, **more), "a.odt"))


def seen(body: str) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(one.kind, one.text) for one in content(body).blocks]


def test_headings_quotes_captions_and_code_are_told_by_their_styles() -> None:
    blocks = content(
        '<text:p text:style-name="Title">Whole</text:p>'
        '<text:h text:outline-level="1">One</text:h><text:h text:outline-level="2">Two</text:h>'
        '<text:p text:style-name="P1">said</text:p><text:p text:style-name="P2">Figure</text:p>'
        '<text:p text:style-name="P4">a</text:p><text:p text:style-name="P4">  b</text:p>'
        '<text:p text:style-name="P3">unseen</text:p><text:p>text</text:p>'
    ).blocks
    assert [(one.kind, one.level, one.text) for one in blocks] == [
        *(("heading", 1, "Whole"), ("heading", 1, "One"), ("heading", 2, "Two")),
        *(("quote", 0, "said"), ("caption", 0, "Figure"), ("code", 0, "a\n b")),
        ("text", 0, "text"),
    ]
    assert blocks[-1].heading == ("One", "Two")


def test_looks_and_links_are_spans() -> None:
    (block,) = content(
        '<text:p>a <text:span text:style-name="T1">b<text:span text:style-name="T2">c</text:span>'
        '</text:span><text:span text:style-name="T3">2</text:span>'
        '<text:span text:style-name="T4">secret</text:span> '
        '<text:a xlink:href="https://a.example/">link</text:a> '
        '<text:a xlink:href="#there">inside</text:a> <text:span text:style-name="T5">x</text:span>'
        "</text:p>"
    ).blocks
    assert block.text == "a bc2 link inside x"
    assert [(one.kind, block.text[one.start : one.end], one.target) for one in block.spans] == [
        ("strong", "bc", ""),
        ("emphasis", "c", ""),
        ("superscript", "2", ""),
        ("link", "link", "https://a.example/"),
        ("struck", "x", ""),
    ]


def test_blanks_tabs_and_line_breaks_are_as_a_reader_sees_them() -> None:
    body = '<text:p>\n one\n  two<text:s text:c="3"/>x<text:tab/>y<text:line-break/>z</text:p>'
    assert seen(body) == [("text", "one two x y\nz")]


def test_items_of_lists_are_blocks_and_a_heading_in_a_list_is_a_heading() -> None:
    body = (
        "<text:list><text:list-header><text:p>head</text:p></text:list-header><text:list-item>"
        "<text:p>one</text:p><text:p>more</text:p><text:list><text:list-item><text:p>in</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        '<text:list><text:list-item><text:h text:outline-level="1">H</text:h></text:list-item>'
        "</text:list>"
    )
    assert seen(body) == [
        *(("list", "head"), ("list", "one"), ("list", "more"), ("list", "in"), ("heading", "H")),
    ]


def test_notes_stand_behind_what_refers_to_them_and_endnotes_at_the_end() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
    )
    body = (
        f"<text:p>said{note.format('footnote', 'foot')} on{note.format('endnote', 'end')}</text:p>"
        '<text:p>next<text:note-ref text:ref-name="ftn1">1</text:note-ref></text:p>'
    )
    blocks = content(body).blocks
    assert [(one.kind, one.text, one.notes, one.label) for one in blocks] == [
        ("text", "said on", ("1", "e1"), ""),
        ("footnote", "foot", (), "1"),
        ("text", "next", (), ""),
        ("footnote", "end", (), "e1"),
    ]


def test_deletions_comments_and_tables_of_contents_are_not_text() -> None:
    body = (
        '<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>One 1</text:p></text:index-body>"
        "</text:table-of-content>"
        '<text:p>kept<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>'
        " new<text:change-end text:change-id='c2'/><office:annotation><text:p>remark</text:p>"
        "</office:annotation></text:p>"
        '<text:section><text:p>in a section</text:p></text:section>'
        '<text:section text:display="none"><text:p>hidden</text:p></text:section>'
    )  # fmt: skip
    assert seen(body) == [("text", "kept new"), ("text", "in a section")]


def test_frames_come_behind_their_paragraph() -> None:
    body = (
        "<text:p>around<draw:frame><draw:text-box><text:p><draw:frame><draw:image/></draw:frame>"
        '</text:p><text:p text:style-name="P2">Figure 1</text:p></draw:text-box></draw:frame>'
        "<draw:g><draw:custom-shape><text:p>in a shape</text:p></draw:custom-shape></draw:g>"
        "</text:p>"
    )
    assert seen(body) == [("text", "around"), ("caption", "Figure 1"), ("text", "in a shape")]


def test_tables_have_cells_and_rows_as_those_of_markdown() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        "<table:table><table:table-column/><table:table-header-rows><table:table-row>"
        f"{cell.format('a')}{cell.format('b')}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{cell.format('1')}<table:covered-table-cell/></table:table-row>"
        f"<table:table-row>{cell.format('x')}{cell.format('y')}</table:table-row></table:table>"
    )
    assert seen(body) == [("table", "a\tb\n1\t\nx\ty")]


META = (
    "<dc:title>Title</dc:title><meta:initial-creator>Anna</meta:initial-creator>"
    "<dc:creator>Boris</dc:creator><meta:keyword>one</meta:keyword><meta:keyword>two</meta:keyword>"
    "<dc:language>ru-RU</dc:language><meta:creation-date>2015-03-01T17:26:12</meta:creation-date>"
    '<meta:user-defined meta:name="Archive">AVP RF</meta:user-defined>'
)


def test_metadata_are_fields_and_the_day_of_the_file_is_no_date() -> None:
    assert content("<text:p>x</text:p>", meta=META).fields == {
        "title": "Title",
        "author": ["Anna"],
        "keywords": ["one", "two"],
        "lang": "ru-RU",
        "file_created": "2015-03-01",
        "archive": "AVP RF",
    }


def test_a_flat_file_is_read_as_well() -> None:
    assert [one.text for one in read(Binary(fodt("<text:p>flat</text:p>"))).blocks] == ["flat"]


def test_what_is_no_text_is_said_with_what_to_do() -> None:
    locked = (
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry>"
    )
    cases = {
        odt("", manifest=locked): "it has a password: save a copy without one",
        zipped({"encrypted-package": b"x"}): "it has a password: save a copy without one",
        docx(para("x")): "it is a Word file inside: name it .docx",
        odt("")[:200]: "it is cut off or damaged: get it again from where it came",
        b"": "it is empty",
    }
    for raw, reason in cases.items():
        with pytest.raises(Unreadable) as raised:
            read(Binary(raw, "a.odt"))
        assert raised.value.message == reason
