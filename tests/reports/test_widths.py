"""Tables of the pages fit the windows that they are read in."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from policywatch.fetching import browser
from tests.cli.platforms import build
from tests.cli.reading import reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        importlib.util.find_spec("playwright") is None or browser.executable() is None, reason="no Chromium here"
    ),
]
FITS = "[...document.querySelectorAll('.scroll')].map(one => one.scrollWidth <= one.clientWidth)"


@pytest.mark.parametrize(
    ("width", "verb"),
    [(1200, ("compare",)), (420, ("compare",)), (420, ("report", "lumora"))],
    ids=["side by side", "platforms on a phone", "dossier on a phone"],
)
def test_no_column_of_the_overview_is_cut(
    width: int,
    verb: tuple[str, ...],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from playwright.sync_api import sync_playwright

    build(tmp_path / "archive")
    page = reader(tmp_path / "archive", capfd, monkeypatch)(*verb, "-f", "html").out
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser.executable(), args=["--no-sandbox"])
        try:
            window = chromium.new_page(viewport={"width": width, "height": 900})
            window.set_content(page)
            assert window.evaluate(FITS) == [True]
        finally:
            chromium.close()
