"""`policywatch log`: the timeline, and one clause's story."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from policywatch.archive import Archive, reviews
from policywatch.archive.records import version_line
from policywatch.model import Review, Undo, Version
from tests.archive.making import DOCUMENT
from tests.cli.reading import Reading, reader


def test_the_timeline_is_newest_first(read: Reading) -> None:
    done = read("log", "-f", "plain")
    assert done.code == 0
    lines = done.out.splitlines()
    assert [line[:10] for line in lines] == ["2026-01-03", "2026-01-02", "2026-01-01", "2026-01-01"]
    assert f"{DOCUMENT} " in lines[0]
    assert "1 reworded; Use of data" in lines[0]
    assert "medium" in lines[0]
    assert "first version" in lines[3]


@pytest.mark.parametrize(
    ("arguments", "versions"),
    [
        ((DOCUMENT,), [3, 2, 1]),
        (("Lumen Notes",), [3, 2, 1]),
        (("ember*",), [1]),
        (("--category", "data-use"), [3, 2]),
        (("--category", "Use of data"), [3, 2]),
        (("--category", "fees"), []),
        (("--category", "fees", "--category", "data-use"), [3, 2]),
        (("--since", "2026-01-02"), [3, 2]),
        (("--until", "2026-01-02"), [2, 1, 1]),
        (("--since", "2026-01-02", "--until", "2026-01-02T12:00:00Z"), [2]),
        (("-n", "1"), [3]),
    ],
)
def test_what_the_timeline_is_narrowed_to(read: Reading, arguments: tuple[str, ...], versions: list[int]) -> None:
    done = read("log", *arguments, "-f", "json")
    answer = json.loads(done.out)
    assert answer["schema"] == "policywatch/log/1"
    assert [row["version"] for row in answer["versions"]] == versions
    assert bool(done.err) == (not versions)


def test_programs_get_all_facts(read: Reading, tmp_path: Path) -> None:
    newest = Archive(tmp_path / "archive").history(DOCUMENT)[-1]
    signed = Review(DOCUMENT, 3, newest.text_sha256, "accepted", "Ada", datetime(2026, 1, 5, tzinfo=UTC), "fine")
    reviews.write(tmp_path / "archive", signed)
    rows = [json.loads(line) for line in read("log", DOCUMENT, "-f", "jsonl").out.splitlines()]
    assert rows[0]["schema"] == "policywatch/log/1"
    assert rows[0]["document"] == DOCUMENT
    assert rows[0]["time"] == "2026-01-03T09:30:00Z"
    assert rows[0]["changes"] == {"reworded": 1}
    assert rows[0]["snapshots"][0]["url"] == "https://lumen.example/privacy"
    assert rows[0]["reviews"] == [{"decision": "accepted", "by": "Ada", "time": "2026-01-05T00:00:00Z", "note": "fine"}]
    assert "accepted by Ada on 2026-01-05: fine" in read("log", DOCUMENT).out
    table = read("log", "-f", "markdown").out.splitlines()
    assert table[0].startswith("| date | document")
    assert len(table) == 6


def test_one_clauses_story(read: Reading) -> None:
    done = read("log", DOCUMENT, "--clause", "we keep them for 30 days")
    assert done.code == 0
    assert "2026-01-02  v2  reworded" in done.out
    assert "for [-30-]{+90+} days" in done.out
    assert "{+may +}" in done.out or "We {+may+}" in done.out
    assert "stands in the newest version" in done.out
    answer = json.loads(read("log", "--clause", "your name", "-f", "json").out)
    (story,) = answer["stories"]
    assert answer["schema"] == "policywatch/story/1"
    assert story["stands"] is False
    assert [event["kind"] for event in story["events"]] == ["first", "removed"]
    assert story["events"][1]["before"][0]["text"] == "your name"


def test_mistakes_are_told_with_a_way_out(read: Reading) -> None:
    for arguments, said in (
        (("lumen-note",), "did you mean lumen-notes"),
        (("--since", "soonish"), "dates look like"),
        (("--format", "yaml"), "terminal"),
        (("--clause", "no such words anywhere at all"), "no version of"),
    ):
        done = read("log", *arguments)
        assert done.code == 2
        assert said in done.err
        assert done.out == ""


def test_a_clause_that_no_document_has_is_told_of_all_that_were_searched(read: Reading) -> None:
    done = read("log", "--clause", "zzz")
    assert done.code == 2
    assert "no version of the 2 documents searched has a clause like that" in done.err
    assert DOCUMENT in read("log", DOCUMENT, "--clause", "zzz").err


def test_ten_thousand_versions_take_under_a_second(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "archive"
    (root / "lumen").mkdir(parents=True)
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    step = Undo(40, 1, ("We keep what you write for as long as we need it to run the service for you.",))
    for document in range(10):
        name = f"lumen/d{document}"
        facts = ({"reworded": 2}, ("retention", "fees"), "low", (step, step), "b" * 64)
        times = [begin + timedelta(hours=number) for number in range(1000)]
        lines = [
            version_line(Version(name, number, at, "change", "a" * 64, (), 1, "1", *facts))
            for number, at in enumerate(times, start=1)
        ]
        (root / f"lumen/d{document}.history.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    read = reader(root, capfd, monkeypatch)
    begun = time.process_time()
    done = read("log")
    assert time.process_time() - begun < 1
    assert done.out.count("\n") == 10_000
