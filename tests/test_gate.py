"""The gate's rules, through `policywatch check`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from policywatch.gate.changes import Stretch, stretches
from tests.gating import (
    CONTACT,
    INTRO,
    KEEP_30,
    KEEP_90,
    OPT_IN,
    OPT_OUT,
    PRIVACY,
    TERMS,
    TODAY,
    Repository,
    page,
)


@pytest.fixture
def repository(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in ("POLICYWATCH_CONFIG", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    found = Repository(tmp_path, capfd)
    found.gate("{categories: [ai-training, retention], severity: medium}")
    return found


# -- changes -----------------------------------------------------------------------------------------------------------


def test_a_first_version_is_known_and_a_matching_change_is_asked_about_until_it_is_signed_off(
    repository: Repository,
) -> None:
    repository.record(page(INTRO, OPT_IN, CONTACT))
    assert repository.findings() == []
    repository.record(page(INTRO, OPT_OUT, CONTACT))
    (found,) = repository.findings()
    assert (found["document"], found["version"], found["kind"]) == (PRIVACY, 2, "change")
    assert found["categories"][0] == "ai-training"
    assert found["severity"] == "high"
    assert found["text"] == OPT_OUT
    lines = (repository.root / found["path"]).read_text("utf-8").splitlines()
    assert lines[found["line"] - 1] == OPT_OUT
    assert "reworded" in found["reason"]
    assert "opt" in found["reason"]
    assert repository.follow(found["sign_off"]).code == 0
    assert repository.findings() == []


def test_a_later_version_asks_again_and_about_itself_only(repository: Repository) -> None:
    repository.record(page(INTRO, OPT_IN, KEEP_30))
    repository.record(page(INTRO, OPT_OUT, KEEP_30))
    repository.follow(repository.findings()[0]["sign_off"])
    repository.record(page(INTRO, OPT_OUT, KEEP_90))
    (found,) = repository.findings()
    assert (found["version"], found["text"]) == (3, KEEP_90)


def test_versions_nobody_looked_at_count_together(repository: Repository) -> None:
    for paragraphs in ((INTRO, OPT_IN, KEEP_30), (INTRO, OPT_OUT, KEEP_30), (INTRO, OPT_OUT, KEEP_90)):
        repository.record(page(*paragraphs))
    assert {one["text"] for one in repository.findings()} == {OPT_OUT, KEEP_90}
    repository.record(page(INTRO, OPT_IN, KEEP_30))
    assert repository.findings() == []  # all taken back before anybody looked


def test_a_clause_that_went_away_is_shown_as_it_stood(repository: Repository) -> None:
    repository.record(page(INTRO, CONTACT, OPT_IN))
    repository.record(page(INTRO, CONTACT))
    found = next(one for one in repository.findings() if one["text"] == OPT_IN)
    assert "removed" in found["reason"]
    assert found["line"] == 1


@pytest.mark.parametrize(
    ("gate", "closed"),
    [
        ("{categories: [ai-training]}", True),
        ("{categories: [retention]}", False),
        ("{categories: [ai-training], severity: high}", True),
        ("{}", True),
        ("", True),
    ],
)
def test_categories_and_severity_decide_what_matters(repository: Repository, gate: str, closed: bool) -> None:
    repository.gate(gate)
    repository.record(page(INTRO, OPT_IN))
    repository.record(page(INTRO, OPT_OUT))
    assert bool(repository.findings()) == closed


def test_the_watchlists_own_weights_decide_today_whatever_was_recorded(repository: Repository) -> None:
    gate = "{categories: [retention], severity: high}"
    repository.record(page(INTRO, KEEP_30))
    repository.record(page(INTRO, KEEP_90))  # recorded as low, in no category
    repository.gate(gate)
    assert [one["severity"] for one in repository.findings()] == ["high"]
    repository.extra = "weights: {retention: 0}"
    repository.gate(gate)
    assert repository.findings() == []


def test_a_sign_off_that_expires_opens_the_question_again(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.record(page(INTRO, OPT_IN))
    repository.record(page(INTRO, OPT_OUT))
    repository.follow(repository.findings()[0]["sign_off"] + " --expires 1d")
    assert repository.findings() == []
    (path,) = (repository.root / "archive/reviews" / PRIVACY).iterdir()
    path.unlink()
    yesterday = (TODAY - timedelta(days=1)).date()
    from policywatch.archive import reviews
    from policywatch.model import Review

    digest = repository.archive.history(PRIVACY)[-1].text_sha256
    review = Review(PRIVACY, 2, digest, "accepted", "Ada", TODAY - timedelta(days=9), None, yesterday)
    reviews.write(repository.archive.root, review)
    assert len(repository.findings()) == 1


# -- upgrades of our own reading ---------------------------------------------------------------------------------------


def test_an_attributable_upgrade_does_not_reopen_the_gate(repository: Repository) -> None:
    repository.record(page(INTRO, OPT_IN, CONTACT))
    repository.record(page(INTRO, OPT_OUT, CONTACT))
    repository.follow(repository.findings()[0]["sign_off"])
    repository.record(page(INTRO, KEEP_30, OPT_OUT, CONTACT), upgrade="same")
    assert repository.findings() == []
    repository.record(page(INTRO, KEEP_90, OPT_OUT, CONTACT))
    (found,) = repository.findings()  # the platform's own next change, against the text as it reads now
    assert (found["text"], found["kind"], found["version"]) == (KEEP_90, "change", 4)


def test_an_attributable_upgrade_is_no_finding_where_nothing_was_ever_signed_off(repository: Repository) -> None:
    repository.record(page(INTRO, OPT_IN))
    repository.record(page(INTRO, OPT_IN, KEEP_30), upgrade="same")
    assert repository.findings() == []


def test_differences_that_nobody_can_attribute_ask_for_review(repository: Repository) -> None:
    repository.record(page(INTRO, OPT_IN))
    repository.record(page(INTRO, OPT_OUT), upgrade="other")
    (found,) = repository.findings()
    assert found["kind"] == "unattributed"
    assert "better reading" in found["reason"]
    repository.follow(found["sign_off"])
    assert repository.findings() == []


def test_an_upgrade_between_two_changes_is_left_out_and_lines_are_those_of_the_newest_text(
    repository: Repository,
) -> None:
    repository.record(page(INTRO, OPT_IN, CONTACT))
    repository.record(page(INTRO, OPT_OUT, CONTACT))
    repository.record(page(INTRO, KEEP_30, "A line that the old reading missed.", OPT_OUT, CONTACT), upgrade="same")
    newest = page(INTRO, KEEP_90, "A line that the old reading missed.", OPT_OUT, CONTACT)
    repository.record(newest)
    found = {one["text"]: one for one in repository.findings()}
    assert set(found) == {OPT_OUT, KEEP_90}
    for text, one in found.items():
        assert newest.splitlines()[one["line"] - 1] == text
        assert one["version"] == 4


def test_upgrades_of_unknown_cause_are_told_apart_from_changes(repository: Repository) -> None:
    repository.record(page(INTRO, OPT_IN, KEEP_30))
    repository.record(page(INTRO, OPT_OUT, KEEP_30), upgrade="other")
    repository.record(page(INTRO, OPT_OUT, KEEP_90))
    assert {one["text"]: one["kind"] for one in repository.findings()} == {OPT_OUT: "unattributed", KEEP_90: "change"}


def test_stretches_go_from_text_to_text(repository: Repository) -> None:
    texts = [f"Version {number} of the text." for number in range(8)]
    kinds = ["", "", "", "same", "other", "other", "same", ""]
    for text, kind in zip(texts, kinds, strict=True):
        repository.record(page(text), upgrade=kind)
    history = repository.archive.history(PRIVACY)
    assert list(stretches(history, 1)) == [Stretch(1, 3, False), Stretch(4, 6, True), Stretch(7, 8, False)]
    assert list(stretches(history, 3)) == [Stretch(4, 6, True), Stretch(7, 8, False)]
    assert list(stretches(history, 8)) == []


# -- age ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "closed"), [(0, False), (7, False), (9, True)])
def test_a_document_not_seen_for_too_long_closes_the_gate(repository: Repository, days: int, closed: bool) -> None:
    repository.gate("{max_age: 7d}")
    repository.record(page(INTRO))
    repository.seen(PRIVACY, (TODAY - timedelta(days=days)).date(), "blocked", "HTTP 403 with a bot challenge")
    found = repository.findings()
    assert [one["kind"] for one in found] == (["age"] if closed else [])
    if closed:
        assert "bot challenge" in found[0]["reason"]
        assert "7 days" in found[0]["reason"]
        assert found[0]["sign_off"] == f"policywatch fetch {PRIVACY}"


def test_age_is_asked_of_what_is_watched_and_was_tried(repository: Repository) -> None:
    repository.documents = ("Privacy Policy",)
    repository.gate("{max_age: 7d}")
    repository.record(page(INTRO, document="Terms of Service"), TERMS)
    repository.seen(TERMS, (TODAY - timedelta(days=90)).date())  # not in the watchlist any more
    assert repository.findings() == []  # and the privacy policy was just added
    repository.seen(PRIVACY, None, "missing", "HTTP 404")
    (found,) = repository.findings()
    assert "not seen successfully ever: HTTP 404" in found["reason"]


def test_max_age_needs_the_days_to_be_kept(repository: Repository) -> None:
    repository.extra = "defaults: {record_quiet: false}"
    repository.gate("{max_age: 7d}")
    done = repository.run("check")
    assert done.code == 2
    assert "record_quiet" in done.err


# -- positions ---------------------------------------------------------------------------------------------------------

ALLOWED = "{categories: [fees], positions: {ai-training: [does-not-train, only-with-opt-in]}}"
TRAINS = "We use your messages and files to train our models."
NEVER = "We do not use your messages or any other content of yours to train our models."


def test_a_position_outside_of_the_allowed_set_closes_the_gate_until_it_is_signed_off(repository: Repository) -> None:
    repository.gate(ALLOWED)
    repository.record(page(INTRO, OPT_IN))
    assert repository.findings() == []
    text = page(INTRO, CONTACT, OPT_OUT)
    repository.record(text)
    (found,) = repository.findings()
    assert (found["kind"], found["document"], found["categories"]) == ("position", PRIVACY, ["ai-training"])
    assert "trains-unless-opt-out" in found["reason"]
    assert "only-with-opt-in" in found["reason"]
    assert text.splitlines()[found["line"] - 1] == found["text"] == OPT_OUT
    repository.follow(found["sign_off"])
    assert repository.findings() == []
    repository.record(page(INTRO, CONTACT, OPT_OUT, KEEP_30))
    assert repository.findings() == []  # the same position as was signed off


def test_a_platform_that_is_new_and_outside_is_asked_about(repository: Repository) -> None:
    repository.gate(ALLOWED)
    repository.record(page(INTRO, OPT_OUT))
    (found,) = repository.findings()
    repository.follow(found["sign_off"])
    assert repository.findings() == []


def test_a_promise_that_is_taken_away_is_news_and_one_never_made_is_not(repository: Repository) -> None:
    repository.gate(ALLOWED)
    repository.record(page(INTRO, CONTACT))
    assert repository.findings() == []
    repository.record(page(INTRO, CONTACT, NEVER))
    assert repository.findings() == []
    repository.follow(f"policywatch review {PRIVACY} --decision accepted")
    repository.record(page(INTRO, CONTACT))
    (found,) = repository.findings()
    assert "not-stated (before: does-not-train)" in found["reason"]
    assert found["text"] == NEVER
    repository.follow(found["sign_off"])
    assert repository.findings() == []


def test_the_sign_off_names_the_document_that_settles_it(repository: Repository) -> None:
    repository.gate(ALLOWED)
    repository.record(page(INTRO, NEVER))
    repository.record(page(CONTACT, document="Terms of Service"), TERMS)
    repository.follow("policywatch review lumen --decision accepted")
    repository.record(page(INTRO, NEVER, CONTACT))
    repository.record(page(CONTACT, OPT_OUT, document="Terms of Service"), TERMS)
    found = repository.findings()
    assert found
    for one in found:
        repository.follow(one["sign_off"])
        assert TERMS in one["sign_off"]
    assert repository.findings() == []


def test_what_is_quoted_is_what_is_signed_off(repository: Repository) -> None:
    repository.gate(ALLOWED)
    repository.record(page(INTRO, "We train our models on your messages."))
    repository.record(page(CONTACT, document="Terms of Service"), TERMS)
    repository.record(page(CONTACT, TRAINS, document="Terms of Service"), TERMS)
    (found,) = repository.findings()
    assert found["sign_off"] == (
        f"policywatch review {found['document']} --version {found['version']} --decision accepted"
    )
    assert found["path"].endswith(f"{found['document']}.md")
    other = PRIVACY if found["document"] == TERMS else TERMS
    repository.follow(f"policywatch review {other} --decision accepted")  # says the same, and is not what is quoted
    (still,) = repository.findings()
    assert (still["document"], still["text"]) == (found["document"], found["text"])
    assert "not reviewed yet" in still["reason"]
    repository.follow(still["sign_off"])
    assert repository.findings() == []


def test_of_a_long_sentence_the_words_that_answer_the_question_are_in_sight(repository: Repository) -> None:
    licence = (
        "By making notes available you grant Lumen a non-exclusive, transferable, worldwide and royalty-free license, "
        "with the right to sublicense, to use, copy, adapt, store, format, translate, publish, display, broadcast, "
        "print, bind, stage, sing, film and perform your notes in connection with "
        "operating Lumen, improving it (including for training our AI models), and selling it."
    )
    repository.gate(ALLOWED)
    repository.record(page(INTRO, licence))
    (found,) = repository.findings()
    assert found["text"] == licence
    assert any("train" in word for word in found["deciding"])
    said = " ".join(repository.run("check").out.split())
    assert "including for training our AI models" in said
    assert "… " in said


def test_every_version_that_a_position_waits_for_is_named(repository: Repository) -> None:
    """One document takes back a promise, another one the first reservation: only both make what stands now."""
    repository.gate("{categories: [fees], positions: {ai-training: [does-not-train]}}")
    repository.record(page(INTRO, NEVER))
    repository.record(page(CONTACT, NEVER, document="Terms of Service"), TERMS)
    repository.follow("policywatch review lumen --decision accepted")
    repository.record(page(INTRO, KEEP_30))
    repository.record(page(CONTACT, TRAINS, document="Terms of Service"), TERMS)
    (found,) = repository.findings()
    for document in (PRIVACY, TERMS):
        assert f"review {document} --version 2 --decision accepted" in found["sign_off"]
        assert f"{document} version 2" in found["reason"]
    for command in found["sign_off"].split(" && "):
        assert repository.findings() != []
        repository.follow(command)
    assert repository.findings() == []


def test_a_position_is_what_all_of_a_platforms_documents_say_whatever_is_looked_at(repository: Repository) -> None:
    repository.gate(ALLOWED)
    repository.record(page(INTRO, CONTACT))
    repository.record(page(CONTACT, OPT_OUT, document="Terms of Service"), TERMS)
    assert [one["document"] for one in repository.findings()] == [TERMS]
    assert [one["document"] for one in repository.findings(TERMS)] == [TERMS]
    assert repository.findings(PRIVACY) == []


def test_names_that_mean_nothing_are_mistakes_each_told_with_its_place(repository: Repository) -> None:
    repository.gate(
        "{categories: [ai-trainig, fees],\n  positions: {foo: [trains],\n    ai-training: [trains, does-not-trian]}}"
    )
    repository.record(page(INTRO))
    done = repository.run("check")
    assert done.code == 2
    file = str(repository.root / "platforms.yaml")
    said = done.err.splitlines()
    assert said[0] == f"policywatch: {file}: 3 mistakes"
    first, second, third = said[1:4]
    assert first.startswith(f"{file}:2:21: gate › categories[1]: no such category, found 'ai-trainig'; did you mean")
    assert second.startswith(f"{file}:3:15: gate › positions › foo: no such question, found 'foo'; one of: ai-training")
    assert "no such position, found 'does-not-trian'; did you mean `does-not-train`?" in third
    assert third.startswith(f"{file}:4:27: gate › positions › ai-training[2]: ")


def test_a_category_that_is_no_question_is_told_as_such(repository: Repository) -> None:
    repository.gate("{positions: {contact: [given]}}")
    repository.record(page(INTRO))
    done = repository.run("check")
    assert done.code == 2
    assert "gate › positions › contact: no such question" in done.err
