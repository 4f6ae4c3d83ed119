"""Nothing with a personal value in it is published, and nothing of the kind stays behind."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from helpers.executed import read_notebook, read_records
from helpers.facts import encode
from helpers.privacy.scanner import Leak, Scanner
from helpers.publishing.errors import ReportRefused

_PACKAGE = Path(__file__).parents[1]
_WORDED = {".py", ".j2", ".typ", ".ipynb", ".yml"}
_HEAD = "将要发布的内容中有个人信息，报告没有生成，原有结果未改动，本次的中间结果已删除："
_MEND = (
    "请检查笔记本是否直接读取了原始文件，以及数据的其他列、参数的文字中是否写有姓名、证件号码、银行账号或手机号码；"
    "对象一律以对象编号表示。"
)


class Guard:
    """Watches over the staging folder of a run, once its notebooks are executed.

    `values` are the exact personal values of the inputs. `settings` are the files and folders (parameters, notebooks, rules,
    register) whose wording, with that of this package, the report is written in: a name found there too is an ordinary word.
    `uncertain` gathers where such words were found. `head` begins what is told of a leak. `beside` are folders that must not
    stay either where one is found (the cache, from which the file may have come).
    """

    def __init__(
        self,
        staging: Path,
        values: frozenset[str],
        settings: Sequence[Path],
        *,
        head: str = _HEAD,
        beside: Sequence[Path] = (),
    ) -> None:
        self.uncertain: list[Leak] = []
        self._staging, self._head, self._beside = staging, head, beside
        self._seen: set[Path] = set()
        self._scanner = Scanner(values, _words([_PACKAGE, *settings]), frozenset(_figures(staging)))

    def refuse_leaks(self, message: str = "") -> None:
        """Look through the files that were added since the last time, and a `message` that is about to be told.

        Raises ReportRefused where a personal value is found, after deleting the folder, which then must not stay.
        """
        found = self._scanner.leaks("出错信息", message.encode())
        for path in sorted(path for path in self._staging.rglob("*") if path.is_file() and path not in self._seen):
            self._seen.add(path)
            found += self._scanner.leaks(path.name, path.read_bytes())
        certain = [leak for leak in found if leak.certain]
        if certain:
            shutil.rmtree(self._staging)
            for folder in self._beside:
                shutil.rmtree(folder, ignore_errors=True)
            raise ReportRefused("\n".join([self._head, *(f"  {leak}" for leak in certain), _MEND]))
        self.uncertain += found

    def finds(self, content: bytes) -> bool:
        """Whether some content holds a personal value for certain."""
        return any(leak.certain for leak in self._scanner.leaks("", content))


def _words(places: Sequence[Path]) -> Iterator[str]:
    for place in places:
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.suffix in _WORDED and path.is_file():
                yield path.read_text("utf-8")


def _figures(staging: Path) -> Iterator[str]:
    """The facts that the executed notebooks recorded: an amount of money is no mobile number."""
    for path in staging.rglob("*.ipynb"):
        for fact in read_records(path.stem, read_notebook(path)).facts:
            yield from re.findall(r"[0-9]+", encode(fact.value) or "")
