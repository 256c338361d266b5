"""Recording and reading back: histories, texts of any version, what an id may be."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policywatch.archive import Archive, StatusLine, parse_when, records
from policywatch.archive.settling import Pending
from policywatch.archive.verify import verify
from policywatch.errors import ArchiveBusy, ArchiveError, UsageError
from policywatch.model import Version
from tests.archive.making import DOCUMENT, EDITIONS, START, add, archive_of, day, snapshot

LINE = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\n"), max_size=12)
EDITS = st.lists(
    st.lists(
        st.one_of(
            st.tuples(st.just("insert"), st.integers(0, 40), LINE),
            st.tuples(st.just("delete"), st.integers(0, 40), st.just("")),
            st.tuples(st.just("replace"), st.integers(0, 40), LINE),
            st.tuples(st.just("swap"), st.integers(0, 40), st.just("")),
        ),
        max_size=6,
    ),
    max_size=8,
)


def edited(lines: list[str], edits: list[tuple[str, int, str]]) -> list[str]:
    lines = list(lines)
    for deed, place, text in edits:
        at = place % (len(lines) + 1)
        if deed == "insert":
            lines.insert(at, text)
        elif at < len(lines):
            if deed == "delete":
                del lines[at]
            elif deed == "replace":
                lines[at] = text
            else:
                lines[at], lines[0] = lines[0], lines[at]
    return lines


@settings(max_examples=60)
@given(st.lists(LINE, max_size=20), EDITS)
def test_every_version_of_a_random_history_is_rebuilt_from_one_checkout(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], edits: list[list[tuple[str, int, str]]]
) -> None:
    lines, texts = first, ["\n".join(first)]
    for one in edits:
        lines = edited(lines, one)
        texts.append("\n".join(lines))
    root = tmp_path_factory.mktemp("archive")
    recorded = archive_of(root, texts)
    fresh = Archive(root)  # nothing but the files
    assert [text for _, text in fresh.texts(DOCUMENT)] == texts[::-1]
    for version, text in zip(fresh.history(DOCUMENT), texts, strict=True):
        assert recorded.text(DOCUMENT, version.version) == text
        assert version.text_sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_history_line_is_the_contract(tmp_path: Path) -> None:
    archive_of(tmp_path, EDITIONS)
    written = (tmp_path / f"{DOCUMENT}.history.jsonl").read_bytes().splitlines()
    first, second, _ = (json.loads(line) for line in written)
    assert first["kind"] == "first"
    assert first["previous"] is None
    assert first["undo"] == []
    assert second["version"] == 2
    assert second["time"] == "2026-01-02T09:30:00Z"
    assert second["kind"] == "change"
    assert second["changes"] == {"reworded": 1}
    assert second["categories"] == ["data-use"]
    assert second["severity"] == "medium"
    assert second["extractor"] == 1
    assert second["taxonomy"] == "2026.1"
    assert second["previous"] == hashlib.sha256(written[0]).hexdigest()
    assert second["text_sha256"] == hashlib.sha256(EDITIONS[1].encode()).hexdigest()
    assert set(second["snapshots"][0]) == {"url", "sha256", "retrieved_at"}
    lines = EDITIONS[1].split("\n")
    for line, count, stood in second["undo"]:
        lines[line - 1 : line - 1 + count] = stood
    assert "\n".join(lines) == EDITIONS[0]


def test_reading_creates_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "none")
    assert archive.documents() == ()
    assert archive.history(DOCUMENT) == ()
    assert archive.head(DOCUMENT) is None
    assert archive.current(DOCUMENT) is None
    assert archive.statuses() == {}
    assert archive.version_at(DOCUMENT, START) is None
    assert archive.evidence(DOCUMENT, "0" * 64) is None
    assert archive.reviewed_up_to(DOCUMENT, START.date()) == 0
    assert verify(archive).sound
    assert not (tmp_path / "none").exists()


def test_the_head_of_a_long_history_is_read_from_its_end(tmp_path: Path) -> None:
    long_line = "x" * 90_000
    archive = archive_of(tmp_path, [long_line + str(number) for number in range(4)])
    head = archive.head(DOCUMENT)
    assert head is not None
    assert head == archive.history(DOCUMENT)[-1]
    assert head.version == 4


def test_versions_by_number_date_and_time(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS)

    def named(asked: str) -> int:
        return archive.resolve(DOCUMENT, asked).version

    assert [named("1"), named("v2"), named("latest"), named("first")] == [1, 2, 3, 1]
    assert named("2026-01-01") == 1  # the end of the day
    assert named("2026-01-02T09:29:59Z") == 1
    assert named("2026-01-02T11:30:00+02:00") == 2
    assert named("2027-01-01") == 3
    at = archive.version_at(DOCUMENT, date(2026, 1, 2))
    assert at is not None
    assert at.version == 2
    assert archive.version_at(DOCUMENT, day(0).replace(hour=1)) is None


@pytest.mark.parametrize("asked", ["0", "4", "2025-12-31", "soon", "2026-13-01", ""])
def test_a_version_that_is_none_is_an_error_that_helps(tmp_path: Path, asked: str) -> None:
    archive = archive_of(tmp_path, EDITIONS)
    with pytest.raises(UsageError) as caught:
        archive.resolve(DOCUMENT, asked)
    assert caught.value.hint


def test_ages_count_back_from_now() -> None:
    now = datetime(2026, 3, 10, 12, tzinfo=UTC)
    assert parse_when("7d", now=now) == datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert parse_when("36h", now=now) == datetime(2026, 3, 9, tzinfo=UTC)
    assert parse_when("2w", now=now) == datetime(2026, 2, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "document", ["../etc/passwd", "a/../b", "a", "a/b/c", "/a/b", "a/.b", ".a/b", "a/b/", "a\\b/c", ""]
)
def test_an_id_cannot_lead_out_of_the_archive(tmp_path: Path, document: str) -> None:
    with pytest.raises(UsageError):
        Archive(tmp_path).path(document)
    with Archive(tmp_path).writing() as writer, pytest.raises(UsageError):
        add(writer, "text\n", document)


def test_an_edited_text_is_not_built_upon(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS[:1])
    archive.path(DOCUMENT).write_text(EDITIONS[0] + "edited by hand\n", "utf-8")
    with archive.writing() as writer, pytest.raises(ArchiveError, match="not the text of version 1"):
        add(writer, EDITIONS[1])
    with pytest.raises(ArchiveError, match="not the text of version 1"):
        archive.text(DOCUMENT, 1)
    assert len(archive.history(DOCUMENT)) == 1


def test_a_second_first_and_a_change_of_nothing_are_refused(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS[:1])
    with archive.writing() as writer:
        with pytest.raises(ArchiveError, match="already has a history"):
            writer.record(DOCUMENT, "x\n", kind="first", time=START, extractor=1, taxonomy="1")
        with pytest.raises(ArchiveError, match="no version to change"):
            writer.record("lumen-notes/terms", "x\n", kind="change", time=START, extractor=1, taxonomy="1")


def test_a_rebuilt_history_names_the_old_head_and_replaces_it_at_once(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS[1:])
    old = archive.head_line(DOCUMENT)
    assert old is not None
    with archive.writing() as writer, writer.rebuilding(DOCUMENT) as fresh:
        for text in EDITIONS:
            add(fresh, text)
        assert len(archive.history(DOCUMENT)) == 2  # the old one stands until the new one is whole
    assert [text for _, text in archive.texts(DOCUMENT)] == list(EDITIONS[::-1])
    assert archive.history(DOCUMENT)[0].previous == hashlib.sha256(old).hexdigest()
    assert verify(archive).sound


def test_a_rebuild_that_fails_leaves_the_old_history(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS)

    def broken_off() -> None:
        with archive.writing() as writer, writer.rebuilding(DOCUMENT) as fresh:
            add(fresh, EDITIONS[0])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert len(archive.history(DOCUMENT)) == 3
    assert verify(archive).sound


# -- status ------------------------------------------------------------------------------------------------------------


def test_status_lines_are_the_contract_sorted_and_kept(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    waiting = StatusLine(
        DOCUMENT,
        "pending",
        date(2026, 1, 2),
        date(2026, 1, 3),
        "lost most of its clauses",
        Pending("f" * 64, START, "lost most of its clauses"),
        (("e" * 64, date(2026, 1, 1)),),
    )
    failed = StatusLine("ember-chat/terms", "failed", date(2026, 1, 2), reason="no answer")
    with archive.writing() as writer:
        writer.set_status(waiting)
        writer.set_status(failed)
    first, second = (json.loads(line) for line in (tmp_path / "status.jsonl").read_text("utf-8").splitlines())
    assert (first["document"], second["document"]) == ("ember-chat/terms", DOCUMENT)
    assert first["last_seen"] is None
    assert second["since"] == "2026-01-02"
    assert second["pending"]["form"] == "f" * 64
    assert second["pending"]["first_seen"] == "2026-01-01T09:30:00Z"
    assert second["forms"] == [["e" * 64, "2026-01-01"]]
    assert archive.statuses() == {"ember-chat/terms": failed, DOCUMENT: waiting}
    assert archive.status(DOCUMENT) == waiting


def test_a_status_that_says_nothing_new_leaves_the_file_alone(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    status = StatusLine(DOCUMENT, "unchanged", date(2026, 1, 2), date(2026, 1, 3))
    with archive.writing() as writer:
        writer.set_status(status)
    before = (tmp_path / "status.jsonl").stat().st_ino
    with archive.writing() as writer:
        writer.set_status(status)
    assert (tmp_path / "status.jsonl").stat().st_ino == before


def test_statuses_gathered_before_an_error_are_written(tmp_path: Path) -> None:
    archive = Archive(tmp_path)

    def interrupted() -> None:
        with archive.writing() as writer:
            writer.set_status(StatusLine(DOCUMENT, "failed", date(2026, 1, 2)))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert archive.status(DOCUMENT) is not None


# -- the lock ----------------------------------------------------------------------------------------------------------


def test_a_second_writer_is_told_who_holds_the_archive(tmp_path: Path) -> None:
    import os

    archive = Archive(tmp_path)
    with archive.writing(), pytest.raises(ArchiveBusy, match=f"process {os.getpid()}, since 2"):
        archive.writing(wait=0.05).__enter__()
    with archive.writing() as writer:  # and once it is free, it is free
        add(writer, EDITIONS[0])


def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS[:2])
    with archive.writing() as writer:
        assert archive.text(DOCUMENT, 1) == EDITIONS[0]
        add(writer, EDITIONS[2])
        assert archive.text(DOCUMENT, 2) == EDITIONS[1]


# -- evidence ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("keep", "place"), [("local", ".policywatch/evidence"), ("tracked", "evidence")])
def test_evidence_is_read_back_as_it_came(tmp_path: Path, keep: str, place: str) -> None:
    archive = Archive(tmp_path)
    page = snapshot(b"<html>\xe9\x00 the page</html>", 3)
    with archive.writing(evidence="tracked" if keep == "tracked" else "local") as writer:
        path = writer.keep_evidence(DOCUMENT, page)
        assert writer.keep_evidence(DOCUMENT, page) is None  # once
    assert path is not None
    assert path.is_relative_to(tmp_path / place)
    assert archive.evidence(DOCUMENT, page.sha256) == page.body
    kept = archive.snapshot(DOCUMENT, page.sha256)
    assert kept is not None
    assert (kept.url, kept.retrieved_at, kept.status, kept.content_type) == (
        page.url,
        page.retrieved_at,
        200,
        page.content_type,
    )


def test_evidence_is_a_warc_that_other_tools_verify(tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    page = snapshot(b"<html>a page</html>")
    with Archive(tmp_path).writing() as writer:
        path = writer.keep_evidence(DOCUMENT, page)
    assert path is not None
    with path.open("rb") as file:
        record = next(ArchiveIterator(file, check_digests="raise"))
        assert record.rec_type == "response"
        assert record.rec_headers.get_header("WARC-Target-URI") == page.final_url
        assert record.rec_headers.get_header("WARC-Date") == "2026-01-01T09:30:00Z"
        assert record.rec_headers.get_header("WARC-Payload-Digest").startswith("sha256:")
        assert record.content_stream().read() == page.body


def test_evidence_holds_no_cookies(tmp_path: Path) -> None:
    import gzip

    page = snapshot(b"page")
    secret = (("Set-Cookie", "session=hunter2"), ("Content-Encoding", "br"), ("X-Odd", "two\r\nlines"))
    page = type(page)(**{**{name: getattr(page, name) for name in page.__slots__}, "headers": page.headers + secret})
    with Archive(tmp_path).writing() as writer:
        path = writer.keep_evidence(DOCUMENT, page)
    assert path is not None
    written = gzip.decompress(path.read_bytes())
    assert b"hunter2" not in written
    assert b"X-Archive-Orig-Content-Encoding: br" in written
    assert b"X-Odd: two lines" in written


def test_no_evidence_when_it_is_off(tmp_path: Path) -> None:
    with Archive(tmp_path).writing(evidence="off") as writer:
        assert writer.keep_evidence(DOCUMENT, snapshot(b"page")) is None
    assert not list(tmp_path.rglob("*.warc.gz"))


def test_a_version_line_is_read_back_as_it_was() -> None:
    version = Version(DOCUMENT, 1, START, "first", "a" * 64, (), 2, "x", {}, ("fees",), "low", (), None)
    assert records.read_version(DOCUMENT, records.version_line(version)) == version


# -- trouble -----------------------------------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_what_was_begun_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from policywatch.archive import files

    archive = archive_of(tmp_path, EDITIONS[:1])
    whole = files.write

    def full(root: Path, step: files.Write, *rest: object) -> None:
        if step.path.endswith(".md"):
            raise OSError(28, "No space left on device")
        whole(root, step, *rest)  # type: ignore[arg-type]

    def record() -> None:
        with archive.writing() as writer:
            add(writer, EDITIONS[1])

    with monkeypatch.context() as patched:
        patched.setattr(files, "write", full)
        with pytest.raises(ArchiveError, match=rf"{DOCUMENT}\.md cannot be written: No space left on device"):
            record()
    assert verify(archive).sound
    assert archive.current(DOCUMENT) == EDITIONS[0]
    with archive.writing() as writer:
        add(writer, EDITIONS[1])
        add(writer, EDITIONS[2])
    assert [text for _, text in Archive(tmp_path).texts(DOCUMENT)] == list(EDITIONS[::-1])


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file", "utf-8")
    with pytest.raises(ArchiveError, match="cannot be written"):
        Archive(tmp_path / "archive").writing().__enter__()


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{}\n", b"[1]\n", b'{"version": 1}\n', b"\n"])
def test_a_history_that_is_none_is_told(tmp_path: Path, data: bytes) -> None:
    archive = archive_of(tmp_path, EDITIONS[:1])
    archive.history_path(DOCUMENT).write_bytes(data)
    for read in (archive.history, archive.head, lambda document: archive.text(document, 1)):
        with pytest.raises(ArchiveError, match="damaged"):
            read(DOCUMENT)
    (tmp_path / "status.jsonl").write_bytes(data)
    with pytest.raises(ArchiveError, match="damaged"):
        archive.statuses()


def test_months_are_dates_too() -> None:
    assert parse_when("2026-02") == datetime(2026, 2, 1, tzinfo=UTC)
    assert parse_when("2026-02", end=True).date() == date(2026, 2, 28)
    assert parse_when("2025-12", end=True).date() == date(2025, 12, 31)
