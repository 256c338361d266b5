"""What never becomes a version: error pages, challenges, login walls, shells, stubs; and what must stand a while first.

``refuse`` judges one page by itself. Real policies are short at times, and mention errors, logins and JavaScript, so no
word condemns a page: what counts is that there is hardly anything but such words. ``doubt`` judges a text by the one
before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from operator import itemgetter

from policywatch.errors import ExtractionError
from policywatch.extraction.canonical import canonical
from policywatch.extraction.refusals import (
    CHALLENGE,
    CHALLENGE_TRACE,
    ERROR,
    LOGIN,
    NAME,
    POLICY,
    REDIRECT,
    REDIRECT_TRACE,
    SCRIPT,
    SHELL_TRACE,
    Phrases,
)
from policywatch.extraction.sentences import split
from policywatch.model import Clause, Text
from policywatch.patterns import late

_LONG = 400  # words from which on a page is refused only for want of any legal content
_SHELL = 60  # words up to which an empty mount point tells more than the text
_BARE = 10  # words which are no document, whatever they say
_READ = frozenset("en de fr es it pt nl sv da no pl cs hu tr ru uk ja zh ko ar".split())  # languages POLICY knows
_OPENING = 300  # characters of a clause in which its first sentence is looked for
_SORRY = 20  # characters that may stand before what an error says
_SOURCE = 400_000  # characters of a page's source looked at
_BROWSER = "set `render: browser` for this source: the page builds its text with a script"
_SCRIPTED = "<script"
_NO_SCRIPT = "check the address in a browser; where it shows more there, set `render: browser` for this source"
_REFUSED = "open the page in a browser; `render: browser` may help, or fetch it less often"


@dataclass(frozen=True, slots=True)
class _Kind:
    phrases: Phrases
    status: str
    reason: str
    hint: str | None


_BLOCKED = _Kind(CHALLENGE, "blocked", "a bot challenge instead of the document", _REFUSED)
_WALL = _Kind(LOGIN, "blocked", "a login wall instead of the document", "name an address that needs no account")
_UNRENDERED = _Kind(SCRIPT, "invalid", "a page that needs JavaScript, with no text of its own", _BROWSER)
_STUB = _Kind(REDIRECT, "invalid", "a redirect stub instead of the document", "put its target into the watchlist")
_FAILED = _Kind(ERROR, "invalid", "an error page served as if all were well", "check the address in a browser")
_KINDS = (_BLOCKED, _WALL, _UNRENDERED, _STUB, _FAILED)


def refuse(text: Text, *, html: str | None = None, title: str = "", chosen: bool = False) -> None:
    """Raise ExtractionError if this text is no document.

    ``html`` is the page's source, None for other types; ``title`` is what the page calls itself;
    ``chosen`` says that a person picked this part of the page, which may then be about anything.
    """
    if html is not None and _is_cut(html):
        raise ExtractionError("the page breaks off in the middle", hint="the next run asks again")
    total = _total(text.clauses, _LONG)
    if total >= _LONG:
        _refuse_long(text.clauses, title, html or "")
        return
    _refuse_thin(text.clauses, total, html or "", title)
    if total < _BARE:
        raise ExtractionError(
            f"only {total} {'word' if total == 1 else 'words'} of text", hint=_rendered(html) if html else None
        )
    readable = text.language in _READ or (text.language is None and total < _SHELL)
    if not chosen and readable and not _several(_policy_terms(text.clauses)):
        raise ExtractionError("nothing in it reads like a policy", hint="check the address in a browser")


def _total(clauses: Sequence[Clause], enough: float = inf) -> int:
    """The words of a text; counted no further than ``enough``."""
    total = 0
    for clause in clauses:
        said = clause.plain
        if not _COPYRIGHT.match(said):
            total += _words(said)
            if total >= enough:
                break
    return total


def _refuse_thin(clauses: Sequence[Clause], total: int, html: str, title: str) -> None:
    """Judge a text of few words, which may well be a document."""
    source = html[:_SOURCE] if total < _SHELL else ""
    if CHALLENGE_TRACE.search(source):
        raise _refusal(_BLOCKED)
    head = _head(clauses, title)
    named = any(NAME.search(line) for line in head)
    enough = (0.8 if named else 0.5) * max(total, 1)
    said = _words_by_kind(clauses, enough)
    for kind in _KINDS:
        announced = any(kind in _kinds_of(line) for line in head)
        if said[kind] >= enough or (announced and _is_mostly_other(clauses, total)):
            raise _refusal(kind, html)
    if _opens_failed(clauses) and _is_mostly_other(clauses, total):
        raise _refusal(_FAILED)
    _refuse_by_source(source, total)


def _words_by_kind(clauses: Sequence[Clause], enough: float) -> Counter[_Kind]:
    """How many words stand in sentences of each kind; counted no further than a kind may still get ``enough``."""
    sentences = [(_words(said), said.lower()) for clause in clauses for said in split(clause.plain)]
    sentences.sort(key=itemgetter(0), reverse=True)
    left = sum(words for words, _ in sentences)
    found: Counter[_Kind] = Counter()
    for words, said in sentences:
        if left + max(found.values(), default=0) < enough:
            break
        found.update(dict.fromkeys(_kinds_of(said), words))
        left -= words
    return found


def _is_mostly_other(clauses: Sequence[Clause], total: int) -> bool:
    """Whether most of a text is in clauses that do not read like policy."""
    return sum(_policy_words(clause) for clause in clauses) <= 0.4 * total


def _refuse_by_source(source: str, total: int) -> None:
    """Judge a page with next to no text by what its source is there for."""
    if total < _SHELL // 2 and REDIRECT_TRACE.search(source):
        raise _refusal(_STUB)
    if SHELL_TRACE.search(source) or (total < _BARE and _SCRIPTED in source.lower()):
        raise _refusal(_UNRENDERED, source)


def _refuse_long(clauses: Sequence[Clause], title: str, html: str) -> None:
    """A page that says it is an error, and whose many words are a menu."""
    head = _head(clauses, title)
    announced = [kind for kind in _KINDS if any(kind in _kinds_of(line) for line in head)]
    if announced and _policy_share(clauses) <= 0.3:
        raise _refusal(announced[0], html)
    # Where the text itself starts with the error, what is left of the page around the document may be many words.
    if _opens_failed(clauses) and _policy_share(clauses) <= 0.5:
        raise _refusal(_FAILED)


def _policy_share(clauses: Sequence[Clause]) -> float:
    """Of the words of a text, how many are in clauses that read like policy."""
    return sum(_policy_words(clause) for clause in clauses) / _total(clauses)


def _refusal(kind: _Kind, html: str = "") -> ExtractionError:
    return ExtractionError(kind.reason, kind.status, _rendered(html) if kind is _UNRENDERED else kind.hint)


def _rendered(html: str) -> str:
    """What to do about a page with next to no text; that a script makes it is told where there is one."""
    return _BROWSER if _SCRIPTED in html.lower() else _NO_SCRIPT


def _head(clauses: Sequence[Clause], title: str) -> list[str]:
    """The lines by which a page says what it is: its title, first headings and first clause."""
    headings = [clause.plain for clause in clauses if clause.kind == "heading"][:2]
    lines = [title, *headings, *(clause.plain for clause in clauses[:1])]
    return [line.lower() for line in lines if line and _words(line) <= 14]


def _opens_failed(clauses: Sequence[Clause]) -> bool:
    """Whether the first sentence below the title says that there is no such document."""
    first = next((clause.plain for clause in clauses if clause.kind != "heading"), "")
    opening = next(iter(split(first[:_OPENING])), "")
    if _words(opening) > 14:
        return False
    said = _FAILED.phrases.search(opening.lower())
    return said is not None and said.start() <= _SORRY


def _policy_words(clause: Clause) -> int:
    """The words of a clause that reads like policy; 0 for one that doesn't."""
    said = clause.plain.lower()
    words = _words(said)
    if words < 7 or not _several(found[0] for found in POLICY.regex.finditer(said)) or _kinds_of(said):
        return 0
    return words


def _several(terms: Iterable[str]) -> bool:
    """Whether there are two different ones; looks no further than that."""
    seen = iter(terms)
    first = next(seen, None)
    return any(term != first for term in seen)


def _policy_terms(clauses: Sequence[Clause]) -> Iterator[str]:
    """What documents speak of, as far as the text speaks of it; its title and the labels of menus only name it."""
    sentences = (said.lower() for clause in clauses if _says(clause) for said in split(clause.plain))
    return (found[0] for said in sentences for found in POLICY.regex.finditer(said) if not _kinds_of(said))


_FACT = late(r"[\d:：@]")
_LINK = late(r"\[[^\]]*\]\([^)\s]*\)")


def _says(clause: Clause) -> bool:
    """Whether a clause is more than labels and links: a sentence, or a line with an address, a number, an answer."""
    said = _LINK.sub(" ", clause.text)
    words = _words(said)
    return words > 14 if clause.kind == "heading" else words > 5 or _FACT.search(said) is not None


@lru_cache(maxsize=1024)  # a thin page's sentences are asked for its share, its clauses and its terms
def _kinds_of(said: str) -> tuple[_Kind, ...]:
    """The kinds of page that is no document whose words some lower-case words are."""
    return tuple(kind for kind in _KINDS if kind.phrases.search(said))


_COPYRIGHT = late(r"\W*(?:©|\(c\) ?(?:19|20)\d\d|copyright\b)", re.IGNORECASE)  # "(c)" alone numbers a clause
_CJK = late("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def _words(text: str) -> int:
    """Words; of Chinese and Japanese two characters count as one."""
    if text.isascii() or not _CJK.search(text):
        return len(text.split())
    return len(_CJK.sub("", text).split()) + len(_CJK.findall(text)) // 2


_OPENED = late(r"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSED = late(r"</(?:html|body)\s*>", re.IGNORECASE)


def _is_cut(html: str) -> bool:
    """Whether the page ends inside a tag, or in the middle of a sentence with nothing closed."""
    tail = html[-300:].rstrip()
    if not tail or any(_CLOSED.search(html[-size:]) for size in (300, 20_000)):  # most are closed at the very end
        return False
    if not _OPENED.search(html[:20_000]):
        return False
    inside = tail.rfind("<") > tail.rfind(">")
    return inside or tail[-1].isalnum() or tail[-1] in ",;-("


# -- against the text before -------------------------------------------------------------------------------------------

_LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl":
    "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish", "cs": "Czech",
    "sk": "Slovak", "ro": "Romanian", "hu": "Hungarian", "tr": "Turkish", "id": "Indonesian", "vi":
    "Vietnamese", "ru": "Russian", "uk": "Ukrainian", "bg": "Bulgarian", "ja": "Japanese", "zh": "Chinese",
    "ko": "Korean", "ar": "Arabic", "fa": "Persian", "he": "Hebrew", "hi": "Hindi", "th": "Thai", "el": "Greek",
}  # fmt: skip


def doubt(
    before: Sequence[Clause],
    after: Sequence[Clause],
    language_before: str | None = None,
    language_after: str | None = None,
) -> str | None:
    """Why the new text must stand a while before it counts; None if nothing speaks against it."""
    if language_before and language_after and language_before != language_after:
        old, new = (_LANGUAGES.get(code, code) for code in (language_before, language_after))
        return f"the text is in {new} now; it was in {old}"
    return shrunk(before, after)


def shrunk(before: Sequence[Clause], after: Sequence[Clause]) -> str | None:
    """Why ``after`` looks like a piece of ``before``, or like another page; None if it doesn't."""
    old, new = _weighed(before), _weighed(after)
    size, new_size = sum(old.values()), sum(new.values())
    if not size:
        return None
    lost = sum((old - new).values())
    gained = sum((new - old).values())
    cut = (lost >= 0.5 * size and gained <= 0.6 * lost) or (lost >= 0.4 * size and gained <= 0.1 * lost)
    if new_size <= 0.55 * size or cut:
        return f"the text lost {round(100 * (lost if gained <= 0.6 * lost else size - new_size) / size)} % of its words"
    if lost >= 0.9 * size and _strange(before, after):
        return "hardly a word of the text before is left"
    return None


def _weighed(clauses: Sequence[Clause]) -> Counter[str]:
    """Each clause's canonical form, with the number of words it stands for."""
    weights: Counter[str] = Counter()
    for clause in clauses:
        said = canonical(clause)
        weights[said] += _words(said)
    return weights


_LONGER = late(r"[^\W\d_]{5,}|[\u3400-\u9fff]{2}")


def _strange(before: Sequence[Clause], after: Sequence[Clause]) -> bool:
    """Whether the two texts share few of their longer words."""
    old, new = (set(_LONGER.findall(_joined(clauses).lower())) for clauses in (before, after))
    return len(old & new) < 0.2 * min(len(old), len(new))


def _joined(clauses: Sequence[Clause]) -> str:
    return " ".join(map(canonical, clauses))
