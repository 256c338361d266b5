"""The raw bytes that versions were made from, as WARC: one response record a file, each body kept once a document.

A file is named by the SHA-256 of its body and the beginning of its own: a body is found without opening anything, and
an altered byte anywhere in the file shows. Bodies are as read (content encoding undone); what a cookie would give away
is left out.
"""

from __future__ import annotations

import gzip
import io
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from policywatch.archive.files import replace
from policywatch.archive.records import moment, sha256, stamp
from policywatch.errors import ArchiveError
from policywatch.model import Snapshot

Keep = Literal["local", "tracked", "off"]

LOCAL = ".policywatch/evidence"
TRACKED = "evidence"
SUFFIX = ".warc.gz"
_LEVEL = 4  # the highest one takes four times as long for a sixteenth less

_SECRET = {"set-cookie", "set-cookie2", "authorization", "proxy-authorization", "www-authenticate"}
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding"}


def keep(root: Path, document: str, snapshot: Snapshot, where: Keep, durable: bool = True) -> Path | None:
    """Store a snapshot; the file it lies in if that is new, None where nothing needed writing."""
    if where == "off" or find(root, document, snapshot.sha256) is not None:
        return None
    data = to_warc(snapshot)
    path = folder(root, document, where) / f"{snapshot.sha256}-{sha256(data)[:16]}{SUFFIX}"
    replace(path, data, durable, root / LOCAL.partition("/")[0])
    return path


def folder(root: Path, document: str, where: Keep) -> Path:
    """Where a document's new evidence goes."""
    return root / (TRACKED if where == "tracked" else LOCAL) / document


def find(root: Path, document: str, digest: str) -> Path | None:
    """The file that holds the body with this hash."""
    for place in (root / TRACKED / document, root / LOCAL / document):
        found = next(place.glob(f"{digest}-*{SUFFIX}"), None)
        if found is not None:
            return found
    return None


def stored(root: Path) -> Iterator[Path]:
    """All evidence files, local and tracked."""
    for place in (root / TRACKED, root / LOCAL):
        yield from sorted(path for path in place.glob("*/*/*") if path.is_file())


def load(root: Path, document: str, digest: str) -> Snapshot | None:
    """The snapshot whose body has this hash, None where it is not there.

    Raises ArchiveError when the file is not what it was.
    """
    path = find(root, document, digest)
    if path is None:
        return None
    problem = damage(path)
    if problem is not None:
        raise ArchiveError(f"{path}: {problem}", "remove it: absent evidence is no error, altered evidence is")
    return from_warc(path.read_bytes())


def damage(path: Path) -> str | None:
    """What is wrong with an evidence file, None when it is as it was written."""
    name = path.name.removesuffix(SUFFIX)
    body, _, own = name.partition("-")
    data = path.read_bytes()
    if not path.name.endswith(SUFFIX) or sha256(data)[:16] != own:
        return "altered evidence: the file is not the one its name vouches for"
    return None if from_warc(data).sha256 == body else "its body is not the one its name vouches for"


def to_warc(snapshot: Snapshot) -> bytes:
    """The same snapshot always gives the same bytes."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.utils import Digester
    from warcio.warcwriter import WARCWriter

    retrieved = stamp(snapshot.retrieved_at)
    digest = Digester("sha256")
    digest.update(snapshot.body)
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{snapshot.url} {retrieved} {snapshot.sha256}")
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    # What did not come over HTTP, as an imported page, has no answer's headers: in WARC's words it is a resource.
    answered = snapshot.final_url.startswith(("http://", "https://"))
    headers = StatusAndHeaders(str(snapshot.status), _headers(snapshot), protocol="HTTP/1.1") if answered else None
    record = writer.create_warc_record(
        snapshot.final_url,
        "response" if answered else "resource",
        payload=io.BytesIO(snapshot.body),
        length=len(snapshot.body),
        http_headers=headers,
        warc_content_type="" if answered else snapshot.content_type,
        warc_headers_dict={
            "WARC-Date": retrieved,
            "WARC-Record-ID": f"<urn:uuid:{identity}>",
            "WARC-Payload-Digest": str(digest),
            "Policywatch-Source": snapshot.url,
            "Policywatch-Rendered": "yes" if snapshot.rendered else "no",
        },
    )
    writer.write_record(record)
    return gzip.compress(out.getvalue(), _LEVEL, mtime=0)  # one record, one member, as WARC wants it


def from_warc(data: bytes) -> Snapshot:
    """The snapshot in a file of `to_warc`, or in the first response record of any other.

    Raises ArchiveError for anything else.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            if record.rec_type == "resource" or (record.rec_type == "response" and record.http_headers):
                return _snapshot(record)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise ArchiveError(f"not a readable WARC: {error}") from error
    raise ArchiveError("a WARC without a response record")


def _snapshot(record: Any) -> Snapshot:
    body = record.content_stream().read()
    said = record.rec_headers.get_header
    final = said("WARC-Target-URI")
    headers = record.http_headers
    return Snapshot(
        url=said("Policywatch-Source") or final,
        final_url=final,
        retrieved_at=moment(said("WARC-Date")),
        status=int(headers.get_statuscode()) if headers else 200,
        headers=tuple(headers.headers) if headers else (("content-type", said("Content-Type") or ""),),
        body=body,
        sha256=sha256(body),
        rendered=said("Policywatch-Rendered") == "yes",
    )


def _headers(snapshot: Snapshot) -> list[tuple[str, str]]:
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WIRE else name, " ".join(value.split()))
        for name, value in snapshot.headers
        if name.lower() not in _SECRET
    ]
    return [*kept, ("Content-Length", str(len(snapshot.body)))]
