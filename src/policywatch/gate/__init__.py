"""What closes the gate: unreviewed changes that match it, positions outside of it, documents not seen for too long.

    found = gate.check(archive, classes, gate.Question(watchlist.gate, documents, now))

Reads the archive and the reviews; no network. One file a rule: ``changes``, ``positions``, ``ages``.
"""

from __future__ import annotations

from policywatch.archive import Archive
from policywatch.gate.ages import ages
from policywatch.gate.asking import Question as Question
from policywatch.gate.bases import settled_at as settled_at
from policywatch.gate.changes import changes
from policywatch.gate.naming import check_names as check_names
from policywatch.gate.positions import positions
from policywatch.model import SEVERITIES, Check, Finding
from policywatch.taxonomy import Taxonomy


def check(archive: Archive, classes: Taxonomy, asked: Question) -> Check:
    """Look at every document; findings come by document, the grave ones first, and so do the documents.

    Raises ConfigError for a gate that names categories, questions or positions that do not exist.
    """
    check_names(classes, asked.gate, asked.watchlist)
    statuses = archive.statuses()
    found: dict[str, list[Finding]] = {document: [] for document in asked.documents}
    covered = {document: asked.covered(archive, document) for document in _with_siblings(archive, asked)}
    for document in asked.documents:
        found[document] += changes(archive, classes, document, covered[document], asked)
        found[document] += ages(archive, statuses.get(document), document, asked)
    for finding in positions(archive, classes, covered, asked):
        if finding.document in found:
            found[finding.document].append(finding)
    ordered = [sorted(one, key=lambda each: (_rank(each), each.line)) for one in found.values() if one]
    ordered.sort(key=lambda findings: _rank(findings[0]))
    unread = {*asked.documents, *asked.expected} - set(archive.documents())
    return Check(tuple(finding for findings in ordered for finding in findings), len(asked.documents), len(unread))


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _with_siblings(archive: Archive, asked: Question) -> tuple[str, ...]:
    """The documents, and the others of their platforms: a position is what all of them say together."""
    if not asked.gate.positions:
        return asked.documents
    platforms = {document.partition("/")[0] for document in asked.documents}
    siblings = (one for one in archive.documents() if one.partition("/")[0] in platforms)
    return tuple(dict.fromkeys((*asked.documents, *siblings)))
