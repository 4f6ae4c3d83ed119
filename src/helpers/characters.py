"""Characters that nobody sees in a text and that change what is read: no input may hold them, no message prints them."""

import re

UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
"""Control characters and tabs (not the line feed), rare line separators that editors and YAML count differently, marks of no
width, byte order marks, lone surrogates, what turns the reading order round, and what Unicode keeps unassigned for good."""
