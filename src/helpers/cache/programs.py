"""The program that a result comes from: the modules of this package that it can import, and the versions of all others."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from helpers.cache.digests import digest, file_digest
from helpers.source_code import PACKAGE, package_files

_NAME = PACKAGE.name
_NAMED = re.compile(rf"\b{_NAME}(?:\.\w+)+")
_FROM = re.compile(rf"\bfrom\s+({_NAME}[\w.]*)\s+import\s+(\([^)]*\)|[^\n]*)")
_WORD = re.compile(r"\w+")
_OF_DOCUMENTS = ("publishing/templates/", "proof/", "evidence/")


def modules_in(source: str) -> set[str]:
    """The modules of this package that a program text names anywhere, in imports or texts; some of them may be none."""
    found = set(_NAMED.findall(source))
    for module, names in _FROM.findall(source):
        found |= {module} | {f"{module}.{name}" for name in _WORD.findall(names)}
    return found


def program(modules: Iterable[str], *, templates: bool = False) -> dict[str, str]:
    """Digests of the files of the modules and of all that they can import, of the package's other files (fonts, settings; those
    of documents with `templates`), and of the versions of Python and what is installed beside it; by `program:<file>` and
    `version:<name>`.
    """
    files, digests = _files(), file_digests()
    waiting, seen = [*modules], set[str]()
    names = {name for name in files if not name.endswith(".py") and (templates or not name.startswith(_OF_DOCUMENTS))}
    while waiting:
        module = waiting.pop()
        for name in _files_of(module):
            if name in files and name not in seen:
                seen.add(name)
                waiting += _imports(name)
    return {f"program:{name}": digests[name] for name in sorted(names | seen)} | versions()


@cache
def _files() -> dict[str, Path]:
    return package_files()


@cache
def file_digests() -> dict[str, str]:
    """The digest of each file of the package."""
    return {name: file_digest(path) for name, path in _files().items()}


@cache
def versions() -> dict[str, str]:
    """Versions by name, Python and the system among them."""
    found = {f"version:{name}": version for folder in sys.path for name, version in _installed(Path(folder))}
    about = {"version:python": sys.version, "version:system": platform.platform()}
    return found | about | {"versions": digest(sorted([*found, *about]))}


def _installed(folder: Path) -> Iterator[tuple[str, str]]:
    """Names and versions as installers write them into the names of folders."""
    if folder.is_dir():
        for path in folder.glob("*.dist-info"):
            name, _, version = path.name.removesuffix(".dist-info").partition("-")
            yield name.lower().replace("_", "-"), version


def _files_of(module: str) -> Iterator[str]:
    """The files that an import of the module reads, its packages' among them."""
    first, *parts = module.split(".")
    if first == _NAME:
        yield "__init__.py"
        for place in range(1, len(parts) + 1):
            stem = "/".join(parts[:place])
            yield f"{stem}/__init__.py"
            yield f"{stem}.py"


@cache
def _imports(name: str) -> frozenset[str]:
    return frozenset(modules_in(_files()[name].read_text("utf-8")))
