"""``policywatch diff`` on an archive and on two local files; once as the installed command, else in this process."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policywatch.archive import Archive
from policywatch.cli import app
from tests.archive.making import DOCUMENT, archive_of, policy
from tests.conftest import Command, Done

PRIVACY = """\
---
title: Lanternfish Privacy Policy
platform: Lanternfish
document: Privacy Policy
language: en
---

# Lanternfish Privacy Policy

## Training

We may use your content to train our models only if you opt in.

## Retention

We delete your content 30 days after you close your account.
{more}"""
TERMS = PRIVACY.replace("Privacy Policy", "Terms of Service").replace("content", "posts")
OPTED_OUT = ("may use your content to train our models only if you opt in", "will use your content to train our models")
LONGER = ("30 days", "90 days")


def edition(text: str, *edits: tuple[str, str], more: str = "") -> str:
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return text.format(more=more)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three versions of a privacy policy, two of the terms, one of a cookie policy."""
    root = tmp_path_factory.mktemp("watched") / "archive"
    editions = {
        "lanternfish/privacy-policy": [
            edition(PRIVACY),
            edition(PRIVACY, OPTED_OUT),
            edition(PRIVACY, OPTED_OUT, LONGER),
        ],
        "lanternfish/terms": [edition(TERMS), edition(TERMS, more="\nYou pay in advance.\n")],
        "moth/cookies": [edition(PRIVACY)],
    }
    with Archive(root).writing() as writer:
        for document, texts in editions.items():
            for number, text in enumerate(texts):
                time = datetime(2026, 1 + number, 10, 12, tzinfo=UTC)
                kind = "change" if number else "first"
                writer.record(document, text, kind=kind, time=time, extractor=1, taxonomy="1")  # type: ignore[arg-type]
    return root


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """The command line in this process: what it prints and returns, without the seconds that starting costs."""
    for name in ("POLICYWATCH_CONFIG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    heard = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def call(*arguments: str | Path, cwd: Path = tmp_path) -> Done:
        monkeypatch.chdir(cwd)
        code = app.run([str(argument) for argument in arguments])
        return Done(code, *capsys.readouterr())

    yield call
    for number, handler in heard.items():
        signal.signal(number, handler)


def kinds(out: str) -> list[str]:
    return [change["kind"] for change in json.loads(out)["changes"]]


def test_the_last_change_of_a_document(policywatch: Command, archive: Path) -> None:
    done = policywatch("diff", "lanternfish/privacy-policy", "--archive", archive)
    assert done.code == 0, done.err
    assert "[-30-]{+90+} days" in done.out
    assert "version 2 → 3" in done.out
    assert "opt in" not in done.out
    assert "not legal advice" in done.out


def test_between_versions_dates_and_backwards(ask: Command, archive: Path) -> None:
    question = ("diff", "lanternfish/privacy-policy", "--archive", archive, "--format", "json")
    assert kinds(ask(*question, "1").out) == ["reworded", "reworded"]
    assert kinds(ask(*question, "1", "2").out) == ["reworded"]
    assert kinds(ask(*question, "2026-01-31", "2026-02-28").out) == ["reworded"]
    back = json.loads(ask(*question, "3", "1").out)
    assert (back["from"]["version"], back["to"]["version"]) == (3, 1)
    assert ["+", "30"] in back["changes"][1]["words"]


def test_backwards_no_notice_is_counted(ask: Command, tmp_path: Path) -> None:
    texts = [
        policy(*("# Terms", f"Effective {when}", "You may use Ember Chat.")).replace(
            "language: en", f"effective_date: {iso}\nlanguage: en"
        )
        for when, iso in (("1 March 2020", "2020-03-01"), ("1 March 2025", "2025-03-01"))
    ]
    archive_of(tmp_path / "dated", texts)
    question = ("diff", DOCUMENT, "--archive", tmp_path / "dated", "--format", "json")
    assert json.loads(ask(*question, "1", "2").out)["notice_days"] < 0
    back = json.loads(ask(*question, "2", "1").out)
    assert (back["effective"]["after"], back["notice_days"]) == ("2020-03-01", None)
    assert "in force" not in ask(*question[:-1], "plain", "2", "1").out


def test_a_platform_gives_each_documents_last_change(ask: Command, archive: Path) -> None:
    done = ask("diff", "lanternfish", "--archive", archive, "--format", "json")
    found = json.loads(done.out)
    assert found["schema"] == "policywatch/changes-list/1"
    spans = {one["document"]: (one["from"]["version"], one["to"]["version"]) for one in found["documents"]}
    assert spans == {"lanternfish/privacy-policy": (2, 3), "lanternfish/terms": (1, 2)}
    told = ask("diff", "lanternfish", "--archive", archive, "--format", "markdown").out
    assert {"### Lanternfish · Privacy Policy", "### Lanternfish · Terms of Service"} <= set(told.splitlines())


def test_since_takes_everything_after_a_day(ask: Command, archive: Path) -> None:
    done = ask("diff", "--since", "2026-01-20", "--archive", archive, "--format", "jsonl")
    spans = {
        one["document"]: (one["from"]["version"], one["to"]["version"])
        for one in map(json.loads, done.out.splitlines())
    }
    assert spans == {"lanternfish/privacy-policy": (1, 3), "lanternfish/terms": (1, 2)}
    later = ask("diff", "--since", "2026-02-20", "--archive", archive, "--format", "jsonl")
    assert [json.loads(line)["document"] for line in later.out.splitlines()] == ["lanternfish/privacy-policy"]


def test_one_version_is_nothing_to_compare(ask: Command, archive: Path) -> None:
    done = ask("diff", "moth/cookies", "--archive", archive, "--exit-code")
    assert (done.code, done.out) == (0, "")
    assert "one version" in done.err
    assert ask("diff", "moth/cookies", "--archive", archive, "-q").err == ""


def test_exit_code_category_and_stat(ask: Command, archive: Path) -> None:
    question = ("diff", "lanternfish/privacy-policy", "1", "--archive", archive, "--exit-code")
    assert ask(*question).code == 1
    narrowed = ask(*question, "--category", "retention", "--format", "json")
    assert narrowed.code == 1
    assert all("retention" in change["categories"] for change in json.loads(narrowed.out)["changes"])
    assert ask(*question, "--category", "fees").code == 0
    stat = ask(*question, "--stat").out
    assert stat.startswith("lanternfish/privacy-policy  2 reworded")
    assert len(stat.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--category", "retentoin"), "did you mean retention"),
        (("--format", "jsno"), "did you mean json"),
        (("lanternfish", "1"), "one document"),
        (("lanternfish/privacy-policy", "9"), "no version 9"),
        (("nobody",), "nobody"),
    ],
)
def test_a_wrong_question_is_explained(ask: Command, archive: Path, arguments: tuple[str, ...], said: str) -> None:
    done = ask("diff", *arguments, "--archive", archive)
    assert done.code == 2
    assert said in done.err


def test_the_patch_takes_the_archive_from_one_version_to_the_other(ask: Command, archive: Path, tmp_path: Path) -> None:
    question = ("diff", "lanternfish/privacy-policy", "1", "--format", "patch", "--archive", archive)
    done = ask(*question, cwd=archive.parent)
    path = tmp_path / "archive/lanternfish/privacy-policy.md"
    path.parent.mkdir(parents=True)
    path.write_text(Archive(archive).text("lanternfish/privacy-policy", 1), "utf-8")
    subprocess.run(["git", "apply", "-"], input=done.out, text=True, cwd=tmp_path, check=True, capture_output=True)
    assert path.read_text("utf-8") == Archive(archive).current("lanternfish/privacy-policy")


def test_a_report_goes_to_a_file(ask: Command, archive: Path, tmp_path: Path) -> None:
    done = ask("diff", "--archive", archive, "--format", "html", "-o", "report.html")
    assert (done.code, done.out) == (0, "")
    assert "<ins" in (tmp_path / "report.html").read_text("utf-8")


def test_a_file_that_cannot_be_written_is_explained(ask: Command, archive: Path) -> None:
    done = ask("diff", "--archive", archive, "--format", "html", "-o", "no/such/folder.html")
    assert done.code == 2
    assert "no/such/folder.html" in done.err


# -- local files -------------------------------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><title>Lanternfish Privacy Policy</title></head><body><main>
<h1>Lanternfish Privacy Policy</h1>
<p>This policy says what we do with the personal information of the people who use our service.</p>
<h2>Training</h2><p>We may use your content to train our models only if you opt in to it in your settings.</p>
<h2>Retention</h2><p>We delete your content within 30 days after you have closed your account with us.</p>
<p>You have the right to ask us for a copy of your personal information at any time you like.</p>
</main></body></html>"""


PAGE_FOOT = "<p>You may ask us for a copy of your personal data.</p></body></html>"


def local(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_two_local_pages(ask: Command, tmp_path: Path) -> None:
    local(tmp_path, "old.html", PAGE)
    local(tmp_path, "new.html", PAGE.replace("30 days", "90 days"))
    done = ask("diff", "old.html", "new.html", "--exit-code")
    assert done.code == 1, done.err
    assert "[-30-]{+90+} days" in done.out
    assert "Retention" in done.out


def test_a_patch_of_local_files_names_them(ask: Command, tmp_path: Path) -> None:
    old = local(tmp_path, "old.html", PAGE)
    local(tmp_path, "new.html", PAGE.replace("30 days", "90 days"))
    lines = ask("diff", old, "new.html", "--format", "patch").out.splitlines()
    assert lines[1:3] == [f"--- a{old}", "+++ b/new.html"]
    assert lines[0] == f"diff --git a{old} b/new.html"


def test_numbers_typed_where_a_list_counted_are_no_change_beside_others(ask: Command, tmp_path: Path) -> None:
    typed = "".join(f"<p>{number}. We keep {what} for 30 days.</p>" for number, what in enumerate(("logs", "mail"), 1))
    counted = typed.replace("<p>1. ", "<ol><li>").replace("<p>2. ", "<li>").replace("</p>", "</li>") + "</ol>"
    told = "<h1>Retention</h1><p>This policy says how long the Lanternfish service keeps your personal data.</p>"
    old, new = (local(tmp_path, name, f"<html><body>{told}{text}{PAGE_FOOT}") for name, text in (("a.html", typed), (
        "b.html", counted.replace("mail for 30", "mail for 60"))))  # fmt: skip
    words = [change["words"] for change in json.loads(ask("diff", old, new, "--format", "json").out)["changes"]]
    assert len(words) == 1
    assert ["+", "60"] in words[0]


def test_a_page_against_text_and_against_itself(ask: Command, tmp_path: Path) -> None:
    local(tmp_path, "old.html", PAGE)
    local(tmp_path, "archived.md", edition(PRIVACY))
    local(tmp_path, "later.md", edition(PRIVACY, LONGER))
    assert kinds(ask("diff", "archived.md", "later.md", "-f", "json").out) == ["reworded"]
    same = ask("diff", "old.html", "old.html", "--exit-code")
    assert (same.code, same.out) == (0, "")
    assert "No clause changed" in same.err
    assert ask("diff", "old.html", "archived.md", "-f", "json").code == 0


def test_guards_warn_about_local_files_and_go_on(ask: Command, tmp_path: Path) -> None:
    paragraphs = "".join(
        f"<p>Clause {number} says that you must never share your password number {number} with other people.</p>"
        for number in range(20)
    )
    local(tmp_path, "old.html", PAGE.replace("</main>", paragraphs + "</main>"))
    local(tmp_path, "new.html", PAGE)
    done = ask("diff", "old.html", "new.html", "-f", "json")
    assert done.code == 0
    assert "lost" in done.err
    assert len(kinds(done.out)) >= 20


def test_what_cannot_be_read_or_found_is_said(ask: Command, tmp_path: Path) -> None:
    local(tmp_path, "old.html", PAGE)
    local(tmp_path, "picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "no such file" in ask("diff", "old.html", "gone.html").err
    done = ask("diff", "old.html", "picture.png")
    assert done.code == 3
    assert "image" in done.err
