"""A passage that a page renders twice is one passage; a clause that the author repeats stays."""

from __future__ import annotations

from html_pages import COLLECT, KEEP, POLICY, POLICY_LINES, RIGHTS, SHARE, lines


def test_variants_for_each_width_are_one_text() -> None:
    variants = "".join(f"<div class='ssr-variant hidden-{name}'><div>{POLICY}</div></div>" for name in "abc")

    assert lines(f"<body><div id=main>{variants}</div></body>") == POLICY_LINES


def test_a_hidden_copy_for_phones_goes() -> None:
    page = (
        f"<main><h1>Terms</h1><p>{SHARE}</p><p>{KEEP}</p><p>{RIGHTS}</p>"
        f"<div class='d-none d-md-block'><h2>Data</h2><p>{COLLECT}</p></div>"
        f"<div class='d-md-none'><h2>Data</h2><p>{COLLECT}</p></div></main>"
    )

    assert lines(page).count(COLLECT) == 1


def test_a_hidden_twin_of_a_section_goes() -> None:
    section = f"<h2>Data</h2><p>{COLLECT}</p><p>{SHARE}</p>"
    page = (
        f"<main><h1>Terms</h1><div hidden>{section}</div><p>{KEEP}</p><p>{RIGHTS}</p><p>{KEEP} So it is.</p>"
        f"<p>{RIGHTS} Ever and ever.</p><p>{KEEP} So it was.</p><div>{section}</div></main>"
    )

    assert lines(page).count(COLLECT) == 1


def test_a_clause_repeated_in_panels_that_are_closed_stays() -> None:
    def panel(number: int, hidden: str) -> str:
        return (
            f"<h2><button aria-expanded=false aria-controls=p{number}>Service {number}</button></h2>"
            f"<div id=p{number} {hidden}><p>In service {number}: {COLLECT}</p><div><p>{KEEP}</p></div></div>"
        )

    for first in ("", "style='display: none'"):
        panels = "".join(panel(number, "style='display: none'" if number else first) for number in range(6))
        assert lines(f"<main><h1>Terms</h1><p>{RIGHTS}</p>{panels}</main>").count(KEEP) == 6


def test_the_same_heading_twice_in_a_row_is_one() -> None:
    page = f"<main><div class=sticky>Terms of Use</div><h1>Terms of Use</h1><p>{SHARE}</p><p>{KEEP}</p></main>"

    assert lines(page) == ["Terms of Use", SHARE, KEEP]


def test_a_clause_repeated_in_another_section_stays() -> None:
    page = (
        f"<main><h2>Europe</h2><div class=s><p>{SHARE}</p><p>{KEEP}</p></div><h2>Law</h2><div class=s><p>{COLLECT}</p>"
        f"<p>{COLLECT} So it is.</p><p>{COLLECT} So it was.</p><p>{RIGHTS} Ever.</p></div>"
        f"<h2>Elsewhere</h2><div class=s><p>{RIGHTS}</p><p>{KEEP}</p></div></main>"
    )

    assert lines(page).count(KEEP) == 2


def test_earlier_versions_behind_a_picker_go() -> None:
    rest = [f"{SHARE} Clause {number} says so with all its words." for number in range(30)]
    old = [*rest[:28], "An older clause about the sharing of personal data that is not in force any more."]

    def version(texts: list[str], hidden: str) -> str:
        return f"<div class=version {hidden}>{''.join(f'<p>{text}</p>' for text in texts)}</div>"

    assert lines(f"<main>{version(rest, '')}{version(old, 'style=display:none')}</main>") == rest


def test_versions_in_a_closed_panel_are_judged_by_their_own_picker() -> None:
    def contract(name: str, *versions: tuple[str, str], hidden: str = "") -> str:
        shown = "".join(
            f"<div class='version-box' style='display: {'none' if place else 'block'}'>"
            f"<p>Effective {day}</p><p>{text}</p></div>"
            for place, (day, text) in enumerate(versions)
        )
        return f"<div class=contract {hidden}><h2>{name}</h2><div>{shown}</div></div>"

    terms = contract("Terms", ("May 2, 2025", SHARE), ("May 2, 2024 to May 2, 2025", "Quite another text then."))
    policy = contract(
        "Privacy", ("May 3, 2025", KEEP), ("May 3, 2024 to May 3, 2025", COLLECT), hidden="style='display: none'"
    )

    assert lines(f"<main><h1>Legal</h1>{terms}{policy}</main>") == [
        "Legal", "Terms", "Effective May 2, 2025", SHARE, "Privacy", "Effective May 3, 2025", KEEP,
    ]  # fmt: skip


def test_a_hidden_section_about_versions_stays_where_none_is_shown_in_its_place() -> None:
    page = (
        f"<main><h1>Terms</h1><p>{SHARE}</p><p>{RIGHTS}</p>"
        f"<div class='panel versions' style='display: none'><p>{KEEP}</p></div></main>"
    )

    assert KEEP in lines(page)


def test_cells_and_entries_that_repeat_are_no_doubles() -> None:
    purpose = "It counts the visits of those who have not objected to being counted, and nothing else."
    rows = "".join(f"<tr><td>_lum{number}</td><td>{purpose}</td><td>Session</td></tr>" for number in range(9))
    cards = "".join(
        f"<div class=c><div>_x{number}</div><div>{purpose}</div><div>Session</div></div>" for number in range(9)
    )

    found = lines(f"<main><h1>Cookies</h1><p>{COLLECT}</p><table>{rows}</table>{cards}</main>")

    assert sum(purpose in line for line in found) == 18
    assert found.count("Session") == 9
