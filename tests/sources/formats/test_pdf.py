"""PDF: what is said of a file, what its pages are called, and what cannot be read."""

from __future__ import annotations

import gc
import random
from pathlib import Path

import pytest
from support.pdf_files import bomb, lines, pdf

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.pdf import read
from sinorus.sources.formats.registry import Binary, Content, Unreadable

REAL = Path(__file__).resolve().parents[4] / "shared" / "documents"
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><rdf:Description>
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Rivers in Winter</rdf:li></rdf:Alt></dc:title>
 <dc:creator><rdf:Seq><rdf:li>Anna Lund</rdf:li><rdf:li>王二</rdf:li></rdf:Seq></dc:creator>
 <dc:date><rdf:Seq><rdf:li>1987-05</rdf:li></rdf:Seq></dc:date>
 <dc:subject><rdf:Bag><rdf:li>ice</rdf:li><rdf:li>trade</rdf:li></rdf:Bag></dc:subject>
 <dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>
 <pdf:Producer>a press</pdf:Producer><prism:doi>10.1/abc</prism:doi>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def content(made: bytes) -> Content:
    return read(Binary(made, "a.pdf"))


def blocks(made: bytes) -> list[Block]:
    return content(made).blocks


def test_says_what_the_dictionary_says() -> None:
    info = (
        "/Title (Rivers) /Author (Anna Lund; Bo Ek) /Keywords (ice, trade) /CreationDate (D:2019)"
    )
    fields = content(pdf([lines(["A word."])], info=info, catalog="/Lang (sv-SE)")).fields
    assert fields["title"] == "Rivers"
    assert fields["author"] == ["Anna Lund", "Bo Ek"]
    assert fields["keywords"] == ["ice", "trade"]
    assert fields["lang"] == "sv-SE"


def test_the_date_of_the_file_is_not_that_of_the_work() -> None:
    fields = content(pdf([lines(["A."])], info="/CreationDate (D:20190304120000Z)")).fields
    assert "date" not in fields
    assert fields["creationdate"] == "2019-03-04"


def test_xmp_goes_before_the_dictionary() -> None:
    fields = content(pdf([lines(["A word."])], info="/Title (Other)", xmp=XMP)).fields
    assert fields["title"] == "Rivers in Winter"
    assert fields["author"] == ["Anna Lund", "王二"]
    assert (fields["date"], fields["doi"]) == ("1987-05", "10.1/abc")
    assert (fields["keywords"], fields["lang"]) == (["ice", "trade"], "en")


def test_xmp_with_entities_is_not_read() -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + XMP.replace("<rdf:RDF", "<!-- --><rdf:RDF")
    inner = evil.replace("Rivers in Winter", "&a;&a;")
    assert "title" not in content(pdf([lines(["A word."])], xmp=inner)).fields


@pytest.mark.parametrize(
    "title",
    [
        *("untitled", "Untitled-3", "Microsoft Word - x.doc", "Microsoft Word - Доклад.docx"),
        *(
            "report.dvi",
            "Document1",
            "C:\\\\texts\\\\a.doc",
            "PowerPoint Presentation",
            "...",
            "paper.indd",
        ),
    ],
)
def test_junk_is_no_title(title: str) -> None:
    assert "title" not in content(pdf([lines(["A word."])], info=f"/Title ({title})")).fields


def test_pages_and_their_labels() -> None:
    pages = [lines([f"Text that stands on page {name} alone."]) for name in ("one", "two", "three")]
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 7 >>] >>"
    found = blocks(pdf(pages, catalog=labels))
    assert [one.page for one in found] == [1, 2, 3]
    assert [one.page_label for one in found] == ["i", "ii", "7"]
    assert all((one.line, one.end_line, one.places) == (0, 0, ()) for one in found)


def test_numbers_that_are_printed_are_labels() -> None:
    pages = [
        [*lines([f"Text {name * 3} of a page", f"that has {name * 9}."]), (190, 30, 10, str(at))]
        for at, name in enumerate(("ab", "cd", "ef", "gh"), 41)
    ]
    found = blocks(pdf(pages))
    assert {one.page_label for one in found} == {"41", "42", "43", "44"}
    assert not any(one.text in ("41", "42", "43", "44") for one in found)


def test_the_outline_makes_headings() -> None:
    pages = [lines(["First Part", "", "Plain words of the first part that go on for a while."])]
    outline = "/Outlines 100 0 R"
    more = [
        "<< /Type /Outlines /First 101 0 R /Last 101 0 R /Count 1 >>",
        "<< /Title (First part) /Parent 100 0 R /Dest [10 0 R /Fit] >>",
    ]
    found = blocks(pdf(pages, catalog=outline, more=more))
    assert (found[0].text, found[0].kind, found[0].level) == ("First Part", "heading", 1)
    assert found[1].heading == ("First Part",)


def test_links_lead_where_they_say() -> None:
    page = lines(["See the archive there."])
    made = pdf([page]).replace(b"/Contents 11 0 R", b"/Contents 11 0 R /Annots [100 0 R 101 0 R]")
    uri = b"/A << /S /URI /URI (https://example.org/a) >>"
    evil = b"/A << /S /Launch /F (calc.exe) >>"
    box = b"<< /Type /Annot /Subtype /Link /Rect [68 515 130 532] "
    objects = (
        b"100 0 obj\n" + box + uri + b" >>\nendobj\n101 0 obj\n" + box + evil + b" >>\nendobj\n"
    )
    (found,) = blocks(
        made.replace(b"xref\n", objects + b"xref\n", 1).replace(b"startxref", b"startxre")
    )
    targets = [one.target for one in found.spans if one.kind == "link"]
    assert targets == ["https://example.org/a"]


def test_a_page_that_is_turned_reads_as_it_is_seen() -> None:
    runs = [
        (100 + 14 * at, 40, 11, text) for at, text in enumerate(["Words that run", "up the page."])
    ]
    (found,) = blocks(pdf([runs], turn="0 1 -1 0"))
    assert found.text == "Words that run up the page."


def test_a_book_that_is_opened_anew_on_the_way_is_whole() -> None:
    chance = random.Random(7)
    texts = [f"It is {''.join(chance.choices('bcdfgklmnprst', k=9))}." for _ in range(100)]
    found = blocks(pdf([lines([text]) for text in texts]))
    assert [one.text for one in found] == texts
    assert [one.page for one in found] == list(range(1, 101))


def test_looks_for_cycles_again_when_it_is_done() -> None:
    content(pdf([lines(["A word."])]))
    with pytest.raises(Unreadable):
        content(b"no pdf")
    assert gc.isenabled()


def test_ligatures_and_hyphens_are_undone() -> None:
    texts = [
        "The treaties were not the end of the agree-",
        "ment, and the well-known long-",
        "term",
    ]
    (found,) = blocks(pdf([lines([*texts, "plan stayed."])]))
    assert "agreement" in found.text
    assert "well-known long-term plan" in found.text


def test_what_cannot_be_read_says_what_to_do() -> None:
    wanted = {
        b"": "empty",
        b"no PDF at all": "no PDF",
        b"%PDF-1.7\n": "no PDF",
        pdf([[], []]): "2 pages, no text: run an OCR program such as ocrmypdf",
    }
    for made, reason in wanted.items():
        with pytest.raises(Unreadable, match=reason):
            content(made)


def test_an_encrypted_file_says_so() -> None:
    key = "<" + "ab" * 32 + ">"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [<aa> <aa>]"
    with pytest.raises(Unreadable, match="without password"):
        content(pdf([lines(["Secret."])], trailer=lock))


def test_pictures_among_pages_are_named() -> None:
    picture = b"q 90 0 0 90 9 9 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q"
    made = pdf([lines(["A page of words that can be read."]), []]).replace(
        b"<< /Length 0 >>\nstream\n\nendstream",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(picture), picture),
    )
    (fault,) = content(made).faults
    assert fault == (0, "page 2 is a picture without text: run an OCR program such as ocrmypdf")


def test_broken_files_end_in_time() -> None:
    whole = pdf([lines([f"Line {at} of a page, with words." for at in range(30)])] * 3, xmp=XMP)
    chance = random.Random(7)
    made = [whole[: len(whole) * at // 20] for at in range(20)]
    for _ in range(60):
        flipped = bytearray(whole)
        for _ in range(chance.choice((1, 4, 40))):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        made.append(bytes(flipped))
    for one in made:
        try:
            found = content(one)
        except Unreadable:
            continue
        assert all(block.text.strip() and block.page for block in found.blocks)


def test_what_unpacks_is_bounded() -> None:
    found = blocks(bomb(30_000_000))
    assert sum(len(one.text) for one in found) < 10_000_000


def test_text_is_free_of_signs_that_nobody_sees() -> None:
    (found,) = blocks(pdf([[(50, 500, 11, "a\x01b \x07c"), (90, 500, 11, "\x7f d")]]))
    assert found.text.isprintable()


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("en_fedreg_3col", "The angle of attack (or AOA) is the angle at which the airplane wing"),
        ("en_tracemonkey_2col", "Each compiled trace covers one path through the program"),
        ("zh_fduthesis", "量子力学是描述微观物质（原子、亚原子粒子）行为的物理学理论"),
        ("ru_gost705", "Библиографическая ссылка является частью справочного аппарата"),
    ],
)
def test_real_files_are_whole(name: str, words: str) -> None:
    found = content((REAL / "pdf" / f"{name}.pdf").read_bytes()).blocks
    assert sum(words in one.text for one in found) == 1
    assert not any("VerDate" in one.text for one in found)
    assert not [one for one in found if one.kind == "footnote" and not one.label]
