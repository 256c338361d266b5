"""SARIF 2.1.0, for code scanning: one rule a category, one result a finding, with fingerprints that stay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from policywatch import __version__
from policywatch.model import Check, Finding, plain
from policywatch.reports import excerpt
from policywatch.reports.jsons import dump
from policywatch.reports.options import NOTICE, Options
from policywatch.reports.text import clean

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "policywatch/v1"

_LEVELS = {"high": "error", "medium": "warning", "low": "note"}
_WITHOUT = {
    "age": "A document was not seen for too long",
    "position": "A position left what the gate allows",
    "unattributed": "A difference that nobody can attribute",
    "change": "A change is not reviewed",
}


def render_check(check: Check, options: Options) -> str:
    rules = tuple(dict.fromkeys(_rule_id(finding) for finding in check.findings))
    results = [_result(one, rules.index(_rule_id(one)), number, options) for one, number in _numbered(check.findings)]
    run = {
        "tool": {
            "driver": {"name": "policywatch", "version": __version__, "rules": [_rule(rule, options) for rule in rules]}
        },
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"notice": NOTICE},
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule_id(finding: Finding) -> str:
    return finding.categories[0] if finding.categories else f"policywatch-{finding.kind}"


def _rule(rule: str, options: Options) -> dict[str, Any]:
    kind = rule.removeprefix("policywatch-")
    title = clean(_WITHOUT.get(kind, kind) if kind != rule else options.title(rule))
    return {"id": rule, "shortDescription": {"text": title or rule}}


def _result(finding: Finding, rule: int, number: int, options: Options) -> dict[str, Any]:
    words = clean(plain(finding.text)).strip()
    message = [f"{finding.document}: {clean(finding.reason).strip()}", excerpt.quote(finding, 1000)]
    if finding.sign_off:
        message.append(f"To settle: {clean(finding.sign_off)}")
    return {
        "ruleId": _rule_id(finding),
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message("\n\n".join(filter(None, message)))},
        "locations": [{"physicalLocation": _place(finding, words, options)}],
        "partialFingerprints": {FINGERPRINT: fingerprint(finding, number)},
        "properties": {
            "document": finding.document,
            "version": finding.version,
            "kind": finding.kind,
            "categories": list(finding.categories),
        },
    }


def _place(finding: Finding, words: str, options: Options) -> dict[str, Any]:
    """Always a file, as code scanning refuses results without one."""
    path = finding.path or f"{options.root or 'archive'}/{finding.document}.md"
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(path, safe="/", errors="replace")}}
    if finding.line:
        place["region"] = {"startLine": finding.line} | ({"snippet": {"text": words}} if words else {})
    return place


def _message(text: str) -> str:
    """Messages may carry links and placeholders; page text brings none."""
    return text.replace("](", "] (").replace("{", "{{").replace("}", "}}")


def fingerprint(finding: Finding, number: int = 0) -> str:
    """The same as long as the finding stands: lines, versions and dates move on, the clause's words stay."""
    words = " ".join(plain(finding.text).split()) or " ".join(finding.categories)
    parts = (finding.document, finding.kind, words)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32] + f":{number + 1}"


def _numbered(findings: Iterable[Finding]) -> Iterable[tuple[Finding, int]]:
    """Findings, and how many of the same fingerprint came before."""
    seen: dict[str, int] = {}
    for finding in findings:
        key = fingerprint(finding)
        yield finding, seen.get(key, 0)
        seen[key] = seen.get(key, 0) + 1
