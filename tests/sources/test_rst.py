"""reStructuredText as docutils and Sphinx show it, and where each character of it stands."""

from __future__ import annotations

import re

import pytest
from docutils.core import publish_doctree
from docutils.nodes import Text
from support.places import lines_of, misplaced

from sinorus.sources.formats.registry import BY_SUFFIX
from sinorus.sources.paragraphs import read_paragraphs

RST = BY_SUFFIX[".rst"]

INLINE = {
    "*em* **strong** ``co*de``": "em strong co*de",
    "2 * 3 and a*b*c and *open": "2 * 3 and a*b*c and *open",
    'an escaped \\*star\\* and re\\ *joined*\\ ly, "*"': 'an escaped *star* and rejoinedly, "*"',
    "`text <https://example.org>`_ and `<https://example.org>`__": "text and https://example.org",
    "see `Part one`_, and snake_ too": "see Part one, and snake_ too",
    "said [1]_ and [#]_, [#a]_, [*]_ and [CIT2002]_.": "said and,, and.",
    ":ref:`Title <x>` :doc:`a/b` :py:func:`~a.b.c` :sup:`2` `q`:emphasis:": "Title a/b c 2 q",
    "a :unknown:`kept` b": "a kept b",
    "see :cite:`kilo2022` there": "see there",
    "an _`inline target` here": "an inline target here",
    "|unknown| stays": "|unknown| stays",
    "Договор *о дружбе*, «*союз*»": "Договор о дружбе, «союз»",
    "条约 *友好*，``中国``。": "条约 友好，中国。",
}


@pytest.mark.parametrize("body", INLINE)
def test_one_paragraph_shows(body: str) -> None:
    assert [one.text for one in read_paragraphs(RST, body, 1).blocks] == [INLINE[body]]


BLOCKS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "sections": (
        "=====\nГаз\n=====\n\nA\n-\n\ntext\n\n----\n\nB\n-\nb\n",
        [*(("heading", "Газ"), ("heading", "A")), *(("text", "text"), ("heading", "B")),
         ("text", "b")],
    ),
    "lists": (
        "- a\n  on\n\n  - b\n\n  more\n* c\n\n1. x\n#. y\n\n(a) z\n\nend",
        [*(("list", one) for one in ("a\non", "b", "more", "c", "x", "y", "z")), ("text", "end")],
    ),
    "a year and an initial are no numbers": (
        "1991. The treaty\n\nA. Einstein was\nthere.",
        [("text", "1991. The treaty"), ("text", "A. Einstein was\nthere.")],
    ),
    "definitions, fields, options": (
        "text\n\nterm\n  means *it*\n\n:name: value\n\n-a, --all  Shows.",
        [("text", "text"), *(("list", one) for one in ("term", "means it", "name: value",
         "-a, --all  Shows."))],
    ),
    "a quotation": ("a\n\n  q\n\n  -- W\n\nb", [("text", "a"), ("quote", "q"), ("quote", "-- W"),
        ("text", "b")]),
    "code": (
        "So::\n\n  *x*\n\n    y\n\n::\n\n  z\n\n"
        ".. code-block:: c\n   :caption: Cap\n\n   w\n\n>>> 1\n1",
        [("text", "So:"), ("code", "*x*\n\n  y"), ("code", "z"), ("caption", "Cap"), ("code", "w"),
         ("code", ">>> 1\n1")],
    ),
    "lines that keep their ends": ("| a\n|   b\n| *c*", [("text", "a\nb\nc")]),
    "a grid": (
        "+----+-----+\n| a  | b   |\n|    | c   |\n+====+=====+\n| 中 | *2* |\n+----+-----+\n",
        [("table", "a\tb c\n中\t2")],
    ),
    "a simple table": (
        "===  =====\nA    B\n===  =====\n1    *2*\n     more\n3    4\n===  =====\n",
        [("table", "A\tB\n1\t2 more\n3\t4")],
    ),
    "tables of directives": (
        ".. list-table:: Cap\n   :widths: 1 2\n\n   * - A\n     - B\n   * - 1\n     - 2\n\n"
        '.. csv-table::\n   :header: x, y\n\n   "a, b", c\n',
        [("caption", "Cap"), ("table", "A\tB\n1\t2"), ("table", "x\ty\na, b\tc")],
    ),
    "directives hold prose, also such as nobody knows": (
        ".. note:: Noted\n   on.\n\n   More.\n\n.. versionadded:: 3.2 News.\n\n"
        ".. nobody-knows:: Title\n   :o: x\n\n   Его *текст*.\n\n.. only:: html\n\n   Seen.",
        [("text", one) for one in ("Noted\non.", "More.", "3.2 News.", "Title", "Его текст.",
         "Seen.")],
    ),
    "pictures": (
        ".. image:: a.png\n   :alt: A map\n\n.. figure:: b.png\n\n   Its caption.\n\n   Legend.",
        [("caption", "A map"), ("caption", "Its caption."), ("text", "Legend.")],
    ),
    "what nobody sees": (
        ".. a comment\n   of lines\n\n..\n\n.. _target: x\n.. __: y\n.. toctree::\n\n   a\n\n"
        ".. raw:: html\n\n   <b>\n\n.. index:: z\n\nseen",
        [("text", "seen")],
    ),
    "substitutions": (
        "|pm| in |c|\n\n.. |pm| replace:: the *prime* minister\n.. |c| unicode:: 0x4E2D 国",
        [("text", "the prime minister in 中国")],
    ),
    "one that means itself": (
        "|a| |b|\n\n.. |a| replace:: |b| |b|\n.. |b| replace:: |a| |a|",
        [("text", "|b| |b| |a| |a|")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_have_their_kind(name: str) -> None:
    body, expected = BLOCKS[name]
    assert [(one.kind, one.text) for one in read_paragraphs(RST, body, 1).blocks] == expected


def test_notes_and_citations_know_who_refers_to_them() -> None:
    body = (
        "A [1]_ [#]_ [#x]_ [Cit]_.\n\n.. [1] One\n   goes on.\n.. [#] Two.\n.. [#x] Three.\n"
        ".. [Cit] Four.\n\nend"
    )
    text, *notes, end = read_paragraphs(RST, body, 1).blocks
    assert [one.text for one in notes] == ["One\ngoes on.", "Two.", "Three.", "Four."]
    assert {one.label for one in notes} == set(text.notes)
    assert end.kind == "text"


def test_the_first_fields_are_what_front_matter_is() -> None:
    body = (
        "Gas\n===\n\n:Author: А. Иванова\n:Date: 2023-03-21\n:Organization: Pravda\n"
        ":Abstract: What it\n   says.\n:Volume: 7\n\nText.\n"
    )
    content = read_paragraphs(RST, body, 1)
    assert content.fields == {
        "author": "А. Иванова",
        "date": "2023-03-21",
        "publisher": "Pravda",
        "volume": "7",
    }
    assert [one.text for one in content.blocks] == ["Gas", "What it\nsays.", "Text."]


def test_what_another_file_holds_is_named() -> None:
    content = read_paragraphs(RST, "a\n\n.. include:: /etc/passwd\n\nb", 1)
    assert [one.text for one in content.blocks] == ["a", "b"]
    assert content.faults == ((3, "what stands in '/etc/passwd' is not read"),)


@pytest.mark.parametrize("body", [*INLINE, *(body for body, _ in BLOCKS.values())])
def test_each_character_stands_where_it_is_said_to(body: str) -> None:
    blocks = read_paragraphs(RST, body, 1).blocks
    assert misplaced(blocks, lines_of(body.encode())) == []


@pytest.mark.parametrize("name", [*("sections", "a quotation", "a grid"),
    *("a simple table", "lines that keep their ends")])  # fmt: skip
def test_docutils_shows_the_same_words(name: str) -> None:
    body, _ = BLOCKS[name]
    quiet = {"report_level": 5, "file_insertion_enabled": False, "raw_enabled": False}
    tree = publish_doctree(body, settings_overrides={**quiet, "warning_stream": False})
    theirs = " ".join(node.astext() for node in tree.findall(Text))
    ours = " ".join(one.text for one in read_paragraphs(RST, body, 1).blocks)
    assert re.findall(r"\w+", ours) == re.findall(r"\w+", theirs)
