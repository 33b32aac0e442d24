"""The one family of errors a user can meet, each with the sentence that helps."""

from __future__ import annotations


class SinorusError(Exception):
    """A fault that is explained to the user in one sentence, never as a traceback.

    `message` says what is wrong and where, `hint` what to do about it (may be empty);
    `exit_code` is what the process ends with.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NoLibraryError(SinorusError):
    """No folder that is a library was found or named."""


class ConfigError(SinorusError):
    """A settings file or an environment variable has an unknown key or a bad value."""


class QueryError(SinorusError):
    """A query that cannot be read; `column` counts code points into `query` from 0."""

    def __init__(self, message: str, query: str, column: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.query = query
        self.column = column


class UnsupportedQuery(SinorusError):  # noqa: N818 - the port's published name
    """A query node that an engine cannot run exactly; raised before any input or output."""


class UnknownIdError(SinorusError):
    """An id that names no document or paragraph, or (`several`) more than one."""

    def __init__(self, message: str, hint: str = "", several: bool = False) -> None:
        super().__init__(message, hint)
        self.several = several


class NoIndexError(SinorusError):
    """The library has no index yet and none can be built on the spot."""


class OutdatedIndexError(NoIndexError):
    """What index there is was made by another version of sinorus, and has to be made anew."""


class IndexDamagedError(SinorusError):
    """The index cannot be read, or does not agree with its own record."""


class IndexLockedError(SinorusError):
    """Another process is writing the index and did not finish in the time allowed."""


class UnwritableIndexError(SinorusError):
    """Nothing can be written where the index is."""


class ShortageError(SinorusError):
    """The system has not enough memory or open files for what was asked."""
