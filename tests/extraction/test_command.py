"""``policywatch extract``, through the installed command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policywatch.extraction.markdown import parse
from tests.conftest import Command
from tests.extraction.pdf_writer import column, pdf

_WORDS = "We process personal data with your consent, under the law, and share it with no third party."
_PAGE = (
    f"<!doctype html><html><body><main><h1>Privacy</h1><p>{_WORDS} <a href='/more'>More.</a></p>"
    "<p class=ad>Subscribe to our policy newsletter and agree to our terms.</p></main><nav>Menu</nav></body></html>"
)
_BROKEN = "<!doctype html><html><body><h1>Page not found</h1><p>The page was not found.</p></body></html>"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    (folder / "nimbus").mkdir(parents=True)
    (folder / "nimbus" / "privacy.html").write_text(_PAGE, encoding="utf-8")
    (folder / "nimbus" / "privacy.pdf").write_bytes(pdf([column(["# Privacy", "", _WORDS])]))
    (folder / "rules.txt").write_text(f"RULES\n\n{_WORDS}\n", encoding="utf-8")
    (folder / "terms.md").write_text(f"# Terms\n\n{_WORDS}\n", encoding="utf-8")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    return folder


def test_one_page_is_printed_as_the_archive_would_hold_it(policywatch: Command, pages: Path) -> None:
    done = policywatch("extract", pages / "nimbus" / "privacy.html", "--url", "https://nimbus.example/privacy")
    front, clauses = parse(done.out)
    assert (done.code, done.err) == (0, "")
    assert (front.title, front.language, front.sources) == ("Privacy", "en", ("https://nimbus.example/privacy",))
    assert clauses[1].text.startswith(f"{_WORDS} [More.](https://nimbus.example/more)")


def test_select_and_remove_take_over(policywatch: Command, pages: Path) -> None:
    page = pages / "nimbus" / "privacy.html"
    assert "newsletter" not in policywatch("extract", page, "--remove", ".ad", "--remove", "nav").out
    selected = parse(policywatch("extract", page, "--select", "h1", "--select", "main > p:not(.ad)").out)[1]
    assert [clause.kind for clause in selected] == ["heading", "paragraph"]


def test_a_folder_is_walked_into_the_same_shape(policywatch: Command, pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = policywatch("extract", pages, "-o", out)
    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert done.code == 0
    assert written == ["nimbus/privacy.md", "nimbus/privacy.pdf.md", "rules.md", "terms.md"]
    for path in out.rglob("*.md"):
        assert _WORDS in path.read_text("utf-8")
    assert "4 pages extracted" in done.err


def test_the_output_folder_is_not_walked_again(policywatch: Command, pages: Path) -> None:
    for _ in range(2):
        assert "4 pages" in policywatch("extract", pages, "-o", pages / "text").err


def test_many_files_come_out_in_order(policywatch: Command, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"RULE NUMBER {number}\n\n{_WORDS}\n", encoding="utf-8")
    done = policywatch("extract", folder, "--format", "jsonl")
    titles = [json.loads(line)["title"] for line in done.out.splitlines()]
    assert titles == [f"RULE NUMBER {number}" for number in range(40)]


def test_where_a_guard_would_hold_it_warns_and_goes_on(policywatch: Command, pages: Path) -> None:
    broken = pages / "broken.html"
    broken.write_text(_BROKEN, encoding="utf-8")
    done = policywatch("extract", broken)
    assert done.code == 0
    assert "# Page not found" in done.out
    assert "broken.html: invalid: an error page" in done.err
    assert policywatch("extract", broken, "-q").err == ""


def test_unreadable_files_are_named_and_the_others_done(policywatch: Command, pages: Path, tmp_path: Path) -> None:
    (pages / "empty.html").write_bytes(b"")
    (pages / "scan.pdf").write_bytes(pdf([[]]))
    done = policywatch("extract", pages, pages / "missing.html", "-o", tmp_path / "out")
    assert done.code == 3
    assert "empty.html: the body is empty" in done.err
    assert "scan.pdf: the PDF has no text layer" in done.err
    assert "missing.html: No such file or directory" in done.err
    assert "4 pages extracted, 3 could not be read" in done.err
    assert (tmp_path / "out" / "terms.md").exists()


def test_json_says_how_sure_it_is_and_where_clauses_stand(policywatch: Command, pages: Path) -> None:
    done = policywatch("extract", pages / "terms.md", pages / "rules.txt", "--format", "json")
    shown = json.loads(done.out)
    assert shown["schema"] == "policywatch/texts/1"
    first = shown["documents"][0]
    assert (first["title"], first["language"], first["confidence"]) == ("Terms", "en", 1.0)
    assert first["clauses"][1]["heading"] == "Terms"
    assert first["clauses"][1]["text"] == _WORDS


def test_an_unknown_format_is_a_usage_error(policywatch: Command, pages: Path) -> None:
    done = policywatch("extract", pages, "--format", "jsn")
    assert done.code == 2
    assert "did you mean" in done.err
