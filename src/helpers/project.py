"""Where the folders of one project are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


def _carried(name: str, in_checkout: str) -> Path:
    """A folder that an installed package carries; an editable install finds it in the checkout that it runs from."""
    packaged = Path(__file__).parent / name
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / in_checkout


PACKAGED_RULES = _carried("rules", "params/rules")
PACKAGED_NOTEBOOKS = _carried("notebooks", "notebooks")
CHECKLIST = _carried("docs", "docs") / "new-fiscal-year.md"
"""The steps of a new fiscal year, which `selfeval new-year` prints."""


class ProjectNotFound(Exception):
    """No project folder at or above the place where a command or notebook was started."""


@dataclass(frozen=True)
class Project:
    """The folders of one project, all below `root`."""

    root: Path

    @property
    def params(self) -> Path:
        return self.root / "params"

    @property
    def columns(self) -> Path:
        """The maps from the column names of exports to those of the tables, one CSV file a table."""
        return self.params / "columns"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def archive(self) -> Path:
        """Sealed evidence, append-only."""
        return self.root / "archive"

    def params_file(self, year: int) -> Path:
        """The parameters of one fiscal year."""
        return self.params / f"{year}.yml"

    @property
    def rules(self) -> Path:
        """The scoring rule sets: the project's own, else those in the package."""
        own = self.params / "rules"
        return own if own.is_dir() else PACKAGED_RULES

    def outline_file(self, named: str | None) -> Path:
        """The outline that the parameters name, else the project's own, else the one in the package."""
        if named is not None:
            return self.root / named
        own = self.notebooks / "outline.yml"
        return own if own.exists() else PACKAGED_NOTEBOOKS / "outline.yml"


def find_project(start: Path | None = None) -> Project:
    """The project at or above `start` (default: the current folder): the nearest folder that holds `params/`.

    A folder `params` counts only where it holds a parameter file, so that this package's own source folder
    is no project. Raises ProjectNotFound with a Chinese message.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if any((folder / "params").glob("*.yml")):
            return Project(folder)
    raise ProjectNotFound(
        f"在“{here}”及其上级文件夹中没有找到项目（含 params/<年度>.yml 的文件夹）。"
        "请先进入项目文件夹，或用 --params 指明参数文件。"
    )
