"""What closes the gate: unreviewed changes that match it, positions outside of it, documents not seen for too long.

    found = gate.check(archive, classes, gate.Question(watchlist.gate, documents, now))

Reads the archive and the reviews; no network. One file a rule: ``changes``, ``positions``, ``ages``.
"""

from __future__ import annotations

from policywatch.archive import Archive
from policywatch.errors import UsageError
from policywatch.gate.ages import ages
from policywatch.gate.asking import Question as Question
from policywatch.gate.bases import settled_at as settled_at
from policywatch.gate.changes import changes
from policywatch.gate.positions import positions
from policywatch.model import SEVERITIES, Check, Finding
from policywatch.taxonomy import Taxonomy
from policywatch.taxonomy.positions import NOT_STATED, QUESTIONS, UNCLEAR
from policywatch.watchlist import Gate


def check(archive: Archive, classes: Taxonomy, asked: Question) -> Check:
    """Look at every document; findings come by document, the grave ones first.

    Raises UsageError for a gate that names a category, a question or a position that does not exist.
    """
    check_names(classes, asked.gate)
    statuses = archive.statuses()
    found: dict[str, list[Finding]] = {document: [] for document in asked.documents}
    covered = {document: asked.covered(archive, document) for document in _with_siblings(archive, asked)}
    for document in asked.documents:
        found[document] += changes(archive, classes, document, covered[document], asked)
        found[document] += ages(archive, statuses.get(document), document, asked)
    for finding in positions(archive, classes, covered, asked):
        if finding.document in found:
            found[finding.document].append(finding)
    ordered = (sorted(one, key=lambda each: (SEVERITIES.index(each.severity), each.line)) for one in found.values())
    return Check(tuple(finding for findings in ordered for finding in findings), len(asked.documents))


def _with_siblings(archive: Archive, asked: Question) -> tuple[str, ...]:
    """The documents, and the others of their platforms: a position is what all of them say together."""
    if not asked.gate.positions:
        return asked.documents
    platforms = {document.partition("/")[0] for document in asked.documents}
    siblings = (one for one in archive.documents() if one.partition("/")[0] in platforms)
    return tuple(dict.fromkeys((*asked.documents, *siblings)))


def check_names(classes: Taxonomy, gate: Gate) -> None:
    """Raises UsageError for the first name in the gate that means nothing: it would silently let everything through."""
    for category in (*gate.categories, *gate.positions):
        if category not in classes.categories:
            raise UsageError(f"the gate names {category}, which is no category", "see `policywatch categories`")
    for question, allowed in gate.positions.items():
        if question not in QUESTIONS:
            raise UsageError(
                f"the gate wants a position on {question}, which is no question", f"one of: {', '.join(QUESTIONS)}"
            )
        known = (*classes.categories[question].positions, NOT_STATED, UNCLEAR)
        for position in allowed:
            if position not in known:
                raise UsageError(
                    f"the gate allows {position}, which is no position on {question}", f"one of: {', '.join(known)}"
                )
