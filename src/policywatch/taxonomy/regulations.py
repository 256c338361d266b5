"""regulations.yaml -> the provisions that clauses of a category are relevant to, and what to do about such clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

import yaml

from policywatch.errors import ConfigError

Confidence = Literal["sure", "check", "time-sensitive"]

_INSTRUMENT = ("name", "official", "where", "applies", "enforced_by")
_PROVISION = ("id", "instrument", "citation", "categories", "says", "reviewer", "confidence")
_OWN = ("applies", "enforced_by", "checked")
_FILE = ("version", "instruments", "diligence", "provisions")


@dataclass(frozen=True, slots=True)
class Provision:
    """One citation, in our words. Printed as "relevant to" a clause, never as a finding about it."""

    id: str
    citation: str
    instrument: str  # its everyday name
    official: str
    where: str
    categories: tuple[str, ...]
    says: str
    applies: str
    reviewer: str  # what somebody who reviews the clause does
    enforced_by: str
    confidence: Confidence
    checked: date | None  # when somebody read the primary text

    @property
    def standing(self) -> str:
        """ "unverified", or when it was checked; with what is in doubt."""
        said = f"checked {self.checked.isoformat()}" if self.checked else "unverified"
        return said if self.confidence == "sure" else f"{said}, {_DOUBTS[self.confidence]}"


_DOUBTS: Mapping[str, str] = {"check": "a detail is in doubt", "time-sensitive": "may have changed"}


@dataclass(frozen=True, slots=True)
class Regulations:
    version: str
    provisions: tuple[Provision, ...]
    diligence: Mapping[str, tuple[str, ...]]  # category -> what to do

    def relevant_to(self, category: str) -> tuple[Provision, ...]:
        """The provisions for a category, those it is named first for in front."""
        found = [provision for provision in self.provisions if category in provision.categories]
        return tuple(sorted(found, key=lambda provision: provision.categories.index(category)))


@lru_cache(maxsize=1)
def regulations() -> Regulations:
    """What ships with policywatch."""
    source = resources.files("policywatch.taxonomy") / "regulations.yaml"
    return loads(source.read_text("utf-8"), "regulations.yaml")


def load(path: Path) -> Regulations:
    """A file in the same form.

    Raises ConfigError with every mistake in it.
    """
    return loads(path.read_text("utf-8"), str(path))


def loads(text: str, name: str) -> Regulations:
    """See ``load``; ``name`` stands in the messages."""
    problems: list[str] = []
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise ConfigError(f"{name} is not YAML", (str(error),)) from None
    data = data if isinstance(data, Mapping) else {}
    _check_keys(data, _FILE, (), "the file", problems)
    instruments = _mapping(data.get("instruments"), "instruments", problems)
    for key, instrument in instruments.items():
        _check_keys(
            _mapping(instrument, f"instruments.{key}", problems), _INSTRUMENT, (), f"instruments.{key}", problems
        )
    raw = data.get("provisions")
    listed: Sequence[Any] = raw if isinstance(raw, list) else []
    for place, provision in enumerate(listed, start=1):
        _check_provision(_mapping(provision, f"provision {place}", problems), place, instruments, problems)
    _check_unique([provision.get("id") for provision in listed if isinstance(provision, Mapping)], problems)
    diligence = _mapping(data.get("diligence"), "diligence", problems)
    problems += [f"diligence.{key}: a list of sentences" for key, steps in diligence.items() if not _sentences(steps)]
    if problems:
        raise ConfigError(f"{name} has mistakes", tuple(f"{name}: {problem}" for problem in problems))
    return Regulations(
        version=str(data["version"]),
        provisions=tuple(_provision(provision, instruments[provision["instrument"]]) for provision in listed),
        diligence=MappingProxyType({key: tuple(steps) for key, steps in diligence.items()}),
    )


def _provision(raw: Mapping[str, Any], instrument: Mapping[str, str]) -> Provision:
    return Provision(
        id=raw["id"],
        citation=raw["citation"],
        instrument=instrument["name"],
        official=instrument["official"],
        where=instrument["where"],
        categories=tuple(raw["categories"]),
        says=raw["says"],
        applies=raw.get("applies") or instrument["applies"],
        reviewer=raw["reviewer"],
        enforced_by=raw.get("enforced_by") or instrument["enforced_by"],
        confidence=raw["confidence"],
        checked=raw.get("checked") or None,
    )


# -- checking ----------------------------------------------------------------------------------------------------------


def _mapping(raw: object, place: str, problems: list[str]) -> Mapping[str, Any]:
    if isinstance(raw, Mapping):
        return raw
    problems.append(f"{place}: missing, or not a mapping")
    return {}


def _check_keys(
    raw: Mapping[str, Any], needed: Sequence[str], allowed: Sequence[str], place: str, problems: list[str]
) -> None:
    problems += [f"{place}: {key} is missing" for key in needed if raw.get(key) in (None, "")]
    problems += [f"{place}: {key} is no key here" for key in raw if key not in needed and key not in allowed]


def _check_provision(raw: Mapping[str, Any], place: int, instruments: Mapping[str, Any], problems: list[str]) -> None:
    where = f"provision {place} ({raw.get('id', 'no id')})"
    _check_keys(raw, _PROVISION, _OWN, where, problems)
    if raw.get("instrument") not in instruments:
        problems.append(f"{where}: {raw.get('instrument')} is no instrument of this file")
    if not _sentences(raw.get("categories")):
        problems.append(f"{where}: categories is a list of category ids")
    if raw.get("confidence") not in get_args(Confidence):
        problems.append(f"{where}: confidence is one of {', '.join(get_args(Confidence))}")
    if raw.get("checked") not in (None, "") and not isinstance(raw.get("checked"), date):
        problems.append(f"{where}: checked is a day like 2026-11-23, or empty")


def _check_unique(ids: Sequence[object], problems: list[str]) -> None:
    problems += [f"provision {one} stands twice" for one in dict.fromkeys(ids) if ids.count(one) > 1]


def _sentences(raw: object) -> bool:
    return isinstance(raw, list) and bool(raw) and all(isinstance(one, str) and one for one in raw)
