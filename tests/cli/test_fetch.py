"""`policywatch fetch` through the front door: the installed command, a real server, a real repository."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from policywatch.archive import records
from policywatch.cli.running import chosen
from policywatch.errors import UsageError
from policywatch.watchlist import load
from tests.conftest import Command, Site, command_path
from tests.pages import SECTIONS, TRAINING, TRAINING_NOW, policy, reworded

CHANGED = reworded(TRAINING, TRAINING_NOW)
GONE = (
    "<html><title>Not here</title><main><h1>This page isn't available</h1><p>The link may be broken.</p></main></html>"
)
CHALLENGE = "<!doctype html><title>Just a moment...</title><h1>Checking your browser before accessing</h1>"


def watch(folder: Path, **documents: str) -> Path:
    """Write a watchlist of one platform."""
    rows = "".join(f'    "{name.replace("_", " ")}": {url}\n' for name, url in documents.items())
    path = folder / "platforms.yaml"
    path.write_text(f"defaults: {{timeout: 5, settle: 24h}}\nplatforms:\n  Lumen:\n{rows}", "utf-8")
    return path


def statuses(out: str) -> dict[str, str]:
    return {one["document"]: one["status"] for one in json.loads(out)["documents"]}


def back_dated(folder: Path, hours: int) -> None:
    """Move what the status file remembers into the past, as if the last runs had been that long ago."""
    path = folder / "archive/status.jsonl"
    moved = []
    for line in path.read_bytes().splitlines():
        known = records.read_status(line)
        pending = known.pending
        if pending:
            pending = replace(pending, first_seen=pending.first_seen - timedelta(hours=hours))
            known = replace(known, pending=pending)
        moved.append(known)
    path.write_bytes(records.status_file(moved))


def test_a_change_is_recorded_shown_and_summed_up(policywatch: Command, site: Site, tmp_path: Path) -> None:
    watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()))
    first = policywatch("fetch")
    assert first.code == 0, first.err
    assert "1 new" in first.err
    text = (tmp_path / "archive/lumen/privacy-policy.md").read_text("utf-8")
    assert TRAINING in text
    assert "Careers" not in text
    site.put("/privacy", policy(CHANGED, updated="June 1, 2026"))
    second = policywatch("fetch", "--exit-code")
    assert second.code == 1, second.err
    assert "[-" in second.out
    assert "{+" in second.out
    assert "AI" in second.out  # the category, by its title
    assert "not legal advice" in second.out
    again = policywatch("fetch", "-q")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_noise_is_no_version(inside: Command, site: Site, tmp_path: Path) -> None:
    watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()))
    inside("fetch")
    noisy = policy(updated="2 March 2026", banner="<div class='cookie-banner'><p>We use cookies. Accept all?</p></div>")
    site.put("/privacy", noisy.replace("'/blog'", "'/blog?utm_source=x'").replace("Ltd. handles", "Ltd.\u00a0handles"))
    done = inside("fetch", "--format", "json")
    assert statuses(done.out) == {"lumen/privacy-policy": "unchanged"}
    assert done.out
    assert len((tmp_path / "archive/lumen/privacy-policy.history.jsonl").read_text().splitlines()) == 1


def test_statuses_reasons_and_exit_codes(inside: Command, site: Site, tmp_path: Path) -> None:
    pages = {
        "good": site.put("/good", policy()),
        "gone": site.url + "/gone",
        "shut": site.put("/shut", CHALLENGE, 403),
        "error": site.put("/error", GONE),
        "empty": site.put("/empty", ""),
        "down": "http://127.0.0.1:9/down",
    }
    watch(tmp_path, **pages)
    done = inside("fetch", "--format", "json")
    assert done.code == 3
    assert statuses(done.out) == {
        "lumen/good": "new",
        "lumen/gone": "missing",
        "lumen/shut": "blocked",
        "lumen/error": "invalid",
        "lumen/empty": "invalid",
        "lumen/down": "failed",
    }
    assert all(one["reason"] for one in json.loads(done.out)["documents"] if one["status"] != "new")
    assert "lumen/gone" in done.err
    assert inside("fetch", "good").code == 0
    told = inside("status")
    assert "missing" in told.out
    assert str(datetime.now(UTC).date()) in told.out


def test_the_json_contract(inside: Command, site: Site, tmp_path: Path) -> None:
    watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()))
    inside("fetch")
    site.put("/privacy", policy(CHANGED))
    found = json.loads(inside("fetch", "--format", "json").out)
    assert found["schema"] == "policywatch/run/1"
    assert found["totals"] == {"changed": 1}
    row = found["documents"][0]
    assert (row["document"], row["status"], row["version"]) == ("lumen/privacy-policy", "changed", 2)
    changes = row["changes"]
    assert changes["schema"] == "policywatch/changes/1"
    assert (changes["from"]["version"], changes["to"]["version"]) == (1, 2)
    (change,) = changes["changes"]
    assert change["kind"] == "reworded"
    assert change["categories"][0] == "ai-training"
    lines = (tmp_path / "archive/lumen/privacy-policy.md").read_text("utf-8").splitlines()
    (after,) = change["after"]
    assert lines[after["line"] - 1].startswith(after["text"].split(". ")[0])
    assert "".join(text for op, text in change["words"] if op in "=-") == change["before"][0]["text"]
    assert {"may", "will"} <= {word for one in change["signals"] for word in (one["before"], one["after"])}


def test_every_change_is_a_commit_of_its_own_and_nothing_else_is_touched(
    inside: Command, site: Site, tmp_path: Path
) -> None:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    git("init", "-q")
    watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()), Terms=site.put("/terms", policy(SECTIONS[:4])))
    (tmp_path / "notes.txt").write_text("mine")
    inside("fetch")
    assert "2 documents: first versions" in git("log", "--format=%s")
    site.put("/privacy", policy(CHANGED))
    inside("fetch")
    subjects = git("log", "--format=%s").splitlines()
    assert any(one.startswith("lumen/privacy-policy: 1 clause changed (ai-training") for one in subjects)
    assert "Policywatch-Version: 2" in git("log", "--format=%B")
    assert git("status", "--porcelain", "-uall").split() == ["??", "notes.txt", "??", "platforms.yaml"]


def test_a_run_commits_what_it_wrote_and_no_file_that_somebody_altered(
    inside: Command, site: Site, tmp_path: Path
) -> None:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    git("init", "-q")
    watch(tmp_path, **{name: site.put(f"/{name}", policy()) for name in ("privacy", "terms", "rules", "gone")})
    inside("fetch")
    folder = tmp_path / "archive/lumen"
    good = (folder / "privacy.md").read_text("utf-8")
    for name in ("privacy", "terms"):
        (folder / f"{name}.md").write_text(good.replace("may", "must"), "utf-8")
    (folder / "gone.history.jsonl").unlink()
    site.put("/rules", policy(CHANGED))
    done = inside("fetch", "--only", "lumen/privacy", "--only", "lumen/rules")
    assert done.code == 3
    assert "is not the text of version 1" in " ".join(done.err.split())
    left = "archive/lumen/gone.history.jsonl, archive/lumen/privacy.md, archive/lumen/terms.md"
    assert f"Not committed, since not as recorded: {left}.\n" in done.err
    subjects = git("log", "-2", "--format=%s").splitlines()
    assert subjects[0].startswith("status: 1 seen, 1 failed on ")
    assert subjects[1].startswith("lumen/rules: 1 clause changed")
    assert git("status", "--porcelain", "-uno").split() == [
        "D", "archive/lumen/gone.history.jsonl", "M", "archive/lumen/privacy.md", "M", "archive/lumen/terms.md",
    ]  # fmt: skip
    git("checkout", "--", "archive")
    assert (folder / "privacy.md").read_text("utf-8") == good
    again = inside("fetch")
    assert (again.code, "Not committed" in again.err) == (0, False)
    assert git("log", "-1", "--format=%s").startswith("status: 4 documents seen on ")
    assert inside("verify").code == 0


def test_the_log_names_files_left_out_of_a_commit(inside: Command, site: Site, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    watch(tmp_path, privacy=site.put("/privacy", policy()), terms=site.put("/terms", policy()))
    inside("fetch")
    history = tmp_path / "archive/lumen/terms.history.jsonl"
    history.write_text(history.read_text("utf-8").replace('"first"', '"change"'), "utf-8")
    done = inside("fetch", "lumen/privacy", "-q", "--log-format", "json")
    end = json.loads(done.err.splitlines()[-1])
    assert (end["event"], end["level"]) == ("end", "warning")
    assert end["not_committed"] == ["lumen/terms.history.jsonl"]


def test_the_worst_category_is_named_first_however_often_others_changed(
    inside: Command, site: Site, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    colours = ("amber", "blue", "cyan", "dun", "ecru")
    paid = [f"The {one} plan costs a monthly fee that we charge to your payment card." for one in colours]
    watch(tmp_path, Privacy_Policy=site.put("/privacy", policy([*SECTIONS, ("Fees", paid)])))
    inside("fetch")
    paid = [one.replace("a monthly fee", "an annual subscription fee") for one in paid]
    site.put("/privacy", policy([*CHANGED, ("Fees", paid)]))
    found = json.loads(inside("fetch", "--format", "json").out)
    counted = {name: sum(kinds.values()) for name, kinds in found["documents"][0]["changes"]["categories"].items()}
    assert next(iter(counted)) != "ai-training"  # others changed more often
    (newest, _) = json.loads(inside("log", "--format", "json").out)["versions"]
    assert newest["categories"][0] == "ai-training"
    assert set(newest["categories"]) == set(counted)
    assert "AI" in inside("log").out.splitlines()[0]
    said = subprocess.run(["git", "log", "-2", "--format=%s"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "clauses changed (ai-training, " in said.stdout


def test_dry_run_writes_nothing(inside: Command, site: Site, tmp_path: Path) -> None:
    watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()))
    assert inside("fetch", "--dry-run").code == 0
    assert not (tmp_path / "archive").exists()
    inside("fetch")
    before = {path: path.read_bytes() for path in (tmp_path / "archive").rglob("*") if path.is_file()}
    site.put("/privacy", policy(CHANGED))
    shown = inside("fetch", "--dry-run")
    assert "{+will+}" in shown.out
    assert {path: path.read_bytes() for path in (tmp_path / "archive").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("fresh", [False, True])
def test_flips_errors_and_halves(inside: Command, site: Site, tmp_path: Path, fresh: bool) -> None:
    """A, B, A, B; then an error; also from a fresh checkout with an empty cache each time."""
    watch(tmp_path, Privacy_Policy=site.url + "/privacy")

    def seen(body: str, status: int = 200) -> str:
        site.put("/privacy", body, status, ETag=f'"{hash(body)}"')
        if fresh and (tmp_path / "archive/.policywatch").exists():
            for path in sorted((tmp_path / "archive/.policywatch").rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()
        return statuses(inside("fetch", "--format", "json").out)["lumen/privacy-policy"]

    one, other, half = policy(), policy(CHANGED), policy(SECTIONS[:2])
    assert [seen(body) for body in (one, other, one, other, one)] == [
        "new", "changed", "flapping", "unchanged", "flapping",
    ]  # fmt: skip
    back_dated(tmp_path, 73)
    assert seen(one) == "changed"  # it has stood three times as long
    assert [seen(GONE), seen(one)] == ["invalid", "unchanged"]
    assert [seen(half), seen(one), seen(half)][:2] == ["pending", "unchanged"]
    back_dated(tmp_path, 73)
    assert seen(half) == "changed"
    history = (tmp_path / "archive/lumen/privacy-policy.history.jsonl").read_text().splitlines()
    assert len(history) == 4


def test_half_of_a_text_waits_a_day(inside: Command, site: Site, tmp_path: Path) -> None:
    watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()))
    inside("fetch")
    site.put("/privacy", policy(SECTIONS[:2]))
    for _ in range(2):
        assert statuses(inside("fetch", "--format", "json").out) == {"lumen/privacy-policy": "pending"}
        assert "it counts once it has stood for 1 day" in inside("fetch").err
    back_dated(tmp_path, 25)
    assert statuses(inside("fetch", "--format", "json").out) == {"lumen/privacy-policy": "changed"}


def test_failures_are_told_when_they_begin_and_when_they_end(inside: Command, site: Site, tmp_path: Path) -> None:
    watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()))
    inside("fetch")
    site.put("/privacy", "no", 404)
    begun = inside("fetch", "-q")
    assert begun.code == 3
    assert "404" in begun.err
    assert inside("fetch", "-q").err == ""  # told today already
    site.put("/privacy", policy())
    ended = inside("fetch", "-q")
    assert ended.code == 0
    assert "works again" in ended.err


def test_a_stopped_run_ends_at_once_and_the_next_continues(inside: Command, site: Site, tmp_path: Path) -> None:
    with socket.socket() as silent:  # accepts and never answers
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        slow = f"http://127.0.0.1:{silent.getsockname()[1]}/slow"
        watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()), Slow=slow)
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        run = subprocess.Popen([command_path(), "fetch"], cwd=tmp_path, env=clean, stderr=subprocess.PIPE, text=True)
        until = time.monotonic() + 10
        while not (tmp_path / "archive/lumen/privacy-policy.md").exists() and time.monotonic() < until:
            time.sleep(0.02)
        run.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert run.wait(timeout=10) == 130
        assert time.monotonic() - started < 2
    assert inside("verify").code == 0
    assert inside("fetch", "privacy-policy").code == 0


def test_a_killed_run_leaves_an_archive_that_verifies(inside: Command, site: Site, tmp_path: Path) -> None:
    documents = {f"Policy_{number}": site.put(f"/{number}", policy(SECTIONS[number % 3 :])) for number in range(12)}
    watch(tmp_path, **documents)
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    run = subprocess.Popen([command_path(), "fetch"], cwd=tmp_path, env=clean, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 10
    while not list((tmp_path / "archive").glob("lumen/*.md")) and time.monotonic() < until:
        time.sleep(0.005)
    run.kill()
    run.wait()
    assert inside("verify").code == 0
    done = inside("fetch", "--format", "json")
    assert set(statuses(done.out).values()) <= {"new", "unchanged"}
    assert len(list((tmp_path / "archive/lumen").glob("*.md"))) == 12
    assert all(len(path.read_text().splitlines()) == 1 for path in (tmp_path / "archive").rglob("*.history.jsonl"))
    assert inside("verify").code == 0


def test_sources_are_joined_and_one_that_is_gone_puts_the_text_in_doubt(
    inside: Command, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "platforms.yaml").write_text(
        f"platforms:\n  Lumen:\n    Privacy Policy:\n      sources:\n"
        f"        - {site.put('/a', policy(SECTIONS[:4]))}\n        - {site.put('/b', policy(SECTIONS[4:]))}\n"
    )
    assert statuses(inside("fetch", "--format", "json").out) == {"lumen/privacy-policy": "new"}
    text = (tmp_path / "archive/lumen/privacy-policy.md").read_text("utf-8")
    assert "Retention" in text
    assert TRAINING in text
    site.put("/b", "gone", 404)
    done = inside("fetch", "--format", "json")
    assert statuses(done.out) == {"lumen/privacy-policy": "pending"}
    assert "/b" in json.loads(done.out)["documents"][0]["reason"]


def test_another_selector_is_an_upgrade_not_the_platforms_change(inside: Command, site: Site, tmp_path: Path) -> None:
    path = watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()))
    inside("fetch")
    path.write_text(
        "platforms:\n  Lumen:\n    Privacy Policy:\n"
        f"      {{url: {site.url}/privacy, select: main, remove: 'main > p:first-of-type'}}\n"
    )
    assert statuses(inside("fetch", "--format", "json").out) == {"lumen/privacy-policy": "upgraded"}
    history = (tmp_path / "archive/lumen/privacy-policy.history.jsonl").read_text().splitlines()
    assert json.loads(history[-1])["kind"] == "upgrade"


def test_browser_documents_are_skipped_in_one_line_without_it(inside: Command, site: Site, tmp_path: Path) -> None:
    try:
        import playwright  # noqa: F401
    except ImportError:
        pass
    else:
        pytest.skip("the browser extra is installed here")
    rows = "".join(f"    Doc {n}: {{url: {site.url}/{n}, render: browser}}\n" for n in range(3))
    (tmp_path / "platforms.yaml").write_text(f"platforms:\n  Lumen:\n{rows}")
    done = inside("fetch")
    assert done.code == 0
    assert done.err.count("policywatch[browser]") == 1


def test_usage_errors(inside: Command, tmp_path: Path) -> None:
    nothing = inside("fetch")
    assert nothing.code == 2
    assert "policywatch init" in nothing.err
    (tmp_path / "platforms.yaml").write_text("platforms:\n  Lumen:\n    Terms: htp://lumen.example\n")
    wrong = inside("fetch")
    assert wrong.code == 2
    assert "platforms.yaml:3:5" in wrong.err
    watch(tmp_path, Terms="http://127.0.0.1:9/")
    assert "did you mean" in inside("fetch", "lumne").err
    assert "did you mean" in inside("fetch", "--only", "lumen", "--only", "lumne").err
    assert inside("fetch", "--format", "docx").code == 2


def test_only_narrows_what_targets_name(tmp_path: Path) -> None:
    path = watch(tmp_path, Privacy_Policy="http://127.0.0.1:9/", Terms="http://127.0.0.1:9/", Ads="http://127.0.0.1:9/")
    watchlist = load(path)

    def ids(targets: list[str] | None, *only: str) -> list[str]:
        return [one.id.partition("/")[2] for one in chosen(watchlist, targets, list(only))]

    assert sorted(ids(None, "*/terms", "lumen/a*")) == ["ads", "terms"]
    assert ids(["terms"], "lumen") == ["terms"]
    with pytest.raises(UsageError, match="no document of the watchlist"):
        ids(["terms"], "ads")


def test_another_word_is_not_taken_for_a_name(inside: Command, tmp_path: Path) -> None:
    (tmp_path / "platforms.yaml").write_text("platforms:\n  Vestra:\n    Terms: https://o.example/terms\n")
    assert "did you mean" not in inside("fetch", "--only", "nope").err
    assert "did you mean vestra" in inside("fetch", "--only", "vestr").err


def test_names_in_the_gate_that_mean_nothing_are_refused_before_anything_is_fetched(
    inside: Command, site: Site, tmp_path: Path
) -> None:
    path = watch(tmp_path, Privacy_Policy=site.put("/privacy", policy()))
    path.write_text("gate: {categories: [ai-trainig]}\n" + path.read_text())
    done = inside("fetch")
    assert done.code == 2
    assert "platforms.yaml:1:21: gate › categories[1]: no such category, found 'ai-trainig'" in done.err
    assert site.asked == []


def test_status_says_since_when_a_text_stands_and_since_when_another_fails(
    inside: Command, site: Site, tmp_path: Path
) -> None:
    watch(tmp_path, good=site.put("/good", policy()), gone=site.url + "/gone")
    inside("fetch")
    inside("fetch")
    lines = [line.split() for line in inside("status", "--all").out.splitlines()]
    today = str(datetime.now(UTC).date())
    assert ["lumen/good", "unchanged", *f"version 1 of {today} last seen {today}".split()] in lines
    assert ["lumen/gone", "missing", *f"since {today} no version yet never seen".split()] in lines


def test_a_dry_run_lists_every_failure_and_names_no_command_that_knows_nothing_of_them(
    inside: Command, site: Site, tmp_path: Path
) -> None:
    watch(tmp_path, **{f"page{number}": f"{site.url}/{number}" for number in range(20)})
    done = inside("fetch", "--dry-run")
    assert done.err.count("lumen/page") == 20
    assert "policywatch status" not in done.err
    assert "… and 8 more; see policywatch status" in inside("fetch").err


def test_what_may_pass_is_said_to_be_asked_for_again(inside: Command, site: Site, tmp_path: Path) -> None:
    watch(tmp_path, busy=site.put("/busy", "later", 503, **{"Retry-After": "9999"}))
    done = " ".join(inside("fetch").err.split())
    assert "lumen/busy HTTP 503" in done
    assert "the next run asks again" in done
    assert "render: browser" not in done
