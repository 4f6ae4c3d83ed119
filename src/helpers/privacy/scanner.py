"""Whether anything that is about to be published holds a personal value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.privacy.texts import texts_of
from helpers.privacy.values import NAME, Personal


@dataclass(frozen=True)
class Leak:
    """Personal values of one kind in one file, never the values themselves.

    `certain` is false for names that the report's own wording holds as well (和平, 建设): they cannot be told apart.
    """

    file: str
    kind: str
    count: int
    certain: bool = True

    def __str__(self) -> str:
        if self.certain:
            return f"{self.file}：{self.kind} {self.count} 处"
        return f"{self.file}：与{self.kind}同形的用语 {self.count} 处，参数、笔记本或程序的文字中也有，无法区分，请人工查看"


def scan(
    files: Iterable[Path], values: frozenset[str], *, own_words: Iterable[str] = (), figures: frozenset[str] = frozenset()
) -> list[Leak]:
    """What personal values the files hold, by file and kind.

    `values` are the exact values of all inputs; numbers are found by their form and check digit too. `own_words` are the texts
    that the report is written in (parameters, notebooks, templates): a name that occurs in them is reported as uncertain.
    `figures` are figures of the report, which are no phone numbers whatever they look like.
    """
    scanner = Scanner(values, own_words, figures)
    return [leak for path in files for leak in scanner.leaks(path.name, path.read_bytes())]


class Scanner:
    """Looks for the same values in many files."""

    def __init__(self, values: frozenset[str], own_words: Iterable[str], figures: frozenset[str]) -> None:
        self._personal, self._figures = Personal(values), figures
        self._ordinary = frozenset(name for text in own_words for name in self._personal.names_in(text))

    def leaks(self, file: str, data: bytes) -> list[Leak]:
        """What the bytes of a file hold. One file gives several readings of one text: a value is counted where most is seen."""
        certain: Counter[str] = Counter()
        uncertain = 0
        for text in texts_of(data):
            names = self._personal.names_in(text)
            ordinary = sum(count for name, count in names.items() if name in self._ordinary)
            uncertain = max(uncertain, ordinary)
            certain |= self._personal.numbers_in(text, self._figures) + Counter({NAME: names.total() - ordinary})
        leaks = [Leak(file, kind, count) for kind, count in certain.items()]
        return leaks + ([Leak(file, NAME, uncertain, certain=False)] if uncertain else [])
