"""Names of countries, in lower case."""

from __future__ import annotations

from collections.abc import Sequence

COUNTRIES = frozenset(
    "argentina australia austria bangladesh belgium brazil bulgaria canada chile china colombia croatia cyprus czechia"
    " denmark egypt estonia finland france georgia germany greece hungary iceland india indonesia ireland israel italy"
    " japan kenya korea latvia lithuania luxembourg malaysia malta mexico morocco netherlands nigeria norway pakistan"
    " peru philippines poland portugal romania russia serbia singapore slovakia slovenia spain sweden switzerland"
    " taiwan thailand tunisia turkey türkiye ukraine uruguay vietnam usa u.s eu eea uk".split()
)
TWO = {
    ("united", "states"): "usa", ("united", "kingdom"): "uk", ("european", "union"): "eu",
    ("south", "africa"): "south africa", ("hong", "kong"): "hong kong", ("new", "zealand"): "new zealand",
    ("saudi", "arabia"): "saudi arabia", ("costa", "rica"): "costa rica", ("sri", "lanka"): "sri lanka",
    ("united", "arab"): "united arab emirates",
}  # fmt: skip


def is_country(words: Sequence[str]) -> bool:
    """Whether words in lower case name a country and nothing else: "the united states"."""
    name = words[words[:1] == ["the"] :]
    return tuple(name) in TWO or (len(name) == 1 and name[0] in COUNTRIES)
