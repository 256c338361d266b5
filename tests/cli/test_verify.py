"""`policywatch verify`: sound or not, and what is not."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.archive.making import DOCUMENT
from tests.cli.reading import Reading


def test_a_sound_archive(read: Reading) -> None:
    done = read("verify")
    assert done.code == 0
    assert done.out == ""
    assert "2 documents, 4 versions" in done.err
    assert "all as it was recorded" in done.err
    assert "evidence of 4 of 4 snapshots is not here" in done.err
    assert read("verify", "-q").err == ""
    answer = json.loads(read("verify", "-f", "json").out)
    assert answer["schema"] == "policywatch/verify/1"
    assert answer["sound"] is True


def test_an_altered_text_is_named(read: Reading, tmp_path: Path) -> None:
    path = tmp_path / f"archive/{DOCUMENT}.md"
    path.write_text(path.read_text("utf-8").replace("90 days", "900 days"), "utf-8")
    done = read("verify", "-q")
    assert done.code == 1
    assert done.out.startswith(f"{DOCUMENT}.md: altered")
    answer = json.loads(read("verify", "-f", "json").out)
    assert [one["path"] for one in answer["problems"]] == [f"{DOCUMENT}.md"]
    for verb in ("show", "blame"):
        refused = read(verb, DOCUMENT)
        assert refused.code == 2
        assert "policywatch verify" in refused.err


def test_an_archive_that_is_not_there(read: Reading, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "archive")
    done = read("verify")
    assert done.code == 2
    assert "no such archive" in done.err


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_fork_in_git_is_named_with_the_way_out(read: Reading, tmp_path: Path) -> None:
    from policywatch.archive import Archive
    from tests.archive.making import add, policy

    def git(*arguments: str, check: bool = True) -> None:
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@lumen.example", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=check, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "archive")
    git("commit", "-q", "-m", "start")
    for branch in ("one", "two"):
        git("checkout", "-q", "-b", branch, "main")
        with Archive(tmp_path / "archive").writing() as writer:
            add(writer, policy("# Terms", f"Branch {branch} saw this."))
        git("commit", "-q", "-a", "-m", branch)
    git("merge", "-q", "one", check=False)
    done = read("verify")
    assert done.code == 1
    assert f"{DOCUMENT}.history.jsonl" in done.out
    assert "fork" in done.out
    assert "git checkout --ours" in done.out
    for verb in ("log", "show"):
        refused = read(verb, DOCUMENT)
        assert refused.code == 2
        assert "two branches" in refused.err
    git("checkout", "--ours", "--", f"archive/{DOCUMENT}.md", f"archive/{DOCUMENT}.history.jsonl")
    assert read("verify").code == 0


def test_a_quote_that_is_not_where_it_is_said_to_be(read: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    from policywatch.model import Position, Quote
    from policywatch.survey import Survey

    there = Quote(DOCUMENT, 12, "Write to privacy@lumen.example.")
    elsewhere = Quote(DOCUMENT, 14, "We never share your notes.")
    said = (Position("Lumen Notes", "retention", "fixed-period", 90, (there, elsewhere)),)
    monkeypatch.setattr(Survey, "positions", lambda _, documents: said if documents[0].id == DOCUMENT else ())
    done = read("verify")
    assert done.code == 1
    assert done.out == f"{DOCUMENT}.md:14: the passage quoted for retention does not stand here: {elsewhere.text}\n"
    assert read("verify", "--no-quotes").code == 0
