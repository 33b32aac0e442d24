"""How a quotation is laid out in each language of drafts.

Where a draft has a bibliography (Pandoc, LaTeX, Typst, Org) the citation is a key with a locator;
elsewhere it is spelled out: author, title, publisher, date, page or paragraph, address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from sinorus.citation.marks import Marks, marks_of, turned
from sinorus.citation.markup import MARKUPS, Markup, written
from sinorus.citation.words import EMPHASIS, Words, harmless, plain_words
from sinorus.model import Document
from sinorus.model.citation import Locator, Quotation

_AUTHORS = 3
"""That are named; of more only the first is."""
_OTHERS = {"en": " et al.", "ru": " и др.", "zh": "等"}
_LOCATORS = {
    ("page", "en"): ("p. {}", "pp. {}{}{}"),
    ("page", "ru"): ("с. {}", "с. {}{}{}"),
    ("page", "zh"): ("第{}页", "第{}{}{}页"),
    ("paragraph", "en"): ("para. {}", "paras. {}{}{}"),
    ("paragraph", "ru"): ("абз. {}", "абз. {}{}{}"),
    ("paragraph", "zh"): ("第{}段", "第{}{}{}段"),
}
_PLAIN_KEY = re.compile(r"[\w](?:[\w]|[:.#$%&+?<>~/-](?=\w))*")
_LABEL = re.compile(r"[\w.:-]+")


class Source(NamedTuple):
    """What is cited: the document, its key, where in it, its address, the unseen reference."""

    document: Document
    key: str
    locator: Locator
    address: str | None
    reference: str
    marks: Marks


Layout = Callable[[Sequence[Words], Source, Markup, bool], str]
"""From the paragraphs of a quotation, its source and the markup to the text of a draft; the last is
whether it is a block. It has no line break at its end, but for one that a comment needs.
"""


def locator_text(locator: Locator, lang: str = "en", dash: str = "–") -> str:
    """`p. 3`, `paras. 4–6`, in English, Russian or Chinese."""
    one, several = _LOCATORS[locator.kind, lang]
    if locator.first == locator.last:
        return one.format(locator.first)
    return several.format(locator.first, dash, locator.last)


def _paragraphs(parts: Sequence[Words], markup: Markup, break_: str) -> list[str]:
    """Each paragraph in the markup; `break_` ends the lines of code and of tables."""
    found = []
    for part in parts:
        lines, start = [], 0
        for line in part.text.split("\n"):
            words = part.cut(start, start + len(line))
            start += len(line) + 1
            if line.strip():
                lines.append(written(words, markup))
        found.append(f"{break_}\n".join(lines))
    return found


def _inline(parts: Sequence[Words], markup: Markup) -> str:
    return written(parts[0], markup)


def _spelled(source: Source, name: str, title: str) -> str:
    """Who, what, where and when, with what stands between them in the language of the marks."""
    document, lang = source.document, source.marks.lang
    names = [harmless(author) for author in document.authors]
    who = ", ".join(names) if len(names) <= _AUTHORS else names[0] + _OTHERS[lang]
    parts = [who, "", harmless(document.publisher or "")]
    parts += [document.date.text if document.date else "", locator_text(source.locator, lang)]
    markup = MARKUPS[name]
    done = [written(plain_words(part), markup, starts=False) for part in parts]
    done[1] = title
    return ", ".join(filter(None, done))


def _title(source: Source) -> Words:
    title = harmless(source.document.title or source.document.id)
    return Words(title, bytes([EMPHASIS]) * len(title))


def _linked(source: Source) -> str:
    """Who, what, where and when in Markdown, the title a link where there is an address."""
    title = written(_title(source), MARKUPS["markdown"], starts=False)
    if source.address:
        safe = source.address.replace("(", "%28").replace(")", "%29")
        safe = re.sub(r"&(?=#?\w+;)", "&amp;", safe)
        title = f"[{title}]({safe})"
    return _spelled(source, "markdown", title)


def _markdown(parts: Sequence[Words], source: Source, markup: Markup, block: bool) -> str:
    cited = _linked(source)
    unseen = f"<!-- sinorus: {source.reference} -->"
    if not block:
        return f"{_inline(parts, markup)} ({cited})<!-- sinorus: {source.reference} -->"
    return _quoted([*_paragraphs(parts, markup, "\\"), f"— {cited} {unseen}"])


def _quoted(paragraphs: Sequence[str]) -> str:
    lines = "\n\n".join(paragraphs).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _pandoc_key(source: Source) -> str:
    key = source.key if _PLAIN_KEY.fullmatch(source.key) else f"{{{source.key}}}"
    return f"[@{key}, {locator_text(source.locator, dash='-')}]"


def _pandoc(parts: Sequence[Words], source: Source, markup: Markup, block: bool) -> str:
    cited = _pandoc_key(source)
    if not block:
        return f'[{_inline(parts, markup)}]{{sinorus="{source.reference}"}} {cited}'
    *others, last = _paragraphs(parts, markup, "\\")
    return f'::: {{sinorus="{source.reference}"}}\n{_quoted([*others, f"{last} {cited}"])}\n:::'


def _org_key(source: Source) -> str:
    return f"[cite:@{source.key} {locator_text(source.locator, dash='-')}]"


def _org(parts: Sequence[Words], source: Source, markup: Markup, block: bool) -> str:
    cited = _org_key(source)
    if not block:
        unseen = f"@@comment:sinorus: {source.reference}@@"
        return f"{_inline(parts, markup)} {cited}{unseen}"
    *others, last = _paragraphs(parts, markup, " \\\\")
    text = "\n\n".join([*others, f"{last} {cited}"])
    return f"# sinorus: {source.reference}\n#+begin_quote\n{text}\n#+end_quote"


def _latex_key(source: Source) -> str:
    place = locator_text(source.locator, dash="--").replace(" ", "~")
    return rf"\cite[{place}]{{{source.key}}}"


def _latex(parts: Sequence[Words], source: Source, markup: Markup, block: bool) -> str:
    cited = _latex_key(source)
    if not block:
        return f"{_inline(parts, markup)} {cited} % sinorus: {source.reference}\n"
    *others, last = _paragraphs(parts, markup, r"\\{}")
    text = "\n\n".join([*others, f"{last} {cited}"])
    unseen = f"% sinorus: {source.reference}"
    return f"\\begin{{quote}} {unseen}\n{text}\n\\end{{quote}}"


def _typst_key(source: Source) -> str:
    label = f"<{source.key}>" if _LABEL.fullmatch(source.key) else f'label("{source.key}")'
    return f"#cite({label}, supplement: [{locator_text(source.locator)}])"


def _typst(parts: Sequence[Words], source: Source, markup: Markup, block: bool) -> str:
    cited = _typst_key(source)
    unseen = f"/* sinorus: {source.reference} */"
    if not block:
        return f"{_inline(parts, markup)} {cited} {unseen}"
    text = "\n\n".join(_paragraphs(parts, markup, " \\"))
    return f"#quote(block: true, attribution: [{cited}])[\n{text}\n] {unseen}"


def _html_cited(source: Source) -> str:
    title = f"<cite>{written(plain_words(_title(source).text), MARKUPS['html'])}</cite>"
    there = escape(source.address or "")
    return _spelled(source, "html", f'<a href="{there}">{title}</a>' if there else title)


def _html(parts: Sequence[Words], source: Source, markup: Markup, block: bool) -> str:
    there = escape(source.address or "")
    cited = _html_cited(source)
    unseen = f"<!-- sinorus: {source.reference} -->"
    if not block:
        return f"{_inline(parts, markup)} ({cited}){unseen}"
    head = f'<blockquote cite="{there}">' if there else "<blockquote>"
    lines = [f"<p>{one}</p>" for one in _paragraphs(parts, markup, "<br>")]
    return "\n".join([head, *lines, f"<footer>— {cited}</footer> {unseen}", "</blockquote>"])


def _plain_cited(source: Source) -> str:
    opening, closing = source.marks.outer
    title = turned(_title(source), source.marks).text
    cited = _spelled(source, "plain", f"{opening}{title}{closing}")
    return f"{cited}, {source.address}" if source.address else cited


def _plain(parts: Sequence[Words], source: Source, markup: Markup, block: bool) -> str:
    cited = _plain_cited(source)
    if not block:
        return f"{_inline(parts, markup)} ({cited})"
    lines = "\n\n".join([*_paragraphs(parts, markup, ""), f"— {cited}"]).split("\n")
    return "\n".join(f"    {line}".rstrip() for line in lines)


LAYOUTS: dict[str, Layout] = {
    "markdown": _markdown,
    "pandoc": _pandoc,
    "org": _org,
    "latex": _latex,
    "typst": _typst,
    "html": _html,
    "plain": _plain,
}
"""The layout of each language of drafts, by the names in `QUOTE_STYLES`."""

_CITED: dict[str, tuple[Callable[[Source], str], str]] = {
    "markdown": (_linked, " ({})<!-- sinorus: {} -->"),
    "pandoc": (_pandoc_key, " {}<!-- sinorus: {} -->"),
    "org": (_org_key, " {}@@comment:sinorus: {}@@"),
    "latex": (_latex_key, " {} % sinorus: {}\n"),
    "typst": (_typst_key, " {} /* sinorus: {} */"),
    "html": (_html_cited, " ({})<!-- sinorus: {} -->"),
    "plain": (_plain_cited, " ({})[sinorus: {}]"),
}


def citation(quotation: Quotation) -> str:
    """What stands behind words that are in a draft already: the citation, the reference."""
    lang = quotation.document.lang
    marks = marks_of("auto", lang, quotation.words)
    document, key, locator = quotation.document, quotation.key, quotation.locator
    source = Source(document, key, locator, quotation.url, quotation.reference, marks)
    cited, form = _CITED[quotation.style]
    return form.format(cited(source), quotation.reference)
