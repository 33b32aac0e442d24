"""Which kinds of files are read, as their names tell it; what kind an unread file is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sinorus.sources.formats.registry import BY_SUFFIX, is_installed

SUFFIXES = frozenset(BY_SUFFIX)

_SUFFIX = re.compile(r"[A-Za-z0-9]{1,8}")
_NUMBER = re.compile(r"(?!7[zZ]$)[0-9]+[A-Za-z]?")
"""What follows the dot in `1969.03.02` or `No.4b`: a number, and not `7z`."""
_LONG = frozenset(
    {
        *("code-workspace", "crdownload", "excalidraw", "opdownload", "photoslibrary"),
        *("properties", "sqlite-shm", "sqlite-wal", "textclipping", "webarchive", "workspace"),
    }
)
"""Suffixes that are longer than suffixes are, or have other characters."""
PAGES = (".html", ".htm", ".xhtml")
BESIDE_PAGES = (
    *("_files", ".files", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_file", "_pliki"),
    *("_bestanden", "-filer", "_filer", "_soubory", "_tiedostot", "_файлы", "_文件"),
)
"""What the folder of a page that was saved complete is called, behind the name of the page."""


def suffix_of(name: str) -> str:
    """The lower-case suffix of a file name with its dot, or `""`.

    A suffix is one to eight Latin letters and digits. What is a number is none (`1969.03.02`,
    `v1.2`), nor what is longer, has a blank or another script (`Mr. Smith`, `毛泽东.邓小平`):
    those are names of texts. What an editor left behind (`a.md~`, `#a.md#`) has a suffix of its
    own.
    """
    _, dot, suffix = name.rpartition(".")
    if name.endswith("~"):
        return (dot + suffix).lower() if dot else "~"
    if name.startswith("#") and name.endswith("#"):
        return "#"
    if not dot or _NUMBER.fullmatch(suffix):
        return ""
    if _SUFFIX.fullmatch(suffix) or suffix.lower() in _LONG:
        return dot + suffix.lower()
    return ""


def is_text(path: str) -> bool:
    """Whether the name of a file says that it is text, and not one to be converted."""
    suffix = suffix_of(path.rpartition("/")[2])
    return suffix not in BY_SUFFIX or not BY_SUFFIX[suffix].binary


def is_read(suffix: str) -> bool:
    """Whether files of this suffix are read here: a kind may need what is not installed."""
    return suffix in SUFFIXES and is_installed(suffix)


def is_kind_read(name: str) -> bool:
    """Whether a file of this name is of a kind that is read here."""
    return is_read(suffix_of(name))


def extras_for(suffixes: Iterable[str]) -> dict[str, str]:
    """Those of the suffixes that are read once more is installed, with the extra that adds it."""
    return {one: BY_SUFFIX[one].extra for one in suffixes if one in SUFFIXES and not is_read(one)}


def kinds_of(paths: Iterable[str]) -> dict[str, int]:
    """How many files there are of each kind, by suffix, the most frequent first."""
    counts = Counter(suffix_of(path.rpartition("/")[2]) for path in paths)
    return dict(sorted(counts.items(), key=lambda kind: (-kind[1], kind[0])))


def without_parts_of_pages(folders: list[str], files: Iterable[Sequence[Any]]) -> list[str]:
    """The folders but those in which browsers keep what belongs to a page that they save.

    `files` are what lies beside them, each with its path first.
    """
    if not any(path.endswith(BESIDE_PAGES) for path in folders):
        return folders
    pages = [one[0] for one in files if one[0].lower().endswith(PAGES)]
    beside = {page.rpartition(".")[0] + ending for page in pages for ending in BESIDE_PAGES}
    return [path for path in folders if path not in beside]
