"""The examples of docs/python.md, run as one doctest in a library of their own."""

from __future__ import annotations

import doctest

import pytest
from support.docs_pages import DOCS, Sandbox, blocks

PAGE = DOCS / "python.md"


def test_examples_give_what_the_page_says(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sandbox.library)
    parser, said = doctest.DocTestParser(), []
    test = parser.get_doctest(PAGE.read_text("utf-8"), {}, PAGE.name, str(PAGE), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    result = runner.run(test, out=said.append)
    assert not result.failed, "".join(said)
    assert result.attempted > 40


def test_every_block_is_closed_by_an_empty_line() -> None:
    """Doctest takes the fence for output otherwise."""
    for block in blocks(PAGE):
        if block.info == "python":
            assert block.lines[0].startswith(">>> ")
            assert block.lines[-1] == ""
