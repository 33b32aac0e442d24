"""The one family of errors a user can meet, each with the sentence that helps."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "",
    "no library",
    "not a library",
    "no index",
    "stale index",
    "outdated index",
    "damaged index",
    "locked index",
    "stuck writer",
    "unfinished run",
    "interrupted",
    "emptied index",
    "faulty files",
    "unknown document",
    "unknown paragraph",
    "unclosed query",
    "long query",
    "which set",
    "no marks",
]
"""What an error or a notice comes from, where something can be done about it that depends on how
the program is called: whoever calls it says what, as the command line does in `cli/advice.py`."""


class SinorusError(Exception):
    """A fault that is explained to the user in one sentence, never as a traceback.

    `message` says what is wrong and where, `hint` what to do about it (may be empty), `reason`
    what it comes from; `exit_code` is what the process ends with.
    """

    exit_code = 2
    reason: Reason = ""

    def __init__(self, message: str, hint: str = "", reason: Reason = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.reason = reason or self.reason


class NoLibraryError(SinorusError):
    """No folder that is a library was found or named."""


class ConfigError(SinorusError):
    """A settings file or an environment variable has an unknown key or a bad value."""


class QueryError(SinorusError):
    """A query that cannot be read; `column` counts code points into `query` from 0."""

    def __init__(
        self, message: str, query: str, column: int, hint: str = "", reason: Reason = ""
    ) -> None:
        super().__init__(message, hint, reason)
        self.query = query
        self.column = column


class FilterValueError(SinorusError):
    """A value of a filter that cannot be read; `name` is the filter, as in `FILTER_NAMES`."""

    def __init__(self, name: str, message: str, hint: str = "") -> None:
        super().__init__(f"{name}: {message}", hint)
        self.name, self.fault = name, message


class UnsupportedQuery(SinorusError):  # noqa: N818 - the port's published name
    """A query that an engine cannot run exactly.

    Raised before any input or output, but where only a cluster itself knows that it is too large.
    """


class UnknownIdError(SinorusError):
    """An id that names no document or paragraph, or (`several`) more than one.

    `gone`: it came with a hash, and no paragraph has that any more.
    """

    gone = False

    def __init__(
        self, message: str, hint: str = "", reason: Reason = "", *, several: bool = False
    ) -> None:
        super().__init__(message, hint, reason)
        self.several = several


class UnknownKeyError(SinorusError):
    """A key of the metadata that no document has."""


class NoIndexError(SinorusError):
    """The library has no index yet and none can be built on the spot."""

    reason: Reason = "no index"


class OutdatedIndexError(NoIndexError):
    """What index there is was made by another version of sinorus, and has to be rebuilt."""

    reason: Reason = "outdated index"


class IndexDamagedError(SinorusError):
    """The index cannot be read, or does not agree with its own record."""

    reason: Reason = "damaged index"


class IndexLockedError(SinorusError):
    """Another process is writing the index and did not finish in the time allowed."""

    reason: Reason = "locked index"


class UnwritableIndexError(SinorusError):
    """Nothing can be written where the index is."""


class ShortageError(SinorusError):
    """The system has not enough memory or open files for what was asked."""
