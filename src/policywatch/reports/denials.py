"""Whether words of a clause stand under a "do not": what goes from there is denied no longer.

Only where the sentence says so before the words, and nothing between them and the "not" may take it back.
"""

from __future__ import annotations

import re
from itertools import takewhile

from policywatch.patterns import late

_SENTENCE = late(r"[.!?;]\s|\s\|\s|[。！？；]")
_DENIAL = late(
    r"\b(?:(?:do|does|did|will|shall|may|must|can|would|should)(?: not|n['’]t)|cannot|can['’]t|won['’]t|never)\b"
    r"(?! (?:only|just|merely|necessarily|limited|be (?:able|liable|responsible|limited)|apply))",
    re.IGNORECASE,
)
# The clause that is denied is another one's part: "if you do not agree", "data that we do not own".
_SUBORDINATE = late(
    r"\b(?:if|when|where|whether|unless|until|once|while|because|since|although|though|who|which|that|whose|what)\b",
    re.IGNORECASE,
)
# Something else begins: an exception, another statement, a part of the sentence that has its own verb.
_OTHERWISE = late(
    r"\b(?:but|however|except|excluding|other than|apart from|unless|only|instead|rather|although|though|without|until"
    r"|because|if|while|whereas|when|where|that|which|who|whom|whose|what|may|will|can|shall|must|should|does?"
    r"|and (?:we|you|they|it|our|your))\b|(?<!such )(?<!well )\bas\b(?! well)|, (?:we|you|they)\b",
    re.IGNORECASE,
)


def denied(text: str, words: str) -> bool:
    """Whether the words stand in a text, and in what is denied wherever they do."""
    places = [found.start() for found in re.finditer(re.escape(words), text, re.IGNORECASE)] if words else []
    return bool(places) and all(_under(text[:place]) for place in places)


def _under(lead: str) -> bool:
    """Whether what follows this beginning of a text is denied."""
    begun = max((found.end() for found in _SENTENCE.finditer(lead)), default=0)
    sentence = lead[begun:]
    *_, last = [None, *_DENIAL.finditer(sentence)]
    if last is None or _OTHERWISE.search(sentence, last.end()):
        return False
    subject = "".join(reversed([*takewhile(lambda sign: sign != ",", reversed(sentence[: last.start()]))]))
    return not _SUBORDINATE.search(subject)
