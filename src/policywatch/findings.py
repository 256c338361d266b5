"""Two texts of one document -> what changed, in which categories, and how much it matters.

The one place where comparison and taxonomy meet; the pipeline, `diff`, `review` and the importer all come through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from policywatch import comparison, taxonomy
from policywatch.errors import ConfigError
from policywatch.extraction.canonical import canonical, wording
from policywatch.extraction.markdown import FrontMatter, parse
from policywatch.model import SEVERITIES, Change, ChangeSet, Clause, Label
from policywatch.recent import Recent

if TYPE_CHECKING:
    from policywatch.watchlist import Watchlist


def categories_of(watchlist: Watchlist | None) -> taxonomy.Taxonomy:
    """The categories in force: the built-in ones with the watchlist's files and weights on top.

    Raises ConfigError for a file with mistakes, or a weight of a category that does not exist.
    """
    if watchlist is None:
        return taxonomy.load()
    classes = categories(watchlist.taxonomy, watchlist.weights)
    unknown = sorted(set(watchlist.weights) - set(classes.categories))
    if unknown:
        problems = tuple(f"{watchlist.path}: weights › {name}: no such category" for name in unknown)
        raise ConfigError("the watchlist's weights have mistakes", problems, "see `policywatch categories`")
    return classes


def categories(paths: Sequence[Path], weights: Mapping[str, float]) -> taxonomy.Taxonomy:
    """The built-in categories with those of the files, and other weights."""
    classes = taxonomy.load(paths)
    weighted = {
        name: replace(category, weight=weights.get(name, category.weight))
        for name, category in classes.categories.items()
    }
    return replace(classes, categories=weighted) if weights else classes


def change_set(
    document: str,
    before_file: str,
    after_file: str,
    classes: taxonomy.Taxonomy,
    *,
    from_version: int | None = None,
    to_version: int | None = None,
    from_time: datetime | None = None,
    to_time: datetime | None = None,
    unattributed: bool = False,
) -> ChangeSet:
    """Compare two archive files. Changes come in the new text's order, each with categories and severity."""
    (front_before, before), (front_after, after) = parsed(before_file), parsed(after_file)
    compared = comparison.compare(before, after)
    # Alone, they are what the version is about; beside others, they are in the way.
    changes = tuple(change for change in compared if not _is_laid_out_anew(change)) or compared
    backwards = from_time is not None and to_time is not None and to_time < from_time  # nobody gives notice of the past
    signals, notice_days = comparison.version_signals(
        before,
        after,
        changes,
        effective_before=front_before.effective_date,
        effective_after=front_after.effective_date,
        fetched=to_time.date() if to_time and not backwards else None,
    )
    was = _categories(classes, before, front_before.language, [one for change in changes for one in change.before])
    now = _categories(classes, after, front_after.language, [one for change in changes for one in change.after])
    assessed = comparison.assess(changes, was, now, classes.weights)
    return ChangeSet(
        document=document,
        changes=assessed,
        from_version=from_version,
        to_version=to_version,
        from_time=from_time,
        to_time=to_time,
        title=front_after.title,
        signals=signals,
        effective_before=front_before.effective_date,
        effective_after=front_after.effective_date,
        notice_days=notice_days,
        unattributed=unattributed,
        platform=front_after.platform,
        name=front_after.document,
    )


def _is_laid_out_anew(change: Change) -> bool:
    """Whether a clause says the same in another layout: a typed number where a list counted, a stop at its end."""
    if change.kind not in ("reworded", "renumbered"):
        return False
    before, after = change.before, change.after
    return [wording(one) for one in before] == [wording(one) for one in after] or (
        [canonical(_shown(one)) for one in before] == [canonical(_shown(one)) for one in after]
    )


def _shown(clause: Clause) -> str:
    return f"{clause.marker} {clause.text}" if clause.marker[:1].isdecimal() else clause.text


@lru_cache(maxsize=96)  # what came after one change comes before the next, and an import goes round its documents
def parsed(file: str) -> tuple[FrontMatter, tuple[Clause, ...]]:
    """What an archive file holds."""
    return parse(file)


def _categories(
    classes: taxonomy.Taxonomy, clauses: tuple[Clause, ...], language: str | None, wanted: Iterable[Clause]
) -> Mapping[int, tuple[str, ...]]:
    """The categories of the wanted ones of a text's clauses, main one first, by line."""
    lines = {clause.line for clause in wanted}
    only = frozenset(index for index, clause in enumerate(clauses) if clause.line in lines)
    asked = classes, clauses, language, only
    labels = _recent.of(asked, lambda: taxonomy.classify(*asked))
    contents = comparison.contents(clauses)  # names of sections, and nothing that they say
    return {
        clauses[index].line: tuple(label.category for label in labels[index])
        for index in only
        if clauses[index].line not in contents
    }


_Asked = tuple[taxonomy.Taxonomy, tuple[Clause, ...], str | None, frozenset[int]]
_recent: Recent[_Asked, tuple[tuple[Label, ...], ...]] = Recent(8)


def worst_first(changes: ChangeSet, classes: taxonomy.Taxonomy) -> tuple[str, ...]:
    """The categories of the changes: by the gravest change each has, then by weight, then the most frequent first."""
    gravest: dict[str, int] = {}
    for change in changes.changes:
        for category in change.categories:
            rank = SEVERITIES.index(change.severity)
            gravest[category] = min(rank, gravest.get(category, rank))
    return tuple(sorted(changes.categories, key=lambda one: (gravest[one], -classes.weights.get(one, 1.0))))
