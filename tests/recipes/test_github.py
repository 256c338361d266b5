"""The GitHub recipes, run: their shell steps in order, against a bare repository and a site on loopback."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Site
from tests.gating import INTRO, OPT_IN, OPT_OUT, Repository, page
from tests.pages import TRAINING, TRAINING_NOW, policy, reworded
from tests.recipes.actions import Ended, Hub, git

RECIPES = Path(__file__).parents[2] / "docs/recipes/github"
WORKFLOW: dict[str, Any] = yaml.load((RECIPES / "workflows/policywatch.yml").read_text("utf-8"), yaml.BaseLoader)
ACTION: dict[str, Any] = yaml.load((RECIPES / "action.yml").read_text("utf-8"), yaml.BaseLoader)
BRANCH = WORKFLOW["jobs"]["fetch"]["env"]["BRANCH"]
DOCUMENT = "lumen/privacy-policy"
CHANGED = policy(reworded(TRAINING, TRAINING_NOW))
WATCHLIST = """\
gate: {{categories: [ai-training], max_age: 7d}}
platforms:
  Lumen:
    Privacy Policy: {url}
"""

pytestmark = pytest.mark.skipif(not (shutil.which("git") and shutil.which("bash")), reason="needs git and bash")


@pytest.fixture
def hub(tmp_path: Path, site: Site) -> Hub:
    """A repository whose main branch has a watchlist of one document."""
    found = Hub(tmp_path / "hub")
    seed = tmp_path / "hub/seed"
    git(found.folder, "init", "-q", "-b", "main", "seed")
    (seed / "platforms.yaml").write_text(WATCHLIST.format(url=site.put("/privacy", policy())), "utf-8")
    git(seed, "add", "-A")
    git(seed, "commit", "-q", "-m", "watchlist")
    git(seed, "push", "-q", found.origin, "main")
    return found


def scheduled(hub: Hub) -> Ended:
    job = WORKFLOW["jobs"]["fetch"]
    return hub.run(job["steps"], {"github.ref_name": "main", "github.token": "secret"}, job["env"])


def pull_request(hub: Hub) -> Ended:
    job = WORKFLOW["jobs"]["gate"]
    return hub.run(job["steps"], {"github.base_ref": "main"}, job["env"], ref=hub.merged_ref(BRANCH))


def action(hub: Hub, **inputs: str) -> Ended:
    """The composite action after a checkout of main."""
    asked = {name: inputs.get(name, one["default"]) for name, one in ACTION["inputs"].items()}
    steps = [{"uses": "actions/checkout@v4"}, *ACTION["runs"]["steps"]]
    return hub.run(steps, {f"inputs.{name}": value for name, value in asked.items()}, {})


def versions(hub: Hub, branch: str) -> int:
    return len(git(hub.folder / "origin", "show", f"{branch}:archive/{DOCUMENT}.history.jsonl").splitlines())


def test_from_the_first_run_over_a_change_and_its_review_to_the_merge(hub: Hub, site: Site) -> None:
    first = scheduled(hub)
    assert first.code == 0, first.log
    assert hub.called("pip") == ["install policywatch"]
    assert hub.branches() == ["main", BRANCH]
    assert versions(hub, BRANCH) == 1
    calls = hub.called("gh")
    assert [call for call in calls if call.startswith("pr create --base main")]
    assert [call for call in calls if "context=gate -f state=success" in call]
    assert "gate is open" in hub.body()

    site.put("/privacy", CHANGED)
    second = scheduled(hub)  # continues the branch, and is red: nobody has looked
    assert (second.step, second.code) == ("Gate", 1), second.log
    assert versions(hub, BRANCH) == 2
    calls = hub.called("gh")
    assert not [call for call in calls if call.startswith("pr create")]
    assert [call for call in calls if call.startswith(f"pr comment {BRANCH}")]
    head = git(hub.folder / "origin", "rev-parse", BRANCH).strip()
    assert [call for call in calls if f"statuses/{head}" in call and "state=failure" in call]
    assert "<ins>" in hub.body()
    assert "<ins>" in second.summary
    assert "the gate is closed" in second.summary

    site.put("/privacy", "no", 404)
    failing = scheduled(hub)  # is told, and does not keep the run from its end
    assert failing.step == "Gate", failing.log
    assert "404" in hub.body()
    assert [call for call in hub.called("gh") if call.startswith(f"pr comment {BRANCH}")]

    closed = pull_request(hub)
    assert (closed.step, closed.code) == ("Check", 1), closed.log
    assert f"::error file=archive/{DOCUMENT}.md,line=" in closed.log
    command = next(line for line in closed.log.split("%0A") if "policywatch review" in line)
    person = hub.clone("person", BRANCH)
    reviewed = hub.run(
        [{"name": "Review", "run": f"cd {person} && {command.partition(': ')[2].strip()} --commit && git push -q"}],
        {},
        {},
    )
    assert reviewed.code == 0, reviewed.log
    opened = pull_request(hub)
    assert opened.code == 0, opened.log
    assert "the gate is open" in opened.summary

    git(person, "switch", "-q", "main")  # a squash: the branch's commits are not main's
    git(person, "merge", "-q", "--squash", f"origin/{BRANCH}")
    (person / "platforms.yaml").write_text((person / "platforms.yaml").read_text() + "# watched since today\n")
    git(person, "commit", "-q", "-a", "-m", "Policy changes")
    git(person, "push", "-q", "origin", "main")
    hub.set_open(0)
    site.put("/privacy", CHANGED)
    after = scheduled(hub)
    assert after.code == 0, after.log
    assert versions(hub, BRANCH) == 2
    assert not [call for call in hub.called("gh") if call.startswith("pr create")]  # nothing to look at
    assert "watched since today" in git(hub.folder / "origin", "show", f"{BRANCH}:platforms.yaml")


def test_a_branch_that_does_not_go_together_with_main_is_begun_anew(hub: Hub) -> None:
    person = hub.clone("person")
    for branch, text in ((BRANCH, "one archive\n"), ("main", "another\n")):
        git(person, "switch", "-q", "-C", branch, "origin/main")
        (person / "archive").mkdir(exist_ok=True)
        (person / "archive/status.jsonl").write_text(text)
        git(person, "add", "-A")
        git(person, "commit", "-q", "-m", text)
        git(person, "push", "-q", "origin", branch)
    (continued,) = [step for step in WORKFLOW["jobs"]["fetch"]["steps"] if "Continue" in step.get("name", "")]
    (checkout,) = [step for step in WORKFLOW["jobs"]["fetch"]["steps"] if "checkout" in step.get("uses", "")]
    look = {"name": "Look", "run": "git status --porcelain --branch; cat archive/status.jsonl; echo tip $TIP"}
    done = hub.run([checkout, continued, look], {}, {"BASE": "main", "BRANCH": BRANCH})
    assert done.code == 0, done.log
    tip = git(person, "rev-parse", f"origin/{BRANCH}").strip()
    assert done.log.splitlines()[-2:] == ["another", f"tip {tip}"]  # a push over that tip, and no other, will do
    assert f"## {BRANCH}" in done.log


def test_the_action_fetches(hub: Hub) -> None:
    fetched = action(hub, command="fetch", package="policywatch==1.0")
    assert (fetched.code, fetched.outputs) == (0, {"exit-code": "0"}), fetched.log
    assert hub.called("pip") == ["install policywatch==1.0"]
    assert "1 new" in fetched.summary
    assert action(hub, command="look").outputs == {"exit-code": "2"}


def test_the_action_guards(hub: Hub, capfd: pytest.CaptureFixture[str]) -> None:
    person = hub.clone("person")
    repository = Repository(person, capfd)
    repository.gate("{categories: [ai-training]}")
    for brought, text in (("old", OPT_IN), ("main", OPT_OUT)):
        repository.record(page(INTRO, text))
        git(person, "add", "-A")
        git(person, "commit", "-q", "-m", brought)
        git(person, "push", "-q", "origin", f"HEAD:{brought}")
    closed = action(hub, command="check", base="origin/old")
    assert (closed.code, closed.outputs) == (1, {"exit-code": "1"}), closed.log
    assert "::error file=archive/" in closed.log
    assert "the gate is closed" in closed.summary


def test_workflow_and_action_are_what_they_should_be() -> None:
    jobs = WORKFLOW["jobs"]
    assert set(WORKFLOW["on"]) == {"schedule", "workflow_dispatch", "pull_request"}
    assert all(len(one["cron"].split()) == 5 for one in WORKFLOW["on"]["schedule"])
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert jobs["fetch"]["concurrency"]  # two runs never write at once
    assert jobs["fetch"]["if"] == "github.event_name != 'pull_request'"
    assert jobs["gate"]["if"] == "github.event_name == 'pull_request'"
    assert "permissions" not in jobs["gate"]
    for job in jobs.values():
        for step in job["steps"]:
            # What an expression gives is a value in the environment, never a part of a script.
            assert "${{" not in step.get("run", "")
            assert ("uses" in step) != ("run" in step)
            assert "@" in step.get("uses", "@")
    assert ACTION["runs"]["using"] == "composite"
    for step in ACTION["runs"]["steps"]:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
