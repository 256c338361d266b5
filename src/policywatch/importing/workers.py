"""Worker processes that judge documents. They write nothing: what they find comes back as values, a page at a time."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue, SimpleQueue
from pathlib import Path
from queue import Empty

from policywatch.errors import PolicywatchError
from policywatch.findings import categories, categories_of
from policywatch.importing.judging import Judged, Task, by_platform, judge_together
from policywatch.taxonomy import Taxonomy
from policywatch.watchlist import Watchlist

_AHEAD = 32  # results that may wait for the writer: bounds memory
_Result = Judged | PolicywatchError


@dataclass(frozen=True, slots=True)
class Classes:
    """The categories in force, by what a process needs to load them."""

    files: tuple[Path, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, watchlist: Watchlist | None) -> Classes:
        categories_of(watchlist)  # mistakes are told here
        return cls(tuple(watchlist.taxonomy), dict(watchlist.weights)) if watchlist else cls()

    def load(self) -> Taxonomy:
        return categories(self.files, self.weights)


def judged(tasks: Sequence[Task], classes: Classes, jobs: int | None) -> Generator[Judged, None, None]:
    """What every page comes to; a document's pages in their order, the documents as they come.

    Raises what a worker raised. The workers end with the generator.
    """
    wanted = min(jobs or os.cpu_count() or 1, len(tasks))
    platforms = by_platform(tasks)
    if len(platforms) < wanted:
        platforms = [[task] for task in tasks]
    if wanted < 2:
        for own in platforms:
            yield from judge_together(own, classes.load())
        return
    context = get_context("spawn")  # a fork would carry the archive's lock and git's pipes along
    waiting: SimpleQueue[list[Task] | None] = context.SimpleQueue()
    results: Queue[_Result] = context.Queue(_AHEAD)
    workers: list[BaseProcess] = []
    try:
        for _ in range(wanted):
            worker: BaseProcess = context.Process(target=_work, args=(waiting, results, classes), daemon=True)
            worker.start()
            workers.append(worker)
        threading.Thread(target=_hand_out, args=(waiting, platforms, wanted), daemon=True).start()
        yield from _collected(results, len(tasks), workers)
    finally:
        for started in workers:
            started.terminate()
        for started in workers:
            started.join()


def _hand_out(waiting: SimpleQueue[list[Task] | None], platforms: Sequence[list[Task]], workers: int) -> None:
    for own in platforms:
        waiting.put(own)
    for _ in range(workers):
        waiting.put(None)


def _collected(results: Queue[_Result], documents: int, workers: Sequence[BaseProcess]) -> Iterator[Judged]:
    open_documents = documents
    while open_documents:
        try:
            result = results.get(timeout=1)
        except Empty:
            if any(worker.exitcode for worker in workers):
                raise PolicywatchError(
                    "a worker process died", "there may be too little memory: try fewer with --jobs"
                ) from None
            continue
        if isinstance(result, PolicywatchError):
            raise result
        open_documents -= result.day is None
        yield result


# -- in the worker -----------------------------------------------------------------------------------------------------


def _work(waiting: SimpleQueue[list[Task] | None], results: Queue[_Result], classes: Classes) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is the parent's to hear
    threading.Thread(target=_end_with_parent, daemon=True).start()
    loaded = classes.load()
    while own := waiting.get():
        try:
            for page in judge_together(own, loaded):
                results.put(page)
        except PolicywatchError as error:
            results.put(error)
            return


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
