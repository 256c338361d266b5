"""What the tests of the reading verbs share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.reading import Reading, reader, sample


@pytest.fixture
def read(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Reading:
    """Run a verb on the sample archive."""
    sample(tmp_path / "archive")
    return reader(tmp_path / "archive", capfd, monkeypatch)
