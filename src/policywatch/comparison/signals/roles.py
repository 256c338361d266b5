"""What an item of a list is, by the words that lead to it: one who gets data, what data is used for, or neither."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.comparison.signals.coordination import FINITE, JOINTS, MOST, STOPS

SENTENCE = 200  # words before an item that can tell what it is

_SHARING = tuple(
    "share sharing disclos provid transfer sell sold pass send sent transmit give giving available visible accessible"
    " known shown releas rent communicat reveal report submit forward hand going flow work".split()
)
_NO_SHARING = (
    "provider passport password passenger goal handle shareholder handbook transferab workspace workplace works gives"
)
_NOT_SHARING = tuple(_NO_SHARING.split())
_GOES = frozenset(("go", "goes"))
_REACHED = tuple("access seen view receiv process read obtain handl collect hosted".split())
_FOR_WHOM = [["us"], ["you"], ["them"], ["example"], ["instance"]]
_SEEING = tuple(  # what is done with data as well, and for a purpose where "to" follows
    "look check examin evaluat inspect review scan measur monitor compar combin match record log request obtain receiv"
    " ask verif assess infer deriv share sharing".split()
)
_TO_WHAT = frozenset("up due according subject prior relating related respect addition relation".split())
_TIMES = tuple("term period duration time length day week month year moment hour minute long".split())
_REFERENCES = frozenset("section sections article articles clause this these that paragraph".split())
_USING = tuple(
    "use using process collect gather need retain analy purpose reason store keep kept hold held requir necess recorded"
    " combin serve".split()
)
_NOT_USING = tuple("user useful username reasonabl keeping processor holder holding server".split())
_GET = frozenset("receive receives get gets see sees view read access obtain obtains".split())
_ALLOWS = frozenset("allow allows permit permits enable enables authorise authorize authorises authorizes".split())
_COLLECT = _GET | frozenset("collect process use place set store".split())
_LIMITED = frozenset("limited restricted reserved granted open".split())  # access is, to …
_HANDLE = frozenset("process processes handle store".split())
_SUBJECTS = frozenset("we they i".split())
_ARTICLES = frozenset("the a an your our its their his her any all".split())
_OBJECTS = frozenset("you us it them".split())
_PRONOUNS = _SUBJECTS | {"you"}
_RELATIVES = frozenset("that which who whose when where unless".split())
_GRANTED = frozenset("permission permissions right rights licence license option choice ability".split())  # … to do
_ABLE = frozenset("able need needs allowed permitted entitled have has".split())
_BOUGHT = frozenset(  # who gets these is a customer
    "service services site app platform website software features feature api credits refund refunds discount discounts"
    " notice notices updates payment payments support access".split()
)
_ADVERBS = frozenset("also only then each all may can will might could both".split())
_AWAY = (
    frozenset(
        "through via on at under from about within into as by until after before during we they i ) however".split()
    )
    | FINITE
)  # to something else
_WITHIN = frozenset("on at from about within by until after before during )".split())  # one's own words
_PARTY = tuple(  # how words for those who can get something begin
    "agenc compan institut partner provider firm network vendor organi bodies team centre center staff consultant"
    " advis platform bureau authorit".split()
)
_WHICH = frozenset("that which who whose".split())
_LEADING = frozenset("with to by for from".split())
_MODIFY = _RELATIVES | frozenset("you we they acting involved bound chosen concerned handling carrying".split())
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
_VERBS = frozenset(  # of what is done; after "share … to", a purpose rather than a recipient
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
    " tell transcribe translate unlock watch write".split()
)
_GIVE = frozenset("share disclose submit transmit report reveal release forward pass give lease rent upload".split())
_NO_VERB = tuple("ing ed tion ment ness ty ance ence ers ware ful al ous ic able ary ant ent less".split())
_DETERMINERS = frozenset(
    "the a an your our its their his her any all each other this that these those my third new".split()
)
PREPOSITIONS = frozenset("of in by on at as under upon from through within during after before until with for".split())
_PLACES = PREPOSITIONS - {"with", "for"}
_AFTER_VERB = _DETERMINERS | (PREPOSITIONS - {"of", "in", "for"})
_CONDITIONS = frozenset("if when where unless".split())
_USED = frozenset("use used using process processed processing".split())
_USERS = frozenset("we is are be may will".split())
_OUGHT = frozenset("must shall should".split())  # "to use it, you must:"
_GETTERS = frozenset(
    "providers vendors processors sub-processors subprocessors subcontractors contractors recipients".split()
)
_SEVERAL = frozenset("the these following several various many different other our business".split())
_OTHERS = frozenset("affiliates parties third-parties auditors users subsidiaries".split())
_CASES = frozenset("cases circumstances situations instances conditions events".split())
_DATA = frozenset("data information categories details content contents input inputs records address addresses".split())
_WHOM = frozenset("who whom".split())
_WHO = frozenset("who whom with parties recipients".split())
_NOT = frozenset("not never no prohibited restrictions restriction".split())


def by_lead(lead: Sequence[str], item: Sequence[str]) -> str:
    """What a clause is that is an item of the list which a sentence or heading introduces."""
    kind = _of(lead)
    if kind == "recipient" and not _CASES.isdisjoint(lead[-3:]) and not _parties(item):
        return "list-item"  # "when we share it" rather than with whom
    if kind == "recipient" and (item[0] in _VERBS or (item[0] == "to" and item[1:] and item[1] in _VERBS)):
        kind = "purpose"
    does = item[0] in ("to", "for", "in") or item[0] in _VERBS or item[0].endswith("ing")
    asked = "why" in lead or lead[-1:] in (["to"], ["for"]) or any(word.startswith("purpose") for word in lead)
    return kind if kind != "purpose" or does or asked else "list-item"


def _parties(words: Sequence[str]) -> bool:
    """Whether words name people or companies: "service providers", not "sale of the company"."""
    end = next((at for at, word in enumerate(words) if word in PREPOSITIONS), len(words))
    return any(word.startswith(_PARTY) or word in _OTHERS for word in words[:end])


def _of(lead: Sequence[str]) -> str:
    if not _WHOM.isdisjoint(lead[:3]) and (not _GET.isdisjoint(lead) or any(_shares(word) for word in lead)):
        return "recipient"
    to_us = any(word == "us" and lead[at - 1 : at] in (["with"], ["to"]) for at, word in enumerate(lead))
    if not lead or to_us or lead[-1] == "from" or any(word in _NOT for word in lead):
        return "list-item"
    if lead[-1] in _OUGHT:
        return "list-item"
    end = lead[-4:]
    if _for_one(lead):
        return "list-item"
    if lead[0].startswith("purpose") or any(word.startswith("purpose") for word in end) or "why" in lead:
        return "purpose"
    given = [at for at, word in enumerate(lead) if _is_given(word) and not _ours(lead, at)]
    if given == [len(lead) - 1] and not _DATA.isdisjoint(lead) and _WHO.isdisjoint(lead):
        return "list-item"  # "data shared", "information that we disclose"
    if lead[-1] == "by" and any(word.startswith(_REACHED) for word in end):
        return "recipient"
    if lead[-1] in ("to", "with") and _recipients(lead) == len(lead) - 1:
        return "recipient"
    used = [at for at, word in enumerate(lead) if _is_used(lead, at)]
    if not given and "from" not in lead and any(word in _GETTERS for word in end):
        return "recipient"
    if given and (not used or "with" in end or "to" in end or given[0] < used[0] or "recipients" in lead):
        return "recipient"
    return "purpose" if used else "list-item"


def _ours(lead: Sequence[str], at: int) -> bool:
    """Whether it is we who receive something."""
    return lead[at] == "receive" and "we" in lead[max(0, at - 3) : at]


def _for_one(lead: Sequence[str]) -> bool:
    """Whether a lead names the purpose itself: "data that we use for billing purposes"."""
    ends = lead[-1] in ("purpose", "purposes") and "for" in lead[-4:-1]
    return ends and _SEVERAL.isdisjoint(lead[-4:-1])


def _is_given(word: str) -> bool:
    begins = word.startswith(("shar", "disclos", "transfer", "recipient", "receiv", "sell", "sold"))
    return (begins and not word.startswith(_NOT_SHARING)) or word in ("available", "passed")


def _is_used(lead: Sequence[str], at: int) -> bool:
    """Whether a use is one that is made of data: "we use", "may be used", not "the use of the service"."""
    if not lead[at].startswith(("use", "using", "process")) or lead[at].startswith(_NOT_USING):
        return False
    if lead[at] in ("uses", "processes"):
        return at > 0 and lead[at + 1 : at + 2] != ["of"]
    return any(word in ("we", "to", "be", "is", "are", "may", "will") for word in lead[max(0, at - 2) : at])


def within(words: Sequence[str], core: range, *, named: bool) -> str:
    """What an item within a sentence is; ``named``: it begins with a capital letter."""
    start = core.start
    while start and words[start - 1] not in STOPS and core.start - start < SENTENCE:
        start -= 1
    before, item = list(words[start : core.start]), words[core.start : core.stop]
    if ":" in before:
        colon = len(before) - 1 - before[::-1].index(":")
        lead, before = before[:colon], before[colon + 1 :]
        kind = "list-item" if says(before) else "recipient" if "who" in lead else _of(lead)
        if kind == "purpose" or (kind == "recipient" and not _predicate(item)):
            return kind
    shared, used = _recipients(before), _purposes(before)
    who = _is_who(item) or (shared >= 0 and _is_who(_following(words, core.stop)))
    if len(item) > 1 and item[0] in ("to", "for", "with", "by"):
        return _repeated(words, core, shared, used)
    if shared > 0 and before[shared] == "to" and before[shared - 1] in _GRANTED:
        return "list-item"
    if shared >= 0 and before[shared] == "to" and _to_do(before, shared, item):
        shared, used = -1, max(used, shared)
    there = (
        shared >= 0
        and (who or (shared >= used and "for" not in before[shared + 1 :]))
        and not _placed(item)
        and not _is_data(item)
    )
    if there and not _off(before[shared + 1 :], who) and not _predicate(item):
        return "recipient"
    named_for = used >= 0 and before[used] == "for" and "for" in item[1:]  # "Orvane for hosting and [Lumora for mail]"
    if used >= 0 and not named_for and not _off(before[used + 1 :], False) and "along" not in before[used + 1 :]:
        rest = () if named else item[1:]
        if before[used] != "to" or _verb(item[0], rest) or _for_object(before, used):
            return "purpose"
    return "recipient" if _get(words, start, core) else "list-item"


def says(words: Sequence[str]) -> bool:
    """Whether words are a sentence rather than what an item names: "is" or "we" before any comma, "that" or "who"."""
    for at, word in enumerate(words):
        if word[-1] in ",;":
            return words[0] != "to" and not _PRONOUNS.isdisjoint(words[at + 1 : at + 2])  # "In case of loss, we …"
        if word in _RELATIVES or (at and word in _PRONOUNS and words[0] not in PREPOSITIONS):
            return False  # "solicitors we instruct"
        if word in FINITE or word in _SUBJECTS:
            return True
    return False


def _repeated(words: Sequence[str], item: range, shared: int, used: int) -> str:
    """An item that says "to", "for", "with" or "by" itself."""
    first, second = words[item.start : item.start + 2]
    third = words[item.start + 2] if len(item) > 2 else ""
    does = second in _VERBS or third in _OBJECTS or (third in _ARTICLES and second not in _DETERMINERS)
    if first == "to" and shared >= 0 and not does:
        return "purpose" if used > shared and words[used] != "to" else "recipient"
    if first in ("with", "by"):
        return "recipient" if shared >= 0 and beside(words, item) else "list-item"
    aimed = first == "to" or beside(words, item, frozenset(("to",)) if used >= 0 else frozenset())
    return "purpose" if max(shared, used) >= 0 and aimed else "list-item"


def beside(words: Sequence[str], item: range, like: frozenset[str] = frozenset()) -> bool:
    """Whether the item before one has its first word, or one ``like`` it; or the one after it a preposition as well."""
    end = item.start
    while end and words[end - 1] in JOINTS:
        end -= 1
    like |= {words[item.start]}
    follows = _following(words, item.stop)
    return not like.isdisjoint(words[max(0, end - MOST) : end]) or not like.isdisjoint(follows) or _placed(follows)


def _recipients(before: Sequence[str]) -> int:
    """Where the word stands that recipients follow ("with", "to", "by", "are"), -1 if there is none."""
    found, given, reached, named = -1, False, False, False
    to_do = held = False
    for at, word in enumerate(before):
        after = before[at + 1 : at + 2]
        follows = given and word in ("with", "to") and after != ["us"]
        if to_do and found < 0 and word == "to" and before[at - 1] in JOINTS:
            follows = False  # "to send messages, to host files"
        follows = follows or (reached and word == "by" and not "".join(after).endswith("ing"))
        if follows or (
            named and (word in ("are", "is", "e.g", "like", "namely") or word.startswith("includ") or _such(before, at))
        ):
            found = at
        if word in _CONDITIONS:
            held = given
            given = reached = False
        given = given or (held and (word == "e.g" or _such(before, at)))  # "where we have to, such as to courts"
        shares = word in _GOES or _shares(word)
        shares = shares and (not word.startswith("work") or after == ["with"])
        to_do = to_do or (shares and before[at - 1 : at] == ["to"])
        given = given or (shares and after != ["you"]) or (reached and word in _LIMITED)
        reached = reached or (word.startswith(_REACHED) and not word.endswith("e"))
        told = at - (before[at - 1 : at] in (["may"], ["can"], ["will"]))
        who = before[told - 1 : told] in (["that"], ["who"]) and word in _GET | _HANDLE
        named = named or who or word in ("recipients", "recipient")
    return found


def _shares(word: str) -> bool:
    return word.startswith(_SHARING) and not word.startswith(_NOT_SHARING)


def _such(words: Sequence[str], at: int) -> bool:
    return words[at - 1 : at + 1] in (["such", "as"], ["for", "example"], ["for", "instance"])


def _purposes(before: Sequence[str]) -> int:
    """Where the word stands that purposes follow ("to", "for", "us"), -1 if there is none."""
    found, used, seen, interests = 0 if _aims(before) else -1, False, False, False
    for at, word in enumerate(before):
        after = before[at + 1 : at + 5]
        if word == "for" and (after[:1] in _FOR_WHOM or _while(after)):
            continue
        helps = word == "us" and at > 0 and before[at - 1].rstrip("s") in ("help", "allow", "enable", "let")
        serves = word in ("purpose", "purposes") and after[:1] == ["of"] and _REFERENCES.isdisjoint(after[1:2])
        serves = serves or (word in ("serve", "serves") and not _DATA.isdisjoint(before[:at]))
        named = interests and (word in ("namely", "e.g", "like", "include", "including") or _such(before, at))
        able = word in ("can", "may") and "so" in before[max(0, at - 4) : at]
        to_do = (word == "to" and before[at - 1] not in _TO_WHAT and after[:1] != ["the"]) or able
        aims = word in ("for", "purpose", "purposes") or to_do
        if helps or serves or named or (used and aims) or (seen and to_do):
            found = at
        ours = "you" not in before[max(0, at - 4) : at]
        uses = word.startswith(_USING) and not word.startswith(_NOT_USING)
        uses = uses or (word == "record" and before[at - 1 : at] in (["we"], ["may"], ["will"]))
        used = (used and word not in _CONDITIONS) or (uses and ours)
        seen = (seen and word not in _CONDITIONS) or (word.startswith(_SEEING) and ours)
        interests = interests or word in ("interests", "purposes", "reasons")
    return found


def _for_object(before: Sequence[str], at: int) -> bool:
    """Whether data is what is used "to" do something to the item: "we use it to send invoices and [offers]"."""
    begin = max((place for place, word in enumerate(before[:at]) if word in _USED), default=-1)
    ahead = before[max(0, begin - 3) : begin]
    ours = begin >= 0 and (before[begin].endswith("ing") or not _USERS.isdisjoint(ahead)) and "you" not in ahead
    return (
        ours and PREPOSITIONS.isdisjoint(before[begin + 1 :]) and "you" not in before[begin : before.index("to", begin)]
    )


def _while(after: Sequence[str]) -> bool:
    """Whether words after "for" tell how long: "the term of", "up to 30 days"."""
    ahead = after[: next((at for at, word in enumerate(after) if word in JOINTS), len(after))]
    return any(word.startswith(_TIMES) for word in ahead) and not any(word.endswith("ing") for word in ahead)


def _aims(before: Sequence[str]) -> bool:
    """Whether a sentence is what something is done for: it begins with "to provide"."""
    return before[:1] == ["to"] and not _VERBS.isdisjoint(before[1:2]) and "you" not in before[2:4]


def _placed(item: Sequence[str]) -> bool:
    """Whether an item says where: "in the region"."""
    return bool(item) and item[0] in _PLACES


def _to_do(before: Sequence[str], at: int, item: Sequence[str]) -> bool:
    """Whether the "to" there begins what is done: "to research causes", not "to research institutes"."""
    rest = [*before[at + 1 : at + 3], *item][:2]
    return (rest[0] in _VERBS or rest[0] in _GIVE) and not any(word.startswith(_PARTY) for word in rest[1:])


def _off(between: Sequence[str], who: bool) -> bool:
    """Whether the words between a "with" and an item lead away from the list it governs.

    ``who``: the item is one of people or companies, so that what is said where, or for whom, belongs to the one before.
    """
    run, last, relative = 0, "", False
    away = _AWAY - _WITHIN if who else _AWAY
    for word in between:
        run = 0 if word in JOINTS else run + 1
        starts = word in _WHICH or (word in _PRONOUNS and run > 1)  # "solicitors we instruct"
        relative = run > 0 and (relative or starts)
        if run > 2 * MOST or (run > MOST and not who) or (word == "any" and run > 1 and not who):
            return True
        if word in away and last != "such" and not relative:
            return True
        last = word
    return False


def _is_who(item: Sequence[str]) -> bool:
    """Whether words name people or companies, by how their noun ends: "the sellers of tickets", "our insurers"."""
    item = item[item[0] in _LEADING :] if item else item
    end = next((at for at, word in enumerate(item) if at and (word in PREPOSITIONS or word in _MODIFY)), len(item))
    if not end or item[0] in _VERBS:
        return False
    noun = item[end - 1]
    one = noun[:-3] + "y" if noun.endswith("ies") else noun.rstrip("s")
    return one in _ORGANISATIONS or (len(one) > 4 and one.endswith(_AGENTS) and one not in _NO_AGENTS)


def _is_data(item: Sequence[str]) -> bool:
    """Whether words name what is shared rather than with whom."""
    end = next((at for at, word in enumerate(item) if at and (word in PREPOSITIONS or word in _MODIFY)), len(item))
    return item[end - 1] in _DATA


def _following(words: Sequence[str], at: int) -> Sequence[str]:
    """The item after one."""
    while at < len(words) and words[at] in JOINTS:
        at += 1
    end = at
    while end < len(words) and end - at < MOST and words[end] not in JOINTS and words[end] not in STOPS:
        end += 1
    return words[at:end]


def _verb(word: str, rest: Sequence[str]) -> bool:
    """Whether a word can begin what is done: known to, or of a verb's shape and with an object after it."""
    if word in _VERBS:
        return True
    if not rest or not word.isalpha() or word in _DETERMINERS or word in PREPOSITIONS:
        return False
    return not word.endswith(_NO_VERB) and (not word.endswith("s") or word.endswith("ss"))


def _predicate(item: Sequence[str]) -> bool:
    """Whether an item says what is done: "apply for a job", "speak a word", "improve"."""
    if item[0] in _DETERMINERS or item[0] in PREPOSITIONS:
        return False
    if len(item) == 1:
        return item[0] in _VERBS
    return item[1] in _AFTER_VERB


def _get(words: Sequence[str], start: int, core: range) -> bool:
    """Whether the list is of those who get something: "our hosts and auditors can see your files"."""
    for at in range(core.stop, min(len(words), core.stop + 3 * MOST)):
        word, after = words[at], words[at + 1 : at + 6]
        if word in STOPS or word in (":", ";", "("):
            return False
        if word in ("have", "has") and "access" in after[:2]:
            return _BOUGHT.isdisjoint(after[2:])
        if word == "to" and not _ALLOWS.isdisjoint(words[start : core.start]):
            return not _COLLECT.isdisjoint(after[:1])  # "we let networks and [brokers] collect data"
        if word in _GET:
            if words[at - 1] == "to" and words[at - 2] not in _ABLE:
                return False  # "the right to access"
            if words[at - 1] in _PRONOUNS or "here" in after:
                return False
            return words[start] != "you" and after[:1] != [","] and _BOUGHT.isdisjoint(after[:3])
        if word in FINITE and word not in _ADVERBS:
            return False
    return False
