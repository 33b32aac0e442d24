"""A draft in LaTeX: prose without commands, the quotations of csquotes and of environments."""

from __future__ import annotations

import re

from sinorus.citation.drafts.draft import Prose, in_blocks, keys_in
from sinorus.citation.drafts.traced import CLOSE, OPEN, Traced, stretches

_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%[^\n]*(?:\n[ \t]*)?")
_PREAMBLE = re.compile(r"\A.*?\\begin\{document\}", re.S)
_OPENS = re.compile(
    r"\\begin\{(?P<name>verbatim|lstlisting|minted|equation|align|displaymath|tabular|"
    r"thebibliography)\*?\}|\\verb\*?(?P<sign>[^\w\s*])|(?<!\\)(?P<display>\\\[)|(?<!\\)(?P<math>\$\$)"
)
"""What opens something that is no prose; `_closing` says what closes it."""
_MATH = re.compile(r"(?<!\\)\$[^$\n]*(?<!\\)\$")
_CITES = re.compile(
    r"\\(?:[A-Za-z]*[cC]ite[a-zA-Z]*|nocite)\*?(?:\s*(?:\[[^\[\]]*\]|<[^<>]*>)){0,3}\s*"
    r"\{(?P<keys>[^{}]*)\}"
)
_OF_QUOTES = re.compile(
    r"\\(?:text|block|paren|foreigntext|hyphentext|foreignblock|hyphenblock)c?quote\*?"
    r"(?:\s*\{[a-z]+\}(?=\s*[\[{]))?(?:\s*\[[^\[\]]*\]){0,2}\s*\{(?P<keys>[^\s{},]+)\}"
    r"(?=\s*(?:\[[^\[\]]*\])?\s*\{)"
)
_BLOCK = (
    r"(?:quote|quotation|displayquote|displaycquote|quoting|blockquote|verse|foreigndisplayquote)"
)
_BEGIN = re.compile(rf"\\begin\{{{_BLOCK}\*?\}}(?:\s*\[[^\[\]]*\]|\{{[^{{}}]*\}})*")
_END = re.compile(rf"\\end\{{{_BLOCK}\*?\}}")
_BRACED = r"\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)\}"
_OPTIONS = r"(?:\s*\[[^\[\]]*\]){0,2}"
_ENQUOTE = re.compile(rf"\\(?:en|text|MakeUpper)quote\*?{_OPTIONS}\s*{_BRACED}", re.S)
_FOREIGN = re.compile(
    rf"\\(?:foreign|hyphen)(?:text)?quote\*?\s*\{{[^{{}}]*\}}{_OPTIONS}\s*{_BRACED}",
    re.S,
)
_BLOCKQUOTE = re.compile(rf"\\blockquote\*?{_OPTIONS}\s*{_BRACED}", re.S)
_CQUOTE = re.compile(
    rf"\\(?:text|block)cquote\*?{_OPTIONS}\s*\{{[^{{}}]*\}}(?:\s*\[[^\[\]]*\])?\s*{_BRACED}",
    re.S,
)
_DROPPED = re.compile(
    r"\\(?:label|ref|pageref|cref|autoref|index|vspace|hspace|includegraphics|bibliography\w*|url|"
    r"usepackage|documentclass|input|include|selectlanguage|begin|end|item|noindent|par|hypertarget)"
    r"\b\*?(?:\s?\[[^\[\]]*\])*(?:\{[^{}]*\})?"
)
_KEPT = {"{": "\ue002", "}": "\ue003", "\\": "\ue004"}
"""For signs that a reader sees, until those of commands are gone."""
_SIGNS = {
    "\\ldots": "…",
    "\\dots": "…",
    "\\textellipsis": "…",
    "\\%": "%",
    "\\&": "&",
    "\\$": "$",
    "\\#": "#",
    "\\_": "_",
    "\\{": _KEPT["{"],
    "\\}": _KEPT["}"],
    "\\ ": " ",
    "\\,": " ",
    "~": " ",
    "---": "—",
    "--": "–",
    "``": "“",
    "''": "”",
    "\\/": "",
    "\\-": "",
    "\\@": "",
    "\\\\": "\n",
    "\\textendash": "–",
    "\\textemdash": "—",
    "\\guillemotleft": "«",
    "\\guillemotright": "»",
    "\\textquotedblleft": "“",
    "\\textquotedblright": "”",
    "\\glqq": "„",
    "\\grqq": "“",
    "\\textquotedbl": '"',
    "\\textasciigrave": "`",
    "\\textasciicircum": "^",
    "\\textless": "<",
    "\\textgreater": ">",
    "\\textbar": "|",
    "\\textdollar": "$",
    "\\textasciitilde": "~",
    "\\textbackslash": _KEPT["\\"],
    "<<": "«",
    ">>": "»",
}
_SIGN = re.compile(
    "|".join(
        re.escape(sign) + ("(?![A-Za-z])(?:\\{\\}| )?" if sign[-1].isalpha() else "")
        for sign in sorted(_SIGNS, key=len, reverse=True)
    )
)
_FOOTNOTE = re.compile(
    rf"\\(?:footnote|footnotetext|thanks|endnote)(?:\[[^\[\]]*\])?{_BRACED}", re.S
)
_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\[\]\n]*\])?[ \t]?|[{}]")
_SINGLE = re.compile(r"`([^`'\n]{1,2000})'(?![A-Za-z])")


def read(text: str) -> Prose:
    """The paragraphs and the citation keys."""
    bare = Traced(text).without(_COMMENT)
    keys = [
        one._replace(start=bare.at[one.start], end=bare.at[one.end - 1] + 1)
        for pattern in (_CITES, _OF_QUOTES)
        for one in keys_in(bare.text, pattern)
    ]
    prose = bare.sub(_PREAMBLE, "")
    prose = prose.outside(stretches(prose.text, _OPENS, _closing)).without(_MATH)
    notes = [prose[slice(*match.span(1))] for match in _FOOTNOTE.finditer(prose.text)]
    prose = prose.without(_FOOTNOTE)
    blocks = in_blocks(_inline(prose))
    for note in notes:
        blocks += in_blocks(_inline(note))
    return Prose(sorted(blocks, key=lambda block: block.prose.at[0]), keys)


def _closing(opened: re.Match[str]) -> re.Pattern[str]:
    if name := opened["name"]:
        return re.compile(rf"\\end\{{{name}\*?\}}")
    if sign := opened["sign"]:
        return re.compile(re.escape(sign))
    return re.compile(r"\\\]" if opened["display"] else r"\$\$")


def _inline(prose: Traced) -> Traced:
    for pattern, opening, closing in (
        (_BLOCKQUOTE, OPEN, CLOSE),
        (_CQUOTE, "“", "”"),
        (_FOREIGN, "“", "”"),
        (_ENQUOTE, "“", "”"),
        (_ENQUOTE, "“", "”"),  # one in another
    ):
        prose = prose.sub(pattern, lambda m, a=opening, b=closing: [a, m.span(1), b])  # type: ignore[misc]
    prose = prose.without(_CITES).sub(_BEGIN, OPEN).sub(_END, CLOSE).without(_DROPPED)
    prose = prose.sub(
        _SIGN,
        lambda match: (
            [_SIGNS[match[0].removesuffix("{}").rstrip(" ") or " "]]
            if match[0] not in _SIGNS
            else [_SIGNS[match[0]]]
        ),
    )
    prose = prose.sub(_SINGLE, lambda match: ["‘", match.span(1), "’"])
    prose = prose.without(_COMMAND)
    for sign, kept in _KEPT.items():
        prose = prose.sub(kept, sign)
    return prose
