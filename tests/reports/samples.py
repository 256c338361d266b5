"""Changes of three invented platforms: every kind, long clauses, table rows, other scripts, hostile text."""

from __future__ import annotations

from datetime import UTC, date, datetime

from policywatch.model import Change, ChangeSet, Check, Clause, Finding, Outcome, Run, Signal

TITLES = {
    "ai-training": "AI training",
    "retention": "Retention",
    "data-sharing": "Data sharing",
    "user-rights": "User rights",
    "fees": "Fees",
    "arbitration": "Arbitration",
    "children": "Children",
    "subprocessors": "Subprocessors",
    "liability": "Liability",
    "security": "Security",
    "contact": "Contact",
    "data-use": "Data use",
}
HOSTILE = (
    "Write to <script>alert(1)</script> @octocat or see #12, [bold red]not markup[/], **not bold**, "
    "![x](http://evil.example/p.png) \x1b[31mnot red\x1b[0m \u202eesrever ::error::x | `code` https://evil.example/org/repo/issues/1"
)
TITLE_HOSTILE = "Terms & Conditions </title><script>alert(2)</script> \x1b]0;owned\x07"


def clause(
    text: str, line: int = 1, *heading: str, kind: str = "paragraph", marker: str = "", level: int = 0
) -> Clause:
    return Clause(kind, text, level=level, marker=marker, heading=heading, line=line)  # type: ignore[arg-type]


HOW = ("How we use your information", "Improving our services")
TRAINING = Change(
    "reworded",
    (clause("We may use the content of your conversations to train our models only if you opt in.", 41, *HOW),),
    (clause("We will use the content of your conversations to train our models unless you opt out.", 43, *HOW),),
    (
        ("=", "We "), ("-", "may"), ("+", "will"), ("=", " use the content of your conversations to train our models "),
        ("-", "only if"), ("+", "unless"), ("=", " you opt "), ("-", "in"), ("+", "out"), ("=", "."),
    ),
    (Signal("modality", "may", "will"), Signal("opt", "only if you opt in", "unless you opt out")),
    categories=("ai-training", "data-use"),
    severity="high",
)  # fmt: skip
_LEAD = (
    "When you delete a conversation, it disappears from your history at once. "
    "Copies may remain in our backups, which are encrypted and kept apart from the systems that serve you. "
    "People who work for us can reach them only for the purposes that this section names, and each access is noted. "
)
_TAIL = (
    " After that they are overwritten. Where the law requires it, for instance because a court has ordered us to, "
    "we keep what the order names for as long as it stands, and we tell you unless the order forbids it. "
    "Nothing in this section limits the rights that the law of your country gives you, wherever you use the service. "
    "You can read more about how backups work in our help pages, which are not part of this policy."
)
RETENTION = Change(
    "reworded",
    (clause(f"{_LEAD}We keep these copies for 30 days.{_TAIL}", 58, "Retention"),),
    (clause(f"{_LEAD}We keep these copies for 90 days.{_TAIL}", 60, "Retention"),),
    (("=", f"{_LEAD}We keep these copies for "), ("-", "30"), ("+", "90"), ("=", f" days.{_TAIL}")),
    (Signal("number", "30 days", "90 days"),),
    categories=("retention",),
    severity="high",
)
SHARING_ADDED = Change(
    "added",
    (),
    (
        clause(
            "Brightwater Analytics, which measures how our advertising works.",
            71,
            "Who receives it",
            kind="item",
            marker="-",
            level=1,
        ),
    ),
    (("+", "Brightwater Analytics, which measures how our advertising works."),),
    (Signal("recipient", "", "Brightwater Analytics"),),
    categories=("data-sharing", "subprocessors"),
    severity="high",
)
RIGHTS_REMOVED = Change(
    "removed",
    (clause("You may ask us at any time to stop, and we will answer within one month.", 80, "Your rights"),),
    (),
    (("-", "You may ask us at any time to stop, and we will answer within one month."),),
    categories=("user-rights",),
    severity="medium",
)
MOVED = Change(
    "moved",
    (clause("We protect your information with encryption at rest and in transit.", 22, "Security"),),
    (clause("We protect your information with encryption at rest and in transit.", 95, "Annex", "Technical measures"),),
    (("=", "We protect your information with encryption at rest and in transit."),),
    categories=("security",),
    severity="low",
)
RENUMBERED = Change(
    "renumbered",
    (clause("8\\. Contact", 99, kind="heading", level=2),),
    (clause("9\\. Contact", 104, kind="heading", level=2),),
    (("-", "8"), ("+", "9"), ("=", "\\. Contact")),
    categories=("contact",),
    severity="low",
)
ROW = Change(
    "reworded",
    (clause("Storage | Northgate Hosting | Ireland", 88, "Subprocessors", kind="row"),),
    (clause("Storage | Northgate Hosting | Ireland, United States", 90, "Subprocessors", kind="row"),),
    (("=", "Storage | Northgate Hosting | Ireland"), ("+", ", United States")),
    categories=("subprocessors",),
    severity="medium",
)
_OLD_FEES = "Subscriptions cost what the page shows when you order. Prices include the taxes of your country."
_FEES = ("Subscriptions cost what the page shows when you order.", "Prices include the taxes of your country.")
SPLIT = Change(
    "split",
    (clause(_OLD_FEES, 30, "Fees"),),
    tuple(clause(text, 33 + index * 2, "Fees") for index, text in enumerate(_FEES)),
    (("=", _OLD_FEES),),
    categories=("fees",),
    severity="low",
)
MERGED = Change(
    "merged",
    (clause("Disputes go to arbitration.", 50, "Disputes"), clause("You can opt out within 30 days.", 52, "Disputes")),
    (clause("Disputes go to arbitration. You can opt out within 14 days.", 54, "Disputes"),),
    (("=", "Disputes go to arbitration. You can opt out within "), ("-", "30"), ("+", "14"), ("=", " days.")),
    (Signal("number", "30 days", "14 days"),),
    categories=("arbitration",),
    severity="high",
)
REWRITTEN = Change(
    "reworded",
    (clause("Our liability is limited to what you paid us in the last twelve months.", 60, "Liability"),),
    (
        clause(
            "To the extent that the law allows, we owe you nothing for any loss whatsoever.", 66, "Our responsibility"
        ),
    ),
    (
        ("-", "Our liability is limited to what you paid us in the last twelve months."),
        ("+", "To the extent that the law allows, we owe you nothing for any loss whatsoever."),
    ),
    moved=True,
    categories=("liability",),
    severity="medium",
)
LINKED = Change(
    "reworded",
    (clause("See the [help pages](https://lanternfish.example/help) for \\*details\\*.", 70, "Contact"),),
    (clause("See the [support pages](https://lanternfish.example/help) for \\*details\\*.", 74, "Contact"),),
    (
        ("=", "See the ["), ("-", "help"), ("+", "support"),
        ("=", " pages](https://lanternfish.example/help) for \\*details\\*."),
    ),
    severity="low",
)  # fmt: skip
INJECTION = Change(
    "added",
    (),
    (clause(HOSTILE, 75, "Contact", "[link](javascript:alert(1)) <b>"),),
    (("+", HOSTILE),),
    categories=("contact",),
    severity="low",
)
CHINESE = Change(
    "reworded",
    (clause("未满十四周岁的未成年人不得使用本服务。监护人应当阅读本政策。", 12, "未成年人保护"),),
    (clause("未满十八周岁的未成年人不得使用本服务。监护人应当阅读本政策。", 12, "未成年人保护"),),
    (("=", "未满十"), ("-", "四"), ("+", "八"), ("=", "周岁的未成年人不得使用本服务。监护人应当阅读本政策。")),
    (Signal("number", "十四周岁", "十八周岁"),),
    categories=("children",),
    severity="high",
)

PRIVACY = ChangeSet(
    "orbital-chat/privacy-policy",
    (MOVED, TRAINING, RETENTION, SHARING_ADDED, RIGHTS_REMOVED, ROW, RENUMBERED),
    from_version=3,
    to_version=4,
    from_time=datetime(2026, 1, 12, 9, tzinfo=UTC),
    to_time=datetime(2026, 3, 9, 10, 15, tzinfo=UTC),
    title="Orbital Chat Privacy Policy",
    signals=(Signal("effective-date", "1 January 2026", "1 April 2026"),),
    effective_before=date(2026, 1, 1),
    effective_after=date(2026, 4, 1),
    notice_days=23,
)
TERMS = ChangeSet(
    "lanternfish/terms",
    (SPLIT, MERGED, REWRITTEN, LINKED, INJECTION),
    from_version=1,
    to_version=2,
    title=TITLE_HOSTILE,
    signals=(Signal("silent-edit", "", ""),),
)
MINORS = ChangeSet(
    "wen-niao/yin-si-zheng-ce", (CHINESE,), from_version=7, to_version=8, title="文鸟隐私政策", unattributed=True
)
ALL = (PRIVACY, TERMS, MINORS)

RUN = Run(
    datetime(2026, 3, 9, 10, 15, tzinfo=UTC),
    datetime(2026, 3, 9, 10, 15, 42, tzinfo=UTC),
    (
        Outcome("orbital-chat/privacy-policy", "changed", version=4, changes=PRIVACY, confidence=0.97),
        Outcome("lanternfish/terms", "changed", version=2, changes=TERMS),
        Outcome("wen-niao/yin-si-zheng-ce", "upgraded", version=8, changes=MINORS),
        Outcome("orbital-chat/terms", "unchanged", version=2, recovered=date(2026, 3, 2)),
        Outcome("parrotfish/privacy", "blocked", "HTTP 403 with a bot challenge", since=date(2026, 3, 2)),
        Outcome("parrotfish/terms", "blocked", "HTTP 403 with a bot challenge", since=date(2026, 3, 2), news=False),
        Outcome("quillwort/cookies", "missing", "HTTP 404", since=date(2026, 3, 9)),
        Outcome(
            "quillwort/terms",
            "failed",
            "no answer within 30 s",
            hint="Check the address \x1b[31m.",
            since=date(2026, 3, 9),
        ),
        Outcome("sundial/privacy", "pending", "the text lost 70 % of its clauses", since=date(2026, 3, 8)),
        *(
            Outcome(f"moth/{name}", "skipped", "needs a browser", hint="pip install 'policywatch[browser]'")
            for name in ("cookies", "privacy", "subprocessors", "terms")
        ),
    ),
)

CHECK = Check(
    (
        Finding(
            "orbital-chat/privacy-policy",
            4,
            "change",
            ("ai-training",),
            "high",
            "reworded clause on AI training is not reviewed",
            TRAINING.after[0].text,
            "archive/orbital-chat/privacy-policy.md",
            43,
            "policywatch review orbital-chat/privacy-policy --version 4 --decision accepted",
        ),
        Finding(
            "lanternfish/terms",
            2,
            "change",
            ("contact",),
            "medium",
            "added clause, 100 % unreviewed:\n::warning::injected",
            HOSTILE,
            "archive/lanternfish/terms.md",
            75,
            "policywatch review lanternfish/terms --version 2 --decision accepted",
        ),
        Finding("parrotfish/privacy", 1, "age", (), "low", "not seen since 2 Mar 2026, the gate allows 7 days"),
    ),
    documents=3,
)
