"""The parameters that a notebook declares: as it was given them, or from the year's file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from helpers.params.load import load_parameters
from helpers.params.model import Parameters


def declared_parameters(given: Mapping[str, Any], file: Path) -> dict[str, Any]:
    """Typed values by name: those given (plain JSON, checked like the file), and from `file` those that are None.

    Raises pydantic's ValidationError for a given value out of form, InputsInvalid where the file is needed and bad.
    """
    typed = {name: _adapter(name).validate_python(value) for name, value in given.items() if value is not None}
    if len(typed) < len(given):
        whole = load_parameters(file)
        typed |= {name: getattr(whole, name) for name in given if name not in typed}
    return typed


def _adapter(name: str) -> TypeAdapter[Any]:
    annotation: Any = Parameters.model_fields[name].annotation
    return TypeAdapter(annotation)
