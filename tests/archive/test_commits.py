"""Commits in every situation a repository may be in, with a real git."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policywatch.archive import Archive, commits
from policywatch.archive.commits import Repository
from policywatch.errors import CommitError
from tests.archive.making import DOCUMENT, EDITIONS, add, archive_of

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

WHEN = datetime(2026, 1, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def bare_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user that git knows nothing about."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "SSH_")) or name == "EMAIL":
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@lumen.example", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or not check, done.stderr
    return done.stdout.strip()


def repository(folder: Path, *, first: bool = True) -> Path:
    folder.mkdir(exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    if first:
        (folder / "README").write_text("ours\n", "utf-8")
        git(folder, "add", "README")
        git(folder, "commit", "-q", "-m", "start")
    return folder


def paths(archive: Archive) -> list[Path]:
    return [archive.path(DOCUMENT), archive.history_path(DOCUMENT)]


def commit(archive: Archive, subject: str = f"{DOCUMENT}: 1 clause changed (data-use)") -> str | None:
    with Repository.open(archive.root) as found:
        assert found is not None
        return found.commit(paths(archive), subject, "the body", [("Policywatch-Version", "1")], WHEN)


def tracked(folder: Path, revision: str = "HEAD") -> set[str]:
    return set(git(folder, "ls-tree", "-r", "--name-only", revision).split())


def test_an_archive_within_a_larger_repository(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "deep/archive", EDITIONS[:1])
    made = commit(archive)
    assert made == git(top, "rev-parse", "main")
    assert tracked(top) == {
        "README",
        "deep/archive/.gitattributes",
        f"deep/archive/{DOCUMENT}.md",
        f"deep/archive/{DOCUMENT}.history.jsonl",
    }
    assert git(top, "status", "--porcelain") == ""
    said = git(top, "log", "-1", "--format=%s%n%b%n%aI %cI%n%an <%ae>%n%cn")
    assert said.split("\n") == [
        f"{DOCUMENT}: 1 clause changed (data-use)",
        "the body",
        "",
        "Policywatch-Version: 1",
        "",
        "2026-01-02T09:30:00+00:00 2026-01-02T09:30:00+00:00",
        "policywatch <policywatch@localhost>",
        "policywatch",
    ]
    assert git(top, "log", "-1", "--format=%(trailers:key=Policywatch-Version,valueonly)") == "1"


def test_an_archive_that_is_its_own_repository_without_commits(tmp_path: Path) -> None:
    root = repository(tmp_path / "archive", first=False)
    archive = archive_of(root, EDITIONS[:1])
    commit(archive)
    assert f"{DOCUMENT}.md" in tracked(root)
    assert git(root, "rev-list", "--count", "main") == "1"
    assert git(root, "status", "--porcelain") == ""


def test_nothing_to_commit_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_of(tmp_path / "plain", EDITIONS[:1])
    with Repository.open(archive.root) as found:
        assert found is None
    with Repository.open(tmp_path / "nowhere") as found:
        assert found is None
    assert commits.signatures(archive.root) == {}
    assert commits.start_repository(tmp_path / "plain")
    assert not commits.start_repository(tmp_path / "plain")
    monkeypatch.setenv("PATH", str(tmp_path))
    with Repository.open(archive.root) as found:  # a machine without git
        assert found is None
    assert commits.user_name(archive.root) is None
    assert not commits.start_repository(tmp_path)


def test_an_ignored_archive_is_left_out(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    (top / ".gitignore").write_text("archive/\n", "utf-8")
    archive = archive_of(top / "archive", EDITIONS[:1])
    with Repository.open(archive.root) as found:
        assert found is None
    (top / ".gitignore").write_text("*.jsonl\n", "utf-8")  # not meant for us
    assert commit(archive)
    assert f"archive/{DOCUMENT}.history.jsonl" in tracked(top)


def test_what_the_user_staged_and_edited_stays_as_it_is(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    for name in ("staged", "edited", "removed"):
        (top / name).write_text("before\n", "utf-8")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "more")
    (top / "staged").write_text("staged\n", "utf-8")
    git(top, "add", "staged")
    git(top, "rm", "-q", "--cached", "removed")
    (top / "edited").write_text("edited\n", "utf-8")
    (top / "untracked").write_text("new\n", "utf-8")
    archive = archive_of(top / "archive", EDITIONS[:1])
    (archive.root / "README.md").write_text("the user's own\n", "utf-8")
    before = set(git(top, "status", "--porcelain", "-uall", "--", ".", ":!archive").splitlines())
    commit(archive)
    after = git(top, "status", "--porcelain", "-uall").splitlines()
    assert set(after) == before | {"?? archive/README.md"}
    assert git(top, "show", "HEAD:staged") == "before"
    assert "removed" in tracked(top)


def test_a_git_environment_that_points_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a hook, or in a shell that works on another repository."""
    other = repository(tmp_path / "other")
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS[:1])
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other / ".git/objects"))
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
    commit(archive)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_AUTHOR_DATE"):
        monkeypatch.delenv(name)
    assert f"archive/{DOCUMENT}.md" in tracked(top)
    assert tracked(other) == {"README"}
    assert git(top, "log", "-1", "--format=%aI") == "2026-01-02T09:30:00+00:00"


def test_a_detached_head(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    git(top, "checkout", "-q", "--detach")
    main = git(top, "rev-parse", "main")
    archive = archive_of(top / "archive", EDITIONS[:1])
    made = commit(archive)
    assert git(top, "rev-parse", "HEAD") == made
    assert git(top, "rev-parse", "main") == main


def test_the_users_identity_is_used_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repository(tmp_path / "top")
    git(top, "config", "user.name", "Grace")
    git(top, "config", "user.email", "grace@lumen.example")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Robot")
    archive = archive_of(top / "archive", EDITIONS[:1])
    commit(archive)
    said = git(top, "log", "-1", "--format=%an <%ae>; %cn <%ce>")
    assert said == "Grace <grace@lumen.example>; Robot <grace@lumen.example>"
    assert commits.user_name(archive.root) == "Grace <grace@lumen.example>"


def signer(folder: Path, script: str) -> str:
    path = folder / "signer"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_signer_that_fails_loses_nothing_and_the_next_run_commits(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    git(top, "config", "commit.gpgsign", "true")
    git(top, "config", "gpg.program", signer(tmp_path, "echo 'no secret key' >&2; exit 1"))
    archive = archive_of(top / "archive", EDITIONS[:1])
    with pytest.raises(CommitError, match="could not be signed") as caught:
        commit(archive)
    assert "commit.gpgsign" in (caught.value.hint or "")
    assert git(top, "rev-list", "--count", "HEAD") == "1"
    assert archive.current(DOCUMENT) == EDITIONS[0]
    assert git(top, "diff", "--cached", "--name-only") == ""
    git(top, "config", "commit.gpgsign", "false")
    with Repository.open(archive.root) as found:
        assert found is not None
        left = found.leftovers()
        assert set(left) == {*paths(archive), archive.root / ".gitattributes"}
        found.commit(left, "what was left", when=WHEN)
        assert found.leftovers() == ()
    assert git(top, "status", "--porcelain") == ""


def test_a_signer_that_waits_for_somebody_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repository(tmp_path / "top")
    git(top, "config", "commit.gpgsign", "true")
    git(top, "config", "gpg.program", signer(tmp_path, "exec sleep 60"))
    archive = archive_of(top / "archive", EDITIONS[:1])
    monkeypatch.setattr(commits, "_TIMEOUT", 0.7)
    with pytest.raises(CommitError, match="no answer"):
        commit(archive)
    assert archive.current(DOCUMENT) == EDITIONS[0]


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
def test_signing_settings_are_honoured_and_the_state_is_told(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True, capture_output=True)
    allowed = tmp_path / "allowed"
    allowed.write_text(f"policywatch@localhost {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
    for name, value in (
        ("commit.gpgsign", "true"),
        ("gpg.format", "ssh"),
        ("user.signingkey", str(key)),
        ("gpg.ssh.allowedSignersFile", str(allowed)),
    ):
        git(top, "config", name, value)
    archive = archive_of(top / "archive", EDITIONS[:1])
    commit(archive)
    assert commits.signatures(archive.root) == {"G": 1}
    with archive.writing() as writer:
        add(writer, EDITIONS[1])
    git(top, "config", "commit.gpgsign", "false")
    commit(archive)
    assert commits.signatures(archive.root) == {"G": 1, "N": 1}


def test_hooks_and_editors_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repository(tmp_path / "top")
    for name in ("pre-commit", "commit-msg", "prepare-commit-msg"):
        hook = top / ".git/hooks" / name
        hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
        hook.chmod(0o755)
    monkeypatch.setenv("GIT_EDITOR", "false")
    archive = archive_of(top / "archive", EDITIONS[:1])
    assert commit(archive)


def test_committing_what_is_committed_does_nothing(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS[:1])
    assert commit(archive)
    assert commit(archive) is None
    assert git(top, "rev-list", "--count", "HEAD") == "2"


def test_an_index_left_behind_by_a_killed_run_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS[:1])
    with monkeypatch.context() as killed:
        killed.setattr(Repository, "_tell_index", lambda _: None)
        commit(archive)
    assert git(top, "status", "--porcelain") != ""
    with Repository.open(archive.root) as found:
        assert found is not None
        assert found.commit(found.leftovers(), "nothing new", when=WHEN) is None
    assert git(top, "status", "--porcelain") == ""


def test_several_commits_in_one_go_and_someone_else_in_between(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS[:1])
    with Repository.open(archive.root) as found:
        assert found is not None
        found.commit(paths(archive), "one", when=WHEN)
        (top / "README").write_text("changed by somebody\n", "utf-8")
        git(top, "commit", "-q", "-m", "somebody's", "README")
        with archive.writing() as writer:
            add(writer, EDITIONS[1])
        found.commit(paths(archive), "two", when=WHEN)
        with archive.writing() as writer:
            add(writer, EDITIONS[2])
        found.commit(paths(archive), "three", when=WHEN)
    assert git(top, "log", "--format=%s").split("\n") == ["three", "two", "somebody's", "one", "start"]
    assert git(top, "show", "HEAD:README") == "changed by somebody"
    assert git(top, "show", f"HEAD~1:archive/{DOCUMENT}.md") + "\n" == EDITIONS[1]
    assert git(top, "status", "--porcelain") == ""


def test_paths_may_be_relative_as_the_archive_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repository(tmp_path / "top")
    archive_of(top / "archive", EDITIONS[:1])
    monkeypatch.chdir(top)
    commit(Archive(Path("archive")))
    assert git(top, "status", "--porcelain") == ""


def test_a_removed_file_is_committed_as_removed(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS[:1])
    commit(archive)
    archive.path(DOCUMENT).unlink()
    with Repository.open(archive.root) as found:
        assert found is not None
        found.commit(found.leftovers(), "gone", when=WHEN)
    assert f"archive/{DOCUMENT}.md" not in tracked(top)


def test_leftovers_are_the_archives_own(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS[:1])
    (archive.root / "README.md").write_text("the user's\n", "utf-8")
    (archive.root / "notes.txt").write_text("the user's\n", "utf-8")
    (archive.root / "status.jsonl").write_text("", "utf-8")
    (archive.root / "reviews/lumen-notes").mkdir(parents=True)
    (archive.root / "reviews/lumen-notes/1-aaaaaaaa.yaml").write_text("{}\n", "utf-8")
    (top / "edited").write_text("elsewhere\n", "utf-8")
    with Repository.open(archive.root) as found:
        assert found is not None
        assert {path.name for path in found.leftovers()} == {
            ".gitattributes",
            "privacy-policy.md",
            "privacy-policy.history.jsonl",
            "status.jsonl",
        }


def test_an_index_in_use_is_waited_for_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS[:1])
    waits: list[float] = []
    lock = top / ".git/index.lock"
    monkeypatch.setattr(commits.clock, "sleep", lambda seconds: (waits.append(seconds), lock.unlink(missing_ok=True)))
    lock.touch()
    commit(archive)
    assert waits
    assert git(top, "status", "--porcelain") == ""
    with archive.writing() as writer:
        add(writer, EDITIONS[1])
    monkeypatch.setattr(commits.clock, "sleep", waits.append)
    lock.touch()
    with pytest.raises(CommitError, match="committed, but the index"):
        commit(archive)
    assert git(top, "show", f"HEAD:archive/{DOCUMENT}.md") + "\n" == EDITIONS[1]


def test_line_ends_survive_a_checkout_with_autocrlf(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS)
    commit(archive)
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "-q", str(top), "copy")
    assert Archive(tmp_path / "copy/archive").text(DOCUMENT, 1) == EDITIONS[0]


def test_a_shallow_clone_has_the_whole_history(tmp_path: Path) -> None:
    from policywatch.archive.verify import verify

    top = repository(tmp_path / "top")
    archive = Archive(top / "archive")
    for text in EDITIONS:
        with archive.writing() as writer:
            add(writer, text)
        commit(archive)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{top}", "shallow")
    shallow = Archive(tmp_path / "shallow/archive")
    assert [text for _, text in shallow.texts(DOCUMENT)] == list(EDITIONS[::-1])
    assert verify(shallow).sound


def test_files_as_they_were_in_a_revision(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS[:1])
    commit(archive)
    with archive.writing() as writer:
        add(writer, EDITIONS[1])
    commit(archive)
    before = commits.read_at(archive.root, "HEAD~1", ".history.jsonl")
    assert list(before) == [f"{DOCUMENT}.history.jsonl"]
    assert before[f"{DOCUMENT}.history.jsonl"].count(b"\n") == 1
    assert commits.read_at(archive.root, "HEAD~2", ".history.jsonl") == {}
    with pytest.raises(CommitError):
        commits.read_at(archive.root, "no-such-branch", ".history.jsonl")


@pytest.mark.parametrize("name", ["../outside", "/etc/hosts"])
def test_only_paths_of_the_archive(tmp_path: Path, name: str) -> None:
    top = repository(tmp_path / "top")
    archive = archive_of(top / "archive", EDITIONS[:1])
    with Repository.open(archive.root) as found:
        assert found is not None
        with pytest.raises(ValueError, match="outside"):
            found.commit([Path(name)], "no")
