"""Since when a sentence stands, and one clause's whole story."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policywatch.archive import Archive
from policywatch.archive.blame import Sentence, blame
from policywatch.archive.story import NoSuchClause, Story, stories
from policywatch.comparison import compare
from policywatch.errors import UsageError
from policywatch.extraction.markdown import clauses_of
from tests.archive.making import DOCUMENT, EDITIONS, archive_of, policy


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Sentence]:
    return {one.text: one for one in blame(archive_of(tmp_path, EDITIONS), DOCUMENT, compare)}


def test_a_sentence_is_as_old_as_its_wording(found: dict[str, Sentence]) -> None:
    assert found["We keep them for 90 days."].since.version == 2
    assert found["We may collect the notes you write."].since.version == 3
    assert found["- the type of your device"].since.version == 2


def test_a_sentence_that_moved_keeps_its_age(found: dict[str, Sentence]) -> None:
    assert found["Write to privacy@lumen.example."].since.version == 1
    assert found["## What we collect"].since.version == 1
    assert found["- your e-mail address"].since.version == 1


def test_a_reworded_sentence_names_the_one_it_replaced(found: dict[str, Sentence]) -> None:
    was = found["We may collect the notes you write."].replaced
    assert was is not None
    assert (was.version, was.text) == (2, "We collect the notes you write.")
    assert EDITIONS[1].split("\n")[was.line - 1] == was.text
    was = found["We keep them for 90 days."].replaced
    assert was is not None
    assert (was.version, was.text) == (1, "We keep them for 30 days.")
    assert found["- the type of your device"].replaced is None


def test_numbers_that_count_on_make_no_sentence_younger(tmp_path: Path) -> None:
    texts = [
        policy("# 1. Fees", "1.1 Lumen sends an invoice.", "# 2. End", "2.1 Section 1 survives. We refund nothing."),
        policy(
            *("# 1. Trials", "1.1 A trial takes a week.", "# 2. Fees", "2.1 Lumen sends an invoice."),
            *("# 3. End", "3.1 Section 2 survives. We refund half of it."),
        ),
    ]
    since = {one.text: one.since.version for one in blame(archive_of(tmp_path, texts), DOCUMENT, compare)}
    assert since["## 1. Trials"] == since["1.1 A trial takes a week."] == 2
    assert since["## 2. Fees"] == since["2.1 Lumen sends an invoice."] == since["## 3. End"] == 1
    assert since["3.1 Section 2 survives."] == 1  # beside a sentence that is new
    assert since["We refund half of it."] == 2


def test_a_number_that_is_no_reference_makes_a_new_sentence(tmp_path: Path) -> None:
    texts = [
        policy("# 1. Fees", "1.1 You have 14 days to pay. We thank you.", "1.2 Section 1.1 survives. It binds heirs."),
        policy("# 1. Fees", "1.1 You have 20 days to pay. We thank you.", "1.2 Section 1.3 survives. It binds heirs."),
    ]
    since = {one.text: one.since.version for one in blame(archive_of(tmp_path, texts), DOCUMENT, compare)}
    assert since["1.1 You have 20 days to pay."] == since["1.2 Section 1.3 survives."] == 2
    assert since["We thank you."] == since["It binds heirs."] == 1


def test_sentences_parted_anew_keep_their_age(tmp_path: Path) -> None:
    whole = policy("# A", "We keep notes, e.g. yours. Write to us.")
    parted = whole.replace("e.g. yours.", "e.g.\nyours.")
    assert parted != whole
    archive = archive_of(tmp_path, [whole, parted])
    assert [one.since.version for one in blame(archive, DOCUMENT, compare)] == [1, 1, 1, 1]


def test_every_sentence_is_answered_for_and_front_matter_is_none(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS)
    for version, text in enumerate(EDITIONS, start=1):
        lines = text.split("\n")
        expected = [number for number, line in enumerate(lines, start=1) if line and number > lines.index("---", 1) + 1]
        sentences = blame(archive, DOCUMENT, compare, version)
        assert [one.line for one in sentences] == expected
        assert all(lines[one.line - 1].strip() == one.text for one in sentences)
        assert all(one.since.version <= version for one in sentences)


CLAUSES = st.lists(
    st.sampled_from([f"The {word} clause stands here. It says {word}." for word in "abcdefgh"]), min_size=1, unique=True
)


@settings(max_examples=40)
@given(st.lists(CLAUSES, min_size=1, max_size=5))
def test_a_sentence_stood_in_all_versions_since_and_not_in_the_one_before(
    tmp_path_factory: pytest.TempPathFactory, editions: list[list[str]]
) -> None:
    texts = [policy("# Terms", *clauses) for clauses in editions]
    archive = archive_of(tmp_path_factory.mktemp("archive"), texts)
    for one in blame(archive, DOCUMENT, compare):
        since = one.since.version
        assert all(one.text in text for text in texts[since - 1 :])
        assert since == 1 or one.text not in texts[since - 2]


# -- one clause --------------------------------------------------------------------------------------------------------


def story(archive: Archive, text: str) -> Story:
    (found,) = stories(archive, DOCUMENT, text, compare)
    return found


def told(found: Story) -> list[tuple[int, str]]:
    return [(event.version.version, event.kind) for event in found.events]


def test_a_clause_is_followed_through_rewordings(tmp_path: Path) -> None:
    found = story(archive_of(tmp_path, EDITIONS), "may collect the notes")
    assert found.stands
    assert told(found)[:2] == [(1, "first"), (2, "reworded")]
    assert [event.change.after[0].text for event in found.events] == [
        "We collect the notes you write. We keep them for 30 days.",
        "We collect the notes you write. We keep them for 90 days.",
        "We may collect the notes you write. We keep them for 90 days.",
    ]


def test_an_old_wording_finds_the_same_story(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS)
    new = story(archive, "may collect the notes")
    for text in ("We keep them for 30 days", "WE COLLECT THE NOTES YOU WRITE. We keep them for 90 days."):
        assert story(archive, text) == new


def test_a_clause_that_went_is_told_to_its_end(tmp_path: Path) -> None:
    found = story(archive_of(tmp_path, EDITIONS), "your name")
    assert not found.stands
    assert found.version.version == 2
    assert told(found) == [(1, "first"), (3, "removed")]


def test_a_clause_that_came_later_is_told_from_there(tmp_path: Path) -> None:
    found = story(archive_of(tmp_path, EDITIONS), "type of your device")
    assert told(found)[0] == (2, "added")
    assert found.stands


def test_events_say_under_which_heading(tmp_path: Path) -> None:
    found = story(archive_of(tmp_path, EDITIONS), "We keep them for 90 days")
    assert found.clause.heading == ("What we collect",)
    assert all(clause.heading == ("What we collect",) for event in found.events[1:] for clause in event.change.after)


def test_a_clause_that_came_back_begins_anew(tmp_path: Path) -> None:
    texts = [policy("# A", "One here."), policy("# A"), policy("# A", "One here.", "Two there.")]
    found = story(archive_of(tmp_path, texts), "One here.")
    assert told(found) == [(3, "added")]


def test_words_slightly_off_still_find_the_clause(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, EDITIONS)
    meant = story(archive, "We may collect the notes you write. We keep them for 90 days.")
    assert story(archive, "We may collect the notes that you write. We keep them 90 days.") == meant


def test_a_text_that_is_nowhere(tmp_path: Path) -> None:
    with pytest.raises(NoSuchClause) as caught:
        story(archive_of(tmp_path, EDITIONS), "We never sell the notes of anybody to brokers")
    assert "nearest is line" in (caught.value.hint or "")


def test_a_text_in_several_clauses_tells_each_story_unless_there_are_many(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "few", EDITIONS[:1])
    assert [one.clause.text for one in stories(archive, DOCUMENT, "your", compare)] == [
        "your name",
        "your e-mail address",
    ]
    many = archive_of(tmp_path / "many", [policy(*(f"- your thing {number}" for number in range(9)))])
    with pytest.raises(UsageError, match=f"9 clauses of {DOCUMENT} hold that text") as caught:
        stories(many, DOCUMENT, "your thing", compare)
    assert all(
        f"{DOCUMENT}:{clause.line}: {clause.plain}" in (caught.value.hint or "")
        for clause in clauses_of(many.current(DOCUMENT) or "")
    )
