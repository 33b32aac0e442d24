"""Layouts of PDFs whose paragraphs are known, because they are typeset here.

The texts are sentences of the repository's own seeds, shuffled into paragraphs that nobody wrote.
Each layout differs from the others in what tells its paragraphs apart: indents, gaps, both,
columns, fonts, leading, running heads, notes. `held_out` layouts are measured and not tuned on.
"""

from __future__ import annotations

import json
import random
import re
from functools import cache
from typing import NamedTuple

from bench.common import REPOSITORY

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZА-ЯЁ“«])|(?<=[。！？])")
_NOTE = {
    "en": "See the report of the committee, number {n}, and the literature that is given there.",
    "ru": "См. доклад комитета № {n} и указанную в нём литературу.",
    "zh": "参见委员会第{n}号报告及其中所列文献。",
}
_HEAD = {
    "en": ("THE BORDER AND THE TREATIES", "A Reader in Four Parts"),
    "ru": ("ГРАНИЦА И ДОГОВОРЫ", "Хрестоматия в четырёх частях"),
    "zh": ("边界与条约文献", "四编读本"),
}
_CHAPTER = {
    "en": ("Early Years", "The Second Meeting", "Trade Across the River", "What Remained Open"),
    "ru": ("Первые годы", "Вторая встреча", "Торговля через реку", "Что осталось открытым"),
    "zh": ("早期岁月", "第二次会晤", "跨河贸易", "悬而未决的问题"),
}
_OF = {"en": "Page {} of {}", "ru": "Стр. {} из {}", "zh": "第 {} 页 共 {} 页"}


class Layout(NamedTuple):
    """How a document is set. Lengths are in em where nothing else is said.

    `by` is what begins a paragraph: `indent`, `all` (also after headings), `gap`, `both` or
    `hang`.
    `head` is `same`, `sides` (other words and numbers left and right) or `chapter`; `foot` is
    `number`, `dashes`, `of` or empty. `notes`: a footnote in every so manieth paragraph, or 0.
    """

    name: str
    lang: str = "en"
    columns: int = 1
    by: str = "indent"
    gap: float = 0.6
    indent: float = 1.5
    justify: bool = True
    font: str = "Libertinus Serif"
    size: float = 10.5
    leading: float = 0.55
    paper: str = "a5"
    head: str = "same"
    foot: str = "number"
    notes: int = 4
    title: bool = False
    chapters: bool = True
    extras: bool = False
    tags: bool = False
    seed: int = 0
    held_out: bool = False


class Truth(NamedTuple):
    """What must come out of a typeset file: paragraphs, notes, headings; and what must not."""

    paragraphs: list[str]
    notes: list[str]
    noted: list[int]
    headings: list[str]
    furniture: list[str]


_CJK = "Noto Serif CJK SC"
_SANS_CJK = "Noto Sans CJK SC"
LAYOUTS = (
    Layout("en indents"),
    Layout("en gaps", by="gap", seed=1, held_out=True),
    Layout("en gaps, ragged", by="gap", justify=False, font="DejaVu Sans", size=9, seed=2),
    Layout("en two columns, title", columns=2, paper="a4", title=True, seed=3),
    Layout("en two columns, gaps", columns=2, paper="a4", by="gap", seed=4, held_out=True),
    Layout("en three columns", columns=3, paper="a4", size=9, seed=5),
    Layout(
        "en three columns, gaps", columns=3, paper="a4", size=9, by="gap", seed=6, held_out=True
    ),
    Layout("en three columns, ragged", columns=3, paper="a4", size=9, justify=False, seed=7),
    Layout("en sides", head="sides", foot="", font="New Computer Modern", seed=8),
    Layout("en chapters above", head="chapter", foot="", by="all", seed=9, held_out=True),
    Layout("en wide leading", leading=1.1, by="indent", indent=2.5, foot="of", seed=10),
    Layout("en wide leading, small gaps", leading=1.0, by="gap", gap=0.5, seed=11, held_out=True),
    Layout("en both", by="both", gap=0.4, foot="dashes", seed=12),
    Layout("en hanging", by="hang", seed=13, held_out=True),
    Layout("en lists, quotes, tables", extras=True, seed=14),
    Layout("en two columns, lists", extras=True, columns=2, paper="a4", seed=15, held_out=True),
    Layout("en gaps, lists", extras=True, by="gap", seed=16),
    Layout("en typewriter", font="DejaVu Sans Mono", size=9, justify=False, by="gap", seed=17),
    Layout("en many notes", notes=1, seed=18, held_out=True),
    Layout("en two columns, many notes", notes=1, columns=2, paper="a4", size=9, seed=19),
    Layout("en tagged", tags=True, extras=True, seed=20),
    Layout("en tagged, columns", tags=True, columns=2, paper="a4", seed=21, held_out=True),
    Layout("ru indents", "ru", font="DejaVu Serif", size=9.5, seed=22),
    Layout("ru gaps", "ru", by="gap", seed=23, held_out=True),
    Layout("ru two columns, title", "ru", 2, paper="a4", title=True, head="sides", seed=24),
    Layout("ru three columns", "ru", 3, paper="a4", size=9, seed=25, held_out=True),
    Layout("ru ragged", "ru", justify=False, by="all", foot="of", seed=26),
    Layout("ru three columns, gaps", "ru", 3, paper="a4", size=8.5, by="gap", seed=27),
    Layout("ru hanging", "ru", by="hang", seed=33),
    Layout("en hanging, ragged", by="hang", justify=False, font="DejaVu Serif", size=9, seed=34),
    Layout("en gaps, no chapters", by="gap", chapters=False, head="sides", seed=35),
    Layout(
        "en letter, wide gaps",
        by="gap",
        gap=1.4,
        paper="us-letter",
        size=12,
        seed=36,
        held_out=True,
    ),
    Layout("zh indents", "zh", font=_CJK, indent=2, leading=0.8, by="all", seed=28),
    Layout("zh gaps", "zh", font=_SANS_CJK, by="gap", leading=0.8, seed=29, held_out=True),
    Layout(
        "zh two columns", "zh", 2, paper="a4", font=_CJK, indent=2, leading=0.7, by="all", seed=30
    ),
    Layout(
        "zh three columns, gaps", "zh", 3, paper="a4", font=_SANS_CJK, size=9, by="gap", seed=31
    ),
    Layout(
        "zh sides",
        "zh",
        font=_CJK,
        indent=2,
        by="all",
        head="sides",
        foot="of",
        seed=32,
        held_out=True,
    ),
)


@cache
def sentences(lang: str) -> tuple[str, ...]:
    """The sentences of the seeds in a language."""
    from sinorus.sources.formats.markdown import markdown_blocks

    found = []
    for path in sorted((REPOSITORY / "seeds").rglob("*.md")):
        if (path.name[:3] if path.name[:3] in ("ru-", "zh-") else "en-") != f"{lang}-":
            continue
        text = re.sub(r"\A---.*?\n---\n", "", path.read_text("utf-8"), flags=re.S)
        for block in markdown_blocks(text, 1):
            if block.kind == "text" and len(block.text) > 30:
                found += _SENTENCE.split(" ".join(block.text.split()))
    return tuple(dict.fromkeys(one.strip() for one in found if 8 < len(one) < 400))


class _Made(NamedTuple):
    source: list[str]
    truth: Truth


def typst_source(layout: Layout) -> tuple[str, Truth]:
    """A document in the language of typst, and what must come out of its PDF."""
    chance = random.Random(layout.seed)
    head, other = _HEAD[layout.lang]
    truth = Truth([], [], [], [], [head, other])
    lines = [_settings(layout, head, other)]
    if layout.title:
        title = f"{head.title() if layout.lang != 'zh' else head}: {other}"
        truth.headings.append(title)
        lines.append(
            f'#place(top + center, scope: "parent", float: true, '
            f'text(1.8em, weight: "bold")[#{json.dumps(title, ensure_ascii=False)}])'
        )
    many = {1: 34, 2: 60, 3: 72}[layout.columns]
    for number in range(many):
        if layout.chapters and number % (many // 4) == 0 and number // (many // 4) < 4:
            chapter = _CHAPTER[layout.lang][number // (many // 4)]
            truth.headings.append(chapter)
            lines.append(f"= {chapter}\n")
        if layout.extras and number % 7 == 3:
            lines.append(_extra(layout, chance, truth, number // 7))
        lines.append(_paragraph(layout, chance, truth, number))
    return "\n".join(lines), truth


def _paragraph(layout: Layout, chance: random.Random, truth: Truth, number: int) -> str:
    space = "" if layout.lang == "zh" else " "
    chosen = chance.choices(sentences(layout.lang), k=chance.choice((1, 2, 3, 4, 5, 6, 7, 8)))
    truth.paragraphs.append(space.join(chosen))
    if not layout.notes or number % layout.notes:
        return _text(space.join(chosen)) + "\n"
    note = _NOTE[layout.lang].format(n=number + 3)
    truth.notes.append(note)
    truth.noted.append(len(truth.paragraphs) - 1)
    at = chance.randrange(len(chosen)) + 1
    rest = space.join(chosen[at:])
    return (
        _text(space.join(chosen[:at]))
        + f"#footnote[{_text(note)}]"
        + (_text(space + rest) if rest else "")
        + "\n"
    )


def _extra(layout: Layout, chance: random.Random, truth: Truth, kind: int) -> str:
    """A list, a quotation, a table or a figure between paragraphs."""
    chosen = [one for one in sentences(layout.lang) if len(one) < 160]
    if kind % 4 == 0:
        items = chance.sample(chosen, 4)
        truth.paragraphs.extend(items)
        return "\n".join(f"- {_text(one)}" for one in items) + "\n"
    if kind % 4 == 1:
        text = " ".join(chance.sample(chosen, 3))
        truth.paragraphs.append(text)
        return f"#quote(block: true)[{_text(text)}]\n"
    if kind % 4 == 2:
        cells = ", ".join(
            f"[{name} {number}]" for number in range(4) for name in ("Year", "Share", "Tons")
        )
        return f"#figure(table(columns: 3, {cells}), caption: [A table of shares])\n"
    items = chance.sample(chosen, 3)
    truth.paragraphs.extend(f"{at}. {one}" for at, one in enumerate(items, 1))
    return "\n".join(f"+ {_text(one)}" for one in items) + "\n"


def _text(text: str) -> str:
    return "#" + json.dumps(text, ensure_ascii=False) + ";"


def _settings(layout: Layout, head: str, other: str) -> str:
    by, lead = layout.by, f"{layout.leading}em"
    spacing = f"{layout.leading + layout.gap}em" if by in ("gap", "both") else lead
    indent = f"{layout.indent}em" if by in ("indent", "all", "both") else "0em"
    hang = ", hanging-indent: 1.5em" if by == "hang" else ""
    justify = str(layout.justify).lower()
    header, footer = _header(layout, head, other), _footer(layout)
    return f"""
#set document(title: "{other}")
#set page(paper: "{layout.paper}", columns: {layout.columns},
  header: context {{ {header} }}, footer: context {{ {footer} }})
#set columns(gutter: 1.6em)
#set text(font: "{layout.font}", size: {layout.size}pt, lang: "{layout.lang}",
  hyphenate: {justify})
#set par(justify: {justify}, leading: {lead}, spacing: {spacing},
  first-line-indent: (amount: {indent}, all: {str(by == "all").lower()}){hang})
#show heading: set block(above: 1.6em, below: 1em)
"""


def _header(layout: Layout, head: str, other: str) -> str:
    number = "counter(page).display()"
    if layout.head == "same":
        return f"align(center, text(0.8em)[{head}])"
    left, right = f"[#{number} #h(1fr) {head}]", f"[{other} #h(1fr) #{number}]"
    if layout.head == "chapter":
        found = (
            "let all = query(selector(heading).before(here())); "
            "let name = if all.len() > 0 { all.last().body } else [~]; "
        )
        return f"{found} [#text(0.8em)[#emph(name) #h(1fr) #{number}]]"
    return f"if calc.even(here().page()) {left} else {right}"


def _footer(layout: Layout) -> str:
    number = "#counter(page).display()"
    if layout.foot == "number":
        return f"align(center)[{number}]"
    if layout.foot == "dashes":
        return f"align(center)[– {number} –]"
    if layout.foot == "of":
        text = _OF[layout.lang].format(number, "#counter(page).final().first()")
        return f"align(right, text(0.8em)[{text}])"
    return "[]"
