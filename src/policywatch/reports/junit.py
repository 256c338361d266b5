"""JUnit XML, for the many dashboards that read it: a test case a finding, one that passes where the gate is open."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from policywatch.model import Check, Finding
from policywatch.reports import excerpt
from policywatch.reports.findings import location
from policywatch.reports.options import Options
from policywatch.reports.text import clean

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_check(check: Check, options: Options) -> str:
    cases = [_case(finding, options) for finding in check.findings] or [
        '    <testcase classname="policywatch" name="gate"/>'
    ]
    counts = f'tests="{len(cases)}" failures="{len(check.findings)}" errors="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="policywatch" {counts}>',
        f'  <testsuite name="policywatch check" {counts} skipped="0">',
        *cases,
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _case(finding: Finding, options: Options) -> str:
    categories = ", ".join(options.title(category) for category in finding.categories)
    where = location(finding)
    name = " · ".join(
        filter(None, (categories or finding.kind, f"version {finding.version}" if finding.version else "", where))
    )
    body = "\n".join(
        filter(None, (excerpt.quote(finding, 1000), finding.sign_off and f"To settle: {clean(finding.sign_off)}"))
    )
    attributes = f"classname={_attribute(finding.document)} name={_attribute(name)}"
    failure = f"<failure type={_attribute(finding.kind)} message={_attribute(finding.reason)}>{_text(body)}</failure>"
    return f"    <testcase {attributes}>\n      {failure}\n    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", clean(text)).strip())


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", text))
