"""A cache saves time; whatever happens to it, nothing else is lost and nobody is misled."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from policywatch.archive import cache
from policywatch.archive.cache import Cache, Page
from policywatch.model import Validators

URL = "https://lumen.example/privacy"
PAGE = Page(Validators('W/"1"', "Thu, 01 Jan 2026 09:30:00 GMT"), "a" * 64, "b" * 64)


def filled(folder: Path) -> Path:
    with Cache.open(folder) as found:
        found.keep_page(URL, PAGE)
        found.keep_derived("labels of some text", {"labels": ["retention", "größe"]})
    return folder / cache.NAME


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    filled(tmp_path)
    with Cache.open(tmp_path) as found:
        assert found.page(URL) == PAGE
        assert found.derived("labels of some text") == {"labels": ["retention", "größe"]}
        assert found.page("https://lumen.example/other") is None
        assert found.derived("other") is None
        found.forget_page(URL)
        assert found.page(URL) is None


def test_no_folder_is_made_for_it(tmp_path: Path) -> None:
    with Cache.open(tmp_path / "none") as found:
        found.keep_page(URL, PAGE)
        assert found.page(URL) == PAGE
    assert not (tmp_path / "none").exists()


def test_an_altered_byte_never_reaches_anybody(tmp_path: Path) -> None:
    path = filled(tmp_path)
    good, chance = path.read_bytes(), random.Random(7)
    seal = (tmp_path / cache.SEAL).read_bytes()
    for _ in range(40):
        flipped = bytearray(good)
        flipped[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        (tmp_path / cache.SEAL).write_bytes(seal)
        assert cache.altered(tmp_path) == cache.NAME
        with Cache.open(tmp_path) as found:
            assert found.page(URL) is None  # thrown away, not trusted
            found.keep_page(URL, PAGE)
            assert found.page(URL) == PAGE  # and of use again


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 200])
def test_damage_that_no_seal_shows_is_thrown_away_too(tmp_path: Path, content: bytes) -> None:
    path = filled(tmp_path)
    (tmp_path / cache.SEAL).unlink()  # as after a kill
    path.write_bytes(content)
    with Cache.open(tmp_path) as found:
        assert found.page(URL) is None
        found.keep_page(URL, PAGE)
        assert found.page(URL) == PAGE


def test_a_table_that_went_missing_while_open_is_made_again(tmp_path: Path) -> None:
    with Cache.open(tmp_path) as found:
        other = sqlite3.connect(tmp_path / cache.NAME)
        other.execute("DROP TABLE page")
        other.commit()
        other.close()
        assert found.page(URL) is None
        found.keep_page(URL, PAGE)
        assert found.page(URL) == PAGE


def test_another_versions_tables_are_thrown_away(tmp_path: Path) -> None:
    path = filled(tmp_path)
    (tmp_path / cache.SEAL).unlink()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 999")
    other.close()
    with Cache.open(tmp_path) as found:
        assert found.page(URL) is None


def test_a_place_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / cache.NAME).mkdir()
    with Cache.open(tmp_path) as found:
        found.keep_page(URL, PAGE)
        assert found.page(URL) == PAGE
