"""Bytes to text, as browsers do it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.extraction.decode import decode

_GERMAN = "Größe und Übermaß der „Daten“ – gemäß Vertrag. "
_JAPANESE = "これはプライバシーポリシーです。私たちは個人情報を収集します。" * 4
_CHINESE = "我们收集您的个人信息，用于提供服务。您可以要求删除。" * 4
_RUSSIAN = "Мы собираем персональные данные. " * 4


def _page(charset: str, text: str) -> str:
    return f'<!doctype html><html><head><meta charset="{charset}"><title>x</title></head><body>{text}</body></html>'


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-8859-1", "cp1252", _GERMAN),
        ("windows-1252", "cp1252", _GERMAN),
        ("shift_jis", "shift_jis", _JAPANESE),
        ("euc-jp", "euc-jp", _JAPANESE),
        ("gb2312", "gb18030", _CHINESE),
        ("windows-1251", "cp1251", _RUSSIAN),
        ("utf-8", "utf-8", _JAPANESE),
    ],
)
def test_header_and_page_name_the_charset(label: str, codec: str, text: str) -> None:
    page = _page(label, text)
    assert decode(page.encode(codec)) == page
    assert decode(text.encode(codec), f"text/html; charset={label}") == text
    assert decode(text.encode(codec), f'text/plain;Charset="{label.upper()}"') == text
    meta = page.replace(f'charset="{label}"', f'http-equiv="Content-Type" content="text/html; charset={label}"')
    assert decode(meta.encode(codec)) == meta


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_overrules_all(codec: str) -> None:
    page = _page("windows-1252", _JAPANESE)
    assert decode(page.encode(codec), "text/html; charset=iso-8859-1") == page


def test_utf_16_is_seen_without_a_mark() -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        assert decode(_page("x", _GERMAN).encode(codec)) == _page("x", _GERMAN)


def test_the_header_overrules_the_page() -> None:
    page = _page("shift_jis", _GERMAN)
    assert decode(page.encode("cp1252"), "text/html; charset=windows-1252") == page


def test_an_xml_declaration_counts() -> None:
    page = '<?xml version="1.0" encoding="ISO-8859-15"?><html><body>Größe für 5 €'
    assert decode(page.encode("iso-8859-15")) == page


@pytest.mark.parametrize(
    ("codec", "text"), [("cp1252", _GERMAN), ("shift_jis", _JAPANESE), ("cp1251", _RUSSIAN), ("gb18030", _CHINESE)]
)
def test_a_wrong_or_missing_declaration_is_seen_through(codec: str, text: str) -> None:
    assert decode(text.encode(codec), "text/plain; charset=utf-8") == text
    assert decode(text.encode(codec)) == text
    assert decode(text.encode(codec), "text/plain; charset=no-such-thing") == text


def test_accents_of_an_undeclared_page_are_no_cyrillic() -> None:
    text = "Les présentes conditions régissent l'accès à la société éditée ; dernière mise à jour : 1er février. " * 2

    assert decode(f"<p>{text}</p>".encode("latin-1")) == f"<p>{text}</p>"


def test_utf_8_that_calls_itself_latin_1_is_utf_8() -> None:
    assert decode(_GERMAN.encode(), "text/html; charset=iso-8859-1") == _GERMAN


def test_a_damaged_byte_stays_a_damaged_byte() -> None:
    assert decode((_GERMAN * 9).encode() + b"\xc3 end", "text/html; charset=utf-8").endswith("\ufffd end")


def test_a_charset_in_a_comment_does_not_count() -> None:
    page = f'<!-- <meta charset="shift_jis"> --><meta charset="windows-1252">{_GERMAN}'
    assert decode(page.encode("cp1252")) == page


@given(st.binary(max_size=200), st.text(max_size=30))
def test_nothing_makes_it_fail(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, content_type), str)
