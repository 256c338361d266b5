"""Invented pages for the tests of extraction: a platform called Lumen, its policy, and what stands around it."""

from __future__ import annotations

from policywatch.extraction.html import extract_html
from policywatch.model import Clause, Selector, Text

COLLECT = "We collect the personal data that you give us when you open a Lumen account, such as your name and address."
SHARE = "We share personal data with processors who handle it on our behalf and only under our written instructions."
RIGHTS = (
    "You have the right to access, correct and erase your personal data at any time by writing to our privacy desk."
)
KEEP = "We retain account information for as long as the agreement lasts and delete it ninety days after termination."

POLICY = f"""
<h1>Privacy Policy</h1><p>Effective 3 March 2031</p>
<h2>1. What we collect</h2><p>{COLLECT}</p>
<h2>2. Whom we share it with</h2><p>{SHARE}</p><ul><li>hosting companies;</li><li>payment services.</li></ul>
<h2>3. Your rights</h2><p>{RIGHTS}</p>
<h2>4. Retention</h2><p>{KEEP}</p>
"""
POLICY_LINES = [
    "Privacy Policy", "Effective 3 March 2031", "1. What we collect", COLLECT, "2. Whom we share it with", SHARE,
    "hosting companies;", "payment services.", "3. Your rights", RIGHTS, "4. Retention", KEEP,
]  # fmt: skip


def extracted(
    body: str | bytes, url: str = "", select: tuple[Selector, ...] = (), remove: tuple[Selector, ...] = ()
) -> Text:
    markup = body.encode() if isinstance(body, str) else body
    return extract_html(markup, content_type="text/html; charset=utf-8", url=url, select=select, remove=remove)


def clauses(body: str | bytes, url: str = "") -> tuple[Clause, ...]:
    return extracted(body, url).clauses


def lines(body: str | bytes, url: str = "") -> list[str]:
    """The plain texts of the clauses."""
    return [clause.plain for clause in clauses(body, url)]


def body_lines(flow: str) -> list[str]:
    """The clauses of markup that stands in an article of enough policy to be looked at; without that policy's own."""
    return [clause.plain for clause in body_clauses(flow)]


def body_clauses(flow: str) -> tuple[Clause, ...]:
    before, after = f"<p>{COLLECT}</p>", f"<p>{RIGHTS}</p>"
    found = clauses(f"<body><article>{before}{flow}{after}</article></body>")
    assert found[0].plain == COLLECT
    assert found[-1].plain == RIGHTS
    return found[1:-1]
