"""Getting a source's bytes: HTTP, or a browser where asked, politely and within limits."""
