"""GitHub Actions: an annotation a finding, as workflow commands. The step summary is ``markdown.render_check``."""

from __future__ import annotations

from policywatch.model import Check, Finding
from policywatch.reports import excerpt, wording
from policywatch.reports.findings import location, unread
from policywatch.reports.options import Options
from policywatch.reports.text import clean

_LEVELS = {"high": "error", "medium": "error", "low": "warning"}


def render_check(check: Check, options: Options) -> str:
    """One command a line; a notice where the gate is open."""
    if check.open:
        return command(
            "notice",
            f"The gate is open: {wording.count(check.documents, 'document')} looked at. {unread(check)}".rstrip(),
            {"title": "policywatch"},
        )
    return "".join(_annotation(finding, options) for finding in check.findings)


def _annotation(finding: Finding, options: Options) -> str:
    categories = ", ".join(options.title(category) for category in finding.categories)
    parts = [finding.reason]
    if finding.text:
        parts.append(excerpt.quote(finding, 400))
    if finding.stood:  # an annotation needs a line that there is
        parts.append(f"It stood in {location(finding)}")
    if finding.sign_off:
        parts.append(f"To settle: {finding.sign_off}")
    properties = {
        "file": finding.path,
        "line": str(finding.line) if finding.line and finding.path else "",
        "title": " · ".join(filter(None, (finding.document, categories))),
    }
    return command(_LEVELS[finding.severity], "\n".join(clean(part) for part in parts), properties)


def command(name: str, message: str, properties: dict[str, str]) -> str:
    """A workflow command; neither message nor properties can end it or start another."""
    listed = ",".join(f"{key}={_property(clean(value))}" for key, value in properties.items() if value)
    return f"::{name} {listed}::{_data(message)}\n" if listed else f"::{name}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
