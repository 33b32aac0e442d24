"""Where one paragraph ends and the next begins."""

from __future__ import annotations

import pytest

from sinorus.model import Place
from sinorus.sources.formats.blocks import Block
from sinorus.sources.paragraphs import split_paragraphs


def texts(body: str, *, markdown: bool = True) -> list[str]:
    return [block.text for block in split_paragraphs(body, 1, markdown)]


MARKDOWN = {
    "blank lines separate": ("a\nb\n\n\nc\n \t\nd", ["a\nb", "c", "d"]),
    "any line end": ("a\r\nb\rc\r\n\r\nd\r\re", ["a\nb\nc", "d", "e"]),
    "nothing else ends a line": ("a\x0bb\u2028c\x85d", ["a\x0bb\u2028c\x85d"]),
    "headings are paragraphs": (
        "# A\ntext\n## B ##\nmore\n#\nend",
        ["A", "text", "B", "more", "end"],
    ),
    "a hash alone is no heading": ("#no\n####### seven", ["#no\n####### seven"]),
    "underlined headings": ("A\n===\nx\n\nB\n---\ny", ["A", "x", "B", "y"]),
    "two lines are not underlined": ("a\nb\n---\nc", ["a\nb", "c"]),
    "a long line is not underlined": ("a" * 121 + "\n---\nc", ["a" * 121, "c"]),
    "two dashes underline, too": ("a\n--\nb", ["a", "b"]),
    "breaks separate": ("a\n* * *\nb\n\n___\n\nc\n***\nd", ["a", "b", "c", "d"]),
    "items": ("- a\n- b\n  more\n* c\n+ d", ["a", "b\nmore", "c", "d"]),
    "numbered items": ("1. a\n2. b\n10. c\n\n1) d", ["a", "b", "c", "d"]),
    "an item may go on unindented": ("- a\nlazy\n- b", ["a\nlazy", "b"]),
    "nested items": ("- a\n  - b\n    c\n  1. d\n- e", ["a", "b\nc", "d", "e"]),
    "an item's second paragraph": ("- a\n\n  b\n\nc", ["a", "b", "c"]),
    "items below each other's paragraphs": ("1. a\n\n   b\n2. c", ["a", "b", "c"]),
    "an item in an item's line": ("- - a\n- 1. b", ["a", "b"]),
    "a date in an item": ("- 22. June", ["22. June"]),
    "a year that begins a line": ("founded in\n1996. It grew", ["founded in\n1996. It grew"]),
    "a day that begins a line": ("until\n31. It grew", ["until\n31. It grew"]),
    "a day within an item": ("- until\n  31. It grew\n- b", ["until\n31. It grew", "b"]),
    "a year that begins a paragraph": ("1969. The clash", ["1969. The clash"]),
    "a bullet ends a paragraph": ("text\n- a", ["text", "a"]),
    "an empty item": ("-\n\n- a\n-\n  b", ["a", "b"]),
    "an empty item after a paragraph": ("**SUBJECT**\n-\n\na", ["SUBJECT", "a"]),
    "emphasis is no bullet": ("*a* b\n**c**", ["a b\nc"]),
    "quotations": ("> a\n> b\n>\n> c", ["a\nb", "c"]),
    "quotations in quotations": ("> a\n> > b\n> c", ["a", "b\nc"]),
    "a quotation goes on lazily": ("> a\nb\n\nc", ["a\nb", "c"]),
    "a heading ends a quotation": ("> a\n# B\nc", ["a", "B", "c"]),
    "items in quotations": ("> - a\n> - b", ["a", "b"]),
    "code is one paragraph": ("```py\na\n\n  # b\n```\nc", ["a\n\n  # b", "c"]),
    "code in tildes": ("~~~\n```\n~~~", ["```"]),
    "code in an item": ("- a\n  ```\n  b\n\n  c\n  ```\n- d", ["a", "b\n\nc", "d"]),
    "an item that is code": ("- ```\n  a\n  ```\n- b", ["a", "b"]),
    "code in a quotation": ("> ```\n> a\n>\n> b\n> ```\n> c", ["a\n\nb", "c"]),
    "an open fence is text": ("```\na\n\nb\n# C\nd", ["a", "b", "C", "d"]),
    "an inline fence is code": ("```a``` b\n\nc\n\n```", ["a b", "c"]),
    "empty code": ("```\n\n```\na", ["a"]),
    "footnotes": ("[^1]: a\n    b\n[^n]: c\n\nd", ["a\nb", "c", "d"]),
    "a mark of a footnote": ("a[^1]: b", ["a: b"]),
    "a table": ("a | b\n---|---\n1 | 2\n\nc", ["a\tb\n1\t2", "c"]),
    "a table without a rule": ("| a |\n| - b |", ["| a |\n| - b |"]),
    "comments are not seen": ("c\n\n<!-- a\n\nb -->\n\nd", ["c", "d"]),
    "inline marks are not seen": ("**a** [b](c) `d`", ["a b d"]),
    "indented code": ("    a\n    b\n\n\tc", ["a\nb\n\nc"]),
    "ideographic indents": ("　　第一段。\n续行\n　　第二段。", ["第一段。\n续行", "第二段。"]),
    "long lines are paragraphs": (f"{'a ' * 99}end.\n{'b ' * 99}end", None),
    "one long address is not": (f"{'w ' * 30}\n{'w ' * 40}\nhttps://{'x' * 60}\nend", "one"),
    "nothing visible": ("\u200b\u200b\n\n\x01\n\n\u3000", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize("case", MARKDOWN)
def test_markdown(case: str) -> None:
    body, expected = MARKDOWN[case]
    if expected is None:
        assert texts(body) == [line.strip() for line in body.split("\n")]
    elif expected == "one":
        assert len(texts(body)) == 1
    else:
        assert texts(body) == expected


WRAPPED = (
    "The organization grew out of border talks. When the Soviet\n"
    "Union was dissolved, the frontier with China was shared by\n"
    "four states."
)
OTHER = (
    "Nobody had expected that the talks would be over in a year;\n"
    "the delegations met in the two capitals by turns, and there\n"
    "were long pauses."
)
HALVES = (
    f"{OTHER}\n\nThe agreement on the eastern part was signed in Moscow and\n"
    "was approved by the parliaments of both, which had asked for\n\n{}\n\n"
    "a report on each of the islands before they voted on it.\n\n"
    f"{OTHER}\n\n"
)
"""Three paragraphs, the second of which runs on over what is put between."""
HAN_LINE = "两国的代表在边境上会谈了许多次，每一次都谈到深夜，可是他们"
HAN_END = "没有签字。"
PLAIN = {
    "a wrapped paragraph is one": (f"{WRAPPED}\n\nNext.", [WRAPPED, "Next."]),
    "long lines are paragraphs": (f"{'a ' * 99}\nHeading\n{'b ' * 99}", 3),
    "short lines are paragraphs": ("Moscow\nBeijing\nAstana\nUlan Bator", 4),
    "dialogue": (f"PUTIN: Thank you.\nXI: {'The same to you. ' * 4}\nPUTIN: Good.\nXI: Bye.", 4),
    "an indented first line begins one": (f"   {WRAPPED}\n   {WRAPPED}\n   A short one.", 3),
    "a short last line ends one": (f"{WRAPPED}\n{WRAPPED}", 2),
    "a quotation indented as a whole": ("    " + WRAPPED.replace("\n", "\n    "), 1),
    "a bibliography with hanging lines": (
        "Ivanov, I. I. The border between Russia and China in the\n"
        "    nineteenth century. Moscow, 1980.\n"
        "Petrov, P. P. The treaty of Aigun and its consequences for\n"
        "    the Amur region. Leningrad, 1975.",
        2,
    ),
    "a numbered list with hanging lines": (
        "1. The first point of the list, which goes on to a second\n   line.\n"
        "2. The second point.\n"
        "3. The third point of the list, which goes on to a second\n   line too.",
        3,
    ),
    "wrapped Chinese": (
        "中国和俄罗斯的关系在过去的几十年里发生了很大的\n"
        "变化，两国之间的贸易额不断增长，边界问题也得到\n了解决。",
        1,
    ),
    "Chinese paragraphs a line": ("　　第一段很短。\n　　第二段也不长，只是稍微长一些。", 2),
    "an empty line between all lines of a page": (
        f"{OTHER}\n\n" + WRAPPED.replace("\n", "\n\n").lower() + f"\n\n{OTHER}",
        3,
    ),
    "a number between two halves": (HALVES.format("12"), 3),
    "heads whose numbers are misread": (
        HALVES.format("I2 THE BORDER TALKS") * 2 + HALVES.format("l4 . THE BORDER TALKS"),
        9,
    ),
    "a word cut at the end of a page": (
        f"{OTHER}\n\nIt was signed in Moscow and approved by the parlia-\n\n12\n\nment in spring.",
        2,
    ),
    "a note at the foot of a page": (HALVES.format("1 See the treaty, p. 14.\n\n12"), 3),
    "a note below a rule": (HALVES.format("________\n1 See the treaty.\n\n12"), 3),
    "a note alone": (HALVES.format("* See the treaty, article 4."), 3),
    "items that and joins": (f"{OTHER}\n\n(a) the border; and\n\n“The river” as a whole.", 3),
    "a full line with a number below a page": (
        f"{OTHER}\n\n7\n\x0c\nIn 1969 the frontier with China was guarded by an\narmy of it.",
        3,
    ),
    "Chinese in one indent": (f"    {HAN_LINE}\n    {HAN_LINE}\n    {HAN_END}\n" * 3, 3),
    "Chinese in one indent, double spaced": (
        f"    {HAN_LINE}\n\n    {HAN_LINE}\n\n    {HAN_END}\n\n" * 3,
        3,
    ),
    "narrow Chinese among long lines": (
        (HAN_END * 20 + "\n") * 4 + f"{HAN_LINE}\n{HAN_LINE}\n{HAN_END}\n" + HAN_END * 20,
        6,
    ),
    "a Chinese poem among long lines": (
        (HAN_END * 20 + "\n") * 2
        + "山高月色小，\n水落石头出。\n风起千帆去，\n云来一雁归。\n"
        + HAN_END * 20,
        4,
    ),
    "a Chinese sentence with the mark of a note": (
        f"　　{HAN_END}12\n　　{HAN_END}[13]\n　　完。",
        3,
    ),
    "a form feed separates": ("one\x0c\n\x0ctwo\n\x0c\nthree", ["one", "two", "three"]),
    "marks of Markdown are text": ("# a\n\n- b\n\n> c\n\n---", ["# a", "- b", "> c", "---"]),
}


@pytest.mark.parametrize("case", PLAIN)
def test_plain_text(case: str) -> None:
    body, expected = PLAIN[case]
    found = texts(body, markdown=False)
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_a_paragraph_knows_its_lines_its_headings_and_the_marks_before_them() -> None:
    body = "# Title\n\n## Part\n\n> - first\n>   second\n\n### Deep\n## Next\n\n　　末段"
    assert split_paragraphs(body, 5, True) == [
        Block("Title", 5, 5, "heading", (), (Place(0, 5, 2),), level=1),
        Block("Part", 7, 7, "heading", ("Title",), (Place(0, 7, 3),), level=2),
        Block("first\nsecond", 9, 10, "list", ("Title", "Part"), (Place(0, 9, 4), Place(6, 10, 4))),
        Block("Deep", 12, 12, "heading", ("Title", "Part"), (Place(0, 12, 4),), level=3),
        Block("Next", 13, 13, "heading", ("Title",), (Place(0, 13, 3),), level=2),
        Block("末段", 15, 15, "text", ("Title", "Next"), (Place(0, 15, 6),)),
    ]


SENTENCE = "Mr. A. I. Putin met Xi in the U.S. on 3. May, and it went very well indeed for them. "


def test_a_very_long_paragraph_is_cut_at_the_ends_of_sentences() -> None:
    blocks = split_paragraphs(SENTENCE * 100, 1, True)
    assert len(blocks) == 4
    assert all(1_500 < len(block.text) < 2_600 for block in blocks)
    assert all(block.text.startswith("Mr. A. I.") for block in blocks)
    assert " ".join(block.text for block in blocks) == (SENTENCE * 100).strip()


def test_a_paragraph_that_is_not_too_long_is_never_cut() -> None:
    assert len(texts(SENTENCE * 46)) == 1


def test_chinese_is_cut_after_its_own_full_stops_and_closing_quotes() -> None:
    pieces = texts("他说：“两国关系很好。”" * 500)
    assert len(pieces) > 2
    assert all(piece.endswith("。”") for piece in pieces)


def test_without_sentences_it_is_cut_at_spaces_and_without_those_anywhere() -> None:
    assert all(piece.endswith("word") for piece in texts("word " * 2_000))
    assert "".join(texts("x" * 9_000)) == "x" * 9_000
    accented = "e\u0301" * 4_500
    assert all(piece.startswith("e") for piece in texts(accented))


def test_pieces_know_how_many_bytes_of_their_line_stand_before_them() -> None:
    body = "- " + "Слово за словом идёт. " * 300
    for block in split_paragraphs(body, 7, True):
        assert (block.line, block.end_line) == (7, 7)
        before = block.places[0].column if block.places else 0
        assert body.encode()[before:].decode().startswith(block.text)


def test_long_code_is_cut_between_its_lines() -> None:
    code = "\n".join(f"step_{n}. call()" for n in range(600))
    pieces = texts(f"```\n{code}\n```")
    assert "\n".join(pieces) == code
    assert len(pieces) > 2


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize(
    "body",
    [
        "Слово и дело. " * 1_500_000,
        "x" * 20_000_000,
        "# " + " " * 3_000_000 + "x",
        "." * 10_000_000,
        "e" + "\u0301" * 3_000_000,
        "```a\n" * 100_000,
        ">" * 1_000_000 + "x",
        "- " * 250_000 + "x",
        "|-" * 1_000_000,
        "> " * 50 + "x\n" * 50_000,
    ],
    ids=[
        "sentences",
        "one-word",
        "blanks",
        "dots",
        "accents",
        "fences",
        "quotes",
        "bullets",
        "bars",
        "lines",
    ],
)
def test_no_text_however_odd_takes_more_than_its_size(body: str, markdown: bool) -> None:
    blocks = split_paragraphs(body, 1, markdown)
    assert blocks
    assert max(len(block.text) for block in blocks) <= 4_000
