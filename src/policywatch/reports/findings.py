"""What closes the gate, in plain lines: where, why, the clause, and the command that settles it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from policywatch.model import SEVERITIES, Check, Finding
from policywatch.reports import excerpt, wording
from policywatch.reports.options import NOTICE, Options
from policywatch.reports.text import clean, wrap

QUOTED = 300  # letters of a clause that are shown


def render(check: Check, options: Options) -> str:
    return "".join(f"{line}\n" for line in _lines(check, options))


def _lines(check: Check, options: Options) -> Iterator[str]:
    looked = f"{wording.count(check.documents, 'document')} looked at"
    if check.open:
        yield from wrap(" ".join(filter(None, (f"The gate is open: {looked}, nothing to review.", unread(check)))), 80)
        return
    yield from wrap(f"The gate is closed: {tally(check)}; {looked}. {unread(check)}".rstrip(), 80)
    for (_, command), group in groupby(check.findings, lambda one: (one.document, one.sign_off)):
        findings = list(group)
        for finding in findings:
            yield ""
            yield from _finding(finding, options)
        if command:
            settles = f"settles these {len(findings)}: " if len(findings) > 1 else ""
            yield f"  -> {settles}{clean(command)}"
    yield ""
    yield NOTICE


def tally(check: Check) -> str:
    """ "12 findings in 3 documents (5 high, 7 medium)"."""
    found = [finding.severity for finding in check.findings]
    graded = ", ".join(f"{found.count(level)} {level}" for level in SEVERITIES if level in found)
    documents = wording.count(len({finding.document for finding in check.findings}), "document")
    return f"{wording.count(len(found), 'finding')} in {documents} ({graded})"


def unread(check: Check) -> str:
    """What cannot be said, as a sentence; "" where every document has a version."""
    if not check.unread:
        return ""
    has, they, s = ("has", "it", "s") if check.unread == 1 else ("have", "they", "")
    return f"{wording.count(check.unread, 'document')} {has} no version yet: what {they} say{s} was not checked."


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


def location(finding: Finding) -> str:
    """``path:line``, as editors and terminals open it; of a clause that is gone where it stood."""
    if finding.stood:
        version, line = finding.stood
        return clean(f"{finding.path}, line {line} of version {version}")
    return clean(f"{finding.path}:{finding.line}" if finding.line else finding.path)
