"""What closes the gate, for CI: annotations, SARIF, JUnit, JSON, Markdown, plain lines."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from policywatch.model import Check, Finding
from policywatch.reports import CHECKS, Options, render_check
from policywatch.reports.sarif import FINGERPRINT
from tests.reports.samples import CHECK, TITLES

OPTIONS = Options(titles=TITLES)
OPEN = Check((), 5)
hostile = st.text(st.characters() | st.sampled_from("\n\r:%,<>&\"'[](){}\x1b\u202e`|@"), max_size=60)


def test_an_open_gate_says_so_in_every_format() -> None:
    assert "open" in render_check("plain", OPEN)
    assert "open" in render_check("markdown", OPEN)
    assert render_check("github", OPEN).startswith("::notice title=policywatch::")
    assert json.loads(render_check("json", OPEN)) == {
        "schema": "policywatch/check/1",
        "open": True,
        "documents": 5,
        "unread": 0,
        "findings": [],
    }
    assert json.loads(render_check("sarif", OPEN))["runs"][0]["results"] == []
    assert ElementTree.fromstring(render_check("junit", OPEN)).find(".//failure") is None


@pytest.mark.parametrize("format", ["plain", "markdown", "github", "sarif", "junit", "json"])
def test_a_finding_says_where_why_what_and_how_to_settle_it(format: str) -> None:
    text = render_check(format, CHECK, OPTIONS)
    for said in (
        "orbital-chat/privacy-policy.md",
        "43",
        "reworded clause on AI training is not reviewed",
        "unless you opt",
        "policywatch review orbital-chat/privacy-policy --version 4 --decision accepted",
    ):
        assert said in text, said


def test_json_has_the_promised_fields() -> None:
    found = json.loads(render_check("json", CHECK))
    assert found["schema"] == "policywatch/check/1"
    assert found["open"] is False
    assert list(found["findings"][0]) == [
        *("document", "version", "kind", "categories", "severity", "reason", "text", "path", "line", "sign_off"),
        *("words", "deciding", "stood"),
    ]


@pytest.mark.parametrize("format", ["plain", "markdown", "github", "junit"])
def test_a_clause_that_is_gone_is_placed_where_it_stood(format: str) -> None:
    gone = Finding(
        "lumen/terms",
        4,
        "change",
        (),
        "high",
        "removed clause",
        "We erase chats.",
        "a/lumen/terms.md",
        1,
        stood=(2, 74),
    )
    assert "a/lumen/terms.md, line 74 of version 2" in render_check(format, Check((gone,), 1)).replace("%2C", ",")
    (found,) = json.loads(render_check("json", Check((gone,), 1)))["findings"]
    assert (found["stood"], found["line"]) == ({"version": 2, "line": 74}, 1)


def test_a_command_that_settles_several_findings_is_told_once() -> None:
    one, other = (
        replace(CHECK.findings[0], sign_off="settle a"),
        replace(CHECK.findings[0], line=50, sign_off="settle a"),
    )
    third = replace(one, document="lumen/terms", severity="low", sign_off="settle b")
    text = render_check("plain", Check((one, other, third), 4))
    assert "3 findings in 2 documents (2 high, 1 low); 4 documents looked at" in " ".join(text.split())
    assert text.count("settle a") == 1
    assert "-> settles these 2: settle a" in text
    assert "-> settle b" in text


@pytest.mark.parametrize("format", ["plain", "markdown", "github"])
def test_an_open_gate_tells_of_documents_without_a_version(format: str) -> None:
    assert "2 documents have no version yet" in " ".join(render_check(format, Check((), 3, 2)).split())
    assert "no version" not in render_check(format, Check((), 3))


# -- github ------------------------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(?:error|warning|notice)(?: [a-z]+=[^,:\n]*(?:,[a-z]+=[^,:\n]*)*)?::[^\r\n]*")


def test_annotations_point_at_the_line() -> None:
    first = render_check("github", CHECK, OPTIONS).splitlines()[0]
    assert first.startswith("::error file=archive/orbital-chat/privacy-policy.md,line=43,title=")


def test_what_matters_little_is_a_warning_and_needs_no_file() -> None:
    assert render_check("github", CHECK, OPTIONS).splitlines()[-1].startswith("::warning title=parrotfish/privacy::")


@given(hostile, hostile, hostile)
def test_no_page_text_can_end_a_command_or_start_another(document: str, reason: str, text: str) -> None:
    finding = Finding(document, 1, "change", (text,), "high", reason, text, document, 3, reason)
    lines = render_check("github", Check((finding, finding)), OPTIONS).split("\n")
    assert len(lines) == 3
    assert all(COMMAND.fullmatch(line) for line in lines[:2])


# -- sarif -------------------------------------------------------------------------------------------------------------


def sarif(check: Check) -> dict[str, Any]:
    text = render_check("sarif", check, OPTIONS)
    Sarif.model_validate_json(text)
    found: dict[str, Any] = json.loads(text)["runs"][0]
    return found


def test_sarif_validates_and_every_result_has_a_rule_and_a_place() -> None:
    found = sarif(CHECK)
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert rules == ["ai-training", "contact", "policywatch-age"]
    for result in found["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("archive/")
    assert [result["level"] for result in found["results"]] == ["error", "warning", "note"]


def fingerprints(check: Check) -> list[str]:
    return [result["partialFingerprints"][FINGERPRINT] for result in sarif(check)["results"]]


def test_fingerprints_stay_when_lines_versions_and_order_move() -> None:
    first = CHECK.findings[0]
    later = replace(first, version=5, line=99, reason="still not reviewed", categories=("ai-training", "data-use"))
    assert fingerprints(Check((first,))) == fingerprints(Check((later,)))
    assert sorted(fingerprints(CHECK)) == sorted(fingerprints(Check(CHECK.findings[::-1])))


def test_fingerprints_differ_for_other_words_and_for_twins() -> None:
    first = CHECK.findings[0]
    other = replace(first, text="Something else.")
    assert len(set(fingerprints(Check((first, other, first))))) == 3


@given(hostile, hostile)
def test_sarif_validates_whatever_a_page_says(document: str, text: str) -> None:
    finding = Finding(document or "x", None, "position", (), "medium", text, text, "", 0, "")
    message = sarif(Check((finding,)))["results"][0]["message"]["text"]
    assert "](" not in message


# -- junit -------------------------------------------------------------------------------------------------------------


def test_junit_has_a_failing_case_a_finding() -> None:
    root = ElementTree.fromstring(render_check("junit", CHECK, OPTIONS))
    assert root.attrib["failures"] == "3"
    cases = root.findall(".//testcase")
    assert [case.attrib["classname"] for case in cases] == [finding.document for finding in CHECK.findings]
    assert cases[0].find("failure").attrib["message"] == CHECK.findings[0].reason  # type: ignore[union-attr]


@given(hostile, hostile)
def test_junit_is_xml_whatever_a_page_says(document: str, text: str) -> None:
    finding = Finding(document, 1, text, (text,), "high", text, text, document, 1, text)
    ElementTree.fromstring(render_check("junit", Check((finding,)), OPTIONS))


@pytest.mark.parametrize("format", sorted(CHECKS))
def test_no_format_lets_an_escape_through(format: str) -> None:
    assert not set(render_check(format, CHECK, OPTIONS)) & set("\x1b\u202e")
