"""The recipes for machines: the cron line is run, the systemd units are verified."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest

from policywatch.cli.app import run
from tests.conftest import Site, command_path
from tests.pages import TRAINING, TRAINING_NOW, policy, reworded

RECIPES = Path(__file__).parents[2] / "docs/recipes"


def crontab() -> tuple[dict[str, str], list[str], str]:
    """The environment, the five fields and the command of the one line."""
    lines = [line for line in (RECIPES / "crontab").read_text().splitlines() if line and not line.startswith("#")]
    settings = dict(line.split("=", 1) for line in lines[:-1])
    *fields, command = lines[-1].split(None, 5)
    return settings, fields, command


def test_the_cron_line_has_fields_that_cron_takes() -> None:
    settings, fields, command = crontab()
    bounds = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    assert len(fields) == 5
    for field, (low, high) in zip(fields, bounds, strict=True):
        assert field == "*" or all(low <= int(part) <= high for part in field.split(","))
    assert "%" not in command  # cron would make a line break of it
    assert {"MAILTO", "PATH"} <= set(settings)


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_cron_mails_changes_and_failures_and_nothing_else(tmp_path: Path, site: Site) -> None:
    settings, _, command = crontab()
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "platforms.yaml").write_text(
        f"platforms:\n  Lumen:\n    Privacy Policy: {site.put('/privacy', policy())}\n"
    )

    def mail() -> str:
        path = f"{Path(sys.executable).parent}:{settings['PATH']}"
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=tmp_path,
            env={"HOME": str(tmp_path), "PATH": path, "SHELL": "/bin/sh", "LOGNAME": "ada"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout

    assert mail() == ""
    site.put("/privacy", policy(reworded(TRAINING, TRAINING_NOW)))
    assert "{+will+}" in mail()
    site.put("/privacy", "no", 404)
    assert "404" in mail()


# -- systemd -----------------------------------------------------------------------------------------------------------

HARDENED = {
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes",
    "ProtectControlGroups": "yes",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "MemoryDenyWriteExecute": "yes",
    "SystemCallArchitectures": "native",
}


def unit(name: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(RECIPES / "systemd" / name)
    return parser


def test_the_service_is_locked_down_and_calls_a_verb_that_exists(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    service = unit("policywatch.service")["Service"]
    assert {key: service.get(key) for key in HARDENED} == HARDENED
    assert service["ReadWritePaths"] == service["WorkingDirectory"]
    assert (service["User"], service["Type"], service["SuccessExitStatus"]) == ("policywatch", "oneshot", "3")
    binary, verb, *options = service["ExecStart"].split()
    assert (Path(binary).name, verb) == ("policywatch", "fetch")
    monkeypatch.setenv("COLUMNS", "200")
    assert run([verb, "--help"]) == 0
    shown = capfd.readouterr().out
    assert all(option in shown for option in options if option.startswith("--"))


def test_the_timer_starts_the_service() -> None:
    timer = unit("policywatch.timer")
    assert timer["Timer"]["OnCalendar"]
    assert timer["Timer"]["Persistent"] == "yes"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_systemd_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    text = (RECIPES / "systemd/policywatch.service").read_text()
    (tmp_path / "policywatch.service").write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={command_path()}", text))
    shutil.copy(RECIPES / "systemd/policywatch.timer", tmp_path)
    files = [str(tmp_path / name) for name in ("policywatch.service", "policywatch.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "policywatch" in line]
    assert (done.returncode, ours) == (0, [])
    calendar = unit("policywatch.timer")["Timer"]["OnCalendar"]
    assert subprocess.run(["systemd-analyze", "calendar", calendar], capture_output=True, check=False).returncode == 0
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", files[0]],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" not in judged.stderr:  # older than 250
        assert judged.returncode == 0, judged.stdout[-300:]
