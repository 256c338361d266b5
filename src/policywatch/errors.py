"""What can go wrong, and what to do about it.

Each error carries one line that says what happened and, where there is one, a hint that says what to do. The command
line maps them to exit codes; the codes are a contract (docs/architecture.md).
"""

from __future__ import annotations


class PolicywatchError(Exception):
    """The root: known, explained, and not a crash."""

    exit_code = 2

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PolicywatchError):
    """The command was asked for something that does not exist or does not fit."""


class ConfigError(PolicywatchError):
    """A watchlist or taxonomy file is wrong; ``problems`` has every mistake, each with file:line:column."""

    def __init__(self, message: str, problems: tuple[str, ...] = (), hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.problems = problems


class ArchiveError(PolicywatchError):
    """The archive cannot be read or written as it is."""


class ArchiveBusy(ArchiveError):
    """Another run holds the archive's lock."""

    exit_code = 3


class CommitError(ArchiveError):
    """git refused; the archive's files are written and nothing is lost."""

    exit_code = 3


class ExtractionError(PolicywatchError):
    """Bytes that give no policy text: an error page, a script shell, a PDF without text, an unknown type.

    ``status`` is the run status it becomes: ``invalid``, ``blocked`` or ``missing``.
    """

    exit_code = 3

    def __init__(self, message: str, status: str = "invalid", hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.status = status
