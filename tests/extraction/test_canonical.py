"""What counts as the same words, and what never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.extraction.canonical import canonical, form
from policywatch.extraction.markdown import escape_inline, normal
from policywatch.model import Clause


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Nimbus” isn’t ‘sold’", "\"Nimbus\" isn't 'sold'"),
        ("« données » et l’avis", "“données” et l'avis"),
        ("text — aside – text", "text - aside - text"),
        ("em—dash", "em — dash"),
        ("pages 2–5", "pages 2-5"),
        ("opt‑out", "opt-out"),
        ("one\u00a0two\u200b\u2060 three", "one two three"),
        ("soft\u00adhyphen", "softhyphen"),
        ("Vous acceptez : ceci ; cela !", "Vous acceptez: ceci; cela!"),
        ("a full stop .", "a full stop."),
        ("( in brackets )", "(in brackets)"),
        ("See [our policy](https://x.example/?utm=1)", "See [our policy](https://y.example/)"),
        ("See [our policy](https://x.example/)", "See our policy"),
        (r"1\. Scope \*", "1. Scope *"),
        ("• a bullet", "a bullet"),
        ("- a bullet", "· a bullet"),
        ("Effective 28 August 2025.", "Effective August 28, 2025."),
        ("28. August 2025", "28 août 2025"),
        ("2025年8月28日", "2025-08-28"),
        ("August 28th, 2025", "28/08/2025"),
        ("28 de agosto de 2025", "28 sierpnia 2025"),
        ("1er janvier 2024", "January 1, 2024"),
        ("Updated 5 days ago", "Updated over a year ago"),
        ("3 months ago", "vor 2 Tagen"),
        ("Aktualisiert vor 3 Tagen", "Aktualisiert vor einem Monat"),
        ("Mis à jour il y a 2 mois", "Mis à jour il y a une semaine"),
        ("Actualizado hace 2 meses", "Actualizado hace 1 día"),
        ("更新于 3 天前", "更新于 2 个月前"),
        ("3日前に更新", "2か月前に更新"),
        ("Updated this week", "Last updated yesterday"),
        ("Zuletzt aktualisiert: gestern", "更新于今天"),
        ("© 2030 Nimbus Ltd. All rights reserved.", "© 2031 Nimbus Ltd. All rights reserved."),
        ("Copyright © 2019–2030 Nimbus", "Copyright © 2019-2031 Nimbus"),
        ("(c) 2030 Nimbus", "(c) 2019 - present Nimbus"),
        ("1.Scope", "1. Scope"),
        ("4.2.1.Scope", "4.2.1. Scope"),
        ("(b)Scope", "(b) Scope"),
        ("b.Scope", "b. Scope"),
        ("1.范围", "1. 范围"),
        ("1,204 views", "1,310 views"),
        ("35 out of 47 found this helpful", "36 out of 48 found this helpful"),
        ("使用 Nimbus 服务 。", "使用Nimbus服务。"),
        ("ｆｕｌｌ　ｗｉｄｔｈ ﬁne", "full width fine"),
        ("e\u0301te\u0301", "été"),
        ("Wait…", "Wait..."),
        ("Terms | Privacy", "Terms · Privacy"),
        ("4**. Our Services**", "4. Our Services"),
        ("###2.2. Our role", "2.2. Our role"),
        ("| Purpose | Basis | | :--- | ---: | | Hosting | Contract |", "| Purpose | Basis | | Hosting | Contract |"),
    ],
)
def test_typography_links_and_certain_dates_do_not_count(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aup-exceptions@nimbus.example", "aup_exceptions@nimbus.example"),
        ("We may share data", "We may not share data"),
        ("We may share data", "We will share data"),
        ("one two (2) years", "two (2) years"),
        ("Section 4.2", "Section 4.3"),
        ("(b) hosting", "(c) hosting"),
        ("Nimbus Pro", "Nimbus pro"),
        ("kept for 30 days", "kept for 90 days"),
        ("on 03/04/2025", "on 04/03/2025"),
        ("on 03/04/2025", "on 3 April 2025"),
        ("28 August 2025", "29 August 2025"),
        ("© 2030 Nimbus", "© 2030 Cumulus"),
        ("Copyright 20301 Nimbus", "Copyright 20302 Nimbus"),
        ("A work of 2030", "A work of 2031"),
        ("You agreed yesterday", "You agreed today"),
        ("1.5 million", "1. 5 million"),
        ("if you joined more than 2 years ago", "if you joined more than 3 years ago"),
        ("area of 10² m", "area of 102 m"),
        ("opt-out", "opt out"),
        ("third-party", "third—party"),
        ("a, b", "a b"),
        ("Call +49 30 1234", "Call +49 30 1235"),
        ("[Terms](https://x.example/)", "[Rules](https://x.example/)"),
        ("café", "cafe"),
        ("100 %", "100"),
        ("4. Comments", "5. Comments"),
        ("Shared | ✓ | ✓", "Shared | ✓ |"),
        ("Shared | ✓", "Shared | ✗"),
        ("5 apples and more, 1,204 views a day", "5 apples and more, 1,205 views a day"),
        ("the cookie __nim_id", "the cookie _nim_id"),
        ("C## and F#", "C# and F#"),
    ],
)
def test_every_word_number_and_address_counts(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_stray_punctuation_counts_for_nothing() -> None:
    assert canonical(";") == canonical("— •") == ""


def test_an_age_alone_counts_for_nothing() -> None:
    assert canonical("5 days ago") == canonical("12 min read") == ""


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Updated 2 weeks ago · 7 min read", ""),
        ("2 October 2031 — 4 min read", "2031-10-02"),
        ("By Legal Team 6 minute read", "By Legal Team"),
        ("Lesezeit: 7 Min.", ""),
        ("You have 30 min to read the notice.", "You have 30 min to read the notice."),
        ("Sessions end after 15 min. Reading does not.", "Sessions end after 15 min. Reading does not."),
        ("We keep logs for 5 minutes.", "We keep logs for 5 minutes."),
    ],
)
def test_how_long_it_takes_to_read_does_not_count(line: str, left: str) -> None:
    assert canonical(line) == left


# No dashes: one at the beginning of a block may be its bullet.
_WORDS = st.lists(
    st.sampled_from(
        "We may share data, (if any) with “partners”, e.g. Nimbus; 2.1 and 28 zu 隐私 政策。 你好？ see no-one!".split(
            " "
        )
    ),
    min_size=1,
    max_size=20,
)


def _clauses(*texts: str) -> list[Clause]:
    return [Clause("paragraph", text) for text in texts]


@given(_WORDS, st.integers(0, 20))
def test_where_blocks_begin_does_not_count(words: list[str], cut: int) -> None:
    whole = _clauses(" ".join(words))
    assert form(whole) == form(_clauses(*filter(None, (" ".join(words[:cut]), " ".join(words[cut:])))))


def test_the_kind_of_block_does_not_count() -> None:
    one = [Clause("heading", "Data", 2), Clause("item", "We keep logs.", 1, "-"), Clause("row", "Logs | 30 days")]
    other = [Clause("heading", "Data", 3), Clause("item", "We keep logs.", 2, "1."), *_clauses("Logs", "30 days")]
    assert form(one) == form(other)


def test_order_and_every_clause_count() -> None:
    assert form(_clauses("a", "b")) != form(_clauses("b", "a"))
    assert form(_clauses("a", "b")) != form(_clauses("a"))
    assert form(_clauses("a", "a")) != form(_clauses("a"))


@given(st.text())
def test_laying_out_does_not_change_the_form(text: str) -> None:
    clauses = _clauses(escape_inline(text))
    assert form(normal(clauses)) == form(clauses)
    assert form(normal(normal(clauses))) == form(clauses)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ["Nimbus Terms", "Updated: January 10, 2024", "We host."],
            ["Updated", "10 January 2024", "Nimbus Terms", "We host."],
        ),
        (
            ["Nimbus Terms", "Last updated 2024-01-10", "We host."],
            ["Last updated: Jan 10, 2024", "Nimbus Terms", "We host."],
        ),
        (
            ["Effective: 2024-01-10 (previous version)", "Terms"],
            ["Terms", "Effective", "2024-01-10 (previous version)"],
        ),
        (["隐私政策", "更新日期：2024年1月10日"], ["更新日期: 2024-01-10", "隐私政策"]),
        (["You may not copy; sell; or lend it."], ["You may not copy", "sell", "or lend it."]),
        (["We host.. it"], ["We host. it"]),
        (["Tools, e.g., cookies, i.e., files"], ["Tools, e.g. cookies, i.e. files"]),
        (["You may not, in particular:", "copy it"], ["You may not, in particular", "copy it."]),
        (['See our "Cookie Notice."'], ["See our Cookie Notice."]),
        (["We do not “sell” data"], ["We do not sell data"]),
        (["我们收集以下信息：", "姓名。"], ["我们收集以下信息", "姓名"]),
        (["Nimbus Terms", "We host."], ["Nimbus Terms", "Last updated", "3 days ago", "We host."]),
        (["Nimbus Terms", "We host."], ["Nimbus Terms", "Page updated over a week ago", "We host."]),
        (["你问“在哪里？”，为此"], ['你问"在哪里? " ,为此']),
    ],
)
def test_what_layout_brings_along_does_not_count_in_a_text(one: list[str], other: list[str]) -> None:
    assert form(_clauses(*one)) == form(_clauses(*other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["Nimbus Terms", "Updated: January 10, 2024"], ["Nimbus Terms", "Updated: January 11, 2024"]),
        (["Nimbus Terms", "Updated: January 10, 2024"], ["Nimbus Terms", "Effective: January 10, 2024"]),
        (["We keep it until 2024-01-10", "Then we delete it"], ["Then we delete it", "We keep it until 2024-01-10"]),
        (["Nimbus", "Updated", "2024-01-10", "Scope"], ["Nimbus", "Updated", "2024-01-10"]),
        (["Nimbus", "Changes to this page"], ["Nimbus"]),
        (["We host, it"], ["We host it"]),
        (["We don't host it"], ["We dont host it"]),
        (["See nimbus.example/terms"], ["See nimbus example/terms"]),
        (["Section 4.2"], ["Section 42"]),
        (["at 12:30"], ["at 1230"]),
        (["We may. Share"], ["We may share"]),
    ],
)
def test_dates_and_words_count_in_a_text(one: list[str], other: list[str]) -> None:
    assert form(_clauses(*one)) != form(_clauses(*other))


def test_letters_and_numbers_that_a_list_generates_do_not_count_in_a_text() -> None:
    def listed(*texts: str) -> str:
        return form([Clause("item", text, 1, "-") for text in texts])

    assert listed("a. hosting", "b. support") == listed("hosting", "support") == listed("i. hosting", "ii. support")
    assert listed("1. hosting", "2. support") == listed("hosting", "support")
    assert listed("(a) hosting") != listed("(b) hosting")
    assert listed("2 years") != listed("3 years")
    assert form(_clauses("a. hosting")) != form(_clauses("b. hosting"))
    assert form([Clause("heading", "1. Scope", 1)]) != form([Clause("heading", "2. Scope", 1)])
