"""`policywatch check` as CI runs it: formats, base revisions, shallow clones, the command itself."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from tests.conftest import Command, Done, command_path
from tests.gating import CONTACT, INTRO, KEEP_30, KEEP_90, OPT_IN, OPT_OUT, PRIVACY, TERMS, Repository, page

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def repository(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Repository:
    """One document with a change that matches the gate, in a folder below the repository's top."""
    for name in ("POLICYWATCH_CONFIG", "GITHUB_STEP_SUMMARY", "GIT_DIR", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "repo" / "legal"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    found = Repository(folder, capfd)
    found.gate("{categories: [ai-training, retention], severity: medium}")
    found.record(page(INTRO, OPT_IN, KEEP_30))
    found.record(page(INTRO, OPT_OUT, KEEP_30))
    return found


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@lumen.example")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def committed(repository: Repository, message: str) -> None:
    top = repository.root.parent
    if not (top / ".git").exists():
        git(top, "init", "-q", "-b", "main")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", message)


# -- formats -----------------------------------------------------------------------------------------------------------


def test_people_read_where_why_what_and_what_to_do(repository: Repository) -> None:
    done = repository.run("check")
    assert done.code == 1
    line = repository.archive.path(PRIVACY).read_text("utf-8").splitlines().index(OPT_OUT) + 1
    assert f"archive/{PRIVACY}.md:{line}" in done.out
    assert "[-only if-]{+unless+} you opt [-in-]{+out+} in your settings" in " ".join(done.out.split())
    assert "Training of AI" in done.out or "AI" in done.out
    assert f"policywatch review {PRIVACY} --version 2 --decision accepted" in done.out
    assert "not legal advice" in done.out


@needs_git
def test_github_gets_annotations_that_count_from_the_repositorys_top_and_a_step_summary(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(repository, "first")
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    done = repository.run("check", "--format", "github")
    assert done.code == 1
    (annotation,) = done.out.splitlines()
    found = re.match(r"::error file=([^,]+),line=(\d+),title=", annotation)
    assert found
    lines = (repository.root.parent / found[1]).read_text("utf-8").splitlines()
    assert lines[int(found[2]) - 1] == OPT_OUT
    told = summary.read_text("utf-8")
    assert told.startswith("before\n")
    assert "the gate is closed" in told
    assert "policywatch review" in told
    repository.run("check")
    assert summary.read_text("utf-8") == told  # other formats are for others
    repository.run("review", PRIVACY, "--decision", "accepted", "--by", "Ada")
    assert repository.run("check", "--format", "github").out.startswith("::notice ")
    assert "the gate is open" in summary.read_text("utf-8")


@needs_git
def test_sarif_is_valid_names_files_from_the_top_and_keeps_its_fingerprints(
    repository: Repository, tmp_path: Path
) -> None:
    committed(repository, "first")
    file = tmp_path / "check.sarif"
    done = repository.run("check", "--format", "sarif", "--output", str(file))
    assert (done.code, done.out) == (1, "")
    Sarif.model_validate_json(file.read_text("utf-8"))
    (result,) = json.loads(file.read_text("utf-8"))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"legal/archive/{PRIVACY}.md"
    assert result["ruleId"] == "ai-training"
    repository.record(page(KEEP_30, INTRO, CONTACT, OPT_OUT))  # the clause moved on to another line and version
    later = json.loads(repository.run("check", "--format", "sarif").out)["runs"][0]["results"]
    prints = {one["partialFingerprints"]["policywatch/v1"]: one for one in later}
    assert result["partialFingerprints"]["policywatch/v1"] in prints


def test_junit_json_and_markdown(repository: Repository) -> None:
    suite = ElementTree.fromstring(repository.run("check", "--format", "junit").out)
    assert suite.get("failures") == "1"
    assert [case.get("classname") for case in suite.iter("testcase")] == [PRIVACY]
    (found,) = json.loads(repository.run("check", "--format", "json").out)["findings"]
    fields = "document version kind categories severity reason text path line sign_off words deciding stood".split()
    assert list(found) == fields
    assert "**policywatch: the gate is closed**" in repository.run("check", "--format", "markdown").out


def test_quiet_is_silent_while_the_gate_is_open(repository: Repository) -> None:
    assert repository.run("check", "-q").code == 1
    repository.run("review", PRIVACY, "--decision", "ignored", "--by", "Ada")
    assert repository.run("check", "-q") == Done(0, "", "")


def test_usage_errors(repository: Repository, tmp_path: Path) -> None:
    assert repository.run("check", "--format", "docx").code == 2
    assert repository.run("check", "--archive", str(tmp_path / "nowhere")).code == 2
    assert repository.run("check", "nobody").code == 2
    unwritable = repository.run("check", "--output", str(tmp_path / "no" / "folder.json"))
    assert (unwritable.code, "no/folder.json" in unwritable.err) == (2, True)


# -- a base revision ---------------------------------------------------------------------------------------------------


@needs_git
def test_a_base_leaves_what_a_pull_request_brings(repository: Repository) -> None:
    committed(repository, "an unreviewed change is on main already")
    assert repository.findings("--base", "main") == []
    git(repository.root, "switch", "-q", "-c", "update")
    repository.record(page(INTRO, OPT_OUT, KEEP_90))
    repository.record(page(INTRO, CONTACT, document="Terms of Service"), TERMS)  # a first version is nothing to review
    committed(repository, "update")
    (found,) = repository.findings("--base", "main")
    assert found["text"] == KEEP_90
    assert len(repository.findings()) == 2
    repository.follow(found["sign_off"])
    assert repository.findings("--base", "main") == []


@needs_git
def test_a_base_that_went_on_by_itself_or_whose_history_was_rebuilt(repository: Repository) -> None:
    committed(repository, "main")
    git(repository.root, "switch", "-q", "-c", "update")
    repository.record(page(INTRO, OPT_OUT, KEEP_90))
    committed(repository, "update")
    git(repository.root, "switch", "-q", "main")
    repository.record(page(INTRO, OPT_OUT, KEEP_30, CONTACT))
    committed(repository, "main went on")
    git(repository.root, "switch", "-q", "update")
    assert [one["text"] for one in repository.findings("--base", "main")] == [KEEP_90]
    texts = [text for _, text in repository.archive.texts(PRIVACY)][::-1]
    for path in (repository.archive.path(PRIVACY), repository.archive.history_path(PRIVACY)):
        path.unlink()
    repository.record(page("An older text that an import found.", OPT_IN, KEEP_30))
    for text in texts[1:]:
        repository.record(text)
    assert [one["text"] for one in repository.findings("--base", "update")] == []


@needs_git
def test_a_base_that_is_not_here_is_explained(repository: Repository) -> None:
    committed(repository, "main")
    done = repository.run("check", "--base", "origin/main")
    assert done.code == 2
    assert "git fetch --depth=1 origin" in done.err


@needs_git
def test_positions_that_the_base_has_are_not_the_pull_requests(repository: Repository) -> None:
    repository.gate("{categories: [fees], positions: {ai-training: [only-with-opt-in]}}")
    committed(repository, "main")
    assert [one["kind"] for one in repository.findings()] == ["position"]
    assert repository.findings("--base", "HEAD") == []


# -- the command as it is printed --------------------------------------------------------------------------------------


@needs_git
def test_the_printed_command_works_as_it_stands(repository: Repository, policywatch: Command, tmp_path: Path) -> None:
    committed(repository, "first")
    git(repository.root, "config", "user.name", "Ada")
    git(repository.root, "config", "user.email", "ada@lumen.example")
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    flags = ("--config", str(repository.root / "platforms.yaml"), "--archive", "../repo/legal/archive")
    closed = policywatch("check", "--format", "json", *flags, cwd=elsewhere)
    assert closed.code == 1, closed.err
    (found,) = json.loads(closed.out)["findings"]
    shell = subprocess.run(
        ["bash", "-c", found["sign_off"].replace("policywatch", command_path(), 1)],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert shell.returncode == 0, shell.stderr
    assert policywatch("check", *flags, cwd=elsewhere).code == 0


def test_a_reason_says_what_shifted_as_diff_does(repository: Repository) -> None:
    fewer = "We do not use calls or drafts to train our models."
    repository.record(page(INTRO, fewer.replace("calls or", "calls, notes or"), KEEP_30))
    repository.run("review", PRIVACY, "--version", "3", "--decision", "accepted", "--by", "ada")
    repository.record(page(INTRO, fewer, KEEP_30))
    told = "gone from what is denied: notes"
    assert told in " ".join(repository.run("diff", PRIVACY, "--format", "plain").out.split())
    for format in ("terminal", "markdown", "github", "sarif", "junit", "json"):
        out = " ".join(repository.run("check", "--format", format).out.split())
        assert told in out or told.replace(":", "%3A") in out, format
        assert "nothing" not in out


def test_a_removed_clause_is_placed_in_the_version_that_had_it(repository: Repository) -> None:
    repository.run("review", PRIVACY, "--decision", "accepted", "--by", "Ada")
    repository.record(page(INTRO, OPT_OUT))
    (found,) = json.loads(repository.run("check", "--format", "json").out)["findings"]
    old = repository.archive.text(PRIVACY, found["stood"]["version"]).splitlines()
    assert old[found["stood"]["line"] - 1] == KEEP_30
    assert f"line {found['stood']['line']} of version 2" in repository.run("check").out


def test_documents_of_grave_findings_come_first(repository: Repository) -> None:
    repository.gate("{severity: low}")
    for text in (CONTACT, CONTACT.replace("privacy@", "legal@")):
        repository.record(page(INTRO, text), document="alba/terms")
    severities = [one["severity"] for one in json.loads(repository.run("check", "--format", "json").out)["findings"]]
    assert len(set(severities)) > 1
    assert severities == sorted(severities, key=["high", "medium", "low"].index)
