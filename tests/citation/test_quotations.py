"""What of a paragraph reaches a draft, and what it is cited by."""

from __future__ import annotations

import pytest

from sinorus.citation.layouts import locator_text
from sinorus.citation.quotations import Excerpt, locator_of, quotation, whole
from sinorus.citation.words import EMPHASIS, words_of
from sinorus.model import Date, Document, Paragraph, Styled
from sinorus.model.citation import Locator, Quotation

DOCUMENT = Document(
    *("d", "seeds/d.md", "Title", ("Ann Lee", "B Ray", "C Doe", "D Fox")),
    date=Date("2021"),
    url="https://example.org/a.pdf",
    lang="en",
)


def paragraph(text: str, n: int = 1, **fields: object) -> Paragraph:
    """A paragraph of that text."""
    return Paragraph("d", n, text, n, n, hash="0123abcd", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("an alliance[1] of 1950.[2, 3] End", "an alliance of 1950. End"),
        ("an alliance¹ of “old”² and 5 km² by 10³", "an alliance of “old” and 5 km² by 10³"),
        ("[1] begins, x [2] stands, [3](y) links", "[1] begins, x [2] stands, [3](y) links"),
        ("soft\nlines\t of  a file ", "soft lines of a file"),
        ("中文\n换行，\n中文 与\nLatin", "中文换行，中文 与 Latin"),
        ("bad\x00\x1b[0m\u202e\ud800\u200b\xad text\u2028end", "bad[0m\ufffd text end"),
    ],
)
def test_what_a_draft_should_not_have_is_gone(text: str, kept: str) -> None:
    assert words_of(paragraph(text)).text == kept


def test_lines_and_signs_of_code_are_kept() -> None:
    code = paragraph("a[1]\n\tb[2]  ", kind="code")
    assert words_of(code).text == "a[1]\n  b[2]"


def test_styles_go_with_their_words() -> None:
    spans = (Styled(0, 3, "emphasis"), Styled(9, 10, "superscript"), Styled(11, 14, "link", "u"))
    words = words_of(paragraph("One words*  two", spans=spans))
    assert words.text == "One words two"
    assert list(words.runs()) == [("One", EMPHASIS), (" words two", 0)]
    assert list(words_of(paragraph("One words*  two", spans=spans), (1, 6)).runs()) == [
        *(("ne", EMPHASIS), (" wo", 0)),
    ]


@pytest.mark.parametrize(
    ("paragraphs", "locator", "said"),
    [
        ([{}], Locator("paragraph", "1", "1"), ("para. 1", "абз. 1", "第1段")),
        ([{}, {}, {}], Locator("paragraph", "1", "3"), ("paras. 1–3", "абз. 1–3", "第1–3段")),
        ([{"page": 7}], Locator("page", "7", "7"), ("p. 7", "с. 7", "第7页")),
        ([{"page": 7, "end_page": 8}], Locator("page", "7", "8"), ("pp. 7–8", "с. 7–8", "第7–8页")),
        (
            [{"page": 7, "page_label": "xi"}, {"page": 9, "page_label": "xiii", "end_page": 9}],
            Locator("page", "xi", "xiii"),
            ("pp. xi–xiii", "с. xi–xiii", "第xi–xiii页"),
        ),
        (
            [{"page": 17, "page_label": "3", "end_page": 18}],
            Locator("page", "3", "4"),
            ("pp. 3–4", "с. 3–4", "第3–4页"),
        ),
    ],
)
def test_a_locator_is_a_page_as_printed_else_a_paragraph(
    paragraphs: list[dict[str, object]], locator: Locator, said: tuple[str, str, str]
) -> None:
    found = locator_of([paragraph("x", n, **one) for n, one in enumerate(paragraphs, 1)])
    assert found == locator
    assert tuple(locator_text(found, lang) for lang in ("en", "ru", "zh")) == said


def quoted(*excerpts: Excerpt, **how: object) -> Quotation:
    how = {"style": "plain", **how}
    return quotation("d#1", DOCUMENT, excerpts, "lee2021title", **how)  # type: ignore[arg-type]


def test_a_page_of_a_pdf_is_its_address() -> None:
    found = quoted(whole(paragraph("Words.", page=7)))
    assert found.url == "https://example.org/a.pdf#page=7"
    assert found.text == "“Words.” (Ann Lee et al., “Title”, 2021, p. 7, " + found.url + ")"
    assert quoted(whole(paragraph("Words.")), marks="ru").text.startswith(
        "«Words.» (Ann Lee и др., «Title», 2021, абз. 1, "
    )
    latex = quoted(whole(paragraph("Words.", page=7, end_page=8)), style="latex").text
    assert latex.startswith(r"“Words.” \cite[pp.~7--8]{lee2021title} % sinorus: d#1@0123abcd")


def test_forty_words_stand_in_a_sentence_and_more_by_themselves() -> None:
    assert not quoted(whole(paragraph("word " * 40))).block
    assert quoted(whole(paragraph("word " * 41))).block
    assert not quoted(whole(paragraph("中" * 80))).block
    assert quoted(whole(paragraph("中" * 82))).block
    assert quoted(whole(paragraph("a\nb", kind="code"))).block
    assert quoted(whole(paragraph("a")), whole(paragraph("b", 2))).block
    both = quoted(whole(paragraph("a")), whole(paragraph("b", 2)), block=False)
    assert both.text.startswith("“a b” (Ann Lee")
    assert both.reference == "d#1-2@0123abcd"
    assert [tuple(piece) for piece in both.pieces] == [(1, 0, 1), (2, 0, 1)]
