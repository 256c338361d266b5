"""`policywatch blame`: since when each sentence stands."""

from __future__ import annotations

import json

from tests.archive.making import DOCUMENT, EDITIONS
from tests.cli.reading import Reading


def test_every_sentence_with_its_date_and_version(read: Reading) -> None:
    done = read("blame", DOCUMENT)
    assert done.code == 0
    lines = done.out.splitlines()
    assert any(line.startswith("2026-01-01  v1") and "Write to privacy@lumen.example." in line for line in lines)
    reworded = next(number for number, line in enumerate(lines) if "We may collect" in line)
    assert lines[reworded].startswith("2026-01-03  v3")
    assert lines[reworded + 1].split() == "was We collect the notes you write.".split()
    assert "was" not in read("blame", DOCUMENT, "--no-replaced").out.split()


def test_for_programs(read: Reading) -> None:
    answer = json.loads(read("blame", DOCUMENT, "-f", "json").out)
    assert answer["schema"] == "policywatch/blame/1"
    assert answer["version"] == 3
    lines = EDITIONS[2].split("\n")
    for one in answer["sentences"]:
        assert lines[one["line"] - 1].strip() == one["text"]
    kept = next(one for one in answer["sentences"] if one["text"].startswith("We keep"))
    assert (kept["version"], kept["since"]) == (2, "2026-01-02T09:30:00Z")
    assert kept["replaced"]["text"] == "We keep them for 30 days."
    rows = [json.loads(line) for line in read("blame", DOCUMENT, "-f", "jsonl").out.splitlines()]
    assert [row["line"] for row in rows] == [one["line"] for one in answer["sentences"]]


def test_an_older_text_and_only_what_is_new(read: Reading) -> None:
    older = json.loads(read("blame", DOCUMENT, "--at", "2026-01-02", "-f", "json").out)
    assert older["version"] == 2
    assert {one["version"] for one in older["sentences"]} == {1, 2}
    new = read("blame", DOCUMENT, "--since", "2026-01-03", "-f", "markdown").out
    assert "We may collect" in new
    assert "Write to" not in new


def test_that_nothing_is_new_is_said(read: Reading) -> None:
    done = read("blame", DOCUMENT, "--since", "2026-02-01")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"policywatch: {DOCUMENT} has no sentence since 2026-02-01\n"
