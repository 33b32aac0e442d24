"""The site builds from the pages without a warning, and a broken link is one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from support.docs_pages import DOCS, PAGES, ROOT


def build(source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """Makes the site as `just site` does, but outside the repository."""
    arguments = ["-W", "--keep-going", "-n", "-q", "-d", target / "doctrees", "-c", source / "docs"]
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *arguments, source, target / "site"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_it_has_every_page_and_fetches_nothing_from_other_hosts(tmp_path: Path) -> None:
    done = build(ROOT, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    site = tmp_path / "site"
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "bench" / "README.md"]
    expected = {page.relative_to(ROOT).with_suffix(".html") for page in pages}
    found = {page.relative_to(site) for page in site.rglob("*.html")}
    assert found == expected | {Path("index.html"), Path("search.html")}
    assert "a library of sources" in (site / "index.html").read_text("utf-8")
    loaded = re.compile(r"<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)=\"(?:https?:)?//")
    for page in site.rglob("*.html"):
        assert not loaded.search(page.read_text("utf-8")), page
    for style in site.rglob("*.css"):
        text = style.read_text("utf-8")
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", text), style


def test_what_is_broken_ends_the_build(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "docs").mkdir(parents=True)
    shutil.copy(DOCS / "conf.py", source / "docs")
    (source / "README.md").write_text(
        "# Home\n\n[a](docs/no-page.md) [b](#no-anchor) [c](docs/alone.md#no-heading) [d](docs)\n\n"
        "![e](no-picture.svg)\n"
    )
    (source / "docs" / "alone.md").write_text("# In no navigation\n")
    done = build(source, tmp_path)
    assert done.returncode == 1
    for target in ("docs/no-page.md", "no-anchor", "docs"):
        assert f"target not found: '{target}'" in done.stderr, done.stderr
    assert "local id not found in doc 'docs/alone': 'no-heading'" in done.stderr
    assert "image file not readable: no-picture.svg" in done.stderr
    assert re.search(r"alone.md: WARNING: document isn't included in any toctree", done.stderr)


def test_the_readme_names_every_page() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for page in {*PAGES, *ROOT.glob("*.md")} - {ROOT / "README.md"}:
        assert f"]({page.relative_to(ROOT)})" in text, page


def test_the_list_of_decisions_has_each_with_its_title_and_fate() -> None:
    rows = []
    for page in sorted((DOCS / "decisions").glob("0*.md")):
        text = page.read_text("utf-8")
        title = re.match(r"# (\d+)\. (.+)\n", text)
        assert title, page
        overruled = re.search(r"^\*Overruled by \[(\d+)\]", text, re.MULTILINE)
        fate = f" overruled by {overruled[1]}" if overruled else ""
        rows.append(f"| {title[1]} | [{title[2]}]({page.name}) |{fate} |")
    listed = (DOCS / "decisions" / "README.md").read_text("utf-8").splitlines()
    assert [line for line in listed if re.match(r"\| \d", line)] == rows
