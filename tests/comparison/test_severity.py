"""The rule of docs/severity.md."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policywatch.comparison import assess, compare, severity
from policywatch.comparison.grading import GRAVE, TELLING
from policywatch.model import Change, Signal
from tests.comparison.documents import clauses

WEIGHTS = {"retention": 3, "user-rights": 2, "accounts": 1, "fees": 0}
PAGE = Path(__file__).parents[2] / "docs" / "severity.md"


def change(kind: str, category: str, *signals: str, text: str = "We keep it for a while.") -> Change:
    (before,), (after,) = clauses(text), clauses(text + " More.")
    return Change(
        kind,  # type: ignore[arg-type]
        () if kind == "added" else (before,),
        () if kind == "removed" else (after,),
        (("=", text), ("+", " More.")),
        tuple(Signal(signal, "a", "b") for signal in signals),
        categories=(category,) if category else (),
    )


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (change("added", "retention"), "high"),
        (change("removed", "retention"), "high"),
        (change("added", "user-rights"), "medium"),
        (change("added", "accounts"), "low"),
        (change("added", ""), "low"),
        (change("reworded", "retention"), "medium"),
        (change("reworded", "retention", "number"), "high"),
        (change("reworded", "user-rights"), "low"),
        (change("reworded", "user-rights", "number"), "medium"),
        (change("reworded", "user-rights", "link"), "low"),
        (change("reworded", "user-rights", "consent", "number"), "high"),
        (change("reworded", "accounts", "negation"), "medium"),
        (change("split", "retention", "modality"), "high"),
        (change("moved", "retention"), "low"),
        (change("renumbered", "retention"), "low"),
        (change("added", "fees", "consent"), "low"),
        (change("added", "retention", text="# Retention"), "medium"),
        (change("reworded", "retention", "waiver"), "high"),
        (change("reworded", "user-rights", "scope"), "medium"),
        (change("added", "accounts", "waiver"), "high"),
        (change("removed", "accounts", "waiver"), "high"),
        (change("added", "fees", "waiver"), "low"),
        (change("added", "", "waiver", text="# 14. Class action waiver"), "low"),
    ],
)
def test_weight_kind_and_signals_make_the_severity(made: Change, expected: str) -> None:
    assert severity(made, WEIGHTS) == expected


def test_weights_may_be_fractions_and_users_set_them() -> None:
    made = change("added", "accounts")
    assert severity(made, {"accounts": 2.5}) == "medium"
    assert severity(made, {"accounts": 3}) == "high"


def test_a_split_without_another_word_is_low() -> None:
    text = "We keep your drafts until you delete them. We keep your invoices for as long as the tax law asks."
    before = clauses(text)
    after = clauses(*(sentence + "." for sentence in text.removesuffix(".").split(". ")))
    (made,) = assess(compare(before, after), {1: ["retention"]}, {}, WEIGHTS)
    assert (made.kind, made.severity) == ("split", "low")


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("may", "will", "high"),
        ("will", "shall", "medium"),
        ("shall not", "will not", "medium"),
        ("will", "will not", "high"),
    ],
)
def test_will_and_shall_weigh_the_same(was: str, now: str, expected: str) -> None:
    made = replace(change("reworded", "retention"), signals=(Signal("modality", was, now),))
    assert severity(made, WEIGHTS) == expected


def test_a_clause_in_which_the_texts_own_date_moved_is_low() -> None:
    before = clauses("We may change this policy, which was last modified 3 March 2025.")
    for text, expected in (
        ("We may change this policy, which was last modified 9 May 2025.", "low"),
        ("We may change this policy at once; it was last modified 9 May 2025.", "medium"),
    ):
        (made,) = compare(before, clauses(text))
        assert severity(replace(made, categories=("retention",)), WEIGHTS) == expected


def test_categories_are_those_of_the_new_side_then_the_old() -> None:
    before, after = clauses("We keep drafts for 30 days."), clauses("We keep drafts for 90 days.")
    (made,) = assess(compare(before, after), {1: ["accounts", "retention"]}, {1: ["retention", "fees"]}, WEIGHTS)
    assert made.categories == ("retention", "fees", "accounts")
    assert made.severity == "high"


def test_the_page_names_every_signal_that_counts() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for points, kinds in ((2, GRAVE), (1, TELLING)):
        rows = [line for line in page.splitlines() if f"| +{points} |" in line]
        assert {kind for kind in kinds if any(f"`{kind}`" in row for row in rows)} == kinds
    assert len(page.splitlines()) <= 70, "one screen"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("WE KEEP your files for a year.", "We keep your files for a year.", "low"),
        ("files are kept for a year.", "Files are kept for a year.", "low"),
        ("# How Long We Keep Files", "# How long we keep files", "low"),
        ("Files of the services are kept.", "Files of the Services are kept.", "medium"),
        ("WE KEEP your files for a year.", "We keep your files for two years.", "high"),
    ],
)
def test_capitals_alone_matter_where_they_can_make_a_term(before: str, after: str, expected: str) -> None:
    (made,) = compare(clauses(before), clauses(after))
    assert severity(replace(made, categories=("retention",)), WEIGHTS) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Files in open space such as albums are kept.", "Files in open space, such as albums are kept."),
        ("We keep files, albums and notes for a year.", "We keep files, albums, and notes for a year."),
        ("Files are kept; albums too: for a year", "Files are kept, albums too - for a year."),
        ("We keep third party files.", "We keep “third-party” files."),
        ("We keep files — and albums — for a year!", "We keep files, and albums, for a year."),
        ("We keep users' files.", "We keep users files."),
    ],
)
def test_light_punctuation_alone_is_low(before: str, after: str) -> None:
    for was, now in ((before, after), (after, before)):
        (made,) = compare(clauses(was), clauses(now))
        assert severity(replace(made, categories=("retention",)), WEIGHTS) == "low"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We keep files (except drafts) for a year.", "We keep files except drafts for a year."),
        ("We keep files which you share.", "We keep files, which you share."),
        ("We keep files and drafts, unless you object.", "We keep files and drafts unless you object."),
        ("We keep files. If you ask we delete them.", "We keep files, if you ask we delete them."),
        ("The fee for kept files is 1.50.", "The fee for kept files is 150."),
        ("The fee for kept files is 1,500.", "The fee for kept files is 1, 500."),
        ("A balance of -5 is kept.", "A balance of 5 is kept."),
        ("The fee for kept files is $5.", "The fee for kept files is 5."),
        ("May we keep files?", "May we keep files."),
        ("No files are kept.", "No, files are kept."),
        ("We keep files, albums, and notes.", "We keep files, albums, notes."),
        ("We may be keeping files.", "We maybe keeping files."),
        ("We re-sign kept files.", "We resign kept files."),
        ("We keep files, services and notes.", "We keep files, Services and notes."),
    ],
)
def test_punctuation_that_can_turn_a_meaning_round_is_not_low(before: str, after: str) -> None:
    for was, now in ((before, after), (after, before)):
        changes = compare(clauses(was), clauses(now))
        assert [severity(replace(made, categories=("retention",)), WEIGHTS) for made in changes] != ["low"]


def test_a_comma_that_parts_a_list_anew_counts_as_its_signal() -> None:
    was, now = "We share files with Orbel Cloud and Tarn.", "We share files with Orbel, Cloud and Tarn."
    (made,) = compare(clauses(was), clauses(now))
    shifted = replace(made, categories=("retention",), signals=(Signal("recipient", "Orbel Cloud", "Orbel, Cloud"),))
    assert severity(shifted, WEIGHTS) == "high"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("2025-01-29: We've updated our policies.", "low"),
        ("On 4 May 2024 we revised the wording of this notice to be clearer.", "low"),
        ("- 12 June 2023 | Section 4 clarified", "low"),
        ("Updated March 3, 2024", "low"),
        ("2025-01-29: You must not share what was published in our policies.", "high"),
        ("2025-01-29: We will keep the texts of updated documents for ten years.", "high"),
        ("On 4 May 2024 the price was changed.", "high"),
        ("We updated our policies and keep drafts from 4 May 2024 on.", "high"),
        ("Updated policies are kept.", "high"),
        ("4 May 2024", "high"),
    ],
)
def test_an_entry_of_a_change_log_is_low(entry: str, expected: str) -> None:
    for sides in (((), clauses(entry)), (clauses(entry), ())):
        (made,) = compare(*sides)
        assert severity(replace(made, categories=("retention",)), WEIGHTS) == expected


def test_a_flip_from_agreed_to_not_objected_is_high() -> None:
    before = clauses("Lumora uses recordings for training only if the user has agreed to it.")
    after = clauses("Lumora uses recordings for training unless the user has objected.")
    (made,) = compare(before, after)
    assert severity(replace(made, categories=("retention",)), WEIGHTS) == "high"
