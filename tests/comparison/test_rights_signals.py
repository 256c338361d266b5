"""Opt-in and opt-out in other words, rights given up, and how far a rule reaches."""

from __future__ import annotations

import pytest

from policywatch.comparison.signals import Context, read
from policywatch.model import Signal

OPT_IN = (
    "only if you have agreed to it",
    "only if the user has consented",
    "only where the customer has permitted this",
    "only once they have expressly approved",
    "if you have agreed",
    "unless you haven’t agreed",
    "only after you have said yes",
    "only when you have turned it on",
    "only with the user's approval",
    "only if this was approved by the account owner",
    "provided that each member has agreed",
    "only after asking you first",
    "only if we have your agreement",
    "only if you choose to allow this",
    "only for users who have agreed",
    "on condition that you agree",
    "subject to your express agreement",
    "if, and only if, you have agreed",
)
OPT_OUT = (
    "unless the user has objected",
    "unless you decline",
    "except where the customer has refused this",
    "until you tell us to stop",
    "unless you have told us not to",
    "unless your parents say no",
    "as long as you do not object",
    "if you haven’t objected",
    "unless you have turned it off",
    "unless this was declined by the user",
    "unless an objection has been raised",
    "unless you have asked us not to",
    "unless you inform us that you object",
    "unless you have forbidden it",
    "save where you have objected",
    "for users who have not objected",
    "unless you do not want this",
    "unless you notify us that you do not agree",
)


def kinds(before: str, after: str, lead: str = "") -> set[str]:
    return {signal.kind for signal in read(before, after, Context(lead=lead))}


@pytest.mark.parametrize(("agreed", "objected"), list(zip(OPT_IN, OPT_OUT, strict=True)))
@pytest.mark.parametrize(
    "sentence", ["We use recordings for training {}.", "Drafts are shown to other teams {}, as told above."]
)
def test_agreed_becomes_not_objected_and_back(sentence: str, agreed: str, objected: str) -> None:
    before, after = sentence.format(agreed), sentence.format(objected)
    for old, new in ((before, after), (after, before)):
        (found,) = [signal for signal in read(old, new) if signal.kind == "opt-in-out"]
        assert found.before in old
        assert found.after in new
        assert found.before
        assert found.after


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We never train on it unless you agree.", "We train on it unless you object.", "unless you agree"),
        ("We show it to others only if you agreed.", "We show it to others.", "only if you agreed"),
        ("We ask you first, then we publish it.", "We publish it.", "ask you first"),
        ("We do not publish it without asking you.", "We publish it.", "without asking you"),
    ],
)
def test_a_condition_comes_or_goes(before: str, after: str, expected: str) -> None:
    for old, new in ((before, after), (after, before)):
        (found,) = [signal for signal in read(old, new) if signal.kind == "opt-in-out"]
        assert expected in (found.before, found.after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("If you agree to these terms, sign in.", "If you agree to the terms, sign in with a key."),
        ("If you do not agree, stop using Lumora.", "If you do not accept this, leave Lumora."),
        ("Drafts are kept.", "Drafts are kept unless otherwise agreed in writing."),
        ("The parties share costs.", "The parties share costs unless they agree otherwise."),
        ("The court sits in Westmark.", "The court sits in Westmark unless the parties have agreed otherwise."),
        ("You can object at the desk.", "You can object at the desk or by post."),
        ("We answer.", "When you ask us a question about an invoice, we answer."),
        ("Invite others.", "Invite others when you accept an invitation."),
        ("The object is deleted.", "If the object is large, it is deleted."),
        ("Keep it.", "Keep it unless permitted by law."),
        ("A form is needed.", "A form is needed when you are asked to name a guardian."),
        ("It applies.", "It applies even if you have objected."),
        ("Pay.", "Pay unless we have agreed a later day."),
        ("We use it if you have agreed.", "We use it where you have agreed."),
        ("We use it unless you object.", "We use it unless the user has objected."),
        ("We use it only if you agree.", "We use it only where you consent."),
        ("Rest.", "Rest, and if it is declined, we refund the price."),
        ("The refund is paid.", "The refund is paid if the bank approved the claim."),
        ("When reading, you agree that it is late.", "When reading late, you agree that it is late."),
        ("Use it.", "Subject to your compliance with this agreement, use it."),
        ("Ask the parent.", "Ask the account of the parent who consented to the account."),
        ("Read it.", "Read it with your agreement number at hand."),
        ("We write.", "We write before you object."),
        ("Join us.", "Join us if you agree to take part in tests."),
    ],
)
def test_no_choice_where_its_words_merely_stand_nearby(before: str, after: str) -> None:
    assert "opt-in-out" not in kinds(before, after)


@pytest.mark.parametrize(
    "waived",
    [
        "You and Lumora waive any right to a trial by jury.",
        "By joining you give up your right to sue.",
        "Each side irrevocably waives all objections to that court.",
        "No class actions are allowed.",
        "Claims are brought alone and not as a class member.",
        "THIS SECTION HAS A CLASS ACTION WAIVER.",
        "You relinquish every claim against the other members.",
    ],
)
def test_rights_given_up(waived: str) -> None:
    assert "waiver" in kinds("", waived)
    assert "waiver" in kinds("Disputes are heard in Westmark.", f"Disputes are heard in Westmark. {waived}")
    assert "waiver" in kinds(waived, "")


@pytest.mark.parametrize(
    "text",
    [
        "We may waive the fee for students.",
        "Our silence is not a waiver of the right to enforce a rule later.",
        "Failure to enforce a rule is no waiver.",
        "Nothing in this section will be deemed to waive a right that the law gives you.",
        "You do not waive any rights by asking.",
        "We waive our claim to the deposit.",
        "If the class action waiver is void, a court decides.",
        "The class of data is shown beside each file.",
        "Members of a class can share a board.",
        "A teacher can give up the seat of a pupil.",
        "A jury of three artists picks the best film.",
        "You may ask for a jury trial in the courts of your county.",
    ],
)
def test_no_right_is_given_up(text: str) -> None:
    assert "waiver" not in kinds("", text)
    assert "waiver" not in kinds("Ask us.", f"Ask us. {text}")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We use it only to answer you.", "We use it primarily to answer you.", ("only", "primarily")),
        ("Data stay solely on your phone.", "Data stay mostly on your phone.", ("solely", "mostly")),
        ("Staff read it exclusively for support.", "Staff read it for support.", ("exclusively", "")),
        ("We process data in Ireland.", "We process data mainly in Ireland.", ("", "mainly")),
        ("We store data in Ireland.", "We store data in Ireland and in Singapore.", ("", "Singapore")),
        (
            "Files are held in France.",
            "Files are held in France. Data is transferred to the United States.",
            ("", "United States"),
        ),
        ("Data may be accessed from Peru.", "Data may be accessed from Peru and India.", ("", "India")),
        ("Data is hosted in the UK.", "Data is hosted in the U.S.", ("UK", "U.S")),
    ],
)
def test_how_far_a_rule_reaches(before: str, after: str, expected: tuple[str, str]) -> None:
    assert Signal("scope", *expected) in read(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("You answer for your posts.", "You are solely responsible for your posts."),
        ("We sell it with consent.", "We sell it only with consent."),
        ("Data is used solely for billing.", "Data is used only for billing."),
        ("Data is largely kept here.", "Data is mostly kept here."),
        ("It is not only a toy.", "It is a toy."),
        ("We process data by law.", "We process data by the law of Japan's courts."),
        ("The contract follows the law of Malta.", "The contract follows the law of Cyprus."),
        ("Users in Spain can ask for data.", "Users in Spain and Portugal can ask for data we store."),
        ("We store data under U.S. law.", "We store data under U.S. and Canadian law."),
        ("We store data in Ireland and France.", "We store data in France and Ireland."),
        ("We store data where you live.", "If you live in Peru we store data where you live."),
        ("Open the file.", "Open the read-only file."),
    ],
)
def test_nothing_reaches_further(before: str, after: str) -> None:
    assert "scope" not in kinds(before, after)


def test_each_thing_is_told_once() -> None:
    lead = "You must not:"
    assert kinds("", "Film people without their consent", lead) == {"consent"}
    assert kinds("", "Write to help@lumora.example", "You can reach us:") == {"contact"}
    assert kinds("", "To invite you to surveys, if you have agreed", "We use data for these purposes:") == {"purpose"}


@pytest.mark.parametrize(
    "right",
    [
        "You can object to this.",
        "You may also object at any time.",
        "You have the right to object to our use of your posts.",
        "Users are free to object.",
    ],
)
def test_the_right_to_object_is_one_to_opt_out(right: str) -> None:
    said = "We use your posts to train our models."
    assert "opt-in-out" in kinds(said, f"{said} {right}")
    assert "opt-in-out" in kinds(f"{said} {right}", said)
    assert "opt-in-out" not in kinds(f"{said} You may opt out.", f"{said} {right}")


@pytest.mark.parametrize(
    "other",
    [
        "You may object to the appointment of the arbitrator.",
        "Customer may object to a new subprocessor.",
        "If you do not agree to the amended Terms, you may object and must stop.",
        "You can object to changes.",
    ],
)
def test_who_may_object_to_something_else_opts_out_of_nothing(other: str) -> None:
    said = "We use your posts to train our models."
    assert "opt-in-out" not in kinds(said, f"{said} {other}")
