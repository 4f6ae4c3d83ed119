"""What the command prints: text from files can neither steer the terminal nor turn its reading order round."""

from __future__ import annotations

import re

import typer

from helpers.characters import UNSEEN


def say(text: str, *, err: bool = False) -> None:
    """Print a line, or with `err` print it to standard error."""
    typer.echo(visible(text), err=err)


def visible(text: str) -> str:
    r"""The text with each unseen character but the tab as its code, as JSON writes it: ``\u001b``."""
    return UNSEEN.sub(_code, text)


def _code(found: re.Match[str]) -> str:
    character = found[0]
    if character == "\t":
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))
