"""Bringing a user's own file into the library, with what can be known of it written on top."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import closing

from sinorus.errors import SinorusError
from sinorus.files import Folder, LeadsOut, Tree, read_regular
from sinorus.model import Added
from sinorus.sources.decode import decode
from sinorus.sources.formats.lines import with_line_feeds
from sinorus.sources.formats.markdown import markdown_blocks
from sinorus.sources.formats.registry import MARKDOWN, format_of
from sinorus.sources.kinds import is_kind_read, suffix_of
from sinorus.sources.language import detect_language
from sinorus.sources.metadata import split_metadata
from sinorus.sources.read import LARGEST
from sinorus.text.dates import dates_in

_FIRST_LINES = 12
_URL = re.compile(r"https?://[^\s<>\"'\[\]()（）«»“”，。]+")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def known_fields(path: str, text: str) -> dict[str, str]:
    """The fields that the file's name and text leave no doubt about; empty if it has its own.

    `title` is a first heading; `date` the one ISO date in the name or the first lines; `url` the
    one web address in the first lines; `lang` the script's. Nothing is said on top of a file whose
    kind has no front matter.
    """
    name = path.replace(os.sep, "/").rpartition("/")[2]
    kind = format_of(suffix_of(name), text)
    if not kind.front_matter:
        return {}
    metadata = split_metadata(text, path)
    if metadata.fields or metadata.body_line > 1:
        return {}
    lines = metadata.body.split("\n")
    head = "\n".join([line for line in lines if line.strip()][:_FIRST_LINES])
    title = _first_heading(metadata.body) if kind is MARKDOWN else None
    dates = dates_in(name) or dates_in(_URL.sub(" ", head))
    urls = {url.rstrip(".,;:!?") for url in _URL.findall(head)}
    fields = {
        "title": title,
        "date": dates.pop() if len(dates) == 1 else None,
        "url": urls.pop() if len(urls) == 1 else None,
        "lang": detect_language(metadata.body),
    }
    return {key: value for key, value in fields.items() if value}


def _first_heading(body: str) -> str | None:
    blocks = markdown_blocks(with_line_feeds(body), 1)
    found = next((block.text for block in blocks if block.kind == "heading"), None)
    return " ".join(found.split()) if found else None


def front_matter_for(path: str, text: str) -> str:
    """A YAML front matter with what is known of `text`, or `""` if nothing is or it has one."""
    return _front_matter(known_fields(path, text))


def add_source(tree: Tree, folder: str, file: str) -> Added:
    """The copy of `file` in `folder` of a library, as UTF-8 with front matter.

    It is there whole or not at all, and a file that is there already is never overwritten: the
    same text again is no fault, another text under the same name is a `SinorusError`, as is a
    file that cannot be read as text, and a folder that leads out of the library.
    """
    name = os.path.basename(file)
    if not is_kind_read(name) or name.startswith("."):
        raise SinorusError(
            f"{file}: not a text file sinorus reads", "save it as .md or .txt and add that"
        )
    try:
        text, encoding = _read_text(file)
    except OSError as error:
        raise SinorusError(f"{file}: {(error.strerror or 'cannot be read').lower()}") from None
    fields = known_fields(name, text)
    content = (_front_matter(fields) + text).encode("utf-8", "replace")
    path = os.path.normpath(os.path.join(folder, name))
    target = os.path.join(tree.root, path)
    try:
        with closing(_made(tree, tree.locate(folder))) as there:
            if there.has(name) and os.path.samestat(there.stat(name), os.stat(file)):
                raise SinorusError(f"{file}: is in the library already")
            _place(content, there, name, target)
    except LeadsOut:
        raise SinorusError(
            f"{os.path.join(tree.root, folder)} leads out of the library",
            "name where it leads in `trusted` of your own config.toml if it may be written",
        ) from None
    except OSError as error:
        raise SinorusError(f"{target}: {(error.strerror or 'cannot be written').lower()}") from None
    return Added(path, fields, encoding)


def _read_text(file: str) -> tuple[str, str]:
    """The text of a user's file and its encoding. Raises SinorusError if it has none, OSError."""
    decoded = decode(read_regular(file, LARGEST))
    text = with_line_feeds(decoded.text)
    if not split_metadata(text, file).body.strip():
        raise SinorusError(f"{file}: the file has no text")
    return text, decoded.encoding


def _made(tree: Tree, path: str) -> Folder:
    """A folder of the library, made with those above it where they are not there."""
    above = os.path.dirname(path)
    if above and above != path:
        _made(tree, above).close()
    return tree.make_folder(path) if path not in ("", "/") else tree.folder(path)


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


def _place(content: bytes, folder: Folder, name: str, shown: str) -> None:
    """Writes `content` under a name in a folder, unless something else has that name."""
    unfinished = f".adding-{os.urandom(8).hex()}"  # the dot hides it from an index run
    try:
        with open(folder.create(unfinished), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _name(folder, unfinished, name)
    except FileExistsError:
        message = f"{shown}: another file of this name is in the library"
        try:
            same = folder.read(name, LARGEST) == content
        except OSError:
            same = False
        if not same:
            raise SinorusError(message, "rename yours and add it again") from None
    finally:
        folder.remove(unfinished)


def _name(folder: Folder, unfinished: str, name: str) -> None:
    """Gives the finished file its name; raises `FileExistsError` if that is taken."""
    here = folder.handle
    try:
        # Unlike a rename, this fails if the name is taken.
        os.link(unfinished, name, src_dir_fd=here, dst_dir_fd=here, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if folder.has(name):
            raise FileExistsError from None
        os.rename(unfinished, name, src_dir_fd=here, dst_dir_fd=here)
