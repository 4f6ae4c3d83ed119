"""What a build ran in: the lock file, and the installed versions of this package and all that it needs."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers.source_code import CHECKOUT

LOCK, METADATA = "requirements.lock", "pyproject.toml"


def environment() -> dict[str, Any]:
    """The Python version and the versions of the packages, by name."""
    return {"schema": 1, "python": platform.python_version(), "packages": installed_versions()}


def installed_versions(root: str = "selfeval") -> dict[str, str]:
    """Versions of an installed package and of all packages that it requires here, directly or through others."""
    found: dict[str, str] = {}
    waiting = [root]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # required by a platform or an extra that is not this one
        found[name] = package.version
        needed = map(Requirement, package.requires or [])
        waiting += [item.name for item in needed if item.marker is None or item.marker.evaluate({"extra": ""})]
    return dict(sorted(found.items()))


def environment_files(project_root: Path) -> dict[str, bytes]:
    """The lock file of the project, or of the checkout that this package runs from, and the package's metadata beside it."""
    for folder in (project_root, CHECKOUT):
        if (folder / LOCK).is_file():
            names = [name for name in (LOCK, METADATA) if (folder / name).is_file()]
            return {name: (folder / name).read_bytes() for name in names}
    return {}
