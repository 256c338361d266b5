"""When a differing text becomes a version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policywatch.archive.settling import Memory, Verdict, judge, stood_until

START = datetime(2026, 3, 1, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def watch(seen: Sequence[str], *, every: timedelta = DAY / 2, doubtful: str = "") -> list[Verdict]:
    """Judge a row of forms, seen at even distances; forms in ``doubtful`` are in doubt against any other text."""
    recorded: str | None = None
    memory = Memory()
    verdicts = []
    for number, form in enumerate(seen):
        verdict = judge(form, recorded, "lost half" if form in doubtful else None, memory, START + number * every, DAY)
        memory = verdict.memory
        recorded = form if verdict.record else recorded
        verdicts.append(verdict)
    return verdicts


def statuses(seen: Sequence[str], *, every: timedelta = DAY / 2, doubtful: str = "") -> list[str]:
    return [verdict.status for verdict in watch(seen, every=every, doubtful=doubtful)]


def test_first_text_then_other_words() -> None:
    assert statuses("AAB") == ["new", "unchanged", "changed"]


def test_a_returning_form_flaps_and_is_reported_once() -> None:
    verdicts = watch("ABABAB")
    assert [one.status for one in verdicts] == ["new", "changed", "flapping", "unchanged", "flapping", "unchanged"]
    assert [one.news for one in verdicts if one.status == "flapping"] == [True, False]


def test_a_returning_form_counts_once_it_has_stood_three_times_as_long() -> None:
    found = watch("AB" + "A" * 7)
    assert [one.status for one in found] == ["new", "changed"] + ["flapping"] * 6 + ["changed"]
    assert found[-1].first_seen == START + DAY  # dated with its first sighting
    assert {one.reason for one in found if one.status == "flapping"} == {
        "alternates since 2026-03-02 between texts seen before; one that returns counts once it has stood for 3 days"
    }


def test_a_doubtful_text_waits_and_is_dated_with_its_first_sighting() -> None:
    found = watch("AHHH", doubtful="H")
    assert [one.status for one in found] == ["new", "pending", "pending", "changed"]
    assert found[-1].first_seen == START + DAY / 2
    assert [one.news for one in found[1:3]] == [True, False]


def test_a_doubtful_text_that_goes_away_is_forgotten_as_pending() -> None:
    assert statuses("AHA", doubtful="H") == ["new", "pending", "unchanged"]
    assert watch("AHA", doubtful="H")[-1].memory.pending is None


def test_a_doubtful_text_is_not_confirmed_by_the_clock_alone() -> None:
    assert statuses("AH", every=5 * DAY, doubtful="H") == ["new", "pending"]


def test_texts_in_doubt_that_are_never_the_same_count_at_last() -> None:
    found = statuses("A12345678", doubtful="12345678")
    assert found[:7] == ["new"] + ["pending"] * 6
    assert "changed" in found[7:]


def test_other_words_count_at_once_beside_a_pending_text() -> None:
    assert statuses("AHB", doubtful="H") == ["new", "pending", "changed"]


def test_an_import_confirms_by_standing() -> None:
    memory = watch("AH", doubtful="H")[-1].memory
    seen = START + DAY / 2
    assert stood_until("A", memory, seen + DAY, DAY) == seen
    assert stood_until("A", memory, seen + DAY / 2, DAY) is None


@given(st.lists(st.sampled_from("ABCH"), min_size=1, max_size=40), st.sampled_from([1, 6, 12, 24, 100]))
def test_always_true(seen: list[str], hours: int) -> None:
    verdicts = watch(seen, every=timedelta(hours=hours), doubtful="H")
    recorded: str | None = None
    for form, verdict in zip(seen, verdicts, strict=True):
        assert (verdict.status == "unchanged") == (form == recorded)
        if verdict.record:
            assert verdict.status in ("new", "changed")
            assert form != recorded  # never the same text twice in a row
            recorded = form
        assert recorded not in {known for known, _ in verdict.memory.forms}
        assert verdict.memory.pending is None or verdict.memory.pending.form != recorded
    # What stands long enough is recorded in the end, whatever it was.
    final = watch([*seen, *[seen[-1]] * 80], every=timedelta(hours=hours), doubtful="H")[-1]
    assert final.status == "unchanged"
