"""Forced line breaks: which of them end a clause, and which only a line."""

from __future__ import annotations

import re

from policywatch.extraction.html.page import BREAK, Run

# How a line starts that is a clause of its own: "4.2", "(b)", "iv.", "•", "第三条", "一、".
ENUMERATOR = re.compile(
    r"(?:\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)](?=\s|$)|\d{1,3}(?:\.\d{1,3}){1,4}(?=\s|$)|\([a-zA-Z]{1,4}\)|[a-zA-Z][.)](?=\s|$)|[ivxIVX]{1,5}[.)](?=\s|$)"
    r"|[•●▪■◦‣⁃∙·○◆◇►➢✓✔]|[*–—-](?=\s)|§+\s*\d|(?:article|section|artikel|abschnitt|artículo|articolo|artigo)\s+[\dIVX]+\b"
    r"|第[一二三四五六七八九十百零\d]+[条章节款條節]|제\s?\d+[조장]|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]\d{1,2}[)）]|\d{1,2}[、．])",
    re.IGNORECASE,
)
_WORD_OF_HAN = re.compile("[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"[.!?:;。！？：；…][\"'”’)\]»」』）]*$")


def lines(runs: list[Run], *, inside_item: bool, preformatted: bool) -> list[list[Run]]:
    """Runs with forced breaks as the clauses they show; a break inside one has become a space.

    Two breaks in a row always part. One parts where the next line starts something: elsewhere it is a line of an
    address in a list item, or text that was wrapped by hand.
    """
    parted: list[list[Run]] = [[]]
    empty_before = False
    for line in _split(runs, preformatted):
        said = "".join(run[0] for run in line).strip()
        if not said:
            empty_before = True
            continue
        last = parted[-1]
        if last and (empty_before or _parts(last, line, said, inside_item, preformatted)):
            parted.append(line)
        else:
            if last:
                last.append((" ", "", last[-1][2]))
            last.extend(line)
        empty_before = False
    return parted


def set_apart(runs: list[Run]) -> list[Run]:
    """Runs with a space where bold begins or ends between two letters of a script that has no spaces.

    There bold is what sets words apart, and what the law wants a reader to notice; without the space nothing of it
    would be left. (For the canonical form such spaces are none.)
    """
    found = runs[:1]
    for run in runs[1:]:
        before = found[-1]
        if (before[2] > 0) != (run[2] > 0) and _WORD_OF_HAN.match(before[0][-1:]) and _WORD_OF_HAN.match(run[0][:1]):
            found.append((" ", "", 0))
        found.append(run)
    return found


def _split(runs: list[Run], preformatted: bool) -> list[list[Run]]:
    found: list[list[Run]] = [[]]
    for text, href, bold in runs:
        if text == BREAK:
            found.append([])
        elif preformatted and "\n" in text:
            first, *rest = text.split("\n")
            found[-1].append((first, href, bold))
            found.extend([(part, href, bold)] for part in rest)
        else:
            found[-1].append((text, href, bold))
    return found


def _parts(last: list[Run], line: list[Run], said: str, inside_item: bool, preformatted: bool) -> bool:
    if ENUMERATOR.match(said):
        return True
    if inside_item:
        return False
    before = "".join(run[0] for run in last).strip()
    ended = _SENTENCE_END.search(before) is not None
    if preformatted:
        # Hand-wrapped text may end a full line with a full stop; a short last line tells that the paragraph ends.
        return ended and len(before.rsplit("\n", 1)[-1]) < 50
    return ended or not said[0].islower() or _is_bold(last) != _is_bold(line)


def _is_bold(line: list[Run]) -> bool:
    return all(bold > 0 for text, _, bold in line if text.strip())
