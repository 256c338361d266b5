"""The page's blocks become clauses of the right kind, with numbers, nesting and headings as on the page."""

from __future__ import annotations

import pytest
from html_pages import COLLECT, KEEP, POLICY, RIGHTS, SHARE, body_clauses, body_lines, clauses, extracted, lines


def shapes(flow: str) -> list[tuple[str, int, str, str]]:
    return [(clause.kind, clause.level, clause.marker, clause.plain) for clause in body_clauses(flow)]


def test_headings_make_a_path() -> None:
    paths = {clause.plain: clause.heading for clause in clauses(f"<body>{POLICY}</body>")}

    assert paths[SHARE] == ("Privacy Policy", "2. Whom we share it with")
    assert paths["hosting companies;"] == ("Privacy Policy", "2. Whom we share it with")
    assert paths["2. Whom we share it with"] == ("Privacy Policy",)


@pytest.mark.parametrize(
    ("attributes", "markers", "texts"),
    [
        ("", ["1.", "2."], ["alpha", "beta"]),
        ("start=4", ["4.", "5."], ["alpha", "beta"]),
        ("reversed", ["2.", "1."], ["alpha", "beta"]),
        ("type=a", ["-", "-"], ["a. alpha", "b. beta"]),
        ("type=I start=9", ["-", "-"], ["IX. alpha", "X. beta"]),
        ("style='list-style-type: lower-roman'", ["-", "-"], ["i. alpha", "ii. beta"]),
        ("class=list-unstyled", ["-", "-"], ["alpha", "beta"]),
    ],
)
def test_ordered_lists_count_as_browsers_do(attributes: str, markers: list[str], texts: list[str]) -> None:
    found = shapes(f"<ol {attributes}><li>alpha</li><li>beta</li></ol>")

    assert [marker for _, _, marker, _ in found] == markers
    assert [text for _, _, _, text in found] == texts


def test_an_items_value_and_letters_past_z() -> None:
    found = shapes("<ol type=a start=26><li>alpha</li><li>beta</li></ol><ol><li value=7>seven</li><li>eight</li></ol>")

    assert [(marker, text) for _, _, marker, text in found] == [
        ("-", "z. alpha"), ("-", "aa. beta"), ("7.", "seven"), ("8.", "eight"),
    ]  # fmt: skip


def test_lists_nest() -> None:
    found = shapes("<ul><li>fruit<ol><li>apple<ul><li>red</li></ul></li><li>pear</li></ol></li><li>nuts</li></ul>")

    assert found == [
        ("item", 1, "-", "fruit"), ("item", 2, "1.", "apple"), ("item", 3, "-", "red"), ("item", 2, "2.", "pear"),
        ("item", 1, "-", "nuts"),
    ]  # fmt: skip


def test_numbers_of_the_page_stay_in_the_text() -> None:
    flow = "<p>4.2 The fee is due at once.</p><p>(b) the second case;</p><ol><li>1. already numbered</li></ol>"

    assert shapes(flow) == [
        ("paragraph", 0, "", "4.2 The fee is due at once."),
        ("paragraph", 0, "", "(b) the second case;"),
        ("item", 1, "-", "1. already numbered"),
    ]


def test_a_list_that_numbers_headings_gives_them_their_numbers() -> None:
    flow = f"<ol><li><h2>Scope</h2><p>{SHARE}</p></li><li><h2>Term</h2><p>{KEEP}</p></li></ol>"

    assert shapes(flow) == [
        ("heading", 2, "", "1. Scope"), ("paragraph", 0, "", SHARE), ("heading", 2, "", "2. Term"),
        ("paragraph", 0, "", KEEP),
    ]  # fmt: skip


def test_a_number_in_a_box_of_its_own_joins_what_it_numbers() -> None:
    flow = (
        f"<div><div class=n>12.</div><div><h2>Liability</h2><p>{SHARE}</p></div></div><div>(a)</div><div>one case</div>"
    )

    assert body_lines(flow) == ["12. Liability", SHARE, "(a) one case"]


@pytest.mark.parametrize("bullet", ["•", "·", "▪", "– ", "- "])
def test_typed_bullets_are_items(bullet: str) -> None:
    found = shapes(f"<p>{bullet}one thing</p><p>{bullet}another thing</p>")

    assert found == [("item", 1, "-", "one thing"), ("item", 1, "-", "another thing")]


def test_bullets_in_boxes_of_their_own_open_items() -> None:
    def entry(text: str, inner: str = "") -> str:
        mark = "<div class=mark><span class=dot>•</span></div>"
        return f"<div class=entry><div style='display:flex'>{mark}<div><div>{text}</div>{inner}</div></div></div>"

    found = shapes(entry("one thing", entry("a part of it")) + entry("another thing") + "<p>•</p><p>No entry.</p>")

    assert found == [
        ("item", 1, "-", "one thing"), ("item", 2, "-", "a part of it"), ("item", 1, "-", "another thing"),
        ("paragraph", 0, "", "No entry."),
    ]  # fmt: skip


def test_markers_that_a_style_attribute_hands_to_the_style_sheet() -> None:
    def entry(mark: str, text: str) -> str:
        style = f"--mark--font:Arial;--mark--content:&quot;{mark}&quot;"
        return f'<div class=entry><div><div style="{style}"></div></div><div><div>{text}</div></div></div>'

    assert shapes(entry("1.", "Give true details.") + entry("•", "No scraping.")) == [
        ("paragraph", 0, "", "1. Give true details."), ("item", 1, "-", "No scraping."),
    ]  # fmt: skip


def test_lists_of_exported_documents_nest_by_the_level_in_their_class() -> None:
    flow = (
        "<ol class='c1 lst-kix_ab-0 start'><li>Accounts</li></ol>"
        "<ul class='lst-kix_ab-1'><li>age</li><li>name</li></ul>"
        "<ol class='c1 lst-kix_ab-0' start=2><li>Content</li></ol>"
    )

    assert shapes(flow) == [
        ("item", 1, "1.", "Accounts"), ("item", 2, "-", "age"), ("item", 2, "-", "name"), ("item", 1, "2.", "Content"),
    ]  # fmt: skip


def test_a_grid_of_entries_is_data_whatever_its_role() -> None:
    grid = "<tr><td><p>Data</p></td><td><p>Kept</p></td></tr><tr><td>Prompts</td><td><p>30 days</p></td></tr>"
    placed = f"<tr><td><h2>Scope</h2><p>{SHARE}</p></td><td><p>{KEEP}</p></td></tr>"

    assert shapes(f"<table role=presentation>{grid}</table>") == [
        ("row", 0, "", "Data | Kept"), ("row", 0, "", "Prompts | 30 days"),
    ]  # fmt: skip
    assert [kind for kind, *_ in shapes(f"<table role=presentation>{placed * 2}</table>")].count("row") == 0


def test_an_item_that_writes_its_own_number_in_a_box_is_numbered_once() -> None:
    flow = "<ol class=plain><li><div>1.</div><div><p>We may suspend it.</p></div></li></ol>"

    assert shapes(flow) == [("item", 1, "1.", "We may suspend it.")]


def test_a_column_of_links_stays_in_its_table() -> None:
    text = "Tells people from machines, and lasts only as long as the visit to these pages does."
    rows = "".join(
        f"<tr><td>_l{n}</td><td><a href=https://{n}.example/>Nimbus</a></td><td>{text}</td></tr>" for n in range(3)
    )
    table = f"<div><table><thead><tr><th>Name</th><th>Provider</th><th>Purpose</th></tr></thead>{rows}</table></div>"

    assert [clause.plain for clause in body_clauses(f"<div>{table}</div>")] == [
        "Name | Provider | Purpose", *(f"_l{n} | Nimbus | {text}" for n in range(3)),
    ]  # fmt: skip


def test_a_data_table_becomes_rows() -> None:
    flow = (
        "<table><thead><tr><th>Cookie</th><th>Purpose</th><th>Time</th></tr></thead><tbody>"
        "<tr><td rowspan=2>_lum</td><td>Counts visits<ul><li>pages</li><li>clicks</li></ul></td><td>2 years</td></tr>"
        "<tr><td>Keeps <b>you</b> signed in</td><td>1 day</td></tr>"
        "<tr><td colspan=2>All of them</td><td><p>varies</p><p>by case</p></td></tr></tbody></table>"
    )

    assert shapes(flow) == [
        ("row", 0, "", "Cookie | Purpose | Time"),
        ("row", 0, "", "_lum | Counts visits pages; clicks | 2 years"),
        ("row", 0, "", "| Keeps you signed in | 1 day"),
        ("row", 0, "", "All of them |  | varies by case"),
    ]


def test_a_layout_table_is_no_data() -> None:
    flow = f"<table><tr><td><h2>Scope</h2><p>{SHARE}</p><ul><li>one</li></ul></td></tr></table>"

    assert [kind for kind, *_ in shapes(flow)] == ["heading", "paragraph", "item"]


def test_a_table_that_only_numbers_paragraphs_is_text() -> None:
    flow = f"<table><tr><td>1.1</td><td>{SHARE}</td></tr><tr><td>1.2</td><td>{KEEP}</td></tr></table>"

    assert shapes(flow) == [("paragraph", 0, "", f"1.1 {SHARE}"), ("paragraph", 0, "", f"1.2 {KEEP}")]


def test_a_cells_bar_is_no_border() -> None:
    (_, row) = body_clauses("<table><tr><th>a</th><th>b</th></tr><tr><td>x | y</td><td>z</td></tr></table>")

    assert row.text == r"x \| y | z"


def test_definition_lists_keep_terms_and_meanings() -> None:
    flow = "<dl><dt>Account</dt><dd>A record that lets you use Lumen.</dd><dt>Device</dt><dd>A phone.</dd></dl>"

    assert body_lines(flow) == ["Account", "A record that lets you use Lumen.", "Device", "A phone."]


def test_two_breaks_part_and_a_wrapped_line_does_not() -> None:
    flow = f"<p>{SHARE}<br class=soft><br>{KEEP}</p><p>This sentence was<br>wrapped by hand.</p>"

    assert body_lines(flow) == [SHARE, KEEP, "This sentence was wrapped by hand."]


def test_numbered_lines_of_one_paragraph_are_clauses() -> None:
    flow = "<p>You may not:<br>(a) sell it,<br>(b) lend it,<br>1.2 break it</p>"

    assert body_lines(flow) == ["You may not:", "(a) sell it,", "(b) lend it,", "1.2 break it"]


def test_preformatted_text_parts_at_blank_lines() -> None:
    flow = "<pre>1. TERM\n\nThe agreement lasts\nuntil one of us ends it.\n\n2. LAW\n</pre>"

    assert body_lines(flow) == ["1. TERM", "The agreement lasts until one of us ends it.", "2. LAW"]


def test_a_bold_line_heads_what_follows_it() -> None:
    flow = f"<p><b>Retention</b></p><p>{KEEP}</p><p><strong>Note.</strong> {SHARE}</p>"

    assert [(kind, text) for kind, _, _, text in shapes(flow)] == [
        ("heading", "Retention"), ("paragraph", KEEP), ("paragraph", f"Note. {SHARE}"),
    ]  # fmt: skip


def test_numbered_lines_head_prose_but_not_one_another() -> None:
    flow = f"<p>7. Governing Law</p><p>{SHARE}</p><p>1. Your name</p><p>2. Your mail</p><p>3. Your phone</p>"

    assert [(kind, text) for kind, _, _, text in shapes(flow)[:3]] == [
        ("heading", "7. Governing Law"), ("paragraph", SHARE), ("paragraph", "1. Your name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind"),
    [("2 years", "paragraph"), ("A cookie", "paragraph"), ("2 Cookies", "heading"), ("Section 4 Cookies", "heading")],
)
def test_a_number_with_its_unit_heads_nothing(line: str, kind: str) -> None:
    assert shapes(f"<h2>Cookies</h2><p>lumen_id</p><p>{line}</p><p>{SHARE}</p>")[2][0] == kind


def test_a_numbered_line_that_goes_on_in_the_next_heads_nothing() -> None:
    flow = f"<p>This page has:<br><span>1. the <b>agreement on use</b>; and</span><br>2. {SHARE}</p>"

    assert [kind for kind, *_ in shapes(flow)] == ["paragraph"] * 3


def test_bold_numbered_titles_at_the_beginning_of_their_paragraphs_are_headings() -> None:
    flow = (
        f"<p><b>1. Your Content.</b> {SHARE}</p><p>\u200d<b>2. Ending the Agreement</b>. {KEEP}</p><p>{RIGHTS}</p>"
        f"<p><b>3. Notices to Lumen.example and to You.</b></p><p>{SHARE}</p>"
    )
    found = [(clause.kind, clause.plain) for clause in body_clauses(flow)]
    assert found == [
        ("heading", "1. Your Content."), ("paragraph", SHARE), ("heading", "2. Ending the Agreement."),
        ("paragraph", KEEP), ("paragraph", RIGHTS), ("heading", "3. Notices to Lumen.example and to You."),
        ("paragraph", SHARE),
    ]  # fmt: skip
    assert body_clauses(flow)[4].heading == ("2. Ending the Agreement.",)


@pytest.mark.parametrize(
    "flow",
    [
        f"<p><b>1. You must not resell the service.</b> {SHARE}</p><p><b>2. We keep what the law names.</b> {KEEP}</p>"
        f"<p><b>3. Nobody may copy our marks.</b> {RIGHTS}</p>",  # sentences
        f"<p><b>1. Content.</b> {SHARE}</p><p>{KEEP}</p><p>{RIGHTS}</p>",  # one by itself
        f"<p><b>9. Content.</b> {SHARE}</p><p><b>5. Term.</b> {KEEP}</p><p><b>2. Rights.</b> {RIGHTS}</p>",  # no order
        f"<p><b>1. Content</b> that {SHARE}</p><p><b>2. Terms</b> as {KEEP}</p><p><b>3. Rights</b>, {RIGHTS}</p>",
    ],
)
def test_bold_beginnings_that_are_no_titles_stay(flow: str) -> None:
    assert {clause.kind for clause in body_clauses(flow)} == {"paragraph"}


def test_a_heading_tag_around_a_paragraph_makes_no_heading() -> None:
    flow = f"<h4>{SHARE} {KEEP} {COLLECT}</h4>"

    assert [kind for kind, *_ in shapes(flow)] == ["paragraph"]


@pytest.mark.parametrize("dated", ["Effective date: {}", "Last updated {}.", "Version effective as of {}"])
@pytest.mark.parametrize("line", ["<h2>{}</h2>", "<h5>{}</h5>", "<p><b>{}</b></p>"])
def test_a_date_heads_nothing(dated: str, line: str) -> None:
    """Or each clause's path would change with it."""
    told = line.format(dated.format("March 3, 2031"))

    found = clauses(f"<main><h1>Terms</h1>{told}<p>{SHARE}</p><h3>Term</h3><p>{KEEP}</p></main>")

    assert [clause.heading for clause in found] == [(), *[("Terms",)] * 3, ("Terms", "Term")]


def test_an_entry_of_a_log_of_changes_is_under_its_date() -> None:
    assert body_clauses(f"<h1>Terms</h1><h3>March 3, 2031</h3><p>{SHARE}</p>")[-1].heading[-1] == "March 3, 2031"


def test_an_accordion_gives_headings_and_its_hidden_panels() -> None:
    flow = (
        f"<div><h3><button aria-expanded=false aria-controls=a>Sharing<svg></svg></button></h3>"
        f"<div id=a hidden><p>{SHARE}</p></div></div>"
        f"<div class=item><button aria-expanded=false>Retention</button><div style='display: none'>{KEEP}</div></div>"
        f"<details><summary>More</summary><p>{RIGHTS} Always.</p></details><button>Expand all</button>"
    )

    assert [(kind, text) for kind, _, _, text in shapes(flow)] == [
        ("heading", "Sharing"), ("paragraph", SHARE), ("heading", "Retention"), ("paragraph", KEEP),
        ("heading", "More"), ("paragraph", f"{RIGHTS} Always."),
    ]  # fmt: skip


def test_tabs_labels_stand_over_their_panels() -> None:
    page = (
        "<main><h1>Terms</h1><div role=tablist><button role=tab aria-controls=u>Users</button>"
        "<button role=tab id=t2>Partners</button></div>"
        f"<div role=tabpanel id=u><p>{COLLECT}</p><h3>Fees</h3><p>{KEEP}</p></div>"
        f"<div role=tabpanel aria-labelledby=t2 style='display:none'><p>{SHARE}</p></div></main>"
    )
    found = {clause.plain: clause.heading for clause in clauses(page)}

    assert list(found) == ["Terms", "Users", COLLECT, "Fees", KEEP, "Partners", SHARE]
    assert found[SHARE] == ("Terms", "Partners")


def test_bold_words_of_a_chinese_sentence_stay_set_apart() -> None:
    flow = "<p>我们会在<b>本地</b>读取文件，<b>并</b>保护<b>您</b>的 <b>data</b>。</p>"

    assert body_lines(flow) == ["我们会在 本地 读取文件，并 保护 您 的 data。"]


def test_articles_of_a_korean_page_are_headings() -> None:
    said = "이 약관은 회사가 제공하는 서비스의 이용과 관련하여 회사와 회원의 권리와 의무를 규정함을 목적으로 합니다."

    assert shapes(f"<p>제1조 (목적)</p><p>{said}</p>")[0][0] == "heading"


def test_text_of_a_chinese_page() -> None:
    page = (
        "<body><div><a>首页</a><a>产品</a></div><div><p><strong>隐私政策</strong></p><p>　　我们非常重视您的个人信息，"
        "并会按照法律的规定保护您的信息安全。</p><p><b>一、信息的收集</b></p>"
        "<p>1.1 注册时，我们会收集您的手机号码。<br>"
        "1.2 经您同意，我们会向第三方提供信息。</p></div><div>版权所有 © 流明公司</div></body>"
    )

    assert lines(page) == [
        "隐私政策", "我们非常重视您的个人信息，并会按照法律的规定保护您的信息安全。", "一、信息的收集",
        "1.1 注册时，我们会收集您的手机号码。", "1.2 经您同意，我们会向第三方提供信息。",
    ]  # fmt: skip


def test_an_accordion_of_check_boxes_and_terms_in_a_text_field() -> None:
    flow = (
        f"<div><input type=checkbox id=k><label for=k>Retention</label><div class=panel><p>{KEEP}</p></div></div>"
        f"<textarea readonly>{SHARE}\n\n{(KEEP + ' ') * 4}</textarea><textarea>Your question</textarea>"
    )

    assert [(kind, text[:30]) for kind, _, _, text in shapes(flow)] == [
        ("heading", "Retention"), ("paragraph", KEEP[:30]), ("paragraph", SHARE[:30]), ("paragraph", KEEP[:30]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "start", "title"),
    [
        ("Terms of Use | Lumen", "<h1>Our Terms</h1>", "Our Terms"),
        ("Lumen - Terms of Use", "<h3>1. Scope</h3>", "Terms of Use"),
        ("", "<h3>1. Scope</h3>", "1. Scope"),
        ("Lumen", "", "Lumen"),
        ("Products | Lumen", "<h2>Products</h2><h3>Terms and Conditions:</h3>", "Terms and Conditions"),
    ],
)
def test_the_title(head: str, start: str, title: str) -> None:
    page = f"<head><title>{head}</title></head><body><main>{start}<p>{SHARE}</p><p>{KEEP}</p></main></body>"

    assert extracted(page).title == title
