"""The archive: files on disk, history, status, evidence, reviews; and git commits."""
