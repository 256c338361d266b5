"""The formats that programs read: JSON, JSON Lines, patch."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policywatch.errors import UsageError
from policywatch.model import CHANGE_KINDS, SEVERITIES, Change, ChangeSet
from policywatch.reports import Options, render, render_run
from tests.reports.samples import ALL, PRIVACY, RUN, TRAINING, clause

CLAUSE = {
    "type": "object",
    "required": ["heading", "text", "line"],
    "properties": {
        "heading": {"type": "string"},
        "text": {"type": "string"},
        "line": {"type": "integer", "minimum": 0},
    },
}
SIGNAL = {
    "type": "object",
    "required": ["kind", "before", "after"],
    "additionalProperties": {"type": "string"},
}
CHANGE = {
    "type": "object",
    "required": ["kind", "categories", "severity", "before", "after", "words", "signals"],
    "properties": {
        "kind": {"enum": list(CHANGE_KINDS)},
        "categories": {"type": "array", "items": {"type": "string"}},
        "severity": {"enum": list(SEVERITIES)},
        "before": {"type": "array", "items": CLAUSE},
        "after": {"type": "array", "items": CLAUSE},
        "words": {
            "type": "array",
            "items": {"type": "array", "prefixItems": [{"enum": ["=", "-", "+"]}, {"type": "string"}], "minItems": 2},
        },
        "signals": {"type": "array", "items": SIGNAL},
    },
}
CHANGES = {
    "type": "object",
    "required": ["schema", "document", "from", "to", "changes", "categories"],
    "properties": {
        "schema": {"const": "policywatch/changes/1"},
        "document": {"type": "string"},
        "from": {"type": "object", "required": ["version"]},
        "to": {"type": "object", "required": ["version"]},
        "changes": {"type": "array", "items": CHANGE},
        "categories": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
        },
    },
}
RUN_SCHEMA = {
    "type": "object",
    "required": ["schema", "documents", "totals"],
    "properties": {
        "schema": {"const": "policywatch/run/1"},
        "documents": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["document", "status", "reason", "version", "changes"],
                "properties": {"changes": {"anyOf": [{"type": "null"}, CHANGES]}},
            },
        },
        "totals": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
}


def test_the_json_of_one_document_has_the_promised_shape() -> None:
    found = json.loads(render("json", [PRIVACY]))
    jsonschema.validate(found, CHANGES)
    assert found["from"]["version"] == 3
    assert found["to"] == {"version": 4, "time": "2026-03-09T10:15:00Z"}
    assert found["categories"]["subprocessors"] == {"added": 1, "reworded": 1}
    change = found["changes"][1]
    assert change["before"] == [
        {
            "heading": "How we use your information > Improving our services",
            "text": TRAINING.before[0].text,
            "line": 41,
            "kind": "paragraph",
        }
    ]
    assert change["words"][:3] == [["=", "We "], ["-", "may"], ["+", "will"]]
    assert change["signals"][0] == {"kind": "modality", "before": "may", "after": "will"}


def test_several_documents_are_a_list_and_one_of_several_too() -> None:
    several = json.loads(render("json", ALL))
    assert several["schema"] == "policywatch/changes-list/1"
    for one in several["documents"]:
        jsonschema.validate(one, CHANGES)
    assert [one["document"] for one in several["documents"]] == [one.document for one in ALL]
    assert len(json.loads(render("json", [PRIVACY], Options(many=True)))["documents"]) == 1
    assert json.loads(render("json", []))["documents"] == []


def test_json_lines_have_one_document_each() -> None:
    lines = render("jsonl", ALL).splitlines()
    assert len(lines) == len(ALL)
    for line in lines:
        jsonschema.validate(json.loads(line), CHANGES)


def test_the_json_of_a_run_has_every_document_and_the_totals() -> None:
    found = json.loads(render_run("json", RUN))
    jsonschema.validate(found, RUN_SCHEMA)
    assert found["totals"]["skipped"] == 4
    blocked = next(one for one in found["documents"] if one["document"] == "parrotfish/privacy")
    assert blocked["reason"] == "HTTP 403 with a bot challenge"
    assert blocked["since"] == "2026-03-02"
    assert found["documents"][0]["confidence"] == 0.97
    assert len(render_run("jsonl", RUN).splitlines()) == len(RUN.outcomes)


@given(st.text(st.characters() | st.sampled_from("\x1b\x9b\x7f\u2028\u202e\ud800"), max_size=60))
def test_json_keeps_every_letter_and_prints_none_that_steers_a_terminal(text: str) -> None:
    printed = render("json", [ChangeSet(text, (Change("added", (), (clause(text),)),))])
    assert json.loads(printed)["document"] == re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert not set(printed) & set("\x1b\x9b\x7f\u202e\u2028")
    printed.encode()


# -- patch -------------------------------------------------------------------------------------------------------------


def applied(folder: Path, before: str, after: str, document: str = "moth/privacy") -> str:
    """The file after ``git apply``; "" where it is gone."""
    patch = render("patch", [ChangeSet(document, ())], Options(root="archive", files={document: (before, after)}))
    path = folder / "archive" / f"{document}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if before:
        path.write_bytes(before.encode())
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"], input=patch.encode(), cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return path.read_bytes().decode() if path.exists() else ""


LINES = st.lists(
    st.sampled_from(["", "one", "two two", "- item", "+ plus", "@@ -1 +1 @@", "三\u2028", "a\fb\r", "\\ No"])
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, LINES, st.booleans())
def test_git_applies_the_patch(tmp_path: Path, before: list[str], after: list[str], ends: bool) -> None:
    old = "".join(f"{line}\n" for line in ["start", *before])
    new = "".join(f"{line}\n" for line in ["start", *after]) + ("" if ends else "no end")
    if old != new:
        assert applied(tmp_path, old, new) == new


def test_git_applies_a_first_and_a_last_version_and_strange_names(tmp_path: Path) -> None:
    assert applied(tmp_path, "", "first\n") == "first\n"
    assert applied(tmp_path, "last\n", "") == ""
    assert applied(tmp_path, "a\n", "b\n", "moth/datenschutz erklärung") == "b\n"


def test_a_patch_of_nothing_is_empty_and_without_texts_impossible() -> None:
    assert render("patch", [PRIVACY], Options(files={PRIVACY.document: ("same\n", "same\n")})) == ""
    with pytest.raises(UsageError):
        render("patch", [replace(PRIVACY, document="other/one")])
