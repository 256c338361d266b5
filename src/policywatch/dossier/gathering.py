"""An archive's documents -> their dossier, with the other platforms to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policywatch.dossier.building import Other, Read, build, telling
from policywatch.dossier.values import DocumentFacts, Dossier
from policywatch.survey import Standing, Survey
from policywatch.taxonomy.regulations import Regulations


def gather(survey: Survey, platform: str, ids: Sequence[str], regulations: Regulations) -> Dossier:
    """The dossier of some documents of one platform (its id); all other platforms of the archive stand beside it."""
    documents = survey.documents(ids)
    reads = _told_once([read(survey, one) for one in documents])
    positions = survey.positions(documents)
    others = [_other(survey, group) for other, group in survey.platforms().items() if other != platform]
    title = documents[0].platform if len(documents) > 1 else f"{documents[0].platform}: {documents[0].name}"
    return build(title, reads, positions, others, survey.taxonomy, regulations)


def _told_once(reads: Sequence[Read]) -> list[Read]:
    """The same with documents marked that have the text of one before: a platform's one page under several names."""
    first: dict[tuple[tuple[str, str], ...], str] = {}
    marked = []
    for one in reads:
        before = first.setdefault(tuple((clause.kind, clause.text) for clause in one.clauses), one.facts.id)
        marked.append(one if before == one.facts.id else replace(one, facts=replace(one.facts, same_as=before)))
    return marked


def read(survey: Survey, standing: Standing) -> Read:
    history = survey.archive.history(standing.id)
    labels = survey.labels(standing)
    status = survey.archive.status(standing.id)
    facts = DocumentFacts(
        id=standing.id,
        name=standing.name,
        platform=standing.platform,
        head=standing.head,
        first_seen=history[0].time,
        clauses=sum(clause.kind != "heading" for clause in standing.clauses),
        chain=standing.chain,
        sources=standing.front.sources,
        effective=standing.front.effective_date,
        language=standing.front.language,
        labelled=sum(map(bool, labels)),
        last_seen=status.last_seen if status else None,
    )
    return Read(facts, standing.clauses, labels, survey.ages(standing), history)


def _other(survey: Survey, documents: Sequence[Standing]) -> Other:
    positions = {one.question: one for one in survey.positions(documents)}
    quotes = survey.telling(documents, lambda: telling([read(survey, one) for one in documents]))
    return Other(documents[0].platform, positions, quotes)
