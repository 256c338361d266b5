"""`policywatch import ota-snapshots`: a repository of recorded pages, replayed as if fetched then."""

from __future__ import annotations

import json
import os
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from policywatch.archive import Archive, records
from policywatch.archive.verify import verify
from policywatch.errors import ArchiveError
from policywatch.importing.replaying import Totals, Wanted, import_snapshots
from tests.archive.making import EDITIONS, archive_of
from tests.conftest import Command, command_path
from tests.pages import SECTIONS, TRAINING, TRAINING_NOW, policy, reworded

START = datetime(2025, 3, 1, 6, tzinfo=UTC)
CHANGED = policy(reworded(TRAINING, TRAINING_NOW))
GONE = (
    "<html><title>Not here</title><main><h1>This page isn't available</h1><p>The link may be broken.</p></main></html>"
)


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    folder = tmp_path / "recorded"
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


def record(folder: Path, path: str, body: str, hours: float, *others: str) -> None:
    """Commit a page as it was seen so many hours after START; the same at other paths too."""
    for one in (path, *others):
        (folder / one).parent.mkdir(exist_ok=True)
        (folder / one).write_text(body, "utf-8")
    date = f"@{int((START + timedelta(hours=hours)).timestamp())} +0000"
    who = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "PATH": "/usr/bin:/bin:/usr/local/bin"}
    names = ["-c", "user.name=t", "-c", "user.email=t@lumen.example"]
    subprocess.run(["git", "-C", folder, "add", "-A"], check=True)
    subprocess.run(["git", "-C", folder, *names, "commit", "-qm", "Snapshot"], check=True, env=who)


def history(tmp_path: Path, document: str) -> list[dict[str, Any]]:
    path = tmp_path / f"archive/{document}.history.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def hours(versions: list[dict[str, Any]]) -> list[float]:
    return [(datetime.fromisoformat(one["time"]) - START) / timedelta(hours=1) for one in versions]


def test_versions_are_dated_as_then_and_errors_are_none(policywatch: Command, recorded: Path, tmp_path: Path) -> None:
    page = "Lumen/Privacy Policy.html"
    for body, at in ((policy(), 0), (policy(updated="2 March 2026"), 12), (GONE, 24), (policy(), 36), (CHANGED, 48)):
        record(recorded, page, body, at)
    done = policywatch("import", "ota-snapshots", recorded, "--archive", "archive", "--format", "json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert (found["snapshots"], found["versions"]) == (5, 2)
    assert found["statuses"]["invalid"] == 1
    assert hours(history(tmp_path, "lumen/privacy-policy")) == [0, 48]
    assert policywatch("verify", "--archive", "archive").code == 0
    refused = policywatch("import", "ota-snapshots", recorded, "--archive", "archive")
    assert refused.code != 0
    assert "--rebuild" in refused.err


def test_without_a_watchlist_the_archive_that_was_imported_here_is_read(
    policywatch: Command, recorded: Path, tmp_path: Path
) -> None:
    none = policywatch("log")
    assert none.code == 2
    assert "no platforms.yaml" in none.err
    record(recorded, "Lumen/Privacy Policy.html", policy(), 0)
    record(recorded, "Lumen/Privacy Policy.html", CHANGED, 48)
    done = policywatch("import", "ota-snapshots", recorded)
    assert done.code == 0, done.err
    assert "Next: `policywatch log` shows" in done.err
    assert "lumen/privacy-policy" in policywatch("log").out
    for verb in (("status",), ("verify",), ("diff", "lumen/privacy-policy")):
        assert policywatch(*verb).code == 0, verb
    assert policywatch("fetch").code == 2  # what to look for nobody has said


def test_a_dossier_does_not_call_fetched_what_others_recorded(
    policywatch: Command, recorded: Path, tmp_path: Path
) -> None:
    record(recorded, "Lumen/Terms.html", policy(), 0)
    policywatch("import", "ota-snapshots", str(recorded), "--no-commit")
    told = " ".join(policywatch("report", "lumen", "--format", "plain").out.split())
    assert "The only version was replayed from pages that others recorded (ota-snapshots), and not fetched" in told
    assert "was fetched from its own address" not in told
    assert "Recorded as ota-snapshots:Lumen/Terms.html" in told


def test_a_recorded_snapshot_stands_until_its_successor(policywatch: Command, recorded: Path, tmp_path: Path) -> None:
    page, half = "Lumen/Terms.html", policy(SECTIONS[:2])
    # Half of the text for an hour is a capture that failed; for two days it is the text.
    for body, at in ((policy(), 0), (half, 12), (policy(), 13), (CHANGED, 24), (half, 48), (CHANGED, 200)):
        record(recorded, page, body, at)
    record(recorded, "Lumen/Other.html", policy(), 600)
    done = policywatch("import", "ota-snapshots", recorded, "--archive", "archive")
    assert done.code == 0, done.err
    assert hours(history(tmp_path, "lumen/terms")) == [0, 24, 48, 200]


def test_what_only_a_script_or_a_comment_tells_apart_is_read(
    policywatch: Command, recorded: Path, tmp_path: Path
) -> None:
    def in_state(paragraphs: str) -> str:
        return (
            f"<body><div id=app></div><script type='application/json'>{json.dumps(paragraphs)}</script></body></html>"
        )

    def behind_comment(page: str) -> str:
        return page.replace("<main>", "<main><!-- a <script is spoken of -->") + "<script>1</script>"

    before, after = policy().partition("<main>")[2], CHANGED.partition("<main>")[2]
    for hours_later, inner, page in ((0, before, policy()), (48, after, CHANGED)):
        record(recorded, "Lumen/Terms.html", in_state(inner), hours_later)
        record(recorded, "Dusk/Terms.html", behind_comment(page), hours_later)
    record(recorded, "Dusk/Privacy.html", f"{CHANGED}<script>2</script>", 48)
    record(recorded, "Dusk/Cookies.html", f"{CHANGED}<script>3</script>", 48)
    done = policywatch("import", "ota-snapshots", recorded, "--archive", "archive")
    assert done.code == 0, done.err
    assert hours(history(tmp_path, "lumen/terms")) == [0, 48]
    assert hours(history(tmp_path, "dusk/terms")) == [0, 48]
    texts = [
        (tmp_path / f"archive/dusk/{name}.md").read_text().partition("\n---\n")[2] for name in ("privacy", "cookies")
    ]
    assert texts[0] == texts[1]
    assert TRAINING_NOW in texts[0]


def test_only_since_until_and_parts(policywatch: Command, recorded: Path, tmp_path: Path) -> None:
    record(recorded, "Lumen/Terms #one.html", policy(SECTIONS[:4]), 0)
    record(recorded, "Lumen/Terms #two.html", policy(SECTIONS[3:]), 1)
    record(recorded, "Dusk/Terms.html", policy(), 2)
    record(recorded, "Dusk/Terms.html", CHANGED, 72)
    alone = policywatch("import", "ota-snapshots", recorded, "--archive", "a", "--only", "lumen/*")
    assert "2 documents, 2 snapshots" in alone.out
    assert (tmp_path / "a/lumen/terms-one.md").exists()
    early = policywatch("import", "ota-snapshots", recorded, "--archive", "b", "--until", "2025-03-02")
    assert "3 documents, 3 snapshots, 3 versions" in early.out
    late = policywatch("import", "ota-snapshots", recorded, "--archive", "c", "--since", "2025-03-03")
    assert "1 document, 1 snapshot" in late.out
    both = policywatch("import", "ota-snapshots", recorded, "--archive", "d", "--only", "*/*-two", "--only", "Dusk")
    assert "2 documents, 3 snapshots" in both.out
    wrong = policywatch("import", "ota-snapshots", recorded, "--archive", "e", "--only", "lumen", "--only", "no/*")
    assert wrong.code == 2
    assert "--only no/*: no such document" in wrong.err
    assert "dusk/terms" in wrong.err
    assert not (tmp_path / "e").exists()


def test_a_rebuilt_history_names_the_old_head(policywatch: Command, recorded: Path, tmp_path: Path) -> None:
    record(recorded, "Lumen/Terms.html", policy(), 0)
    record(recorded, "Lumen/Terms.html", CHANGED, 48)
    policywatch("import", "ota-snapshots", recorded, "--archive", "archive", "--until", "2025-03-01")
    assert len(history(tmp_path, "lumen/terms")) == 1
    done = policywatch("import", "ota-snapshots", recorded, "--archive", "archive", "--rebuild")
    assert done.code == 0, done.err
    found = history(tmp_path, "lumen/terms")
    assert len(found) == 2
    assert found[0]["previous"]
    assert policywatch("verify", "--archive", "archive").code == 0


def test_a_killed_import_goes_on_to_the_same_histories(policywatch: Command, recorded: Path, tmp_path: Path) -> None:
    half = policy(SECTIONS[:2])
    for day, body in enumerate((policy(), CHANGED, policy(), half, CHANGED)):
        record(recorded, "Ash/Terms.html", body, 24 * day, "Birch/Terms.html", "Cedar/Terms.html")
    command = ("import", "ota-snapshots", str(recorded), "--jobs", "2", "--no-commit")
    with subprocess.Popen([command_path(), *command, "--archive", "killed"], cwd=tmp_path) as running:
        while running.poll() is None and not list((tmp_path / "killed").rglob("*.history.jsonl")):
            time.sleep(0.002)
        running.kill()
    assert policywatch("verify", "--archive", "killed").code == 0
    again = policywatch(*command, "--archive", "killed")
    assert again.code == 0, again.err
    whole = policywatch(*command, "--archive", "whole")
    assert whole.code == 0, whole.err
    assert files(tmp_path / "killed") == files(tmp_path / "whole")
    assert not (tmp_path / "killed/.policywatch/import").exists()


def test_an_import_begun_with_other_bounds_is_no_prefix(policywatch: Command, recorded: Path, tmp_path: Path) -> None:
    """What an interrupted import left is compared with what this one finds, before anything is added."""
    for day, body in enumerate((policy(), CHANGED)):
        record(recorded, "Lumen/Terms.html", body, 72 * day)
    command = ("import", "ota-snapshots", recorded, "--archive", "archive", "--no-commit")
    assert policywatch(*command).code == 0
    mark = {"repository": str(recorded.resolve()), "bounds": ["", ""], "whole": []}
    (tmp_path / "archive/.policywatch/import").write_bytes(records.seal(mark))
    before = files(tmp_path / "archive")
    late = policywatch(*command, "--since", "2025-03-03")
    assert late.code != 0
    assert "--rebuild" in late.err
    assert files(tmp_path / "archive") == before


@pytest.mark.parametrize("left", [b"", b'{"repository": "/rec', b"[]", b"\xff{", b'{"repository": 1, "whole": {}}'])
def test_a_broken_mark_of_an_interrupted_import_loses_nothing(recorded: Path, tmp_path: Path, left: bytes) -> None:
    """Every document is looked at again; what is there already is compared and stays, what lacks is added."""
    for day, body in enumerate((policy(), CHANGED)):
        record(recorded, "Lumen/Terms.html", body, 72 * day, "Dusk/Terms.html")
    archive = Archive(tmp_path / "archive")
    mark = archive.private / "import"

    def replay(*only: str) -> Totals:
        return import_snapshots(archive, Wanted(recorded, only, commit=False, jobs=1), None, lambda *_: None)

    assert replay("lumen").versions == 2
    before = files(tmp_path / "archive")
    mark.write_bytes(left)
    assert [one.path for one in verify(archive).problems] == [".policywatch/import"]
    assert replay().versions == 2
    after = files(tmp_path / "archive")
    assert {name: after[name] for name in before if name != "status.jsonl"} == {
        name: data for name, data in before.items() if name != "status.jsonl"
    }
    assert archive.documents() == ("dusk/terms", "lumen/terms")
    assert not mark.exists()
    assert verify(archive).sound


def test_a_broken_mark_is_no_leave_to_mix_histories(recorded: Path, tmp_path: Path) -> None:
    record(recorded, "Lumen/Terms.html", policy(), 0)
    archive = archive_of(tmp_path / "archive", EDITIONS, "lumen/terms")
    (archive.private / "import").write_bytes(b"{")
    before = files(tmp_path / "archive")
    with pytest.raises(ArchiveError, match="another version 1"):
        import_snapshots(archive, Wanted(recorded, commit=False, jobs=1), None, lambda *_: None)
    assert files(tmp_path / "archive") == before


def test_a_watchlist_joins_parts(policywatch: Command, recorded: Path, tmp_path: Path) -> None:
    record(recorded, "Lumen/Terms #legal-one.html", policy(SECTIONS[:4]), 0)
    record(recorded, "Lumen/Terms #legal-two.html", policy(SECTIONS[4:]), 1)
    record(recorded, "Lumen/Terms #legal-one.html", policy(reworded(TRAINING, TRAINING_NOW)[:4]), 72)
    (tmp_path / "platforms.yaml").write_text(
        "platforms:\n  Lumen:\n    Terms:\n      sources:\n"
        "        - https://lumen.example/legal/one\n        - https://lumen.example/legal/two\n",
        "utf-8",
    )
    done = policywatch("import", "ota-snapshots", recorded, "--config", "platforms.yaml", "--archive", "archive")
    assert done.code == 0, done.err
    assert hours(history(tmp_path, "lumen/terms")) == [1, 72]
    text = (tmp_path / "archive/lumen/terms.md").read_text("utf-8")
    assert TRAINING_NOW in text
    assert "We keep deleted conversations for 30 days" in text


def test_workers_end_with_a_killed_import(policywatch: Command, recorded: Path, tmp_path: Path) -> None:
    for day in range(4):
        record(recorded, "Ash/Terms.html", policy(updated=f"March {day}, 2026"), day, "Birch/Terms.html")
    command = [command_path(), "import", "ota-snapshots", str(recorded), "--jobs", "2", "--archive", "a"]
    with subprocess.Popen(command, cwd=tmp_path, start_new_session=True) as running:
        while running.poll() is None and not list((tmp_path / "a").rglob("*.history.jsonl")):
            time.sleep(0.002)
        running.kill()
    deadline = time.monotonic() + 20
    while members(running.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert members(running.pid) == []


def files(folder: Path) -> dict[str, bytes]:
    """What git would track of an archive."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".policywatch" not in path.parts
    }


def members(session: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and os.getsid(int(entry.name)) == session:
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                found += [int(entry.name)] * (state != "Z")
        except OSError:
            pass  # it has just ended
    return found
