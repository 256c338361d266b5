"""What belongs together across two versions."""

from __future__ import annotations

from documents import clauses

from policywatch.comparison import compare

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
