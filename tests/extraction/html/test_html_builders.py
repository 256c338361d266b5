"""What makers of sites put around and into a policy, each in its own markup."""

from __future__ import annotations

import pytest
from html_pages import COLLECT, KEEP, POLICY, POLICY_LINES, RIGHTS, SHARE, body_lines, lines

# -- text that is only shown after a click -----------------------------------------------------------------------------


def test_what_an_entry_of_an_accordion_drops_down_is_text() -> None:
    entry = (
        "<ul class=accordion-items><li class=accordion-item><h4><button aria-expanded=false>May I return it?</button>"
        "</h4><div class=accordion-item__dropdown role=region><p>Not after thirty days.</p></div></li></ul>"
    )

    assert body_lines(entry) == ["May I return it?", "Not after thirty days."]


def test_a_drop_down_elsewhere_is_furniture() -> None:
    menu = "<div class=account-dropdown><p>Sign out of Lumen</p><p>Your orders</p></div>"

    assert lines(f"<main>{POLICY}{menu}</main>") == POLICY_LINES


def test_labels_of_tabs_that_name_no_panels_stand_over_the_panels_in_their_order() -> None:
    page = (
        "<main><h1>Terms</h1><ul role=tablist><li role=tab>Europe</li><li role=tab>Elsewhere</li></ul>"
        f"<div><div role=tabpanel><p>{COLLECT}</p></div><div role=tabpanel hidden><p>{SHARE}</p></div></div></main>"
    )

    assert lines(page) == ["Terms", "Europe", COLLECT, "Elsewhere", SHARE]


# -- tables ------------------------------------------------------------------------------------------------------------


def test_a_table_of_data_inside_one_that_places_it_keeps_its_rows() -> None:
    plans = "<table border=1><tr><td>Plan</td><td>Price</td></tr><tr><td>Small</td><td>4 euros</td></tr></table>"
    page = f"<table><tr><td><h1>Terms</h1></td></tr><tr><td>{COLLECT}</td></tr><tr><td>{plans}</td></tr></table>"

    assert lines(page) == ["Terms", COLLECT, "Plan | Price", "Small | 4 euros"]


def test_a_column_beside_the_policy_goes_as_the_one_in_front_of_it_does() -> None:
    page = (
        "<table><tr><td><table><tr><td><a href=/a>Rates</a></td></tr></table></td>"
        f"<td><table><tr><td>{POLICY}</td></tr></table></td>"
        "<td><table><tr><td>Weather</td></tr><tr><td>Our depot reopens on Monday.</td></tr></table></td></tr></table>"
    )

    assert lines(page) == POLICY_LINES


# -- titles, numbers, paths --------------------------------------------------------------------------------------------


def test_a_title_that_links_to_its_own_page_is_the_title() -> None:
    page = (
        "<title>Privacy Policy - Lumen Help</title><body><div class=space>Pages</div>"
        f"<div class=head><ol><li><a href=/l>Legal</a></li></ol><h1><a href=/p>Privacy Policy</a></h1></div>"
        f"<div class=text><p>{COLLECT}</p><h2>Sharing</h2><p>{SHARE}</p><p>{RIGHTS} {KEEP}</p></div>"
    )

    assert lines(page)[0] == "Privacy Policy"


def test_a_name_of_the_site_that_is_a_link_is_none() -> None:
    page = (
        "<title>Lumen - Privacy Policy</title><body><div class=top><h1><a href=/>Lumen</a></h1></div>"
        f"<div class=text><h2>Privacy Policy</h2><p>{COLLECT}</p><p>{SHARE}</p><p>{RIGHTS} {KEEP}</p></div>"
    )

    assert lines(page)[0] == "Privacy Policy"


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<h3><span>01</span><span>Whom we share with</span></h3>", "01 Whom we share with"),
        ("<h3><a href=#s><span>2</span><span>Retention</span></a></h3>", "2 Retention"),
        ("<p><b>3</b>D models</p>", "3D models"),
        ("<p><b>24</b>-hour notice</p>", "24-hour notice"),
        ("<p><b>1</b>st of May</p>", "1st of May"),
    ],
)
def test_a_number_in_an_element_of_its_own_is_apart_from_the_name_it_numbers(markup: str, said: str) -> None:
    assert body_lines(markup) == [said]


def test_a_path_to_the_page_that_has_no_links_goes() -> None:
    page = (
        "<title>Privacy Policy | Lumen</title><body><div class=place><span>Home</span> &gt; <span>Guide</span> &gt; "
        f"<b>Privacy Policy</b></div>{POLICY.replace('h2', 'h4').replace('h1', 'h3')}"
    )

    assert lines(page) == POLICY_LINES


# -- dialogs, forms, teasers -------------------------------------------------------------------------------------------


def test_the_date_of_a_consent_dialogs_list_is_not_the_policys() -> None:
    dialog = (
        "<div id=CybotCookiebotDialog role=dialog><div id=CybotCookiebotDialogBody><h2>This website uses cookies</h2>"
        "<p>We use cookies to personalise content.</p></div><div>Cookie declaration last updated on 11/3/31</div></div>"
    )

    assert lines(f"<main>{POLICY}</main>{dialog}") == POLICY_LINES


def test_what_a_form_asks_to_agree_to_is_not_the_policy() -> None:
    form = (
        "<div class=row><h2>See Lumen at work</h2><p>Half an hour shows you how much time you could win.</p>"
        "<form><label>Work e-mail</label><input type=email><p>Lumen needs the personal data you provide to contact you "
        "about our services. You may withdraw consent at any time; our privacy policy says how.</p>"
        "<button>Book a demo</button></form></div>"
    )

    assert lines(f"<main><div class=row>{POLICY * 3}</div>{form}</main>")[-1] == KEEP


def test_a_last_section_with_a_question_in_a_form_stays() -> None:
    last = "<div class=row><h2>Writing</h2><p>Write to our desk.</p><form><p>Was this helpful?</p></form></div>"

    found = lines(f"<main><div class=row>{POLICY}</div>{last}</main>")

    assert found[-2:] == ["Writing", "Write to our desk."]


def test_a_promotion_under_a_heading_that_ends_with_a_link_goes() -> None:
    promo = (
        "<div class=promo><h3>Webinar: Calibration without tears</h3><p>Join our engineers and bring questions.</p>"
        "<div><a href=/w>Save your seat</a></div></div>"
    )

    assert lines(f"<main>{POLICY}{promo}</main>") == POLICY_LINES


def test_a_part_called_promotion_that_states_terms_stays() -> None:
    terms = (
        "<div class=promo><h3>Vouchers</h3><p>Vouchers end with the agreement.</p><a href=/v>List of terms</a></div>"
    )

    assert lines(f"<main>{POLICY}{terms}</main>")[-3:] == [
        "Vouchers",
        "Vouchers end with the agreement.",
        "List of terms",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=side-tool><div>Support</div><div>Scan for the app</div></div>",
        "<div data-framer-name=Footer><p>Lumen sees through your work.</p><a href=/p>Privacy</a></div>",
        "<div title=footer><p>Lumen Limited, third edition, sheet</p></div>",
        "<div>Sorry to interrupt</div><div>This page has an error. You might just need to refresh it.</div>",
        "<ul hidden><li>Choosing a selection results in a full page refresh.</li></ul>",
        "<p><a href=#top>Return to top</a></p>",
        "<div>bottom of page</div>",
    ],
)
def test_what_makers_put_below_a_text_goes(markup: str) -> None:
    assert lines(f"<body><main>{POLICY}</main>{markup}</body>") == POLICY_LINES


def test_small_parts_made_for_several_widths_are_read_once() -> None:
    head = "<div><h1>Privacy Policy</h1><p>Effective 3 March 2031</p></div>"
    text = POLICY.partition("<h2>")[1] + POLICY.partition("<h2>")[2]
    page = "".join(
        f'<div class="ssr-variant hidden-{width}">{part}</div>' for part in (head, text) for width in ("a", "b", "c")
    )

    assert lines(page) == POLICY_LINES


# -- what comes and goes between two fetches ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        "<div id=build hidden>309d6b79965eda32</div>",
        "<section class=stats><dl><dt>Downloads last month</dt><dd>18,204</dd></dl></section>",
        "<div><div>Was this information helpful?</div><button>Yes</button><div>Please select what best describes the "
        "information:</div><ul><li>This information is confusing</li><li>This isn't the information I was looking for"
        "</li></ul></div>",
        "<div aria-live=assertive>Navigated to Privacy Policy</div>",
        "<div class=crisp-client><div>Questions? Chat with us!</div><div>Support is online.</div></div>",
        "<div class=box><p>Would you take a two-minute survey about your visit?</p><button>Yes</button></div>",
        "<div class=x1><h3>2 comments</h3><div><b>Jo</b><span>3 months ago</span><p>Nice to read.</p></div></div>",
        "<section class=x2><h3>Leave a reply</h3><p>Your e-mail address will not be published.</p></section>",
        "<div class=x3><p>It looks like you are in Germany. Would you like to visit our German site?</p>"
        "<a href=/de>Go to the German site</a></div>",
        "<div class=x4><div>אתר זה משתמש בעוגיות כדי לשפר את חוויית הגלישה שלך.</div><button>קבל</button></div>",
        "<div class=x5><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك على الموقع.</p><button>موافق</button></div>",
    ],
)
def test_what_a_fetch_brings_along_is_no_clause(markup: str) -> None:
    assert lines(f"<body><main>{POLICY}{markup}</main></body>") == POLICY_LINES


def test_an_advertisement_between_paragraphs_leaves_no_label() -> None:
    assert body_lines(f"<p>{SHARE}</p><div class=slot7><div>Advertisement</div></div><p>{KEEP}</p>") == [SHARE, KEEP]
    assert body_lines("<p>We use cookies for:</p><ul><li>Advertisement</li></ul>")[-1] == "Advertisement"


def test_a_section_about_comments_is_text() -> None:
    section = "<section><h2>Comments</h2><p>When you leave comments we keep the name that you gave.</p></section>"

    assert body_lines(section) == ["Comments", "When you leave comments we keep the name that you gave."]


@pytest.mark.parametrize("between", ["", "<div>Updated 3 days ago</div>", "<div>1,204 views</div>"])
def test_a_line_below_the_title_that_says_what_the_page_is_about_stays_with_it(between: str) -> None:
    about = "How Lumen treats your personal data"
    head = f"<div><h1>Privacy Policy</h1>{between}<div>{about}</div><div>Written by Mo</div></div>"
    rest = POLICY.partition("<h2>")[1] + POLICY.partition("<h2>")[2]

    found = lines(f"<title>Privacy Policy | Lumen</title><main>{head}<article>{rest}</article></main>")

    assert [line for line in found[:4] if "ago" not in line][:3] == ["Privacy Policy", about, "1. What we collect"]


@pytest.mark.parametrize("opening", ["<main>", "<article>", "<header>Lumen</header><main>", "<lumen-page>"])
def test_a_page_that_leaves_out_the_tag_of_its_body_is_read(opening: str) -> None:
    assert lines(f"<!doctype html><title>Privacy Policy</title>{opening}{POLICY}") == POLICY_LINES


# -- help desks --------------------------------------------------------------------------------------------------------


def test_a_help_desks_name_is_no_title_of_its_articles() -> None:
    head = "<header class=banner><h1>Lumen Support</h1><nav><a href=/login>Login</a></nav></header>"
    page = f"<title>Privacy Policy : Lumen Support</title><body>{head}<section>{POLICY.replace('h1', 'h2')}</section>"

    assert lines(page) == POLICY_LINES


def test_a_sites_name_that_is_all_of_the_title_stays() -> None:
    head = "<header><h1>Lumen Privacy Policy</h1></header>"
    rest = POLICY.partition("<h2>")[1] + POLICY.partition("<h2>")[2]

    assert lines(f"<title>Legal | Lumen Privacy Policy</title><body>{head}<div>{rest}</div>")[0] == (
        "Lumen Privacy Policy"
    )


def test_a_button_beside_a_heading_is_not_of_its_words() -> None:
    assert body_lines("<h2>Retention<a href='#' title=Print><i class=icon></i><span>Print</span></a></h2>") == [
        "Retention"
    ]


def test_the_question_and_its_answers_on_one_line_are_no_clause() -> None:
    question = "<p>Did you find it helpful?<span class=a>Yes</span><span class=b>No</span></p>"

    assert lines(f"<main>{POLICY}{question}</main>") == POLICY_LINES


def test_a_note_in_a_frame_at_the_end_is_text_and_one_with_a_link_is_none() -> None:
    note = "We have never received an order to hand over messages. This sentence will disappear if that changes."
    text, part = POLICY * 2, "<div role=alert>{}</div>"

    assert lines(f"<main>{text}{part.format(note)}</main>")[-1] == note
    assert lines(f"<main>{text}{part.format(note + ' <a href=/s>Status</a>')}</main>")[-1] == KEEP
    assert lines(f"<main>{part.format(note)}{POLICY}</main>") == POLICY_LINES


def test_what_stands_over_a_title_of_the_second_rank_goes_as_well() -> None:
    tabs = "<div><div>Users' Agreement</div><div>List of data</div></div>"
    page = f"<title>Lumen Privacy Policy</title><body>{tabs}<div><h2>Lumen Privacy Policy</h2><p>{COLLECT}</p>"

    assert lines(f"{page}<h3>Sharing</h3><p>{SHARE} {RIGHTS}</p><p>{KEEP}</p></div>")[0] == "Lumen Privacy Policy"


def test_the_only_heading_of_its_rank_is_no_title_unless_the_page_is_called_so() -> None:
    page = "<title>Lumen</title><body><div><p><b>Privacy Policy of Lumen</b></p><p>Our desk: 3 Mill Lane</p>"

    assert lines(f"{page}<h2>Data</h2><p>{COLLECT}</p><p>{SHARE} {RIGHTS}</p><p>{KEEP}</p></div>")[0] == (
        "Privacy Policy of Lumen"
    )


def test_a_title_that_links_into_the_site_needs_no_policys_words() -> None:
    text = f"<div class=text><p>{COLLECT}</p><h2>Sharing</h2><p>{SHARE}</p><p>{RIGHTS} {KEEP}</p></div>"
    page = "<title>{0} - Lumen</title><body><div class=head><h1><a href={1}>{0}</a></h1><a href=/c>Meta</a></div>{2}"

    assert lines(page.format("How to behave", "/t/7", text))[0] == "How to behave"
    assert lines(page.format("Lumen Forum", "/", text))[0] == COLLECT


def test_a_container_of_components_is_no_consent_dialog() -> None:
    links = "".join(f"<p><a href=/{number}>Product number {number} of many</a></p>" for number in range(30))

    found = lines(f"<body><div class=nav-panel>{links * 2}</div><div class=cmp-container>{POLICY}</div></body>")

    assert found == POLICY_LINES


def test_a_large_consent_dialog_over_a_small_page_changes_nothing() -> None:
    page = f"<body><main><h1>Terms</h1><p>{COLLECT}</p></main><footer>Lumen Road 3</footer>"
    dialog = f"<div id=CybotCookiebotDialog><p>We use cookies. {'Cookies help us in many ways. ' * 60}</p></div>"

    assert lines(page + dialog) == lines(page) == ["Terms", COLLECT]
    assert len(lines(f"<body><footer>Lumen Road 3</footer>{dialog}")) == 1  # there is nothing else


def test_spans_that_say_that_they_are_paragraphs_are() -> None:
    assert body_lines(f"<div><span data-as=p>{SHARE}</span><span data-as=p>{KEEP}</span></div>") == [SHARE, KEEP]


def test_a_text_in_another_language_that_is_hidden_beside_the_one_shown_is_left_out() -> None:
    page = "<main><div class=v lang=en>{}</div><div class=v lang=fr{}><h1>Confidentialité</h1><p>{}</p></div></main>"
    french = "Nous collectons les données personnelles que vous nous donnez lorsque vous ouvrez un compte Lumen."

    assert lines(page.format(POLICY, " style='display:none'", french)) == POLICY_LINES
    assert lines(page.format(POLICY, "", french))[-1] == french


def test_a_hidden_panel_that_names_the_language_of_what_is_shown_stays() -> None:
    page = "<main><div lang=en>{}</div><div lang=en hidden><h2>More</h2><p>{}</p></div><div lang=en>{}</div></main>"

    assert lines(page.format(POLICY, SHARE.lower(), RIGHTS.lower()))[-3:] == ["More", SHARE.lower(), RIGHTS.lower()]


def test_sections_in_forms_that_have_nothing_to_fill_in_stay() -> None:
    sections = "".join(f"<form><p>{text}</p></form>" for text in (COLLECT, SHARE, RIGHTS, KEEP) * 2)

    assert lines(f"<main><h1>Terms</h1>{sections}</main>")[1:5] == [COLLECT, SHARE, RIGHTS, KEEP]
