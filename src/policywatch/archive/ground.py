"""What lies in an archive's folder, file by file: what cannot be read is told by name and keeps nothing else back."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

PERMIT = "make it readable for the user that runs this"
_DEPTH = 5  # folders and file of what lies deepest: .policywatch/evidence/PLATFORM/DOCUMENT/FILE
Tell = Callable[[str, str, str | None], None]  # a name in the archive, what is the matter, what to do if that is known


class Ground:
    """The archive's ``files`` and ``folders`` by their names in it, sorted; ``unreadable`` has those told so far."""

    def __init__(self, root: Path, tell: Tell) -> None:
        self.root = root
        self.unreadable: set[str] = set()
        self._tell = tell
        self.files, self.folders = self._listed()

    def _listed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        files: list[str] = []
        folders: list[str] = []
        for place, below, names in os.walk(self.root, onerror=self._closed):
            if ".git" in below:
                below.remove(".git")
            here = Path(place).relative_to(self.root)
            files.extend((here / name).as_posix() for name in names)
            folders.extend((here / name).as_posix() for name in below)
            if len(here.parts) >= _DEPTH - 1:
                below.clear()
        return tuple(sorted(files)), tuple(sorted(folders))

    def _closed(self, error: OSError) -> None:
        if isinstance(error, FileNotFoundError):
            return
        name = Path(error.filename).relative_to(self.root).as_posix()
        self._tell(name, f"the folder cannot be read: {error.strerror}", PERMIT)

    def below(self, folder: str) -> Iterator[str]:
        """FOLDER/PLATFORM/DOCUMENT/FILE, whatever the last is: a folder that stands in a file's place is told later."""
        for name in sorted((*self.files, *self.folders)):
            own = name.removeprefix(f"{folder}/")
            if own != name and own.count("/") == 2:
                yield name

    def readable(self, name: str) -> bool:
        """Whether a file can be read, or is not there at all; one that is there and cannot be is told, once."""
        if name not in self.unreadable:
            path = self.root / name
            with self.naming(name):
                if path.is_file():
                    path.open("rb").close()
                elif path.is_dir():
                    self._unreadable(name, "a folder stands in its place")
                elif path.is_symlink():
                    self._unreadable(name, "a link that leads nowhere stands in its place")
                elif path.exists():
                    self._unreadable(name, "it is no regular file")
        return name not in self.unreadable

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None where there is none, and where it cannot be read."""
        found = None
        if self.readable(name):
            with self.naming(name), contextlib.suppress(FileNotFoundError, NotADirectoryError):
                found = (self.root / name).read_bytes()
        return found

    @contextlib.contextmanager
    def naming(self, name: str) -> Iterator[None]:
        """What the machine has against reading a file is told of this file alone."""
        try:
            yield
        except OSError as error:
            self._unreadable(name, f"cannot be read: {error.strerror}", PERMIT)

    def _unreadable(self, name: str, message: str, hint: str | None = None) -> None:
        self.unreadable.add(name)
        self._tell(name, message, hint)
