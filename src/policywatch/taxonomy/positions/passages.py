"""A platform's documents as passages: sentences that know their document, line, headings and lead-in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from policywatch.extraction.sentences import split
from policywatch.model import Clause, Quote
from policywatch.taxonomy.positions.grammar import own_names, sense

Kind = Literal["terms", "privacy", "cookies", "conduct", "business"]


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One document of a platform as it stands. ``labels`` has the category ids of each clause, if they are known."""

    id: str
    name: str
    clauses: tuple[Clause, ...]
    labels: tuple[tuple[str, ...], ...] | None = None
    language: str | None = "en"

    @property
    def kind(self) -> Kind:
        return kind_of(self.name)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in its place. ``text`` is verbatim, the other words are made comparable (grammar.sense)."""

    document: PolicyDocument
    clause: Clause
    line: int  # in the archive file
    text: str
    sense: str
    lead: str  # what introduces the list this stands in; "" outside lists
    heading: str  # the heading path
    follow: tuple[str, ...] = ()  # the items this sentence introduces
    before: str = ""  # the sentence before it in its clause
    after: str = ""  # the sentence after it in its clause
    labels: tuple[str, ...] = ()
    section: tuple[str, ...] = ()  # all sentences of its section, or of its part of a long one

    @property
    def whole(self) -> str:
        """Lead-in and sentence as one."""
        return f"{self.lead} {self.sense}" if self.lead else self.sense

    @property
    def surroundings(self) -> str:
        """The sentence under its heading and between its neighbours."""
        return " ".join(part for part in (self.heading, self.before, self.whole, self.after) if part)

    @property
    def quote(self) -> Quote:
        return Quote(document=self.document.id, line=self.line, text=self.text)


_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "business",
        r"\b(?:business|enterprise|commercial|developers?|api|processor|processing|dpa|partners?|merchants?|sellers?|"
        r"advertis\w*|service[- ]level|sla|resellers?|subprocessors?|sub-processors?|publishers?|b2b|"
        r"organi[sz]ations?|workplace)\b",
    ),
    ("cookies", r"\b(?:cookies?|trackers?|tracking)\b"),
    ("privacy", r"\b(?:privacy|data (?:policy|protection|use)|gdpr|ccpa|personal (?:data|information))\b"),
    (
        "conduct",
        r"\b(?:guidelines?|acceptable[- ]use|usage polic(?:y|ies)|conduct|rules|standards|"
        r"vulnerability|imprint|brand|human rights|copyright)\b",
    ),
)


@lru_cache(maxsize=1024)
def kind_of(name: str) -> Kind:
    """What sort of document a name speaks of; terms unless it says otherwise."""
    words = re.sub(r"[-_#/]", " ", name.lower())
    return next((kind for kind, words_of in _KINDS if re.search(words_of, words)), "terms")


def read(documents: Sequence[PolicyDocument], platform: str = "") -> tuple[Passage, ...]:
    """Every sentence of the documents, headings left out, in order."""
    names = own_names(_names(documents, platform))
    return tuple(passage for document in documents for passage in _passages(document, names))


def _passages(document: PolicyDocument, names: re.Pattern[str] | None) -> Iterator[Passage]:
    clauses = document.clauses
    leads = _lead_ins(clauses)
    introduces: dict[int, list[int]] = {}
    for item, lead in leads.items():
        introduces.setdefault(lead, []).append(item)
    senses: dict[str, str] = {}
    titled = _titled(clauses)

    def of(text: str) -> str:
        if text not in senses:
            senses[text] = sense(text, names)
        return senses[text]

    parts = _parts(clauses)
    section: tuple[str, ...] = ()
    for index, clause in enumerate(clauses):
        if index in parts:
            section = tuple(of(text) for one in parts[index] for text in _sentences(one))
        if clause.kind == "heading":
            continue
        sentences = _sentences(clause)
        introduced = " ".join(of(split(clauses[at].text)[-1]) for at in _chain(index, leads))
        items = tuple(of(clauses[at].text) for at in introduces.get(index, ()))
        above = of(" > ".join(clause.heading[titled:]))
        run_in = of(sentences[0]) if len(sentences) > 1 and _short(sentences[0]) else ""
        labels = document.labels[index] if document.labels is not None else ()
        for place, text in enumerate(sentences):
            last = place == len(sentences) - 1
            yield Passage(
                document=document,
                clause=clause,
                line=clause.line if clause.kind == "row" else clause.line + place,
                text=text,
                sense=of(text),
                lead=introduced,
                heading=f"{above} > {run_in}" if run_in and place else above,
                follow=items if last else (),
                before=of(sentences[place - 1]) if place else "",
                after="" if last else of(sentences[place + 1]),
                labels=labels,
                section=section,
            )


def _parts(clauses: Sequence[Clause]) -> dict[int, list[Clause]]:
    """Index of the first clause of each part -> its clauses: those under one heading, at most so many."""
    parts: dict[int, list[Clause]] = {}
    start = 0
    for index, clause in enumerate(clauses):
        if clause.kind == "heading":
            continue
        begun = parts.get(start)
        if begun is None or begun[-1].heading != clause.heading or len(begun) == _LONG_SECTION:
            start = index
            parts[start] = []
        parts[start].append(clause)
    return parts


def _sentences(clause: Clause) -> list[str]:
    """The clause's sentences, as the archive lays them out; a row is one, or its cells where it is long."""
    if clause.kind != "row":
        return split(clause.text)
    return [clause.text] if len(clause.text) <= _LONG_ROW else [cell for cell in clause.text.split(" | ") if cell]


def _short(sentence: str) -> bool:
    """Is it a heading in all but layout ("Governing law (business use).")?"""
    return len(sentence) <= 60 and len(sentence.split()) <= 7


def _titled(clauses: Sequence[Clause]) -> int:
    """1 if a title stands above nearly everything, so that it says nothing about a clause's place; else 0."""
    tops = Counter(clause.heading[0] for clause in clauses if clause.heading)
    return int(bool(tops) and tops.most_common(1)[0][1] >= 0.8 * len(clauses))


_LONG_SECTION = 16  # clauses
_LONG_ROW = 800  # characters
_ENUMERATED = re.compile(r"^(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\)?|[•●○▪·-])\s", re.IGNORECASE)


def _lead_ins(clauses: Sequence[Clause]) -> dict[int, int]:
    """Index of a list item -> index of the clause that introduces it.

    An item's lead is the nearest clause above it, outside its list or less deeply nested, that ends like an
    introduction. Paragraphs that carry their own "(a)" or end with ";" count as items of what stands above them.
    """
    found: dict[int, int] = {}
    opened: list[tuple[int, int]] = []  # (nesting level, index) of the introductions that are still open
    for index, clause in enumerate(clauses):
        if clause.kind == "heading":
            opened.clear()
            continue
        level = _nesting(clause, bool(opened))
        while opened and opened[-1][0] >= level:
            opened.pop()
        if opened:
            found[index] = opened[-1][1]
        if clause.text.rstrip(" *_").endswith((":", "：", ": -")):
            opened.append((level, index))
    return found


def _nesting(clause: Clause, inside: bool) -> int:
    if clause.kind == "item":
        return clause.level or 1
    if clause.kind == "row":
        return 1
    if inside and (_ENUMERATED.match(clause.text) or clause.text.rstrip().endswith((";", "; and", "; or"))):
        return 1
    return 0


def _chain(index: int, leads: dict[int, int]) -> list[int]:
    """The introductions above an item, outermost first."""
    chain: list[int] = []
    while index in leads:
        index = leads[index]
        chain.insert(0, index)
    return chain


_WE_LIST = re.compile(
    r"\(([^()]{0,160}?[\"“'‘](?:we|us|our)\b[^()]{0,80})\)|\b((?:we|us|" r"our)\b[^()]{0,60}refer to [^.()]{3,60})",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“‘]([^\"”“’]{2,40}?),?[\"”’]")
_ACTS = re.compile(
    r"\b([A-Z][\w&]*(?:\.[a-z]{2,4}\b)?(?: [A-Z][\w&]*){0,2})(?:,? (?:Inc|LLC|Ltd|Limited|Corp|GmbH)\b\.?)? "
    r"(?:may|will|shall|does|do|can|reserves|has|is|and its|cannot|collects|uses)\b"
)
_ROLE_QUOTED = re.compile(r"[\"“‘](?:the )?(Company|Provider|Operator),?[\"”’]", re.IGNORECASE)
_ROLES = frozenset("company provider operator licensor supplier platform".split())
_GENERIC = _ROLES | frozenset(
    "we us our ours you your site website app service services terms "
    "agreement policy user users customer customers party parties member "
    "members team group it they affiliates content output outputs "
    "input the this these that such no each any all if cookies software "
    "arbitration personal data information account accounts california "
    "nothing section subscription license there he she who what how".split()
)
_THINGS = frozenset(
    "services app apps site website terms conditions tools network "
    "pages materials countries clients client partner partners apis properties "
    "platform link product products pii customer contractor publisher advertiser developer seller".split()
)
_OFTEN, _MORE_OFTEN = 3, 6  # times a name acts before it counts: when the platform is called by it, and when not


def _names(documents: Sequence[PolicyDocument], platform: str) -> set[str]:
    """What the platform calls itself: its name in the watchlist, its slug, the names beside a quoted “we”, and who acts
    in its documents where "we" would stand."""
    slugs = {document.id.partition("/")[0] for document in documents}
    names = {
        platform,
        re.sub(r"\.[a-z]{2,4}\Z", "", platform, flags=re.IGNORECASE),
        *(slug.replace("-", " ") for slug in slugs),
        *(slug.replace("-", ".") for slug in slugs),
    }
    acting: Counter[str] = Counter()
    for document in documents:
        acting.update(name for clause in document.clauses for name in _ACTS.findall(clause.text) if not _generic(name))
        for clause in document.clauses[:40] if document.kind != "business" else ():
            for found in _WE_LIST.finditer(clause.text):
                names |= {form for name in _QUOTED.findall(found[0]) for form in _forms(name)}
            names |= {f"the {role}" for role in map(str.lower, _ROLE_QUOTED.findall(clause.text))}
    return {name for name in names | _actors(acting, platform) if not _generic(name) or name.lower() in _DEFINED}


_DEFINED = frozenset(f"the {role}" for role in _ROLES)


def _forms(name: str) -> tuple[str, ...]:
    """A defined role ("Company") acts as "the Company"; other names as they are."""
    bare = name.lower().removeprefix("the ").strip()
    return (f"the {bare}",) if bare in _ROLES else (name,)


def _actors(acting: Counter[str], platform: str) -> set[str]:
    """Names that act in the documents as the platform: by a shared word, or as nobody else acts half as often."""
    words = set(platform.lower().split())
    acting = Counter({name: number for name, number in acting.items() if not _THINGS & set(name.lower().split())})
    named = {name for name, number in acting.items() if number >= _OFTEN and words & set(name.lower().split())}
    ranked = acting.most_common(2)
    if ranked and ranked[0][1] >= _MORE_OFTEN and (len(ranked) < 2 or ranked[0][1] >= 3 * ranked[1][1]):
        named.add(ranked[0][0])
    return named


def _generic(name: str) -> bool:
    words = name.lower().removeprefix("the ").removeprefix("our ").strip()
    return not any(map(str.isalnum, words)) or words in _GENERIC or words.split()[0] in _GENERIC
