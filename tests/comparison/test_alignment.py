"""What belongs together across two versions."""

from __future__ import annotations

import pytest

from policywatch.comparison import compare
from policywatch.model import Clause
from tests.comparison.documents import clauses

USE = "We use what you upload to run the studio and to fix its faults."
SHARE = "We pass your address to the carriers that deliver your prints."
KEEP = "We keep your drafts until you delete them or close your account."


def test_a_text_compared_with_itself_has_no_change() -> None:
    text = clauses("# Use", USE, "# Share", SHARE)
    assert compare(text, text) == ()


def test_a_clause_that_went_to_another_section_is_one_change() -> None:
    before = clauses("# Use", USE, KEEP, "# Share", SHARE, "# Keep")
    after = clauses("# Use", USE, "# Share", SHARE, "# Keep", KEEP)
    (change,) = compare(before, after)
    assert (change.kind, change.before[0].line, change.after[0].line) == ("moved", 3, 6)


def test_references_that_follow_their_section_are_renumbered() -> None:
    before = clauses("# 1. Use", USE, "# 2. Keep", KEEP, "See Section 2 for how long we keep drafts.")
    after = clauses(
        "# 1. Use", USE, "# 2. Carriers", SHARE, "# 3. Keep", KEEP, "See Section 3 for how long we keep drafts."
    )
    assert [change.kind for change in compare(before, after)] == ["added", "added", "renumbered", "renumbered"]


def test_a_reference_to_another_section_is_a_rewording() -> None:
    before = clauses("# 1. Use", USE, "# 2. Keep", KEEP, "Section 1 prevails over everything else.")
    after = clauses("# 1. Use", USE, "# 2. Keep", KEEP, "Section 2 prevails over everything else.")
    (change,) = compare(before, after)
    assert change.kind == "reworded"


def kinds(before: tuple[Clause, ...], after: tuple[Clause, ...]) -> list[str]:
    return [change.kind for change in compare(before, after)]


def test_a_clause_that_moved_and_was_reworded_is_one_change() -> None:
    before = clauses("# Use", USE, KEEP, "# Share", SHARE)
    after = clauses("# Use", USE, "# Share", SHARE, "We keep your drafts until you delete them or leave the studio.")
    (change,) = compare(before, after)
    assert (change.kind, change.moved) == ("reworded", True)


def test_the_fewest_clauses_move() -> None:
    before = clauses(USE, SHARE, KEEP, "Questions go to our office.")
    after = clauses("Questions go to our office.", USE, SHARE, KEEP)
    (change,) = compare(before, after)
    assert (change.kind, change.after[0].text) == ("moved", "Questions go to our office.")


def test_a_clause_moves_past_a_heading_and_not_the_heading_past_the_clause() -> None:
    before = clauses("# Use", USE, KEEP, "# Share", SHARE)
    after = clauses("# Use", USE, "# Share", KEEP, SHARE)
    (change,) = compare(before, after)
    assert change.after[0].text == KEEP


@pytest.mark.parametrize("backwards", [False, True])
def test_one_clause_became_several(backwards: bool) -> None:
    before = clauses("# Use", f"{USE} {KEEP}", SHARE)
    after = clauses("# Use", USE, KEEP, SHARE)
    if backwards:
        before, after = after, before
    (change,) = compare(before, after)
    assert change.kind == ("merged" if backwards else "split")
    assert [clause.text for clause in (change.before if backwards else change.after)] == [USE, KEEP]
    assert change.words == (("=", f"{USE} {KEEP}"),)


def test_a_sentence_that_became_a_list_is_a_split() -> None:
    before = clauses("We collect your name and address, your purchases and refunds, and your messages to our office.")
    after = clauses(
        "We collect:", "- your name and address;", "- your purchases and refunds;", "- and your messages to our office."
    )
    (change,) = compare(before, after)
    assert (change.kind, len(change.after)) == ("split", 4)


def test_a_split_may_reword_and_add() -> None:
    before = clauses(f"{USE} {KEEP}")
    after = clauses(USE.replace("faults", "errors"), "Your boards are private.", KEEP)
    assert kinds(before, after) == ["split", "added"]


def test_a_clause_and_a_new_one_beside_it_are_no_split() -> None:
    assert kinds(clauses(USE), clauses(USE, KEEP)) == ["added"]
    assert kinds(clauses(USE), clauses(USE.replace("faults", "errors"), KEEP)) == ["reworded", "added"]


def test_renamed_and_renumbered_headings_leave_their_clauses_alone() -> None:
    before = clauses("# 1. What we collect", USE, KEEP, "# 2. Carriers", SHARE)
    after = clauses("# 1. Data about you", USE, KEEP, "# 3. Carriers", SHARE)
    assert kinds(before, after) == ["reworded", "renumbered"]


def test_a_heading_in_quite_other_words_is_known_by_its_clauses() -> None:
    before = clauses("# Terms of use", USE, "# Storage", KEEP, "# Carriers", SHARE)
    after = clauses("# Terms of use", USE, "# How long drafts stay", KEEP, "# Carriers", SHARE)
    (change,) = compare(before, after)
    assert (change.kind, change.words) == ("reworded", (("-", "Storage"), ("+", "How long drafts stay")))


def test_two_clauses_that_share_little_are_no_pair() -> None:
    assert sorted(kinds(clauses(USE, KEEP), clauses(USE, "Prices include the tax of your country."))) == [
        "added",
        "removed",
    ]


def test_items_and_rows_are_clauses_of_their_own() -> None:
    before = clauses("We collect:", "- your name", "- your age", "| Data | Days |", "| Logs | 30 |", "| Mail | 60 |")
    after = clauses(
        "We collect:", "- your name", "- your town", "- your age", "| Data | Days |", "| Logs | 90 |", "| Mail | 60 |"
    )
    assert kinds(before, after) == ["added", "reworded"]


def test_a_lists_own_numbers_are_no_change() -> None:
    before = (Clause("item", USE, 1, "1.", (), 1), Clause("item", KEEP, 1, "2.", (), 2))
    after = (Clause("item", USE, 1, "2.", (), 1), Clause("item", KEEP, 1, "3.", (), 2))
    assert compare(before, after) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("4.2 You may cancel.", "5.2 You may cancel."),
        ("(b) any file that you upload;", "(c) any file that you upload;"),
        ("iv. any file that you upload;", "v. any file that you upload;"),
        ("Article 7: Cancelling a plan", "Article 8: Cancelling a plan"),
        ("第三条 您可以取消订阅。", "第四条 您可以取消订阅。"),
        ("2.3 您可以取消订阅。", "2.4 您可以取消订阅。"),
        ("（3）您上传的文件；", "（4）您上传的文件；"),
    ],
)
def test_only_the_leading_number_differs(before: str, after: str) -> None:
    assert kinds(clauses(USE, before), clauses(USE, after)) == ["renumbered"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("30 days after that, drafts go.", "60 days after that, drafts go."),
        ("1.5 million drafts", "2.5 million drafts"),
    ],
)
def test_a_number_that_says_something_is_no_label(before: str, after: str) -> None:
    assert kinds(clauses(USE, before), clauses(USE, after)) == ["reworded"]


def test_lists_of_references_follow_their_sections() -> None:
    before = clauses("# 1. Use", USE, "# 2. Keep", KEEP, "# 3. Carriers", SHARE, "Sections 2 and 3.1 survive the end.")
    prices = ("# 2. Prices", "Prices include the tax of your country.")
    kept = ("# 3. Keep", KEEP, "# 4. Carriers", SHARE, "Sections 3 and 4.1 survive the end.")
    after = clauses("# 1. Use", USE, *prices, *kept)
    assert kinds(before, after) == ["added", "added", "renumbered", "renumbered", "renumbered"]


def test_a_repeated_clause_is_paired_in_its_place() -> None:
    rows = [text for number in range(12) for text in (f"# Part {number} of the terms", "Summary", f"{USE} {number}")]
    before = clauses(*rows)
    after = clauses(*rows[:9], "# Quite another part", "Summary", "Drafts are private.", *rows[9:])
    assert kinds(before, after) == ["added", "added", "added"]


def test_removed_clauses_come_where_they_stood() -> None:
    before = clauses("# Use", USE, KEEP, "# Share", SHARE)
    after = clauses("# Use", USE, "# Share", SHARE, "Prices include the tax of your country.")
    assert kinds(before, after) == ["removed", "added"]


def test_what_was_just_compared_is_told_again_and_nothing_else_is() -> None:
    before, after = clauses("# Use", USE), clauses("# Use", USE, KEEP)
    assert compare(before, after) == compare(list(before), list(after))
    assert kinds(after, before) == ["removed"]
    assert kinds(before, clauses("# Use", USE, SHARE)) == ["added"]
    elsewhere = (*before, Clause("paragraph", KEEP, line=9))
    assert compare(before, elsewhere)[0].after[0].line == 9
