"""Relative links between pages lead to files and headings that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.docs_pages import DOCS, PAGES

LINK = re.compile(r"(?<!\!)\[[^\]\[]*\]\(([^()\s]+)\)")
FENCED = re.compile(r"^(`{3,}).*?^\1\s*$", re.MULTILINE | re.DOTALL)
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))


def prose(page: Path) -> str:
    return re.sub(r"`[^`\n]+`", "code", FENCED.sub("", page.read_text("utf-8")))


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    text = FENCED.sub("", page.read_text("utf-8"))
    headings = re.findall(r"^#{1,6}\s+(.*?)\s*$", text, re.MULTILINE)
    bare = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in bare}


@pytest.mark.parametrize("page", [*PAGES, *DECISIONS], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken: list[str] = []
    for link in LINK.findall(prose(page)):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (page.parent / target).resolve() if target else page
        missing = not file.exists() or (anchor and anchor not in anchors(file))
        broken += [link] if missing else []
    assert not broken


def test_every_page_is_linked_from_another() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in LINK.findall(prose(page))
    }
    pages = {page for page in PAGES if page.parent == DOCS}
    assert not pages - linked
