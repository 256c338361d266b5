"""What saves time and may be lost at any moment: validators of pages, and results derived from texts.

    with Cache.open(archive.private) as cache:
        cache.page(url) -> Page | None;  cache.keep_page(url, Page(...))
        cache.derived(key) -> JSON value | None;  cache.keep_derived(key, value)

A damaged file is thrown away without a word, and one that cannot be written does without: a seal over the whole file,
written when it is closed, keeps an altered byte from misleading a run. Safe in several threads.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from policywatch.archive.files import replace
from policywatch.model import Validators

NAME = "cache.sqlite"
SEAL = "cache.sha256"
_VERSION = 2  # of the tables; another one's file is thrown away
_COMMIT_EVERY = 64  # writes
_TABLES = """
CREATE TABLE page
    (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, given_by TEXT, sha256 TEXT, form TEXT) WITHOUT ROWID;
CREATE TABLE derived (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Page:
    """What the last good answer of a URL was."""

    validators: Validators
    sha256: str | None = None  # of the body
    form: str | None = None  # names the text made from it, as the keeper sees fit: a canonical form, a file's hash


class Cache:
    """See the module. A path of None keeps everything in memory."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._writes = 0
        if path is not None and not sound(path.parent):
            self._discard()
        self._break_seal()
        self._database = self._connect()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The cache in a folder that exists; in memory where there is none, since reading creates nothing."""
        return cls(folder / NAME if folder.is_dir() else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._database.commit()
            self._database.close()
            if self._path is not None:
                with contextlib.suppress(OSError):
                    replace(self._path.with_name(SEAL), _seal(self._path), durable=False)

    # -- what is kept --------------------------------------------------------------------------------------------------

    def page(self, url: str) -> Page | None:
        row = self._do(
            lambda database: database.execute(
                "SELECT etag, last_modified, given_by, sha256, form FROM page WHERE url = ?", (url,)
            ).fetchone()
        )
        return Page(Validators(*row[:3]), row[3], row[4]) if row else None

    def keep_page(self, url: str, page: Page) -> None:
        row = (url, page.validators.etag, page.validators.last_modified, page.validators.url, page.sha256, page.form)
        self._do(lambda database: database.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?)", row), True)

    def forget_page(self, url: str) -> None:
        self._do(lambda database: database.execute("DELETE FROM page WHERE url = ?", (url,)), True)

    def derived(self, key: str) -> Any:
        """A value kept under a key that names all it was derived from; None if there is none."""
        row = self._do(lambda database: database.execute("SELECT value FROM derived WHERE key = ?", (key,)).fetchone())
        if not row:
            return None
        try:
            return json.loads(zlib.decompress(row[0]))
        except (zlib.error, ValueError, TypeError):
            return None

    def keep_derived(self, key: str, value: Any) -> None:
        row = (key, zlib.compress(json.dumps(value, ensure_ascii=False).encode(), 1))
        self._do(lambda database: database.execute("INSERT OR REPLACE INTO derived VALUES (?, ?)", row), True)

    # -- the database --------------------------------------------------------------------------------------------------

    def _do(self, action: Callable[[sqlite3.Connection], _Answer], writes: bool = False) -> _Answer | None:
        with self._lock:
            try:
                answer = action(self._database)
                self._writes += writes
                if writes and self._writes % _COMMIT_EVERY == 0:
                    self._database.commit()
                return answer
            except sqlite3.Error:
                self._start_over()
                return None

    def _connect(self) -> sqlite3.Connection:
        for attempt in range(2):
            try:
                return self._opened(self._path)
            except (sqlite3.Error, OSError):
                if attempt == 0:
                    self._discard()
        return self._opened(None)

    @staticmethod
    def _opened(path: Path | None) -> sqlite3.Connection:
        database = sqlite3.connect(path or ":memory:", timeout=2.0, check_same_thread=False)
        try:
            database.execute("PRAGMA synchronous = OFF")
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                database.executescript(_TABLES + f"PRAGMA user_version = {_VERSION};")
            elif version != _VERSION:
                raise sqlite3.DatabaseError("tables of another version")
            database.execute("SELECT count(*) FROM (SELECT url FROM page LIMIT 1)").fetchone()
        except BaseException:
            database.close()
            raise
        return database

    def _start_over(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        self._discard()
        self._database = self._connect()

    def _break_seal(self) -> None:
        """From now on the file changes; a run that is killed leaves it unsealed, to sqlite's own checks."""
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.with_name(SEAL).unlink(missing_ok=True)

    def _discard(self) -> None:
        if self._path is not None:
            for name in (self._path, self._path.with_name(f"{self._path.name}-journal")):
                with contextlib.suppress(OSError):
                    name.unlink()


def sound(folder: Path) -> bool:
    """Whether the cache in a folder is as it was closed, as far as that can be said; so is one that is not there."""
    return altered(folder) is None


def altered(folder: Path) -> str | None:
    """The name of the cache's file that is not as it was closed."""
    try:
        seal = (folder / SEAL).read_bytes()
        digest, own = seal[:64], seal[64:]
        if own != _own(digest):
            return SEAL
        return None if digest == _digest(folder / NAME) else NAME
    except OSError:
        return None


def _seal(path: Path) -> bytes:
    """The hash of the file, and one of that hash, to tell which of the two was altered."""
    return _digest(path) + _own(_digest(path))


def _own(digest: bytes) -> bytes:
    return hashlib.sha256(digest).hexdigest()[:16].encode()


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest().encode()
