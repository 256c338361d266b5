"""Sign-offs: one file each, so that those made on two branches merge without conflict.

A file is named ``<version>-<beginning of its content's hash>.yaml``. Two people who sign off the same version write two
files, and an altered byte shows. A review covers its version and all before it, until it expires.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from policywatch.archive.files import SCRAP, replace, told
from policywatch.archive.records import moment, sha256, stamp
from policywatch.archive.store import PRIVATE, Archive, checked_id
from policywatch.errors import ArchiveError
from policywatch.model import Review, Version

FOLDER = "reviews"
Decision = Literal["accepted", "escalated", "ignored"]
DECISIONS: tuple[Decision, ...] = ("accepted", "escalated", "ignored")

_NAME = re.compile(r"([1-9]\d*)-([0-9a-f]{8})\.yaml")


def write(root: Path, review: Review) -> Path:
    """Store a sign-off; its file. Storing it twice changes nothing."""
    data = _to_yaml(review)
    path = root / FOLDER / checked_id(review.document) / f"{review.version}-{sha256(data)[:8]}.yaml"
    if not path.exists():
        private = root / PRIVATE
        with told(path):
            replace(path, data, scratch=private if private.is_dir() else None)
    return path


def paths(root: Path, document: str | None = None) -> Iterator[Path]:
    """All files among the reviews, whatever they are, but for what a kill left behind."""
    found = (root / FOLDER).glob(f"{document or '*/*'}/*")
    yield from sorted(path for path in found if path.is_file() and path.suffix != SCRAP)


def read(root: Path, document: str) -> tuple[Review, ...]:
    """A document's sign-offs, oldest first.

    Raises ArchiveError for a file that is damaged.
    """
    found = [read_file(root, path) for path in paths(root, checked_id(document)) if path.suffix == ".yaml"]
    return tuple(sorted(found, key=lambda review: (review.time, review.version)))


def read_file(root: Path, path: Path) -> Review:
    """One sign-off.

    Raises ArchiveError when it is damaged or not where it belongs.
    """
    import yaml

    data = path.read_bytes()
    name = _NAME.fullmatch(path.name)
    if name is None or sha256(data)[:8] != name[2]:
        raise ArchiveError(
            f"{path} is not the review its name vouches for", "put it back from git, or remove it and review again"
        )
    try:
        review = _from_fields(yaml.safe_load(data))
    except (yaml.YAMLError, ValueError, TypeError, KeyError) as error:
        raise ArchiveError(f"{path} is not a review: {error}") from None
    if path.parent != root / FOLDER / review.document or str(review.version) != name[1]:
        raise ArchiveError(f"{path} is a review of {review.document}, version {review.version}")
    return review


def reviewed_up_to(root: Path, document: str, today: date) -> int:
    """The newest version that an unexpired sign-off covers; 0 for none.

    Every decision is one: who escalates has seen the change. Whoever wants to be asked again lets it expire. What was
    signed off is a text: where a rebuilt history has it under another number, the sign-off goes with it, and where it
    is gone, the sign-off covers nothing. Upgrades that read the same bytes anew carry it over.
    """
    standing = [one for one in read(root, document) if not expired(one, today)]
    if not standing:
        return 0
    history = Archive(root).history(document)
    return carried_over(history, max(_signed_version(history, one) for one in standing))


def carried_over(history: Sequence[Version], version: int) -> int:
    """The newest version that says the platform's same words: upgrades that read the same bytes anew add none."""
    while 0 < version < len(history) and same_bytes(history[version - 1], history[version]):
        version += 1
    return version


def same_bytes(before: Version, after: Version) -> bool:
    """Whether a version is an upgrade made from the very bytes of the one before: no change of the platform's."""
    held = {one.sha256 for one in before.snapshots}
    return after.kind == "upgrade" and bool(held) and held == {one.sha256 for one in after.snapshots}


def unattributed(history: Sequence[Version], start: int, end: int) -> bool:
    """Whether nobody can tell whose differences lie between two versions: a better reading's, or the platform's."""
    steps = list(zip(history[start - 1 : end - 1], history[start:end], strict=True))
    upgrades = all(after.kind == "upgrade" for _, after in steps)
    return bool(steps) and upgrades and not all(same_bytes(before, after) for before, after in steps)


def _signed_version(history: Sequence[Version], review: Review) -> int:
    if review.version <= len(history) and history[review.version - 1].text_sha256 == review.text_sha256:
        return review.version
    same = [one.version for one in history if one.text_sha256 == review.text_sha256]
    return same[0] if len(same) == 1 else 0


def expired(review: Review, today: date) -> bool:
    """Whether a sign-off's last day is over."""
    return review.expires is not None and review.expires < today


def _to_yaml(review: Review) -> bytes:
    import yaml

    fields = {
        "document": review.document,
        "version": review.version,
        "text_sha256": review.text_sha256,
        "decision": review.decision,
        "by": review.by,
        "time": stamp(review.time),
        "note": review.note,
        "expires": review.expires.isoformat() if review.expires else None,
    }
    kept = {key: value for key, value in fields.items() if value is not None}
    text: str = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=100)
    return text.encode()


def _from_fields(raw: Any) -> Review:
    if raw["decision"] not in DECISIONS:
        raise ValueError(f"no such decision: {raw['decision']}")
    expires = raw.get("expires")
    return Review(
        document=str(raw["document"]),
        version=int(raw["version"]),
        text_sha256=str(raw["text_sha256"]),
        decision=cast(Decision, raw["decision"]),
        by=str(raw["by"]),
        time=moment(str(raw["time"])),
        note=raw.get("note"),
        expires=date.fromisoformat(str(expires)) if expires else None,
    )
