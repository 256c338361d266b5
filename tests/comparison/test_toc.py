"""A table of contents names sections and says nothing of its own."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch import taxonomy
from policywatch.comparison import contents
from policywatch.extraction.markdown import FrontMatter, layout, parse
from policywatch.findings import change_set
from policywatch.model import Clause

SECTIONS = ("What we collect", "Marketing", "Retention of your data", "How we share data")
TEXTS = ("We collect your name.", "We send no letters.", "We keep chats for 30 days.", "We share nothing.")


def text(entries: Sequence[str]) -> str:
    """An archive file with a list of entries, then the sections."""
    clauses = [Clause("heading", "Privacy Policy", 1)]
    clauses += [Clause("item", entry, 1, "1.") for entry in entries]
    for number, (title, said) in enumerate(zip(SECTIONS, TEXTS, strict=True), start=1):
        clauses += [Clause("heading", f"{number}. {title}", 2), Clause("paragraph", said)]
    return layout(FrontMatter("Privacy Policy", "Lumora", "Privacy Policy", (), None, "en"), clauses)


def listed(entries: Sequence[str]) -> list[str]:
    clauses = parse(text(entries))[1]
    found = contents(clauses)
    return [clause.text for clause in clauses if clause.line in found]


def test_entries_are_known_by_the_headings_that_follow_whatever_their_numbers() -> None:
    assert listed(SECTIONS) == list(SECTIONS)
    assert listed([f"Section {number}: {title}" for number, title in enumerate(SECTIONS, 7)]) != []
    assert listed([title.upper() for title in SECTIONS]) == [title.upper() for title in SECTIONS]


def test_what_is_said_and_a_word_or_two_that_are_headings_too_are_no_contents() -> None:
    assert listed(["We collect nothing", *SECTIONS[:2], "We sell nothing"]) == []
    assert listed(()) == []


def test_a_heading_above_makes_no_contents_of_what_stands_below_it() -> None:
    clauses = [Clause("heading", title, 2, line=number) for number, title in enumerate(SECTIONS, 1)]
    clauses += [Clause("item", title, 1, "-", line=number) for number, title in enumerate(SECTIONS, 11)]
    assert contents(clauses) == frozenset()


def test_a_table_of_contents_that_goes_weighs_little_and_is_on_no_topic() -> None:
    changes = change_set("lumora/privacy", text(SECTIONS), text(()), taxonomy.load()).changes
    assert [change.kind for change in changes] == ["removed"] * len(SECTIONS)
    assert {change.severity for change in changes} == {"low"}
    assert {change.categories for change in changes} == {()}
