"""Broken and hostile office files: each ends in a sentence, what can be read, or an exception."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest
from support.office_files import docx, odt, para, run, word_table, zipped

from sinorus.sources.formats import docx as word
from sinorus.sources.formats import odt as opendocument
from sinorus.sources.formats.registry import Binary, BinaryReader, Content, Unreadable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PLAIN = docx(para("one", "Heading1") + word_table([["a", "b"], ["c", "d"]]) + para("two"))
OPEN = odt(
    "<text:h>one</text:h><text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>"
)
READERS: list[tuple[BinaryReader, bytes]] = [(word.read, PLAIN), (opendocument.read, OPEN)]


def outcome(read: BinaryReader, raw: bytes, seconds: float = 20) -> Content | str:
    """What is read, or the reason why nothing is; takes no longer than it may."""
    began = time.process_time()
    try:
        return read(Binary(raw, "a"))
    except Unreadable as error:
        return error.message
    finally:
        assert time.process_time() - began < seconds


def document(body: str) -> bytes:
    """A Word file whose main part is this."""
    return zipped({"word/document.xml": body})


@pytest.mark.parametrize(("read", "raw"), READERS, ids=["docx", "odt"])
def test_a_file_that_is_cut_off_anywhere_is_no_file(read: BinaryReader, raw: bytes) -> None:
    for part in range(20):
        assert isinstance(outcome(read, raw[: len(raw) * part // 20]), str)


@pytest.mark.parametrize(("read", "raw"), READERS, ids=["docx", "odt"])
def test_turned_bits_do_no_harm(read: BinaryReader, raw: bytes) -> None:
    chance = random.Random(15)
    for _ in range(300):
        broken = bytearray(raw)
        for _ in range(chance.randrange(1, 8)):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        outcome(read, bytes(broken))


def test_broken_xml_within_a_good_archive_does_no_harm() -> None:
    chance = random.Random(16)
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(200):
        name = chance.choice(list(members))
        broken = bytearray(members[name])
        for _ in range(3):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        outcome(word.read, zipped({**members, name: bytes(broken)}))


def test_a_bomb_is_not_unpacked() -> None:
    found = outcome(word.read, document(" " * (101 << 20)))
    assert found == "it unpacks to more than 100 MB of text: split it"
    found = outcome(word.read, document(f'<w:document xmlns:w="{W}">' + "<w:p/>" * 7_000_000))
    assert isinstance(found, str)
    assert "million elements" in found


def test_an_archive_in_an_archive_is_left_alone() -> None:
    inner = b"x"
    for _ in range(10):
        inner = zipped({"a.zip": inner * 100})
    assert isinstance(outcome(word.read, inner), str)


def test_entities_are_not_resolved_and_no_other_file_is_read() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    body = (
        f'<!DOCTYPE w:document [<!ENTITY l0 "haha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{W}"><w:body>{para(run("a&l19;&f;b"))}</w:body></w:document>'
    )
    found = outcome(word.read, document(body))
    assert isinstance(found, str) or [one.text for one in found.blocks] in (["ab"], ["a"], [])


def test_tables_nested_ten_thousand_deep_are_read_as_far_as_they_go() -> None:
    many = 10_000
    body = f"{'<w:tbl><w:tr><w:tc>' * many}{para('deep')}{'</w:tc></w:tr></w:tbl>' * many}"
    found = outcome(word.read, docx(para("before") + body))
    assert not isinstance(found, str)
    assert [one.text for one in found.blocks] == ["before"]
    assert any("may be missing" in reason for _, reason in found.faults)
    body = "<table:table><table:table-row><table:table-cell>" * many
    assert outcome(opendocument.read, odt(f"<text:p>before</text:p>{body}"))


def test_as_deep_as_xml_may_be_is_read() -> None:
    cells = f"{'<w:tbl><w:tr><w:tc>' * 80}{para('deep')}{'</w:tc></w:tr></w:tbl>' * 80}"
    around = f"{'<w:ins>' * 200}{run('deep')}{'</w:ins>' * 200}"
    for body in (cells, para(around)):
        found = outcome(word.read, docx(body))
        assert not isinstance(found, str)
        assert [one.text for one in found.blocks] == ["deep"]


def test_paths_that_lead_out_lead_nowhere() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="x/officeDocument" Target="../../../etc/passwd"/>'
        "</Relationships>"
    )
    found = outcome(word.read, zipped({"_rels/.rels": rels, "../../etc/passwd": "x"}))
    assert found == "there is no text of Word in it"


def test_of_two_parts_of_one_name_the_last_is_read_and_that_is_said() -> None:
    held = io.BytesIO(PLAIN)
    body = f'<w:document xmlns:w="{W}"><w:body>{para("other")}</w:body></w:document>'
    with zipfile.ZipFile(held, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", body)
    found = outcome(word.read, held.getvalue())
    assert not isinstance(found, str)
    assert [one.text for one in found.blocks] == ["other"]
    assert "two parts 'word/document.xml'" in found.faults[0][1]


def test_an_archive_of_very_many_parts_is_refused() -> None:
    found = outcome(word.read, zipped(dict.fromkeys(map(str, range(50_001)), "")))
    assert isinstance(found, str)
    assert "50,001 parts" in found


SHAPES = {
    "paragraphs": para("word"),
    "runs": "<w:p>" + run("a", "<w:b/>") * 60_000 + "</w:p>",
    "breaks": "<w:p>" + "<w:r><w:br/><w:t>a</w:t><w:br/></w:r>" * 30_000 + "</w:p>",
    "blanks": para(run(" \t" * 200_000 + "x")),
    "empty lines": para(run("x") + "<w:r><w:br/></w:r>" * 90_000 + run("x")),
    "items": para("a", properties='<w:numPr><w:numId w:val="1"/></w:numPr>') * 30_000,
    "cells": word_table([["a"] * 20_000, ["b"] * 20_000]),
    "rows": word_table([["a", "b"]] * 20_000),
    "fields": "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 30_000 + "</w:p>",
    "open fields": "<w:p>"
    + (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
        * 20_000
    )
    + run("x") * 20_000
    + "</w:p>",
    "deleted ends": para("a", properties="<w:rPr><w:del/></w:rPr>") * 20_000,
    "spans": "<w:p>" + (run("a", "<w:b/>") + run("b", "<w:i/>")) * 30_000 + "</w:p>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_large_file_takes_time_in_proportion(shape: str) -> None:
    body = SHAPES[shape] if shape != "paragraphs" else SHAPES[shape] * 30_000
    found = outcome(word.read, docx(body), 8)
    assert not isinstance(found, str)


OPEN_SHAPES = {
    "paragraphs": "<text:p>word</text:p>" * 30_000,
    "spans": f"<text:p>{'<text:span>a</text:span>' * 30_000}</text:p>",
    "deep spans": f"<text:p>{'<text:span>' * 200}a{'</text:span>' * 200}</text:p>" * 50,
    "blanks": "<text:p>" + '<text:s text:c="999"/>' * 5_000 + "x</text:p>",
    "notes": "<text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body></text:note>"
    "</text:p>" * 20_000,
    "lists": "<text:list><text:list-item>" * 100
    + "<text:p>a</text:p>"
    + "</text:list-item></text:list>" * 100,
    "frames": "<text:p>"
    + "<draw:frame><draw:text-box><text:p>a</text:p></draw:text-box></draw:frame>" * 20_000
    + "</text:p>",
    "formulas": "<text:p>"
    + '<draw:frame><draw:object xlink:href="x"/></draw:frame>' * 20_000
    + "</text:p>",
    "cells": "<table:table><table:table-row>"
    + "<table:table-cell><text:p>a</text:p></table:table-cell>" * 20_000
    + "</table:table-row></table:table>",
}


@pytest.mark.parametrize("shape", OPEN_SHAPES)
def test_a_large_open_document_takes_time_in_proportion(shape: str) -> None:
    assert not isinstance(outcome(opendocument.read, odt(OPEN_SHAPES[shape]), 8), str)
