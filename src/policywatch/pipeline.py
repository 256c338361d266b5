"""The public Python API: ``run(watchlist, archive) -> Run``. The only place that knows the whole way.

Reading (fetch, extract) is done by an executor's workers; judging and recording by the caller's thread alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from policywatch.archive import Archive
from policywatch.archive.cache import Cache, Page
from policywatch.archive.writing import Writer
from policywatch.arrears import Arrears, since
from policywatch.committing import commit_run
from policywatch.errors import CommitError
from policywatch.extraction import EXTRACTOR
from policywatch.fetching import Fetcher, Settings, host_of, spread
from policywatch.findings import categories_of, worst_first
from policywatch.model import SETTLED, Document, Failure, Outcome, Run, Snapshot, Source, Validators
from policywatch.observation import Known, Observation, observe, read
from policywatch.recording import Recorder
from policywatch.taxonomy import Taxonomy
from policywatch.watchlist import Defaults, Watchlist

WORKERS = 32  # sized to the network: nearly all of a worker's time is waiting


Reader = Callable[[Document, Known], Observation | Failure]
Item = tuple[Document, Known]
Watcher = Callable[[Outcome], None]
Reporter = Callable[[Run], None]


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
    reader: Reader | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    watch: Watcher = lambda outcome: None,
    report: Reporter = lambda run: None,
) -> Run:
    """Fetch the documents (default: all), record what changed, and say how each ended.

    ``executor`` runs the reading (default: threads); ``reader`` replaces it; ``watch`` hears of each as it ends.
    ``report`` tells of the run while the archive is still held: what is recorded counts as told when it returns, and
    where it does not, or nothing comes to it, the next run tells of it, with an outcome more for a document that fails.
    Raises ConfigError for a wrong taxonomy file, ArchiveBusy when another run holds the archive, CommitError when git
    refused after everything was written.
    """
    started = clock()
    chosen = watchlist.documents if documents is None else tuple(documents)
    classes = categories_of(watchlist)
    settings = options.settings or fetch_settings(watchlist.defaults)
    outcomes: dict[str, tuple[Outcome, ...]] = {}
    with ExitStack() as stack:
        writer = stack.enter_context(_writing(archive, watchlist.defaults, options))
        arrears = Arrears(
            archive, classes, *((writer.owed(), writer.recovered(), writer.failing()) if writer else ({}, {}))
        )
        recorder = Recorder(
            archive,
            writer,
            classes,
            settle=watchlist.defaults.settle,
            record_quiet=watchlist.defaults.record_quiet,
        )
        cache = stack.enter_context(Cache(None) if options.dry_run else Cache.open(archive.private))
        if reader is None:
            reader = (
                partial(observe, settings=settings)
                if executor
                else partial(read, client=stack.enter_context(Fetcher(settings)))
            )
        known = [(document, _known(archive, cache, document)) for document in chosen]
        for document, seen in _read_all(known, reader, executor, settings.per_host):
            outcome = recorder.take(document, seen, _seen_at(seen) or clock())
            if cache and isinstance(seen, Observation) and outcome.status in SETTLED:
                _remember(cache, archive, document, seen)
            outcomes[document.id] = tuple(arrears.settled(outcome))
            for told in outcomes[document.id]:
                watch(told)
        ended = [told for document in chosen for told in outcomes[document.id]]
        watched = {document.id for document in (*watchlist.documents, *chosen)}
        ended += arrears.unwatched(watched)
        finished = Run(started, clock(), tuple(ended), dry=writer is None)
        if writer is None:
            report(finished)
        else:
            writer.flush()
            left_out, trouble = _committed(archive, finished, classes) if options.commit else ((), None)
            finished = replace(finished, left_out=left_out)
            report(finished)
            writer.told(arrears.told(ended, watched))
            if trouble:
                raise trouble
    return finished


def _committed(archive: Archive, run: Run, classes: Taxonomy) -> tuple[tuple[str, ...], CommitError | None]:
    """The files left out, and what git has against committing; the run is to be reported all the same."""
    try:
        return commit_run(archive, run, partial(since, archive, classes), partial(worst_first, classes=classes)), None
    except CommitError as error:
        return (), error


def fetch_settings(defaults: Defaults) -> Settings:
    """The watchlist's defaults as fetching takes them."""
    settings = Settings(timeout=defaults.timeout, per_host=defaults.per_host, delay=defaults.delay)
    return replace(settings, user_agent=defaults.user_agent) if defaults.user_agent else settings


def _writing(archive: Archive, defaults: Defaults, options: Options) -> AbstractContextManager[Writer | None]:
    if options.dry_run:
        return nullcontext()
    return archive.writing(wait=options.wait, evidence=defaults.evidence, owes=True)


def _read_all(
    items: Sequence[Item], reader: Reader, executor: Executor | None, per_host: int
) -> Iterator[tuple[Document, Observation | Failure]]:
    """Each document with what was seen of it, in the order in which the network answers."""
    pool = executor or ThreadPoolExecutor(min(WORKERS, max(1, len(items))), thread_name_prefix="policywatch")
    whole = False
    try:
        for (document, _), future in spread(pool, partial(_read, reader), items, host=_host, per_host=per_host):
            yield document, future.result()
        whole = True
    finally:
        if executor is None:
            pool.shutdown(wait=whole, cancel_futures=True)


def _read(reader: Reader, item: Item) -> Observation | Failure:
    try:
        return reader(*item)
    except Exception as error:
        # A page that we stumble over must not take the other documents along.
        return Failure("failed", f"a bug of policywatch: {error!r}", hint="please report it, with the page's address")


def _host(item: Item) -> str:
    return host_of(item[0].sources[0])


def _known(archive: Archive, cache: Cache, document: Document) -> Known:
    """The answers that the recorded text came from, if the cache still knows them; without it all is read anew."""
    head = archive.head(document.id)
    pages = {source.url: cache.page(_page_key(document, source)) for source in document.sources} if head else {}
    standing = {url: page for url, page in pages.items() if page and head and page.form == head.text_sha256}
    return Known(
        {url: frozenset({page.sha256}) for url, page in standing.items() if page.sha256},
        {url: page.validators for url, page in standing.items()},
    )


def _remember(cache: Cache, archive: Archive, document: Document, seen: Observation) -> None:
    """Keep the validators of answers that gave the text as it is recorded now."""
    head = archive.head(document.id)
    answers = {snapshot.url: snapshot for snapshot in seen.snapshots}
    for source in document.sources:
        answer = answers.get(source.url)
        if head and answer:
            validators = Validators(answer.header("etag"), answer.header("last-modified"), answer.final_url)
            cache.keep_page(_page_key(document, source), Page(validators, answer.sha256, head.text_sha256))


def _page_key(document: Document, source: Source) -> str:
    """One document's view of an address: with other selectors or better extraction the same bytes read otherwise."""
    return f"{document.id} {source.url} {EXTRACTOR} {source.select} {source.remove} {source.render}"


def _seen_at(seen: Observation | Failure) -> datetime | None:
    """When the text was seen: the latest of its sources' answers. A Failure and a 304 carry no time of their own."""
    snapshots: tuple[Snapshot, ...] = seen.snapshots if isinstance(seen, Observation) else ()
    return max((snapshot.retrieved_at for snapshot in snapshots), default=None)
