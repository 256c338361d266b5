"""examples/archive is what the bundled editions produce, byte for byte."""

from __future__ import annotations

from pathlib import Path

from policywatch import demonstration

EXAMPLES = Path(__file__).parents[1] / "examples"


def files(archive: Path) -> dict[str, bytes]:
    return {
        path.relative_to(archive).as_posix(): path.read_bytes()
        for path in sorted(archive.rglob("*"))
        if path.is_file() and ".policywatch" not in path.parts
    }


def test_the_example_archive_is_made_again(tmp_path: Path) -> None:
    """When the samples or the archive's format change: `make examples`, and read the difference."""
    watchlist, archive = demonstration.start(tmp_path)
    runs = list(demonstration.runs(watchlist, archive, commit=False))
    assert [dict(run.totals) for run in runs] == [{"new": 7}, {"changed": 6, "unchanged": 1}]
    assert files(archive.root) == files(EXAMPLES / "archive")
    assert (tmp_path / "platforms.yaml").read_bytes() == (EXAMPLES / "platforms.yaml").read_bytes()
