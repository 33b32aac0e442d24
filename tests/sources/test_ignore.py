"""What patterns exclude; git is the oracle."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.files import Tree
from sinorus.sources.ignore import (
    LONGEST,
    MOST,
    BadPattern,
    Chain,
    Rules,
    excluded,
    parse,
    patterns_of,
)
from sinorus.sources.walk import Selection, walk

TREE = (
    *("a.md", "b.bak.md", "Templates/t.md", "x/Templates/u.md", "x/y/z.md", "x/y/z/deep.md"),
    *("x/keep/a.md", "x/#odd.md", "x/!bang.md", "x/sp ace.md", "x/b*r.md", "foo/a.md"),
    *("foo/b/c/d.md",),
    *("foo/b/a.md", "abc/d1.md", "abc/d2x.md", "abc/dD.md", "中/国.md", "z.md/inner.md"),
    *("x/[q].md",),
)  # fmt: skip


def taken_by_git(tmp_path: Path, files: Sequence[str], ignores: Mapping[str, str]) -> list[str]:
    root = tmp_path / "git"
    if root.exists():
        shutil.rmtree(root)
    fill(root, files, ignores, ".gitignore")
    git = ["git", "-c", "core.quotepath=off", "-c", "init.defaultBranch=main", "-C", str(root)]
    subprocess.run([*git, "init", "-q"], check=True)
    listed = [*git, "ls-files", "-z", "--others", "--exclude-standard", "seeds"]
    said = subprocess.run(listed, check=True, capture_output=True, text=True).stdout
    return sorted(path for path in said.split("\0") if path and "/." not in path)


def taken(tmp_path: Path, files: Sequence[str], ignores: Mapping[str, str]) -> list[str]:
    root = tmp_path / "library"
    if root.exists():
        shutil.rmtree(root)
    fill(root, files, ignores, ".sinorusignore")
    return [entry.path for entry in walk(Tree(str(root)), ["seeds"]).entries]


def fill(root: Path, files: Sequence[str], ignores: Mapping[str, str], name: str) -> None:
    for path in files:
        (root / "seeds" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "seeds" / path).write_text("Text.")
    for folder, text in ignores.items():
        (root / folder / name).write_text(text)


@pytest.mark.parametrize(
    "text",
    [
        *("*.bak.md", "Templates/", "/seeds/Templates/", "Templates", "z.md/", "z.md"),
        *("*\n!*/\n!*.md", "*.md\n!a.md", "x/**\n!x/keep/", "foo/**", "foo/*\n!foo/b"),
        *("foo/**/a.md",),
        *("**/y/**", "seeds/**/z", "/a.md", "seeds/a.md", "seeds/*/a.md", "seeds/x/*/z.md", "**"),
        *("\\#odd.md", "\\!bang.md", "sp ace.md  ", "b\\*r.md", "d[0-9].md", "d[!0-9]*.md"),
        *("d[^0-9].md",),
        *("d[[:digit:]].md", "d[[:upper:]].md", "[]a].md", "\\[q\\].md", "d?.md", "国.md", "中"),
        *("d[2-1].md",),
        *("# comment\n\n  \n", "a.md\n!a.md\na.md", "seeds/**/", "foo/**/", "!seeds/a.md"),
        *("seeds/x/y/", "**/a.md"),
        *("x//y", "**foo/a.md", "fo**o", "seeds/***/z.md", "a.md\r\n", "seeds/foo/b/**/d.md"),
        *("/*/x/",),
    ],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["", "seeds"])
def test_patterns_exclude_what_git_would(tmp_path: Path, folder: str, text: str) -> None:
    ignores = {folder: text}
    assert taken(tmp_path, TREE, ignores) == taken_by_git(tmp_path, TREE, ignores)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("*.md", "!a.md"),
        ("*.md", "!keep/"),
        ("x/", "!*"),
        ("!a.md", "*.md"),
        ("/seeds/x/keep/", "!keep"),
        ("keep", "/keep/\n!/keep/a.md"),
    ],
)
def test_the_nearest_file_decides_as_with_git(tmp_path: Path, above: str, below: str) -> None:
    ignores = {"": above, "seeds/x": below}
    assert taken(tmp_path, TREE, ignores) == taken_by_git(tmp_path, TREE, ignores)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from([*"ab/*?!", "**", "/**/", "[ab]", "[!a]", "b.md", " "]), max_size=6
        ),
        max_size=4,
    )
)
def test_any_patterns_exclude_what_git_would(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    tmp_path = tmp_path_factory.mktemp("any")
    files = ["a/b/b.md", "a/ab.md", "b/a/a/b.md", "aa/bb.md", "b.md"]
    text = "\n".join("".join(line) for line in lines)
    assert taken(tmp_path, files, {"seeds": text}) == taken_by_git(tmp_path, files, {"seeds": text})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/", "names nothing"),
        ("!/", "names nothing"),
        ("[abc", "[ without ]"),
        ("a\\", "a lone \\"),
        ("[[:greek:]]", "no class of characters"),
        ("a" * (LONGEST + 1), f"more than {LONGEST} characters"),
    ],
)
def test_what_is_no_pattern_is_said_so(line: str, words: str) -> None:
    with pytest.raises(BadPattern) as fault:
        parse(line)
    assert words in str(fault.value)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("a*" * 120 + "b", "a" * 255),
        ("*a" * 100 + "*b", "a" * 255),
        ("**/a/" * 40 + "b", "a/" * 2_000 + "c"),
        ("*/" * 120 + "b", "a/" * 2_000 + "c"),
        ("[a-z]*" * 40 + "1", "a" * 255),
        ("?*" * 120 + "b", "a" * 255),
    ],
)
def test_patterns_made_to_be_slow_are_not(pattern: str, path: str) -> None:
    patterns, faults = patterns_of([pattern])
    assert faults == []
    chain = Chain(Rules("", patterns))
    began = time.process_time()
    assert not excluded(chain, path, folder=False)
    assert time.process_time() - began < 0.5


def test_no_more_patterns_count_than_a_library_may_have() -> None:
    patterns, faults = patterns_of([f"{number}.md" for number in range(MOST + 5)])
    assert len(patterns) == MOST
    ((line, reason),) = faults
    assert (line, "1,000 patterns" in reason) == (MOST + 1, True)


def test_settings_exclude_beside_files_and_a_named_folder_is_always_walked(tmp_path: Path) -> None:
    fill(tmp_path, TREE, {"": "seeds/\n!b.bak.md"}, ".sinorusignore")
    exclude = Rules("", patterns_of(["*.bak.md", "x/", "/seeds/foo"])[0])
    found = walk(Tree(str(tmp_path)), ["seeds"], Selection(exclude))
    paths = [entry.path for entry in found.entries]
    assert "seeds/b.bak.md" in paths
    assert not [path for path in paths if path.startswith(("seeds/x", "seeds/foo"))]


def test_a_file_of_patterns_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    fill(tmp_path, ["a.md", "large/b.md", "out/c.md", "folder/d.md", "in/e.md", "f.md"], {}, "")
    seeds = tmp_path / "seeds"
    (tmp_path.parent / "outside").write_text("*.md")
    (tmp_path / "mine").write_text("e.md")
    (seeds / "large/.sinorusignore").write_text("*.md\n" * 20_000)
    (seeds / "out/.sinorusignore").symlink_to(tmp_path.parent / "outside")
    (seeds / "in/.sinorusignore").symlink_to(tmp_path / "mine")
    (seeds / "folder/.sinorusignore").mkdir()
    (seeds / ".sinorusignore").write_bytes("\ufefff.md\r\n[x\r\n".encode())
    found = walk(Tree(str(tmp_path)), ["seeds"])
    assert [entry.path for entry in found.entries] == [
        f"seeds/{name}.md" for name in ("a", "folder/d", "large/b", "out/c")
    ]
    said = {(fault.path, fault.line): fault.reason for fault in found.faults}
    assert not any(fault.skipped for fault in found.faults)
    assert {place: reason.split(":")[0] for place, reason in said.items()} == {
        ("seeds/.sinorusignore", 2): "'[x' is no pattern",
        ("seeds/folder/.sinorusignore", None): "is not a file",
        ("seeds/large/.sinorusignore", None): "is larger than 64 KiB",
        ("seeds/out/.sinorusignore", None): "a link that leaves the library is not followed",
    }


def test_an_excluded_folder_is_not_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, ["a.md", "closed/b.md"], {"seeds": "closed/"}, ".sinorusignore")
    entered: list[str] = []
    opened = Tree.open_folder
    monkeypatch.setattr(
        Tree, "open_folder", lambda tree, path: [entered.append(path), opened(tree, path)][1]
    )
    walk(Tree(str(tmp_path)), ["seeds"])
    assert set(entered) == {"seeds"}


def test_links_are_left_out_by_their_own_names(tmp_path: Path) -> None:
    fill(tmp_path, ["a.md"], {"seeds": "box/\nlink.md"}, ".sinorusignore")
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/c.md").write_text("Text.")
    (tmp_path / "seeds/box").symlink_to("../archive")
    (tmp_path / "seeds/link.md").symlink_to("../archive/c.md")
    assert [entry.path for entry in walk(Tree(str(tmp_path)), ["seeds"]).entries] == ["seeds/a.md"]


def test_node_modules_are_never_entered(tmp_path: Path) -> None:
    fill(
        tmp_path,
        ["a.md", "node_modules/b.md", "x/node_modules/c.md", "my_node_modules/d.md"],
        {},
        "",
    )
    found = walk(Tree(str(tmp_path)), ["seeds"])
    assert [entry.path for entry in found.entries] == ["seeds/a.md", "seeds/my_node_modules/d.md"]
    assert (found.faults, found.others) == ([], [])
