"""Who can get something: what words name people or companies, by how their nouns begin and end."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.comparison.signals.grammar import PREPOSITIONS, RELATIVES, VERBS

PARTY = tuple(  # how words for those who can get something begin
    "agenc compan institut partner provider firm network vendor organi bodies team centre center staff consultant"
    " advis platform bureau authorit".split()
)
_LEADING = frozenset("with to by for from".split())
_MODIFY = RELATIVES | frozenset("you we they acting involved bound chosen concerned handling carrying".split())
_AGENTS = tuple("er or ist ee ian ant agent".split())  # how nouns for those who do something end
_NO_AGENTS = frozenset(
    "order number letter newsletter computer browser weather offer error paper matter power server transfer identifier"
    " router header behavior favor color register folder reminder voucher banner sensor tracker character"
    " counter water winter summer border corner factor vector monitor mirror calculator other another further later"
    " whether however never either neither under over after answer cover center order"
    " fee guarantee degree coffee relevant important warrant grant parameter"
    " disaster layer chapter quarter master filter pointer".split()
)
_ORGANISATIONS = frozenset(
    "agency company institution institute firm network organisation organization body team centre center staff bureau"
    " authority court police government party affiliate subsidiary partner bank school university college hospital"
    " clinic association charity foundation fund club council ministry regulator registry parent group community"
    " department office studio laboratory lab carrier airline hotel shop store garage landlord tenant guest member"
    " friend family colleague client customer patient public press people person anyone everyone sponsor host auditor"
    " franchise franchisee investor contact co-op business service".split()
)
_OTHERS = frozenset("affiliates parties third-parties auditors users subsidiaries".split())
DATA = frozenset("data information categories details content contents input inputs records address addresses".split())


def parties(words: Sequence[str]) -> bool:
    """Whether words name people or companies: "service providers", not "sale of the company"."""
    end = next((at for at, word in enumerate(words) if word in PREPOSITIONS), len(words))
    return any(word.startswith(PARTY) or word in _OTHERS for word in words[:end])


def is_who(item: Sequence[str]) -> bool:
    """Whether words name people or companies, by how their noun ends: "the sellers of tickets", "our insurers"."""
    item = item[item[0] in _LEADING :] if item else item
    end = next((at for at, word in enumerate(item) if at and (word in PREPOSITIONS or word in _MODIFY)), len(item))
    if not end or item[0] in VERBS:
        return False
    noun = item[end - 1]
    one = noun[:-3] + "y" if noun.endswith("ies") else noun.rstrip("s")
    return one in _ORGANISATIONS or (len(one) > 4 and one.endswith(_AGENTS) and one not in _NO_AGENTS)


def is_data(item: Sequence[str]) -> bool:
    """Whether words name what is shared rather than with whom."""
    end = next((at for at, word in enumerate(item) if at and (word in PREPOSITIONS or word in _MODIFY)), len(item))
    return item[end - 1] in DATA
