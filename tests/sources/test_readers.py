"""The registry of readers, and what all of them have in common: they never fail, nor take long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.places import lines_of, misplaced

from sinorus.sources.formats.registry import (
    BY_SUFFIX,
    FORMATS,
    Format,
    NotInstalled,
    format_of,
    reader,
)
from sinorus.sources.paragraphs import read_paragraphs

NEW = (".org", ".rst", ".vtt", ".srt")
SIGNS = st.sampled_from(
    [
        *("a", "слово ", "中文", " ", "\n", "\n\n", "  ", "\t", "- ", "* ", "1. ", "[["),
        *("][", "]]", "[fn:1]", "[fn:: ", "]", "*", "/", "=", "_", "`", "``", "|", "| ", ":"),
        *("::", ".. ", "[1]_", ".. x:: ", "+-+", "== ==", "====", "#+begin_quote\n", "\\"),
        *("#+end_quote\n", ":END:\n", "<v A>", "00:00:01,000 --> 00:00:02,000\n", "WEBVTT\n"),
        *("<i>", "&amp;", "{\\an8}", "\x00", "\x1b", "\u2028", "A: ", ".", "。", "|a|"),
        *(".. |a| replace:: |a|\n", "\\alpha", "#+title: ", "NOTE\n", ".. [#] "),
    ]
)


def test_each_suffix_has_one_reader() -> None:
    suffixes = [suffix for one in FORMATS for suffix in one.suffixes]
    assert len(suffixes) == len(set(suffixes)) == len(BY_SUFFIX)
    for one in FORMATS:
        assert callable(reader(one))


def test_the_shape_of_a_text_counts_only_where_the_suffix_says_nothing() -> None:
    markdown = "## A\n\ntext\n\n## B\n"
    assert [format_of(suffix, markdown).name for suffix in ("", ".txt", ".org", ".md")] == [
        *("Markdown", "Markdown", "Org", "Markdown"),
    ]


def test_what_is_not_installed_is_named_with_the_command_that_adds_it() -> None:
    with pytest.raises(NotInstalled, match=r"pip install 'sinorus\[documents\]'"):
        reader(Format("Fax", "not_there", (".fax",), extra="documents"))


@pytest.mark.parametrize("suffix", NEW)
@given(parts=st.lists(SIGNS, max_size=60))
@settings(database=None, deadline=None, max_examples=300)
def test_whatever_the_text_it_is_read_and_stands_where_it_is_said_to(
    suffix: str, parts: list[str]
) -> None:
    body = "".join(parts)
    blocks = read_paragraphs(BY_SUFFIX[suffix], body, 1).blocks
    assert misplaced(blocks, lines_of(body.encode())) == []


SHAPES = [
    *("*a ", "[[a ", "[fn:: a ", "`a ", "|a ", "<v ", "a_ ", "- ", "  - a\n", "| a ", "== ==\n"),
    *("a\n=\n\n", ":LOGBOOK:\n", ":LOGBOOK:\n* a\n", "#+begin_quote\n", "a::\n\n", "word "),
    *("00:00:01,000 --> 00:00:02,000\na\n", "{\\an8", "A: b\n", "+-+\n|a|\n"),
    ".. |a| replace:: |a||a|\n|a|\n",
]


@pytest.mark.parametrize("suffix", NEW)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_large_text_takes_time_in_proportion(suffix: str, shape: str) -> None:
    began = time.process_time()
    read_paragraphs(BY_SUFFIX[suffix], shape * (200_000 // len(shape)), 1)
    assert time.process_time() - began < 8
