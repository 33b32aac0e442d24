"""Every command says the same, whether the index is in the library's folder or in a cluster."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from support.cluster import CLUSTER, forget, needs_cluster

if TYPE_CHECKING:
    from support.program import Sinorus

pytestmark = needs_cluster
COMMANDS = [
    ("search", "sanctions"),
    ("search", "Putin", "-n", "all"),
    ("search", "соглашение", "-C", "1"),
    ("search", "西伯利亚", "--kwic"),
    ("search", '"Power of Siberia"', "--no-names", "--format", "csv"),
    ("search", "oil NEAR/5 gas", "-o"),
    ("search", "trade AND NOT yuan", "-l"),
    ("search", "gas pipeline yuan Damansky submarine"),  # no paragraph has all of them
    ("search", "--any", "gas yuan treaty", "-n", "5"),
    ("search", "treaty", "--since", "2020", "--lang", "en", "--sort", "date"),
    ("search", "energy", "--group-by", "publisher", "--max-per-doc", "1"),
    ("search", "nobodyhaseverwrittenthis"),
    ("search", "title:energy", "-c"),
    ("search", "tre*y OR energ~1", "--format", "template:{id} {title}"),
    ("show", "background/energy#3-5"),
    ("show", "background/energy", "--query", "gas"),
    ("show", "nowhere#1"),
    ("compare", "sanctions", "--by", "lang"),
    ("compare", "background/energy", "background/trade-and-currency"),
    ("sources",),
    ("sources", "--lang", "ru", "--format", "csv"),
]


@pytest.fixture
def both(own_seeds: Path, sinorus: Sinorus) -> Iterator[dict[str, str]]:
    """The environment in which the library of the current folder lies in a cluster."""
    name = f"commands-{uuid4().hex[:6]}"
    (own_seeds / "sinorus.toml").write_text(f'library_name = "{name}"\n')
    answer = sinorus("index", "--to", CLUSTER)
    assert (answer.code, answer.err) == (0, "")
    yield {"SINORUS_ENGINE": "opensearch", "SINORUS_URL": CLUSTER}
    forget(name)


def test_every_command_says_the_same(sinorus: Sinorus, both: dict[str, str]) -> None:
    for command in COMMANDS:
        here, there = sinorus(*command), sinorus(*command, env=both)
        assert (there.out, there.code) == (here.out, here.code), command
        # What is asked in all languages may be too many words for a cluster: then that is not said.
        said = [line for line in here.err.splitlines() if "not asked in" not in line]
        assert [line for line in there.err.splitlines() if "not asked in" not in line] == said
        assert set(there.err.splitlines()) <= set(here.err.splitlines()), command


def test_a_copied_library_is_the_same_and_status_says_so(
    own_seeds: Path, sinorus: Sinorus, both: dict[str, str]
) -> None:
    here = sinorus("status", "--json", env={"SINORUS_URL": CLUSTER}).json
    there = sinorus("status", "--json", "--check", env=both).json
    counts = ("documents", "paragraphs", "words", "languages", "missing")
    assert [here[name] for name in counts] == [there[name] for name in counts]
    assert (here["other"]["engine"], there["other"]["engine"]) == ("opensearch", "whoosh")
    for status in (here, there):
        differences = [status["other"][name] for name in ("missing", "extra", "changed")]
        assert differences == [0, 0, 0]
    assert "@" in there["by"]
    assert here["by"] is None
    assert there["damage"] == []
    # A file that changes is no matter of a search: who reads may have no files at all.
    (own_seeds / "seeds/background/new.md").write_text("Something about Damansky.\n")
    before = sinorus("search", "=Damansky", "-c", env=both)
    assert before.err == ""
    assert sinorus("status", "--json", env=both).json["added"] == 1
    answer = sinorus("index", env=both)
    assert answer.out.startswith("1 new, 0 updated, ")
    after = sinorus("search", "=Damansky", "-c", env=both)
    assert int(after.out) == int(before.out) + 1
    assert sinorus("status", "--json", env=both).json["other"]["missing"] == 1


def test_an_empty_folder_empties_no_index_that_others_use(
    sinorus: Sinorus, both: dict[str, str], own_seeds: Path
) -> None:
    for number in range(30):
        (own_seeds / f"seeds/{number}.md").write_text(f"Word {number}.\n")
    assert sinorus("index", env=both).code == 0
    for path in (own_seeds / "seeds").rglob("*.md"):
        path.unlink()
    answer = sinorus("index", env=both)
    assert answer.code == 2
    assert "files in" in answer.err
    assert "it was indexed by" in answer.err
    assert int(sinorus("search", "Damansky", "-c", env=both).out) > 0


def test_settings_name_the_cluster_and_an_option_is_stronger(
    sinorus: Sinorus, both: dict[str, str], own_seeds: Path
) -> None:
    name = (own_seeds / "sinorus.toml").read_text()
    (own_seeds / "sinorus.toml").write_text(f'{name}engine = "opensearch"\nurl = "{CLUSTER}"\n')
    named = {"SINORUS_HOSTS": CLUSTER}  # a library alone may not say whom its user speaks to
    told = json.loads(sinorus("status", "--json", env=named).out)
    assert told["engine"] == "opensearch"
    told = json.loads(sinorus("--engine", "whoosh", "status", "--json", env=named).out)
    assert told["engine"] == "whoosh"
    told = json.loads(sinorus("--engine", f"opensearch+{CLUSTER}", "status", "--json").out)
    assert told["engine"] == "opensearch"
