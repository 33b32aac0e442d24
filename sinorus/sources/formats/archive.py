"""The archives that office documents and books are: what is in them, within bounds.

Only members that a reader asks for by name are unpacked, in memory; no path leads anywhere.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from urllib.parse import unquote

from sinorus.sources.formats.registry import Unreadable

_MEMBERS = 50_000
_MEMBER = 100 << 20  # bytes of one, unpacked
_TOTAL = 400 << 20  # bytes of all that is read of one archive
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PASSWORD = "it has a password: save a copy without one"  # noqa: S105 - a sentence
_OLD = "an old Word file or one with a password: save it as .docx"
_DAMAGED = "it is cut off or damaged: get it again from where it came"
_OTHERS = (
    (b"{\\rtf", "it is RTF inside: name it .rtf"),
    (b"%PDF-", "it is a PDF inside: name it .pdf"),
    (b"<", "it is a web page or XML inside: name it .html, or save it as .docx"),
    (b"From ", "it is a mailbox inside: name it .mbox"),
)


class Archive:
    """A zip archive in memory; `faults` are what was strange about it.

    Raises Unreadable where there is no archive, or one that has a password or too many members.
    """

    def __init__(self, raw: bytes) -> None:
        self._left = _TOTAL
        self.faults: list[tuple[int, str]] = []
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            found = self._zip.infolist()
        except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError):
            raise Unreadable(_why_none(raw)) from None
        if len(found) > _MEMBERS:
            raise Unreadable(f"it has {len(found):,} parts: no document has so many")
        self._members: dict[str, zipfile.ZipInfo] = {}
        for one in found:
            name = one.filename.replace("\\", "/").lstrip("/")
            if name in self._members and not name.endswith("/"):
                self.faults.append((0, f"it has two parts '{name[:80]}': the last one is read"))
            self._members[name] = one
        self._folded = {name.lower(): name for name in self._members}

    def find(self, name: str) -> str | None:
        """A member as it is spelled in the archive; case counts only where two differ by it."""
        return name if name in self._members else self._folded.get(name.lower())

    def names(self) -> list[str]:
        """All members, in the order of the archive."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """A member, or nothing where there is none. Raises Unreadable for what has no bounds."""
        known = self.find(name)
        if known is None:
            return b""
        one = self._members[known]
        if one.flag_bits & 1:
            raise Unreadable(_PASSWORD)
        bound = min(_MEMBER, self._left)
        try:
            with self._zip.open(one) as opened:
                raw = opened.read(bound + 1)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError):
            raise Unreadable(f"'{known[:80]}' in it cannot be unpacked; {_DAMAGED}") from None
        except RuntimeError:
            raise Unreadable(f"'{known[:80]}' in it is packed in an unknown way") from None
        if len(raw) > bound:
            raise Unreadable("it unpacks to more than 100 MB of text: split it")
        self._left -= len(raw)
        return raw


def resolved(base: str, target: str) -> str:
    """The member that `target` means where it stands in the member `base`; empty if outside."""
    path = unquote(target.partition("#")[0].partition("?")[0]).replace("\\", "/")
    joined = path if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)
    found = posixpath.normpath("/" + joined).lstrip("/")
    climbs = posixpath.normpath(joined).startswith("..")
    return "" if climbs or not path else found


def _why_none(raw: bytes) -> str:
    if not raw.strip():
        return "it is empty"
    if raw.startswith(_OLE):
        return _PASSWORD if _ENCRYPTED in raw else _OLD
    if raw.startswith(b"PK"):
        return _DAMAGED
    begin = raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for sign, reason in _OTHERS:
        if begin.startswith(sign):
            return reason
    return "it is not what its suffix says"
