"""Texts that no author writes but files have: the shapes that `shapes.py` measures.

A shape makes a text of about as many characters as it is asked for, and the same shape of another
size where it is asked for more.
"""

from __future__ import annotations

from collections.abc import Callable

Shape = Callable[[int], str]


def again(unit: str, first: str = "", last: str = "") -> Shape:
    """`unit` again and again, between `first` and `last`."""
    return lambda n: first + unit * max(1, (n - len(first) - len(last)) // len(unit)) + last


def halves(first: str, second: str, last: str = "") -> Shape:
    """As many of `first` as of `second`, and `last`."""
    return lambda n: first * (n // 2 // len(first)) + second * (n // 2 // len(second)) + last


def rising(unit: str, end: str = "\n", tail: str = "") -> Shape:
    """One unit, two, three …, each number of them with `end`; then as much of `tail`."""
    return lambda n: _steps(unit, end, n, bool(tail), False) + tail * (n // 2 // (len(tail) or 1))


def falling(unit: str, end: str = "\n", tail: str = "") -> Shape:
    """The same, and the longest first."""
    return lambda n: _steps(unit, end, n, bool(tail), True) + tail * (n // 2 // (len(tail) or 1))


def _steps(unit: str, end: str, n: int, half: bool, down: bool) -> str:
    # k units in the k-th step: the square root of the length is the number of steps.
    most = int((2 * (n / 2 if half else n) / len(unit)) ** 0.5)
    steps = range(most, 0, -1) if down else range(1, most + 1)
    return "".join([unit * step + end for step in steps])


def high_byte(part: float) -> Shape:
    """One long line of ASCII with one other character."""

    def made(n: int) -> str:
        words = "plain words of a speech. " * (n // 25)
        at = int(part * len(words))
        return words[:at] + "\u2019" + words[at:]

    return made


_SPEECH = "plain words of a speech. "
_SIGNS = {sign: sign for sign in "[](){}<>*_#-=+~$\\&!?.,:;'\"`|/@%^7a。「"} | {
    "spaces": " ",
    "tabs": "\t",
    "line feeds": "\n",
    "returns": "\r",
    "CRLF": "\r\n",
    "NULs": "\0",
    "form feeds": "\f",
    "ideographic spaces": "\u3000",
    "no-break spaces": "\u00a0",
    "U+2028": "\u2028",
    "soft hyphens": "\u00ad",
    "joiners": "\u200d",
    "apostrophes": "\u2019",
    "combining marks": "\u0301",
    "dots of Han": "……",
    "Han": "中",
    "Cyrillic": "я",
    "Greek": "ω",
    "fractions": "½",
    "ligatures": "ﬁ",
}
RUNS: dict[str, Shape] = {f"a run of {name}": again(sign) for name, sign in _SIGNS.items()}

LINES: dict[str, Shape] = {
    "one long line": again(_SPEECH),
    "a high byte at the start": high_byte(0),
    "a high byte in the middle": high_byte(0.5),
    "a high byte at the end": high_byte(1),
    "a long line, then a high byte": again(_SPEECH, last="\nChina\u2019s reply.\n"),
    "many lines, then a high byte": again(f"{_SPEECH}\n", last="China\u2019s reply.\n"),
    "a high byte in each line": again("China\u2019s reply\n"),
    "lines of one letter": again("a\n"),
    "lines of one letter, blank lines": again("a\n\n"),
    "lines of 72 columns": again(_SPEECH * 2 + "These words fill up it.\n"),
    "lines of 161 columns": again("a" * 161 + "\n"),
    "lines with an indented first": again("   " + _SPEECH * 2 + "\n" + _SPEECH * 2 + "words\n"),
    "lines that hang": again("(a) " + _SPEECH * 2 + "\n    " + _SPEECH * 2 + "\n"),
    "lines indented more and more": rising(" ", "words\n"),
    "lines indented less and less": falling(" ", "words\n"),
    "lines longer and longer": rising("word "),
    "lines of Han": again("中俄關係" * 9 + "\n"),
    "Han with marks": again("中\ufe00"),
    "kana with voicing": again("カ\u3099"),
    "soft hyphens at line ends": again("sepa\u00ad\nrate "),
    "blanks at line ends": again("word" + " " * 40 + "\n"),
    "blanks before a letter": again(" ", last="a"),
    "tabs before a letter": again("\t", last="a"),
    "entries": again("1. a\n2) b\n[3] c\n"),
}

WORDS: dict[str, Shape] = {
    "acronym": again("U."),
    "acronym, then letters": again("U.", last="Uu"),
    "acronyms": again("U.S.S.R. and "),
    "abbreviations": again("Mr. "),
    "dots and letters": again("a.bc"),
    "apostrophes in a word": again("a'"),
    "quotation marks after dots": again('."'),
    "dots, then quotation marks": halves(".", '"', "a"),
    "hyphens in a word": again("a-"),
    "numbers": again("1.1,1-1 "),
    "sections": again("1."),
    "dates": again("2020-01-01 "),
    "dates in a row": again("2020-01-01-"),
    "marks on a letter": again("\u0301", first="a"),
    "marks out of order": again("\u0301\u0323", first="a"),
    "marks that are two": again("\u0344\u0323", first="a"),
    "marks between joiners": again("\u0301\u200d\u0323", first="a"),
    "breves": again("и\u0306"),
    "marks and an acronym": again("\u0301", first="U.S", last="\u00adx"),
    "joined emoji": again("👩\u200d"),
    "voiced marks": again("\u0f73\u0f75"),
    "Hangul": again("\u1100\u1161\u11a8"),
    "words of one letter": again("a "),
    "Russian words": again("договор "),
    "a Russian compound": again("договор-"),
    "y and vowels": again("ya"),
    "words of two scripts": again("aя"),
    "possessives": again("China's "),
    "addresses": again("https://example.org/a?b=c "),
    "an address": again("a/", first="https://example.org/"),
    "an address with brackets": again("(a)", first="[a](https://example.org/"),
    "addresses in lines": again("https://example.org/a\n"),
}

MARKUP: dict[str, Shape] = {
    **{f"[ … {close}": halves(open_, close) for open_, close in ("[]", "()", "{}", "<>", "«»")},
    **{
        unit.replace("\n", " ↵ "): again(unit)
        for unit in (
            *("[a](", "![", "](", "](a", "](x)", "]((", "](()", "](a ", "](a  'b", "[[a]] ", "[]"),
            *("[^", "[^a", "[^a]", "[^1]: note\n", "[a]: b\n", "[a]: b", "[a][", "<a ", "<!--"),
            *(
                "<!-- a -->",
                "--><!--",
                "<div>\n",
                "</",
                "<a b='",
                "&amp;",
                "&#",
                "**a",
                "*a* ",
                "_a",
            ),
            *("***\n", "---\n", "===\n", "a\n===\n", "a\n---\n", "# a\n", "## a ##\n", "* * *"),
            *("- ", "- a\n", "- - a\n", "1. ", "1. a\n", "2. a\n", "- [ ] a\n", "> ", "> a\n"),
            *("> > > a\n", ">", ">\n", "> - a\n", "- > a\n", "| a ", "| a |\n", "|---", "|:-:|\n"),
            *("```\n", "```a\n", "~~~\n", "```\n~~~\n", "> ```\n", "- ```\n", "`a` ", "``` `\n"),
            *("\\[", "$a", "$$\n", "~~a", "==a", "\\\n", "<br>\n", "a|b\n"),
        )
    },
    "](, then blanks": again(" ", first="](", last="a"),
    "](, then letters": again("a", first="]("),
    "](, then brackets": again("(a)", first="]("),
    "a table": again("| a | b |\n", first="| a | b |\n|---|---|\n"),
    "a rule of a table, and a letter": again("--- | ", first="| ", last="a"),
    "a list in a list": rising("  ", "- a\n"),
    "a list in a list, then numbers": rising("  ", "- a\n", "2. x\n"),
    "a list in a list, then lines": rising("  ", "- a\n", "\nx\n"),
    "a quotation in a quotation": rising("> ", "a\n"),
    "a quotation in a quotation, then deep": rising("> ", "a\n", "> " * 40 + "a\n"),
    "fences in quotations": rising(">", " ```\n"),
    "fences in quotations, then text": rising(">", " ```\n", ">" * 400 + "a\n"),
    "fences out of quotations": falling(">", " ```\n"),
    "back quotes in growing runs": rising("`", " "),
    "back quotes in growing lines": rising("`"),
    "back quotes in shrinking lines": falling("`"),
    "back quotes in shrinking lines, text": falling("`", "\n", "a\n"),
    "back quotes in shrinking lines, fences": falling("`", "a\n", "```\n"),
    "tildes in shrinking lines, fences": falling("~", "a\n", "~~~\n"),
    "back quotes, letters, a back quote": halves("`", "a", "`"),
    "stars in growing runs": rising("*", " a "),
    "hashes in growing lines": rising("#", " a\n"),
    "underlines in growing lines": rising("=", "\na\n"),
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
    "deep lines": rising(" ", "a:\n"),
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

SHAPES: dict[str, Shape] = {**LINES, **WORDS, **MARKUP, **RUNS, **YAML}
"""Every shape of a text, by its name."""
