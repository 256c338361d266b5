"""`policywatch show`: the text, now or then."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.archive.making import DOCUMENT, EDITIONS
from tests.cli.reading import TERMS, Reading


@pytest.mark.parametrize(
    ("at", "edition"),
    [
        ((), 3),
        (("--at", "2"), 2),
        (("--at", "2026-01-01"), 1),
        (("--at", "2026-01-02T08:00:00Z"), 1),
        (("--at", "first"), 1),
    ],
)
def test_the_text_at_any_time_is_the_file_to_the_byte(read: Reading, at: tuple[str, ...], edition: int) -> None:
    done = read("show", DOCUMENT, *at)
    assert done.code == 0
    assert done.out == EDITIONS[edition - 1]


def test_for_reading(read: Reading) -> None:
    done = read("show", TERMS, "-f", "plain")
    assert done.out == "Terms\n\nYou may use Ember Chat.\n\nDo not [abuse] it[31m.\n"


def test_for_programs(read: Reading) -> None:
    answer = json.loads(read("show", "lumen-notes", "--at", "1", "-f", "json").out)
    assert answer["schema"] == "policywatch/text/1"
    assert (answer["document"], answer["version"], answer["time"]) == (DOCUMENT, 1, "2026-01-01T09:30:00Z")
    assert hashlib.sha256(answer["text"].encode()).hexdigest() == answer["text_sha256"]
    lines = answer["text"].split("\n")
    assert answer["clauses"][1]["heading"] == "What we collect"
    for clause in answer["clauses"]:
        assert clause["text"].split(". ")[0].rstrip(".") in lines[clause["line"] - 1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((DOCUMENT, "--at", "2025-01-01"), "first recorded on 2026-01-01"),
        ((DOCUMENT, "--at", "17"), "it has versions 1 to 3"),
        (("*",), "means 2 documents"),
        (("nobody",), "no such document"),
    ],
)
def test_mistakes_are_told(read: Reading, arguments: tuple[str, ...], said: str) -> None:
    done = read("show", *arguments)
    assert done.code == 2
    assert said in done.err
