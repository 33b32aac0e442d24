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

EN = r"""---
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

An area of 5 km<sup>2</sup> or 10<sup>3</sup> m, H<sub>2</sub>O, **bold words** and a [linked
word](https://example.org/a_(b)) -- with dashes... and `code_of(it)`,
C:\\dir\\new, a|b, <tag>, 1. one.

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


def bare(text: str) -> str:
    """Letters and digits alone."""
    return "".join(sign for sign in text if sign.isalnum())


def checked(library: Library, quoted: list[Quotation], **more: int) -> CheckReport:
    """What a check says of a draft of these quotations; of a key only that it leads nowhere."""
    name = f"draft{SUFFIX[quoted[0].style]}"
    report = library.check(draft_of(quoted), name=name, update=False, **more)
    words = {bare(one.words) for one in quoted}
    # A title that no document has any longer is a quotation like any other in a plain draft.
    found = tuple(one for one in report.findings if bare(one.text) in words)
    others = [one.grade for one in report.findings if one not in found]
    assert (len(found), set(others) <= {"NOT-FOUND"}) == (len(quoted), True), report
    assert not others or not any(one.document for one in found)
    return CheckReport(report.draft, found, report.short, report.index)


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


CUTS = {
    "a sentence": ("en/visit#3", {"sentence": ["2"]}, "EXACT"),
    "sentences that follow each other": ("en/visit#3", {"sentence": ["1..2"]}, "EXACT"),
    "sentences apart": ("en/visit#3", {"sentence": ["1", "3"]}, "ELLIPSIS"),
    "the sentence with words": ("ru/vizit#2", {"around": "кредита"}, "EXACT"),
    "words to words": ("ru/vizit#2", {"words": "о чём..протокол"}, None),
    "Chinese words": ("zh/fangwen#2", {"words": "讨论了..价格"}, None),
    "a Chinese sentence": ("zh/fangwen#2", {"sentence": ["2"]}, "EXACT"),
    "marks within marks": ("zh/fangwen#1", {"sentence": ["1"]}, "EXACT"),
    "a range": ("en/visit#2-3", {}, "EXACT"),
    "a Chinese range": ("zh/fangwen#1-2", {}, "EXACT"),
    "a document": ("ru/vizit", {}, "EXACT"),
}
"""What is cut from where, and how it is graded; None: EXACT within a sentence, in a block with
`[…]` at its ends ELLIPSIS."""


@pytest.mark.parametrize(("style", "block"), EVERY_WAY)
def test_parts_of_paragraphs_are_found(opened: Library, style: str, block: bool) -> None:
    quoted, wanted = [], []
    for asked, cut, grade in CUTS.values():
        quoted += opened.quote(asked, style=style, block=block, update=False, **cut)  # type: ignore[arg-type]
        wanted.append(grade or ("ELLIPSIS" if block else "EXACT"))
    report = checked(opened, quoted)
    found = {name: one.grade for name, one in zip(CUTS, report.findings, strict=True)}
    assert found == dict(zip(CUTS, wanted, strict=True)), report.findings
    assert [one.id for one in report.findings] == [one.reference for one in quoted]


# -- years later


def renamed(seeds: Path) -> None:
    for name in ("en/visit", "ru/vizit", "zh/fangwen"):
        old = seeds / f"{name}.md"
        text = old.read_text("utf-8").replace(f"id: {name}", f"id: archive/{name}-2")
        (seeds / f"{name}-renamed.md").write_text(text, "utf-8")
        old.unlink()


def edited(seeds: Path) -> None:
    for name, (old, new) in {
        "en/visit": ("prevails", "will prevail"),
        "ru/vizit": ("никто не возразил", "никто не спорил"),
        "zh/fangwen": ("社会主义的力量", "社会主义的力气"),
    }.items():
        _replace(seeds / f"{name}.md", old, new)


def edited_beside(seeds: Path) -> None:
    """In the paragraph, but not in the words that are quoted of it."""
    for name, (old, new) in {
        "en/visit": ("nobody spoke", "no one spoke"),
        "ru/vizit": ("три дня", "четыре дня"),
        "zh/fangwen": ("三天", "四天"),
    }.items():
        _replace(seeds / f"{name}.md", old, new)


def inserted_above(seeds: Path) -> None:
    for path in seeds.rglob("*.md"):
        text = path.read_text("utf-8")
        head, text = text.split("---\n\n", 1)
        path.write_text(f"{head}---\n\nNew words: 新的一段, новый абзац.\n\n{text}", "utf-8")


def moved_to_another_file(seeds: Path) -> None:
    for path in list(seeds.rglob("*.md")):
        head, *paragraphs = path.read_text("utf-8").split("\n\n")
        quoted = [one for one in paragraphs if one.startswith(FIRST)]
        path.write_text("\n\n".join([head, *(p for p in paragraphs if p not in quoted)]), "utf-8")
        new = "\n\n".join(["A new beginning.", *quoted])
        path.with_name(f"moved-{path.name}").write_text(new, "utf-8")


def deleted(seeds: Path) -> None:
    for path in list(seeds.rglob("*.md")):
        head, *paragraphs = path.read_text("utf-8").split("\n\n")
        kept = [one for one in paragraphs if not one.startswith(FIRST)]
        path.write_text("\n\n".join([head, *kept]), "utf-8")


def files_deleted(seeds: Path) -> None:
    for path in list(seeds.rglob("*.md")):
        path.unlink()
    (seeds / "other.md").write_text("Something else altogether is written here now.\n", "utf-8")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


FIRST = ("The chairman said", "В речи было сказано", "他说：")
WHOLE = ("en/visit#2", "ru/vizit#1", "zh/fangwen#1")
PARTS = {"en/visit#3": "1", "ru/vizit#2": "3", "zh/fangwen#2": "2"}
"""Sentences of paragraphs that are edited elsewhere."""
LATER = {
    "renamed": (renamed, "MOVED", "EXACT", "archive/en/visit-2#2"),
    "edited": (edited, "CHANGED", "NEAR", "en/visit#2"),
    "inserted above": (inserted_above, "MOVED", "EXACT", "en/visit#3"),
    "moved to another file": (moved_to_another_file, "MOVED", "EXACT", "en/moved-visit#2"),
    "deleted": (deleted, "NOT-FOUND", "NOT-FOUND", None),
    "files deleted": (files_deleted, "NOT-FOUND", "NOT-FOUND", None),
}
"""What happens to the sources, what `check` says by the reference, what it can say without one
(a plain draft carries none), and where it finds the English words."""


@pytest.fixture(scope="module")
def later(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Library]:
    """The library after something happened to its sources."""
    made: dict[str, Library] = {}

    def after(what: str) -> Library:
        if what not in made:
            copy = tmp_path_factory.mktemp("later") / "library"
            shutil.copytree(root, copy)
            happen = edited_beside if what == "edited beside" else LATER[what][0]
            happen(copy / "seeds")
            made[what] = Library.at(copy)
            made[what].index()
        return made[what]

    return after


def grades(found: CheckReport) -> list[str]:
    return [one.grade for one in found.findings]


@pytest.mark.parametrize("what", LATER)
@pytest.mark.parametrize(("style", "block"), EVERY_WAY)
def test_what_became_of_the_source_is_said(
    opened: Library, later: Callable[[str], Library], style: str, block: bool, what: str
) -> None:
    _, by_reference, by_words, place = LATER[what]
    quoted = opened.quote(*WHOLE, style=style, block=block, update=False)  # type: ignore[arg-type]
    report = checked(later(what), quoted)
    wanted = by_words if style == "plain" else by_reference
    assert grades(report) == [wanted] * 3, report.findings
    if place is not None:
        assert next((one.id or "").partition("@")[0] for one in report.findings) == place
    if what == "edited":
        assert all(_marks_the_word(one) for one in report.findings), report.findings


def _marks_the_word(one: Finding) -> bool:
    """Whether what differs is marked on both sides, and nothing else is."""
    mine = [one.text[start:end] for start, end in one.changed]
    theirs = [one.found[start:end] for start, end in one.found_changed]
    return (mine, theirs) in (
        (["prevails"], ["will prevail"]),
        (["возразил"], ["спорил"]),
        (["量"], ["气"]),
    )


@pytest.mark.parametrize(("style", "block"), EVERY_WAY)
def test_a_paragraph_edited_beside_the_words_has_changed(
    opened: Library, later: Callable[[str], Library], style: str, block: bool
) -> None:
    quoted = [
        *(
            opened.quote(asked, style=style, block=block, update=False, sentence=[n])[0]  # type: ignore[arg-type]
            for asked, n in PARTS.items()
        )
    ]
    report = checked(later("edited beside"), quoted)
    assert grades(report) == ["EXACT" if style == "plain" else "CHANGED"] * 3
    assert all(one.likeness == 1 and one.text for one in report.findings)


def test_the_reference_of_a_deleted_paragraph_is_said_with_the_draft(
    opened: Library, later: Callable[[str], Library]
) -> None:
    quoted = opened.quote("en/visit#2", update=False)
    (one,) = checked(later("files deleted"), quoted).findings
    assert (one.cited, one.id, one.document) == (quoted[0].reference, None, None)
