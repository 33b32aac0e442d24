"""Books: chapters in their order, notes over chapters, printed pages, metadata."""

from __future__ import annotations

import random
import time

import pytest
from support.office_files import chapter, epub, zipped

from sinorus.sources.formats.epub import read
from sinorus.sources.formats.registry import Binary, Content, Unreadable


def content(raw: bytes) -> Content:
    """What is read of a book."""
    return read(Binary(raw, "a.epub"))


def seen(raw: bytes) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(one.kind, one.text) for one in content(raw).blocks]


ONE = chapter("<h1>One</h1><p>first chapter</p>")
TWO = chapter("<h1>Two</h1><p>second chapter</p>")


def test_chapters_come_in_the_order_of_the_spine() -> None:
    blocks = content(epub({"b.xhtml": ONE, "a.xhtml": TWO})).blocks
    assert [(one.kind, one.text, one.heading) for one in blocks] == [
        ("heading", "One", ()),
        ("text", "first chapter", ("One",)),
        ("heading", "Two", ()),
        ("text", "second chapter", ("Two",)),
    ]
    assert all(one.line == one.end_line == 0 and one.places == () for one in blocks)


def test_what_only_leads_about_is_left_out() -> None:
    cover = chapter('<section epub:type="cover"><p>COVER</p></section>')
    guided = chapter("<p>JACKET</p>")
    contents = chapter(
        '<h2>Contents</h2><p><a href="one.xhtml">One</a></p><p><a href="two.xhtml#x">Two</a></p>'
    )
    nav = chapter('<nav epub:type="toc"><ol><li><a href="one.xhtml">One</a></li></ol></nav>')
    one = chapter('<nav epub:type="landmarks"><p>lead</p></nav><h1>One</h1><p>text</p>')
    raw = epub(
        {
            "cover.xhtml": cover,
            "jacket.xhtml": guided,
            "contents.xhtml": contents,
            "nav.xhtml": nav,
            "one.xhtml": one,
            "two.xhtml": TWO,
        },
        guide='<reference type="cover" href="jacket.xhtml"/>',
        properties={"nav.xhtml": "nav"},
    )
    assert [text for _, text in seen(raw)] == ["One", "text", "Two", "second chapter"]


def test_a_book_that_is_all_cover_is_read() -> None:
    raw = epub({"a.xhtml": ONE}, guide='<reference type="cover" href="a.xhtml"/>')
    assert [text for _, text in seen(raw)] == ["One", "first chapter"]


def test_notes_in_a_chapter_of_their_own_find_their_marks() -> None:
    one = chapter(
        '<p>said<a epub:type="noteref" href="notes.xhtml#n1" id="r1">1</a> here</p>'
        '<p>and<a epub:type="noteref" href="#n1">*</a></p>'
        '<aside epub:type="footnote" id="n1" hidden="hidden"><p>own note</p></aside>'
    )
    notes = chapter(
        '<div epub:type="rearnote" id="n1"><p><a href="one.xhtml#r1">1</a> far</p></div>'
    )
    blocks = content(epub({"one.xhtml": one, "notes.xhtml": notes})).blocks
    by_label = {one.label: one.text for one in blocks if one.kind == "footnote"}
    refers = {one.text: one.notes for one in blocks if one.kind == "text"}
    assert [by_label[label][-3:] for label in refers["said here"]] == ["far"]
    assert [by_label[label] for label in refers["and"]] == ["own note"]


PAGED = chapter(
    '<p>front</p><div epub:type="pagebreak" id="p7" title="7"/><p>one <span epub:type="pagebreak" '
    'role="doc-pagebreak" aria-label=" Page 8 ">8</span>two <b>three</b></p>'
    '<h2><a id="x9"/>Head</h2><p>four</p>'
)


def test_printed_pages_are_kept() -> None:
    nav = chapter('<nav epub:type="page-list"><ol><li><a href="a.xhtml#x9">ix</a></li></ol></nav>')
    raw = epub({"nav.xhtml": nav, "a.xhtml": PAGED}, properties={"nav.xhtml": "nav"})
    blocks = content(raw).blocks
    assert [(one.text, one.page, one.end_page, one.page_label) for one in blocks] == [
        ("front", None, None, None),
        ("one two three", 1, 2, "7"),
        ("Head", 3, 3, "ix"),
        ("four", 3, 3, "ix"),
    ]
    assert [blocks[1].text[one.start : one.end] for one in blocks[1].spans] == ["three"]
    assert blocks[3].heading == ("Head",)


def test_the_list_of_pages_of_older_books_is_read() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><pageList><pageTarget value="12">'
        '<navLabel><text>12</text></navLabel><content src="a.xhtml#x9"/></pageTarget>'
        "</pageList></ncx>"
    )
    body = chapter('<p>a</p><p id="x9">b</p>')
    item = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    raw = epub({"a.xhtml": body}, items=item, more={"OPS/toc.ncx": ncx})
    assert [(one.text, one.page_label) for one in content(raw).blocks] == [("a", None), ("b", "12")]


def test_metadata_are_fields() -> None:
    metadata = (
        '<dc:title id="t">War and Peace</dc:title><dc:title id="s">A Novel</dc:title>'
        '<meta refines="#s" property="title-type">subtitle</meta>'
        '<dc:creator opf:role="aut">Leo Tolstoy</dc:creator>'
        '<dc:creator id="c">A. Maude</dc:creator>'
        '<meta refines="#c" property="role">trl</meta><dc:contributor opf:role="bkp">calibre'
        '</dc:contributor><dc:language>en-GB</dc:language><dc:publisher>OUP</dc:publisher>'
        '<dc:date opf:event="modification">2020-01-01</dc:date>'
        '<dc:date opf:event="publication">1922-03-01T00:00:00Z</dc:date>'
        "<dc:identifier>urn:isbn:9780140447934</dc:identifier>"
        "<dc:identifier>https://books.example/1</dc:identifier>"
        "<dc:subject>Russia</dc:subject><dc:subject>War</dc:subject>"
        "<dc:description>&lt;p&gt;A &lt;b&gt;book&lt;/b&gt;&lt;/p&gt;</dc:description>"
        '<dc:source>urn:x</dc:source><meta name="calibre:series" content="Classics"/>'
        '<meta property="dcterms:modified">2014-04-24T13:00:00Z</meta>'
    )  # fmt: skip
    assert content(epub({"a.xhtml": ONE}, metadata=metadata)).fields == {
        "title": "War and Peace",
        "subtitle": "A Novel",
        "author": ["Leo Tolstoy"],
        "translator": ["A. Maude"],
        "lang": "en-GB",
        "publisher": "OUP",
        "date": "1922-03-01",
        "isbn": "9780140447934",
        "url": "https://books.example/1",
        "keywords": ["Russia", "War"],
        "description": "A book",
        "dc_source": "urn:x",
        "series": "Classics",
        "file_modified": "2014-04-24",
    }


def test_a_chapter_that_is_no_xhtml_is_read_as_browsers_do() -> None:
    raw = epub({"a.xhtml": "<html><body><p>one&nbsp;two<br>three<p>four"})
    assert [text for _, text in seen(raw)] == ["one\xa0two\nthree", "four"]


def test_entities_of_xhtml_are_characters() -> None:
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://x.example/xhtml11.dtd">'
    raw = epub({"a.xhtml": doctype + chapter("<p>a&mdash;b</p><p/><a id='x'/><p>c</p>")})
    assert [text for _, text in seen(raw)] == ["a—b", "c"]


def test_a_chapter_that_is_missing_is_named() -> None:
    raw = epub({"a.xhtml": ONE, "b.xhtml": TWO}).replace(b"OPS/b.xhtml", b"OPS/c.xhtml")
    found = content(raw)
    assert [one.text for one in found.blocks] == ["One", "first chapter"]
    assert found.faults == ((0, "the part 'b.xhtml' is missing in the file"),)


def test_a_locked_book_is_said_to_be_one_and_hidden_fonts_are_no_lock() -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
        'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{}"/><CipherData>'
        '<CipherReference URI="OPS/{}"/></CipherData></EncryptedData></encryption>'
    )
    locked = encryption.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "a.xhtml")
    with pytest.raises(Unreadable, match="locked by its seller"):
        content(epub({"a.xhtml": ONE}, more={"META-INF/encryption.xml": locked}))
    fonts = encryption.format("http://www.idpf.org/2008/embedding", "a.ttf")
    assert content(epub({"a.xhtml": ONE}, more={"META-INF/encryption.xml": fonts})).blocks


def test_what_is_no_book_is_said() -> None:
    cases = {
        b"": "it is empty",
        zipped({"a": "b"}): "there is no book in it: its package is missing",
        zipped({"word/document.xml": "b"}): "it is no EPUB inside: name it .docx",
        epub({"a.xhtml": ONE})[:300]: "it is cut off or damaged: get it again from where it came",
    }
    for raw, reason in cases.items():
        with pytest.raises(Unreadable) as raised:
            content(raw)
        assert raised.value.message == reason


def test_links_that_lead_out_lead_nowhere() -> None:
    body = chapter(
        '<p><a href="../../../etc/passwd">a</a> <a href="file:///etc/passwd">b</a> c</p>'
    )
    (block,) = content(epub({"a.xhtml": body})).blocks
    assert (block.text, block.spans) == ("a b c", ())


SHAPES = {
    "paragraphs": "<p>a</p>" * 20_000,
    "breaks": '<p>a</p><div epub:type="pagebreak" title="1"/>' * 20_000,
    "breaks alone": '<span epub:type="pagebreak" title="1"/>' * 50_000,
    "notes": '<p>a<a epub:type="noteref" href="#n">1</a></p>' * 10_000 + '<p id="n">b</p>',
    "links": '<a href="a.xhtml">a</a>' * 20_000,
    "deep": "<div>" * 240 + "a" + "</div>" * 240,
    "too deep": "<div>" * 20_000 + "a" + "</div>" * 20_000,
    "entities": "&a;" * 50_000,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_large_book_takes_time_in_proportion(shape: str) -> None:
    began = time.process_time()
    content(epub({"a.xhtml": chapter(SHAPES[shape]), "b.xhtml": ONE}))
    assert time.process_time() - began < 15


def test_many_chapters_take_time_in_proportion() -> None:
    began = time.process_time()
    found = content(epub({f"{n}.xhtml": ONE for n in range(1_000)}))
    assert len(found.blocks) == 2_000
    assert time.process_time() - began < 15


def test_turned_bits_do_no_harm() -> None:
    chance = random.Random(15)
    raw = epub({"a.xhtml": PAGED, "b.xhtml": TWO})
    for _ in range(100):
        broken = bytearray(raw)
        for _ in range(chance.randrange(1, 8)):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        try:
            content(bytes(broken))
        except Unreadable:
            continue
