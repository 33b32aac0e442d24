"""Every command in the pages prints what the page says it prints. See docs_pages for how."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.docs_pages import ANY, PAGES, Sandbox, agrees, consoles, examples, runnable

MOST_UNCHECKED = 4
"""Console blocks that nothing checks, in all pages together."""
WITH_EXAMPLES = [page for page in PAGES if consoles(page)]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_page_shows_what_the_program_prints(page: Path, sandbox: Sandbox) -> None:
    wrong: list[str] = []
    for block in consoles(page):
        if "no-check" in block.info or not runnable(block):
            continue
        for example in examples(block):
            actual = sandbox.run(example.command)
            expected = tuple(line.rstrip() for line in example.expected)
            if not agrees(expected, actual):
                place = f"{page.name}:{example.line}: $ {example.command}"
                wrong.append("\n".join([place, "page:", *expected, "program:", *actual]))
    assert not wrong, "\n\n".join(wrong)


def test_few_blocks_are_unchecked_and_each_says_why() -> None:
    unchecked = [b for page in PAGES for b in consoles(page) if b.info != "console"]
    assert all(block.info == "console no-check" for block in unchecked)
    assert len(unchecked) <= MOST_UNCHECKED
    for block in unchecked:
        assert block.above.startswith("<!-- no-check: "), f"{block.page.name}:{block.line}"


def test_every_guide_has_examples() -> None:
    without = {page.name for page in PAGES} - {page.name for page in WITH_EXAMPLES}
    guides = {"query-language.md", "output.md", "configuration.md", "cookbook.md", "editors.md"}
    assert not without & (guides | {"pick.md"})


@pytest.mark.parametrize(
    ("expected", "actual", "result"),
    [
        (("a", "b"), ["a", "b"], True),
        (("a",), ["a", "b"], False),
        ((), ["a"], False),
        (("a", ANY), ["a"], True),
        (("a", ANY, "c"), ["a", "b", "b", "c"], True),
        ((ANY, "c"), ["a", "b"], False),
        ((ANY, "b", ANY, "b"), ["b", "a", "b"], True),
    ],
)
def test_three_dots_stand_for_any_lines(
    expected: tuple[str, ...], actual: list[str], result: bool
) -> None:
    assert agrees(expected, actual) is result
