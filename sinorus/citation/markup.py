"""The markup of drafts: how text is written so that its reader sees the very same text.

Each language has a function that escapes a stretch of text, and one that gives it a style. Where a
style cannot be had at a place without harm to the text, the text goes without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from sinorus.citation.words import CODE, EMPHASIS, LOWERED, RAISED, STRONG, Words

Around = tuple[str, str]
"""The character before a stretch of text and the one after it; empty at the ends."""
_ZERO = "\u200b"
"""The zero-width space, Org's own way to keep a sign from being markup."""
_LIST = re.compile(r"\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)](?=\s|$)")
_ORG_SIGNS = re.compile(rf"[*/_=~+$^<>@{_ZERO}\\{{}}\[\]]")
"""Text with one of these goes without a style in Org."""
_ORG_START = re.compile(
    r"(?:\*+\s|[-+](?:\s|$)|\d+[.)](?:\s|$)|[A-Za-z][.)](?:\s|$)|#|\||:|%%|\[fn)"
)


class Markup(NamedTuple):
    """What a language of drafts does to text.

    `escaped` makes a stretch of text harmless; `begun` is given what an escaped paragraph begins
    with, to keep it from beginning a list or a heading; `styled` puts an escaped stretch into a
    style, or gives None where it cannot. `code` writes text as code, unescaped before.
    """

    escaped: Callable[[str, Around], str]
    styled: Callable[[str, int, Around], str | None]
    begun: Callable[[str], str]
    code: Callable[[str], str] | None = None


def written(words: Words, markup: Markup, *, starts: bool = True) -> str:
    """The words in the markup; `starts`: they are the beginning of a paragraph."""
    parts: list[str] = []
    at = 0
    clear = True  # whether the last stretch ended without a sign of markup
    for text, style in words.runs():
        before, end = words.text[at - 1 : at] if at else "", at + len(text)
        after = words.text[end : end + 1]
        at = end
        inner = text.strip()
        styled = None
        if style and inner and "\n" not in text and clear:
            head, tail = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
            near = (head[-1:] or before, tail[:1] or after)
            if style & CODE and markup.code:
                styled = markup.code(inner)
            else:
                styled = markup.styled(markup.escaped(inner, near), style & ~CODE, near)
            styled = None if styled is None else f"{head}{styled}{tail}"
        clear = styled is None or text[-1:].isspace()
        parts.append(markup.escaped(text, (before, after)) if styled is None else styled)
    whole = "".join(parts)
    return markup.begun(whole) if starts else whole


def _as_it_is(text: str, _: Around = ("", "")) -> str:
    return text


def _no_style(_: str, __: int, ___: Around) -> None:
    return None


def _markdown(text: str, around: Around) -> str:
    return _with_backslashes(text, r"[\\`*_\[\]<>~$|]|&(?=[#\w])|\^(?=\[)")


def _pandoc(text: str, around: Around) -> str:
    pattern = r"""[\\`*_\[\]<>~$|^@'"{}]|&(?=[#\w])"""
    text = _with_backslashes(text, pattern)
    for sign in "-.":
        one = re.escape(sign)
        follows = rf"(?:(?<={one})|^)" if around[0] == sign else rf"(?<={one})"
        text = re.sub(f"{follows}{one}", rf"\\{sign}", text)
    return text


def _with_backslashes(text: str, pattern: str) -> str:
    return re.sub(pattern, lambda sign: f"\\{sign[0]}", text)


def _line_of_markdown(text: str) -> str:
    if number := _LIST.match(text):
        if re.match(r"[A-Z]\. (?! )", text):
            return text
        return text[: number.end() - 1] + "\\" + text[number.end() - 1 :]
    return f"\\{text}" if text[:1] in tuple("-+=#:%") else text


def _starred(text: str, style: int, around: Around) -> str | None:
    """`*text*` where that is read as emphasis by every reader; None elsewhere."""
    signs = ("*" if style & EMPHASIS else "") + ("**" if style & STRONG else "")
    first, last = text.lstrip("\\")[:1], text[-1:]
    left = first.isalnum() or not around[0].isalnum()
    right = last.isalnum() or not around[1].isalnum()
    if not signs or not (left and right) or "*" in (*around, first, last):
        return None
    return f"{signs}{text}{signs}"


def _in_markdown(text: str, style: int, around: Around) -> str | None:
    if style & (RAISED | LOWERED):
        return _in_html(text, style, around)
    return _starred(text, style, around) or _in_html(text, style, around)


def _in_pandoc(text: str, style: int, around: Around) -> str | None:
    if style & (RAISED | LOWERED):
        sign = "^" if style & RAISED else "~"
        # From 3.9 on pandoc reads what stands in these twice, and takes signs there for markup.
        return None if re.search(r"[\s\\]", text) else f"{sign}{text}{sign}"
    return _starred(text, style, around)


def _ticked(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _html(text: str, _: Around) -> str:
    return escape(text, quote=False)


def _in_html(text: str, style: int, _: Around) -> str:
    for bit, tag in ((EMPHASIS, "em"), (STRONG, "strong"), (RAISED, "sup"), (LOWERED, "sub")):
        text = f"<{tag}>{text}</{tag}>" if style & bit else text
    return text


_LATEX = {
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "[": "{[}",
    "]": "{]}",
    "\xa0": "~",
}


def latex(text: str, around: Around = ("", "")) -> str:
    """Text as LaTeX: also that of fields of BibTeX."""
    text = "".join(_LATEX.get(sign, sign) for sign in text)
    return re.sub(r"([-,'])(?=\1)", r"\1{}", text)


def _in_latex(text: str, style: int, _: Around) -> str:
    for bit, name in (
        *((EMPHASIS, "emph"), (STRONG, "textbf")),
        *((RAISED, "textsuperscript"), (LOWERED, "textsubscript")),
    ):
        text = f"\\{name}{{{text}}}" if style & bit else text
    return text


def _typst(text: str, around: Around) -> str:
    text = _with_backslashes(text, r"""[\\*_`$#@<>\[\]~'"/]|(?<![^\W\d_])-|-(?![^\W\d_])""")
    return re.sub(r"\.(?=\.)|(?<=\.)\.", r"\\.", text)


def _line_of_typst(text: str) -> str:
    if number := re.match(r"\d+\.", text):
        return text[: number.end() - 1] + "\\" + text[number.end() - 1 :]
    return f"\\{text}" if text[:1] in tuple("=+") else text


def _in_typst(text: str, style: int, around: Around) -> str:
    for bit, name in (
        *((EMPHASIS, "emph"), (STRONG, "strong")),
        *((RAISED, "super"), (LOWERED, "sub")),
    ):
        text = f"#{name}[{_line_of_typst(text)}]" if style & bit else text
    return f"{text};" if around[1] in tuple("(.;") and style else text


def _typst_code(text: str) -> str:
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#raw("{written}");'


def _org(text: str, around: Around) -> str:
    before, after = around
    whole = f"{before or ' '}{text}{after or ' '}"
    found: list[str] = []
    for at in range(1, len(whole) - 1):
        sign, last, following = whole[at], whole[at - 1], whole[at + 1]
        # Behind a sign there may be such a space too.
        free = last.isspace() or last in "-–—({'\"“«‘„*/_=~+\\[<@^$."
        if sign in "*/_=~+" and free and not following.isspace():
            # A space without width is none to older readers, so that it must stand before a sign;
            # to Org itself it is one, behind which a sign may open, but not before one.
            found.append(f"{_ZERO}{sign}{_ZERO}")
            continue
        if sign == "<" or (sign == "[" and last == "["):
            sign = f"{_ZERO}{sign}"
        if sign == "$":
            sign = f"\\dollar{{}}{_ZERO}"
        active = whole[at] in "\\{[<@^_" and not following.isspace()
        doubled = whole[at] in "-.'\"" and (following == whole[at] or whole[at] in "'\"")
        found.append(sign + _ZERO if active or doubled else sign)
    return "".join(found)


def _line_of_org(text: str) -> str:
    return f"{_ZERO}{text}" if _ORG_START.match(text) else text


def _in_org(text: str, style: int, around: Around) -> str | None:
    before, after = around
    if _ORG_SIGNS.search(text):
        return None
    if style & (RAISED | LOWERED):
        plain = before.isalnum() and not re.search(r"\s", text)
        return f"{'^' if style & RAISED else '_'}{{{text}}}" if plain else None
    opens = not before or before.isspace() or before in "-("
    closes = not after or after.isspace() or after in "-.,;:!?'\")}["
    if not (opens and closes and text[0].isalnum() and text[-1].isalnum()):
        return None
    for bit, sign in ((EMPHASIS, "/"), (STRONG, "*")):
        text = f"{sign}{text}{sign}" if style & bit else text
    return text


MARKUPS = {
    "markdown": Markup(_markdown, _in_markdown, _line_of_markdown, _ticked),
    "pandoc": Markup(_pandoc, _in_pandoc, _line_of_markdown, _ticked),
    "org": Markup(_org, _in_org, _line_of_org),
    "latex": Markup(latex, _in_latex, _as_it_is, lambda text: rf"\texttt{{{latex(text)}}}"),
    "typst": Markup(_typst, _in_typst, _line_of_typst, _typst_code),
    "html": Markup(_html, _in_html, _as_it_is, lambda text: f"<code>{escape(text, False)}</code>"),
    "plain": Markup(_as_it_is, _no_style, _as_it_is),
}
"""The languages of drafts by the names that users give them."""
