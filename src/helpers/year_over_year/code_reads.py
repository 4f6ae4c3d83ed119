"""What the code that records a fact reads: the statements of its notebook that it needs, and the parameters in them. Pure.

Told from the text of the code, which is not run: a statement is needed where it sets a name that a needed statement after it
reads. What a fact reads through another section's facts is told by those facts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from helpers.year_over_year.statement_names import Names

_RECORDING = frozenset({"record", "table", "show_table", "year_over_year"})
_RULES = "load_rules"
_GAP = "\0"
_FORM = re.compile(f"[a-z{_GAP}][a-z0-9_{_GAP}]*([.][a-z0-9_{_GAP}]+)+")


@dataclass(frozen=True)
class CodeReads:
    """The needed statements as text, the paths of the parameters that they read (`thresholds.small_cells`, `programmes[].unit`),
    and whether they read the scoring rules.
    """

    code: str
    parameters: frozenset[str]
    rules: bool


@dataclass(frozen=True)
class _Statement:
    cell: int
    node: ast.stmt
    needs: frozenset[str]
    sets: frozenset[str]
    changes: frozenset[str]
    parameters: frozenset[str]

    @cached_property
    def records(self) -> bool:
        return any(isinstance(node, ast.Attribute) and node.attr in _RECORDING for node in ast.walk(self.node))

    @cached_property
    def texts(self) -> frozenset[str]:
        return frozenset(text for node in ast.walk(self.node) if (text := _text(node)) is not None)

    @cached_property
    def ids(self) -> list[re.Pattern[str]]:
        """The ids that stand in it, each as a pattern that also fits the cells of a table of that id."""
        known = sorted(filter(_FORM.fullmatch, self.texts))
        return [re.compile(re.escape(text).replace(re.escape(_GAP), "[a-z0-9_.]+") + r"(\..+)?") for text in known]


class NotebookCode:
    """The code of a section's notebook: `cells` are the sources of its code cells, None for those that only set parameters."""

    def __init__(self, cells: Sequence[str | None], parameters: Collection[str]) -> None:
        self._statements = [
            _statement(number, node, parameters)
            for number, source in enumerate(cells, start=1)
            if source is not None
            for node in _parsed(source)
        ]
        self._known: dict[tuple[int, ...], CodeReads] = {}

    def reads_of(self, cell: int, fact_id: str) -> CodeReads:
        """What is read for a fact that the code cell of this number recorded."""
        places = [place for place, one in enumerate(self._statements) if one.cell == cell and one.records]
        exact = [place for place in places if fact_id in self._statements[place].texts]
        named = [place for place in places if any(known.fullmatch(fact_id) for known in self._statements[place].ids)]
        key = tuple(exact or named or places)
        if key not in self._known:
            self._known[key] = self._reads(key)
        return self._known[key]

    def _reads(self, places: Sequence[int]) -> CodeReads:
        wanted: set[str] = set()
        needed: list[_Statement] = []
        for place in range(max(places, default=-1), -1, -1):
            one = self._statements[place]
            if place in places or wanted & (one.sets | one.changes):
                needed.append(one)
                wanted = (wanted - one.sets) | one.needs
        needed.reverse()
        names = {node.id for one in needed for node in ast.walk(one.node) if isinstance(node, ast.Name)}
        return CodeReads(
            code="\n".join(ast.unparse(one.node) for one in needed),
            parameters=frozenset(path for one in needed for path in one.parameters),
            rules=_RULES in names,
        )


def covers(read: str, changed: str) -> bool:
    """Whether a parameter that is read at the path `read` is, holds or lies in the one that `changed`."""
    return read == changed or changed.startswith((f"{read}.", f"{read}[")) or read.startswith((f"{changed}.", f"{changed}["))


def _parsed(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(re.sub(r"^[ \t]*[%!].*$", "pass", source, flags=re.MULTILINE)).body
    except SyntaxError:
        return []


def _statement(cell: int, node: ast.stmt, parameters: Collection[str]) -> _Statement:
    names = Names(frozenset(parameters))
    names.visit(node)
    imported = isinstance(node, ast.Import | ast.ImportFrom)
    sets = frozenset() if imported else frozenset(names.sets)
    return _Statement(cell, node, frozenset(names.needs), sets, frozenset(names.changes), frozenset(names.parameters))


def _text(node: ast.AST) -> str | None:
    """A text of the code, with gaps where it is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    return "".join(str(part.value) if isinstance(part, ast.Constant) else _GAP for part in node.values)


def code_cells(notebook: Iterable[dict[str, object]]) -> Iterator[str | None]:
    """The sources of the code cells of an executed notebook; None for the cells that only set its parameters."""
    for cell in notebook:
        if cell["cell_type"] == "code":
            tags = set(cell.get("metadata", {}).get("tags", []))  # type: ignore[attr-defined]
            yield None if tags & {"parameters", "injected-parameters"} else "".join(cell["source"])  # type: ignore[arg-type]
