"""Numbers of lists, in every kind of file: marks that are shown, and no part of the text."""

from __future__ import annotations

import pytest
from support.office_files import chapter, docx, epub, odt, para

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.docx import read as read_docx
from sinorus.sources.formats.epub import read as read_epub
from sinorus.sources.formats.html import read_html
from sinorus.sources.formats.odt import read as read_odt
from sinorus.sources.formats.registry import BY_SUFFIX, Binary
from sinorus.sources.formats.rtf import read as read_rtf
from sinorus.sources.paragraphs import read_paragraphs

Marked = list[tuple[str, str | None]]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def marked(blocks: list[Block]) -> Marked:
    """The text of each item, and its mark."""
    return [(one.text, one.mark) for one in blocks if one.kind == "list"]


def in_html(body: str) -> Marked:
    page = f"<!DOCTYPE html><html><body><p>Before.</p>{body}</body></html>"
    return marked(read_html(page.encode(), None, whole=True).blocks)


HTML: dict[str, Marked] = {
    "<ol><li>a<li><p>b</p><p>more</p><li>c</ol>": [
        *(("a", "1."), ("b", "2."), ("more", None), ("c", "3.")),
    ],
    "<ul><li>a<li>b</ul>": [("a", None), ("b", None)],
    "<ol><li>a<ul><li>x</ul><li>b<ol type=a><li>y<li>z</ol></ol>": [
        *(("a", "1."), ("x", None), ("b", "2."), ("y", "a."), ("z", "b.")),
    ],
    "<ol start=4 type=I><li>a<li>b</ol>": [("a", "IV."), ("b", "V.")],
    "<ol><li><h4>Head</h4><p>a</p></ol>": [("a", "1.")],
    "<ol style='list-style: none'><li>a</ol>": [("a", None)],
    "<ol reversed><li>a<li>b</ol>": [("a", None), ("b", None)],
    "<ol><li value=1949>was founded<li value=1950>was signed</ol>": [
        *(("1949. was founded", None), ("1950. was signed", None)),
    ],
}


@pytest.mark.parametrize("body", HTML)
def test_a_page(body: str) -> None:
    assert in_html(body) == HTML[body]


def test_a_chapter_of_a_book() -> None:
    book = epub({"c1.xhtml": chapter("<p>Before.</p><ol><li>a</li><li>b</li></ol>")})
    assert marked(read_epub(Binary(book, "a.epub")).blocks) == [("a", "1."), ("b", "2.")]


def in_word(*items: tuple[str, int, int]) -> Marked:
    """The marks of paragraphs (text, level, list) by lists of several kinds."""

    def level(at: int, how: str, text: str, start: int = 1) -> str:
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{how}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )

    kinds = (
        level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "decimal", "%1.%3"),
        level(0, "bullet", "•"),
        level(0, "upperRoman", "%1)", 3),
        level(0, "decimal", "Article %1"),
    )
    numbering = f'<w:numbering xmlns:w="{W}">' + "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{kind}</w:abstractNum>'
        for at, kind in enumerate(kinds)
    )
    numbering += "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(4)
    )
    body = "".join(
        para(
            text,
            properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{key}"/></w:numPr>',
        )
        for text, at, key in items
    )
    raw = docx(body, more={"word/numbering.xml": numbering + "</w:numbering>"})
    return marked(read_docx(Binary(raw, "a.docx")).blocks)


def test_a_word_file() -> None:
    assert in_word(
        ("a", 0, 1), ("b", 1, 1), ("c", 1, 1), ("d", 2, 1), ("e", 0, 1), ("f", 1, 1)
    ) == [
        *(("a", "1."), ("b", "(a)"), ("c", "(b)"), ("d", "1.1"), ("e", "2."), ("f", "(a)")),
    ]
    assert in_word(("a", 0, 2), ("b", 0, 3), ("c", 0, 3)) == [
        *(("a", None), ("b", "III)"), ("c", "IV)")),
    ]
    # A word is read with the text: it would be looked for.
    assert in_word(("of peace", 0, 4)) == [("Article 1 of peace", None)]


LIST_STYLE = """
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="("
 style:num-suffix=")"/>
<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>
<text:list-style style:name="L2">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."
 text:start-value="7"/>
<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>
</text:list-style>
"""


def in_odt(body: str) -> Marked:
    return marked(read_odt(Binary(odt(body, styles=LIST_STYLE), "a.odt")).blocks)


def item(text: str, inner: str = "", more: str = "") -> str:
    return f"<text:list-item{more}><text:p>{text}</text:p>{inner}</text:list-item>"


def test_an_opendocument_text() -> None:
    deepest = f"<text:list>{item('d')}</text:list>"
    inner = f"<text:list>{item('b')}{item('c', deepest)}</text:list>"
    first = f'<text:list text:style-name="L1">{item("a", inner)}{item("e")}</text:list>'
    again = f'<text:list text:style-name="L1">{item("f")}</text:list>'
    on = again.replace("><", ' text:continue-numbering="true"><', 1)
    marks = [("a", "1."), ("b", "(a)"), ("c", "(b)"), ("d", None), ("e", "2.")]
    assert in_odt(first) == marks
    assert in_odt(first + again) == [*marks, ("f", "1.")]
    assert in_odt(first + on) == [*marks, ("f", "3.")]
    below = f"<text:list>{item('b')}</text:list>"
    jump = item("c", more=' text:start-value="20"')
    second = f'<text:list text:style-name="L2">{item("a", below)}{jump}</text:list>'
    assert in_odt(second) == [("a", "7."), ("b", "7.1"), ("c", "20.")]
    assert in_odt(f"<text:list>{item('a')}</text:list>") == [("a", None)]


def test_rtf() -> None:
    listed = r"{\rtf1\ansi{\fonttbl{\f0 Times;}{\f3\fcharset2 Symbol;}}"
    listed += r"\pard\ls1 {\listtext\f0 1.\tab}one\par {\listtext\f0 (\u1073?)\tab}two\par"
    listed += r"{\listtext\f3\'b7\tab}dot\par\pard plain\par}"
    assert marked(read_rtf(Binary(listed.encode("latin-1"), "a.rtf")).blocks) == [
        *(("one", "1."), ("two", "(б)"), ("dot", None)),
    ]


TEXTS: dict[tuple[str, str], Marked] = {
    (".org", "1. one\n2. two\n\n   more\n- dot\n"): [
        *(("one", "1."), ("two", "2."), ("more", None), ("dot", None)),
    ],
    (".org", "1) one\n   - dot\n2)\n   two\n"): [("one", "1)"), ("dot", None), ("two", "2)")],
    (".rst", "1. one\n2. two\n\n   more\n\n- dot\n"): [
        *(("one", "1."), ("two", "2."), ("more", None), ("dot", None)),
    ],
    (".rst", "(a) one\n(b) two\n"): [("one", "(a)"), ("two", "(b)")],
    (".md", "3. one\n4. two\n"): [("one", "3."), ("two", "4.")],
    # A numbered paragraph and a list below it look like one list.
    (".md", "107. one\n\n1. two\n\n2. three\n"): [
        *(("one", "107."), ("two", "1."), ("three", "2.")),
    ],
    (".md", "107. *one*\n\n1. two\n\n   more\n\n2. three\n"): [
        *(("one", "107."), ("two", "1."), ("more", None), ("three", "2.")),
    ],
    (".md", "1. one\n1. two\n1. three\n"): [("one", "1."), ("two", "2."), ("three", "3.")],
}


@pytest.mark.parametrize(("suffix", "text"), TEXTS)
def test_a_text(suffix: str, text: str) -> None:
    assert marked(read_paragraphs(BY_SUFFIX[suffix], text, 1).blocks) == TEXTS[suffix, text]
