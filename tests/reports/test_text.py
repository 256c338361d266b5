"""Cleaning, eliding, wrapping: what stands between hostile page text and a terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from policywatch.reports.text import ELLIPSIS, clean, elide, focus, shorten, width, wrap

anything = st.text(st.characters() | st.sampled_from("\x1b\x9b\u202e\u2066\x07\r\n \t[]m;31."), max_size=300)


@given(anything)
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    left = clean(text)
    assert not [letter for letter in left if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(left) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert clean(left) == left


def test_whole_escape_sequences_go_not_only_their_first_letter() -> None:
    assert clean("a\x1b[31mb\x1b]0;title\x07c\x9b1md") == "abcd"


def test_joiners_that_scripts_and_emoji_need_are_kept() -> None:
    assert clean("क्\u200dष 👩\u200d⚖️ שלום\u200f") == "क्\u200dष 👩\u200d⚖️ שלום\u200f"


runs = st.lists(st.tuples(st.sampled_from("=-+"), st.text("abc 。.", min_size=1, max_size=900)), min_size=1, max_size=6)


@given(runs)
def test_eliding_touches_unchanged_words_only(found: list[tuple[str, str]]) -> None:
    short = elide(found, context=60)  # type: ignore[arg-type]
    assert [op for op, _ in short] == [op for op, _ in found]
    for (op, before), (_, after) in zip(found, short, strict=True):
        if op != "=":
            assert after == before
        elif before != after:
            head, dots, tail = after.partition(ELLIPSIS)
            assert dots
            assert before.startswith(head.rstrip())
            assert before.endswith(tail.lstrip())
            assert len(after) < len(before)


def test_what_is_left_of_a_long_stretch_ends_with_a_sentence() -> None:
    text = " days. Then they go." + " More words here." * 40 + " It ends. We keep it for "
    ((_, head), *_, (_, tail)) = elide([("-", "1"), ("=", text), ("+", "2")], context=30)[:3]
    assert head == "1"
    assert tail == "2"
    kept = elide([("-", "1"), ("=", text), ("+", "2")], context=30)[1][1]
    assert kept == " days. Then they go. … It ends. We keep it for "


def test_a_short_text_is_not_shortened() -> None:
    assert shorten("one two", 7) == "one two"
    assert shorten("one two three", 9) == "one two …"


@given(st.text(st.sampled_from("ab 。漢字é"), max_size=200), st.integers(20, 60))
def test_wrapping_keeps_every_letter_and_the_width(text: str, columns: int) -> None:
    lines = wrap(text, columns, "  ")
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max((width(word) for word in text.split()), default=0)
    assert all(width(line) <= max(columns, longest + 2) for line in lines)


def test_wide_letters_take_two_columns() -> None:
    assert width("漢字") == 4
    assert width("e\u0301") == 1
    assert max(width(line) for line in wrap("未满十八周岁的未成年人不得使用本服务。" * 5, 40)) <= 40


FISH = "the lobby shows pictures of fish and nobody has counted them, "


@given(st.text("ab c.:,", max_size=400), st.lists(st.text("abc", max_size=3), max_size=4), st.integers(20, 200))
def test_a_stretch_around_words_is_as_long_as_asked_and_stands_in_the_text(
    text: str, words: list[str], limit: int
) -> None:
    cut = focus(text, words, limit)
    assert len(cut) <= limit + 4
    assert cut == text or cut.removeprefix(f"{ELLIPSIS} ").removesuffix(f" {ELLIPSIS}") in text
    kept = [word for word in words if word and word in shorten(text, limit)]
    assert len({word for word in words if word and word in cut}) >= min(len(set(kept)), 1)


def test_a_long_quote_is_cut_around_the_words_that_decide() -> None:
    told = "disputes are settled by binding ARBITRATION and not in court"
    cut = focus(f"IMPORTANT NOTICE ON ARBITRATION: {FISH * 4}{told}, {FISH * 4}", ("arbitrat", "court"), 160)
    assert told in cut
    assert cut.startswith(f"{ELLIPSIS} ")
    assert cut.endswith(f" {ELLIPSIS}")


def test_a_long_quote_whose_beginning_tells_it_keeps_its_beginning() -> None:
    text = f"We sell data: {FISH * 4} and we sell data."
    assert focus(text, ("sell",), 120).startswith("We sell data")
    assert focus(text, (), 120) == shorten(text, 120)


def test_a_quote_that_ends_with_what_decides_is_shown_to_its_end() -> None:
    cut = focus(f"{FISH * 9}to train our models.", ("train", "model"), 120)
    assert cut.endswith("to train our models.")
    assert len(cut) > 100
