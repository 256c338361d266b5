"""Plain text: paragraphs, headings and items by the conventions people type by."""

from __future__ import annotations

from policywatch.extraction import extract

_WRAPPED = """\
NIMBUS TERMS OF SERVICE

Last updated: May 1, 2024

1. Your content

You keep what you upload. You give us a licence to host it for as
long as you have an account. This is said in Section
2. It is not said elsewhere in these terms and conditions, not even
in the small print at the end of this text.

   * photos and films that you have stored with us for longer than
     a day;
   * texts.
     - nested deeper

(a) We do not sell your personal data.
(b) We do not train models with it.

Liability
---------

Our liability is limited.
It ends when you leave. It is governed by the law of the place that
we have our registered office in.

***

Contact: law@nimbus.example
"""


def _found(source: str, **options: str) -> list[tuple[str, int, str]]:
    text = extract(source.encode(), content_type=options.get("content_type", "text/plain"))
    return [(clause.kind, clause.level, clause.text) for clause in text.clauses]


def test_wrapped_text_is_joined_and_structure_is_seen() -> None:
    assert _found(_WRAPPED) == [
        ("heading", 1, "NIMBUS TERMS OF SERVICE"),
        ("paragraph", 0, "Last updated: May 1, 2024"),
        ("heading", 2, "1. Your content"),
        (
            "paragraph",
            0,
            "You keep what you upload. You give us a licence to host it for as long as you have an account. This is "
            "said in Section 2. It is not said elsewhere in these terms and conditions, not even in the small print at "
            "the end of this text.",
        ),
        ("item", 1, "photos and films that you have stored with us for longer than a day;"),
        ("item", 1, "texts."),
        ("item", 2, r"nested deeper"),
        ("paragraph", 0, "(a) We do not sell your personal data."),
        ("paragraph", 0, "(b) We do not train models with it."),
        ("heading", 3, "Liability"),
        ("paragraph", 0, "Our liability is limited."),
        (
            "paragraph",
            0,
            "It ends when you leave. It is governed by the law of the place that we have our registered office in.",
        ),
        ("paragraph", 0, "Contact: law@nimbus.example"),
    ]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    long = "We process personal data to provide the service that you asked us for, and for nothing else at all. " * 2
    assert [text for _, _, text in _found(f"{long}\n{long}\r\nShort line about your consent.\n")] == [
        long.strip(),
        long.strip(),
        "Short line about your consent.",
    ]


def test_title_date_and_language_come_from_the_text() -> None:
    text = extract(_WRAPPED.encode("utf-16"), content_type="text/plain")
    assert text.title == "NIMBUS TERMS OF SERVICE"
    assert str(text.effective_date) == "2024-05-01"
    assert text.language == "en"


def test_markup_characters_are_only_characters() -> None:
    found = _found("We use *stars* and <tags> under the privacy policy and the law, and # signs too.\n")
    assert found[0][2] == r"We use \*stars\* and \<tags> under the privacy policy and the law, and # signs too."
