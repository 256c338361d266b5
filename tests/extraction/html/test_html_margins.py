"""What a page says around its policy comes and goes from day to day; the text stays the same."""

from __future__ import annotations

import pytest
from html_pages import COLLECT, KEEP, RIGHTS, SHARE, lines
from html_pages import POLICY as SHORT
from html_pages import POLICY_LINES as SHORT_LINES

_MORE = [f"{text} This holds for contract number {n}." for n in range(8) for text in (SHARE, RIGHTS, KEEP)]
POLICY = SHORT + "".join(f"<p>{text}</p>" for text in _MORE)
POLICY_LINES = SHORT_LINES + _MORE

_LINKS = "".join(
    f"<li><a href='/help/{n}'>{text}</a></li>" for n, text in enumerate(["Reset a password", "Team plans", "Refunds"])
)
_TITLE, _REST = POLICY.split("</h1>")
_TITLE += "</h1>"


@pytest.mark.parametrize(
    "top",
    [
        "<p>12 min read</p>",
        "<div>Written by Ada Moth</div>",
        "<div><span>Share</span> <a href='https://x.example'>X</a> <a href='https://f.example'>Facebook</a></div>",
        "<div><a href='#'>Print</a> <a href='/p.pdf'>Download PDF</a></div>",
        "<div><a href='#' role=button>Expand all</a> | <a href='#' role=button>Collapse all</a></div>",
        "<div><a href='/de'>Deutsch</a> <a href='/fr'>Français</a> <a href='/ja'>日本語</a></div>",
        "<label for=v>Version</label><select id=v><option>Current</option></select>",
        "<label>Choose a language: <select><option>English</option></select></label>",
        "<details><summary>Previous versions</summary><ul><li><a href='?v=1'>May 5, 2030</a></li></ul></details>",
        "<ul><li><a href='/en'>English (United States)</a></li><li><a href='/de'>Deutsch</a></li></ul>",
        "<p>You are offline. Trying to reconnect…</p>",
        "<div>0% read</div>",
        "<button>Follow</button><span>Not yet followed by anyone</span>",
        "<div><p>New: meet Lumen 4. <a href='/blog'>Read the announcement</a>. </p></div>",
        "<div><a href='/x'><img alt='' src=x.png></a><span>opens in new tab</span></div>",
        "<p><a href='/legal'>← Back to Legal</a></p>",
        "<p>Please enable JavaScript to view this page properly.</p>",
        "<div>Your browser isn’t supported. Please upgrade to a newer one.</div>",
        "<div>3f1de0a24c5b69788796a5b4c3d2e1f0</div>",
    ],
)
def test_tools_below_the_title_are_no_text(top: str) -> None:
    assert lines(f"<body><main>{_TITLE}{top}{_REST}</main></body>") == POLICY_LINES


@pytest.mark.parametrize(
    "top",
    [
        "<p class=brand>Lumen</p>",
        "<div><h2>Light up work.<br>From nine euros.</h2></div><div><strong>Phone</strong> 0800 311 2031</div>",
        "<div><p>LU<br>MEN</p></div>",
    ],
)
def test_what_stands_over_the_title_is_no_text(top: str) -> None:
    assert lines(f"<body><main>{top}{POLICY}</main></body>") == POLICY_LINES


def test_a_date_line_in_a_persian_head_stays() -> None:
    told = "آخرین به‌روزرسانی: مرداد ۱۴۰۵"
    head = f"<header><div><span>حقوقی</span></div><h1>قوانین</h1><div><span>{told}</span></div></header>"

    page = f"<body><main>{head}<article>{POLICY.replace('h1', 'h2')}</article></main></body>"
    assert lines(page)[:2] == ["قوانین", told]


def test_a_foot_that_only_its_builder_calls_so_is_no_text() -> None:
    foot = "<div><p>Lumen helps founders.</p></div><h4>Company</h4><ul><li><a href=/a>About</a></li></ul>"

    page = f"<body><main>{POLICY}</main><div data-elementor-type=footer class=part>{foot}</div></body>"
    assert lines(page) == POLICY_LINES


@pytest.mark.parametrize("top", ["Effective 3 March 2031", f"{SHARE} This replaces all earlier notices."])
def test_a_date_and_running_text_over_the_title_stay(top: str) -> None:
    assert lines(f"<body><main><p>{top}</p>{POLICY}</main></body>")[:2] == [top, "Privacy Policy"]


def test_what_a_published_document_says_of_itself_is_no_text() -> None:
    said = "<div id=title>Privacy</div><div>Updated automatically every 5 minutes</div>"
    text = f"<p><span>Privacy</span></p><p>{COLLECT}</p><p>{SHARE}</p><p>{RIGHTS}</p>"

    assert lines(f"<body>{said}<div>{text}</div></body>") == ["Privacy", COLLECT, SHARE, RIGHTS]


@pytest.mark.parametrize(
    "path",
    [
        "<ol><li><a href='/'>Home</a></li><li><a href='/legal'>Legal</a></li><li>Privacy</li></ol>",
        "<div><a href='/'>Home</a> › <a href='/legal'>Legal</a> › <span>Privacy</span></div>",
        "<ul><li><a href='/'>Startseite</a></li><li>Recht</li></ul>",
    ],
)
def test_the_path_to_the_page_is_no_text(path: str) -> None:
    assert lines(f"<body><main>{path}{POLICY}</main></body>") == POLICY_LINES


@pytest.mark.parametrize(
    "end",
    [
        f"<h3>Related articles</h3><ul>{_LINKS}</ul>",
        f"<div><p>You might also like</p><ul>{_LINKS}</ul></div>",
        f"<h4>相关文章</h4><ul>{_LINKS}</ul>",
        "<p>Page generated in 0.12 seconds</p><p>v2.14.3 (build 8f3ac1)</p>",
        "<div><p>Still have questions?</p><a href='/help'>Contact support</a></div>",
        "<p><a href='/old'>View previous version</a></p>",
        "<ul><li><a href='?l=en'>English</a></li><li><a href='?l=ja'>日本語</a></li></ul>",
        "<p>Have more questions? <a href='/ask'>Submit a request</a></p>",
        "<div><h3>Comments</h3><p>0 comments</p><p>Article is closed for comments.</p></div>",
        "<section><h2>Start now</h2><p>Join the teams who build with Lumen.</p><a class=btn href='/'>Go</a></section>",
        "<a href='#top'>Back to top</a>",
        "<div><h2>Ready to begin?</h2><p>Try Lumen for free.</p><p><a href='/'>Get started for free</a></p></div>",
        "<div><h3>Latest from the blog</h3><a href='/b'><h4>Ten ways to write</h4></a></div>",
        "<p><a href='/legal'>Back to all documents</a></p>",
        "<pre>  ..::-=-.\n ::---------*%%%%#\n=====================+%%%%+==============================*%%%%#</pre>",
        f"<p>{'*' * 120}</p>",
    ],
)
def test_what_follows_the_last_clause_is_no_text(end: str) -> None:
    assert lines(f"<body><main>{POLICY}{end}</main></body>") == POLICY_LINES


@pytest.mark.parametrize(
    "around",
    [
        "<div><p>We use cookies to analyse our traffic and consent to more of it.</p></div>",
        "<div><span>This website uses cookies to ensure the best experience.</span> <button>OK</button></div>",
        "<div><p>Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten.</p></div>",
        "<div>Thank you! Your submission has been received!</div><div>Oops! Something went wrong.</div>",
        "<div>Copied to clipboard</div>",
        "<div><h3>Stay in the loop</h3><p>Subscribe to our newsletter. By subscribing you agree to our"
        " <a href=/p>Privacy Policy</a>.</p><form><input type=email><button>Go</button></form></div>",
        "<div><h3>Privacy Preference Center</h3><p>When you visit a website, it may store information, mostly in the"
        " form of cookies.</p><h4>Targeting Cookies</h4><p>These cookies may be set by our partners.</p>"
        "<button>Confirm my choices</button></div>",
    ],
)
def test_notices_above_and_below_are_no_text(around: str) -> None:
    assert lines(f"<body>{around}<main>{POLICY}</main></body>") == POLICY_LINES
    assert lines(f"<body><main>{POLICY}</main>{around}</body>") == POLICY_LINES


def test_a_banner_about_another_text_is_no_text() -> None:
    banner = "<div><p>We updated our Terms and Privacy Policy. <a href='/new'>See what changed</a></p></div>"

    assert lines(f"<body>{banner}<main>{POLICY}</main></body>") == POLICY_LINES


@pytest.mark.parametrize(
    "entry", ["<li><a href='#s'>{}</a></li>", "<li>{}</li>", "<div role=link>{}</div>", "<p><a href='/x#s'>{}</a></p>"]
)
@pytest.mark.parametrize("label", ["", "<p>On this page</p>", "<h4>Table of contents</h4>"])
def test_a_list_of_the_headings_is_no_text(entry: str, label: str) -> None:
    headings = ["1. What we collect", "Whom we share it with", "3. Your rights", "4. Retention"]
    contents = label + "".join(map(entry.format, headings))

    assert lines(f"<body><main>{_TITLE}{contents}{_REST}</main></body>") == POLICY_LINES


@pytest.mark.parametrize("target", ["#s{}", "/privacy/", "https://lumen.example/privacy"])
def test_a_labelled_list_of_a_part_s_headings_is_no_text_wherever_it_links(target: str) -> None:
    titles = ["What is a cookie?", "How we use cookies", "How to refuse them", "Changes"]
    entries = "".join(f"<li><a href='{target.format(n)}'>{title}</a></li>" for n, title in enumerate(titles))
    parts = "".join(f"<h3>{title}</h3><p>{text}</p>" for title, text in zip(titles, _MORE, strict=False))
    part = "<h2>Cookie Policy</h2>" + "{}" + parts

    listed = part.format(f"<h4>Table of Contents</h4><ul>{entries}</ul>")

    assert lines(f"<main>{POLICY}{listed}</main>") == lines(f"<main>{POLICY}{part.format('')}</main>")


@pytest.mark.parametrize(
    "viewer",
    [
        "<h3>Table of Contents</h3><ol></ol>",
        "<p><a href='/v/1.pdf'>Download</a></p>",
        "<div><span>Page: <b></b> / <b></b></span></div>",
        "<div>Page 1 of 12</div>",
        "<div><span>Please download the PDF to view this document.</span> <a href='/v/1.pdf'>Download</a></div>",
    ],
)
def test_what_a_viewer_shows_over_each_document_is_no_text(viewer: str) -> None:
    parts = "".join(f"<section><h2>Annex {n}</h2>{{}}<p><b>Scope</b></p><p>{_MORE[n]}</p></section>" for n in range(3))
    shown, bare = (f"<main>{POLICY}{parts.format(*[what] * 3)}</main>" for what in (viewer, ""))

    assert lines(shown) == lines(bare)


# -- what looks alike and is the text ----------------------------------------------------------------------------------


def test_kinds_of_data_that_later_sections_explain_stay_in_their_list() -> None:
    kinds = ["Account data", "Usage data", "Device data"]
    listed = "".join(f"<li>{kind}</li>" for kind in kinds)
    told = "".join(f"<h3>{kind}</h3><p>{text}</p>" for kind, text in zip(kinds, (COLLECT, SHARE, KEEP), strict=True))

    found = lines(
        f"<main><h1>Privacy</h1><p>{RIGHTS}</p><p>We keep these kinds of data:</p><ul>{listed}</ul>{told}</main>"
    )

    assert [found.count(kind) for kind in kinds] == [2, 2, 2]


def test_a_list_of_what_stands_elsewhere_keeps_its_label() -> None:
    found = lines(f"<main>{POLICY}<h2>Contents</h2><ul><li>One phone</li><li>One cable</li></ul><p>{KEEP}</p></main>")

    assert found[-4:-1] == ["Contents", "One phone", "One cable"]


def test_a_question_beside_the_title_leaves_it() -> None:
    asked = "<p>Was this page helpful?</p><a href='#y'>Yes</a> <a href='#n'>No</a>"

    assert lines(f"<main><div>{_TITLE}{asked}</div><div>{_REST}</div></main>") == POLICY_LINES


def test_a_clause_about_the_newsletter_is_text() -> None:
    told = "Subscribe to our newsletter only if you agree that we process your address for it."

    assert told in lines(f"<main>{POLICY}<div><p>{told}</p></div><form><input></form></main>")


def test_a_language_that_a_clause_names_is_text() -> None:
    assert lines(f"<main>{POLICY}<p>These terms are in</p><p>English</p></main>")[-1] == "English"


def test_cookies_within_a_policy_are_text() -> None:
    notice = "We use cookies to keep you signed in and to count visits to the pages of Lumen."

    assert notice in lines(f"<body><main>{POLICY}<div><h2>5. Cookies</h2><p>{notice}</p></div></main></body>")


def test_an_introduction_in_a_box_of_its_own_stays() -> None:
    start = "By using Lumen you agree to these terms and accept how we handle your data."

    assert start in lines(f"<body><header><h1>Terms</h1></header><div><p>{start}</p></div><main>{_REST}</main></body>")


def test_links_that_a_clause_lists_stay() -> None:
    policies = "<ul><li><a href='/a'>Acceptable use</a></li><li><a href='/b'>Refunds</a></li></ul>"

    found = lines(f"<main>{POLICY}<p>A part of the agreement between us and you are:</p>{policies}</main>")

    assert found[-2:] == ["Acceptable use", "Refunds"]


def test_an_effective_date_with_a_link_to_earlier_versions_stays() -> None:
    dated = "<p>Effective: March 3, 2031 (<a href='/old'>previous version, opens in a new window</a>)</p>"

    assert lines(f"<main><h1>Terms</h1>{dated}{_REST}</main>")[1].startswith("Effective: March 3, 2031")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Read our <a href='/terms'>terms</a>, too.</p>",
        "<p>JavaScript is a language of programs.</p>",
        "<p><a href='/list'>List of subprocessors</a></p>",
        "<div><p>Questions? <a href='mailto:desk@lumen.example'>desk@lumen.example</a></p></div>",
    ],
)
def test_a_short_last_line_of_the_text_stays(line: str) -> None:
    assert len(lines(f"<body><main>{POLICY}{line}</main></body>")) == len(POLICY_LINES) + 1


def test_a_last_section_whose_link_says_where_to_read_on_stays() -> None:
    last = (
        "<div><h3>Avalon</h3><p>Other rules hold in Avalon.</p><p><a href='/avalon'>See those of Avalon</a></p></div>"
    )
    found = lines(f"<body><main>{POLICY}{last}</main></body>")
    assert found[-3:] == ["Avalon", "Other rules hold in Avalon.", "See those of Avalon"]


def test_a_date_beside_a_link_that_the_markup_spreads_over_lines_stays() -> None:
    date = "<div><span>Last Updated: May 2031</span> <a href='/new'>\n\n              What's new?\n\n    </a></div>"
    head = f"<div><div><h1>Privacy Policy</h1>{date}</div></div>"
    found = lines(f"<body><main>{head}<div>{_REST}</div></main></body>")
    assert found[:2] == ["Privacy Policy", "Last Updated: May 2031 What's new?"]


_NAMES = ["What we collect", "Whom we share it with", "Your rights", "Retention", "Contact"]


@pytest.mark.parametrize(
    ("listed", "gone"), [(_NAMES, True), (_NAMES[1:4], False), (["Why we wrote this", *_NAMES], False)]
)
def test_an_outline_in_the_text_is_none_of_it_where_it_lists_every_section(listed: list[str], gone: bool) -> None:
    items = "".join(f"<li>{name}</li>" for name in listed)
    sections = "".join(
        f"<h2>{n}. {name}</h2><p>{COLLECT} ({n})</p><p>{KEEP} ({n})</p>" for n, name in enumerate(_NAMES, 1)
    )
    found = lines(f"<body><main><h1>Privacy Policy</h1><p>{RIGHTS}</p><ol>{items}</ol>{sections}</main></body>")
    assert found[:2] == ["Privacy Policy", RIGHTS]
    assert found[2 : -3 * len(_NAMES)] == ([] if gone else listed)


def test_the_heads_of_documents_on_one_page_are_no_outline_of_each_other() -> None:
    parts = "".join(
        f"<h2>{name}</h2><h5>Effective May {n}, 2031</h5><h3>Our part</h3><h2>{name.upper()}</h2><p>{COLLECT} ({n})</p>"
        for n, name in enumerate([*_NAMES, *(f"More: {name}" for name in _NAMES)], 1)
    )
    found = lines(f"<body><main><h1>Privacy Policy</h1><p>{RIGHTS}</p>{parts}</main></body>")
    assert sum(line.startswith("Effective") for line in found) == 2 * len(_NAMES)


def _sections(last: str) -> str:
    """A policy of twelve sections, each in a part of its own; ``last`` is the last one."""
    parts = "".join(
        f"<div><h2>{number}. Service {number}</h2><p>For service {number}: {COLLECT}</p><p>There, {SHARE}</p></div>"
        for number in range(1, 12)
    )
    return f"<body><main><h1>Privacy Policy</h1>{parts}{last}</main></body>"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("<div><h2>12. Cookies</h2><p>We use cookies.</p></div>", ["12. Cookies", "We use cookies."]),
        (
            "<div><h2>Cookies</h2><p>This site uses cookies. By using it you accept <a href=/c>them</a>.</p></div>",
            ["Cookies", "This site uses cookies. By using it you accept them."],
        ),
        (
            "<div><h2>12. Contact</h2><p>Write to our desk.</p>"
            "<div><p>Was this page helpful?</p><button>Yes</button></div></div>",
            ["12. Contact", "Write to our desk."],
        ),
        (
            "<div><p>We announce changes here.</p><p>Was this page helpful?</p><button>Yes</button></div>",
            ["We announce changes here."],
        ),
        (
            "<div><h2>12. Contact</h2><p>Write to our desk.</p>"
            "<div><p>We use cookies here.</p><button>Accept all</button></div></div>",
            ["12. Contact", "Write to our desk."],
        ),
    ],
)
def test_a_short_last_section_stays_whatever_stands_in_it(last: str, said: list[str]) -> None:
    found = lines(_sections(last))
    assert found[-len(said) :] == said
    assert found[-len(said) - 1] == f"There, {SHARE}"
