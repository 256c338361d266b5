"""Characters that say nothing, and white space: what every text is rid of before anything looks at it."""

from __future__ import annotations

import re

# Zero-width spaces, joiners, soft hyphens, marks of direction, byte order marks, variation selectors of text style,
# control characters, icon fonts' private glyphs, and what no UTF-8 or YAML file may hold.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufe0e\ufe0f\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]"
)
# (Non-)joiners spell words in Persian and the Indic scripts; anywhere else they are noise.
_JOINER = re.compile("(?<![\u0600-\u0dff\u0f00-\u109f\u1780-\u17ff])[\u200c\u200d]+")
# Nothing to clean but double spaces.
_PLAIN = re.compile("[ -~\xa1-\xac\xae-\u0233\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2122]*")


def clean(text: str) -> str:
    """The text without invisible characters, runs of white space of any kind as one space, none at the ends."""
    if not _PLAIN.fullmatch(text):
        text = _JOINER.sub("", _INVISIBLE.sub("", text))
    elif "  " not in text:
        return text.strip()
    return " ".join(text.split())
