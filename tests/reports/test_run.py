"""How a run ended, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from policywatch.model import Outcome, Run
from policywatch.reports import run as runs
from tests.reports.samples import MINORS, RUN

START = datetime(2026, 3, 9, 10, tzinfo=UTC)


def ended(*outcomes: Outcome, seconds: float = 3) -> Run:
    return Run(START, START + timedelta(seconds=seconds), outcomes)


def test_nothing_changed_is_one_line_and_quietly_not_a_byte() -> None:
    run = ended(Outcome("a/b", "unchanged"), Outcome("a/c", "unchanged"))
    assert runs.summary(run) == "Nothing changed: 2 documents in 3.0 s.\n"
    assert runs.summary(run, quiet=True) == ""


def test_counts_stand_in_one_line() -> None:
    first = runs.summary(RUN).splitlines()[0]
    assert first.startswith("13 documents in 42 s: 2 changed, 1 upgraded, 1 unchanged, 1 pending, 4 skipped, 2 blocked")


def test_a_failure_says_which_why_since_when_and_what_to_do() -> None:
    lines = runs.summary(RUN).splitlines()
    at = lines.index("  missing    quillwort/cookies: HTTP 404, since 9 Mar 2026")
    assert "change `url`" in lines[at + 1]


def test_what_flaps_says_since_when_once() -> None:
    run = ended(Outcome("a/b", "flapping", "alternates since 2026-03-02", since=date(2026, 3, 9)))
    assert "  flapping   a/b: alternates since 2026-03-02\n" in runs.summary(run)


def test_an_outcomes_own_hint_is_what_to_do() -> None:
    run = ended(Outcome("a/b", "failed", "no answer", hint="Ask Ann."))
    assert "-> Ask Ann." in runs.summary(run)


def test_what_is_skipped_for_one_reason_is_one_line_that_says_what_to_install() -> None:
    lines = [line for line in runs.summary(RUN).splitlines() if "skipped  " in line or "pip" in line]
    assert lines == [
        "  skipped    4 documents: needs a browser: moth/cookies, moth/privacy, moth/subprocessors, …",
        "             -> pip install 'policywatch[browser]'",
    ]


def test_a_quiet_run_speaks_of_news_only() -> None:
    text = runs.summary(RUN, quiet=True)
    assert "parrotfish/privacy" in text
    assert "parrotfish/terms" not in text  # told earlier today
    assert "skipped  " not in text
    assert "works again; it had failed since 2 Mar 2026" in text
    silent = ended(Outcome("a/b", "failed", "no answer", news=False), Outcome("a/c", "skipped", "robots.txt"))
    assert runs.summary(silent, quiet=True) == ""


def test_many_failures_are_counted_not_listed() -> None:
    run = ended(*(Outcome(f"a/{number:02}", "failed", "no answer", since=date(2026, 3, 1)) for number in range(40)))
    text = runs.summary(run)
    assert text.count("no answer") == runs.LISTED
    assert f"… and {40 - runs.LISTED} more; see policywatch status" in text


def test_a_text_that_may_be_incomplete_is_said_when_it_is_recorded() -> None:
    noted = ("only 62 % of the page's words were kept",)
    assert noted[0] in runs.summary(ended(Outcome("a/b", "new", notes=noted)))
    assert noted[0] not in runs.summary(ended(Outcome("a/b", "unchanged", notes=noted)))


def test_our_own_upgrades_are_not_shown_as_changes_unless_nobody_can_tell() -> None:
    ours = Outcome("a/b", "upgraded", changes=replace(MINORS, unattributed=False))
    assert runs.change_sets(ended(ours)) == ()
    assert runs.change_sets(ended(replace(ours, changes=MINORS))) == (MINORS,)


def test_a_reason_from_the_network_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in runs.summary(ended(Outcome("a/b", "failed", "bad \x1b[2Jheader\nsecond line")))
    assert len(runs.summary(ended(Outcome("a/b", "failed", "one\ntwo", hint="x"))).splitlines()) == 3


def test_a_dry_run_lists_all_since_no_other_command_knows_of_them() -> None:
    run = ended(*(Outcome(f"a/{number:02}", "failed", "no answer") for number in range(40)))
    text = runs.summary(replace(run, dry=True))
    assert text.count("no answer") == 40
    assert "policywatch status" not in text
