"""Whatever was altered is found and named; what is merely absent is not."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from policywatch.archive import Archive, StatusLine, files, owed, records, reviews
from policywatch.archive.cache import Cache, Page
from policywatch.archive.verify import Report, verify
from policywatch.archive.writing import HOLDER, IGNORE
from policywatch.model import Review, Validators
from tests.archive.making import DOCUMENT, EDITIONS, add, policy

TERMS = "lumen-notes/terms"


def full_archive(root: Path) -> Archive:
    """One of everything that policywatch writes."""
    archive = Archive(root)
    with archive.writing(durable=False) as writer:
        for text in EDITIONS:
            add(writer, text)
        add(writer, policy("# Terms", "You may use Lumen Notes."), TERMS)
        writer.set_status(StatusLine(DOCUMENT, "changed", date(2026, 1, 3), date(2026, 1, 3)))
        writer.set_status(StatusLine(TERMS, "blocked", date(2026, 1, 3), reason="HTTP 403"))
    with archive.writing(evidence="tracked", durable=False) as writer:
        add(writer, policy("# Terms", "You may use Lumen Notes at home."), TERMS)
    with Cache.open(archive.private) as cache:
        cache.keep_page("https://lumen.example/privacy", Page(Validators('"1"'), "a" * 64, "b" * 64))
    newest = archive.history(DOCUMENT)[-1]
    signed = Review(DOCUMENT, 3, newest.text_sha256, "accepted", "Ada", datetime(2026, 1, 4, tzinfo=UTC), "fine – ok")
    reviews.write(root, signed)
    return archive


def written(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and path.stat().st_size)


def named(report: Report) -> set[str]:
    return {problem.path for problem in report.problems}


def test_a_whole_archive_is_sound(tmp_path: Path) -> None:
    report = verify(full_archive(tmp_path))
    assert report.problems == ()
    assert report.notes == ()
    assert (report.documents, report.versions, report.reviews) == (2, 5, 1)
    assert (report.evidence, report.evidence_absent) == (5, 0)


def test_a_flipped_byte_in_any_file_is_found_and_named(tmp_path: Path) -> None:
    source = full_archive(tmp_path / "source")
    (source.private / HOLDER).write_bytes(records.seal({"pid": 1, "since": "2026-01-04T00:00:00Z"}))  # of a killed run
    chance = random.Random(20260101)
    files = written(source.root)
    assert len(files) > 10
    for path in files:
        name = path.relative_to(source.root).as_posix()
        data = path.read_bytes()
        last = len(data) - 1
        for place in {0, last // 2, last, *(chance.randrange(len(data)) for _ in range(6))}:
            flipped = bytearray(data)
            flipped[place] ^= 1 << chance.randrange(8)
            path.write_bytes(flipped)
            assert name in named(verify(source)), f"{name}, byte {place} of {len(data)}"
        path.write_bytes(data)
    assert verify(source).sound


def test_a_cut_or_extended_file_is_found(tmp_path: Path) -> None:
    archive = full_archive(tmp_path)
    for path in written(tmp_path):
        name = path.relative_to(tmp_path).as_posix()
        data = path.read_bytes()
        for altered in (data[:-1], data + b"x"):
            path.write_bytes(altered)
            if not (name == ".gitattributes" and altered.startswith(data)):  # people may add lines of their own
                assert name in named(verify(archive)), name
        path.write_bytes(data)


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _a_dead_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def _no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\xff\n")


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _nested(path: Path) -> None:
    path.write_bytes(b"[" * 100_000 + b"\n")


def _other_types(path: Path) -> None:
    data = path.read_bytes().replace(b'"version": 1', b'"version": Infinity')
    path.write_bytes(data.replace(b'"document": "', b'"document": ["x"], "was": "') + b"{}\n")


@pytest.mark.parametrize("broken", [_a_folder, _a_dead_link, _no_text, _half, _nested, _other_types])
def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_looked_at(
    tmp_path: Path, broken: Callable[[Path], None]
) -> None:
    archive = full_archive(tmp_path)
    (archive.private / HOLDER).write_bytes(records.seal({"pid": 1, "since": "2026-01-04T00:00:00Z"}))
    files.write_journal(archive.private / files.JOURNAL, [owed.step(archive.private, TERMS, 2)])
    altered = archive.private / ".gitignore"  # looked at among the last
    altered.write_bytes(b"")
    for path in sorted({*written(tmp_path)} - {tmp_path / ".gitattributes"}):
        data = path.read_bytes()
        broken(path)
        found = named(verify(archive))
        assert path.relative_to(tmp_path).as_posix() in found
        assert altered.relative_to(tmp_path).as_posix() in found
        if path.is_dir():
            path.rmdir()
        path.unlink(missing_ok=True)
        path.write_bytes(data)
    altered.write_bytes(IGNORE.encode())
    assert verify(archive).sound


def test_files_and_folders_that_this_user_may_not_read_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by the system's answers, since these tests may run as a user that may read everything."""
    archive = full_archive(tmp_path)
    closed = {archive.history_path(DOCUMENT), next((tmp_path / "evidence").rglob("*.gz")), archive.private / "evidence"}
    archive.path(TERMS).write_text("altered", "utf-8")
    opened, listed = Path.open, os.scandir

    def refuse(path: Path) -> None:
        if path in closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

    def open_file(path: Path, *arguments: Any, **named: Any) -> Any:
        refuse(path)
        return opened(path, *arguments, **named)

    def list_folder(path: Any) -> Any:
        refuse(Path(path))
        return listed(path)

    monkeypatch.setattr(Path, "open", open_file)
    monkeypatch.setattr(os, "scandir", list_folder)
    report = verify(archive)
    assert named(report) == {one.relative_to(tmp_path).as_posix() for one in closed} | {f"{TERMS}.md"}
    assert {one.hint for one in report.problems if "Permission denied" in one.message} == {
        "make it readable for the user that runs this"
    }


def test_absent_evidence_is_reported_and_no_problem(tmp_path: Path) -> None:
    archive = full_archive(tmp_path)
    shutil.rmtree(archive.private)
    report = verify(archive)
    assert report.sound
    assert report.evidence_absent == 4
    assert "evidence of 4 of 5 snapshots is not here" in report.notes


def test_a_removed_version_breaks_the_chain(tmp_path: Path) -> None:
    archive = full_archive(tmp_path)
    path = archive.history_path(DOCUMENT)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])
    (problem,) = verify(archive).problems
    assert (problem.path, problem.line) == (f"{DOCUMENT}.history.jsonl", 2)
    assert "version 2 is missing" in problem.message


def test_a_forged_line_breaks_the_chain(tmp_path: Path) -> None:
    """A line that was rewritten with a fitting seal of its own is betrayed by the one after it."""
    from dataclasses import replace

    archive = full_archive(tmp_path)
    path = archive.history_path(DOCUMENT)
    lines = path.read_bytes().splitlines(keepends=True)
    forged = replace(archive.history(DOCUMENT)[1], time=datetime(2025, 1, 1, tzinfo=UTC))
    path.write_bytes(lines[0] + records.version_line(forged) + b"\n" + lines[2])
    (problem,) = verify(archive).problems
    assert problem.line == 3
    assert "the chain is broken" in problem.message


def test_a_way_back_that_leads_elsewhere_is_found(tmp_path: Path) -> None:
    from dataclasses import replace

    archive = full_archive(tmp_path)
    path = archive.history_path(DOCUMENT)
    lines = path.read_bytes().splitlines(keepends=True)
    newest = archive.history(DOCUMENT)[-1]
    wrong = replace(newest, undo=(replace(newest.undo[0], lines=("another line",)), *newest.undo[1:]))
    path.write_bytes(b"".join(lines[:2]) + records.version_line(wrong) + b"\n")
    (problem,) = verify(archive).problems
    assert problem.message == "the way back from version 3 does not lead to the text of 2"


def test_a_fork_is_named_with_the_way_out(tmp_path: Path) -> None:
    archive = full_archive(tmp_path)
    other = tmp_path.with_name("other")
    shutil.copytree(tmp_path, other)
    with archive.writing() as writer:
        add(writer, policy("# Contact", "Ours."))
    with Archive(other).writing() as writer:
        add(writer, policy("# Contact", "Theirs."))
    mine, theirs = (
        one.history_path(DOCUMENT).read_bytes().splitlines(keepends=True) for one in (archive, Archive(other))
    )
    archive.history_path(DOCUMENT).write_bytes(b"".join(mine) + theirs[-1])
    (problem,) = [one for one in verify(archive).problems if one.path.endswith(".history.jsonl")]
    assert "a fork: a second version 4" in problem.message
    assert problem.line == 5
    assert problem.hint is not None
    assert "git checkout --ours" in problem.hint
    conflict = b"<<<<<<< HEAD\n" + mine[-1] + b"=======\n" + theirs[-1] + b">>>>>>> update\n"
    archive.history_path(DOCUMENT).write_bytes(b"".join(mine[:-1]) + conflict)
    problems = [one for one in verify(archive).problems if one.path.endswith(".history.jsonl")]
    assert "conflict markers" in problems[0].message
    assert problems[0].hint == problem.hint


def test_a_review_of_a_version_that_is_not_there_is_named(tmp_path: Path) -> None:
    archive = full_archive(tmp_path)
    path = reviews.write(tmp_path, Review(DOCUMENT, 9, "c" * 64, "ignored", "Ada", datetime(2026, 1, 5, tzinfo=UTC)))
    (problem,) = verify(archive).problems
    assert problem.path == path.relative_to(tmp_path).as_posix()
    assert "version 9" in problem.message


@pytest.mark.parametrize("name", [f"{DOCUMENT}.md", f"{DOCUMENT}.history.jsonl"])
def test_half_a_document_is_named(tmp_path: Path, name: str) -> None:
    archive = full_archive(tmp_path)
    (tmp_path / name).unlink()
    assert f"{DOCUMENT}.md" in named(verify(archive))


def test_other_peoples_files_are_not_checked_and_said_so(tmp_path: Path) -> None:
    archive = full_archive(tmp_path)
    (tmp_path / "README.md").write_text("about this archive\n", "utf-8")
    report = verify(archive)
    assert report.sound
    assert report.notes == ("not the archive's own and not checked: README.md",)


def test_what_cannot_be_read_comes_with_what_to_do(tmp_path: Path) -> None:
    archive = full_archive(tmp_path)
    _a_folder(tmp_path / "status.jsonl")
    _a_folder(archive.private / ".gitignore")
    hints = {problem.path: problem.hint or "" for problem in verify(archive).problems}
    assert "git checkout" in hints["status.jsonl"]
    assert "move it away" in hints[".policywatch/.gitignore"]  # git has none of it
