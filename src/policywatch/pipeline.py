"""The public Python API: ``run(watchlist, archive) -> Run``. The only place that knows the whole way.

Reading (fetch, extract) is done by an executor's workers; judging and recording by the caller's thread alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from urllib.parse import urlsplit

from policywatch.archive import Archive
from policywatch.archive.cache import Cache
from policywatch.archive.writing import Writer
from policywatch.committing import commit_run
from policywatch.fetching import Settings
from policywatch.model import Document, Failure, Outcome, Run, Snapshot, Validators
from policywatch.observation import Known, Observation, observe
from policywatch.recording import Recorder
from policywatch.taxonomy import load as load_taxonomy
from policywatch.watchlist import Defaults, Watchlist

WORKERS = 32  # sized to the network: nearly all of a worker's time is waiting

Reader = Callable[[Document, Settings, Known], Observation | Failure]
Watcher = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How a run behaves."""

    commit: bool = True  # to git, where the archive is in a work tree
    dry_run: bool = False  # judge and compare, write nothing
    wait: float = 10.0  # seconds for another run to finish
    settings: Settings | None = None  # of fetching; default: the watchlist's


def run(
    watchlist: Watchlist,
    archive: Archive,
    documents: Sequence[Document] | None = None,
    options: Options = Options(),
    *,
    executor: Executor | None = None,
    read: Reader = observe,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    watch: Watcher = lambda outcome: None,
) -> Run:
    """Fetch the documents (default: all), record what changed, and say how each ended.

    ``executor`` runs the reading (default: threads); ``watch`` hears of each document as it ends.
    Raises ConfigError for a wrong taxonomy file, ArchiveBusy when another run holds the archive, CommitError when git
    refused after everything was written.
    """
    started = clock()
    chosen = watchlist.documents if documents is None else tuple(documents)
    classes = load_taxonomy(watchlist.taxonomy, watchlist.weights)
    settings = options.settings or fetch_settings(watchlist.defaults)
    outcomes: dict[str, Outcome] = {}
    with _writing(archive, watchlist.defaults, options) as writer:
        recorder = Recorder(
            archive,
            writer,
            classes,
            settle=watchlist.defaults.settle,
            record_quiet=watchlist.defaults.record_quiet,
        )
        cache = Cache(archive.root) if not options.dry_run else None
        for document, seen in _read_all(chosen, settings, archive, cache, executor, read):
            outcome = recorder.take(document, seen, _seen_at(seen) or clock())
            outcomes[document.id] = outcome
            if (
                cache
                and isinstance(seen, Observation)
                and outcome.status in ("new", "changed", "upgraded", "unchanged")
            ):
                _remember(cache, archive, document.id, seen)
            watch(outcome)
        finished = Run(started, clock(), tuple(outcomes[document.id] for document in chosen))
        if writer:
            writer.flush()
            if options.commit:
                commit_run(archive, finished)
    return finished


def fetch_settings(defaults: Defaults) -> Settings:
    """The watchlist's defaults as fetching takes them."""
    given = {"user_agent": defaults.user_agent} if defaults.user_agent else {}
    return Settings(timeout=defaults.timeout, per_host=defaults.per_host, delay=defaults.delay, **given)


def interleaved(documents: Sequence[Document]) -> Iterator[Document]:
    """The documents in an order that visits all hosts in turn, so that a slow one holds up few workers."""
    hosts: dict[str | None, list[Document]] = defaultdict(list)
    for document in documents:
        hosts[urlsplit(document.sources[0].url).hostname].append(document)
    for turn in zip_longest(*hosts.values()):
        yield from (document for document in turn if document is not None)


def _writing(archive: Archive, defaults: Defaults, options: Options) -> AbstractContextManager[Writer | None]:
    if options.dry_run:
        return nullcontext()
    return archive.writing(wait=options.wait, evidence=defaults.evidence)


def _read_all(
    documents: Sequence[Document],
    settings: Settings,
    archive: Archive,
    cache: Cache | None,
    executor: Executor | None,
    read: Reader,
) -> Iterator[tuple[Document, Observation | Failure]]:
    """Each document with what was seen of it, in the order in which the network answers."""
    pool = executor or ThreadPoolExecutor(min(WORKERS, max(1, len(documents))), thread_name_prefix="policywatch")
    waiting: dict[Future[Observation | Failure], Document] = {}
    try:
        for document in interleaved(documents):
            waiting[pool.submit(read, document, settings, _known(archive, cache, document))] = document
        for future in as_completed(waiting):
            yield waiting.pop(future), future.result()
    finally:
        for future in waiting:
            future.cancel()
        if executor is None:
            pool.shutdown(wait=not waiting, cancel_futures=True)


def _known(archive: Archive, cache: Cache | None, document: Document) -> Known:
    head = archive.head(document.id)
    if head is None:
        return Known()
    from policywatch.extraction import EXTRACTOR

    if head.extractor < EXTRACTOR:
        return Known()
    bodies: dict[str, set[str]] = defaultdict(set)
    if {one.url for one in head.snapshots} == {source.url for source in document.sources}:
        for one in head.snapshots:
            bodies[one.url].add(one.sha256)
    validators: dict[str, Validators] = {}
    for source in document.sources if cache else ():
        entry = cache.seen(source.url) if cache else None
        if entry and entry.text_sha256 == head.text_sha256:
            bodies[source.url].add(entry.body_sha256)
            validators[source.url] = entry.validators
    return Known({url: frozenset(found) for url, found in bodies.items()}, validators)


def _remember(cache: Cache, archive: Archive, document: str, seen: Observation) -> None:
    head = archive.head(document)
    for snapshot in seen.snapshots if head else ():
        validators = Validators(snapshot.header("etag"), snapshot.header("last-modified"))
        cache.put_seen(snapshot.url, validators, snapshot.sha256, head.text_sha256 if head else "")


def _seen_at(seen: Observation | Failure) -> datetime | None:
    """When the text was seen: the latest of its sources' answers. A Failure and a 304 carry no time of their own."""
    snapshots: tuple[Snapshot, ...] = seen.snapshots if isinstance(seen, Observation) else ()
    return max((snapshot.retrieved_at for snapshot in snapshots), default=None)
