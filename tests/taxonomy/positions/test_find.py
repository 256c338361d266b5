"""How whole documents are read together: which speaks, what is quoted, what is left open."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policywatch.model import Clause, Position, Quote
from policywatch.reports import positions_json
from policywatch.taxonomy import load
from policywatch.taxonomy.positions import NOT_STATED, QUESTIONS, UNCLEAR, PolicyDocument, find, standing
from policywatch.taxonomy.positions.passages import kind_of, read

COURTS = "Any dispute will be resolved exclusively in the courts of Lisbon."
ARBITRATION = "You and Lumora agree to resolve all disputes by binding arbitration."


def document(name: str, *clauses: Clause | str, language: str | None = "en") -> PolicyDocument:
    """Clauses on lines 10, 20, …; a text is a paragraph."""
    placed = tuple(
        Clause(
            clause.kind, clause.text, level=clause.level, marker=clause.marker, heading=clause.heading, line=10 * number
        )
        if isinstance(clause, Clause)
        else Clause("paragraph", clause, line=10 * number)
        for number, clause in enumerate(clauses, start=1)
    )
    return PolicyDocument(f"lumora/{name.lower().replace(' ', '-')}", name, placed, language=language)


def item(text: str) -> Clause:
    return Clause("item", text, level=1, marker="-")


def answer(question: str, *documents: PolicyDocument) -> Position:
    return next(one for one in find(documents, "Lumora") if one.question == question)


def test_every_question_is_answered_once_with_a_contracted_position() -> None:
    found = find([document("Terms of Service", "Welcome.")], "Lumora")
    assert [one.question for one in found] == list(QUESTIONS)
    assert {one.position for one in found} == {NOT_STATED}
    assert all(one.platform == "Lumora" and one.quotes == () for one in found)


def test_questions_and_positions_are_those_of_the_taxonomy() -> None:
    categories = load().categories
    for question in QUESTIONS.values():
        assert question.positions == tuple(categories[question.id].positions)


def test_a_quote_knows_its_document_and_the_line_of_its_sentence() -> None:
    found = answer("arbitration", document("Terms of Service", "Hello there.", f"We like peace. {COURTS}"))
    assert found.quotes[0] == Quote("lumora/terms-of-service", 21, COURTS)


@pytest.mark.parametrize(
    ("leaning", "alone"),
    [
        (
            "However, we may terminate your account at any time for any reason.",
            "Lumora may terminate your account at any time for any reason.",
        ),
        (
            "We may close your account at any time for any reason, as told on the page",
            "We may close your account at any time for any reason.",
        ),
    ],
)
def test_of_sentences_that_tell_the_same_one_that_stands_alone_is_quoted_first(leaning: str, alone: str) -> None:
    found = answer("termination", document("Terms of Service", leaning, alone))
    assert found.position == "any-time"
    assert [quote.text for quote in found.quotes] == [alone, leaning]


def test_a_cap_is_quoted_where_it_is_said_and_not_where_a_list_that_ends_in_it_begins() -> None:
    cap = "In no event shall the total liability of Lumora to you exceed the amount paid by you to Lumora."
    terms = document(
        "Terms of Service", "In addition, we will not be liable for:", item("Faults of your device."), item(cap)
    )
    found = answer("liability", terms)
    assert (found.position, found.value) == ("capped", "fees paid")
    assert found.quotes[0].text == cap


def test_the_right_to_end_what_is_bad_is_quoted_before_the_right_to_end_what_is_unused() -> None:
    lead = "We reserve the right to suspend or terminate your access to our Services if we determine:"
    unused = "We also may terminate your account if it has been inactive for over a year."
    terms = document(
        "Terms of Service", Clause("heading", "Termination", level=2), lead, item("You breached these Terms."), unused
    )
    found = answer("termination", terms)
    assert (found.position, found.quotes[0].text) == ("for-cause", lead)


def test_the_rule_on_age_is_quoted_before_what_is_said_of_data() -> None:
    rule = (
        "By using our Service you confirm that you are at least 18 years old (or, if younger, with a parent's consent)."
    )
    policy = "We do not knowingly collect data from children under the age of eighteen (18) years."
    found = answer("children", document("Privacy Policy", policy), document("Terms of Service", rule))
    assert found.value == 18
    assert found.quotes[0].text == rule


def test_training_and_the_way_out_of_it_are_both_quoted_where_no_sentence_tells_both() -> None:
    trains, out = "We use your prompts to train our models.", "You can object to this at any time in your settings."
    found = answer("ai-training", document("Privacy Policy", f"{trains} {out}"))
    assert found.position == "trains-unless-opt-out"
    assert [quote.text for quote in found.deciding] == [trains, out]
    both = "You can opt out of our use of your prompts to train our models."
    assert [quote.text for quote in answer("ai-training", document("Privacy Policy", both)).deciding] == [both]


def test_a_sentence_that_stands_in_several_documents_is_quoted_once() -> None:
    found = answer("arbitration", document("Terms of Service", COURTS), document("Terms of Sale", COURTS, "Hello."))
    assert [quote.text for quote in found.quotes] == [COURTS]


def test_a_platform_named_by_its_domain_acts_under_its_name() -> None:
    text = "Lumora's liability in all events is limited to the price paid for the product."
    terms = PolicyDocument("shop/terms", "Terms of Service", (Clause("paragraph", text, line=10),))
    found = {one.question: one.position for one in find([terms], "Lumora.com")}
    assert found["liability"] == "capped"


def test_a_quote_is_the_text_of_the_file_with_its_links() -> None:
    text = "You can [opt out](https://lumora.example/out) of the use of your content to train our models."
    found = answer("ai-training", document("Privacy Policy", text))
    assert (found.position, found.quotes[0].text) == ("trains-unless-opt-out", text)


def test_consumer_terms_outweigh_business_terms() -> None:
    found = answer("arbitration", document("Terms of Service", COURTS), document("Enterprise Agreement", ARBITRATION))
    assert found.position == "not-mandatory"


def test_business_terms_do_not_answer_for_silent_consumer_terms() -> None:
    found = answer("arbitration", document("Terms of Service", "Hello."), document("Enterprise Agreement", ARBITRATION))
    assert found.position == NOT_STATED


def test_business_terms_speak_where_no_others_exist() -> None:
    assert answer("arbitration", document("Enterprise Agreement", ARBITRATION)).position == "mandatory"


def test_the_terms_outweigh_the_privacy_policy_on_changes() -> None:
    terms = document("Terms of Service", "We may change these Terms at any time by posting them on our website.")
    privacy = document("Privacy Policy", "We will notify you by e-mail before we change this Privacy Policy.")
    assert answer("unilateral-change", privacy, terms).position == "without-notice"
    assert answer("unilateral-change", privacy).position == "with-notice"


def test_conflicting_passages_are_both_quoted() -> None:
    found = answer(
        "governing-law",
        document(
            "Terms of Service",
            "These Terms are governed by the laws of Nevada.",
            "These Terms are governed by the laws of Norway.",
        ),
    )
    assert (found.position, found.value) == (UNCLEAR, None)
    assert [quote.text.split()[-1] for quote in found.quotes] == ["Nevada.", "Norway."]


def test_laws_that_depend_on_where_the_user_is_are_both_named() -> None:
    found = answer(
        "governing-law",
        document(
            "Terms of Service",
            "If you live in India, these Terms are governed by the laws of India.",
            "If you live in the United States, these Terms are governed by the laws of Delaware.",
        ),
    )
    assert (found.position, found.value) == ("law", "India or Delaware, by where the user is")


def test_causes_in_a_list_below_belong_to_the_sentence_above() -> None:
    lead = "We may close your account at any time, without notice and at our sole discretion, if:"
    found = answer("termination", document("Terms of Service", lead, item("you breach these Terms;"), item("we must.")))
    assert (found.position, found.quotes[0].text) == ("for-cause", lead)


def test_an_item_is_read_with_its_lead_in() -> None:
    banned = document("Terms of Service", "You may not:", item("use our content to train machine learning models."))
    allowed = document(
        "Privacy Policy", "We use your personal data for these purposes:", item("to train our AI models.")
    )
    assert answer("ai-training", banned).position == NOT_STATED
    assert answer("ai-training", allowed).position == "trains"


def test_a_short_first_sentence_is_a_heading_of_its_clause() -> None:
    text = "Business use. Our total liability will not exceed $100."
    assert answer("liability", document("Terms of Service", text)).position == UNCLEAR


@pytest.mark.parametrize(
    "introduction",
    [
        "These terms are between you and Brightmoor Labs, Inc. (“Brightmoor”, “we” or “us”).",
        "Brightmoor may help. Brightmoor will write. Brightmoor has a shop. Brightmoor does research. "
        "Brightmoor shall be kind. Brightmoor can wait. Brightmoor is here. Brightmoor may also sing.",
    ],
)
def test_a_platform_is_known_by_the_name_its_documents_give_it(introduction: str) -> None:
    text = "Brightmoor may terminate your account at any time for any reason."
    assert answer("termination", document("Terms of Service", introduction, text)).position == "any-time"


@pytest.mark.parametrize(
    ("sentence", "position"),
    [
        ("Company may terminate your account at any time for any reason.", "any-time"),
        ("You agree that Company may close your account at any time for any reason.", "any-time"),
        ("An insurance company may terminate your account at any time for any reason.", NOT_STATED),
    ],
)
def test_a_defined_role_acts_without_its_article(sentence: str, position: str) -> None:
    introduction = "These terms are between you and Brightmoor Labs, Inc. (the “Company”, “we” or “us”)."
    assert answer("termination", document("Terms of Service", introduction, sentence)).position == position


def test_a_role_that_is_defined_apart_from_we_acts_as_the_platform() -> None:
    introduction = "This service is run by Brightmoor Labs, Inc. (the “Provider”)."
    text = "The Provider may terminate your account at any time for any reason."
    assert answer("termination", document("Terms of Service", introduction, text)).position == "any-time"
    assert answer("termination", document("Terms of Service", text)).position == NOT_STATED


def test_another_company_is_not_the_platform() -> None:
    text = "Fernhill may terminate your account at any time for any reason."
    assert answer("termination", document("Terms of Service", text)).position == NOT_STATED


# -- languages ---------------------------------------------------------------------------------------------------------


def test_a_document_in_a_language_without_rules_says_so() -> None:
    for one in find([document("Terms of Service", "Il est interdit de nuire.", language="fr")], "Lumora"):
        assert (one.position, one.quotes) == (UNCLEAR, ())
        assert one.note == "no rules yet for documents in French"


def test_the_readable_documents_answer_what_they_can() -> None:
    documents = [
        document("Terms of Service", COURTS),
        document("Privacy Policy", "Nous ne vendons rien.", language="fr"),
    ]
    assert answer("arbitration", *documents).position == "not-mandatory"
    assert answer("data-sale-ads", *documents).position == UNCLEAR


# -- quotes ------------------------------------------------------------------------------------------------------------


def test_a_position_that_loses_its_deciding_quote_is_not_asserted() -> None:
    good, bad = Quote("lumora/terms", 3, "We do."), Quote("lumora/terms", 9, "We never said this.")
    asserted = Position("Lumora", "ai-training", "trains", quotes=(bad, good))
    (checked,) = standing([asserted], lambda quote: quote is not bad)
    assert (checked.position, checked.quotes) == (UNCLEAR, (good,))
    (kept,) = standing([Position("Lumora", "ai-training", "trains", quotes=(good, bad))], lambda quote: quote is good)
    assert (kept.position, kept.quotes) == ("trains", (good,))


def test_a_value_of_several_parts_rests_on_a_quote_for_each_and_stands_since_the_last() -> None:
    account = "We delete your account data within 30 days after you close your account."
    chats = "Deleted conversations are removed from our systems within 90 days."
    found = answer("retention", document("Privacy Policy", account, chats))
    assert (found.position, found.value) == ("fixed-period", "30 days; 90 days")
    assert {quote.text for quote in found.deciding} == {account, chats}
    days = {account: datetime(2026, 3, 16, tzinfo=UTC), chats: datetime(2026, 9, 14, tzinfo=UTC)}
    dated = replace(found, quotes=tuple(replace(quote, since=days[quote.text]) for quote in found.quotes))
    assert dated.since == days[chats]
    assert positions_json.one(dated)["since"] == "2026-09-14T00:00:00Z"


def test_a_position_rests_on_one_quote_where_that_has_its_value() -> None:
    period = "We will notify you by email at least 30 days before we change these Terms."
    other = "When we change these Terms, we will let you know by email."
    found = answer("unilateral-change", document("Terms of Service", other, period))
    assert (found.position, found.value) == ("with-notice", 30)
    assert [quote.text for quote in found.deciding] == [period]
    assert replace(found, quotes=(replace(found.quotes[0], since=None),)).since is None


def test_a_value_that_loses_one_of_its_quotes_is_not_asserted() -> None:
    one, two = Quote("lumora/privacy", 3, "For 30 days."), Quote("lumora/privacy", 9, "For 90 days.")
    asserted = Position("Lumora", "retention", "fixed-period", "30 days; 90 days", (one, two), rests=2)
    (checked,) = standing([asserted], lambda quote: quote is one)
    assert (checked.position, checked.value, checked.quotes) == (UNCLEAR, None, (one,))


WORDS = st.sampled_from(
    "we you may will not train models opt out arbitration court laws of California delete 30 days your content account "
    "terminate at any time notice Terms liability exceed $100 sell personal data output own . , ; :".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=6))
def test_every_quote_stands_in_its_document(texts: list[str]) -> None:
    terms = document("Terms of Service", *texts)
    for position in find([terms], "Lumora"):
        assert all(any(quote.text in clause.text for clause in terms.clauses) for quote in position.quotes)
        assert position.position in (UNCLEAR, NOT_STATED) or position.quotes


@pytest.mark.parametrize(
    "unit", ["we may ", "not train ", "you, or ", "terminate your account ", "a", "30 days, ", "( "]
)
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    started = time.process_time()
    find([document("Terms of Service", unit * 4000), document("Privacy Policy", unit * 4000)], "Lumora")
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Terms of Service", "terms"),
        ("User Agreement", "terms"),
        ("Privacy Policy", "privacy"),
        ("Trackers Policy", "cookies"),
        ("Community Guidelines", "conduct"),
        ("Data Processor Agreement", "business"),
        ("Business Privacy Policy", "business"),
        ("API Terms", "business"),
    ],
)
def test_documents_are_told_apart_by_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_title_above_everything_says_nothing_about_a_clause() -> None:
    clauses = [Clause("paragraph", f"Sentence {n}.", heading=("Terms for Europe", "Law")) for n in range(5)]
    assert {passage.heading for passage in read([document("Terms of Service", *clauses)], "Lumora")} == {"law"}
