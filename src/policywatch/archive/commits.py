"""Commits of what the archive wrote: the only caller of git.

    with commits.Repository.open(archive.root) as repository:      # None where there is no work tree
        repository.commit(paths, "character-ai/privacy-policy: 3 clauses changed (ai-training)", body, trailers, when)

Commits are built beside the user's index, from the paths given and the current head, so what the user has staged or
edited stays as it is. Signing settings are honoured; hooks are not run, since they guard what people write. Nothing
waits at a prompt: git has no terminal, no editor and a time limit.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time as clock
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from policywatch.errors import CommitError

NAME, EMAIL = "policywatch", "policywatch@localhost"
_TIMEOUT = 60.0  # seconds, for one call; a signer that needs longer waits for somebody
_ATTEMPTS = 5  # when somebody else commits at the same moment
_OURS = (".md", ".history.jsonl", "status.jsonl", ".gitattributes", ".warc.gz")


@dataclass
class Repository:
    """The work tree an archive lies in."""

    root: Path  # the archive
    prefix: str  # the archive within the work tree: "archive/", "" when it is all of it
    environment: Mapping[str, str]
    sign: bool
    _index: Path = field(repr=False)
    _committed: set[str] = field(default_factory=set, repr=False)
    _tip: tuple[str | None, str | None] | None = field(default=None, repr=False)  # the head and its tree, as last seen
    _index_of: str | None = field(default=None, repr=False)  # the commit that the index beside the user's holds

    @classmethod
    @contextlib.contextmanager
    def open(cls, root: Path) -> Iterator[Repository | None]:
        """The archive's repository for some commits; None without git, outside of a work tree, or where git ignores it.

        On the way out the user's index learns of the committed paths, so that they do not show as staged.
        Raises CommitError.
        """
        environment = _environment()
        prefix = _prefix(root, environment)
        if prefix is None:
            yield None
            return
        with tempfile.TemporaryDirectory(prefix="policywatch-") as folder:
            settings = _settings(root, environment)
            repository = cls(
                root=root,
                prefix=prefix,
                environment={**environment, **_identity(settings, environment)},
                sign=settings.get("commit.gpgsign", "").lower() in {"true", "yes", "on", "1"},
                _index=Path(folder) / "index",
            )
            try:
                yield repository
            finally:
                repository._tell_index()

    def commit(
        self,
        paths: Iterable[Path],
        subject: str,
        body: str = "",
        trailers: Sequence[tuple[str, str]] = (),
        when: datetime | None = None,
    ) -> str | None:
        """Commit the paths as they are on disk (a missing one as removed); None when they are committed already.

        ``when`` dates author and committer; default is now. Raises CommitError; the files stay as they are.
        """
        names = sorted({self._name(path) for path in (*paths, *self._attributes())})
        message = _message(subject, body, trailers)
        for _ in range(_ATTEMPTS):
            head, head_tree = self._tip = self._tip or self._look()
            tree = self._tree(head, names)
            if tree == head_tree:
                self._index_of = head
                self._committed.update(names)  # a run killed after its commit may have left the index behind
                return None
            made = self._commit_tree(tree, head, message, when or datetime.now(UTC))
            if self._move_head(made, head, subject):
                self._committed.update(names)
                self._tip, self._index_of = (made, tree), made
                return made
            self._tip = None
        raise CommitError("the branch moved with every try to commit", "the next run commits what is left")

    def leftovers(self) -> tuple[Path, ...]:
        """Files of the archive that are not committed as they are: what an earlier run could not commit."""
        self._tell_index()
        listed = self._git("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", ".")
        names = [entry[3:] for entry in listed.split("\0") if len(entry) > 3]
        within = [name.removeprefix(self.prefix) for name in names if name.startswith(self.prefix)]
        return tuple(self.root / name for name in sorted(within) if name.endswith(_OURS) and _is_ours(self.root, name))

    def committed(self, paths: Iterable[Path]) -> list[bytes | None]:
        """Files as the last commit has them; None for one that it has not."""
        return _blobs(self.root, [f"HEAD:{self._name(path)}" for path in paths], self.environment)

    def _attributes(self) -> Iterator[Path]:
        """The file that keeps git from touching line ends belongs to whatever is committed first."""
        if (self.root / ".gitattributes").exists():
            yield self.root / ".gitattributes"

    # -- steps of a commit ---------------------------------------------------------------------------------------------

    def _name(self, path: Path) -> str:
        relative = path if path.is_relative_to(self.root) else self.root / path
        relative = Path(os.path.relpath(relative, self.root))
        if ".." in relative.parts:
            raise ValueError(f"{path} is outside of the archive")
        return self.prefix + relative.as_posix()

    def _head(self) -> str | None:
        return self._git("rev-parse", "--verify", "--quiet", "HEAD", check=False).strip() or None

    def _look(self) -> tuple[str | None, str | None]:
        """The head and its tree; both None on a branch without commits."""
        head = self._head()
        return head, self._git("rev-parse", f"{head}^{{tree}}").strip() if head else None

    def _tree(self, head: str | None, names: Sequence[str]) -> str:
        own = {"GIT_INDEX_FILE": str(self._index)}
        if self._index_of != head or head is None:
            self._git("read-tree", *([head] if head else ["--empty"]), env=own)
        self._index_of = None  # ahead of the head until the commit is made
        self._git("update-index", "--add", "--remove", "-z", "--stdin", env=own, given="\0".join(names), top=True)
        return self._git("write-tree", env=own).strip()

    def _commit_tree(self, tree: str, head: str | None, message: str, when: datetime) -> str:
        date = f"@{int(when.timestamp())} +0000"
        arguments = ["commit-tree", tree, *(["-p", head] if head else []), *(["-S"] if self.sign else [])]
        try:
            dated = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
            return self._git(*arguments, env=dated, given=message).strip()
        except CommitError as error:
            if not self.sign:
                raise
            raise CommitError(
                f"the commit could not be signed: {error.message.removeprefix('git: ')}",
                "make signing work without a prompt, or turn it off here: git config commit.gpgsign false. "
                "The files are written; the next run commits them",
            ) from error

    def _move_head(self, made: str, head: str | None, subject: str) -> bool:
        try:
            self._git("update-ref", "-m", f"policywatch: {subject}", "HEAD", made, head or "0" * len(made))
        except CommitError:
            if self._head() == head:
                raise
            return False
        return True

    def _tell_index(self) -> None:
        names, self._committed = "\0".join(sorted(self._committed)), set()
        if not names:
            return
        for attempt in range(_ATTEMPTS):
            try:
                self._git("update-index", "--add", "--remove", "-z", "--stdin", given=names, top=True)
                return
            except CommitError as error:
                if "index.lock" not in error.message or attempt == _ATTEMPTS - 1:
                    raise CommitError(
                        f"committed, but the index could not be brought up to date: {error.message}",
                        "run `git reset -q -- .` in the archive once nothing else works in the repository",
                    ) from error
                clock.sleep(0.2 * (attempt + 1))

    def _git(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        given: str = "",
        check: bool = True,
        top: bool = False,
    ) -> str:
        folder = self.root
        if top:  # names on stdin count from the work tree's top
            folder = self.root.resolve().joinpath(*[".."] * self.prefix.count("/"))
        return _git(folder, *arguments, env={**self.environment, **(env or {})}, given=given, check=check)


def start_repository(folder: Path) -> bool:
    """Make a folder a git repository; False without git or where it lies in a work tree already.

    Raises CommitError.
    """
    environment = _environment()
    try:
        if _inside(folder, environment):
            return False
        _git(folder, "init", "--quiet", env=environment)
    except FileNotFoundError:
        return False
    return True


def why_not(root: Path) -> str | None:
    """Why nothing of the archive is committed; None where it is, or where git says why when it is asked to."""
    environment = _environment()
    try:
        if _prefix(root, environment) is not None:
            return None
        inside = _inside(root, environment)
    except FileNotFoundError:
        return "git is not installed"
    except CommitError:
        return None
    return "git ignores the archive" if inside else "the archive is in no git repository (`git init` starts one)"


def user_name(folder: Path) -> str | None:
    """Who git says is working here, as ``Name <email>``; None without git or an identity."""
    environment = _environment()
    try:
        settings = _settings(folder, environment)
    except (FileNotFoundError, CommitError):
        return None
    name = environment.get("GIT_AUTHOR_NAME") or settings.get("author.name") or settings.get("user.name")
    email = environment.get("GIT_AUTHOR_EMAIL") or settings.get("author.email") or settings.get("user.email")
    return f"{name} <{email}>" if name and email else name or email or None


def signatures(root: Path, limit: int = 200) -> Mapping[str, int]:
    """How the last commits of the archive are signed: git's letter (G good, N none, B bad, …) -> number."""
    environment = _environment()
    if _prefix(root, environment) is None:
        return {}
    said = _git(root, "log", f"--max-count={limit}", "--format=%G?", "--", ".", env=environment, check=False)
    letters = said.split()
    return {letter: letters.count(letter) for letter in sorted(set(letters))}


def read_at(root: Path, revision: str, suffix: str) -> Mapping[str, bytes]:
    """The archive's files of a name ending as they are in a revision: path in the archive -> bytes.

    Raises CommitError for a revision that does not exist, or without a repository.
    """
    environment = _environment()
    prefix = _prefix(root, environment)
    if prefix is None:
        raise CommitError(f"{root} is not in a git work tree", "leave out the base revision")
    listed = _git(root, "ls-tree", "-r", "-z", revision, "--", ".", env=environment)
    blobs = [entry.split("\t", 1) for entry in listed.split("\0") if entry.endswith(suffix)]
    contents = _blobs(root, [facts.split()[2] for facts, _ in blobs], environment)
    return {name: data for (_, name), data in zip(blobs, contents, strict=True) if data is not None}


# -- calling git -------------------------------------------------------------------------------------------------------


def _environment() -> dict[str, str]:
    """Ours, without what would lead git elsewhere or let it ask somebody."""
    leading = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}
    leading |= {"GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_QUARANTINE_PATH"}
    leading |= {"GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"}
    leading |= {"GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE", "GIT_DEFAULT_HASH", "GIT_GRAFT_FILE"}
    asking = {"GIT_ASKPASS", "SSH_ASKPASS", "GPG_TTY", "DISPLAY", "WAYLAND_DISPLAY", "GIT_EDITOR", "GIT_PAGER"}
    kept = {name: value for name, value in os.environ.items() if name not in leading | asking}
    return {**kept, "GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C.UTF-8"}


def _git(folder: Path, *arguments: str, env: Mapping[str, str], given: str = "", check: bool = True) -> str:
    """Run git and give its output.

    Raises CommitError when it fails (unless ``check`` is off) or takes too long, FileNotFoundError without git.
    """
    code, out, err = _run(folder, arguments, env, given.encode(errors="replace"))
    if code and (check or b"dubious ownership" in err):
        raise CommitError(
            f"git: {_reason(err.decode(errors='replace')) or f'`git {arguments[0]}` failed'}",
            "the files are written; the next run commits them",
        )
    return out.decode(errors="surrogateescape")


def _blobs(folder: Path, names: Sequence[str], env: Mapping[str, str]) -> list[bytes | None]:
    """What git has under each of these names; None where it has nothing."""
    _, answer, _ = _run(folder, ["cat-file", "--batch"], env, "".join(f"{name}\n" for name in names).encode())
    found: list[bytes | None] = []
    at = 0
    for _ in names:
        start = answer.index(b"\n", at) + 1
        said = answer[at:start].split()
        size = int(said[-1]) if said[-1].isdigit() else -1  # "NAME missing"
        found.append(answer[start : start + size] if size >= 0 else None)
        at = start + size + 1
    return found


def _reason(said: str) -> str:
    """What git (or a signer that it called) gave as its reason, without its advice."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    reasons = [line for line in lines if line.startswith(("error:", "fatal:"))]
    return "; ".join(line.partition(": ")[2] for line in reasons) or " ".join(lines[-3:])


def _run(folder: Path, arguments: Sequence[str], env: Mapping[str, str], given: bytes) -> tuple[int, bytes, bytes]:
    process = subprocess.Popen(
        ["git", *arguments],
        cwd=folder,
        env=dict(env),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # no terminal to ask at, and one group to stop
    )
    try:
        out, err = process.communicate(given, timeout=_TIMEOUT)
    except BaseException as error:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise CommitError(
                f"git: no answer from `git {arguments[0]}` within {_TIMEOUT:.0f} s",
                "the files are written; the next run commits them",
            ) from None
        raise
    return process.returncode, out, err


def _inside(folder: Path, environment: Mapping[str, str]) -> bool:
    return _git(folder, "rev-parse", "--is-inside-work-tree", env=environment, check=False).strip() == "true"


def _prefix(root: Path, environment: Mapping[str, str]) -> str | None:
    """The archive's place in its work tree, None where there is nothing to commit to."""
    if not root.is_dir():
        return None
    try:
        said = _git(root, "rev-parse", "--is-inside-work-tree", "--show-prefix", env=environment, check=False)
    except FileNotFoundError:
        return None
    inside, _, prefix = said.partition("\n")
    if inside != "true":
        return None
    prefix = prefix.rstrip("\n")
    # A work tree that ignores what lies in the archive does not want it; a rule for one kind of file does not say so.
    ignored = _git(root, "check-ignore", "--no-index", "anything", env=environment, check=False).strip()
    return None if ignored else prefix


def _settings(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """What git is told about identity and signing; the last word on each."""
    pattern = r"^(user|author|committer)\.(name|email)$|^commit\.gpgsign$"
    said = _git(folder, "config", "-z", "--get-regexp", pattern, env=environment, check=False)
    pairs = (entry.partition("\n") for entry in said.split("\0") if entry)
    # A key without a value is git's short way of saying true.
    return {key.lower(): value if parted else "true" for key, parted, value in pairs}


def _identity(settings: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """A name and an address for those that nobody has set: git would guess them from the machine, or give up."""
    found = {}
    for role in ("author", "committer"):
        for part, ours in (("name", NAME), ("email", EMAIL)):
            variable = f"GIT_{role.upper()}_{part.upper()}"
            told = environment.get(variable) or settings.get(f"{role}.{part}") or settings.get(f"user.{part}")
            if not told and not (part == "email" and environment.get("EMAIL")):
                found[variable] = ours
    return found


def _message(subject: str, body: str, trailers: Sequence[tuple[str, str]]) -> str:
    parts = [" ".join(subject.split()), body.strip()]
    parts.append("\n".join(f"{key}: {' '.join(value.split())}" for key, value in trailers))
    return "\n\n".join(part for part in parts if part).replace("\0", "") + "\n"


def _is_ours(root: Path, name: str) -> bool:
    """Whether a file is one that runs write: people's own files in the folder are left alone."""
    if name.startswith("reviews/"):
        return False
    if name.endswith(".md"):
        return (root / (name.removesuffix(".md") + ".history.jsonl")).exists()
    return True
