"""Markdown documents made at random: blocks within blocks, and texts that are hardly Markdown."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Draw = Any
WORDS = ["treaty", "border", "договор", "граница", "条约", "边界", "naïve", "co-op", "1969", "U.S."]
SOUP = [
    *(
        "word",
        "A plain line.",
        "Слово",
        "边界。",
        "\n",
        "\n\n",
        "\n\n",
        "\n\n\n",
        " ",
        "  ",
        "    ",
    ),
    *("\t", "\u3000\u3000", "- ", "* ", "1. ", "2) ", "17. ", "1991. ", "> ", ">", "```", "~~~"),
    *("```\n", "[^1]: ", "[^1]: note\n\n", "[^n]: x\n    cont\n\n", "[^1]", "[^n]", "[a]: /u\n"),
    *("[a]", "[a](b)", "| a ", "|---|\n", "a | b\n---|---\n1 | 2\n", "# ", "## Head\n\n"),
    *("*Emph line*\n\n", "---\n", "===", "**", "*", "_", "`", "<div>", "</div>", "<b>", "</b>"),
    *("<!--", "-->", "<pre>", "</pre>", "<script>", "</script>", "&amp;", "\\", ": def", "~", "$"),
    *("$$", "::: {.x}\n", "{.x}", "==", "^[", "]", "[@a]", "@k2020", "[[a|b]]", "![", "](x)", "("),
    *("![[e]]", '"', "«", "a" * 170 + ".", "...", "\x0c", "\u2028", "\x00", "\x7f", "\ufdd0", "'"),
    *("\u0378", "— ", "[", "+ ", "<", "1) ", "3", "x\n:   def\n", ":x", "\n:", "\\\n", "- [ ] "),
    *("<?", "?>", "<![CDATA[", "]]>", "<!A", "{{", "}}", "%%", "{%", "%}", "import x from 'y'\n"),
    *("export const a = 1\n", "http://a.b/c", "e\u0301", "#tag", "*[H]: x", " ^id", "id:: x"),
    *("((6123abcd-1234-1234-1234-123456789abc))", "it's", "5. June", "%", "{", "}", "@", "#"),
    *("<p>", "</p>", "<br>", "<table><tr><td>", "<li>", "<sup>12</sup>", "<img alt='x y'>", "&lt"),
    *(
        "&nbsp;",
        "\r\n",
        "\r",
        "$$\nx = y\n$$\n",
        "`a  b`",
        "| **a** | `b` |\n|---|---|\n| c | d |\n",
    ),
    *("+---+\n| a |\n+---+\n", "~~s~~", "H~2~O", "==m==", "^[note *x*]", "US$5bn "),
    *("    Первый абзац. Второй.\n", "1. a\n2. b\n"),
]
"""All marks, whole and broken, between words."""
SOUPS = st.lists(st.sampled_from(SOUP) | st.text(max_size=3), max_size=40).map("".join)

LINE = [
    *("word", "Слово", "边界", "1955", "a", " ", " ", ", ", ".", "*", "*", "*", "**", "**", "***"),
    *(
        "[^1]",
        "[^n]",
        "[^x]",
        "(",
        ")",
        "“",
        "”",
        "—",
        "-",
        "[",
        "]",
        "'",
        "$",
        "$5",
        "_",
        "`",
        "x*",
    ),
    *(
        "*Emph*",
        "**Strong.**",
        "*two words*",
        " *a*[^1] ",
        "\u3000",
        "\xa0",
        "\x1f",
        "！",
        "《书》",
    ),
]
"""What emphasis and marks of notes meet in a line."""
OPENINGS = [
    *(
        "",
        "",
        "",
        "1. ",
        "1. ",
        "2. ",
        "3. ",
        "2) ",
        "1991. ",
        "07.  ",
        "12.",
        "1.     ",
        "- ",
        "- ",
    ),
    *("-", "* ", "+ ", "# ", "### ", "[^1]: ", "[^n]: ", "> ", "  ", "    ", " 2. ", "> 3. "),
    *(
        "1. - ",
        "- 1. ",
        "1. [ ] ",
        "- [x] ",
        "1. # ",
        "1. 2. ",
        "\u3000\u3000",
        "1955 ",
        "```\n",
        ": ",
    ),
]
"""How a line of a list, or of what may be taken for one, begins."""
LISTS = st.lists(
    st.tuples(
        st.sampled_from(OPENINGS),
        st.lists(st.sampled_from(LINE), max_size=6).map("".join),
        st.sampled_from(["\n", "\n\n", "\n\n", "\n\n", "\n \n", "\n\n\n", "  \n"]),
    ).map("".join),
    max_size=8,
).map("".join)

GENTLE_SOUP = [
    *("word", "two words", "Слово", "边界。", "\n", "\n", "\n", "\n\n", "\n\n", " ", "  "),
    *(
        "in\tword",
        "- ",
        "* ",
        "> ",
        "> ",
        ">",
        "# ",
        "## ",
        "===\n",
        "***\n",
        "**",
        "*",
        "_",
        "__",
        "`",
    ),
    *("[a](b)", "[a]", "![i](p)", "x ![*i* j](p)", "&amp;", "&copy", "\\*", "\\", "<b>", "</b>"),
    *(" ~~gone~~ ", ".", ")", "[", "]", "[r]", "[r][]", "[t][r]", "<http://a.b>", "!"),
    *("word\\\nmore", "  \n", "(c)", "…", "\n\n| x |\n|---|\n| `y` |\n\n"),
    "\n\n```\ncode\n```\n\n",
]
"""Marks that mean to us what they mean to others."""
GENTLE_SOUPS = st.lists(st.sampled_from(GENTLE_SOUP), max_size=20).map(
    lambda pieces: "".join([*pieces, "\n\n[r]: /u"])
)


@st.composite
def documents(draw: Draw, *, words: Any = None) -> str:
    """A document whose marks are whole, and mean what they mean in CommonMark and its tables.

    `words` gives each word; by default any of a few in three scripts.
    """
    maker = _Maker(draw, words or (lambda: draw(st.sampled_from(WORDS))))
    blocks = [maker.block(0) for _ in range(draw(st.integers(1, 5)))]
    maker.in_notes = True
    notes = [f"[^{n}]: {maker.line()}\n\n    {maker.line()}" for n in range(1, maker.notes + 1)]
    return "\n\n".join([*blocks, *notes]) + draw(st.sampled_from(["", "\n"]))


class _Maker:
    """Draws blocks; `notes` counts the footnotes that they refer to."""

    def __init__(self, draw: Draw, word: Any) -> None:
        self._draw, self._word = draw, word
        self.notes = 0
        self.in_notes = False

    def block(self, depth: int) -> str:
        kinds = [
            "paragraph",
            "paragraph",
            "heading",
            "underlined",
            "code",
            "table",
            "break",
            "html",
        ]
        kinds += ["list", "numbers", "quote"] if depth < 3 else []
        kind = self._draw(st.sampled_from(kinds))
        return str(getattr(self, f"_{kind}")(depth))

    def line(self) -> str:
        return " ".join([self._piece() for _ in range(self._draw(st.integers(1, 4)))])

    def _piece(self) -> str:
        word = self._word
        kind = self._draw(st.integers(0, 16))
        if kind == 14 and not self.in_notes:
            self.notes += 1
            return f"{word()}[^{self.notes}]"
        return {
            0: lambda: f"*{word()} {word()}*",
            1: lambda: f"**{word()}**",
            2: lambda: f"`{word()}  {word()}`",
            3: lambda: f'[{word()}](https://example.org/a_b "title")',
            4: lambda: f"see ![{word()}](a.png)",
            5: lambda: f"{word()}&amp;{word()} &mdash;",
            6: lambda: f"{word()}\\*",
            7: lambda: f"<b>{word()}</b>",
            8: lambda: f"~~{word()}~~",
            9: lambda: f"{word()}\n{word()}",
            10: lambda: f"{word()}  \n{word()}",
            11: lambda: f"***{word()}** {word()}*",
            12: lambda: "<https://example.org/x>",
            13: lambda: f"[**{word()}** {word()}][r]",
        }.get(kind, word)()

    def _inline(self) -> str:
        """A line that no block needs more than one line for."""
        return self.line().replace("  \n", " ").replace("\n", " ")

    def _paragraph(self, _: int) -> str:
        return f"{self._word()} {self.line()}"

    def _heading(self, _: int) -> str:
        return f"{'#' * self._draw(st.integers(1, 6))} {self._word()} {self._inline()}"

    def _underlined(self, _: int) -> str:
        return f"{self._word()} {self._word()}\n{self._draw(st.sampled_from(['===', '----']))}"

    def _code(self, _: int) -> str:
        fence = self._draw(st.sampled_from(["```", "~~~~"]))
        return f"{fence}py\n{self._word()} = [\n\n    *{self._word()}*\n]\n{fence}"

    def _table(self, _: int) -> str:
        rows = [f"| {self._inline()} | {self._inline()} |" for _ in range(3)]
        return "\n".join([rows[0], "|---|:-:|", *rows[1:]])

    def _break(self, _: int) -> str:
        return self._draw(st.sampled_from(["***", "---", "[r]: https://example.org/r 'title'"]))

    def _html(self, _: int) -> str:
        return "<!-- nobody\n\nreads this -->"

    def _list(self, depth: int) -> str:
        mark = self._draw(st.sampled_from(["- ", "* ", "+   "]))
        items = [self._within(depth, len(mark)) for _ in range(self._draw(st.integers(1, 3)))]
        return self._between().join([mark + item for item in items])

    def _numbers(self, depth: int) -> str:
        items = [self._within(depth, 3) for _ in range(self._draw(st.integers(2, 3)))]
        return self._between().join([f"{n}. {item}" for n, item in enumerate(items, 1)])

    def _between(self) -> str:
        return str(self._draw(st.sampled_from(["\n", "\n\n"])))

    def _within(self, depth: int, indent: int) -> str:
        blocks = [
            self._paragraph(depth),
            *[self.block(depth + 1) for _ in range(self._draw(st.integers(0, 2)))],
        ]
        lines = "\n\n".join(blocks).split("\n")
        return "\n".join([lines[0], *[" " * indent + line if line else line for line in lines[1:]]])

    def _quote(self, depth: int) -> str:
        blocks = [self.block(depth + 1) for _ in range(self._draw(st.integers(1, 2)))]
        return "\n".join([f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n")])
