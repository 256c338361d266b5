"""TARGET: a document id, a platform or a glob -> document ids. Needs no watchlist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from policywatch.errors import UsageError

_GLOB = frozenset("*?[")
_CLOSE = 0.7  # how like a name must be to be meant: a slip or two, not another word


def match(target: str | None, documents: Sequence[str]) -> tuple[str, ...]:
    """The documents a target means, in their order; all of them for None.

    Names are as good as ids: ``Character.AI``, ``character-ai``, ``"Character.AI/Privacy Policy"``. A lone document
    name ("privacy-policy") means that document of every platform.
    Raises UsageError when nothing matches.
    """
    if target is None:
        return tuple(documents)
    for wanted in dict.fromkeys((target, target.lower(), _slug(target))):
        found = _matching(wanted, documents)
        if found:
            return found
    raise UsageError(f"{target}: no such document or platform", _hint(target, documents))


def match_all(targets: Iterable[str] | None, documents: Sequence[str]) -> tuple[str, ...]:
    """The documents that any of the targets means, in the documents' order; all of them for none.

    Raises UsageError for a target that matches nothing.
    """
    named = list(targets or ())
    if not named:
        return tuple(documents)
    found = {document for target in named for document in match(target, documents)}
    return tuple(document for document in documents if document in found)


def match_one(target: str, documents: Sequence[str]) -> str:
    """The one document a target means.

    Raises UsageError when there is none or more than one.
    """
    found = match(target, documents)
    if len(found) > 1:
        shown = ", ".join(found[:6]) + (", …" if len(found) > 6 else "")
        raise UsageError(f"{target} means {len(found)} documents", f"name one: {shown}")
    return found[0]


def _matching(wanted: str, documents: Sequence[str]) -> tuple[str, ...]:
    if wanted in documents:
        return (wanted,)
    if _GLOB & set(wanted):
        # A glob without a slash is one of platforms as well: "open*" is "open*/*".
        patterns = (wanted,) if "/" in wanted else (wanted, f"{wanted}/*")
        return tuple(one for one in documents if any(fnmatchcase(one, pattern) for pattern in patterns))
    platform = wanted.removesuffix("/")
    found = tuple(one for one in documents if one.split("/")[0] == platform)
    return found or tuple(one for one in documents if "/" not in wanted and one.split("/")[-1] == wanted)


def _slug(target: str) -> str:
    from slugify import slugify

    parts = [part.lower() if _GLOB & set(part) else str(slugify(part)) for part in target.split("/")]
    return "/".join(parts)


def _hint(target: str, documents: Sequence[str]) -> str:
    from difflib import get_close_matches

    if not documents:
        return "the archive is empty: `policywatch fetch` fills it"
    known = dict.fromkeys([*documents, *(one.split("/")[0] for one in documents)])
    close = get_close_matches(_slug(target), known, n=3, cutoff=_CLOSE)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return "`policywatch status` lists all documents"
