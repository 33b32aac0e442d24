"""RTF: code pages, notes, tables, fields, and what of a file is no text."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from sinorus.sources.formats.registry import Binary, Content, Unreadable
from sinorus.sources.formats.rtf import read

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}"
    r"{\f2\fcharset134 SimSun;}{\f3\fcharset2 Symbol;}}"
    r"{\stylesheet{\ql Normal;}{\s1\sbasedon0 heading 1;}{\s2 heading 2,Own;}{\s3 Quote;}"
    r"{\s4\sbasedon1 Chapter;}{\s5 toc 1;}{\*\cs9 \b Strong;}{\s6 caption;}}"
)


def content(body: str) -> Content:
    """What is read of a file with this body."""
    return read(Binary((HEAD + body + "}").encode("latin-1"), "a.rtf"))


def seen(body: str) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(one.kind, one.text) for one in content(body).blocks]


def escaped(text: str, encoding: str) -> str:
    """A text as the bytes of an encoding."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def test_styles_say_what_a_paragraph_is() -> None:
    blocks = content(
        r"\pard\s1 One\par\pard\s2 Two\par\pard\s4 Mine\par\pard\s3 said\par\pard\s6 Fig\par"
        r"\pard\s5 One 1\par\pard\outlinelevel1 Outline\par"
        r"\pard\ls1 {\listtext\'b7\tab}item\par\pard {\pntext 1.\tab}old\par\pard text\par"
    ).blocks
    assert [(one.kind, one.level, one.text) for one in blocks] == [
        *(("heading", 1, "One"), ("heading", 2, "Two"), ("heading", 1, "Mine")),
        *(("quote", 0, "said"), ("caption", 0, "Fig"), ("heading", 2, "Outline")),
        *(("list", 0, "item"), ("list", 0, "old"), ("text", 0, "text")),
    ]
    assert blocks[-1].heading == ("Mine", "Outline")


def test_looks_end_with_their_group() -> None:
    (block,) = content(
        r"plain {\b bold {\i both}} off {\super 2}\b on\b0  {\v secret}{\deleted gone}"
        r"{\strike out}\par"
    ).blocks
    assert block.text == "plain bold both off 2on out"
    assert [(one.kind, block.text[one.start : one.end]) for one in block.spans] == [
        *(("strong", "bold both"), ("emphasis", "both"), ("superscript", "2"), ("strong", "on")),
        ("struck", "out"),
    ]


@pytest.mark.parametrize(
    ("font", "text", "encoding"),
    [(1, "Дипломатия", "cp1251"), (2, "外交部发言人", "gb18030"), (0, "café", "cp1252")],
)
def test_each_font_has_its_encoding(font: int, text: str, encoding: str) -> None:
    assert seen(rf"\f{font} {escaped(text, encoding)}\par") == [("text", text)]


def test_the_encoding_of_the_file_is_that_of_fonts_without_one() -> None:
    raw = r"{\rtf1\ansi\ansicpg1251 {\fonttbl{\f0 Arial;}}\f0 " + escaped("Мир", "cp1251") + "}"
    assert [one.text for one in read(Binary(raw.encode())).blocks] == ["Мир"]
    raw8 = rb"{\rtf1\ansi\ansicpg936 " + "中俄关系".encode("gbk") + b"}"
    assert [one.text for one in read(Binary(raw8)).blocks] == ["中俄关系"]


def test_numbers_of_characters_leave_out_what_stands_for_them() -> None:
    body = r"\u1052\'3f\u1080?\u1088? {\uc0\u20013\u22269} {\uc2\u8212--x} \u-10179?\u-8694?y\par"
    assert seen(body) == [("text", "Мир 中国 —x 😊y")]
    assert seen(r"\u-10179? a\u-8694?\par") == [("text", "\ufffd a\ufffd")]
    assert seen(r"a {\i0\*\cs7 b}\par") == [("text", "a b")]
    assert seen(r"\u1052\par next\par") == [("text", "М"), ("text", "next")]
    assert seen(r"{\upr{Mir}{\*\ud{\u1052?ir}}}\par") == [("text", "Мir")]


def test_the_font_symbol_is_greek() -> None:
    assert seen(r"\f3 a\'62\u-3993?\f0  x\par") == [("text", "αβγ x")]


def test_notes_stand_behind_what_refers_to_them_and_endnotes_at_the_end() -> None:
    blocks = content(
        r"said{\super\chftn}{\footnote\pard\plain {\super\chftn} first\par second} on"
        r"{\*\footnote\ftnalt last}\par next\par"
    ).blocks
    assert [(one.kind, one.text, one.notes, one.label) for one in blocks] == [
        ("text", "said on", ("1", "e1"), ""),
        ("footnote", "first", (), "1"),
        ("footnote", "second", (), "1"),
        ("text", "next", (), ""),
        ("footnote", "last", (), "e1"),
    ]


def test_tables_have_cells_and_rows() -> None:
    body = (
        r"before\par\trowd\cellx1\cellx2\pard\intbl a\par b\cell c{\footnote n}\cell\row"
        r"\trowd\pard\intbl\cell d\cell\row\pard after\par"
    )
    assert seen(body) == [
        *(("text", "before"), ("table", "a b\tc\n\td"), ("footnote", "n"), ("text", "after")),
    ]


def test_fields_show_their_result() -> None:
    (block, *rest) = content(
        r'{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt{\ul there}}}, page '
        r"{\field{\*\fldinst PAGE}{\fldrslt 7}}\par"
        r"{\field{\*\fldinst TOC \\o}{\fldrslt One 1\par}}\par"
    ).blocks
    assert block.text == "there, page 7"
    assert [(one.kind, one.target) for one in block.spans] == [("link", "https://a.example/")]
    assert rest == []


def test_what_is_no_text_is_left_out() -> None:
    body = (
        r"{\header running}{\footer 1}a{\pict\wmetafile8 0102ff}{\*\bkmkstart x}{\*\annotation r}"
        r"{\*\unknown no}{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt \pard boxed\par}}"
        r"{\shprslt twice}}{\xe index}\par"
    )
    assert "".join(text for _, text in seen(body)) == "aboxed"
    raw = HEAD.encode() + rb"a{\pict\bin5 }{\b\x}b\par}"
    assert [one.text for one in read(Binary(raw)).blocks] == ["ab"]


def test_what_the_file_says_of_itself() -> None:
    found = content(
        r"{\info{\title The {\b Treaty}}{\author Anna; Boris}{\keywords a, b}{\operator x}"
        r"{\creatim\yr2014\mo3\dy2\hr1}{\*\company \u1052?IR}}text\par"
    ).fields
    assert found == {
        "title": "The Treaty",
        "author": ["Anna", "Boris"],
        "keywords": "a, b",
        "file_created": "2014-03-02",
        "company": "МIR",
    }


def test_a_part_without_a_head_is_read() -> None:
    assert [one.text for one in read(Binary(rb"{\pard \ql text\par}")).blocks] == ["text"]


def test_what_is_no_rtf_is_said() -> None:
    for raw, reason in {
        b"": "it is empty",
        b"PK\x03\x04": "it is a packed document inside: name it .docx or .odt",
        b"text": "it is not what its suffix says",
        b"%PDF-1.4": "it is a PDF inside: name it .pdf",
    }.items():
        with pytest.raises(Unreadable) as raised:
            read(Binary(raw))
        assert raised.value.message == reason


def test_a_file_that_breaks_off_says_so() -> None:
    whole = HEAD + r"one\par {\b two\par three"
    found = read(Binary(whole.encode()))
    assert [one.text for one in found.blocks] == ["one", "two", "three"]
    assert found.faults == ((0, "it breaks off: what stood behind is missing"),)


SHAPES = ["{", "}", r"{\b ", r"\par ", r"\cell ", r"\row ", r"{\footnote ", r"{\footnote a}", "\\'"]
SHAPES += [r"\u1052", r"{\field{\*\fldinst x}{\fldrslt y}}", r"\intbl a\cell\row ", r"\bin9 ", "\\"]
SHAPES += [r"{\stylesheet{\s1\sbasedon1 a;}}", r"{\info{\title a}}", r"{\*\ud{", "a\n", "\x00"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_large_file_takes_time_in_proportion(shape: str) -> None:
    began = time.process_time()
    content(shape * (200_000 // len(shape)))
    assert time.process_time() - began < 10


def test_turned_bits_and_cut_files_do_no_harm() -> None:
    chance = random.Random(15)
    raw = (HEAD + r"a{\footnote b}\par\trowd\intbl x\cell y\cell\row\pard\s1 One\par}").encode()
    for number in range(600):
        broken = bytearray(raw[: len(raw) * (number % 20 + 1) // 20])
        for _ in range(chance.randrange(0, 6)):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        with contextlib.suppress(Unreadable):
            read(Binary(bytes(broken)))
