"""Text PDFs give clauses; others say why not."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdf
import pytest

from policywatch.errors import ExtractionError
from policywatch.extraction import extract
from policywatch.extraction.pdf import extract_pdf
from tests.extraction.pdf_writer import column, pdf

_FIRST = [
    "# Nimbus Terms of Service",
    "",
    "These terms are an agreement between you and Nimbus. By using the service you accept",
    "them; if you do not accept them you may not use the service. We share data with third-",
    "party hosts and with nobody else, and each third-party host signs a data protec-",
    "tion agreement with us.",
    "",
    "* 1. Your content",
    "",
    "You keep the rights in what you upload. You give us a licence to host it.",
    "• photos and films that you store with us for longer than a",
    "  single day;",
    "• texts.",
    "(a) We do not sell your content.",
    "(b) We do not train models with it, unless you ask us to and the law allows us to do",
]
_SECOND = [
    "that under the data protection law that applies to you.",
    "",
    "* 2. Liability",
    "",
    "Our liability is limited to what you paid in the last twelve (12) months.",
]


def _with_edges(lines: list[str], number: int) -> list[tuple[float, float, float, bool, str]]:
    head = (72.0, 815.0, 8.0, False, "Nimbus Terms - confidential")
    foot = (280.0, 30.0, 8.0, False, f"Page {number} of 3")
    return [head, *column(lines), foot]


def _document() -> bytes:
    third = ["This is the end of the terms of service, which apply from now on to all of you."]
    return pdf([_with_edges(_FIRST, 1), _with_edges(_SECOND, 2), _with_edges(third, 3)], title="ignored.docx")


def test_paragraphs_headings_and_items_come_out_whole() -> None:
    text = extract(_document(), content_type="application/pdf")
    assert text.title == "Nimbus Terms of Service"
    assert text.language == "en"
    assert [(clause.kind, clause.text) for clause in text.clauses] == [
        ("heading", "Nimbus Terms of Service"),
        (
            "paragraph",
            "These terms are an agreement between you and Nimbus. By using the service you accept them; if you do not "
            "accept them you may not use the service. We share data with third-party hosts and with nobody else, and "
            "each third-party host signs a data protection agreement with us.",
        ),
        ("heading", "1. Your content"),
        ("paragraph", "You keep the rights in what you upload. You give us a licence to host it."),
        ("item", "photos and films that you store with us for longer than a single day;"),
        ("item", "texts."),
        ("paragraph", "(a) We do not sell your content."),
        (
            "paragraph",
            "(b) We do not train models with it, unless you ask us to and the law allows us to do that under the data "
            "protection law that applies to you.",
        ),
        ("heading", "2. Liability"),
        ("paragraph", "Our liability is limited to what you paid in the last twelve (12) months."),
        ("paragraph", "This is the end of the terms of service, which apply from now on to all of you."),
    ]


def test_headings_have_levels_and_clauses_their_path() -> None:
    clauses = extract(_document()).clauses
    assert [clause.level for clause in clauses if clause.kind == "heading"] == [1, 2, 2]
    assert clauses[-2].heading == ("Nimbus Terms of Service", "2. Liability")


def test_running_lines_and_page_numbers_are_furniture() -> None:
    words = " ".join(clause.text for clause in extract(_document()).clauses)
    assert "confidential" not in words
    assert "Page 2" not in words


def test_the_type_is_told_by_the_bytes() -> None:
    assert extract(_document(), content_type="text/html; charset=utf-8").title == "Nimbus Terms of Service"


def test_without_a_text_layer_it_says_so() -> None:
    with pytest.raises(ExtractionError, match="no text layer") as caught:
        extract(pdf([[], []]))
    assert caught.value.status == "invalid"


def test_an_encrypted_pdf_says_so() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_document()))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(ExtractionError, match="encrypted"):
        extract(out.getvalue())


@pytest.mark.parametrize("cut", [9, 100, 400, 2000])
def test_a_damaged_pdf_is_an_extraction_error_or_gives_what_is_left(cut: int) -> None:
    try:
        text = extract_pdf(_document()[:cut])
    except ExtractionError:
        return
    assert text.clauses


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policywatch.extraction.pdf._MOST_PAGES", 2)
    with pytest.raises(ExtractionError, match="3 pages"):
        extract(_document())


def test_a_page_that_is_all_drawing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policywatch.extraction.pdf._MOST_INSTRUCTIONS", 100)
    with pytest.raises(ExtractionError, match=r"page 1 .* too large"):
        extract(_document())


def _said(lines: list[str], *, indented: Sequence[str] = ()) -> list[str]:
    """The clauses of one page; ``indented`` lines stand further in, as items whose bullets are drawn."""
    placed = [(x + 20 * (text in indented), y, size, bold, text) for x, y, size, bold, text in column(lines)]
    return [clause.text for clause in extract_pdf(pdf([placed])).clauses]


_OPENING = [
    "Nimbus keeps what you store with it on machines of its own and of nobody else, in two places",
    "that are far from one another, and makes a copy of it every night, so that hardly anything is",
    "lost when one of them fails. You may ask which of them has yours.",
]


def test_single_lines_set_apart_are_clauses_even_where_most_are_such() -> None:
    items = ["Storing films of others", "Sending unasked advertising", "Selling your access", "Mining coins"]
    lines = [*_OPENING, *(part for item in items for part in ("", item))]
    placed = column([line for line in lines if line], leading=12)
    spread = [
        (x, 780.0 - 12 * number - 12 * max(0, number - 2), size, bold, text)
        for number, (x, _, size, bold, text) in enumerate(placed)
    ]
    assert [clause.text for clause in extract_pdf(pdf([spread])).clauses][1:] == items


def test_short_lines_one_below_the_other_are_clauses_and_wrapped_capitals_are_not() -> None:
    said = _said([*_OPENING, "Storing films of others", "Sending unasked advertising"])
    assert said[1:] == ["Storing films of others", "Sending unasked advertising"]
    capitals = [
        "NIMBUS IS NOT LIABLE FOR ANY LOSS OF DATA, OF PROFIT, OR OF A CONTRACT",
        "THAT COMES FROM THE USE OF THE SERVICE.",
    ]
    assert _said([*_OPENING, "", *capitals])[1:] == [" ".join(capitals)]


def test_items_whose_bullets_are_drawings_are_told_by_where_they_stand() -> None:
    lines = [*_OPENING, "", "We use your address to send you the following by post or by electronic mail, as you wish:"]
    lines += ["bills, and reminders of bills that are due; and", "letters about changes of these terms."]
    assert _said(lines, indented=lines[-2:])[-2:] == lines[-2:]


def test_a_dash_at_the_beginning_of_a_line_is_no_bullet_within_a_sentence() -> None:
    lines = [
        "Words that are written with a capital have the meaning that they have in the Terms of Service",
        "– Business, whatever the language is that you read them in.",
    ]
    assert _said([*_OPENING, "", *lines])[1:] == [" ".join(lines)]


def test_what_a_browser_prints_above_and_below_is_not_the_documents() -> None:
    head = (24.0, 815.0, 8.0, False, "11/24/26, 4:12 AM Nimbus Terms")
    foot = (24.0, 17.0, 8.0, False, "https://nimbus.example/terms 1/1")
    clauses = extract_pdf(pdf([[head, *column(_OPENING), foot]])).clauses
    assert [clause.text for clause in clauses] == [" ".join(_OPENING)]


def test_a_period_alone_in_a_line_is_no_heading() -> None:
    clauses = extract_pdf(pdf([column([*_OPENING, "", "nimbus_session", "", "2 years", "", "2 Scope"])])).clauses
    assert [clause.text for clause in clauses if clause.kind == "heading"] == ["2 Scope"]


def test_quotations_side_by_side_keep_the_space_between_them() -> None:
    lines = ["In these terms, “Nimbus,” “we,” and “us” are Nimbus Storage of Port Verity, and nobody else at all."]
    assert _said([*_OPENING, "", *lines])[1:] == lines
