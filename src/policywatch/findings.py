"""Two texts of one document -> what changed, in which categories, and how much it matters.

The one place where comparison and taxonomy meet; the pipeline, `diff`, `review` and the importer all come through here.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from policywatch import comparison, taxonomy
from policywatch.errors import ConfigError
from policywatch.extraction.canonical import canonical, wording
from policywatch.extraction.markdown import FrontMatter, parse
from policywatch.model import Change, ChangeSet, Clause

if TYPE_CHECKING:
    from policywatch.watchlist import Watchlist


def categories_of(watchlist: Watchlist | None) -> taxonomy.Taxonomy:
    """The categories in force: the built-in ones with the watchlist's files and weights on top.

    Raises ConfigError for a file with mistakes, or a weight of a category that does not exist.
    """
    if watchlist is None:
        return taxonomy.load()
    unknown = sorted(set(watchlist.weights) - set(taxonomy.load(watchlist.taxonomy).categories))
    if unknown:
        problems = tuple(f"{watchlist.path}: weights › {name}: no such category" for name in unknown)
        raise ConfigError("the watchlist's weights have mistakes", problems, "see `policywatch categories`")
    return categories(watchlist.taxonomy, watchlist.weights)


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
    before, after = _labelled(before_file, classes), _labelled(after_file, classes)
    front_before, front_after = before.front, after.front
    compared = comparison.compare(before.clauses, after.clauses)
    # Alone, they are what the version is about; beside others, they are in the way.
    changes = tuple(change for change in compared if not _is_laid_out_anew(change)) or compared
    signals, notice_days = comparison.version_signals(
        before.clauses,
        after.clauses,
        changes,
        effective_before=front_before.effective_date,
        effective_after=front_after.effective_date,
        fetched=to_time.date() if to_time else None,
    )
    assessed = comparison.assess(changes, before.categories, after.categories, classes.weights)
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


@dataclass(frozen=True, slots=True)
class _Labelled:
    front: FrontMatter
    clauses: tuple[Clause, ...]
    categories: Mapping[int, tuple[str, ...]]  # line of a clause -> its categories, main one first


def _labelled(file: str, classes: taxonomy.Taxonomy) -> _Labelled:
    """A file's clauses with their categories. What came after one change comes before the next: the last are kept."""
    key = hashlib.sha256(f"{classes.digest}\0{file}".encode()).digest()
    with _lock:
        known = _recent.pop(key, None)
    found = known or _label(file, classes)
    with _lock:
        _recent[key] = found
        while len(_recent) > _KEPT:
            del _recent[next(iter(_recent))]
    return found


def _label(file: str, classes: taxonomy.Taxonomy) -> _Labelled:
    front, clauses = parse(file)
    labels = taxonomy.classify(classes, clauses, front.language)
    categories = {
        clause.line: tuple(one.category for one in found) for clause, found in zip(clauses, labels, strict=True)
    }
    return _Labelled(front, clauses, categories)


_KEPT = 96  # files; an import goes round all its documents
_recent: dict[bytes, _Labelled] = {}
_lock = threading.Lock()
