"""Bringing a user's own files into the library, with what is known of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from sinorus.errors import SinorusError
from sinorus.files import Folder, LeadsOut, Tree, read_regular
from sinorus.model import Added, Document, Paragraph
from sinorus.sources.beside import SUFFIXES
from sinorus.sources.content import LARGEST, FileContent, digest_of
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.decode import decode
from sinorus.sources.entry import Entry
from sinorus.sources.formats.lines import with_line_feeds
from sinorus.sources.formats.registry import MARKDOWN, binary_format, format_of
from sinorus.sources.kinds import BESIDE_PAGES, PAGES, extras_for, is_kind_read, suffix_of
from sinorus.sources.known import front_matter, known_fields, sidecar_text
from sinorus.sources.metadata import split_metadata
from sinorus.sources.read import read_source
from sinorus.sources.walk import walk

_MOST_OF_A_PAGE = 5_000  # files


class Incoming(NamedTuple):
    """A file to be added: its path below the source folder, its bytes, and where it is now.

    `origin` is empty of what came by standard input.
    """

    path: str
    raw: bytes
    origin: str = ""

    @property
    def shown(self) -> str:
        """What to call it."""
        return self.origin or self.path


def incoming(file: str) -> Iterator[Incoming | SinorusError]:
    """The file at a user's path, or all sources in a folder with their places in it.

    What cannot be read comes as the error that says so.
    """
    if os.path.isdir(file):
        yield from _in_folder(file)
        return
    if file.lower().startswith(("http://", "https://")) and not os.path.exists(file):
        yield SinorusError(
            f"{file}: sinorus fetches nothing", "save the page in the browser and add that file"
        )
        return
    try:
        yield _incoming(os.path.basename(file), file)
    except SinorusError as fault:
        yield fault


def _in_folder(folder: str) -> Iterator[Incoming | SinorusError]:
    root = os.path.abspath(folder)
    with closing(Tree(root)) as tree:
        found = walk(tree, [""])
    base = os.path.basename(root)
    for fault in found.faults:
        yield SinorusError(f"{os.path.join(folder, fault.path)}: {fault.reason}")
    for entry in found.entries:
        for path in (*entry.defaults.beside, entry.path):
            if path in entry.defaults.beside and path.endswith(".md"):
                continue  # which is a source itself
            try:
                yield _incoming(f"{base}/{path}", os.path.join(folder, path))
            except SinorusError as fault:
                yield fault


def _incoming(path: str, file: str) -> Incoming:
    try:
        return Incoming(path, read_regular(file, LARGEST), file)
    except OSError as error:
        raise SinorusError(f"{file}: {(error.strerror or 'cannot be read').lower()}") from None


def named_by_its_text(raw: bytes) -> str:
    """A name for what came without one, by its first heading or line."""
    text = with_line_feeds(decode(raw).text)
    kind = format_of("", text)
    fields = known_fields("text.md" if kind is MARKDOWN else "text.txt", text)
    body = split_metadata(text, "").body.strip()
    first = str(split_metadata(text, "").fields.get("title") or fields.get("title") or "")
    words = "".join(
        sign if sign.isalnum() else " " for sign in (first or body.split("\n")[0])[:80]
    ).split()
    return f"{'-'.join(words)[:60].strip('-') or 'text'}{'.md' if kind is MARKDOWN else '.txt'}"


def add_source(
    place: Conversions, folder: str, one: Incoming, *, as_markdown: bool = False
) -> Added:
    """The copy of a file in `folder` of a library: of a text as UTF-8 with front matter, of any
    other its bytes, with a sidecar beside it; or what it says, once, as Markdown.

    It is there whole or not at all, and a file that is there already is never overwritten: the
    same again is no fault, anything else under the same name is a `SinorusError`, as is a file
    that cannot be read, and a folder that leads out of the library.
    """
    name = os.path.basename(one.path)
    suffix = suffix_of(name)
    if name.lower().endswith(SUFFIXES) and is_kind_read(name.rpartition(".")[0]):
        return _put(place.tree, folder, one, Added(_path(folder, one.path), {}, ""), one.raw)
    if not is_kind_read(name) or name.startswith("."):
        if extra := extras_for([suffix]).get(suffix):
            raise SinorusError(f"{one.shown}: it needs pip install 'sinorus[{extra}]'")
        raise SinorusError(
            f"{one.shown}: not a kind of file that sinorus reads", "save it as .md, .txt or .html"
        )
    if as_markdown and format_of(suffix, "").name not in ("Markdown", "plain text"):
        return _add_as_markdown(place, folder, one)
    if binary_format(suffix, one.raw) is not None:
        return _add_binary(place, folder, one)
    text, encoding = _text_of(one)
    fields = known_fields(name, text)
    content = (front_matter(fields) + text).encode("utf-8", "replace")
    return _put(place.tree, folder, one, Added(_path(folder, one.path), fields, encoding), content)


def _text_of(one: Incoming) -> tuple[str, str]:
    """The text of a user's file and its encoding. Raises SinorusError if it has none."""
    decoded = decode(one.raw)
    text = with_line_feeds(decoded.text)
    if not split_metadata(text, one.path).body.strip():
        raise SinorusError(f"{one.shown}: the file has no text")
    return text, decoded.encoding


def _path(folder: str, path: str) -> str:
    return os.path.normpath(os.path.join(folder, path))


def _reading(
    one: Incoming, entry: Entry, content: FileContent, place: Conversions
) -> tuple[Document, Sequence[Paragraph]]:
    """What is read of a file that is to be added. Raises SinorusError where that is nothing."""
    try:
        place.tree.make_folder("index").close()  # where what was converted is kept
        reading = read_source(entry, content, place)
    except OSError as fault:
        raise SinorusError(f"{one.shown}: {(fault.strerror or 'cannot be read').lower()}") from None
    document = reading.document
    if document is None:
        raise SinorusError(f"{one.shown}: {reading.faults[0].reason}")
    return document, reading.paragraphs


def _read(place: Conversions, folder: str, one: Incoming) -> tuple[Document, Document]:
    """The document that a file will be: by itself, and with what others say of it."""
    path = _path(folder, one.path)
    entry = Entry(path, folder, len(one.raw), 0, 0, 0)
    content = FileContent(one.raw, digest_of(one.raw), 0, 0, 0)
    own, _ = _reading(one, entry, content, place._replace(bibliography=None))
    if place.bibliography is None:
        return own, own
    table = place.bibliography.bibliography().table
    claim = table.claims(place.tree.root, [path]).get(path, "")
    entry = entry._replace(defaults=entry.defaults._replace(claim=claim))
    return own, _reading(one, entry, content, place)[0]


def _add_binary(place: Conversions, folder: str, one: Incoming) -> Added:
    name = os.path.basename(one.path)
    own, known = _read(place, folder, one)
    told = {"title": own.title or "", "author": "; ".join(own.authors)}
    told |= {"publisher": own.publisher or "", "date": own.date.text if own.date else ""}
    told |= {"url": own.url or "", "lang": own.lang or ""}
    fields = {key: text for key, text in told.items() if text and key not in own.derived}
    added = _put(place.tree, folder, one, Added(_path(folder, one.path), fields, ""), one.raw)
    sidecar = sidecar_text(name, own, known).encode("utf-8", "replace")
    beside = _put_beside(place.tree, os.path.dirname(added.path), name, sidecar)
    _add_companions(place.tree, folder, one)
    return Added(added.path, fields, "", beside)


def _add_as_markdown(place: Conversions, folder: str, one: Incoming) -> Added:
    from sinorus.sources.as_markdown import as_markdown

    path = one.path[: len(one.path) - len(suffix_of(os.path.basename(one.path)))] + ".md"
    entry = Entry(_path(folder, one.path), folder, len(one.raw), 0, 0, 0)
    content = FileContent(one.raw, digest_of(one.raw), 0, 0, 0)
    document, paragraphs = _reading(one, entry, content, place)
    text = as_markdown(document, paragraphs, os.path.basename(one.path))
    added = Added(_path(folder, path), {"title": document.title or ""}, "")
    return _put(place.tree, folder, one._replace(path=path), added, text.encode("utf-8", "replace"))


def _put(tree: Tree, folder: str, one: Incoming, added: Added, content: bytes) -> Added:
    """Puts a file into the library, if nothing else has its name; gives what was added."""
    name = os.path.basename(added.path)
    target = os.path.join(tree.root, added.path)
    try:
        with closing(_made(tree, tree.locate(os.path.dirname(added.path)))) as there:
            taken = bool(one.origin) and there.has(name)
            if taken and os.path.samestat(there.stat(name), os.stat(one.origin)):
                raise SinorusError(f"{one.shown}: is in the library already")
            _place(content, there, name, target)
    except LeadsOut:
        raise SinorusError(
            f"{os.path.join(tree.root, folder)} leads out of the library",
            "name where it leads in `trusted` of your own config.toml if it may be written",
        ) from None
    except OSError as error:
        raise SinorusError(f"{target}: {(error.strerror or 'cannot be written').lower()}") from None
    return added


def _put_beside(tree: Tree, folder: str, name: str, content: bytes) -> str:
    """Writes a sidecar unless the file has one; its path, or empty."""
    with closing(tree.folder(tree.locate(folder))) as there:
        if any(there.has(name + suffix) for suffix in SUFFIXES):
            return ""
        try:
            _place(content, there, name + SUFFIXES[0], os.path.join(folder, name))
        except (OSError, SinorusError):  # somebody else was first, or no room is left
            return ""
    return os.path.join(folder, name + SUFFIXES[0])


def _add_companions(tree: Tree, folder: str, one: Incoming) -> None:
    """Copies the folder of what belongs to a page that a browser saved whole."""
    if not one.origin.lower().endswith(PAGES):
        return
    stem = one.origin[: one.origin.rindex(".")]
    for ending in BESIDE_PAGES:
        if os.path.isdir(stem + ending) and not os.path.islink(stem + ending):
            target = one.path[: one.path.rindex(".")] + ending
            _copy_tree(tree, folder, stem + ending, target)


def _copy_tree(tree: Tree, folder: str, origin: str, target: str) -> None:
    copied = 0
    for above, folders, names in os.walk(origin):
        folders.sort()
        for name in sorted(names):
            file = os.path.join(above, name)
            copied += 1
            if copied > _MOST_OF_A_PAGE:
                return
            if os.path.isfile(file) and not os.path.islink(file):
                below = os.path.join(target, os.path.relpath(file, origin))
                part = _incoming(below, file)
                _put(tree, folder, part, Added(_path(folder, below), {}, ""), part.raw)


def _made(tree: Tree, path: str) -> Folder:
    """A folder of the library, made with those above it where they are not there."""
    above = os.path.dirname(path)
    if above and above != path:
        _made(tree, above).close()
    return tree.make_folder(path) if path not in ("", "/") else tree.folder(path)


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
