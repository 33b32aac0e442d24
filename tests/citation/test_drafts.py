"""Drafts in every markup: which words are quotations, where they are, what is cited beside."""

from __future__ import annotations

import pytest

from sinorus.citation.drafts.draft import Draft, kind_of
from sinorus.citation.drafts.quotations import quotations

ONE = "an alliance on paper and no more"
TWO = "gas flows through the pipelines of both"
HASHED = "carnegie/pact#1@0123abcd"

DRAFTS = {
    "markdown": f"""---
title: "A title that is no quotation at all"
---

He calls it “an *alliance* on\npaper and no more” [@gabuev, p. 3]. <!-- sinorus: {HASHED} -->

> {TWO}
<!-- sinorus: other#2 -->

```
"code that is no quotation at all"
```

A [link](https://example.org "nor is a title of it").
""",
    "latex": f"""\\documentclass{{article}}
\\title{{"A title that is no quotation at all"}}
\\begin{{document}}
He calls it \\enquote{{an \\emph{{alliance}} on
paper and no~more}}~\\autocite[3]{{gabuev}}. % sinorus: {HASHED}

\\begin{{quote}}
{TWO}
\\end{{quote}}
% sinorus: other#2
\\verb|"code that is no quotation at all"|
\\end{{document}}
""",
    "org": f"""#+title: "A title that is no quotation at all"

He calls it "an /alliance/ on
paper and no more" [cite:@gabuev p. 3]. @@comment:sinorus: {HASHED}@@

#+begin_quote
{TWO}
#+end_quote
# sinorus: other#2

#+begin_src python
"code that is no quotation at all"
#+end_src
""",
    "typst": f"""#set document(title: "A title that is no quotation at all")

He calls it "an _alliance_ on
paper and no~more" @gabuev[p. 3]. // sinorus: {HASHED}

#quote(block: true)[{TWO}]
/* sinorus: other#2 */

`"code that is no quotation at all"`
""",
    "html": f"""<!doctype html><head><title>"A title that is no quotation at all"</title></head>
<p>He calls it <q>an <em>alliance</em> on
paper and no&nbsp;more</q> <span class="citation" data-cites="gabuev">(Gabuev)</span>.
<!-- sinorus: {HASHED} --></p>
<blockquote><p>{TWO}</p></blockquote>
<!-- sinorus: other#2 -->
<pre>"code that is no quotation at all"</pre>
""",
    "plain": f"""He calls it "an alliance on
paper and no more". {HASHED}

And “{TWO}”. sinorus: other#2
""",
}


@pytest.mark.parametrize("kind", DRAFTS)
def test_the_quotations_of_a_draft_and_what_is_cited_beside_them(kind: str) -> None:
    text = DRAFTS[kind]
    draft = Draft(text, kind)
    found = quotations(draft).quotations
    assert [" ".join(one.words.text.split()) for one in found] == [ONE, TWO]
    first, second = found
    line, column = draft.place(first.start)
    assert text.splitlines()[line - 1][column - 1 :].startswith("an ")
    assert text[first.start : first.end].endswith("more")
    keys = [one.key for one in first.cited if one.key]
    assert keys == ([] if kind == "plain" else ["gabuev"])
    assert [one.written for one in first.cited if one.reference] == [HASHED]
    assert [one.written for one in second.cited] == ["other#2"]
    assert text[second.start : second.end] == TWO


MARKED = {
    "“{}”": "curly",
    '"{}"': "straight",
    "«{}»": "guillemets",
    "„{}“": "low",
    "‘{}’": "single",
    "'{}'": "straight single",
    "「{}」": "corners",
    "『{}』": "white corners",
}


@pytest.mark.parametrize("marks", MARKED, ids=MARKED.values())
@pytest.mark.parametrize(
    "words",
    [
        "the allies’ pact isn’t what it was",
        "он сказал, что союза нет и не будет",
        "中国和俄罗斯不是盟友而是伙伴",
    ],
)
def test_marks_of_all_kinds(marks: str, words: str) -> None:
    if marks == "'{}'":
        words = words.replace("’", "")
    if marks == "‘{}’":
        words = words.replace("allies’", "ally’s")
    draft = Draft(f"It's said, and don't ask by whom: {marks.format(words)}, in '89.", "plain")
    assert [one.words.text for one in quotations(draft).quotations] == [words]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "“He said ‘we are no allies of theirs’ and left”",
            ["He said ‘we are no allies of theirs’ and left"],
        ),
        (
            "«Он сказал: „союза между нами нет“, и ушёл»",
            ["Он сказал: „союза между нами нет“, и ушёл"],
        ),
        ("“他说：‘我们不是他们的盟友。’然后走了”", ["他说：‘我们不是他们的盟友。’然后走了"]),
        (
            "“One of two paragraphs here.\n\n“And this is the other one.”",
            ["One of two paragraphs here.\n\nAnd this is the other one."],
        ),
        ("The “new order” of 《关于中国和俄罗斯关系的文章》", []),
        ('A board 5" wide and 6" long, and the workers\' own board.', []),
        (
            "> “A block that has marks of its own.”\n>\n> — Wang Yi, 2021",
            ["A block that has marks of its own."],
        ),
        ('He said \\"this is a quotation too\\" there.', ["this is a quotation too"]),
    ],
)
def test_what_is_a_quotation_and_what_is_not(text: str, wanted: list[str]) -> None:
    assert [one.words.text for one in quotations(Draft(text, "markdown")).quotations] == wanted


def test_titles_names_and_scare_quotes_are_counted() -> None:
    draft = Draft(
        "The “new world order”, «Россия», 《论持久战》 and “this is really a quotation”.", "plain"
    )
    assert (len(quotations(draft).quotations), quotations(draft).short) == (1, 3)
    assert len(quotations(draft, 2).quotations) == 2


@pytest.mark.parametrize(
    "said",
    ["(tr.)", "(пер. авт.)", "（作者译）", "(my translation)", "(перевод мой)", "{.translated}"],
)
def test_what_is_said_to_be_translated(said: str) -> None:
    (one,) = quotations(
        Draft(f"He said “words in another language” {said}.", "markdown")
    ).quotations
    assert one.translated


def test_each_citation_belongs_to_the_quotation_before_it() -> None:
    text = (
        "As @first says, “these are the words of one”, and “those are the words of another” "
        "[@second; @third]. Then @fourth."
    )
    found = quotations(Draft(text, "markdown"))
    assert [[one.key for one in each.cited] for each in found.quotations] == [
        ["first"],
        ["second", "third", "fourth"],
    ]
    assert not found.alone


def test_a_draft_is_known_by_its_suffix() -> None:
    names = ("a.md", "a.TEX", "a.org", "a.typ", "b/a.htm", "a.txt", "LICENSE", "a.foo", "-")
    assert [kind_of(one) for one in names] == [
        *("markdown", "latex", "org", "typst", "html", "plain", "plain", "markdown", "markdown")
    ]


def test_columns_in_bytes_are_counted_from_the_beginning_of_the_line() -> None:
    draft = Draft("Он сказал: «да».\n中文 и 𠀀 end\n\nlast", "plain")
    offsets = [*range(len(draft.text) + 1)]
    for offset in [*offsets, *offsets[::-1], 20, 5, 18, 30]:
        line = draft.text[:offset].rpartition("\n")[2]
        assert draft.byte_column(offset) == len(line.encode()) + 1
