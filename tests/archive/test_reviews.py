"""Sign-offs: what they cover, and that two branches' do not collide."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.archive import Archive, reviews
from policywatch.archive.reviews import Decision
from policywatch.errors import ArchiveError
from policywatch.model import Review, SnapshotRef
from tests.archive.making import DOCUMENT, EDITIONS, add, archive_of, day, policy

TODAY = date(2026, 3, 1)
REVIEW = Review(DOCUMENT, 4, "a" * 64, "accepted", "Ada <ada@lumen.example>", datetime(2026, 2, 1, tzinfo=UTC))
TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@given(by=TEXT, note=st.none() | TEXT, expires=st.none() | st.dates())
def test_a_review_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, by: str, note: str | None, expires: date | None
) -> None:
    root = tmp_path_factory.mktemp("archive")
    review = replace(REVIEW, by=by, note=note, expires=expires)
    path = reviews.write(root, review)
    assert path.parent == root / "reviews" / DOCUMENT
    assert path.name.startswith("4-")
    assert reviews.read(root, DOCUMENT) == (review,)


def reviewed(archive: Archive, version: int, decision: Decision = "accepted", expires: date | None = None) -> None:
    text = archive.history(DOCUMENT)[version - 1].text_sha256
    review = replace(REVIEW, version=version, text_sha256=text, decision=decision, expires=expires)
    reviews.write(archive.root, review)


def test_a_review_covers_its_version_and_all_before_until_it_expires(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, [policy(f"Text {number}.") for number in range(6)])
    assert archive.reviewed_up_to(DOCUMENT, TODAY) == 0
    reviewed(archive, 2)
    reviewed(archive, 5, expires=date(2026, 2, 28))
    reviewed(archive, 3, "ignored", expires=TODAY)
    reviews.write(tmp_path, replace(REVIEW, version=6, document="lumen-notes/terms"))
    assert archive.reviewed_up_to(DOCUMENT, TODAY) == 3
    assert archive.reviewed_up_to(DOCUMENT, date(2026, 2, 28)) == 5
    assert archive.reviewed_up_to(DOCUMENT, date(2026, 3, 2)) == 2


def test_what_is_signed_off_is_a_text(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS)
    reviews.write(tmp_path, replace(REVIEW, version=3, text_sha256="f" * 64))  # of another branch's version 3
    assert archive.reviewed_up_to(DOCUMENT, TODAY) == 0
    reviewed(archive, 2)
    with archive.writing() as writer, writer.rebuilding(DOCUMENT) as fresh:
        for text in (policy("An older one, imported."), *EDITIONS):
            add(fresh, text)
    assert archive.reviewed_up_to(DOCUMENT, TODAY) == 3  # the same text, under its new number


def test_an_upgrade_from_the_same_bytes_carries_the_review_over(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS[:2])
    reviewed(archive, 2)

    def upgrade(text: str, snapshots: tuple[SnapshotRef, ...]) -> None:
        with archive.writing() as writer:
            facts = {"time": day(9), "snapshots": snapshots, "extractor": 2, "taxonomy": "2026.1"}
            writer.record(DOCUMENT, text, kind="upgrade", **facts)  # type: ignore[arg-type]

    upgrade(EDITIONS[1] + "\nRead better.\n", archive.history(DOCUMENT)[1].snapshots)
    assert archive.reviewed_up_to(DOCUMENT, TODAY) == 3
    other = SnapshotRef("https://lumen.example/privacy", "e" * 64, day(10))
    upgrade(EDITIONS[1] + "\nRead better or changed.\n", (other,))
    assert archive.reviewed_up_to(DOCUMENT, TODAY) == 3  # whose difference this is can't be told: it asks again


def test_two_people_sign_off_the_same_version_in_two_files(tmp_path: Path) -> None:
    one = reviews.write(tmp_path, REVIEW)
    other = reviews.write(tmp_path, replace(REVIEW, by="Grace"))
    assert one != other
    assert reviews.write(tmp_path, REVIEW) == one
    assert len(reviews.read(tmp_path, DOCUMENT)) == 2


@pytest.mark.parametrize(
    ("old", "new"), [("accepted", "ignored"), ("version: 4", "version: 5"), ("Ada", "Eve"), ("document:", "document :")]
)
def test_an_altered_review_is_not_read(tmp_path: Path, old: str, new: str) -> None:
    path = reviews.write(tmp_path, REVIEW)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(ArchiveError, match=path.name):
        reviews.read(tmp_path, DOCUMENT)


def test_a_review_moved_to_another_document_is_not_read(tmp_path: Path) -> None:
    path = reviews.write(tmp_path, REVIEW)
    elsewhere = tmp_path / "reviews/lumen-notes/terms"
    elsewhere.mkdir()
    path.rename(elsewhere / path.name)
    with pytest.raises(ArchiveError, match="is a review of"):
        reviews.read(tmp_path, "lumen-notes/terms")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_reviews_made_on_two_branches_merge_without_conflict(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@lumen.example", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("commit", "-q", "--allow-empty", "-m", "start")
    for branch, review in (("one", REVIEW), ("two", replace(REVIEW, by="Grace", decision="escalated"))):
        git("checkout", "-q", "-b", branch, "main")
        reviews.write(tmp_path, review)
        git("add", "reviews")
        git("commit", "-q", "-m", branch)
    git("merge", "-q", "-m", "both", "one")
    assert {review.by for review in reviews.read(tmp_path, DOCUMENT)} == {REVIEW.by, "Grace"}
