"""What `compare`, `report` and `clauses` share: the taxonomy in force, the survey, choices with suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policywatch.errors import UsageError

if TYPE_CHECKING:
    from policywatch.cli.locate import Located
    from policywatch.survey import Survey
    from policywatch.taxonomy import Taxonomy

_FEW = 12  # choices that are listed also where one of them is near


def taxonomy_of(found: Located) -> Taxonomy:
    """The categories in force: the built-in ones with the watchlist's files and weights on top."""
    from policywatch.findings import categories_of

    return categories_of(found.watchlist())


def survey_of(found: Located, taxonomy: Taxonomy) -> Survey:
    from policywatch.survey import Survey

    if not found.archive.documents():
        raise UsageError(f"{found.archive.root} holds no documents yet", "`policywatch fetch` records the first")
    return Survey(found.archive, taxonomy)


def chosen(asked: str, known: Sequence[str], what: str) -> str:
    """The choice as asked for.

    Raises UsageError with the nearest ones when there is no such choice.
    """
    from difflib import get_close_matches

    if asked in known:
        return asked
    close = get_close_matches(asked, known, n=3, cutoff=0.5)
    meant, listed = f"did you mean {' or '.join(close)}?", f"one of: {', '.join(known)}"
    told = [meant] * bool(close) + [listed] * (not close or len(known) <= _FEW)
    raise UsageError(f"{asked}: no such {what}", " ".join(told))


def category_id(asked: str, taxonomy: Taxonomy) -> str:
    """A category's id, asked for by id or by title, in any letter case.

    Raises UsageError with the nearest ids when there is no such category.
    """
    said = asked.casefold()
    titled = (one.id for one in taxonomy.categories.values() if said in (one.id.casefold(), one.title.casefold()))
    return next(titled, None) or chosen(asked, tuple(taxonomy.categories), "category")


def columns() -> int:
    """How wide to print: the terminal, but no wider than is good to read."""
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, 110)
