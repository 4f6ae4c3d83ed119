"""pyproject.toml, environment.yml and the locks cannot drift apart."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = sorted(PROJECT["optional-dependencies"])
LOCKS = {"default": ROOT / "requirements.lock"} | {extra: ROOT / "requirements" / f"{extra}.lock" for extra in EXTRAS}
ALL_LOCKS = [*LOCKS.values(), ROOT / "requirements" / "build.lock", ROOT / "requirements" / "uv.txt"]
BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]


def pins(text):
    """Names and the versions that a lock pins (several where markers choose between them)."""
    found = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, flags=re.M):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def unpinned(dependencies, pinned):
    """Dependencies that a lock does not pin, or pins outside the declared range."""
    wanted = {canonicalize_name(Requirement(text).name): Requirement(text).specifier for text in dependencies}
    return [
        name
        for name, allowed in wanted.items()
        if name not in pinned or not all(allowed.contains(version) for version in pinned[name])
    ]


def differing(default, own):
    """Packages of the default lock that another lock lacks or pins at other versions."""
    return [name for name, versions in default.items() if own.get(name) != versions]


def unhashed(text):
    """Pinned lines that no hash follows."""
    lines = text.splitlines()
    return [line for line, after in zip(lines, [*lines[1:], ""], strict=True) if "==" in line and "--hash=sha256:" not in after]


def addresses(text):
    """Where a lock names a URL, a folder or an option of the installer."""
    return re.findall(r"://|^[-./]|\s/|file:| @ ", text, flags=re.M)


def lock(name):
    return LOCKS[name].read_text("utf-8")


def test_the_default_lock_pins_each_dependency_in_its_range():
    assert unpinned(PROJECT["dependencies"], pins(lock("default"))) == []


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extras_lock_pins_its_dependencies_in_their_range(extra):
    assert unpinned(PROJECT["optional-dependencies"][extra] + PROJECT["dependencies"], pins(lock(extra))) == []


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extras_lock_pins_the_versions_of_the_default_lock(extra):
    assert differing(pins(lock("default")), pins(lock(extra))) == []


def test_the_build_lock_pins_the_build_backend():
    assert unpinned(BUILD, pins((ROOT / "requirements/build.lock").read_text("utf-8"))) == []


@pytest.mark.parametrize("path", ALL_LOCKS, ids=lambda path: path.name)
def test_every_pin_has_a_hash(path):
    assert unhashed(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", ALL_LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address_and_no_folder(path):
    assert addresses(path.read_text("utf-8")) == []


def test_conda_takes_python_and_pip_and_the_rest_from_the_locks():
    python, pip, rest = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    assert SpecifierSet(PROJECT["requires-python"]).contains(python.removeprefix("python="))
    assert pip == "pip"
    assert rest == {"pip": ["-r requirements.lock", "-r requirements/build.lock"]}


@pytest.mark.parametrize("pinned", [{}, {"pandas": {"2.9"}}, {"pandas": {"3.1", "2.9"}}])
def test_a_dependency_that_drifted_is_found(pinned):
    assert unpinned(["pandas>=3.0"], pinned) == ["pandas"]


def test_a_dependency_of_any_version_must_be_pinned_too():
    assert unpinned(["pandas"], {}) == ["pandas"]


@pytest.mark.parametrize("own", [{}, {"pandas": {"3.2"}}])
def test_an_extras_lock_that_drifted_from_the_default_is_found(own):
    assert differing({"pandas": {"3.1"}}, own) == ["pandas"]


@pytest.mark.parametrize(
    "line", ["--index-url https://mirror.example/simple", "./wheels/a.whl", "a @ file:///wheels/a.whl", "-e ."]
)
def test_an_address_or_a_folder_in_a_lock_is_found(line):
    assert addresses(f"pandas==3.1\n{line}\n") != []


def test_a_pin_without_hash_is_found():
    assert unhashed("pandas==3.1.1\nnumpy==2.4 \\\n    --hash=sha256:ab\n") == ["pandas==3.1.1"]
