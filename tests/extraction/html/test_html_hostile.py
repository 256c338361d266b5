"""Pages that are broken, huge or malicious are read as far as they have text, in bounded time."""

from __future__ import annotations

import pytest
from html_pages import COLLECT, KEEP, SHARE, extracted, lines

from policywatch.extraction.html import extract_html


@pytest.mark.parametrize("page", ["", " \n ", "<!DOCTYPE html>", "<html>", "<script>let a = '<p>text</p>'", "<!--"])
def test_pages_without_text_have_no_clauses(page: str) -> None:
    assert extracted(page).clauses == ()


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "x-y"])
def test_nesting_without_end(tag: str) -> None:
    assert " ".join(lines(f"<{tag}>" * 6000 + COLLECT)) == COLLECT


def test_text_is_not_lost_behind_deep_nesting() -> None:
    assert lines("<div>" * 5000 + f"<p>{COLLECT}</p>" + "</div>" * 5000 + f"<h2>Keep</h2><p>{KEEP}</p>") == [
        COLLECT, "Keep", KEEP,
    ]  # fmt: skip


def test_control_characters_and_half_surrogates() -> None:
    found = lines(f"<p>{COLLECT}\0</p><p>{SHARE}&#27; \x1b</p>".encode() + b"<p>\xed\xa0\x80 odd bytes \xff</p>")

    assert found[0] == COLLECT
    assert "odd bytes" in found[2]


def test_a_wide_page_takes_linear_time() -> None:
    page = "<ul>" + "".join(f"<li class='item-{n} menu'>We share data number {n}." for n in range(4_000))

    assert len(extracted(page).clauses) == 4_000


def test_huge_attributes_and_spans() -> None:
    table = "<table><tr><td colspan=99999999 rowspan=99999999>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    found = lines(f"<div class='{'wide-' * 100_000}'><p>{COLLECT}</p></div>{table}<p>{SHARE}</p>")

    assert found[0] == COLLECT
    assert found[-1] == SHARE
    assert max(map(len, found)) < 400


def test_xhtml_closes_empty_elements() -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a.js"/></head><body><h1>Terms&nbsp;of Use</h1>'
        f'<a id="x"/><p/><p>{COLLECT} &copy; R&amp;D</p></body></html>'
    )
    found = extract_html(page.encode(), content_type="application/xhtml+xml")

    assert [clause.plain for clause in found.clauses] == ["Terms of Use", f"{COLLECT} © R&D"]


def test_broken_xhtml_is_read_as_html() -> None:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{COLLECT}<br><p>{SHARE}</body>'

    assert [clause.plain for clause in extract_html(page.encode(), content_type="application/xhtml+xml").clauses] == [
        COLLECT, SHARE,
    ]  # fmt: skip


def test_an_entity_bomb_does_not_explode() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><html xmlns="http://www.w3.org/1999/xhtml">'
    found = extract_html(
        f"{bomb}<body><p>&b; {COLLECT}</p></body></html>".encode(), content_type="application/xhtml+xml"
    )

    assert "lollol" not in found.clauses[0].text


def test_a_declarative_shadow_root_is_read_and_a_template_is_not() -> None:
    page = (
        f"<main><x-doc><template shadowrootmode=open><h1>Terms</h1><p>{COLLECT}</p></template></x-doc>"
        f"<template><p>{KEEP}</p></template><p>{SHARE}</p><noscript>{KEEP}</noscript></main>"
    )

    assert lines(page) == ["Terms", COLLECT, SHARE]


def test_a_link_that_was_never_closed_is_no_list_of_links() -> None:
    assert lines(f"<main><a href=/x><p>{COLLECT} {SHARE} {KEEP}</p><p>{SHARE} {KEEP} {COLLECT}</p></main>") == [
        f"{COLLECT} {SHARE} {KEEP}", f"{SHARE} {KEEP} {COLLECT}",
    ]  # fmt: skip
