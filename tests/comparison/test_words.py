"""Word marks: a redline as a careful hand would make it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policywatch.comparison import tokens
from policywatch.comparison.words import mark
from policywatch.extraction.canonical import canonical


def redline(before: str, after: str) -> str:
    """[-struck-]{+inserted+}, in plain letters."""
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(marks[op].format(text) for op, text in mark(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We may keep it.", "We will keep it.", "We [-may-]{+will+} keep it."),
        ("Kept for 30 days.", "Kept for 1,000.50 days.", "Kept for [-30-]{+1,000.50+} days."),
        (
            "See hosts and auditors.",
            "See hosts, auditors and brokers.",
            "See hosts[- and-]{+,+} auditors{+ and brokers+}.",
        ),
        ("It ends here.", "It ends here. It never began.", "It ends here.{+ It never began.+}"),
        ("We keep it. We use it. We share it.", "We keep it. We share it.", "We keep it. [-We use it. -]We share it."),
        ("You can opt-in to offers.", "You can opt-out of offers.", "You can [-opt-in to-]{+opt-out of+} offers."),
        ("Write to aup-x@lumora.example.", "Write to aup_x@lumora.example.", None),
        ("Ask the user's host.", "Ask the users' host.", "Ask the [-user's-]{+users'+} host."),
        ("我们可能会收集您的信息。", "我们会收集您的信息。", "我们[-可能-]会收集您的信息。"),
    ],
)
def test_marks_fall_on_words_numbers_and_punctuation(before: str, after: str, expected: str | None) -> None:
    expected = expected or "Write to [-aup-x@lumora.example-]{+aup_x@lumora.example+}."
    assert redline(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It’s “free” – for now", 'It\'s "free" - for now'),
        ("Read the [rules](https://lumora.example/a).", "Read the [rules](https://lumora.example/b)."),
        ("Read the [rules](https://lumora.example/a).", "Read the rules."),
        ("Updated on 28 August 2025.", "Updated on August 28, 2025."),
        ("one\u200b two", "one two"),
    ],
)
def test_what_the_canonical_form_ignores_is_not_marked(before: str, after: str) -> None:
    assert mark(before, after) == (("=", before),)


def test_typography_beside_a_change_is_not_marked_either() -> None:
    before, after = "It’s “free” – until we decide", 'It\'s "free" - until you decide'
    assert redline(before, after) == "It’s “free” – until [-we-]{+you+} decide"


def test_link_targets_are_never_marked() -> None:
    before = "Read the [privacy policy](https://lumora.example/a) of the studio first."
    after = "Read the [privacy notice](https://lumora.example/b) of the studio first."
    assert mark(before, after) == (
        ("=", "Read the [privacy "),
        ("-", "policy"),
        ("+", "notice"),
        ("=", "](https://lumora.example/a) of the studio first."),
    )


def test_words_before_a_link_stay_out_of_it() -> None:
    before = "Please contact [our office](https://lumora.example/a) first of all."
    after = "Please contact us through [our office](https://lumora.example/a) first of all."
    assert mark(before, after)[:2] == (("=", "Please contact "), ("+", "us through "))


def test_a_link_that_went_goes_whole() -> None:
    before = "Read the text and [the rules](https://lumora.example/a) of the studio."
    assert ("-", "and [the rules](https://lumora.example/a) ") in mark(before, "Read the text of the studio.")


def test_a_date_is_marked_as_one() -> None:
    assert redline("Valid from 3 March 2025 on.", "Valid from 4 March 2025 on.") == (
        "Valid from [-3 March 2025-]{+4 March 2025+} on."
    )


def test_a_clause_rewritten_by_more_than_half_shows_old_and_new_whole() -> None:
    before, after = (
        "We keep your drafts for a year after you leave.",
        "Drafts vanish on the day you close your account.",
    )
    assert mark(before, after) == (("-", before), ("+", after))


def test_no_confetti() -> None:
    before = "You may use the studio for any lawful purpose and in any lawful way."
    after = "You may use the gallery at no cost, for one purpose, on one device, in one way, always by our rules."
    marks = mark(before, after)
    assert sum(op == "=" for op, _ in marks) <= 2


def test_a_side_without_text_is_marked_whole() -> None:
    assert mark("", "New.") == (("+", "New."),)
    assert mark("Old.", "") == (("-", "Old."),)


_PIECES = (
    *(
        "may",
        "will",
        "[x](https://l.example)",
        "[y z](https://m.example)",
        ",",
        ".",
        "(",
        ")",
        "30",
        "—",
        "–",
        "-",
        "“",
    ),
    *("”", "'", "的", "我", "•", "|", "\u200b", "\\*", "28 August 2025", "2025-08-28", "é", "e\u0301", "ﬁ", "…", "%"),
    "a_b@c.example",
)
_texts = st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(("", " "))), max_size=12).map(
    lambda pieces: "".join(piece + space for piece, space in pieces).strip()
)


@settings(max_examples=300, deadline=None)
@given(_texts, _texts)
def test_both_texts_can_be_read_off_the_marks(before: str, after: str) -> None:
    words = mark(before, after)
    assert "".join(text for op, text in words if op != "+") == before
    assert canonical("".join(text for op, text in words if op != "-")) == canonical(after)
    if before and canonical(before) == canonical(after):
        assert words == (("=", before),)


@given(st.text("ab1 .,:-'’_\\\"“”(/*–—%&\xa0·®", max_size=40))
def test_english_is_cut_into_the_same_words_by_the_quicker_pattern(text: str) -> None:
    quick, full = ([match.span() for match in pattern.finditer(text)] for pattern in (tokens._ENGLISH, tokens._PARTS))
    assert quick == full
