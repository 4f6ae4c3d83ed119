"""The runs of a paragraph: plain text, and figures, each a content control that carries the id of its fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import count
from typing import Any

from helpers.publishing.word.elements import Element, element, run

LONGEST_TAG = 64
"""Characters that Word keeps of a control's tag and of its title."""


def fact_tag(fact_id: str) -> str:
    """The tag of a fact's control: its id, a long one cut and told apart by a hash."""
    if len(fact_id) <= LONGEST_TAG:
        return fact_id
    return f"{fact_id[: LONGEST_TAG - 13]}~{sha256(fact_id.encode()).hexdigest()[:12]}"


class RunWriter:
    """Runs of the document tree to Word's, its content controls numbered through the document."""

    def __init__(self, facts: Mapping[str, Mapping[str, Any]]) -> None:
        self._facts = facts
        self._numbers = count(1)

    def write(self, runs: Iterable[Mapping[str, Any]], style: str | None = None) -> Iterator[Element]:
        """Word's runs; `style` is a character style for all but the figures that are missing."""
        for item in runs:
            if "fact" not in item:
                yield run(item["text"], style)
                continue
            yield self._control(item["fact"], run(item["display"], "Missing" if item["mark"] == "missing" else style))
            if item["mark"] == "synthetic":
                yield run("△", "MadeUp")

    def _control(self, fact_id: str, shown: Element) -> Element:
        # Not a plain-text control (w:text): LibreOffice 7.4 repeats the text of such a one when it saves.
        properties = element(
            "sdtPr",
            element("alias", val=self._facts[fact_id]["label"][:LONGEST_TAG]),
            element("tag", val=fact_tag(fact_id)),
            element("id", val=next(self._numbers)),
        )
        return element("sdt", properties, element("sdtContent", shown))
