"""The law that clauses are relevant to: every entry is whole, and mistakes are told all at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policywatch.errors import ConfigError
from policywatch.taxonomy import load as load_taxonomy
from policywatch.taxonomy.regulations import load, loads, regulations

SMALL = """
version: "1"
instruments:
  act: {name: The Act, official: Act 1 of 2020, where: Nowhere, applies: Always., enforced_by: The office.}
diligence:
  fees: [Look at the price.]
provisions:
  - id: act-1
    instrument: act
    citation: Act s. 1
    categories: [fees, retention]
    says: Be fair.
    reviewer: Read.
    confidence: sure
  - id: act-2
    instrument: act
    citation: Act s. 2
    categories: [retention]
    says: Be brief.
    reviewer: Count.
    confidence: time-sensitive
    applies: Sometimes.
    checked: 2026-11-23
"""


def test_what_ships_is_whole_and_names_only_known_categories() -> None:
    known = set(load_taxonomy().categories)
    found = regulations()
    assert len(found.provisions) > 100
    assert {category for one in found.provisions for category in one.categories} <= known
    assert set(found.diligence) == known


def test_nothing_that_ships_claims_to_be_checked() -> None:
    """Until a person has read the primary text and entered the day."""
    assert {one.checked for one in regulations().provisions} == {None}
    assert all(one.standing.startswith("unverified") for one in regulations().provisions)


@pytest.mark.parametrize(
    "instrument",
    [
        "General Data Protection Regulation",
        "UK GDPR",
        "California Consumer Privacy Act",
        "EU AI Act",
        "Digital Services Act",
        "Unfair Contract Terms Directive",
        "Children's Online Privacy Protection Rule",
        "FTC Act",
    ],
)
def test_the_instruments_people_ask_for_are_there(instrument: str) -> None:
    assert instrument in {one.instrument for one in regulations().provisions}


def test_no_entry_speaks_of_a_violation() -> None:
    """Law is relevant to a clause; whether a clause breaks it is not ours to say."""
    words = " ".join(one.says + one.reviewer for one in regulations().provisions).lower()
    assert "violat" not in words
    assert "illegal" not in words


def test_a_provision_takes_from_its_instrument_what_it_does_not_say_itself() -> None:
    first, second = loads(SMALL, "small.yaml").provisions
    assert (first.applies, second.applies) == ("Always.", "Sometimes.")
    assert (first.enforced_by, first.where, first.official) == ("The office.", "Nowhere", "Act 1 of 2020")


def test_standing_says_who_has_checked_and_what_is_in_doubt() -> None:
    first, second = loads(SMALL, "small.yaml").provisions
    assert (first.checked, first.standing) == (None, "unverified")
    assert second.checked == date(2026, 11, 23)
    assert second.standing == "checked 2026-11-23, may have changed"


def test_those_that_name_a_category_first_stand_first() -> None:
    found = loads(SMALL, "small.yaml")
    assert [one.id for one in found.relevant_to("retention")] == ["act-2", "act-1"]
    assert found.relevant_to("children") == ()


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "law.yaml"
    path.write_text(
        SMALL.replace("confidence: sure", "confidence: certain")
        .replace("says: Be brief.", "note: Be brief.")
        .replace("id: act-2", "id: act-1")
        .replace("instrument: act\n    citation: Act s. 2", "instrument: decree\n    citation: Act s. 2")
        .replace("[Look at the price.]", "Look at the price."),
        "utf-8",
    )
    with pytest.raises(ConfigError) as caught:
        load(path)
    told = "\n".join(caught.value.problems)
    for mistake in (
        "confidence is one of",
        "says is missing",
        "note is no key here",
        "act-1 stands twice",
        "decree is no instrument",
        "diligence.fees: a list of sentences",
    ):
        assert mistake in told


def test_a_file_that_is_not_yaml_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match="not YAML"):
        loads("provisions: [", "broken.yaml")
