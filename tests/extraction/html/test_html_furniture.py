"""What stands around a policy stays out of the text, however the page names it; what reads like policy stays in."""

from __future__ import annotations

import pytest
from html_pages import COLLECT, KEEP, POLICY, POLICY_LINES, RIGHTS, SHARE, extracted, lines

MENU = "<ul><li><a href=/>Home</a></li><li><a href=/shop>Shop</a></li><li><a href=/jobs>Jobs</a></li></ul>"
COOKIES = f"<p>We use cookies to improve our services. {SHARE}</p><button>Accept all</button><button>Reject</button>"


@pytest.mark.parametrize(
    "around",
    [
        "<nav>{menu}</nav><main>{policy}</main><footer>{menu}<p>© 2031 Lumen Ltd. All rights reserved.</p></footer>",
        "<div role=navigation>{menu}</div><div>{policy}</div><div role=contentinfo>© 2031 Lumen {menu}</div>",
        "<div class=siteHeader__menu>{menu}</div><div>{policy}</div><div id=footer>{menu}</div>",
        "<div><div>{menu}</div></div><div><div>{policy}</div></div><div><div>{menu}<div>© Lumen</div></div></div>",
        "<div><aside><h3>Legal</h3>{menu}</aside><article>{policy}</article><aside class=toc>{menu}</aside></div>",
        "<header>{menu}<button>Sign in</button></header><article>{policy}</article><section class=cta><h2>Ready to "
        "start?</h2><p>Try Lumen for free today.</p><a class=button href=/go>Get started</a></section>",
        "<main><ol class=breadcrumbs><li><a href=/>Home</a></li><li>Legal</li></ol>{policy}<div class=feedback>"
        "<p>Was this article helpful?</p><button>Yes</button><button>No</button></div></main>",
        "<main>{policy}<div class=related-articles><h3>Related articles</h3>{menu}</div></main>",
        "<main><div class=language-picker>English Deutsch Français</div>{policy}<div class=share><a href=x>Tweet</a>"
        "</div></main>",
        "<main>{policy}</main><div class=cookie-banner>{cookies}</div>",
        "<main>{policy}</main><div id=onetrust-consent-sdk><div role=dialog>{cookies}{cookies}</div></div>",
        "<main>{policy}</main><div><div><div>{cookies}</div></div></div>",
        "<main>{policy}</main><div class=modal style='display:none'><h4>Sign in</h4><p>Enter your mail.</p></div>",
        "<a class=skip-link href=#c>Skip to content</a><main id=c>{policy}<p><a href=#top>Back to top</a></p></main>",
        "<main><div class=entry-content>{policy}</div><form><label>Mail</label><button>Send</button></form></main>",
    ],
)
def test_only_the_policy_remains(around: str) -> None:
    page = f"<body>{around.format(menu=MENU, policy=POLICY, cookies=COOKIES)}</body>"

    assert lines(page) == POLICY_LINES


def test_a_policy_over_sibling_sections_stays_whole() -> None:
    parts = "".join(
        f"<section class=block><h2>Part {number}</h2><p>{text}</p></section>"
        for number, text in enumerate((COLLECT, SHARE, RIGHTS, KEEP), 1)
    )
    contact = "<section class=block><h2>Contact</h2><p>Lumen Ltd, 4 Mill Lane</p></section>"

    found = lines(f"<body><nav>{MENU}</nav><div>{parts}{contact}</div><footer>{MENU}</footer></body>")

    assert found == [
        "Part 1", COLLECT, "Part 2", SHARE, "Part 3", RIGHTS, "Part 4", KEEP, "Contact", "Lumen Ltd, 4 Mill Lane",
    ]  # fmt: skip


def test_sections_named_after_what_they_are_about_are_not_furniture() -> None:
    page = (
        f"<main><h1>Terms</h1><p>{COLLECT}</p><section id=sharing><h2>Sharing</h2><p>{SHARE}</p></section>"
        f"<section id=feedback><h2>Feedback</h2><p>You agree that we may use your feedback freely.</p></section>"
        f"<section id=how-we-use-cookies><h2>Cookies</h2><p>{KEEP}</p></section></main>"
    )

    assert [line for line in lines(page) if len(line) < 10] == ["Terms", "Sharing", "Feedback", "Cookies"]


def test_an_aside_that_explains_the_policy_stays() -> None:
    page = (
        f"<main><h1>Terms</h1><section><aside><p>In short: we collect personal data.</p></aside><p>{COLLECT}</p>"
        f"</section><section><aside><p>In short: we share personal data.</p></aside><p>{SHARE}</p></section></main>"
    )

    assert [line for line in lines(page) if line.startswith("In short")] == [
        "In short: we collect personal data.",
        "In short: we share personal data.",
    ]


def test_a_policy_in_a_modal_is_found_where_the_page_has_no_other() -> None:
    page = f"<header>Lumen</header><div><h2>Welcome</h2></div><div class='modal fade'><div>{POLICY}</div></div>"

    assert lines(page) == POLICY_LINES


def test_navigation_that_was_never_closed_does_not_swallow_the_policy() -> None:
    assert lines(f"<body><nav>{MENU}<div>{POLICY}</div>")[-1] == KEEP


def test_a_page_of_builder_widgets_keeps_its_headings() -> None:
    def widget(kind: str, content: str) -> str:
        return f"<div class='elementor-element elementor-widget elementor-widget-{kind}'><div>{content}</div></div>"

    page = "".join(
        [
            widget("heading", "<h1>Terms</h1>"),
            widget("text-editor", f"<p>{COLLECT}</p>"),
            widget("heading", "<h2>Sharing</h2>"),
            widget("text-editor", f"<p>{SHARE}</p>"),
            widget("heading", "<h2>Rights</h2>"),
            widget("text-editor", f"<p>{RIGHTS}</p>"),
        ]
    )

    assert lines(f"<body><div>{page}</div></body>") == ["Terms", COLLECT, "Sharing", SHARE, "Rights", RIGHTS]


def test_the_title_and_the_date_come_from_a_banner_above() -> None:
    page = (
        f"<header class=hero><a href=/>Lumen</a><h1>Cookie Policy</h1><p>Last updated: May 2031</p><a href=/x>Print</a>"
        f"</header><div class=content><p>{COLLECT}</p><p>{SHARE}</p></div>"
    )

    assert lines(page) == ["Cookie Policy", "Last updated: May 2031", COLLECT, SHARE]


def test_the_date_in_a_generators_footer_stays() -> None:
    page = (
        f"<div class=policy>{POLICY}<div class=gen_footer><p>Latest update: 5 May 2031</p><p>By Genny</p></div></div>"
    )

    assert lines(page)[-1] == "Latest update: 5 May 2031"


def test_a_list_of_links_is_kept_where_there_is_no_prose() -> None:
    page = "<main><h1>Legal</h1><ul><li><a href=/t>Terms</a></li><li><a href=/p>Privacy</a></li></ul></main>"

    assert lines(f"<body>{page}</body>") == ["Legal", "Terms", "Privacy"]


def test_a_whole_page_inside_a_form_is_read() -> None:
    assert lines(f"<form id=aspnetForm><div>{POLICY}</div></form>") == POLICY_LINES


def test_a_full_page_says_that_it_is_sure() -> None:
    text = extracted(f"<nav>{MENU}</nav><main>{POLICY}</main>")

    assert text.confidence > 0.9
    assert text.notes == ()
    assert text.title == "Privacy Policy"


def test_a_list_of_vendors_below_the_policy_stays() -> None:
    vendors = "".join(
        f"<li><a href=https://vendor{number}.example/privacy>Vendor {number}</a></li>" for number in range(12)
    )

    found = lines(
        f"<main><div class=text>{POLICY}</div><div class=vendors><h3>Vendors</h3><ul>{vendors}</ul></div></main>"
    )

    assert found[-13:] == ["Vendors", *(f"Vendor {number}" for number in range(12))]


def test_a_label_inside_the_policy_is_no_head_of_the_page() -> None:
    def block(label: str, text: str) -> str:
        return f"<div class=block><div class=l><h3>{label}</h3></div><div>{text} {text.lower()}</div></div>"

    page = f"<main><div><h1>Terms</h1></div><div>{block('Data', COLLECT)}{block('Partners', SHARE)}</div></main>"

    assert [line for line in lines(page) if len(line) < 10] == ["Terms", "Data", "Partners"]


@pytest.mark.parametrize(
    "question",
    [
        "<h3>Was this information helpful?</h3><span><span>Yes</span></span><span>No</span><p>Thank you!</p>",
        "<p>Did this answer your question?</p><div>😞</div><div>😃</div>",
        "<div>War dieser Artikel hilfreich?</div><div><a href=#y>Ja</a> <a href=#n>Nein</a></div>",
    ],
)
def test_the_question_whether_it_helped_is_no_clause(question: str) -> None:
    assert lines(f"<main>{POLICY}<div><div>{question}</div></div></main>") == POLICY_LINES


def test_a_heading_over_nothing_at_the_end_goes() -> None:
    page = f"<div><div class=a>{POLICY * 2}</div><div class=b><h2>Recommended for you</h2></div></div>"

    assert lines(page)[-1] == KEEP
