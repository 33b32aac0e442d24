"""Makes a site of the pages: `python -m sphinx -W -n -c docs . build/site` (decision 18).

The root of the repository is the source, so that a link works here as it does on a forge.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pygments.lexers.special import TextLexer

from sinorus import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "sinorus"
copyright = "2026, The sinorus authors"  # noqa: A001 - the name is Sphinx's
version = release = __version__
root_doc = "README"
include_patterns = ["*.md", "docs/**.md", "bench/README.md"]
exclude_patterns = [".*", "build", "dist", "index", "seeds", "sinorus", "tests"]
extensions = ["myst_parser"]
myst_heading_anchors = 6

html_theme = "furo"
html_title = f"sinorus {__version__}"
html_copy_source = False
html_use_index = False

NAVIGATION = {
    "Using it": "query-language output configuration documents writing check marks commands "
    "cookbook editors pick assistants python",
    "Large libraries": "performance cluster",
    "How it is built": "/ARCHITECTURE decisions/README index-format /bench/README",
    "The project": "/SECURITY /CONTRIBUTING /CHANGELOG",
}
"""The pages beside each text, under their headings; those that begin with / are not in docs/."""


def tree(pages: list[str], *options: str) -> str:
    """A directive that puts pages into the navigation and prints nothing where it stands."""
    return "\n".join(["", "```{toctree}", ":hidden:", *options, "", *pages, "```", ""])


def navigate(app: Sphinx, page: str, source: list[str]) -> None:
    """Adds the navigation to the pages that have it: on a forge it would be noise in them."""
    if page == root_doc:
        for heading, names in NAVIGATION.items():
            pages = [name if name.startswith("/") else f"docs/{name}" for name in names.split()]
            source[0] += tree(pages, f":caption: {heading}")
    elif page == "docs/decisions/README":
        source[0] += tree(["0*"], ":glob:")


def open_with_readme(app: Sphinx, fault: Exception | None) -> None:
    """Makes the README the page that a server shows first."""
    if fault is None and app.builder.format == "html":
        first = Path(app.outdir) / "README.html"
        (first.parent / "index.html").write_bytes(first.read_bytes())


def setup(app: Sphinx) -> None:
    """Tells Sphinx of these additions."""
    for fence in ("bytes", "seed", "session"):  # of pages whose blocks the tests read
        app.add_lexer(fence, TextLexer)
    app.connect("source-read", navigate)
    app.connect("build-finished", open_with_readme)
