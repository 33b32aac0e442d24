"""From the library into a draft and back: what `quote` writes `check` finds, also years later.

Every style, within a sentence and by itself, in three languages; then the sources are renamed,
edited, moved and deleted, and each quotation says what became of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.small_libraries import make_library

from sinorus import Library, Quotation
from sinorus.model import CheckReport, Finding
from sinorus.model.citation import QUOTE_STYLES

EN = """---
id: en/visit
title: The "visit" of 1957 & after
author: Ann Lee
date: 1957-11-18
lang: en
---

# Notes on a speech

The chairman said that the "east wind" prevails, and that 'paper tigers' are _not_ to be
feared; his hosts, it was noted[^1], did not answer him at once.

He spoke for an hour. Of the costs, 5% of $1,000 (see a_b, {c}, #3 and x^2 ~ y), nobody spoke.
The text of 1957 says: "We call it 'no limits'."

- coal and oil are delivered by rail until the pipeline is ready
- arms are paid for in goods

| Year | Trade with the Soviet Union |
|------|-----------------------------|
| 1956 | fell by a tenth             |
| 1957 | rose again                  |

[^1]: By a member of the delegation, whose notes of the evening were printed later.
"""
RU = """---
id: ru/vizit
title: Визит «на высшем уровне»
author: Пётр Соколов
date: 1957
lang: ru
---

В речи было сказано: «Ветер с Востока „довлеет“ над ветром с Запада» — и никто не возразил.

Переговоры длились три дня. Всё, о чём шла речь (уголь, нефть, 10 % кредита), записали в протокол
№ 7. Стороны не договорились о цене.
"""
ZH = """---
id: zh/fangwen
title: 访问莫斯科
author: 李明
date: 1957-11
lang: zh
---

他说：“现在的情况是‘东风压倒西风’，也就是说社会主义的力量占了优势。”在场的人没有回答。

会谈持续了三天。双方讨论了煤炭、石油和贷款问题，但是没有就价格达成协议。《联合公报》后来公布了。
"""
LIBRARY = {"en/visit.md": EN, "ru/vizit.md": RU, "zh/fangwen.md": ZH}
SUFFIX = dict.fromkeys(QUOTE_STYLES, ".md")
SUFFIX |= {"latex": ".tex", "org": ".org", "typst": ".typ", "html": ".html", "plain": ".txt"}
EVERY_WAY = [
    pytest.param(style, block, id=f"{style}-{'block' if block else 'inline'}")
    for style in QUOTE_STYLES
    for block in (True, False)
]
INTO = {"en": "It says here: ", "ru": "Здесь сказано: ", "zh": "这里说："}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small library, indexed; not to be changed."""
    found = make_library(tmp_path_factory.mktemp("desk") / "library", LIBRARY)
    with Library.at(found) as library:
        library.index()
    return found


@pytest.fixture(scope="module")
def opened(root: Path) -> Iterator[Library]:
    with Library.at(root) as library:
        yield library


def draft_of(quoted: list[Quotation]) -> str:
    """A draft in which each quotation stands in or below a sentence of its language."""
    lines = []
    for one in quoted:
        into = INTO[one.document.lang or "en"]
        lines.append(f"{into.strip()}\n\n{one.text}" if one.block else into + one.text)
    return "\n\n".join(lines) + "\n"


def checked(library: Library, quoted: list[Quotation], **more: int) -> CheckReport:
    """What a check says of a draft of these quotations, and of nothing else."""
    name = f"draft{SUFFIX[quoted[0].style]}"
    report = library.check(draft_of(quoted), name=name, update=False, **more)
    assert [one.kind for one in report.findings] == ["quotation"] * len(quoted), report
    return report


def every_paragraph(library: Library) -> list[str]:
    return [
        f"{document.id}#{n + 1}"
        for document in library.sources(update=False)
        for n in range(document.paragraphs)
    ]


@pytest.mark.parametrize(("style", "block"), EVERY_WAY)
def test_what_quote_writes_is_exact(opened: Library, style: str, block: bool) -> None:
    ids = every_paragraph(opened)
    quoted = opened.quote(*ids, style=style, block=block, update=False)  # type: ignore[arg-type]
    report = checked(opened, quoted, least_words=2)
    assert [one.grade for one in report.findings] == ["EXACT"] * len(quoted), report.findings
    assert [one.id for one in report.findings] == [one.reference for one in quoted]
    assert not any(one.cautions for one in report.findings)
