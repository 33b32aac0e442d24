"""Where most lines take a shorter way, it leads to where the long one would."""

from __future__ import annotations

import re
from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sinorus.sources import paragraphs
from sinorus.sources.formats import markdown, marks, oversize
from sinorus.sources.formats.lines import Run, line_from
from sinorus.sources.formats.markdown import markdown_runs
from sinorus.sources.formats.wrapping import split_wide
from sinorus.sources.paragraphs import Block, split_paragraphs

MARKS = [
    *(
        "# ",
        "## ",
        "#",
        "# #",
        "===",
        "---",
        "***",
        "* * *",
        "--",
        "=",
        "-",
        "*",
        "+",
        "_",
        "_ _ _",
    ),
    *("- ", "* ", "+ ", "1. ", "1) ", "17. ", "1996. ", "１. ", "１", "-\t", "-     ", "1.\u3000"),
    *("> ", ">", " >", "```", "````", "``` `", "~~~", "[^1]: ", "[^1]:", "[^ ]: ", "[", ":", "`"),
    *("|", "| a ", "|---|", ":-: | --", "~"),
]
BLANKS = [
    " ",
    "   ",
    "    ",
    "\t",
    "\u3000",
    "\u3000\u3000",
    "\xa0",
    "\u2003",
    "\x0c",
    "\x1f",
    "\u200b",
]
WORDS = ["word", "Слово. ", "边界。", "7", "\ud800", "\u0301", "a" * 161, "边" * 81, "b" * 4_001]
PIECES = st.sampled_from(MARKS) | st.sampled_from(BLANKS) | st.sampled_from(WORDS)
LINES = st.lists(PIECES, max_size=4).map("".join)
PROPER = st.tuples(
    st.sampled_from(["", "", "", "    ", "  ", "\t"]),
    st.sampled_from(["", "- ", "1. ", "2. ", "> ", "# ", "[^1]: ", "| ", "```"]),
    st.sampled_from(["word", "Слово", "a | b"]),
).map("".join)
TEXTS = st.lists(st.sampled_from(["", ""]) | PROPER | LINES, max_size=12)
QUIET = settings(database=None, deadline=None)
FENCE = re.compile(r"`{3,}(?!.*`)|~{3,}")


class Everything:
    """A set that has every character."""

    def __contains__(self, _: object) -> bool:
        return True


@given(lines=TEXTS)
@example(lines=["- item", "", "text", "", "     - too far in to be an item"])
@example(lines=["- item", "", "  - inner", "goes on", "", "  text of the outer"])
@settings(QUIET, max_examples=500)
def test_a_line_without_a_mark_is_read_as_if_it_could_have_one(lines: list[str]) -> None:
    # But for rare blanks and digits, behind or of which a mark is made only where it is indented.
    lines = [
        line
        for line in lines
        if line[:1] in markdown.SPECIAL or not (line[:1].isspace() or line[:1].isdecimal())
    ]
    with patch.object(markdown, "SPECIAL", Everything()):
        slowly = markdown_runs(lines, 1)
    assert markdown_runs(lines, 1) == slowly


@given(lines=TEXTS, markdown=st.booleans())
@QUIET
def test_a_run_of_one_line_is_cut_like_any_other(lines: list[str], markdown: bool) -> None:
    def block(piece: list[paragraphs.Line], run: Run) -> Block:
        margins = tuple(line.margin for line in piece)
        text = "\n".join(line.text for line in piece)
        ends = piece[0].number, piece[-1].number
        return Block(text, *ends, run.heading, margins if any(margins) else ())

    runs = (
        [part for run in markdown_runs(lines, 1) for part in split_wide(run)]
        if markdown
        else paragraphs.plain_runs(lines, 1)
    )
    pieces = [(piece, run) for run in runs for piece in oversize.cut(run.lines, by_lines=run.whole)]
    expected = [
        block(piece, run)
        for piece, run in pieces
        if any(c.isprintable() and not c.isspace() for line in piece for c in line.text)
    ]
    assert split_paragraphs("\n".join(lines) or "", 1, markdown) == expected


@given(line=LINES)
@QUIET
def test_looking_at_the_first_character_overlooks_no_mark(line: str) -> None:
    quote = marks.QUOTE.match(line)
    assert (marks.quote_depth(line)[1] > 0) == (quote is not None)
    fence = FENCE.match(line)
    assert marks.fence_mark(line) == (fence.group() if fence else "")
    assert (marks.item_mark(line, 0) is not None) == (marks.ITEM.match(line) is not None)
    stripped = line.strip()
    if stripped:
        only = not stripped.strip(stripped[0] + " \t")
        divides = only and stripped[0] in "-*_=" and stripped.count(stripped[0]) >= 3
        divides = divides and not (stripped[0] == "=" and " " in stripped)
        assert marks.is_separator(stripped) == (divides or stripped in {"-", "*", "+"})


@given(line=LINES, column=st.integers(0, 6))
@QUIET
def test_the_margin_of_a_line_is_what_stands_before_its_text(line: str, column: int) -> None:
    found = line_from(1, line, column)
    assert found.text == line[column:].strip()
    if found.text:
        before = line.encode("utf-8", "surrogatepass")[: found.margin]
        assert before.decode("utf-8", "surrogatepass") + found.text == line.rstrip()


@given(
    text=st.lists(st.sampled_from([*"..!?…。！？”)] \n", "……", "a", "边"]), max_size=40).map(
        "".join
    ),
    low=st.integers(0, 10),
    high=st.integers(0, 40),
)
@QUIET
def test_the_ends_of_sentences_are_those_that_the_pattern_finds(
    text: str, low: int, high: int
) -> None:
    found = [match.span() for match in oversize.sentence_ends(text, low, high)]
    assert found == [match.span() for match in oversize.END.finditer(text, low, high)]
