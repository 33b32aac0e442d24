"""Word files: what is text in them and what is not, paragraph by paragraph."""

from __future__ import annotations

import pytest
from support.office_files import (
    W,
    docx,
    field,
    odt,
    para,
    relations,
    run,
    word_style,
    word_table,
    zipped,
)

from sinorus.sources.formats.docx import read
from sinorus.sources.formats.registry import Binary, Content, Unreadable

STYLES = "".join(
    (
        word_style("Heading1", "heading 1"),
        word_style("berschrift2", "heading 2", "Heading1"),
        word_style("Own", "My Chapter", "Heading1"),
        word_style("Title", "Title"),
        word_style("Quote", "Quote"),
        word_style("Caption", "caption"),
        word_style("ImageCaption", "Image Caption", "Caption"),
        word_style("SourceCode", "Source Code"),
        word_style("TOC1", "toc 1"),
        word_style("ListBullet", "List Bullet"),
        word_style("Clause", "Clause", more='<w:pPr><w:outlineLvl w:val="3"/></w:pPr>'),
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/>'
        "<w:rPr><w:b/></w:rPr></w:style>",
        '<w:style w:type="character" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/>'
        "</w:style>",
    )
)


def content(body: str, **more: object) -> Content:
    """What is read of a file with this body."""
    return read(Binary(docx(body, styles=STYLES, **more), "a.docx"))  # type: ignore[arg-type]


def seen(body: str, **more: object) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(one.kind, one.text) for one in content(body, **more).blocks]


def test_styles_say_what_a_paragraph_is_whatever_they_are_called_here() -> None:
    body = "".join(
        (
            para("The whole", "Title"),
            para("One", "Heading1"),
            para("Two", "berschrift2"),
            para("Mine", "Own"),
            para("Clause", "Clause"),
            para("said", "Quote"),
            para("Figure 1", "ImageCaption"),
            para("point", "ListBullet"),
            para("Outline", properties='<w:outlineLvl w:val="1"/>'),
            para(
                "numbered", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
            ),
            para("no more", "ListBullet", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        )
    )
    blocks = content(body).blocks
    assert [(one.kind, one.level) for one in blocks] == [
        *(("heading", 1), ("heading", 1), ("heading", 2), ("heading", 1), ("heading", 4)),
        *(("quote", 0), ("caption", 0), ("list", 0), ("heading", 2), ("list", 0), ("text", 0)),
    ]
    assert blocks[5].heading == ("Mine", "Clause")
    assert all(one.line == one.end_line == 0 and one.places == () for one in blocks)


def test_a_long_heading_is_text() -> None:
    assert seen(para("word " * 60, "Heading1")) == [("text", ("word " * 60).strip())]


def test_looks_are_spans_and_runs_that_look_the_same_are_one() -> None:
    bold = "<w:b/>"
    inner = (
        run("plain ") + run("bo", bold) + run("ld", bold) + run(" off", '<w:b w:val="0"/>')
        + run(" x") + run("2", '<w:vertAlign w:val="superscript"/>')
        + run(" styled", '<w:rStyle w:val="Strong"/>')
        + run(" code", '<w:rStyle w:val="VerbatimChar"/>')
        + run("secret", "<w:vanish/>")
    )  # fmt: skip
    (block,) = content(para(inner)).blocks
    assert block.text == "plain bold off x2 styled code"
    assert [(one.kind, block.text[one.start : one.end]) for one in block.spans] == [
        *(("strong", "bold"), ("superscript", "2"), ("strong", "styled"), ("code", "code")),
    ]


def test_insertions_are_text_and_deletions_comments_and_moves_away_are_not() -> None:
    body = para(
        f"{run('kept ')}<w:ins>{run('new ')}</w:ins><w:moveTo>{run('come ')}</w:moveTo>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('moved')}</w:moveFrom>"
        '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        f"{run('end')}"
    )
    comments = "<w:comments xmlns:w='urn:x'>a comment</w:comments>"
    assert seen(body, more={"word/comments.xml": comments}) == [("text", "kept new come end")]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = para("one ", properties="<w:rPr><w:del/></w:rPr>") + para("two") + para("three")
    assert seen(body) == [("text", "one two"), ("text", "three")]


def test_notes_stand_behind_what_refers_to_them_and_endnotes_at_the_end() -> None:
    body = (
        para(
            f'{run("said")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(" twice")}'
            '<w:r><w:endnoteReference w:id="5"/></w:r>'
        )
        + para("next")
        + para(f'{run("own mark")}<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/>'
               "<w:t>*</w:t></w:r>")
    )  # fmt: skip
    footnotes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" first")}</w:p>'
        f"{para('second paragraph')}</w:footnote>"
        f'<w:footnote w:id="3">{para("starred")}</w:footnote>'
    )
    endnotes = f'<w:endnote w:id="5">{para("at the end")}</w:endnote>'
    blocks = content(body, footnotes=footnotes, endnotes=endnotes).blocks
    assert [(one.kind, one.text, one.notes, one.label) for one in blocks] == [
        ("text", "said twice", ("1", "e1"), ""),
        ("footnote", "first", (), "1"),
        ("footnote", "second paragraph", (), "1"),
        ("text", "next", (), ""),
        ("text", "own mark", ("2",), ""),
        ("footnote", "starred", (), "2"),
        ("footnote", "at the end", (), "e1"),
    ]


def test_a_note_that_is_missing_in_the_file_is_named() -> None:
    found = content(para(f'{run("said")}<w:r><w:footnoteReference w:id="9"/></w:r>'))
    assert [one.text for one in found.blocks] == ["said"]
    assert found.faults == ((0, "1 of its notes are missing in the file"),)


def test_tables_have_cells_and_rows_as_those_of_markdown() -> None:
    rows = [["a", "b"], [para("one") + para("two"), ""], ["", ""], ["", "z"]]
    assert seen(word_table(rows)) == [("table", "a\tb\none two\t\n\tz")]


def test_what_cannot_stand_in_a_cell_comes_behind_the_table() -> None:
    inner = word_table([["x", "y"], ["1", "2"]])
    noted = f'<w:p>{run("cell")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    blocks = content(
        word_table([["a", inner], ["b", noted]]),
        footnotes=f'<w:footnote w:id="2">{para("of a cell")}</w:footnote>',
    ).blocks
    assert [(one.kind, one.text, one.notes) for one in blocks] == [
        ("table", "a\t\nb\tcell", ("1",)),
        ("table", "x\ty\n1\t2", ()),
        ("footnote", "of a cell", ()),
    ]


def test_a_table_that_only_places_text_is_paragraphs() -> None:
    box = word_table([[para("Head", "Heading1") + para("text")]])
    column = word_table([["one"], ["two"]])
    assert seen(box + column) == [
        *(("heading", "Head"), ("text", "text"), ("text", "one"), ("text", "two")),
    ]


def test_a_deleted_row_is_no_row() -> None:
    table = (
        "<w:tbl><w:tr><w:tc>" + para("a") + "</w:tc><w:tc>" + para("b") + "</w:tc></w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + para("c") + "</w:tc></w:tr></w:tbl>"
    )
    assert seen(table) == [("table", "a\tb")]


def test_text_boxes_come_once_behind_the_paragraph_they_are_bound_to() -> None:
    box = f"<w:txbxContent>{para('in a box')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert seen(para(drawn + run("around"))) == [("text", "around"), ("text", "in a box")]


def test_fields_show_their_result_and_links_lead_where_they_say() -> None:
    body = para(
        run("see ")
        + field(' HYPERLINK "https://a.example/x" ', run("there"))
        + run(" and ")
        + f'<w:hyperlink r:id="rId7">{run("here")}</w:hyperlink>'
        + run(", page ")
        + f'<w:fldSimple w:instr=" PAGEREF x ">{run("7")}</w:fldSimple>'
    )
    rels = relations(("rId7", "hyperlink", "https://b.example/"), external=("rId7",))
    (block,) = content(body, rels=rels).blocks
    assert block.text == "see there and here, page 7"
    assert [(block.text[one.start : one.end], one.target) for one in block.spans] == [
        ("there", "https://a.example/x"),
        ("here", "https://b.example/"),
    ]


def test_a_table_of_contents_is_not_text_and_a_field_without_end_hides_nothing() -> None:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    contents = (
        para(
            sign.format("begin")
            + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>"
            + sign.format("separate")
            + run("One 3"),
            "TOC1",
        )
        + para("Two 5", "TOC1")
        + para(sign.format("end"))
    )
    broken = para(sign.format("begin") + "<w:r><w:instrText>IF x</w:instrText></w:r>")
    assert seen(contents + para("text") + broken + para("rest")) == [
        *(("text", "text"), ("text", "rest")),
    ]


def test_code_that_stands_in_lines_is_one_block() -> None:
    body = para("def f():", "SourceCode") + para("    return 1", "SourceCode") + para("text")
    assert seen(body) == [("code", "def f():\n    return 1"), ("text", "text")]


def test_breaks_signs_and_blanks_are_as_a_reader_sees_them() -> None:
    inner = (
        run("one  two") + "<w:r><w:tab/></w:r>" + run("three") + "<w:r><w:br/></w:r>" + run("four")
        + "<w:r><w:noBreakHyphen/></w:r>" + run("five")
        + '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0A8"/>'
        "</w:r>"
    )  # fmt: skip
    assert seen(para(inner)) == [("text", "one two three\nfour\u2011fiveα")]


def test_an_empty_line_within_a_paragraph_parts_it() -> None:
    two = "<w:r><w:br/><w:br/></w:r>"
    inner = run("one") + two + run("two", "<w:i/>")
    blocks = content(para(inner)).blocks
    assert [one.text for one in blocks] == ["one", "two"]
    assert [(one.start, one.end) for one in blocks[1].spans] == [(0, 3)]


def test_a_number_that_has_words_is_text_and_a_bare_one_is_not() -> None:
    def level(at: int, how: str, text: str, style: str = "") -> str:
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{how}"/>'
            f'<w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        )

    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        + level(0, "upperRoman", "Part %1", "Part") + level(1, "decimal", "Article %1.%2.")
        + level(2, "decimal", "%3)") + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
        + level(0, "chineseCounting", "第%1条") + '</w:abstractNum><w:num w:numId="5">'
        '<w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>'
        "</w:numbering>"
    )  # fmt: skip

    def item(text: str, num: int, at: int) -> str:
        inner = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>'
        return para(text, properties=inner)

    part = word_style(
        *("Part", "Part", "Heading1", '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>')
    )
    body = (
        para("General", "Part") + item("Aim", 5, 1) + item("first", 5, 2) + item("Scope", 5, 1)
        + para("Special", "Part") + item("Term", 5, 1) + item("效力", 6, 0) + item("终止", 6, 0)
    )  # fmt: skip
    raw = docx(body, styles=STYLES + part, more={"word/numbering.xml": numbering})
    assert [one.text for one in read(Binary(raw)).blocks] == [
        *("Part I General", "Article I.1. Aim", "first", "Article I.2. Scope", "Part II Special"),
        *("Article II.1. Term", "第十一条 效力", "第十二条 终止"),
    ]


def test_what_stands_further_in_is_a_quotation_unless_most_do() -> None:
    inside = '<w:ind w:left="720"/>'
    quoted = para("words of another", properties=inside)
    item = para("a) a point", properties=inside)
    hanging = para("out", properties='<w:ind w:left="720" w:hanging="360"/>')
    assert [kind for kind, _ in seen(para("own") * 3 + quoted + item + hanging)] == [
        *("text", "text", "text", "quote", "text", "text"),
    ]
    assert [kind for kind, _ in seen(para("own") + quoted * 3)] == ["text"] * 4


def test_a_large_first_letter_is_of_its_word() -> None:
    body = para("D", properties='<w:framePr w:dropCap="drop"/>') + para("rop cap")
    assert seen(body) == [("text", "Drop cap")]


def test_what_was_inserted_is_read_in_its_place() -> None:
    inner = docx(para("inner"))
    rels = relations(("rId1", "aFChunk", "in.docx"), ("rId2", "subDocument", "b.docx"),
                     ("rId3", "aFChunk", "c.txt"), external=("rId2",))  # fmt: skip
    body = para("a") + '<w:altChunk r:id="rId1"/><w:subDoc r:id="rId2"/><w:altChunk r:id="rId3"/>'
    found = content(body, rels=rels, more={"word/in.docx": inner, "word/c.txt": "x\ny"})
    assert [one.text for one in found.blocks] == ["a", "inner", "x", "y"]
    assert "'b.docx' stands in a file of its own" in found.faults[0][1]


def test_a_document_within_itself_ends() -> None:
    inner = docx(para("core"))
    rels = relations(("rId1", "aFChunk", "in.docx"))
    for _ in range(6):
        inner = docx('<w:altChunk r:id="rId1"/>', rels=rels, more={"word/in.docx": inner})
    found = read(Binary(inner))
    assert found.blocks == []
    assert any("documents within documents" in reason for _, reason in found.faults)


def test_diagrams_are_text_and_charts_have_their_titles() -> None:
    drawn = '<w:r><w:drawing><x xmlns:d="urn:d"><d:{} r:{}="{}"/></x></w:drawing></w:r>'
    body = para(drawn.format("relIds", "dm", "rId1")) + para(drawn.format("chart", "id", "rId2"))
    part = (
        '<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>From</a:t>'
        "</a:r></a:p><a:p/><a:p><a:r><a:t>T</a:t></a:r><a:r><a:t>o</a:t></a:r></a:p></d>"
    )
    rels = relations(("rId1", "diagramData", "d.xml"), ("rId2", "chart", "c.xml"))
    assert seen(body + body, rels=rels, more={"word/d.xml": part, "word/c.xml": part}) == [
        *(("text", "From"), ("text", "To"), ("caption", "From"), ("caption", "To")),
    ]


def test_embedded_documents_are_parts() -> None:
    rels = relations(("rId1", "package", "embeddings/Paper.docx"))
    found = content(para("a"), rels=rels, more={"word/embeddings/Paper.docx": docx(para("b"))})
    (part,) = found.parts
    assert part.name == "Paper.docx"
    assert [one.text for one in read(Binary(part.raw)).blocks] == ["b"]


CORE = (
    '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc" xmlns:dcterms="urn:t">'
    "<dc:title>The Treaty</dc:title><dc:creator>Anna Ivanova; Li Wei</dc:creator>"
    "<cp:keywords>china; russia</cp:keywords><dc:language>ru-RU</dc:language>"
    "<dcterms:created>2014-12-13T22:02:00Z</dcterms:created><dc:subject>Law</dc:subject>"
    "</cp:coreProperties>"
)


def test_properties_are_fields_and_the_day_of_the_file_is_no_date() -> None:
    found = content(para("a"), more={"docProps/core.xml": CORE}).fields
    assert found == {
        "title": "The Treaty",
        "author": ["Anna Ivanova", "Li Wei"],
        "keywords": "china; russia",
        "lang": "ru-RU",
        "file_created": "2014-12-13",
        "subject": "Law",
    }


@pytest.mark.parametrize("name", ["python-docx", "Microsoft Office User", "Пользователь", "user"])
def test_a_name_that_a_program_put_there_is_no_author(name: str) -> None:
    core = CORE.replace("Anna Ivanova; Li Wei", name)
    assert "author" not in content(para("a"), more={"docProps/core.xml": core}).fields


def test_paragraphs_that_are_styled_as_author_and_date_say_so() -> None:
    styles = STYLES + word_style("Date", "Date") + word_style("Author", "Author")
    body = para("T. S. Eliot", "Author") + para("2011-09-01", "Date") + para("April")
    found = read(Binary(docx(body, styles=styles)))
    assert (found.fields["author"], found.fields["date"]) == (["T. S. Eliot"], "2011-09-01")


APP = "<Properties><Application>Microsoft Office Word</Application><Pages>{}</Pages></Properties>"
BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_pages_are_known_where_word_marked_as_many_as_it_counted() -> None:
    body = para("one") + para(run("two") + BREAK + run("three")) + para("four")
    pages = {2: [(1, 1), (1, 2), (2, 2)], 5: [(None, None)] * 3}
    for many, places in pages.items():
        found = content(body, more={"docProps/app.xml": APP.format(many)}).blocks
        assert [(one.page, one.end_page) for one in found] == places


def test_the_strict_form_of_the_standard_is_read_as_well() -> None:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = (
        f'<w:document xmlns:w="{usual.decode()}"><w:body>{para("text")}</w:body></w:document>'
    )
    raw = zipped({"word/document.xml": document.replace(usual.decode(), strict)})
    assert [one.text for one in read(Binary(raw)).blocks] == ["text"]


def test_what_is_no_word_file_is_said_with_what_to_do() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    cases = {
        ole: "an old Word file or one with a password: save it as .docx",
        ole + "EncryptedPackage".encode("utf-16-le"): "it has a password: save a copy without one",
        b"{\\rtf1 x}": "it is RTF inside: name it .rtf",
        b"": "it is empty",
        b"PK\x03\x04 cut": "it is cut off or damaged: get it again from where it came",
        odt("<text:p>x</text:p>"): "it is an OpenDocument text inside: name it .odt",
        b"hello": "it is not what its suffix says",
    }
    for raw, reason in cases.items():
        with pytest.raises(Unreadable) as raised:
            read(Binary(raw, "a.docx"))
        assert raised.value.message == reason


def test_a_text_that_breaks_off_says_so() -> None:
    whole = docx(para("one") + para("two"))
    begun = f'<w:document xmlns:w="{W}"><w:body>{para("one")}<w:p><w:r><w:t>tw'
    broken = zipped({"word/document.xml": begun})
    assert not read(Binary(whole)).faults
    found = read(Binary(broken))
    assert [one.text for one in found.blocks] == ["one", "tw"]
    assert "what stands behind may be missing" in found.faults[0][1]
