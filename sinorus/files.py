"""How the files of a library are reached: by handles, never by a name that may lead elsewhere.

A library may come from a stranger, and its folders may change while they are read. So a path is
walked from the handle of the library's folder, one name at a time, and no link is followed on the
way. Where a link stands, the place it leads to is worked out first; it must lie in the library or
in a folder that the user trusts, and is then walked in the same manner. What was checked is what
is opened.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from stat import S_ISDIR, S_ISREG

_CLOSED = os.O_CLOEXEC | os.O_NOFOLLOW
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | _CLOSED
"""Of a file: should a pipe stand in its place, opening it does not wait for a writer."""
_LIST = os.O_RDONLY | os.O_DIRECTORY | os.O_NONBLOCK | _CLOSED
_PASS = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | _CLOSED
"""Of a folder on the way, which may be passed through without being listed."""
_CREATE = os.O_RDWR | os.O_CREAT | _CLOSED
_A_LINK = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EMLINK})
"""What systems say where a link stands and none is followed."""
_PAUSE = 0.02
"""Seconds between two looks whether it is one's turn."""


class LeadsOut(OSError):  # noqa: N818 - says what the path does
    """A path that leaves the library and every folder that the user trusts."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.ELOOP, "it leads out of the library", path)


class NotRegular(OSError):  # noqa: N818 - says what the file is
    """A link, pipe, socket, device or folder where a file was expected."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EINVAL, "it is not a regular file", path)


class TooLarge(OSError):  # noqa: N818 - says what the file is
    """A file that is larger than anything of its kind needs to be."""

    def __init__(self, path: str, most: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {most >> 20:,} MiB", path)


def open_regular(name: str, folder: int | None = None, *, links: bool = False) -> int:
    """A descriptor to read a regular file by, the caller's to close; `folder` is a handle.

    Never waits. Raises NotRegular for anything else, also for a link unless `links` are allowed.
    """
    try:
        handle = os.open(name, _READ & ~os.O_NOFOLLOW if links else _READ, dir_fd=folder)
    except OSError as fault:
        if fault.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO):  # a link, a socket
            raise NotRegular(name) from None
        raise
    return _regular(handle, name)


def _regular(handle: int, name: str) -> int:
    """The descriptor, if it is of a regular file. Raises NotRegular, with the descriptor closed."""
    if not S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotRegular(name)
    return handle


def read_all(handle: int, name: str, most: int) -> bytes:
    """All bytes of an opened file, which is closed. Raises TooLarge above `most` bytes."""
    with open(handle, "rb", buffering=0) as file:
        size = os.fstat(handle).st_size
        parts: list[bytes] = []
        got = 0
        while got <= most:
            # One byte more than there should be: it may have grown.
            part = file.read(min(max(size - got, 0), most - got) + 1)
            if not part:
                return parts[0] if len(parts) == 1 else b"".join(parts)
            parts.append(part)
            got += len(part)
            if size > most:
                break
    raise TooLarge(name, most)


def read_regular(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of a file that the user named, links followed. Raises OSError, as above."""
    name = os.fspath(path)
    return read_all(open_regular(name, links=True), name, most)


class Tree:
    """A library's folder `root` and the folders outside that its user trusts, by handles.

    Paths are relative to `root` with `/`, or absolute where they lie in a trusted folder. Can be
    pickled: each process opens handles of its own. With `read_only` nothing can be made in it: that
    raises PermissionError, as it does where a user may not write.
    """

    def __init__(self, root: str, trusted: Sequence[str] = (), *, read_only: bool = False) -> None:
        self.root, self.trusted, self.read_only = root, tuple(trusted), read_only
        self._handle: int | None = None
        self._written: list[str] = []
        self._real: list[str] = []
        self._trusted: dict[str, int] = {}
        self._last: tuple[str, int] | None = None

    def __reduce__(self) -> tuple[Callable[..., Tree], tuple[str, tuple[str, ...]]]:
        return partial(Tree, read_only=self.read_only), (self.root, self.trusted)

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Closes the handles; the next use opens them again."""
        open_now = [*self._trusted.values()]
        open_now += [self._handle] if self._handle is not None else []
        open_now += [self._last[1]] if self._last else []
        self._handle, self._last, self._trusted = None, None, {}
        for handle in open_now:
            os.close(handle)

    def locate(self, written: str) -> str:
        """A path as a setting writes it, made the path of a file or folder here.

        Raises LeadsOut for one that lies outside.
        """
        path = os.path.normpath(written)
        if path == ".." or path.startswith("../"):
            path = os.path.normpath(os.path.join(self.root, path))
        if not path.startswith("/"):
            return "" if path == "." else path
        path = "/" + path.lstrip("/")
        for number, real in enumerate(self._bases()):
            for base in (self._written[number], real):
                if path == base or path.startswith(base.rstrip("/") + "/"):
                    below = path[len(base) :].strip("/")
                    return os.path.join(real, below).rstrip("/") if number else below
        raise LeadsOut(written)

    def settle(self, path: str) -> str:
        """The same place by a path without links. Raises LeadsOut, OSError."""
        full = os.path.join(self.root, path)
        try:
            return self.locate(os.path.realpath(full, strict=True))
        except OSError as fault:
            if fault.errno != errno.EINVAL:
                raise
            # What was a link a moment ago is none now.
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path) from None

    def open_file(self, path: str) -> int:
        """A descriptor to read a file by, the caller's to close.

        Raises LeadsOut, NotRegular, OSError; all but LeadsOut may come of a link or folder that
        was put there since the path was found.
        """
        try:
            folder, _, name = path.rpartition("/")
            return open_regular(name, self._passed(folder))
        except OSError as fault:
            if fault.errno not in _A_LINK and not isinstance(fault, NotRegular):
                raise
        folder, _, name = self.settle(path).rpartition("/")
        return open_regular(name, self._passed(folder))

    def open_folder(self, path: str) -> int:
        """A handle of a folder, the caller's to close. Raises LeadsOut, OSError."""
        try:
            return self._opened(path)
        except OSError as fault:
            if fault.errno not in _A_LINK:
                raise
        return self._opened(self.settle(path))

    def folder(self, path: str) -> Folder:
        """A folder by its handle. Raises LeadsOut, OSError."""
        full = os.path.join(self.root, path)
        return Folder(full, self.open_folder(path), read_only=self.read_only)

    def make_folder(self, path: str) -> Folder:
        """The same, made if it is not there; the folder that it is to be in must be."""
        above, _, name = path.rpartition("/")
        if not self.read_only:
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=self._passed(above))
        return self.folder(path)

    def stat(self, path: str) -> os.stat_result:
        """What a path without links is. Raises OSError."""
        folder, name = self._parted(path)
        return os.stat(name, dir_fd=self._passed(folder), follow_symlinks=False)

    def _opened(self, path: str) -> int:
        above, name = self._parted(path)
        return os.open(name, _LIST, dir_fd=self._passed(above))

    def _parted(self, path: str) -> tuple[str, str]:
        """The folder that a path is in, and its name there."""
        if path.startswith("/") and path in self._bases():
            return path, "."
        above, _, name = path.rpartition("/")
        return above, name or "."

    def _passed(self, folder: str) -> int:
        """A handle to reach what is in a folder; it stays open until the next one is asked for."""
        if self._last is not None and self._last[0] == folder:
            return self._last[1]
        base, names = self._start(folder)
        at = base
        if self._last is not None and folder.startswith(self._last[0] + "/"):
            base = at = self._last[1]
            names = folder[len(self._last[0]) + 1 :].split("/")
        for name in names:
            if name in ("", ".", ".."):
                raise LeadsOut(folder)
            try:
                below = os.open(name, _PASS, dir_fd=at)
            finally:
                if at != base:
                    os.close(at)
            at = below
        if at == base:
            return at
        if self._last is not None:
            os.close(self._last[1])
        self._last = (folder, at)
        return at

    def _start(self, folder: str) -> tuple[int, list[str]]:
        if not folder.startswith("/"):
            if self._handle is None:
                self._handle = os.open(self.root, _PASS & ~os.O_NOFOLLOW)
            return self._handle, folder.split("/") if folder else []
        for base in self._bases()[1:]:
            if folder == base or folder.startswith(base.rstrip("/") + "/"):
                if base not in self._trusted:
                    self._trusted[base] = os.open(base, _PASS)
                below = folder[len(base) :].strip("/")
                return self._trusted[base], below.split("/") if below else []
        raise LeadsOut(folder)

    def _bases(self) -> list[str]:
        """Where the root and the trusted folders really are."""
        if not self._real:
            trusted = [os.path.expanduser(path) for path in self.trusted]
            self._written = [os.path.normpath(path) for path in (self.root, *trusted)]
            self._real = [os.path.realpath(path) for path in self._written]
        return self._real


class Folder:
    """A folder by its handle, which stays the same folder whatever happens to its name."""

    def __init__(self, path: str, handle: int, *, read_only: bool = False) -> None:
        self.path, self.handle, self._read_only = path, handle, read_only

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Closes the handle."""
        if self.handle >= 0:
            handle, self.handle = self.handle, -1
            os.close(handle)

    def names(self) -> list[str]:
        """The names of what is in it."""
        return os.listdir(self.handle)

    def stat(self, name: str) -> os.stat_result:
        """What is there under a name; a link itself, not what it leads to. Raises OSError."""
        return os.stat(name, dir_fd=self.handle, follow_symlinks=False)

    def has(self, name: str) -> bool:
        """Whether there is anything of that name."""
        try:
            self.stat(name)
        except OSError:
            return False
        return True

    def open(self, name: str) -> int:
        """A descriptor to read a file by. Raises NotRegular, OSError."""
        return open_regular(name, self.handle)

    def read(self, name: str, most: int) -> bytes:
        """All bytes of a file. Raises NotRegular, TooLarge, OSError."""
        return read_all(self.open(name), name, most)

    def create(self, name: str) -> int:
        """A descriptor to write a new file by. Raises FileExistsError, OSError."""
        self._must_be_writable()
        return os.open(name, _CREATE | os.O_EXCL, 0o644, dir_fd=self.handle)

    def open_or_create(self, name: str) -> int:
        """A descriptor to read and write a file by, empty if it is new. Raises NotRegular."""
        self._must_be_writable()
        try:
            handle = os.open(name, _CREATE | os.O_NONBLOCK, 0o644, dir_fd=self.handle)
        except OSError as fault:
            if fault.errno in (errno.ELOOP, errno.EMLINK, errno.EISDIR, errno.ENXIO):
                raise NotRegular(name) from None
            raise
        return _regular(handle, name)

    def _must_be_writable(self) -> None:
        if self._read_only:
            raise PermissionError(errno.EROFS, os.strerror(errno.EROFS), self.path)

    def write(
        self, name: str, content: bytes, *, sync: bool = False, mode: int | None = None
    ) -> None:
        """Puts a whole file in the place of `name` at once, with `sync` also on the disk.

        What stood there, be it a link, is replaced; nothing is ever written through it. `mode` says
        who may read and write it, as `chmod` does; None: as is usual.
        """
        temporary = f"{name}.{os.urandom(8).hex()}"  # nobody can have put a link there
        try:
            with open(self.create(temporary), "wb") as file:
                if mode is not None:
                    os.fchmod(file.fileno(), mode)  # before there is anything to read
                file.write(content)
                file.flush()
                if sync:
                    os.fsync(file.fileno())
            os.rename(temporary, name, src_dir_fd=self.handle, dst_dir_fd=self.handle)
        except BaseException:
            self.remove(temporary)
            raise
        if sync:
            os.fsync(self.handle)

    @contextmanager
    def turn(self, name: str, wait: float) -> Iterator[None]:
        """One at a time: who else wants a turn by the file `name`, which stays, waits meanwhile.

        Raises BlockingIOError when that takes longer than `wait` seconds, NotRegular, OSError.
        """
        import fcntl
        from time import monotonic, sleep

        handle = self.open_or_create(name)
        try:
            deadline = monotonic() + wait
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if monotonic() >= deadline:
                        raise
                    sleep(_PAUSE)
            yield
        finally:
            os.close(handle)  # with which the lock goes

    def remove(self, name: str) -> None:
        """Takes a file away, or a link and not what it leads to; a folder stays."""
        try:
            os.unlink(name, dir_fd=self.handle)
        except (FileNotFoundError, IsADirectoryError, PermissionError) as fault:
            # Some systems say of a folder that it may not be unlinked.
            if isinstance(fault, PermissionError) and not S_ISDIR(self.stat(name).st_mode):
                raise
