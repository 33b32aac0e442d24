"""Libraries that are small enough to know by heart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PRESS = {
    "xinhua/visit.md": (
        "---\ntitle: 习近平访问莫斯科\nauthor: Wang Wei\npublisher: Xinhua\ndate: 2023-03-21\n"
        "lang: zh\ntags: [summit, energy]\n---\n\n"
        "普京和习近平在莫斯科会晤，讨论天然气合作。\n\n两国同意扩大贸易。\n"
    ),
    "kremlin/statement.md": (
        "---\ntitle: Заявление для прессы\nauthor: Дмитрий Песков\npublisher: Kremlin\n"
        "date: 2023-03\ntags: summit\nvolume: 12\nurl: https://example.org/statement\n---\n\n"
        "Путина встретили в аэропорту. Стороны подписали заявление.\n\n"
        "# Газ\n\nРоссийский газ идёт в Китай по трубопроводам.\n"
    ),
    "carnegie/pact.md": (
        "---\ntitle: A pact without an alliance\nauthor: [Alexander Gabuev, Ann Lee]\n"
        "publisher: Carnegie\ndate: 2022\ntags: alliance, treaty\n---\n\n"
        "The alliance of 1950 was an alliance on paper.\n\n"
        "## Pipes\n\nGas flows through the pipelines; the “no limits” words are no treaty.\n\n"
        "Allies sign treaties. Partners sign contracts.\n"
    ),
    "notes.txt": "Notes of May 1987 on trade and gas.\n\nThe alliance is not mentioned again.\n",
}
"""A library of four documents in three languages, small enough to know by heart."""


def make_library(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """A library in `root` with these files below its seeds/."""
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = root / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root
