"""Words are neither glued nor split, links keep text and clean targets, icons and buttons say nothing."""

from __future__ import annotations

import pytest
from html_pages import COLLECT, body_clauses, body_lines, clauses

from policywatch.extraction.html.links import clean_target, mail_in, protected_mail

CODED = "2a4e4f59416a465f474f44044f524b475a464f"  # desk@lumen.example


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>We<b>Chat</b> <i>and</i>&nbsp;others</p>", "WeChat and others"),
        ("<p>a <span>b</span><span>c</span>, d</p>", "a bc, d"),
        ("<p><a href=/1>One</a><a href=/2>Two</a></p>", "One Two"),
        (
            "<p><a href=/1>Lumen Ho</a><a href=/1>sting</a>, <a href=/1>it</a><a href=/2>self</a></p>",
            "Lumen Hosting, it self",
        ),
        ("<p><a href=/1>Lumen</a><a href=/1>Read on</a></p>", "Lumen Read on"),
        ("<p>first\n   line</p>", "first line"),
        ("<p><b>Session cookies.</b>They end with a visit.</p>", "Session cookies. They end with a visit."),
        ("<p>see www.<b>Lumen.example</b>, or ask.<i>lumen</i></p>", "see www.Lumen.example, or ask.lumen"),
        ("<p>zero\u200bwidth so\u00adft</p>", "zerowidth soft"),
        ("<p>Terms<sup>1</sup> of H<sub>2</sub>O</p>", "Terms1 of H2O"),
        ("<p>before<!-- note -->after</p>", "beforeafter"),
        (
            "<p>write to <object height=0><a href=mailto:a@b.example>a@b.example</a></object> now</p>",
            "write to a@b.example now",
        ),
        ("<p>a <object data=x.swf>needs a plug-in</object>film</p>", "a film"),
        (
            "<p>write to <a href=mailto:a@b.example?subject=x><span data-user=a></span></a> now</p>",
            "write to a@b.example now",
        ),
        ("<p>so it is.&nbsp;<a class=footnote-backref href=#r1>↩</a></p>", "so it is."),
        ("<p>open <i class=material-icons>open_in_new</i>it</p>", "open it"),
        ("<p>a <span aria-hidden=true>★</span>b <span style='display:none'>c</span></p>", "a b"),
        ("<p>see <a href=/x>this <span class=sr-only>(opens in a new tab)</span></a>.</p>", "see this."),
        ("<p>see <a href=/x>this (opens in a new window)</a> now</p>", "see this now"),
        ("<p>press <button>Copy</button>here</p>", "press here"),
        (
            "<p>logo <img src=a.png alt='a logo'> mail <img src=b.png alt=desk@lumen.example></p>",
            "logo mail desk@lumen.example",
        ),
    ],
)
def test_the_words_of_a_paragraph(markup: str, text: str) -> None:
    assert body_lines(markup) == [text]


def test_blocks_inside_inline_elements_are_apart() -> None:
    assert body_lines("<span>one<div>two</div>three</span><span style='display:block'>four</span>") == [
        "one", "two", "three", "four",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    [
        "<h2 id=s>Scope <a class=headerlink href=#s>¶</a></h2>",
        "<h2><a class=anchor aria-hidden=true href=#s><svg></svg></a>Scope</h2>",
        "<h2><a href=#s>Scope</a></h2>",
        "<h2>Scope<a href=#s aria-label='Direct link to Scope' class=hash-link>\u200b</a></h2>",
        "<h2>Scope <span class=mw-editsection>[<a href=/edit>edit</a>]</span></h2>",
        "<div role=heading aria-level=2>Scope</div>",
    ],
)
def test_marks_in_headings_are_no_text(heading: str) -> None:
    (found,) = body_clauses(heading)

    assert (found.kind, found.level, found.text) == ("heading", 2, "Scope")


def test_a_links_target_is_absolute_and_clean() -> None:
    flow = (
        f"<p>{COLLECT} Read <a href='/terms?utm_source=mail&amp;id=7&amp;gclid=x#fees'>our terms</a>,"
        " <a href='javascript:void(0)'>your choices</a>, <a href=#s>below</a> and"
        " <a href='mailto:desk@lumen.example?subject=Hi'>write us</a>.</p>"
    )
    (found,) = clauses(f"<body>{flow}</body>", "https://lumen.example/legal/privacy")

    assert found.text.endswith(
        "Read [our terms](https://lumen.example/terms?id=7#fees), your choices, below and"
        " [write us](mailto:desk@lumen.example)."
    )


def test_one_link_over_several_runs_is_one() -> None:
    (found,) = body_clauses("<p>the <a href=https://lumen.example/t><b>Lumen</b> <i>Terms</i></a> apply</p>")

    assert found.text == "the [Lumen Terms](https://lumen.example/t) apply"


def test_a_base_element_counts() -> None:
    page = (
        f"<head><base href='https://cdn.lumen.example/docs/'></head><body><p>{COLLECT} <a href=t>Terms</a></p></body>"
    )

    assert "(https://cdn.lumen.example/docs/t)" in clauses(page, "https://lumen.example/")[0].text


def test_protected_mail_addresses_are_decoded() -> None:
    assert protected_mail(CODED) == "desk@lumen.example"
    assert mail_in(f"/cdn-cgi/l/email-protection#{CODED}") == "desk@lumen.example"
    flow = (
        f"<p>Write to <a href=/cdn-cgi/l/email-protection data-cfemail={CODED}>[email&#160;protected]</a>"
        f" or <a href='/cdn-cgi/l/email-protection#{CODED}'>[email&#160;protected]</a>"
        f" or <a href='/cdn-cgi/l/email-protection#{CODED}'>the desk</a>.</p>"
    )

    assert body_lines(flow) == ["Write to desk@lumen.example or desk@lumen.example or the desk."]


def test_a_protected_address_reads_as_the_plain_one_whatever_its_link_holds_besides() -> None:
    coded = f"<span class=__cf_email__ data-cfemail={CODED}>[email&#160;protected]</span>"
    plain = "<p>Lumen<br><a href=mailto:desk@lumen.example>desk@lumen.example<br></a>555-0123</p>"
    protected = f"<p>Lumen<br><a href='/cdn-cgi/l/email-protection#{CODED}'>{coded}<br></a>555-0123</p>"

    assert body_clauses(protected) == body_clauses(plain)
    assert "desk@lumen.example555" not in " ".join(body_lines(protected))


@pytest.mark.parametrize("code", ["", "zz", "2a4", "2aff", "2a"])
def test_what_is_no_protected_address(code: str) -> None:
    assert protected_mail(code) == ""


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://a.example/p?fbclid=1", "https://a.example/p"),
        ("https://a.example/p;jsessionid=1F?x=1", "https://a.example/p?x=1"),
        ("//b.example/q", "https://b.example/q"),
        ("?page=2", "https://lumen.example/legal?page=2"),
        ("tel:+44 1", "tel:+441"),
        (
            "https://www.google.com/url?q=https://b.example/terms?v%3D2&sa=D&ust=17&usg=AO",
            "https://b.example/terms?v=2",
        ),
        ("https://www.google.com/url?q=javascript:x&sa=D", "https://www.google.com/url?q=javascript:x&sa=D"),
        (
            "https://eur.safelinks.protection.outlook.com/?url=https%3A%2F%2Fb.example%2Fq&data=05",
            "https://b.example/q",
        ),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fb.example%2Fq&h=AT", "https://b.example/q"),
        ("https://urldefense.com/v3/__https://b.example/q__;!!abc$", "https://b.example/q"),
        ("https://policies.google.com/privacy?hl=en", "https://policies.google.com/privacy?hl=en"),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("https://[broken", ""),
        ("https://lumen.example/legal#here", ""),
    ],
)
def test_targets(href: str, target: str) -> None:
    assert clean_target(href, "https://lumen.example/legal") == target


def test_page_text_is_no_markdown() -> None:
    (found,) = body_clauses("<p>a * b_c [d](e) `f` &lt;g&gt; \\h</p>")

    assert found.plain == "a * b_c [d](e) `f` <g> \\h"
