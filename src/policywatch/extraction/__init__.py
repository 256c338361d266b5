"""From bytes to clauses: pages, PDFs and plain text; archive text; the canonical form; guards."""
