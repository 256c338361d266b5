"""Two texts of one document -> what changed, in which categories, and how much it matters.

The one place where comparison and taxonomy meet; the pipeline, `diff`, `review` and the importer all come through here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from policywatch import comparison, taxonomy
from policywatch.errors import ConfigError
from policywatch.extraction.markdown import parse
from policywatch.model import ChangeSet, Clause

if TYPE_CHECKING:
    from policywatch.watchlist import Watchlist


def categories_of(watchlist: Watchlist | None) -> taxonomy.Taxonomy:
    """The categories in force: the built-in ones with the watchlist's files and weights on top.

    Raises ConfigError for a file with mistakes, or a weight of a category that does not exist.
    """
    if watchlist is None:
        return taxonomy.load()
    classes = taxonomy.load(watchlist.taxonomy)
    unknown = sorted(set(watchlist.weights) - set(classes.categories))
    if unknown:
        problems = tuple(f"{watchlist.path}: weights › {name}: no such category" for name in unknown)
        raise ConfigError("the watchlist's weights have mistakes", problems, "see `policywatch categories`")
    weighted = {
        name: replace(category, weight=watchlist.weights.get(name, category.weight))
        for name, category in classes.categories.items()
    }
    return replace(classes, categories=weighted)


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
    front_before, before = parse(before_file)
    front_after, after = parse(after_file)
    changes = comparison.compare(before, after)
    signals, notice_days = comparison.version_signals(
        before,
        after,
        changes,
        effective_before=front_before.effective_date,
        effective_after=front_after.effective_date,
        fetched=to_time.date() if to_time else None,
    )
    assessed = comparison.assess(
        changes,
        _labels(classes, before, front_before.language),
        _labels(classes, after, front_after.language),
        classes.weights,
    )
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
    )


def _labels(
    classes: taxonomy.Taxonomy, clauses: Sequence[Clause], language: str | None
) -> Mapping[int, tuple[str, ...]]:
    """Line of a clause -> its categories, main one first."""
    labels = taxonomy.classify(classes, clauses, language)
    return {clause.line: tuple(one.category for one in found) for clause, found in zip(clauses, labels, strict=True)}
