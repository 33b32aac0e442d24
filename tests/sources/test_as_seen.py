"""Markdown as a reader sees it: cases of what authors and their tools write, and of their kind."""

from __future__ import annotations

import pytest

from sinorus.sources.paragraphs import split_paragraphs

Shown = list[str]
"""The paragraphs that are expected; a kind that is not `text` stands before a colon and a tab."""

INLINE: dict[str, str] = {
    # HTML in a line
    "illegal<br>acts": "illegal\nacts",
    "illegal<BR/>acts<br />here": "illegal\nacts\nhere",
    "illegal<br>\nacts": "illegal\nacts",
    "<b>alfa</b>two": "alfatwo",
    "<B>alfa</B>two": "alfatwo",
    '<font color="red">joint</font> commission': "joint commission",
    '<span title="a > b">joint</span> commission': "joint commission",
    "x<u>nder</u>line": "xnderline",
    "note<sup>12</sup> form": "note form",
    "note.<sup>a</sup> form": "note. form",
    "10<sup>6</sup> men and H<sub>2</sub>O": "106 men and H2O",
    '<a name="p1"></a>Text': "Text",
    '<a href="u">pact</a> of old': "pact of old",
    "press <kbd>Ctrl</kbd>": "press Ctrl",
    "text <script>alert(1)</script>more": "text more",
    "see <img src='a.png' alt='a map of it'> here": "see a map of it here",
    "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字": "漢字",
    "a < b and c > d": "a < b and c > d",
    "Text<!-- ask Volkov --> here": "Text here",
    "a <!-- ask Volkov --> b": "a b",
    "a <!-- ask\nVolkov --> b": "a b",
    # Marks of notes that are plain text stay, the words around them are found all the same
    "alliance¹ treaty": "alliance¹ treaty",
    "alliance[1] treaty": "alliance[1] treaty",
    "alliance[^nowhere] treaty": "alliance treaty",
    "note^12^ form": "note form",
    # Entities and escapes
    "Charlie&nbsp;River": "Charlie\u00a0River",
    "AT&amp;T": "AT&T",
    "&#1055;&#x43d; &mdash; &hellip; &lt;b&gt;": "Пн — … <b>",
    "R&D and &unknown; & more": "R&D and &unknown; & more",
    "Xi\\'an": "Xi'an",
    "don\\'t": "don't",
    "1991\\. The \\*treaty\\* \\[sic\\] \\#1": "1991. The *treaty* [sic] #1",
    "H\\~2\\~O, \\==so==, \\[@key 1991\\], \\{.a}": "H~2~O, ==so==, [@key 1991], {.a}",
    "H&#126;2&#126;O, x&#94;2&#94; and &#61;=so==": "H~2~O, x^2^ and ==so==",
    # Emphasis
    "*Pravda*'s editorial": "Pravda's editorial",
    "a **M**oscow al**lian**ce": "a Moscow alliance",
    "_Правда_ и __Известия__": "Правда и Известия",
    "***all*** ~~gone~~ ==marked== `code`": "all gone marked code",
    "snake_case and 2 * 3 * 4": "snake_case and 2 * 3 * 4",
    "a == b == c, a==b": "a == b == c, a==b",
    "H~2~O and x^2^": "H2O and x2",
    # Links
    "[joint][st01] declaration\n\n[st01]: https://example.org 'Title'": "joint declaration",
    "[joint][] act\n\n[joint]: <https://example.org>": "joint act",
    "[joint] act\n\n[joint]: /u\n  (a title)": "joint act",
    "[[20230321 Statement|joint statement]]": "joint statement",
    "[[Statement]] and [[a/b#c|d]]": "Statement and d",
    "[pact](https://example.org/(a) 'title') of old": "pact of old",
    '[pact]({{<relref "oscar.md#" >}}) of old': "pact of old",
    '[pact]({{% ref "oscar.md" %}}) of old': "pact of old",
    "[pact]({% link _posts/a.md %}) of old": "pact of old",
    "[pact]({{ site.url }}/a) of old": "pact of old",
    "[pact](<a b.md>) of old": "pact of old",
    "<https://example.org/a_b> and https://example.org/c_d": (
        "https://example.org/a_b and https://example.org/c_d"
    ),
    "![a map](data:image/png;base64,AAAA) of it": "a map of it",
    # Citations
    "without limits [@kilo2022, pp. 12-14] of the states": "without limits of the states",
    "without limits @kilo2022 [p. 3] of the states": "without limits of the states",
    "without limits @kilo2022 of the states": "without limits of the states",
    "without limits [-@a; @b, ch. 2] of the states": "without limits of the states",
    "a [see @doe99, pp. 33-35 and *passim*; @smith04] b": "a b",
    "a [@{https://example.org/a b}, p. 33] b": "a b",
    "a \\autocite[12]{kilo} b": "a b",
    "write to me@example.org or @mfa": "write to me@example.org or @mfa",
    # What tools of publishing and of notes put there
    "a {{< fn 12 >}} b": "a b",
    "a {{% note %}}seen{{% /note %}} b": "a seen b",
    "{% include map.html %} a": "a",
    "a {{ site.url }} b": "a b",
    "a {# hidden #} b": "a b",
    "see ((6123abcd-1234-1234-1234-123456789abc)) there": "see there",
    "a %% hidden %% b": "a b",
    "growth of 5%% and of 6%%": "growth of 5%% and of 6%%",
    "the end of it ^a1b2-c3": "the end of it",
    "[span]{.smallcaps} and [a]{lang=ru}": "span and a",
    "para\n{: .lead}": "para",
    "{: .lead #id}\npara": "para",
    "a {/* hidden */} b": "a b",
    "`{{ x }}` and `%% y %%` are code": "{{ x }} and %% y %% are code",
    # Formulas and money
    "$E=mc^2$ holds": "E=mc^2 holds",
    "$$\nx = y\n$$": "x = y",
    "US$5bn to US$10bn": "US$5bn to US$10bn",
    "it cost $5 **now** and $10 then": "it cost $5 now and $10 then",
    "from $5-$10, or $1,000 (then) $2,000": "from $5-$10, or $1,000 (then) $2,000",
    # Ends of lines
    "one  \ntwo\\\nthree": "one\ntwo\nthree",
    "soft\u00adware \u202bא\u202c \x1b[31mred\x1b[0m \x07": (
        "soft\u00adware \u202bא\u202c \x1b[31mred\x1b[0m \x07"
    ),
    "He said\n:smile: and :-) so": "He said\n:smile: and :-) so",
    "---\n\ntext": "text",
}


@pytest.mark.parametrize("body", INLINE)
def test_one_paragraph_shows(body: str) -> None:
    assert [block.text for block in split_paragraphs(body, 1, True)] == [INLINE[body]]


def kinds(body: str) -> Shown:
    return [
        block.text if block.kind == "text" else f"{block.kind}:\t{block.text}"
        for block in split_paragraphs(body, 1, True)
    ]


def of(kind: str, *texts: str) -> Shown:
    return [f"{kind}:\t{text}" for text in texts]


MAP = f"data:image/png;base64,{'QUJD' * 100_000}"
WIDE = "The treaty was signed in Moscow in the spring of that year. " * 3
BLOCKS: dict[str, tuple[str, Shown]] = {
    "a table, then a list": (
        "| a | b |\n|---|---|\n| 1 | 2 |\n- x\n- y",
        [*of("table", "a\tb\n1\t2"), *of("list", "x", "y")],
    ),
    "a table, then text": (
        "| a | b |\n|---|---|\n| 1 | 2 |\ntext",
        [*of("table", "a\tb\n1\t2"), "text"],
    ),
    "text, then a table": (
        "text\n| a | b |\n|---|---|\n| 1 | 2 |",
        ["text", *of("table", "a\tb\n1\t2")],
    ),
    "text, then a table without sides": (
        "text\na | *b*\n---|---\n1 | 2\nmore",
        ["text", *of("table", "a\tb\n1\t2"), "more"],
    ),
    "strokes without a rule": ("a | b\nc | d", ["a | b\nc | d"]),
    "a table with marks in its cells": (
        "| **a** | [b](u) |\n|:-:|--|\n| x \\| y | `z` |",
        of("table", "a\tb\nx | y\tz"),
    ),
    "a table drawn as a grid": (
        "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+",
        of("table", "a\tb\nc\td"),
    ),
    "a table of many lines keeps its rows": (
        "----- -----\nalpha bravo\n----- -----\ncharlie delta\n\necho  foxtrot\n----- -----\n",
        ["alpha bravo", "charlie delta", "echo  foxtrot"],
    ),
    "numbers after a bullet": ("- a\n2. b\n3. c", of("list", "a", "b", "c")),
    "numbers that begin anew": ("1. a\n2. b\n1. c\n2. d", of("list", "a", "b", "c", "d")),
    "a heading in an item": (
        "- ## Heading\n  text",
        [*of("heading", "Heading"), *of("list", "text")],
    ),
    "tasks": ("- [ ] open\n- [x] done", of("list", "open", "done")),
    "an underlined heading": ("Title\n---\ntext", [*of("heading", "Title"), "text"]),
    "prose above dashes": (
        "It ended well.\nAnd so on.\n---\nNext",
        ["It ended well.\nAnd so on.", "Next"],
    ),
    "long prose above dashes": (f"{WIDE.strip()}\n---\nNext", [WIDE.strip(), "Next"]),
    "a heading with nothing under it": ("# A\n\n## B", of("heading", "A", "B")),
    "headings with attributes": ("# A {#a .b}\n## B {-}\n### C ###", of("heading", "A", "B", "C")),
    "one picture": (f"![map]({MAP})", of("caption", "map")),
    "a picture in a link": ("[![map](a.png)](b.png)", of("caption", "map")),
    "two pictures": ("![a](b)\n![c d](e)", of("caption", "a\nc d")),
    "a picture of a wiki": ("![[map.png]]\n\n![[map.png|The map]]", of("caption", "The map")),
    "a picture without words": ("text\n\n![](a.png)", ["text"]),
    "blocks of HTML": (
        "<p>A.</p>\n<p>B.</p><table><tr><td>c</td><td>d</td></tr></table>"
        "<script>var e = '<p>f</p>';</script>",
        ["A.", "B.", *of("table", "c\td")],
    ),
    "HTML within HTML": (
        '<DIV CLASS="a > b">\n<div>a</div>\n<ul>\n<li>b<li>c\n</ul>\n<blockquote><p>d</p>'
        "<p>e</p></blockquote>\n<dl><dt>f<dd>g</dl></DIV>",
        ["a", *of("list", "b", "c"), *of("quote", "d", "e"), *of("list", "f", "g")],
    ),
    "a table in HTML": (
        "<table>\n<caption>A</caption>\n<thead><tr>\n<th>b</th>\n<th>c</th></tr></thead>\n"
        "<tr><td><p>d</p><p>e</p></td><td>f<br>g</td></tr></table>",
        [*of("caption", "A"), *of("table", "b\tc\nd e\tf g")],
    ),
    "details and a figure": (
        "<details><summary>A</summary>\n\nb *c*\n\n</details>\n\n"
        "<figure><img src=d alt='a map'><figcaption>e</figcaption></figure>",
        ["A", "b c", *of("caption", "a map", "e")],
    ),
    "code in HTML": ("<pre>\n  a\n    b\n</pre>", of("code", "a\n    b")),
    "what HTML hides": (
        "<style>p {}</style>\n\n<svg><text>a</text></svg>\n\n<iframe src='b'>c</iframe>\n\n"
        "<!--[if IE]><p>d</p><![endif]-->\n\n<![CDATA[ e ]]>\n\n<?php f ?>\n\n"
        "<video src='g' />\n\n<math><mi>x</mi></math>",
        ["x"],
    ),
    "entities without semicolons": ("<p>a &copy b &ampc &lt; d &nope</p>", ["a © b &c < d &nope"]),
    "HTML that is not closed": ("<p>a <b>b\n\nc", ["a b", "c"]),
    "a script that is not closed": ("text <script>a\n\nb", ["text", "b"]),
    "a heading in HTML": ("<h2>A</h2>\n<p>b</p>", [*of("heading", "A"), "b"]),
    "comments over empty lines": (
        "a\n\n<!-- ask\n\nVolkov\n\n-->\n\nb <!-- c\n\nd --> e\n\n- f\n  <!-- g\n\n  h -->\n\n  i",
        ["a", "b", "e", *of("list", "f", "i")],
    ),
    "a comment of a note-taker": ("a\n\n%%\nb\n\nc\n%%\n\nd", ["a", "d"]),
    "a comment as a link": ("a\n\n[//]: # (hidden)\n[comment]: <> (hidden)\n\nb", ["a", "b"]),
    "a comment in code": (
        "```html\n<!-- a\n\nb --> {{ c }}\n```",
        of("code", "<!-- a\n\nb --> {{ c }}"),
    ),
    "a callout": ("> [!note] Title\n> Body\n\n> [!tip]-\n> b", of("quote", "Title\nBody", "b")),
    "properties of blocks": (
        "- a\n  id:: 6123abcd\n  collapsed:: true\n- b\n  speaker:: Putin",
        of("list", "a", "b\nspeaker:: Putin"),
    ),
    "divisions": (
        "::: {.note}\na\n:::\n\n:::: tip\nb\n::::\n\n:::note Title\nc\n:::\n\n"
        "#+BEGIN_QUOTE\nd\n#+END_QUOTE",
        ["a", "b", "Title\nc", "d"],
    ),
    "an inline note": (
        "text^[a note with *em* [1]] goes on",
        ["text goes on", *of("footnote", "a note with em [1]")],
    ),
    "a list of definitions": (
        "Term\n: One\n: Two\n\nOther\n\n:   Three",
        of("list", "Term", "One", "Two", "Other", "Three"),
    ),
    "MDX": (
        "import A from './a'\nimport {B} from \"b\"\n\n"
        "export const c = 1\n\n# D\n\n<A b={1} />\n\ne <B>f</B>",
        [*of("heading", "D"), "e f"],
    ),
    "words that are no module": (
        "import duties rose.\n\nexport of grain from Odessa",
        ["import duties rose.", "export of grain from Odessa"],
    ),
    "a cell of code": (
        "```{r, echo=FALSE}\nplot(x)\n```\n\n~~~ {.py}\ny\n~~~",
        of("code", "plot(x)", "y"),
    ),
    "years are no numbers": (
        "1991. The treaty\n1992. The end\n\n22. June\n\n- 3. May\n\n1996.",
        ["1991. The treaty", "1992. The end", "22. June", *of("list", "3. May"), "1996."],
    ),
    "an open fence": ("a\n\n```\nb\n\nc", ["a", "b", "c"]),
    "indented prose": (
        "    Первый абзац.\n\n    Второй абзац, в\n    две строки: вторая тут.\n\nТретий.",
        ["Первый абзац.", "Второй абзац, в\nдве строки: вторая тут.", "Третий."],
    ),
    "prose behind tabs": ("\tПервый абзац.\n\tВторой абзац.", ["Первый абзац.", "Второй абзац."]),
    "prose with indented first lines": (
        "    Первый абзац повести о том, как это было однажды\nлетом в деревне.\n"
        "    Второй абзац повести о том, как это было однажды\nзимой.",
        [
            "Первый абзац повести о том, как это было однажды\nлетом в деревне.",
            "Второй абзац повести о том, как это было однажды\nзимой.",
        ],
    ),
    "indented code": ("    x = foo(1)\n    y = 2", of("code", "x = foo(1)\ny = 2")),
    "Chinese paragraphs": (
        "　　第一段。\n　　第二段。\n\n　　第三段。\n续行",
        ["第一段。", "第二段。", "第三段。\n续行"],
    ),
    "a paragraph a line": (f"{WIDE}\n{WIDE}\n{WIDE}", [WIDE.strip()] * 3),
    "targets make no line wide": (
        f"a [b](https://example.org/{'x' * 200}).\nc [d](https://example.org/{'y' * 200})",
        ["a b.\nc d"],
    ),
    "footnotes": (
        "a[^1] b[^n]\n\n[^1]: One.\n\n    Two.\n[^n]: - x\n    - y\n\nc",
        ["a b", *of("footnote", "One.", "Two.", "x", "y"), "c"],
    ),
    "what an abbreviation means": ("The UN met.\n\n*[UN]: United Nations", ["The UN met."]),
    "commands of TeX": ("a\n\n\\newpage\n\nb", ["a", "b"]),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_paragraphs_show(case: str) -> None:
    body, expected = BLOCKS[case]
    assert kinds(body) == expected


def test_what_is_raised_or_lowered_between_signs_has_its_style() -> None:
    (one,) = split_paragraphs("H~2~O, *x*^2^ and the 20^th^, a note^3^", 1, True)
    assert one.text == "H2O, x2 and the 20th, a note"
    assert [(one.text[start:end], kind) for start, end, kind, _ in one.spans] == [
        ("2", "subscript"),
        ("x", "emphasis"),
        ("2", "superscript"),
        ("th", "superscript"),
    ]
