"""`policywatch review`: sign-offs, given outright or asked for."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from policywatch.archive import Archive, reviews
from tests.archive.making import DOCUMENT, add, policy
from tests.cli.reading import TERMS, Reading


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.parametrize("decision", ["accepted", "escalated", "ignored"])
def test_a_sign_off_is_a_file_with_who_when_and_what(read: Reading, root: Path, decision: str) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    done = read("review", DOCUMENT, "--decision", decision, "--by", "Ada", "--note", "seen: fine", "--expires", "30d")
    assert done.code == 0, done.err
    (review,) = reviews.read(root, DOCUMENT)
    assert (review.version, review.decision, review.by, review.note) == (3, decision, "Ada", "seen: fine")
    assert review.text_sha256 == Archive(root).history(DOCUMENT)[-1].text_sha256
    assert before <= review.time <= datetime.now(UTC)
    assert review.expires is not None
    assert review.expires - review.time.date() == timedelta(days=30)
    (path,) = reviews.paths(root)
    assert f"({path.relative_to(root.parent)})" in done.out
    assert read("verify", "-q").code == 0


def test_a_later_version_asks_again(read: Reading, root: Path) -> None:
    read("review", DOCUMENT, "--decision", "accepted", "--version", "2", "--by", "Ada")
    archive, today = Archive(root), datetime.now(UTC).date()
    assert archive.reviewed_up_to(DOCUMENT, today) == 2
    read("review", DOCUMENT, "--decision", "accepted", "--by", "Ada")
    assert archive.reviewed_up_to(DOCUMENT, today) == 3
    with archive.writing() as writer:
        add(writer, policy("# Terms", "All new."))
    assert archive.reviewed_up_to(DOCUMENT, today) == 3


def test_walking_through_what_is_open(read: Reading, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "what?\ne ask legal first\n")
    done = read("review", "--by", "Ada")
    assert done.code == 0, done.err
    assert "1 of 1" in done.out  # the terms have their first version only: nothing to compare it with
    assert "may" in done.out
    assert "90" in done.out  # all that came since version 1
    (review,) = reviews.read(root, DOCUMENT)
    assert (review.version, review.decision, review.note) == (3, "escalated", "ask legal first")
    assert "nothing is open" in read("review", "--by", "Ada").err


def test_only_what_came_since_the_last_sign_off_is_shown(
    read: Reading, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read("review", DOCUMENT, "--decision", "accepted", "--version", "2", "--by", "Ada")
    answer(monkeypatch, "s\n")
    done = read("review", "--by", "Ada")
    assert "may" in done.out
    assert "30" not in done.out.replace("2026", "")  # version 2's change was signed off
    assert "0 signed off, 1 left open" in done.err
    assert len(reviews.read(root, DOCUMENT)) == 1


@pytest.mark.parametrize("text", ["q\n", "skip\n"])
def test_leaving_things_open(read: Reading, root: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    answer(monkeypatch, text)
    assert read("review", "--by", "Ada").code == 0
    assert reviews.read(root, DOCUMENT) == ()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((DOCUMENT, "--decision", "approved"), "accepted"),
        (("--decision", "accepted"), "needs a document"),
        ((DOCUMENT, "--decision", "accepted", "--version", "9"), "no version 9"),
        ((DOCUMENT, "--decision", "accepted", "--expires", "2020-01-01"), "that day is over"),
        (("*", "--decision", "accepted", "--version", "1"), "goes with one document"),
        ((DOCUMENT, "--note", "x"), "go with a decision"),
        (("nobody", "--decision", "accepted"), "no such document"),
        ((), "nobody is there to answer"),
    ],
)
def test_mistakes_are_told(
    read: Reading, root: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    answer(monkeypatch, "")
    done = read("review", *arguments, "--by", "Ada")
    assert done.code == 2
    assert said in done.err
    assert not list(reviews.paths(root))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_who_comes_from_git_and_the_sign_off_can_be_committed(
    read: Reading, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    nobody = read("review", DOCUMENT, "--decision", "accepted")
    assert nobody.code == 2
    assert "--by" in nobody.err

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    git("init", "-q")
    git("config", "user.name", "Grace")
    git("config", "user.email", "grace@lumen.example")
    done = read("review", f"{DOCUMENT}", "--decision", "ignored", "--commit")
    assert done.code == 0, done.err
    (review,) = reviews.read(root, DOCUMENT)
    assert review.by == "Grace <grace@lumen.example>"
    assert git("log", "--format=%an %s").strip() == f"Grace {DOCUMENT}: version 3 ignored"
    assert reviews.read(root, TERMS) == ()
