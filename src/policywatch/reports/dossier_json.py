"""Dossiers as JSON: ``policywatch/dossier/1``. Fields are added, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policywatch.dossier.values import Card, DocumentFacts, Dossier, Told
from policywatch.model import Version
from policywatch.reports import positions_json
from policywatch.reports.jsons import dump, instant

DOSSIER = "policywatch/dossier/1"


def render(dossiers: Sequence[Dossier]) -> str:
    """One object for one dossier, else a list of them in an object."""
    if len(dossiers) == 1:
        return dump(one(dossiers[0]), indent=2)
    return dump({"schema": DOSSIER, "dossiers": [one(dossier) for dossier in dossiers]}, indent=2)


def one(dossier: Dossier) -> dict[str, Any]:
    return {
        "schema": DOSSIER,
        "title": dossier.title,
        "platform": dossier.platform,
        "documents": [_document(facts) for facts in dossier.documents],
        "cards": [_card(card) for card in dossier.cards],
        "timeline": [_version(version) for version in dossier.timeline],
        "method": list(dossier.method),
        "notice": dossier.notice,
        "taxonomy": dossier.taxonomy,
        "regulations": dossier.regulations,
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "category": card.category,
        "title": card.title,
        "severity": card.severity,
        "statement": card.statement,
        "means": card.means,
        "matters": card.matters,
        "about": card.about,
        "position": positions_json.one(card.position) if card.position else None,
        "clauses": [
            {
                "document": excerpt.document,
                "line": excerpt.line,
                "heading": excerpt.heading,
                "quote": excerpt.text,
                "since": instant(excerpt.since),
                "version": excerpt.version,
                "main": excerpt.main,
            }
            for excerpt in card.excerpts
        ],
        "elsewhere": {
            "identified": card.elsewhere.identified,
            "of": card.elsewhere.of,
            "what": card.elsewhere.label,
            "answers": dict(card.elsewhere.answers),
            "quotes": [
                {"platform": told.platform, **_answer(told), **positions_json.quote(told.quote)}
                for told in card.elsewhere.quotes
            ],
        },
        "relevant_to": [
            {
                "citation": citation.citation,
                "instrument": citation.instrument,
                "where": citation.where,
                "says": citation.says,
                "applies": citation.applies,
                "reviewer": citation.reviewer,
                "enforced_by": citation.enforced_by,
                "standing": citation.standing,
            }
            for citation in card.citations
        ],
        "actions": list(card.actions),
        "changed": [_version(version) for version in card.changed],
    }


def _answer(told: Told) -> dict[str, Any]:
    return {"position": told.position.position, "value": told.position.value} if told.position else {}


def _document(facts: DocumentFacts) -> dict[str, Any]:
    return {
        "document": facts.id,
        "name": facts.name,
        "version": facts.head.version,
        "recorded": instant(facts.head.time),
        "first_seen": instant(facts.first_seen),
        "last_seen": instant(facts.last_seen),
        "same_text_as": facts.same_as,
        "effective": instant(facts.effective),
        "language": facts.language,
        "clauses": facts.clauses,
        "clauses_with_category": facts.labelled,
        "sources": list(facts.sources),
        "text_sha256": facts.head.text_sha256,
        "history_sha256": facts.chain,
        "snapshots": [
            {"url": one.url, "sha256": one.sha256, "retrieved_at": instant(one.retrieved_at)}
            for one in facts.head.snapshots
        ],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "document": version.document,
        "version": version.version,
        "time": instant(version.time),
        "kind": version.kind,
        "changes": dict(version.changes),
        "categories": list(version.categories),
        "severity": version.severity,
    }
