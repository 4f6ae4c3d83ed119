"""Printed values found again in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from helpers.proof.numerals import numerals


class Values:
    """Forms in which values are printed, by the first number in each."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for form in set(forms):
            first = next(numerals(form), None)
            if first:
                self._forms[form[slice(*first)]].append((first[0], form))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where one of the forms stands in the text, its numbers not part of longer ones."""
        ends = dict(numerals(text))
        for place, end in ends.items():
            for before, form in self._forms.get(text[place:end], ()):
                start = place - before
                stop = start + len(form)
                cut = any(first < stop < last for first, last in ends.items())
                if start >= 0 and text.startswith(form, start) and not cut:
                    yield start, stop


def with_unit(forms: Iterable[str]) -> Iterator[str]:
    """The forms that do not end in their number: a bare 5 in a sentence would be anybody's."""
    for form in forms:
        last = list(numerals(form))[-1:]
        if last and (last[0][1] < len(form) or form.endswith(("%", "‰"))):
            yield form
