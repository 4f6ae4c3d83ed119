"""The texts of a model that are templates, found by the types of its fields, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from helpers.params.forms import template
from helpers.params.mistake import Place


def templates_of(model: BaseModel, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Place and text of each template in a model and in the models within it."""
    for name, field in type(model).model_fields.items():
        is_template = template in (*field.metadata, *_metadata(field.annotation))
        yield from _texts(getattr(model, name), (*place, name), is_template)


def _texts(value: object, place: Place, is_template: bool) -> Iterator[tuple[Place, str]]:
    if isinstance(value, BaseModel):
        yield from templates_of(value, place)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _texts(item, (*place, position), is_template)
    elif is_template and isinstance(value, str):
        yield place, value


def _metadata(annotation: Any) -> Iterator[Any]:
    """What stands beside the types of an annotation, at any depth."""
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _metadata(inner)
