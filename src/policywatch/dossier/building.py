"""Clauses, positions and law -> the dossier.

``build`` joins what it is given and invents nothing: every sentence of a card is a template of the taxonomy, and every
excerpt stands in the archive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policywatch.dossier import statements
from policywatch.dossier.values import (
    FETCHED,
    METHOD,
    REPLAYED,
    Card,
    Citation,
    DocumentFacts,
    Dossier,
    Elsewhere,
    Excerpt,
    Told,
)
from policywatch.model import Clause, Label, Position, Quote, Severity, Version
from policywatch.taxonomy import Category, Taxonomy
from policywatch.taxonomy.positions import NOT_STATED, QUESTIONS, UNCLEAR
from policywatch.taxonomy.regulations import Provision, Regulations

SHORTEST, LONGEST = 40, 320  # letters of a clause that tells something by itself


@dataclass(frozen=True, slots=True)
class Read:
    """A document as ``build`` wants it: facts, clauses, their labels and ages, and its history."""

    facts: DocumentFacts
    clauses: Sequence[Clause]
    labels: Sequence[Sequence[Label]]
    ages: Mapping[int, Version]  # line -> the version since which it has stood
    history: Sequence[Version]


@dataclass(frozen=True, slots=True)
class Other:
    """Another platform: its positions and, by category, the clause that tells most in the fewest words."""

    platform: str
    positions: Mapping[str, Position]
    telling: Mapping[str, Quote]


def build(
    title: str,
    documents: Sequence[Read],
    positions: Sequence[Position],
    others: Sequence[Other],
    taxonomy: Taxonomy,
    regulations: Regulations,
) -> Dossier:
    """One card for each category that has clauses or a position; the weighty ones first."""
    stated = {position.question: position for position in positions}
    platform = documents[0].facts.platform
    excerpts = _excerpts(documents)
    timeline = sorted(
        (version for read in documents for version in read.history), key=lambda one: one.time, reverse=True
    )
    wanted = [one for one in taxonomy.categories.values() if one.id in excerpts or one.id in stated]
    cards = []
    for category in sorted(wanted, key=lambda one: (-one.weight, not _asserted(stated.get(one.id)))):
        position = stated.get(category.id)
        found = tuple(excerpts.get(category.id, ()))
        cards.append(
            Card(
                category=category.id,
                title=category.title,
                statement=statements.says(position) if position else _present(platform, category, found),
                means=statements.means(position) if position else "",
                matters=category.matters,
                position=position,
                excerpts=found,
                elsewhere=_elsewhere(category, position, others),
                citations=tuple(map(_citation, regulations.relevant_to(category.id))),
                actions=regulations.diligence.get(category.id, ()),
                changed=tuple(one for one in timeline if category.id in one.categories and one.kind == "change"),
                severity=_severity(category.weight),
                about=category.does,
                words=QUESTIONS[category.id].trigger if category.id in QUESTIONS else (),
            )
        )
    return Dossier(
        title=title,
        platform=platform,
        documents=tuple(read.facts for read in documents),
        cards=tuple(cards),
        timeline=tuple(timeline),
        regulations=regulations.version,
        taxonomy=taxonomy.version,
        titles={category.id: category.title for category in taxonomy.categories.values()},
        method=(*_origin(timeline), *METHOD[1:]),
    )


def _origin(versions: Sequence[Version]) -> Iterator[str]:
    """Where the texts are from: fetched, or recorded by others and imported."""
    schemes = [{one.url.partition(":")[0] for one in version.snapshots} - {"http", "https"} for version in versions]
    replayed = [found for found in schemes if found]
    if len(replayed) < len(versions):
        yield FETCHED
    if replayed:
        number, source = len(replayed), ", ".join(sorted(set().union(*replayed)))
        some = f"{number} of the {len(versions)} versions {'was' if number == 1 else 'were'}"
        every = "The only version was" if number == 1 else f"All {number} versions were"
        yield REPLAYED.format(which=every if number == len(versions) else some, source=source)


def telling(documents: Sequence[Read]) -> Mapping[str, Quote]:
    """Category -> the shortest clause of it that can stand alone."""
    found: dict[str, Quote] = {}
    for read in documents:
        for clause, labels in zip(read.clauses, read.labels, strict=True):
            if not labels or not SHORTEST <= len(clause.text) <= LONGEST or clause.text.rstrip().endswith(":"):
                continue
            category = labels[0].category
            if category not in found or len(clause.text) < len(found[category].text):
                age = read.ages.get(clause.line)
                found[category] = Quote(
                    read.facts.id, clause.line, clause.text, age.time if age else None, age.version if age else None
                )
    return found


def _citation(provision: Provision) -> Citation:
    return Citation(
        citation=provision.citation,
        instrument=provision.instrument,
        where=provision.where,
        says=provision.says,
        applies=provision.applies,
        reviewer=provision.reviewer,
        enforced_by=provision.enforced_by,
        standing=provision.standing,
    )


def _severity(weight: float) -> Severity:
    return "high" if weight >= 3 else "medium" if weight >= 2 else "low"


def _asserted(position: Position | None) -> bool:
    return position is not None and position.position not in (NOT_STATED, UNCLEAR)


def _present(platform: str, category: Category, excerpts: Sequence[Excerpt]) -> str:
    number = sum(excerpt.main for excerpt in excerpts) or len(excerpts)
    clauses = "1 clause" if number == 1 else f"{number} clauses"
    return f"{platform}'s documents have {clauses} on this: {category.title.lower()}."


def _excerpts(documents: Sequence[Read]) -> Mapping[str, list[Excerpt]]:
    """Category -> its clauses: sentences it is the main category of first, else in the documents' order."""
    found: dict[str, list[Excerpt]] = {}
    for read in documents:
        if read.facts.same_as is not None:
            continue  # its clauses stand there already
        for clause, labels in zip(read.clauses, read.labels, strict=True):
            for place, label in enumerate(labels):
                found.setdefault(label.category, []).append(_excerpt(read, clause, place == 0))
    return {category: sorted(rows, key=_aside) for category, rows in found.items()}


def _aside(excerpt: Excerpt) -> tuple[bool, bool]:
    return len(excerpt.text) < SHORTEST, not excerpt.main


def _excerpt(read: Read, clause: Clause, main: bool) -> Excerpt:
    age = read.ages.get(clause.line)
    return Excerpt(
        document=read.facts.id,
        line=clause.line,
        heading=" › ".join(clause.heading),
        text=clause.text,
        since=age.time if age else None,
        version=age.version if age else None,
        main=main,
    )


def _elsewhere(category: Category, position: Position | None, others: Sequence[Other]) -> Elsewhere:
    if position is None:
        found = [Told(one.platform, one.telling[category.id]) for one in others if category.id in one.telling]
        return Elsewhere(len(found), len(others), "clauses on this", _shortest(found), {})
    theirs = [other.positions[category.id] for other in others if category.id in other.positions]
    counts = Counter(one.position for one in theirs)
    answers = {answer: number for answer, number in counts.most_common() if answer not in (NOT_STATED, UNCLEAR)}
    answers |= {answer: counts[answer] for answer in (UNCLEAR, NOT_STATED) if counts[answer]}
    if not _asserted(position):
        stated = [one for one in theirs if _asserted(one)]
        return Elsewhere(len(stated), len(others), "a stated position", _quoted(stated), answers, tuple(theirs))
    # Two laws, ages or sums are no common position: who names another one is quoted, but not counted.
    alike = [one for one in theirs if (one.position, one.value) == (position.position, position.value)]
    apart = [one for one in theirs if one not in alike]
    near = [one for one in apart if one.position == position.position]
    quotes = _quoted(alike) + _quoted(near)
    return Elsewhere(len(alike), len(others), "the same position", quotes, answers, tuple(apart))


def _quoted(positions: Iterable[Position]) -> tuple[Told, ...]:
    """What the answers rest on: the first quote, or the shortest of those that make an answer up together."""
    return _shortest(Told(one.platform, _telling_most(one), one) for one in positions if one.quotes)


def _telling_most(position: Position) -> Quote:
    if position.value is not None or not _asserted(position):
        return position.quotes[0]
    return min(position.deciding, key=lambda quote: len(quote.text))


def _shortest(told: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(sorted(told, key=lambda one: (len(one.quote.text), one.platform)))
