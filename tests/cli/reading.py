"""Verbs that read an archive, run in this process, and the archive they read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policywatch.archive import Archive
from policywatch.cli.app import run
from tests.archive.making import EDITIONS, add, policy
from tests.conftest import Done

TERMS = "ember-chat/terms-of-service"
Reading = Callable[..., Done]


def reader(archive: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Reading:
    """Run a verb on an archive; its code and what it printed."""
    for name in ("POLICYWATCH_CONFIG", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(archive.parent)

    def call(verb: str, *arguments: str) -> Done:
        capfd.readouterr()
        code = run([verb, *arguments, "--archive", str(archive)])
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return call


def sample(root: Path) -> Archive:
    """Two platforms' documents with a few versions."""
    archive = Archive(root)
    with archive.writing(durable=False, evidence="off") as writer:
        for text in EDITIONS:
            add(writer, text)
        add(writer, policy("# Terms", "You may use Ember Chat.", "Do not \\[abuse\\] it\x1b[31m."), TERMS)
    return archive
