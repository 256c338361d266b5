"""What a version says as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from policywatch.comparison import compare, version_signals
from policywatch.model import Signal
from tests.comparison.documents import clauses

USE = "We use what you upload to run the studio."
MORE = "We use what you upload to run and to promote the studio."
MARCH, JUNE = date(2025, 3, 3), date(2025, 6, 10)


def signals(
    before: tuple[str, ...], after: tuple[str, ...], was: date | None, now: date | None, fetched: date | None = None
) -> tuple[tuple[Signal, ...], int | None]:
    old, new = clauses(*before), clauses(*after)
    return version_signals(old, new, compare(old, new), effective_before=was, effective_after=now, fetched=fetched)


def test_only_the_date_moved() -> None:
    found, notice = signals(
        ("Last updated: March 3, 2025", USE), ("Last updated: June 10, 2025", USE), MARCH, JUNE, date(2025, 6, 1)
    )
    assert found == (
        Signal("date-only", "March 3, 2025", "June 10, 2025"),
        Signal("effective-date", "March 3, 2025", "June 10, 2025"),
    )
    assert notice == 9


def test_words_changed_and_the_date_did_not() -> None:
    stated = "Last updated: March 3, 2025"
    found, notice = signals((stated, USE), (stated, MORE), MARCH, MARCH, date(2025, 6, 1))
    assert found == (Signal("silent-edit", "March 3, 2025", "March 3, 2025"),)
    assert notice is None


def test_words_and_date_changed() -> None:
    found, notice = signals(
        ("Effective 3 March 2025", USE), ("Effective 10 June 2025", MORE), MARCH, JUNE, date(2025, 6, 12)
    )
    assert found == (Signal("effective-date", "3 March 2025", "10 June 2025"),)
    assert notice == -2, "in force already"


def test_a_text_without_a_date_cannot_be_edited_silently() -> None:
    assert signals((USE,), (MORE,), None, None) == ((), None)


@pytest.mark.parametrize("after", [(MORE, USE), (USE, "2. " + MORE)])
def test_moving_and_renumbering_is_no_silent_edit(after: tuple[str, ...]) -> None:
    before = (USE, "1. " + MORE) if after[0] == USE else (USE, MORE)
    assert signals(before, after, MARCH, MARCH) == ((), None)


def test_a_date_line_that_was_added_is_only_a_date() -> None:
    found, _ = signals((USE,), ("Last updated: June 10, 2025", USE), None, JUNE)
    assert [signal.kind for signal in found] == ["date-only", "effective-date"]


def test_no_change_no_signal() -> None:
    assert signals((USE,), (USE,), MARCH, MARCH) == ((), None)
