"""The sample platforms: served, fetched under their invented names, and changed as intended."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from policywatch.comparison import compare
from policywatch.extraction import extract
from policywatch.fetching import Fetcher
from policywatch.model import Clause, Failure, NotModified, Snapshot, Source, Validators
from policywatch.samples import EDITIONS, serve, watchlist
from policywatch.watchlist import loads

DOCUMENTS = loads(watchlist(), Path("platforms.yaml")).documents
WORDS = {"privacy": range(1800, 3001), "terms": range(2000, 3501)}


@pytest.fixture(scope="module")
def texts() -> dict[str, dict[str, tuple[Clause, ...]]]:
    """Edition -> document -> clauses, fetched and extracted as a run does."""
    found: dict[str, dict[str, tuple[Clause, ...]]] = {}
    with serve() as server, Fetcher(route=server.route) as fetcher:
        for edition in EDITIONS:
            server.edition = edition
            found[edition] = {}
            for document in DOCUMENTS:
                got = fetcher.fetch(document.sources[0])
                assert isinstance(got, Snapshot), got
                assert got.final_url == document.sources[0].url
                found[edition][document.id] = extract(
                    got.body, content_type=got.content_type, url=got.final_url
                ).clauses
    return found


def changes(texts, document):
    before, after = (texts[edition][document] for edition in EDITIONS)
    return compare(before, after)


def test_documents_are_as_long_as_real_ones(texts):
    for edition in EDITIONS:
        for document, clauses in texts[edition].items():
            count = sum(len(clause.plain.split()) for clause in clauses)
            kind = "privacy" if "privacy" in document else "terms" if document[-5:] in ("rvice", "ement") else None
            assert kind is None or count in WORDS[kind], (edition, document, count)


def test_what_surrounds_a_policy_is_no_part_of_it(texts):
    furniture = re.compile(
        r"(?i)cookies to keep you signed in and to count|we value your privacy|was this page helpful|from our blog"
        r"|share this|log in|all rights reserved\.|get started|voice companions"
    )
    for edition in EDITIONS:
        for document, clauses in texts[edition].items():
            assert not [
                clause.plain for clause in clauses if len(clause.plain) < 120 and furniture.search(clause.plain)
            ]
            assert len(clauses) > 25, document


def test_one_document_did_not_change_though_its_page_did(texts):
    assert changes(texts, "mirelune/community-guidelines") == ()
    with serve() as server:
        pages = []
        for edition in EDITIONS:
            server.edition = edition
            pages.append(server.page("/mirelune.example/guidelines"))
    assert pages[0] != pages[1]


def test_every_kind_of_change_can_be_seen(texts):
    kinds = Counter(change.kind for document in DOCUMENTS for change in changes(texts, document.id))
    assert {"added", "reworded", "moved", "renumbered", "split"} <= set(kinds)


def test_one_document_changed_in_silence(texts):
    found = changes(texts, "hirethorn/user-agreement")
    assert len(found) == 3
    assert not any("January" in clause.plain for change in found for clause in (*change.before, *change.after))


@pytest.mark.parametrize(
    ("document", "before", "after"),
    [
        ("mirelune/privacy-policy", "unless you opt in.", "unless you opt out."),
        ("mirelune/privacy-policy", "We may review conversations", "We will review conversations"),
        ("mirelune/privacy-policy", "within 30 days", "within 90 days"),
        ("mirelune/terms-of-service", "US$500", "US$100"),
        ("hirethorn/user-agreement", "We will give you at least 30 days", "We may give you notice"),
        ("patchwren/terms-of-service", "4. Customer Code and Suggestions", "4. Customer Code and Output"),
    ],
)
def test_wording_that_shifts(texts, document, before, after):
    assert any(
        before in change.before[0].plain.replace("’", "'") and any(after in clause.plain for clause in change.after)
        for change in changes(texts, document)
        if change.before
    )


def test_class_actions_are_waived_in_the_second_edition_only(texts):
    first, second = (
        " ".join(clause.plain for clause in texts[edition]["mirelune/terms-of-service"]) for edition in EDITIONS
    )
    assert "CLASS, CONSOLIDATED OR REPRESENTATIVE PROCEEDING" in second
    assert "arbitration" not in first.lower()


def test_addresses_are_nobodys():
    with serve() as server:
        pages = [body.decode() for edition in EDITIONS for body in (server._pages[edition]).values()]
    hosts = {host for page in pages for host in re.findall(r"https?://([\w.-]+)", page)}
    mails = {host for page in pages for host in re.findall(r"[\w.-]+@([\w-]+(?:\.[\w-]+)+)", page)}
    assert all(name.endswith(".example") for name in hosts | mails)


def test_the_server_knows_what_it_sent():
    with serve() as server, Fetcher() as fetcher:
        source = Source(f"{server}/mirelune.example/privacy")
        first = fetcher.fetch(source)
        assert isinstance(first, Snapshot)
        known = Validators(first.header("etag"))
        assert isinstance(fetcher.fetch(source, known), NotModified)
        server.edition = EDITIONS[1]
        assert isinstance(fetcher.fetch(source, known), Snapshot)
        missing = fetcher.fetch(Source(f"{server}/mirelune.example/../../etc/passwd"))
        assert isinstance(missing, Failure)
        assert missing.status == "missing"


def test_only_editions_there_are():
    with serve() as server, pytest.raises(ValueError, match="2026-03, 2026-09"):
        server.edition = "2027-01"


def test_the_watchlist_can_name_the_server_itself():
    listed = loads(watchlist("http://127.0.0.1:8080"), Path("platforms.yaml"))
    assert len(listed.documents) == 7
    assert listed.documents[0].sources[0].url == "http://127.0.0.1:8080/mirelune.example/privacy"
