"""Text that is escaped for a draft reaches its reader as it was, whatever signs it has."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from lxml import html
from support.drafts import (
    needs_pandoc,
    paragraphs_by_markdown_it,
    paragraphs_by_pandoc,
    paragraphs_of_html,
)

from sinorus.citation.markup import MARKUPS, written
from sinorus.citation.words import Words, plain_words

WRITTEN = (
    *("* a star", "- a dash", "+ plus", "1. one", "(1) one", "a) one", "iv. four", "#. auto"),
    *("# heading", "## two", "> quoted", "| a | b |", ": term", "::: div", "```", "~~~", "---"),
    *("***", "___", "= eq", "== eq", "===", "% title", "#+title: x", "* DONE x", "[1] note"),
    *("[^1] note", "[^1]: note", "[text](url)", "![i](u)", "[[link]]", "<b>bold</b>", "<!-- c -->"),
    *("a_b_c and *a* and **b** and _c_", "snake_case_name", "x^2 and H~2~O", "~~gone~~", "`code`"),
    *("$x$ and $$y$$ and $5 and $6", "100 % of 5 & 6", "&amp; &lt; &#65; AT&T", "\\alpha \\( \\["),
    *("{{{macro}}} {x} {.class}", "@someone and a@b.c", "[@key, p. 3]", "@@html:x@@", "<<target>>"),
    *("https://example.org/a_b?c=d&e=f#g", "see http://x.org.", "//comment", "/* c */", "a // b"),
    *(
        "\"straight\" and 'single'",
        "it's",
        "don''t",
        "a -- b --- c",
        "...",
        "wait... and ....",
        "-5",
    ),
    *("a ,, b << c >> d", "?` and !`", "/italic/ =verb= +gone+ ~code~ _u_", "and/or/both", "a=b=c"),
    *(
        "src_python{1}",
        "call_x(1)",
        "[2021-01-01]",
        "<2021-01-01 Fri>",
        "|",
        ":drawer:",
        "A. Gabuev",
    ),
    *(
        "trailing \\",
        "a \\",
        "\\",
        "“curly” ‘quotes’",
        "«ёлочки» и „лапки“",
        "中文。“引文”",
        "10²",
        "№ 5",
    ),
    *(
        "#let x = 1",
        "#emph[x]",
        "<label>",
        "@ref",
        "= x",
        "/ term: x",
        "x #",
        "~",
        "^",
        "a^b",
        "_",
        "*",
    ),
    *("\\newcommand{x}", "\\\\", "C#", "A*", "a * b * c", "* * *", "- - -", "1986. A year.", "[ ]"),
    *(
        "- [ ] task",
        "Header\n",
        "+1",
        "#1",
        "i.e. so",
        "Table: x",
        ": x",
        "p. 3",
        "!important",
        "^[n]",
    ),
)
SIGNS = "\\`*_{}[]<>#+-.!|~^$&@%=:;/'\"()?, aZ9я中"


def texts() -> list[str]:
    """Texts that somebody wrote, and as many at random."""
    chance = random.Random(17)
    drawn = ["".join(chance.choices(SIGNS, k=chance.randint(1, 14))) for _ in range(400)]
    return [" ".join(text.split()) for text in (*WRITTEN, *drawn) if text.split()]


def plainly(text: str) -> str:
    """The text with marks as every reader may print them, and without Org's own spaces."""
    text = text.replace("\u200b", "").translate(str.maketrans("“”‘’`", "\"\"'''"))
    return " ".join(text.split())


def typst(draft: str) -> list[str]:
    """The paragraphs of a Typst document, as its HTML has them."""
    import typst as compiler

    page = compiler.compile(draft.encode(), format="html")
    assert isinstance(page, bytes)
    body = html.fromstring(page.decode()).find("body")
    return [] if body is None else [part.text_content() for part in body.iter("p")]


def known_to_pandoc(draft: str) -> str:
    """LaTeX without the three commands of it that pandoc drops, or did."""
    for command, sign in (("bar", "|"), ("asciigrave", "{'}"), ("quotedbl", '{"}')):
        draft = draft.replace(f"\\text{command}{{}}", sign)
    return draft


READERS: dict[str, tuple[str, Callable[[str], list[str]]]] = {
    "markdown by markdown-it": ("markdown", paragraphs_by_markdown_it),
    "markdown by pandoc": ("markdown", lambda draft: paragraphs_by_pandoc(draft, "markdown")),
    "pandoc": ("pandoc", lambda draft: paragraphs_by_pandoc(draft, "pandoc")),
    "latex": ("latex", lambda draft: paragraphs_by_pandoc(known_to_pandoc(draft), "latex")),
    "org": ("org", lambda draft: paragraphs_by_pandoc(draft, "org")),
    "html": ("html", paragraphs_of_html),
    "typst": ("typst", typst),
}
BY_PANDOC = [
    pytest.param(name, marks=needs_pandoc) if "pandoc" in name or name in ("latex", "org") else name
    for name in READERS
]


def readable(reader: str) -> list[str]:
    """The texts; without a backslash where pandoc reads Org: since 3.9 one that begins nothing is
    an error there, while Org itself takes it for what it is.
    """
    return [text for text in texts() if reader != "org" or "\\" not in text]


@pytest.mark.parametrize("reader", BY_PANDOC)
def test_text_survives(reader: str) -> None:
    style, read = READERS[reader]
    every = readable(reader)
    drafts = [written(plain_words(text), MARKUPS[style]) for text in every]
    if style == "html":
        drafts = [f"<p>{draft}</p>" for draft in drafts]
    seen = read("\n\n".join(drafts))
    wrong = [
        (text, draft, got)
        for text, draft, got in zip(every, drafts, seen, strict=False)
        if plainly(text) != plainly(got)
    ]
    assert not wrong, wrong[:5]
    assert len(seen) == len(every)


@pytest.mark.parametrize("reader", BY_PANDOC)
def test_text_with_styles_survives(reader: str) -> None:
    """Stretches of random styles side by side, as in no real text."""
    style, read = READERS[reader]
    chance = random.Random(18)
    every = [text for text in readable(reader) if re.search(r"\w", text)][:300]
    drafts = []
    for text in every:
        styles = bytes(chance.choice((0, 0, 1, 2, 3, 8)) for _ in range(len(text) // 3 + 1))
        spread = bytes(styles[at // 3] for at in range(len(text)))
        draft = written(Words(text, spread), MARKUPS[style])
        drafts.append(f"<p>{draft}</p>" if style == "html" else draft)
    seen = read("\n\n".join(drafts))
    wrong = [
        (text, draft, got)
        for text, draft, got in zip(every, drafts, seen, strict=False)
        if plainly(text) != plainly(got)
    ]
    assert not wrong, wrong[:5]
