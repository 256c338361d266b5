"""A tiny writer of PDFs for tests: lines of text at places, in Helvetica."""

from __future__ import annotations

import re
from collections.abc import Sequence

Placed = tuple[float, float, float, bool, str]  # x and y from the lower left, size, bold, text


def pdf(pages: Sequence[Sequence[Placed]], *, title: str = "") -> bytes:
    """A document with one page a list of placed lines; characters beyond Latin-1 are not supported."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    fonts = [
        add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode())
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    kids, parent = [], len(pages) * 2 + 3
    for page in pages:
        stream = b"\n".join(map(_drawn, page))
        drawing = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        resources = b"<< /Font << /F0 %d 0 R /F1 %d 0 R >> >>" % (fonts[0], fonts[1])
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>"
                % (parent, drawing, resources)
            )
        )
    add(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids)))
    root = add(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    info = add(b"<< /Title (%s) >>" % title.encode("cp1252"))
    out, places = b"%PDF-1.4\n", list[int]()
    for index, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (index, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"<< /Size %d /Root %d 0 R /Info %d 0 R >>" % (len(places) + 1, root, info)
    entries = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
    return out + entries + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(out))


def _drawn(line: Placed) -> bytes:
    x, y, size, bold, text = line
    return b"BT /F%d %.1f Tf %.1f %.1f Td (%s) Tj ET" % (
        bold,
        size,
        x,
        y,
        re.sub(rb"([\\()])", rb"\\\1", text.encode("cp1252")),
    )


def column(lines: Sequence[str], *, top: float = 780, size: float = 10, leading: float = 14) -> list[Placed]:
    """Lines one below the other; an empty line leaves a gap, ``# `` makes a large one, ``* `` a bold one."""
    placed: list[Placed] = []
    y = top
    for line in lines:
        if line.startswith("# "):
            placed.append((72, y, size * 1.6, True, line[2:]))
        elif line.startswith("* "):
            placed.append((72, y, size, True, line[2:]))
        elif line:
            placed.append((72, y, size, False, line))
        y -= leading * (1.8 if line.startswith("# ") else 1)
    return placed
