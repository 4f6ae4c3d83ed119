"""Which paragraph of an edited document was which of the original."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from helpers.publishing.docx_figures import ReadParagraph

ALIKE = 0.5
"""Share of text that two paragraphs have in common at least, to be taken for one that was edited."""

Pair = tuple[ReadParagraph | None, ReadParagraph | None]


def paired(before: Sequence[ReadParagraph], after: Sequence[ReadParagraph]) -> list[Pair]:
    """Pairs (original, edited) in the order of the edited text, paragraphs that were taken out last; None stands for none.

    Equal text goes together first, then alike text between equal neighbours, then what was moved unchanged.
    """
    partner: dict[int, int] = {}
    lines = SequenceMatcher(None, [_key(one) for one in before], [_key(one) for one in after], autojunk=False)
    for kind, first, last, start, end in lines.get_opcodes():
        if kind == "equal":
            partner |= dict(zip(range(start, end), range(first, last), strict=True))
        elif kind == "replace":
            partner |= _edited(before, after, range(first, last), range(start, end))
    taken = set(partner.values())
    left = [index for index in range(len(before)) if index not in taken]
    for index, paragraph in enumerate(after):
        if index not in partner:
            moved = next((one for one in left if _key(before[one]) == _key(paragraph)), None)
            if moved is not None:
                partner[index] = moved
                left.remove(moved)
    pairs: list[Pair] = [
        (before[partner[index]] if index in partner else None, paragraph) for index, paragraph in enumerate(after)
    ]
    return [*pairs, *((before[index], None) for index in left)]


def _edited(before: Sequence[ReadParagraph], after: Sequence[ReadParagraph], old: range, new: range) -> dict[int, int]:
    """For edited paragraphs the originals most like them; what is left over goes together in order where it is as many."""
    found: dict[int, int] = {}
    for index in new:
        comparison = SequenceMatcher(None, "", _key(after[index]), autojunk=False)
        best, likeness = None, ALIKE
        for candidate in old:
            if candidate not in found.values():
                comparison.set_seq1(_key(before[candidate]))
                if comparison.quick_ratio() > likeness and comparison.ratio() > likeness:
                    best, likeness = candidate, comparison.ratio()
        if best is not None:
            found[index] = best
    rest_old = [index for index in old if index not in found.values()]
    rest_new = [index for index in new if index not in found]
    return found | (dict(zip(rest_new, rest_old, strict=True)) if len(rest_old) == len(rest_new) else {})


def _key(paragraph: ReadParagraph) -> str:
    return "".join(paragraph.text.split())
