"""Which paragraph of an edited document was which of the original."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from helpers.publishing.docx_figures import ReadParagraph

ALIKE = 0.5
"""Share of text that two paragraphs have in common at least, to be taken for one that was edited."""
MOST_COMPARED = 40_000
"""Pairs of edited paragraphs that are compared letter by letter; where more were edited in one place, their order tells."""

Pair = tuple[ReadParagraph | None, ReadParagraph | None]


def paired(before: Sequence[ReadParagraph], after: Sequence[ReadParagraph]) -> list[Pair]:
    """Pairs (original, edited) in the order of the edited text, paragraphs that were taken out last; None stands for none.

    Equal text in an equal row of a table goes together first, then equal text between equal neighbours, then alike text there,
    then what was moved unchanged.
    """
    partner: dict[int, int] = {}
    for old, new in _matched(before, after, range(len(before)), range(len(after)), partner, rows=True):
        for old_rest, new_rest in _matched(before, after, old, new, partner, rows=False):
            partner |= _edited(before, after, old_rest, new_rest)
    taken = set(partner.values())
    left = [index for index in range(len(before)) if index not in taken]
    for index, paragraph in enumerate(after):
        if index not in partner:
            moved = next((one for one in left if _text(before[one]) == _text(paragraph)), None)
            if moved is not None:
                partner[index] = moved
                left.remove(moved)
    pairs: list[Pair] = [
        (before[partner[index]] if index in partner else None, paragraph) for index, paragraph in enumerate(after)
    ]
    return [*pairs, *((before[index], None) for index in left)]


def _matched(
    before: Sequence[ReadParagraph],
    after: Sequence[ReadParagraph],
    old: range,
    new: range,
    partner: dict[int, int],
    *,
    rows: bool,
) -> list[tuple[range, range]]:
    """Put equal paragraphs of two stretches together in `partner`; the stretches between them where both have some left."""
    keys_of = (
        [(one.row if rows else "", _text(one)) for one in part[stretch.start : stretch.stop]]
        for part, stretch in ((before, old), (after, new))
    )
    old_keys, new_keys = keys_of
    left = []
    for kind, first, last, start, end in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        stretches = range(old.start + first, old.start + last), range(new.start + start, new.start + end)
        if kind == "equal":
            partner |= dict(zip(stretches[1], stretches[0], strict=True))
        elif kind == "replace":
            left.append(stretches)
    return left


def _edited(before: Sequence[ReadParagraph], after: Sequence[ReadParagraph], old: range, new: range) -> dict[int, int]:
    """For edited paragraphs the originals most like them; what is left over goes together in order where it is as many."""
    found: dict[int, int] = {}
    for index in new if len(old) * len(new) <= MOST_COMPARED else ():
        comparison = SequenceMatcher(None, "", _text(after[index]), autojunk=False)
        best, likeness = None, ALIKE
        for candidate in old:
            if candidate not in found.values():
                comparison.set_seq1(_text(before[candidate]))
                if comparison.quick_ratio() > likeness and comparison.ratio() > likeness:
                    best, likeness = candidate, comparison.ratio()
        if best is not None:
            found[index] = best
    rest_old = [index for index in old if index not in found.values()]
    rest_new = [index for index in new if index not in found]
    return found | (dict(zip(rest_new, rest_old, strict=True)) if len(rest_old) == len(rest_new) else {})


def _text(paragraph: ReadParagraph) -> str:
    return "".join(paragraph.text.split())
