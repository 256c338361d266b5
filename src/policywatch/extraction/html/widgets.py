"""What is found by its words where no name tells: consent dialogs, questions to the reader, comments, subscriptions."""

from __future__ import annotations

from policywatch.extraction.html.furniture import drop
from policywatch.extraction.html.page import Block, Page
from policywatch.extraction.html.phrases import heads_comments, is_consent_notice, is_widget, offers_news
from policywatch.extraction.html.vocabulary import asks_consent, asks_feedback, is_button, is_consent_button

_LARGEST_DIALOG = 2500  # letters
_LARGEST_QUESTION = 250
_COMMENTS_SHARE = 0.3  # of the page's running text
_LARGEST_FORM = 500
_LINE = 80  # letters that a line over comments has at most


def drop_consent(page: Page, keep: bytearray) -> None:
    """Consent dialogs by what they are: a few sentences about cookies over the buttons that accept or reject them."""
    choices = {*page.choices, *(b.box for b in page.blocks if len(b.text) < 40 and is_consent_button(b.text))}
    for index in choices:
        while index >= 0:
            box = page.boxes[index]
            text = " ".join(block.text for block in page.blocks[box.first : box.last])
            if len(text) > _LARGEST_DIALOG:
                break
            if (len(text) > 60 and asks_consent(text)) or is_consent_notice(text):
                page.settled.update(range(box.first, box.last))
                drop(keep, box.first, box.last)
                break
            index = box.parent


def drop_feedback(page: Page, keep: bytearray) -> None:
    """The question whether the page was helpful, with what answers it."""
    for block in page.blocks:
        asking = "?" in block.text or "？" in block.text or "this" in block.text
        if asking and len(block.text) < 100 and asks_feedback(block.text):
            index, small = block.box, -1
            while index >= 0:
                box = page.boxes[index]
                inside = page.blocks[box.first : box.last]
                if sum(len(other.text) for other in inside) > _LARGEST_QUESTION or not all(map(_may_answer, inside)):
                    break
                if any(other.heading == page.top_heading for other in inside):
                    break
                index, small = box.parent, index
            if small >= 0:
                page.settled.update(range(page.boxes[small].first, page.boxes[small].last))
                drop(keep, page.boxes[small].first, page.boxes[small].last)


def drop_comments(page: Page, keep: bytearray) -> None:
    """What visitors wrote below the text: the part that begins with how many they are, or asks for more."""
    most = sum(page.prose) * _COMMENTS_SHARE
    for index, block in enumerate(page.blocks):
        if len(block.text) >= _LINE or not heads_comments(block.text):
            continue
        box, part = page.boxes[block.box], None
        while box.first == index and sum(page.prose[box.first : box.last]) < most:
            part = box
            if box.parent < 0:
                break
            box = page.boxes[box.parent]
        if part is not None and part.last > index + 1:
            page.settled.update(range(part.first, part.last))
            drop(keep, part.first, part.last)


def drop_subscription(page: Page, keep: bytearray) -> None:
    """The form that asks for an address to send news to, with the words around it."""
    for box in page.boxes:
        index = box.parent if box.tag == "form" else -1
        while index >= 0:
            around = page.boxes[index]
            inside = page.blocks[around.first : around.last]
            if sum(len(block.text) for block in inside) > _LARGEST_FORM:
                break
            if any(block.heading == page.top_heading for block in inside):
                break
            if any(offers_news(block.text) for block in inside):
                page.settled.update(range(around.first, around.last))
                drop(keep, around.first, around.last)
                break
            index = around.parent


def _may_answer(block: Block) -> bool:
    """Whether a line may stand beside the question if the page was helpful: no sentence about anything else."""
    text = block.text
    return asks_feedback(text) or is_button(text) or is_widget(text) or (len(text) < 40 and text[-1] not in ".:;。")
