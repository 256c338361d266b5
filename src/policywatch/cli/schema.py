"""``policywatch schema``: the watchlist's JSON Schema."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of platforms.yaml, for editors.

    In the watchlist's first line: # yaml-language-server: $schema=policywatch.schema.json
    """
    import json

    from policywatch import watchlist

    typer.echo(json.dumps(watchlist.schema(), indent=2, ensure_ascii=False))
