"""Which facts the section notebooks can record, and what else their templates may print: read from their code, which is not run.

Every text of a notebook with the form of an id is one, whatever it is given to, and may have gaps (`f"{p.id}.paid"`): the id
of a programme fills the first gap of an id that begins with one, an id of the parameters or a word of the same notebook any
other. `table(…, id=…)` adds rows and columns. Where `record` is called with what is no text nothing can be told.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

_GAP, _ANY = "\0", "\1"
_WORD = re.compile("[a-z0-9_]+")
_FORM = re.compile(f"[a-z{_GAP}][a-z0-9_{_GAP}]*([.][a-z0-9_{_GAP}]+)+")
_SAYING = ("say", "runs", "problem", "chart")


@dataclass(frozen=True)
class _Method:
    """A call of a method; `options` are its named arguments, the one with two stars under ""."""

    name: str
    arguments: Sequence[ast.expr]
    options: Mapping[str, ast.expr]


@dataclass(frozen=True)
class _Id:
    """An id as the code has it: segments, in which _GAP stands for a programme or one of the `words`, _ANY for anything."""

    segments: tuple[str, ...]
    programmes: frozenset[str]
    words: frozenset[str]

    def fits(self, segments: Sequence[str]) -> bool:
        return len(segments) == len(self.segments) and all(map(self._fits, range(len(segments)), segments))

    def _fits(self, place: int, segment: str) -> bool:
        own = self.segments[place]
        if own == _GAP:
            return segment in self._fillings(place)
        return re.fullmatch(re.escape(own).replace(_GAP, "[a-z0-9_]+").replace(_ANY, "[a-z0-9_]+"), segment) is not None

    def nearest(self, segments: Sequence[str]) -> str | None:
        """The id that comes nearest to one with as many segments."""
        if len(segments) != len(self.segments):
            return None
        return ".".join(map(self._nearest, range(len(segments)), segments))

    def _nearest(self, place: int, segment: str) -> str:
        own = self.segments[place]
        if own == _GAP:
            return next(iter(get_close_matches(segment, sorted(self._fillings(place)), n=1, cutoff=0)), segment)
        return segment if _GAP in own or _ANY in own else own

    def _fillings(self, place: int) -> frozenset[str]:
        return self.words if place else self.programmes


@dataclass(frozen=True)
class Recordable:
    """What notebooks can record; `names` are those that their templates get besides. `whole` is false where an id was not
    understood, so that no id can be called unknown. What begins with one of `never` is recorded of other programmes only.
    """

    ids: Sequence[_Id]
    stated: frozenset[str]
    names: frozenset[str]
    whole: bool
    never: tuple[str, ...] = ()

    def __contains__(self, fact_id: str) -> bool:
        segments = fact_id.split(".")
        if fact_id.startswith(self.never):
            return False
        return not self.whole or fact_id in self.stated or any(known.fits(segments) for known in self.ids)

    def nearest(self, fact_id: str) -> list[str]:
        """At most three ids that can be recorded and look like this one."""
        segments = fact_id.split(".")
        candidates = [*self.stated, *filter(None, (known.nearest(segments) for known in self.ids))]
        return get_close_matches(fact_id, [*dict.fromkeys(name for name in candidates if name in self)], n=3)


def recordable(
    notebooks: Iterable[Path], *, programmes: Collection[str], ids: Collection[str], stated: Collection[str]
) -> Recordable:
    """What the notebooks can record: `programmes` and other `ids` are those of the parameters, `stated` the facts of the table
    `profile`.
    """
    found: list[_Id] = []
    names: set[str] = set()
    whole = True
    for path in notebooks:
        try:
            nodes = [*ast.walk(ast.parse(_code(path)))]
        except (OSError, ValueError, KeyError, TypeError, SyntaxError):  # told when the notebook is to run
            whole = False
            continue
        assigned = dict(_assigned(nodes))
        constants = (node.value for node in nodes if isinstance(node, ast.Constant))
        words = frozenset(ids) | {word for word in constants if isinstance(word, str) and _WORD.fullmatch(word)}
        given = {argument.arg for node in nodes if isinstance(node, ast.arguments) for argument in node.args}
        texts = set(_texts(nodes, assigned))
        for call in _methods(nodes):
            names.update(_names(call, assigned))
            texts.update(_of_table(call, assigned))
            whole = whole and _is_understood(call, given | assigned.keys())
        found += [_Id(tuple(text.split(".")), frozenset(programmes), words) for text in sorted(texts)]
    return Recordable(found, frozenset(stated), frozenset(names), whole)


def _code(path: Path) -> str:
    """The code of a notebook without lines for IPython."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return "\n".join(re.sub(r"^[ \t]*[%!].*$", "pass", source, flags=re.MULTILINE) for source in sources)


def _methods(nodes: Sequence[ast.AST]) -> Iterator[_Method]:
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield _Method(node.func.attr, node.args, {keyword.arg or "": keyword.value for keyword in node.keywords})


def _assigned(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    for node in nodes:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = [*zip(target.elts, node.value.elts, strict=False)]
            yield from ((left.id, right) for left, right in pairs if isinstance(left, ast.Name))


def _texts(nodes: Sequence[ast.AST], assigned: Mapping[str, ast.expr]) -> Iterator[str]:
    """The texts with the form of an id, with gaps."""
    pieces = {id(piece) for node in nodes if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in nodes:
        text = None if id(node) in pieces else _text(node, assigned)
        if text is not None and _FORM.fullmatch(text):
            yield text


def _of_table(call: _Method, assigned: Mapping[str, ast.expr]) -> Iterator[str]:
    """The ids of the cells of a table and of what is recorded beside them."""
    text = _text(call.options["id"], assigned) if call.name == "table" and "id" in call.options else None
    if text is not None:
        yield from (f"{text}.{_ANY}.{_GAP}", f"{text}.footing.{_GAP}", f"{text}.rows")


def _is_understood(call: _Method, names: AbstractSet[str]) -> bool:
    """Whether an id is a text, a name that stands for one, or stated in a row of the table `profile` (`row.fact`)."""
    made = {"record": call.arguments[:1], "table": [call.options[name] for name in call.options if name == "id"]}
    return all(
        isinstance(given, ast.Constant | ast.JoinedStr)
        or (isinstance(given, ast.Name) and given.id in names)
        or (isinstance(given, ast.Attribute) and given.attr == "fact")
        for given in made.get(call.name, ())
    )


def _text(node: ast.AST, assigned: Mapping[str, ast.expr]) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = []
    for part in node.values:
        inner = part.value if isinstance(part, ast.FormattedValue) else part
        origin = assigned.get(inner.id) if isinstance(inner, ast.Name) else inner
        text = _text(origin, assigned) if isinstance(origin, ast.Constant | ast.JoinedStr) else None
        parts.append(_GAP if text is None else text)
    return "".join(parts)


def _names(call: _Method, assigned: Mapping[str, ast.expr]) -> Iterator[str]:
    """The names that a call gives to its template, also those of a dict with `context` or two stars before it."""
    for name, value in call.options.items() if call.name in _SAYING else ():
        given = assigned.get(value.id) if isinstance(value, ast.Name) else value
        if name not in ("", "context"):
            yield name
        elif isinstance(given, ast.Dict):
            yield from (key.value for key in given.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
