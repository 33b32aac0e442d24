"""`sinorus quote`: words of a library for a draft, with their source."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from support.drafts import inlines, needs_pandoc, pandoc, paragraphs_by_markdown_it
from support.program import MakeLibrary, Sinorus, Valid

from sinorus import Library
from sinorus.citation.reference import references_in
from sinorus.config import KEYS
from sinorus.model.citation import QUOTE_MARKS, QUOTE_STYLES

DOCUMENT = """---
title: On [pacts] & "treaties"
author: [Alexander Gabuev, Ann Lee]
publisher: Carnegie
date: 2021-03
url: https://example.org/pax?a=1&b=(2)
lang: en
---

# Heads

The *first* sentence has a **word**.[^1] Mr. Xi said: “We have ‘no limits’ in the U.S. of old.” It
ends with 100% of $5_000 and a `code`.

A second paragraph.

[^1]: A note that would dangle.
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of three documents, open."""
    root = tmp_path_factory.mktemp("quoted")
    files = {
        "pax.md": DOCUMENT,
        "газ.md": "---\ntitle: Газ\nauthor: Хрущёв Никита Сергеевич\ndate: 1961\n---\n\nОн сказал: "
        "«Это „дружба“ навек». В 1950 г. Сталин молчал.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "报告.md": "---\ntitle: 1956年工作报告\nauthor: 赵华胜\ndate: 1956\n---\n\n各位代表：\n"
        "现在我报告\n工作。他说：“完成了‘计划’。”完。\n",
        "many.md": "\n\n".join(f"Paragraph {n} of them." for n in range(1, 9)),
    }
    for name, text in files.items():
        (root / "seeds").mkdir(exist_ok=True)
        (root / "seeds" / name).write_text(text, "utf-8")
    library = Library.at(root)
    library.index()
    return library


def one(library: Library, asked: str, **how: object) -> str:
    """The text of one quotation."""
    (found,) = library.quote(asked, update=False, **how)  # type: ignore[arg-type]
    return found.text


def test_a_sentence_stands_in_the_text_with_its_source(opened: Library) -> None:
    assert one(opened, "pax#2", sentence=["2"]) == (
        "“Mr. Xi said: ‘We have “no limits” in the U.S. of old.’” (Alexander Gabuev, Ann Lee, "
        '[*On \\[pacts\\] & "treaties"*](https://example.org/pax?a=1&b=%282%29'
        "#:~:text=Mr.%20Xi%20said%3A%20%E2%80%9CWe%20have,in%20the%20U.S.%20of%20old.%E2%80%9D), "
        f"Carnegie, 2021-03, para. 2)<!-- sinorus: {reference(opened, 'pax#2')} -->"
    )


def reference(library: Library, paragraph: str) -> str:
    (shown,) = library.show(paragraph, update=False)
    return f"{shown.paragraph.id}@{shown.paragraph.hash}"


def test_emphasis_is_kept_and_marks_of_notes_are_not(opened: Library) -> None:
    said = {style: one(opened, "pax#2", style=style, sentence=["1"]) for style in QUOTE_STYLES}
    assert said["markdown"].startswith("“The *first* sentence has a **word**.” (")
    assert said["latex"].startswith(
        r"“The \emph{first} sentence has a \textbf{word}.” \cite[para.~2]{"
    )
    assert said["typst"].startswith("“The #emph[first] sentence has a #strong[word];.” #cite(<")
    assert said["org"].startswith("“The /first/ sentence has a *word*.” [cite:@")
    assert said["html"].startswith("“The <em>first</em> sentence has a <strong>word</strong>.” (")
    assert said["plain"].startswith(
        "“The first sentence has a word.” (Alexander Gabuev, Ann Lee, “On"
    )
    assert said["pandoc"].startswith("[“The *first* sentence has a **word**.”]{sinorus=")
    assert said["pandoc"].endswith("[@gabuev2021pacts, para. 2]")


@pytest.mark.parametrize("style", [style for style in QUOTE_STYLES if style != "plain"])
@pytest.mark.parametrize("asked", ["pax#2", "pax#2-3", "газ", "报告#1", "many#2-5"])
def test_the_reference_is_read_back_from_every_style(
    opened: Library, style: str, asked: str
) -> None:
    for block in (True, False):
        text = one(opened, asked, style=style, block=block)
        (found,) = references_in(text)
        shown = opened.show(found.reference.id, update=False)
        assert shown[0].check == "exact"
        if asked != "газ":
            assert [str(part.paragraph.n) for part in (shown[0], shown[-1])] == [
                *(asked.split("#")[1][::2] if "-" in asked else asked[-1] * 2)
            ]


def test_what_is_long_or_of_several_paragraphs_stands_by_itself(opened: Library) -> None:
    text = one(opened, "many#2-4")
    assert text.split("\n")[:5] == [
        *("> Paragraph 2 of them.", ">", "> Paragraph 3 of them.", ">", "> Paragraph 4 of them."),
    ]
    assert ", paras. 2–4 <!-- sinorus: many#2-4@" in text
    assert not one(opened, "many#2").startswith(">")
    assert one(opened, "many#2", block=True).startswith("> Paragraph 2 of them.\n>\n> — *")


def test_marks_are_those_of_the_language_and_turned_within(opened: Library) -> None:
    assert one(opened, "газ#1", sentence=["1"]).startswith("«Он сказал: „Это «дружба» навек“.» (")
    assert one(opened, "газ#1", sentence=["1"], marks="en").startswith(
        "“Он сказал: ‘Это “дружба” навек’.” (Хрущёв Никита Сергеевич, "
    )
    assert one(opened, "报告#1").startswith(
        "“各位代表：现在我报告工作。他说：‘完成了“计划”。’完。” (赵华胜, "
    )
    assert one(opened, "报告#1", marks="zh-Hant").startswith(
        "「各位代表：现在我报告工作。他说：『完成了「计划」"
    )


def test_what_is_left_out_is_shown(opened: Library) -> None:
    assert one(opened, "pax#2", sentence=["1", "3"], style="plain", block=True).startswith(
        "    The first sentence has a word. […] It ends with 100% of $5_000 and a code.\n"
    )
    assert one(opened, "many#1-8", sentence=["2..3", "7"], style="plain").split("\n")[:5:2] == [
        *("    Paragraph 2 of them.", "    Paragraph 3 of them.", "    […] Paragraph 7 of them."),
    ]
    words = one(opened, "pax#2", words="no limits..100%", block=True, style="plain")
    assert words.startswith("    […] no limits’ in the U.S. of old.” It ends with 100 […]\n")
    assert one(opened, "pax#2", words="2..5", style="plain").startswith("“first sentence has a” (")


def test_the_sentence_with_some_words_is_widened(opened: Library) -> None:
    assert "“It ends with" in one(opened, "pax", around="Ends With", style="plain")
    wide = one(opened, "pax#2", around="xi SAID", sentences=1, style="plain", block=False)
    assert wide.startswith("“The first sentence")
    assert "a code.” (" in wide
    assert "Paragraph 4 of them. Paragraph 5 of them. Paragraph 6" in one(
        opened, "many", around="paragraph 5", sentences=1, block=False
    )


def test_lines_of_a_table_are_kept_in_a_block(opened: Library) -> None:
    assert one(opened, "газ#2", style="latex").split("\n")[1:3] == [
        r"a  b\\{}",
        r"1  2 \cite[para.~2]{khrushchev1961gaz}",
    ]


def test_keys_are_made_readable_and_unique(opened: Library, tmp_path: Path) -> None:
    assert "[@zhaohuasheng1956gongzuobaogao, para. 1]" in one(opened, "报告#1", style="pandoc")


@needs_pandoc
def test_pandoc_reads_citation_and_reference(opened: Library) -> None:
    draft = f"He wrote: {one(opened, 'pax#2', style='pandoc', sentence=['2'])}."
    (block,) = json.loads(pandoc(draft, "-t", "json"))["blocks"]
    (span,) = [part for part in block["c"] if part["t"] == "Span"]
    assert span["c"][0][2] == [["sinorus", reference(opened, "pax#2")]]
    assert (
        inlines(span["c"][1]).replace("\xa0", " ")
        == "“Mr. Xi said: ‘We have “no limits” in the U.S. of old.’”"
    )
    (cite,) = [part for part in block["c"] if part["t"] == "Cite"]
    assert cite["c"][0][0]["citationId"] == "gabuev2021pacts"
    assert inlines(cite["c"][0][0]["citationSuffix"]).replace("\xa0", " ") == ", para. 2"
    block = one(opened, "many#2-3", style="pandoc")
    (div,) = json.loads(pandoc(block, "-t", "json"))["blocks"]
    assert div["c"][0][2][0][0] == "sinorus"
    assert [inner["t"] for inner in div["c"][1]] == ["BlockQuote"]


@needs_pandoc
@pytest.mark.parametrize(("style", "name"), [("latex", "latex"), ("org", "org"), ("html", "html")])
def test_readers_see_the_words_and_no_reference(opened: Library, style: str, name: str) -> None:
    for asked in ("pax#2", "many#2-3", "газ#1"):
        seen = pandoc(one(opened, asked, style=style), "-f", name, "-t", "plain", "--wrap=none")
        assert "sinorus" not in seen
        assert {"p": "code", "m": "Paragraph 3", "г": "молчал"}[asked[0]] in seen
        assert ("<" in seen) is False


def test_markdown_and_html_show_no_reference(opened: Library) -> None:
    for block in (True, False):
        page = "\n".join(paragraphs_by_markdown_it(one(opened, "pax#2", block=block)))
        assert "sinorus" not in page
        assert "It ends with 100% of $5_000 and a code." in page
        tree = html.fromstring(f"<div>{one(opened, 'pax#2', block=block, style='html')}</div>")
        assert "sinorus" not in tree.text_content()
        assert tree.findtext(".//cite") == 'On [pacts] & "treaties"'
        assert (
            tree.find(".//a").get("href").startswith("https://example.org/pax?a=1&b=(2)#:~:text=")
        )


def test_typst_compiles_what_is_quoted(opened: Library) -> None:
    import typst

    keys = "gabuev2021pacts", "khrushchev1961gaz", "zhaohuasheng1956gongzuobaogao"
    quoted = [
        one(opened, asked, style="typst") for asked in ("pax#2", "газ#1", "报告#1", "pax#2-3")
    ]
    labels = "\n\n".join(f"#figure[x] <{key}>" for key in keys)
    draft = "#show cite: it => [(#str(it.key))]\n" + labels + "\n\n" + "\n\n".join(quoted)
    page = typst.compile(draft.encode(), format="html")
    assert isinstance(page, bytes)
    text = html.fromstring(page.decode()).text_content()
    assert "We have “no limits” in the U.S." in text
    assert "完成了“计划”" in text
    assert "sinorus" not in text


def test_the_command_prints_all_of_it(press: Path, sinorus: Sinorus, valid: Valid) -> None:
    said = sinorus("quote", "pact#1", "statement#1", "--style", "pandoc")
    assert said.code == 0, said.err
    assert said.lines[0].startswith('[“The alliance of 1950 was an alliance on paper.”]{sinorus="')
    assert said.lines[1] == ""
    assert said.lines[2].endswith("[@peskov2023zaiavlenie, para. 1]")
    found = valid("quote", sinorus("quote", "pact#3@00000000", "--json").json)
    (record,) = found["results"]
    assert record["check"] == "changed"
    assert (record["words"], record["block"]) == (
        "Gas flows through the pipelines; the “no limits” words are no treaty.",
        False,
    )
    assert record["quotation"].startswith("“Gas flows through the pipelines; the ‘no limits’ words")
    assert sinorus("quote", "pact#3@00000000").code == 1
    lines = sinorus("quote", "pact#1", "pact#3", "--jsonl")
    assert [one["id"] for one in lines.records] == ["carnegie/pact#1", "carnegie/pact#3"]
    found_ids = sinorus("search", "alliance", "--jsonl", "-n", "1").out
    assert sinorus("quote", "-", stdin=found_ids).out == sinorus("quote", "pact#1").out


def test_what_is_missing_is_named_and_the_rest_is_quoted(press: Path, sinorus: Sinorus) -> None:
    for ids in (["pact#1", "pact#99"], ["nothing#1", "pact#1"], ["pact#1", "gone#7@12345678"]):
        shown, quoted = sinorus("show", *ids), sinorus("quote", *ids)
        assert (quoted.code, shown.code) == (1, 1)
        assert quoted.out == sinorus("quote", "pact#1").out
        assert quoted.err == shown.err
        assert quoted.err.startswith("note: ")
    prose = "As pact#1 says, and nothing#3 does, this is so.\n"
    assert sinorus("quote", "-", stdin=prose).out == sinorus("quote", "pact#1").out
    alone = ["gone#7@12345678"]  # it was written down, so that it is missing and no slip
    assert [sinorus(command, *alone).code for command in ("show", "quote")] == [1, 1]
    assert [sinorus(command, "pact#99").code for command in ("show", "quote")] == [2, 2]


def test_settings_know_the_styles_and_marks() -> None:
    assert KEYS["quote_style"].choices == QUOTE_STYLES
    assert KEYS["quote_marks"].choices == QUOTE_MARKS


def test_a_search_quotes_what_it_finds(press: Path, sinorus: Sinorus) -> None:
    found = sinorus("search", "alliance", "treaties", "OR", "paper", "--quote")
    ids = sinorus("search", "alliance", "treaties", "OR", "paper", "--jsonl")
    assert (found.code, len(ids.records)) == (0, 1)
    assert found.out == sinorus("quote", "-", stdin=ids.out).out
    assert (sinorus("search", "hovercraft", "--quote").code) == 1
    sinorus.environment |= {"SINORUS_QUOTE_STYLE": "latex", "SINORUS_QUOTE_MARKS": "ru"}
    said = sinorus("search", "treaties", "paper", "--any", "--quote", "-n", "1").out
    assert said.startswith("«The alliance of 1950 was an alliance on paper.» ")
    assert r" \cite[para.~" in said
    for other in (["--kwic"], ["--json"], ["--queries", "-"]):
        words = [] if "-" in other else ["gas"]
        assert sinorus("search", *words, "--quote", *other, stdin="gas").code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pact#1", "--sentence", "9"], "has 1 sentence, there is no 9"),
        (["pact#1", "--sentence", "two"], "'two' is no sentence"),
        (["pact#1", "--around", "warp drive"], "has no 'warp drive'"),
        (["pact#1", "--words", "alliance"], "does not say from where to where"),
        (
            ["pact#1", "--words", "paper..alliance of 1950"],
            "has no words 'paper..alliance of 1950'",
        ),
        (["pact#1", "--around", "a", "--sentence", "1"], "--sentence and --around cannot"),
        (["pact#1", "--sentences", "1"], "--sentences widens --around"),
        (["pact#1", "--style", "word"], "word"),
        (["nothing#1"], "there is no document 'nothing'"),
    ],
)
def test_what_cannot_be_quoted_is_said(
    press: Path, sinorus: Sinorus, arguments: list[str], said: str
) -> None:
    answer = sinorus("quote", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_no_sign_of_a_document_harms_a_draft_or_a_terminal(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    bad = "\x1b[31m\u202e\u2066\x07\x9b\u200b"
    head = json.dumps({"title": f"T{bad}T", "author": f"A{bad}A", "url": f"https://e.org/{bad}"})
    library({"bad.md": f"{head}\n\nSome {bad} words -->{bad} and */ \\end{{quote}} #+end_quote\n"})
    sinorus("index")
    with Library.at(sinorus.cwd) as opened:
        said = {style: one(opened, "bad#1", style=style, block=True) for style in QUOTE_STYLES}
    assert all(sign.isprintable() or sign in "\n\u200b" for sign in "".join(said.values()))
    assert said["latex"].count("\\end{quote}") == 1
    assert said["org"].count("\n#+end_quote") == 1
    assert said["html"].count("-->") == said["markdown"].count("-->") == 1
    assert said["typst"].count("*/") == 1
    answer = sinorus("quote", "bad#1", "--block")
    assert (answer.code, answer.out) == (0, f"{said['markdown']}\n")


def test_a_search_loads_nothing_of_citations(seeds: Path, sinorus: Sinorus) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sinorus", "search", "treaty", "--no-notices"],
        cwd=seeds, env=sinorus.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "sinorus.citation" not in done.stderr
