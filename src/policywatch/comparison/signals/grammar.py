"""Closed classes of words, and which words are verbs or begin what is said of a subject."""

from __future__ import annotations

from collections.abc import Sequence

ARTICLES = frozenset("the a an your our its their his her any all".split())
SUBJECTS = frozenset("we they i".split())
OBJECTS = frozenset("you us it them".split())
PRONOUNS = SUBJECTS | {"you"}
RELATIVES = frozenset("that which who whose whom when where how whether unless".split())
VERBS = frozenset(  # of what is done; after "share … to", a purpose rather than a recipient
    "access administer advertise analyse analyze answer assess bill build calculate carry communicate complete comply"
    " conduct contact create customise customize deliver detect determine develop diagnose display enable enforce"
    " enhance ensure establish evaluate facilitate fix fulfil fulfill generate help identify improve inform investigate"
    " keep learn maintain make manage market measure meet monitor notify offer operate optimise optimize perform"
    " personalise personalize prevent process produce profile promote protect provide rank recommend remember research"
    " resolve respond review run safeguard satisfy secure sell send serve show store support tailor target test track"
    " train transfer troubleshoot understand update use verify combat study advise arrange authenticate avoid block"
    " check choose collect compare compile confirm count debug decide defend document draw estimate expand explain"
    " filter find flag follow get give grow guarantee handle implement infer integrate interact invite invoice issue"
    " know label launch let limit log match mitigate moderate negotiate obtain organise organize pay place predict"
    " prepare present print publish recognise recognize record recover reduce register remove repair reply reset"
    " return reward save scan score segment select settle simplify start stop suggest synchronise synchronize teach"
    " tell transcribe translate tune unlock watch write".split()
)
_NO_VERB = tuple("ing ed tion ment ness ty ance ence ers ware ful al ous ic able ary ant ent less".split())
DETERMINERS = frozenset(
    "the a an your our its their his her any all each other this that these those my third new".split()
)
PREPOSITIONS = frozenset("of in by on at as under upon from through within during after before until with for".split())
_AFTER_VERB = DETERMINERS | (PREPOSITIONS - {"of", "in", "for"})


def known(word: str) -> bool:
    """Whether a word is a verb of what is done, or is made from one: "cross-sell"."""
    return word in VERBS or word.rpartition("-")[2] in VERBS


def verb(word: str, rest: Sequence[str]) -> bool:
    """Whether a word can begin what is done: known to, or of a verb's shape and with an object after it."""
    if known(word):
        return True
    if not rest or not word.isalpha() or word in DETERMINERS or word in PREPOSITIONS:
        return False
    return not word.endswith(_NO_VERB) and (not word.endswith("s") or word.endswith("ss"))


def predicate(item: Sequence[str]) -> bool:
    """Whether an item says what is done: "apply for a job", "speak a word", "improve"."""
    if item[0] in DETERMINERS or item[0] in PREPOSITIONS:
        return False
    if len(item) == 1:
        return item[0] in VERBS
    return item[1] in _AFTER_VERB
