"""Org as it is exported: what is text, what is not, and where it stands."""

from __future__ import annotations

import pytest
from support.places import lines_of, misplaced

from sinorus.sources.formats.registry import BY_SUFFIX
from sinorus.sources.paragraphs import read_paragraphs

ORG = BY_SUFFIX[".org"]

INLINE = {
    "*bold* /it/ =v*e*r= ~c~ +s+ _u_": "bold it v*e*r c s u",
    "a *b /c/ d* e": "a b c d e",
    "snake_case, 2 * 3 * 4, a/b/c and /usr/local": "snake_case, 2 * 3 * 4, a/b/c and /usr/local",
    "see [[https://example.org/a_b][the *joint* act]] now": "see the joint act now",
    "see [[https://example.org]] now": "see https://example.org now",
    "the [[file:map.png]] of it": "the  of it",
    "said[fn:1] and done [fn:x].": "said and done.",
    "said [cite:@kilo; see @a p. 3] so": "said so",
    "x_{2} and y^{3}": "x2 and y3",
    "\\alpha{}\\rarr \\unknown": "α→ \\unknown",
    "one\\\\\ntwo": "one\ntwo",
    "{{{date}}} a @@html:<b>@@ b": "a b",
    "<<here>>a <<<term>>>": "a term",
    "on <2023-03-21 Tue> and [2023-03-21]": "on <2023-03-21 Tue> and [2023-03-21]",
    "\\(E=mc^2\\) holds": "E=mc^2 holds",
    "*Договор* о /дружбе/": "Договор о дружбе",
    "《 *条约* 》，/友好/。": "《 条约 》，友好。",
    "half [[open *and [fn:: never": "half [[open *and [fn:: never",
}


@pytest.mark.parametrize("body", INLINE)
def test_one_paragraph_shows(body: str) -> None:
    assert [one.text for one in read_paragraphs(ORG, body, 1).blocks] == [INLINE[body]]


BLOCKS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "headings": (
        "* TO" "DO [#A] Газ [1/2] :a:b:\nSCHEDULED: <2023-01-01 Sun>\n:PROPERTIES:\n:X: y\n:END:\n"
        "text\n** COMMENT no\nhidden\n*** below\n** 石油\n",
        [("heading", "Газ"), ("text", "text"), ("heading", "石油")],
    ),
    "states that the file declares": (
        "#+SEQ_TO" "DO: OPEN(o) | SHUT\n* SHUT case\n* Open case",
        [("heading", "case"), ("heading", "Open case")],
    ),
    "a wrapped paragraph, a comment, another": (
        "one\n  two\n# not seen\nthree\n\nfour",
        [("text", "one\ntwo"), ("text", "three"), ("text", "four")],
    ),
    "lists": (
        "- [X] a\n  goes on\n  - b\n\n  more\n- t :: means\n1. x\n2) y\n\nend",
        [
            *(("list", one) for one in ("a\ngoes on", "b", "more", "t\nmeans", "x", "y")),
            ("text", "end"),
        ],
    ),
    "a table": (
        "| a | *b* |\n|---+---|\n| <l> | <5> |\n| 1 | |\n#+TBLFM: $1=2",
        [("table", "a\tb\n1")],
    ),
    "a quotation, a verse": (
        "#+BEGIN_QUOTE\nq /one/\n\nq two\n#+END_QUOTE\n"
        "#+begin_verse\n v\n  w\n\n x\n#+end_verse\nz",
        [("quote", "q one"), ("quote", "q two"), ("quote", "v\nw"), ("quote", "x"), ("text", "z")],
    ),
    "code": (
        "#+begin_src c -n\n  *a*\n    ,* b\n#+end_src\n: fixed\n:  more\n"
        "#+begin_example\n/x/\n#+end_example",
        [("code", "*a*\n  * b"), ("code", "fixed\n more"), ("code", "/x/")],
    ),
    "what is not exported": (
        "#+begin_comment\nno\n#+end_comment\n#+begin_export html\n<b>\n#+end_export\n"
        ":LOGBOOK:\nCLOCK: [2023-01-01]\n:END:\n-----\nseen\n:NOTES:\nkept\n:END:",
        [("text", "seen"), ("text", "kept")],
    ),
    "other blocks hold prose": (
        "#+begin_center\nc\n#+end_center\n#+begin_abstract\nd\n#+end_abstract",
        [("text", "c"), ("text", "d")],
    ),
    "what is never closed": (
        "#+begin_src c\na\n:LOGBOOK:\nb",
        [("text", "a\n:LOGBOOK:\nb")],
    ),
    "a caption": ("#+CAPTION: A /map/\n[[./m.png]]", [("caption", "A map")]),
    "a note that stands in the text": (
        "said[fn:: so /he/ [1] claims] here",
        [("text", "said here"), ("footnote", "so he [1] claims")],
    ),
    "a formula with lines of its own": (
        "\\begin{equation}\nx\n\\end{equation}",
        [("code", "\\begin{equation}\nx\n\\end{equation}")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_have_their_kind(name: str) -> None:
    body, expected = BLOCKS[name]
    assert [(one.kind, one.text) for one in read_paragraphs(ORG, body, 1).blocks] == expected


def test_notes_know_who_refers_to_them() -> None:
    body = "A[fn:1] b[fn:a: inner].\n\n[fn:1] Of it\ngoes on.\n\n\nEnd."
    first, inner, note, end = read_paragraphs(ORG, body, 1).blocks
    assert (first.notes, inner.label, note.label, note.text, end.kind) == (
        *(("fn:1", "fn:a"), "fn:a", "fn:1", "Of it\ngoes on.", "text"),
    )


def test_keywords_are_what_front_matter_is() -> None:
    body = (
        ":PROPERTIES:\n:ID: 8f-7a\n:END:\n#+TITLE: Газ /и/ нефть\n#+AUTHOR: А. Иванова\n"
        "#+DATE: <2023-03-21 Tue>\n#+LANGUAGE: ru\n#+FILETAGS: :gas:oil:\n#+KEYWORDS: a, b\n"
        "#+OPTIONS: toc:nil\n#+volume: 7\n\ntext\n"
    )
    content = read_paragraphs(ORG, body, 1)
    assert [one.text for one in content.blocks] == ["text"]
    assert content.fields == {
        "org_id": "8f-7a",
        "title": "Газ и нефть",
        "author": "А. Иванова",
        "language": "ru",
        "date": "2023-03-21",
        "tags": ["gas", "oil"],
        "keywords": "a, b",
        "volume": "7",
    }
    assert content.lines["title"] == 4


def test_what_another_file_holds_is_named() -> None:
    content = read_paragraphs(ORG, "a\n#+INCLUDE: /etc/passwd\nb", 1)
    assert [one.text for one in content.blocks] == ["a", "b"]
    assert content.faults == ((2, "what stands in '/etc/passwd' is not read"),)


def test_headings_stand_above() -> None:
    body = "* A\n** B\nx\n* C\ny"
    found = {one.text: one.heading for one in read_paragraphs(ORG, body, 1).blocks}
    assert (found["x"], found["y"]) == (("A", "B"), ("C",))


@pytest.mark.parametrize("body", [*INLINE, *(body for body, _ in BLOCKS.values())])
def test_each_character_stands_where_it_is_said_to(body: str) -> None:
    blocks = read_paragraphs(ORG, body, 1).blocks
    assert misplaced(blocks, lines_of(body.encode())) == []
