"""What closes the gate, in plain lines: where, why, the clause, and the command that settles it."""

from __future__ import annotations

from collections.abc import Iterator

from policywatch.model import Check, Finding
from policywatch.reports import excerpt, wording
from policywatch.reports.options import NOTICE, Options
from policywatch.reports.text import clean, wrap

QUOTED = 300  # letters of a clause that are shown


def render(check: Check, options: Options) -> str:
    return "".join(f"{line}\n" for line in _lines(check, options))


def _lines(check: Check, options: Options) -> Iterator[str]:
    looked = f"{wording.count(check.documents, 'document')} looked at"
    if check.open:
        yield f"The gate is open: {looked}, nothing to review."
        return
    yield f"The gate is closed: {wording.count(len(check.findings), 'finding')}, {looked}."
    for finding in check.findings:
        yield ""
        yield from _finding(finding, options)
    yield ""
    yield NOTICE


def _finding(finding: Finding, options: Options) -> Iterator[str]:
    categories = ", ".join(clean(options.title(category)) for category in finding.categories)
    version = f"version {finding.version}" if finding.version else ""
    head = (f"[{finding.severity.upper()}] {clean(finding.document)}", version, categories)
    yield " · ".join(filter(None, head))
    if finding.path:
        yield f"  {location(finding)}"
    yield from wrap(clean(finding.reason).strip(), options.width, "  ")
    if finding.text:
        yield from wrap(excerpt.quote(finding, QUOTED), options.width, "    ")
    if finding.sign_off:
        yield f"  -> {clean(finding.sign_off)}"


def location(finding: Finding) -> str:
    """``path:line``, as editors and terminals open it."""
    return clean(f"{finding.path}:{finding.line}" if finding.line else finding.path)
