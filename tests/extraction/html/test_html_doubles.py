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
