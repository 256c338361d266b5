"""Wording signals, measured on a table of pairs written for it."""

from __future__ import annotations

from collections import Counter

import pytest

from policywatch.comparison import compare
from policywatch.comparison.signals import Context, read
from policywatch.model import Signal
from tests.comparison.documents import clauses
from tests.comparison.signal_pairs import PARTS, Pair, Part, pairs

Scores = tuple[Counter[str], Counter[str], Counter[str]]  # kind -> right, wrong, missed


def found(pair: Pair) -> tuple[Signal, ...]:
    return read(pair.before, pair.after, Context(lead=pair.lead))


def scores(table: list[Pair]) -> Scores:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for pair in table:
        got = Counter(signal.kind for signal in found(pair))
        wanted = Counter(kind for kind, _, _ in pair.signals)
        right += got & wanted
        wrong += got - wanted
        missed += wanted - got
    return right, wrong, missed


@pytest.mark.parametrize("part", PARTS)
def test_precision_and_recall(part: Part) -> None:
    right, wrong, missed = scores(pairs(part))
    assert right.total() / (right.total() + wrong.total()) >= 0.95
    assert right.total() / (right.total() + missed.total()) >= 0.90


def test_every_kind_is_found_among_those_developed_with() -> None:
    right, wrong, missed = scores(pairs("developed"))
    for kind, number in right.items():
        assert number / (number + wrong[kind]) >= 0.85, kind
        assert number / (number + missed[kind]) >= 0.85, kind


def test_the_table_is_large_enough_and_has_pairs_without_signals() -> None:
    table = [pair for part in PARTS for pair in pairs(part)]
    assert len(table) >= 180
    assert sum(not pair.signals for pair in table) >= 40


@pytest.mark.parametrize("part", PARTS)
def test_words_are_verbatim(part: Part) -> None:
    for pair in pairs(part):
        for signal in found(pair):
            assert signal.before in pair.before
            assert signal.after in pair.after


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We may keep it.", "We will keep it.", ("modality", "may", "will")),
        ("We use hosts that may keep it.", "We use hosts that will keep it.", ("modality", "may", "will")),
        ("Kept for thirty (30) days.", "Kept for 90 days.", ("number", "thirty (30) days", "90 days")),
        ("You can opt in.", "You can opt out.", ("opt-in-out", "opt in", "opt out")),
        ("We may use it to repair phones.", "We use it so that we can repair phones.", ("modality", "may", "")),
        (
            "Only those who have opted in to it get ads.",
            "Everyone gets ads until they opt out.",
            ("opt-in-out", "opted in", "opt out"),
        ),
        ("We ask for a fee.", "We ask for no fee.", ("negation", "", "no")),
        ("We share it with hosts.", "We share it with hosts and brokers.", ("recipient", "", "brokers")),
        (
            "Write to a@lumora.example.",
            "Write to b@lumora.example.",
            ("contact", "a@lumora.example", "b@lumora.example"),
        ),
    ],
)
def test_the_words_that_show_it(before: str, after: str, expected: tuple[str, str, str]) -> None:
    assert read(before, after) == (Signal(*expected),)


def test_a_reference_that_follows_its_section_is_no_signal_in_a_reworded_clause() -> None:
    before = clauses("# 1. Use", "# 2. Keep", "Section 2 tells how long we keep drafts.", "Nothing else is kept by us.")
    after = clauses(
        "# 1. Use", "# 2. New", "# 3. Keep", "Section 3 tells how long we store drafts.", "Nothing is kept."
    )
    assert not [s for change in compare(before, after) for s in change.signals if s.kind == "reference"]


def test_a_company_that_the_other_version_names_elsewhere_is_not_new() -> None:
    before = clauses("Orvane Ltd runs the service.", "Write to us with questions.")
    after = clauses("Orvane Ltd runs the service.", "Write to us with questions.", "Orvane Ltd is in Westmark.")
    assert [change.signals for change in compare(before, after)] == [()]


def test_an_item_is_a_recipient_by_the_sentence_before_its_list() -> None:
    before = clauses("We share personal data with:", "- Hosts", "- Auditors")
    after = clauses("We share personal data with:", "- Hosts", "- Data brokers", "- Auditors")
    (change,) = compare(before, after)
    assert change.signals == (Signal("recipient", "", "Data brokers"),)


def test_a_changed_end_of_a_sentence_hides_no_words_of_the_next() -> None:
    assert read("Legitimate interests (to train) Consent", "Legitimate interests (to train); Consent") == ()
    assert read("We may keep it. We may use it.", "We may keep it; we may use it.") == ()


@pytest.mark.parametrize("lead", ["", ".", ":", "Can", "For", "we can", "may use"])
def test_a_lead_of_a_word_or_none_leads_to_something(lead: str) -> None:
    assert all(signal.after == "billing" for signal in read("", "billing", Context(lead=lead)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "You have the right to opt out within 30 days.",
            "Opt out within 30 days, or opt out of an update within 30 days.",
        ),
        ("You may opt out. Write to us.", "You may opt out. Write to us if you want to opt out of mail."),
        ("Each case is brought alone.", "Each case is brought alone, and is safe to bring."),
        ("Keep mild pictures only in there.", "Keep pictures that are not safe for work only in there."),
        ("We ask for the consent of a parent.", "We ask for the permission of a parent."),
        ("Help is here.", "Help on billing and authorization is here."),
    ],
)
def test_what_stands_on_both_sides_is_neither_new_nor_gone(before: str, after: str) -> None:
    kinds = {"opt-in-out", "number", "waiver", "negation", "consent"}
    assert not [signal for signal in read(before, after) if signal.kind in kinds]


def test_a_waiver_told_again_is_not_new() -> None:
    once = "Claims may not be brought as a class action."
    assert not read(once, f"{once} A claim that is one of many may not be brought as a class action either.")


@pytest.mark.parametrize(
    ("before", "after", "lead", "kind"),
    [
        (
            "Who can see my notes? Our editors and hosts.",
            "Who can see my notes? Our editors, hosts and brokers.",
            "",
            "recipient",
        ),
        (
            "Why do we keep your address? To send parcels and to answer you.",
            "Why do we keep your address? To send parcels, to answer you and to offer you more.",
            "",
            "purpose",
        ),
        ("We share it among our hosts and shops.", "We share it among our hosts, shops and heirs.", "", "recipient"),
        (
            "We grant access to files to the owner and the editors.",
            "We grant access to files to the owner, the editors and the press office.",
            "",
            "recipient",
        ),
        ("", "Outside auditors", "These persons have access to the recordings:", "recipient"),
        ("", "Keys pressed while the window is open", "Information we collect:", "list-item"),
    ],
)
def test_a_question_or_a_lead_tells_what_a_list_is_of(before: str, after: str, lead: str, kind: str) -> None:
    assert [signal.kind for signal in read(before, after, Context(lead=lead))] == [kind]
