"""Bringing a user's own file into the library, with what can be known of it written on top."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sinorus.errors import SinorusError
from sinorus.sources.dates import dates_in
from sinorus.sources.decode import decode
from sinorus.sources.language import detect_language
from sinorus.sources.lines import with_line_feeds
from sinorus.sources.markdown import first_title
from sinorus.sources.metadata import split_metadata
from sinorus.sources.walk import MARKDOWN_SUFFIXES, SUFFIXES, suffix_of

_FIRST_LINES = 12
_URL = re.compile(r"https?://[^\s<>\"'\[\]()（）«»“”，。]+")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Added:
    """A file that is in the library now.

    `path` is relative to the library; `fields` are those that were written on top of it, empty
    if it had a front matter of its own; `encoding` is what it was in before.
    """

    path: str
    fields: Mapping[str, str]
    encoding: str


def known_fields(path: str, text: str) -> dict[str, str]:
    """The fields that the file's name and text leave no doubt about; empty if it has its own.

    `title` is a first heading; `date` the one ISO date in the name or the first lines; `url` the
    one web address in the first lines; `lang` the script's.
    """
    metadata = split_metadata(text, path)
    if metadata.fields or metadata.body_line > 1:
        return {}
    name = path.replace(os.sep, "/").rpartition("/")[2]
    lines = metadata.body.split("\n")
    head = "\n".join([line for line in lines if line.strip()][:_FIRST_LINES])
    title = first_title(lines) if suffix_of(name) in MARKDOWN_SUFFIXES else None
    dates = dates_in(name) or dates_in(_URL.sub(" ", head))
    urls = {url.rstrip(".,;:!?") for url in _URL.findall(head)}
    fields = {
        "title": title,
        "date": dates.pop() if len(dates) == 1 else None,
        "url": urls.pop() if len(urls) == 1 else None,
        "lang": detect_language(metadata.body),
    }
    return {key: value for key, value in fields.items() if value}


def front_matter_for(path: str, text: str) -> str:
    """A YAML front matter with what is known of `text`, or `""` if nothing is or it has one."""
    return _front_matter(known_fields(path, text))


def add_source(root: str, folder: str, file: str) -> Added:
    """The copy of `file` in `folder` of the library `root`, as UTF-8 with front matter.

    It is there whole or not at all, and a file that is there already is never overwritten: the
    same text again is no fault, another text under the same name is a `SinorusError`, as is a
    file that cannot be read as text.
    """
    source = Path(file)
    name = source.name
    if suffix_of(name) not in SUFFIXES or name.startswith("."):
        raise SinorusError(
            f"{file}: not a text file sinorus reads", "save it as .md or .txt and add that"
        )
    target = Path(root, folder, name)
    try:
        raw = source.read_bytes()
        if target.exists() and target.samefile(source):
            raise SinorusError(f"{file}: is in the library already")
        decoded = decode(raw)
    except OSError as error:
        raise SinorusError(f"{file}: {(error.strerror or 'cannot be read').lower()}") from None
    text = with_line_feeds(decoded.text)
    if not split_metadata(text, file).body.strip():
        raise SinorusError(f"{file}: the file has no text")
    fields = known_fields(name, text)
    content = (_front_matter(fields) + text).encode("utf-8", "replace")
    try:
        _place(content, target)
    except OSError as error:
        raise SinorusError(f"{target}: {(error.strerror or 'cannot be written').lower()}") from None
    path = os.path.normpath(os.path.join(folder, name)).replace(os.sep, "/")  # noqa: PTH118
    return Added(path, fields, decoded.encoding)


def _front_matter(fields: Mapping[str, str]) -> str:
    if not fields:
        return ""
    # Dates and languages need no quotes; a title may be `null` or hold a colon.
    lines = [
        f"{key}: {value if key in {'date', 'lang'} else _quoted(value)}"
        for key, value in fields.items()
    ]
    return "\n".join(["---", *lines, "---", "", ""])


def _quoted(value: str) -> str:
    """A value as a quoted YAML scalar, which JSON's strings are but for a few characters."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _place(content: bytes, target: Path) -> None:
    """Write `content` under the name of `target`, unless something else has that name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # The leading dot hides the unfinished file from an index run.
    handle, unfinished = tempfile.mkstemp(prefix=".adding-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        Path(unfinished).chmod(0o644)
        _name(Path(unfinished), target)
    except FileExistsError:
        if not target.is_file() or target.read_bytes() != content:
            message = f"{target}: another file of this name is in the library"
            raise SinorusError(message, "rename yours and add it again") from None
    finally:
        Path(unfinished).unlink(missing_ok=True)


def _name(unfinished: Path, target: Path) -> None:
    """Give the finished file its name; raises `FileExistsError` if that is taken."""
    try:
        os.link(unfinished, target)  # unlike a rename, fails if the name is taken
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError from None
        unfinished.replace(target)
