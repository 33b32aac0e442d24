"""Texts that no author writes but files have: the shapes that `shapes.py` measures.

A shape makes a text of about as many characters as it is asked for, and the same shape of another
size where it is asked for more.
"""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import name

Shape = Callable[[int], str]


def again(unit: str, first: str = "", last: str = "") -> Shape:
    """`unit` again and again, between `first` and `last`."""
    return lambda n: first + unit * max(1, (n - len(first) - len(last)) // len(unit)) + last


def halves(first: str, second: str, last: str = "") -> Shape:
    """As many of `first` as of `second`, and `last`."""
    return lambda n: first * (n // 2 // len(first)) + second * (n // 2 // len(second)) + last


def steps(unit: str, end: str = "\n", tail: str = "", *, down: bool = False) -> Shape:
    """One unit, two, three …, each number of them with `end`; then as much of `tail`.

    With `down` the longest is the first.
    """

    def made(n: int) -> str:
        # k units in the k-th step: the square root of the length is the number of steps.
        most = int((2 * (n / 2 if tail else n) / len(unit)) ** 0.5)
        numbers = range(most, 0, -1) if down else range(1, most + 1)
        rest = tail * (n // 2 // len(tail)) if tail else ""
        return "".join([unit * step + end for step in numbers]) + rest

    return made


def high_byte(part: float) -> Shape:
    """One long line of ASCII with one other character."""

    def made(n: int) -> str:
        words = "plain words of a speech. " * (n // 25)
        at = int(part * len(words))
        return words[:at] + "\u2019" + words[at:]

    return made


_SPEECH = "plain words of a speech. "
_SIGNS = (
    "[](){}<>*_#-=+~$\\&!?.,:;'\"`|/@%^7a。「 \t\n\r\0\f\u3000\u00a0\u2028\u00ad\u200d\u2019\u0301"
    "中яω½ﬁ"
)
RUNS: dict[str, Shape] = {
    **{f"a run of {name(sign, ascii(sign)).lower()}": again(sign) for sign in _SIGNS},
    "a run of CRLF": again("\r\n"),
    "a run of dots of Han": again("……"),
}

LINES: dict[str, Shape] = {
    "one long line": again(_SPEECH),
    "a high byte at the start": high_byte(0),
    "a high byte in the middle": high_byte(0.5),
    "a high byte at the end": high_byte(1),
    "a long line, then a high byte": again(_SPEECH, last="\nChina\u2019s reply.\n"),
    "many lines, then a high byte": again(f"{_SPEECH}\n", last="China\u2019s reply.\n"),
    "lines of 72 columns": again(_SPEECH * 2 + "These words fill up it.\n"),
    "lines of 161 columns": again("a" * 161 + "\n"),
    "lines with an indented first": again("   " + _SPEECH * 2 + "\n" + _SPEECH * 2 + "words\n"),
    "lines that hang": again("(a) " + _SPEECH * 2 + "\n    " + _SPEECH * 2 + "\n"),
    "lines indented more and more": steps(" ", "words\n"),
    "lines indented less and less": steps(" ", "words\n", down=True),
    "lines longer and longer": steps("word "),
    "lines of Han": again("中俄關係" * 9 + "\n"),
    "blanks at line ends": again("word" + " " * 40 + "\n"),
    "blanks before a letter": again(" ", last="a"),
    "tabs before a letter": again("\t", last="a"),
    "acronym, then letters": again("U.", last="Uu"),
    "dots, then quotation marks": halves(".", '"', "a"),
    "marks on a letter": again("\u0301", first="a"),
    "marks out of order": again("\u0301\u0323", first="a"),
    "marks that are two": again("\u0344\u0323", first="a"),
    "marks between joiners": again("\u0301\u200d\u0323", first="a"),
    "marks and an acronym": again("\u0301", first="U.S", last="\u00adx"),
    "an address": again("a/", first="https://example.org/"),
    "an address with brackets": again("(a)", first="[a](https://example.org/"),
}

UNITS: dict[str, Shape] = {
    **{f"[ … {close}": halves(open_, close) for open_, close in ("[]", "()", "{}", "<>", "«»")},
    **{
        unit.replace("\n", " ↵ "): again(unit)
        for unit in (
            *("China\u2019s reply\n", "a\n", "a\n\n", "中\ufe00", "カ\u3099", "sepa\u00ad\nrate "),
            *("1. a\n2) b\n[3] c\n", "U.", "U.S.S.R. and ", "Mr. ", "a.bc", "a'", '."', "a-"),
            *("1.1,1-1 ", "1.", "2020-01-01 ", "2020-01-01-", "и\u0306", "👩\u200d"),
            *("\u0f73\u0f75", "\u1100\u1161\u11a8", "a ", "договор ", "договор-", "ya", "aя"),
            *("China's ", "https://example.org/a?b=c ", "https://example.org/a\n"),
            *("[a](", "![", "](", "](a", "](x)", "]((", "](()", "](a ", "](a  'b", "[[a]] ", "[]"),
            *("[^", "[^a", "[^a]", "[^1]: note\n", "[a]: b\n", "[a]: b", "[a][", "<a ", "<!--"),
            *("<!-- a -->", "--><!--", "<div>\n", "</", "<a b='", "&amp;", "&#"),
            *("**a", "*a* ", "_a"),
            *("***\n", "---\n", "===\n", "a\n===\n", "a\n---\n", "# a\n", "## a ##\n", "* * *"),
            *("- ", "- a\n", "- - a\n", "1. ", "1. a\n", "2. a\n", "- [ ] a\n", "> ", "> a\n"),
            *("> > > a\n", ">", ">\n", "> - a\n", "- > a\n", "| a ", "| a |\n", "|---", "|:-:|\n"),
            *("```\n", "```a\n", "~~~\n", "```\n~~~\n", "> ```\n", "- ```\n", "`a` ", "``` `\n"),
            *("\\[", "$a", "$$\n", "~~a", "==a", "\\\n", "<br>\n", "a|b\n"),
        )
    },
}
"""Named by what they have again and again."""

MARKUP: dict[str, Shape] = {
    "](, then blanks": again(" ", first="](", last="a"),
    "](, then letters": again("a", first="]("),
    "](, then brackets": again("(a)", first="]("),
    "a table": again("| a | b |\n", first="| a | b |\n|---|---|\n"),
    "a rule of a table, and a letter": again("--- | ", first="| ", last="a"),
    "a list in a list": steps("  ", "- a\n"),
    "a list in a list, then numbers": steps("  ", "- a\n", "2. x\n"),
    "a list in a list, then lines": steps("  ", "- a\n", "\nx\n"),
    "a quotation in a quotation": steps("> ", "a\n"),
    "a quotation in a quotation, then deep": steps("> ", "a\n", "> " * 40 + "a\n"),
    "fences in quotations": steps(">", " ```\n"),
    "fences in quotations, then text": steps(">", " ```\n", ">" * 400 + "a\n"),
    "fences out of quotations": steps(">", " ```\n", down=True),
    "back quotes in growing runs": steps("`", " "),
    "back quotes in growing lines": steps("`"),
    "back quotes in shrinking lines": steps("`", down=True),
    "back quotes in shrinking lines, text": steps("`", "\n", "a\n", down=True),
    "back quotes in shrinking lines, fences": steps("`", "a\n", "```\n", down=True),
    "tildes in shrinking lines, fences": steps("~", "a\n", "~~~\n", down=True),
    "back quotes, letters, a back quote": halves("`", "a", "`"),
    "stars in growing runs": steps("*", " a "),
    "hashes in growing lines": steps("#", " a\n"),
    "underlines in growing lines": steps("=", "\na\n"),
    "dashes, blanks, a letter": halves("-", " ", "a"),
    "a letterhead of dashes": again("--- \n", first="a\n"),
}

YAML: dict[str, Shape] = {
    "keys": lambda n: "".join([f"k{at}: v\n" for at in range(n // 10)]),
    "one key again and again": again("key: v\n"),
    "a long key": again("k", last=": v"),
    "a field that is no YAML": again("a: b: c\n"),
    "200 fields, one no YAML": lambda n: ("a: " + "b" * (n // 200) + "\n") * 190 + "a: b: c",
    "lists in lists": again("[", first="a: "),
    "mappings in mappings": again("{a: ", first="a: "),
    "mappings as keys": lambda n: "\n".join(
        ["a: " + "{" * 10 + "a: b" + "}: c" * 9 + "}", "b: " + "c" * n]
    ),
    "deep lines": steps(" ", "a:\n"),
    "deep items": again("- ", first="a:\n"),
    "an open quotation mark": again("a ", first='a: "'),
    "an open apostrophe": again("a\n", first="a: '"),
    "quotation marks": again('"" ', first='a: "'),
    "escapes": again("\\u0041", first='a: "', last='"'),
    "aliases": again("*a, ", first="a: &a b\nb: [", last="c]"),
    "aliases of aliases": lambda n: "".join(
        [f"k{at}: &k{at} [*k{at - 1}, *k{at - 1}]\n" for at in range(1, n // 24)]
    ),
    "anchors": lambda n: "a: [" + "".join([f"&a{at} b, " for at in range(n // 10)]) + "c]",
    "long aliases": lambda n: f"a: &a {'b' * (n // 2)}\nb: [{'*a, ' * (n // 8)}c]",
    "items": again("- a\n", first="a:\n"),
    "items in brackets": again("a, ", first="a: [", last="a]"),
    "comments": again("# a\n", last="a: b"),
    "one long comment": again("# ", last="\na: b"),
    "a folded text": again("  words\n", first="a: >\n"),
    "a plain text of many lines": again("  words\n", first="a:\n"),
    "tags": again("!a ", first="a: "),
    "questions": again("? "),
    "a long key with many fields": lambda n: "k" * 900 + ":\n" + "  aa: b\n" * (n // 8),
    "a very long key with many fields": lambda n: (
        f"? {'k' * (n // 2)}\n: {{{''.join([f'a{at}: b, ' for at in range(n // 20)])}c: d}}"
    ),
    "tabs": again("\t", first="a:"),
    "a known field of many lines": again("- a\n", first="title:\n"),
    "authors": again("A; ", first="author: "),
    "a date": again("0", first="date: 2020-01-01T00:00"),
    "a date of marks": again("\u0301\u0323", first="date: 2020"),
    "a language": again("-ab", first="lang: en"),
}

QUERIES: dict[str, Shape] = {
    **{
        unit: again(unit, last="a")
        for unit in (
            *("a OR ", "a AND ", "a NEAR/5 ", "a NEAR/5 b NEAR/4 ", "a ADJ/2 ", "NOT ", "a NOT "),
            *("a | ", "a -", '"a" ', '"a b"~5 ', "«", "« »", "=a ", '="a" ', "a* ", "*a", "a*"),
            *("a?", "a? ", "a~1 ", "a~", "1~", "title:a ", "title:(a OR ", "date:2020 ", "lang:"),
            *("path:* ", "title:", "中AND", "中*", "(a) ", "(a OR ", "(a OR b) NEAR/5 ", "()"),
            *("NEAR/", "NEAR/5 ", "a:b:", "*", "* ", "“a” ", "《a》", "a OR b AND ", "(a b) OR "),
        )
    },
    "(( … a … ))": halves("(", ")"),
    "question marks in a word": again("?", first="a", last="b"),
    "question marks and letters": again("?a", first="a"),
    "stars in a path": again("*a", first="path:"),
    "a quotation": again("договор ", first='"', last='"'),
    "a distance": again("1", first="a NEAR/"),
    "a fuzzy distance": again("1", first="a~", last="a"),
    "minuses": again("-"),
}

SHAPES: dict[str, Shape] = {**LINES, **UNITS, **MARKUP, **RUNS, **YAML}
"""Every shape of a text, by its name."""
