"""`sinorus add` as a process: files of all kinds, folders, standard input, Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus

RTF = (
    rb"{\rtf1\ansi{\info{\title An island}{\author P. Orlov}}"
    rb"A zebra {\b stands} on the island.\par * It is {\i not} a list.\par}"
)


@pytest.fixture
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the library."""
    return tmp_path_factory.mktemp("box")


def test_a_file_that_is_no_text_keeps_its_bytes_and_gets_a_sidecar(
    library: MakeLibrary, sinorus: Sinorus, box: Path
) -> None:
    root = library({})
    (box / "island.rtf").write_bytes(RTF)
    first = sinorus("add", str(box / "island.rtf"))
    assert first.out == "seeds/island.rtf (title: An island, author: P. Orlov)\n"
    assert (root / "seeds/island.rtf").read_bytes() == RTF
    sidecar = root / "seeds/island.rtf.yaml"
    lines = sidecar.read_text("utf-8").splitlines()
    assert lines[1:3] == ['title: "An island"', 'author: ["P. Orlov"]']
    assert {"# publisher:", "# date:", "# url:", "# lang:"} <= set(lines)
    sidecar.write_text("title: Mine\n", "utf-8")
    assert sinorus("add", str(box / "island.rtf")).code == 0
    assert sidecar.read_text("utf-8") == "title: Mine\n"
    assert sinorus("search", "zebra", "--format", "template:{title}").lines == ["Mine"]
    (box / "island.rtf").write_bytes(RTF.replace(b"zebra", b"gnu"))
    second = sinorus("add", str(box / "island.rtf"))
    assert (second.code, second.out) == (2, "")
    assert "another file of this name is in the library" in second.err


def test_a_folder_keeps_its_tree(library: MakeLibrary, sinorus: Sinorus, box: Path) -> None:
    root = library({})
    for name, raw in {
        "col/a.md": b"# A\n\nA zebra.\n",
        "col/deep/b.rtf": RTF,
        "col/deep/b.rtf.yaml": b"title: B\n",
        "col/deep/c.png": b"\x89PNG",
        "col/.git/d.md": b"No.\n",
        "col/empty.txt": b" \n",
    }.items():
        (box / name).parent.mkdir(parents=True, exist_ok=True)
        (box / name).write_bytes(raw)
    answer = sinorus("add", "--to", "seeds", str(box / "col"))
    assert [line.partition(" ")[0] for line in answer.lines] == [
        "seeds/col/a.md",
        "seeds/col/deep/b.rtf.yaml",
        "seeds/col/deep/b.rtf",
    ]
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "empty.txt: the file has no text" in answer.err
    assert (root / "seeds/col/deep/b.rtf.yaml").read_text("utf-8") == "title: B\n"
    assert sinorus("add", str(box / "col")).out == answer.out
    assert sorted(sinorus("search", "zebra", "-l").lines) == [
        "seeds/col/a.md",
        "seeds/col/deep/b.rtf",
    ]


def test_standard_input(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({})
    text = "# The zebra: a life\n\nIt has a [link](https://example.org).\n"
    first = sinorus("add", "-", stdin=text)
    assert first.out == "seeds/The-zebra-a-life.md (title: The zebra: a life, lang: en)\n"
    assert sinorus("add", "-", stdin=text).out == first.out
    assert sinorus("add", "-", "--name", "z.txt", stdin="A zebra.").out.startswith("seeds/z.txt")
    assert "is no name for a file" in sinorus("add", "-", "--name", "..", stdin="A zebra.").err
    assert sinorus("add", "-", "--name", "../../x.md", stdin="A zebra.").out.startswith(
        "seeds/x.md"
    )
    assert sinorus("add", "-", stdin=" ").code == 2
    assert {path.name for path in root.iterdir()} <= {"seeds", "index", "sinorus.toml"}


def test_an_address_is_not_fetched(library: MakeLibrary, sinorus: Sinorus) -> None:
    library({})
    answer = sinorus("add", "https://example.org/a.html")
    assert answer.code == 2
    assert "sinorus fetches nothing" in answer.err


def test_as_markdown_is_read_back_as_it_was(
    library: MakeLibrary, sinorus: Sinorus, box: Path
) -> None:
    root = library({"x/island.rtf": RTF})
    (box / "island.rtf").write_bytes(RTF)
    assert sinorus("add", "--as-markdown", str(box / "island.rtf")).code == 0
    assert sinorus("add", "--as-markdown", str(box / "island.rtf")).code == 0
    text = (root / "seeds/island.md").read_text("utf-8")
    assert text.startswith('---\ntitle: "An island"\nauthor: ["P. Orlov"]\n')
    assert "A zebra **stands** on the island." in text
    shown = [
        sinorus("show", name, "--json").json["results"] for name in ("seeds/island.md", "x/island")
    ]
    texts = [[(one["kind"], one["text"]) for one in found] for found in shown]
    assert texts[0] == texts[1]
    assert texts[0][1] == ("text", "* It is not a list.")
