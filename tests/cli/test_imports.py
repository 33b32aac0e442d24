"""A command pays for what it uses: the modules that a process of it loads."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from support.program import Sinorus

HEAVY = (
    *("opensearchpy", "urllib3", "rich", "textual", "frontmatter", "yaml", "charset_normalizer"),
    *("mcp", "mcp_types", "pydantic", "anyio"),
    "numpy",
)


def test_a_search_of_the_embedded_index_loads_nothing_of_a_cluster(
    seeds: Path, sinorus: Sinorus
) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sinorus", "search", "treaty", "--no-notices"],
        cwd=seeds,
        env=sinorus.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "sinorus.engines.whoosh.segment.reader" in loaded
    assert not loaded & set(HEAVY)
