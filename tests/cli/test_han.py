"""Chinese on the command line: one script, runs that keep to a sentence, words that rank."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXTS = [
    "成就很大，国家富强。",
    "我们是发展中国家。",
    "中国是一个大国，扩大国内需求。",
    "海外華人。人權。",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("han")
    (root / "seeds").mkdir()
    (root / "seeds" / "a.md").write_text("\n\n".join(TEXTS), encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sinorus", "--library", str(root), "search", "--no-names"]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *(("大国", ["a#3"]), ('"大国"', ["a#3", "a#1"]), ("很大，国家", ["a#1"])),
        *(("人权", ["a#4"]), ("人權", ["a#4"]), ("华人", ["a#4"])),
        *(("中国", ["a#3", "a#2"]), ("中國", ["a#3", "a#2"])),
    ],
)
def test_a_run_finds(root: Path, query: str, found: list[str]) -> None:
    done = run(root, "--json", query)
    assert [hit["id"] for hit in json.loads(done.stdout)["results"]] == found


def test_what_crosses_words_comes_last_and_is_said(root: Path) -> None:
    done = run(root, "--json", "中国")
    assert [hit["crossing"] for hit in json.loads(done.stdout)["results"]] == [False, True]
    assert "1 of these 2: only across the borders of other words" in done.stderr
    page = run(root, "--json", "中国", "-n", "1", "--offset", "1")
    assert [hit["id"] for hit in json.loads(page.stdout)["results"]] == ["a#2"]
    shown = run(root, "--format", "rich", "中国")
    lines = shown.stdout.splitlines()
    (said,) = (at for at, line in enumerate(lines) if line.startswith("from here on only across"))
    assert any("一个大国" in line for line in lines[:said])
    assert any("发展中国家" in line for line in lines[said:])
    assert "only across" not in shown.stderr
