"""TARGET: ids, platforms, names and globs."""

from __future__ import annotations

import pytest

from policywatch.archive.targets import match, match_all, match_one
from policywatch.errors import UsageError

KNOWN = (
    "character-ai/privacy-policy",
    "character-ai/terms",
    "openai/privacy-policy",
    "openai/usage-policies",
    "wen-xin-yi-yan/terms",
)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        (None, KNOWN),
        ("openai/privacy-policy", KNOWN[2:3]),
        ("openai", KNOWN[2:4]),
        ("openai/", KNOWN[2:4]),
        ("OpenAI", KNOWN[2:4]),
        ("Character.AI", KNOWN[:2]),
        ("Character.AI/Privacy Policy", KNOWN[:1]),
        ("文心一言", KNOWN[4:]),
        ("open*", KNOWN[2:4]),
        ("*/privacy-*", (KNOWN[0], KNOWN[2])),
        ("Open*/Privacy Policy", KNOWN[2:3]),
        ("openai/[pu]*", KNOWN[2:4]),
        ("privacy-policy", (KNOWN[0], KNOWN[2])),
        ("Usage Policies", KNOWN[3:4]),
    ],
)
def test_what_a_target_means(target: str | None, found: tuple[str, ...]) -> None:
    assert match(target, KNOWN) == found


@pytest.mark.parametrize(("target", "near"), [("opnai", "openai"), ("openai/privacy-polcy", "openai/privacy-policy")])
def test_a_slip_is_answered_with_the_nearest(target: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        match(target, KNOWN)
    assert near in (caught.value.hint or "")


def test_several_targets_keep_the_documents_order_and_come_once() -> None:
    assert match_all(["openai/*", "privacy-policy"], KNOWN) == (KNOWN[0], *KNOWN[2:4])
    assert match_all([], KNOWN) == match_all(None, KNOWN) == KNOWN


def test_one_is_one() -> None:
    assert match_one("Usage Policies", KNOWN) == KNOWN[3]
    with pytest.raises(UsageError, match="means 2 documents") as caught:
        match_one("openai", KNOWN)
    assert "openai/usage-policies" in (caught.value.hint or "")


def test_an_empty_archive_says_so() -> None:
    with pytest.raises(UsageError) as caught:
        match("openai", ())
    assert "fetch" in (caught.value.hint or "")
