"""The small finished report, rendered once."""

from functools import cache

import pytest

from helpers.proof import gate, prove
from helpers.publishing.document import read_document
from helpers.publishing.errors import ReportRefused
from proof.finished import KNOWN, Sample


@pytest.fixture(scope="session")
def document():
    return read_document(Sample().notebook())


@pytest.fixture(scope="session")
def files():
    return Sample().files()


@pytest.fixture(scope="session", autouse=True)
def readers():
    """Each content is read once in all tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("read_html", "read_pdf", "read_sheets"):
            patch.setattr(gate, name, cache(getattr(gate, name)))
        yield


@pytest.fixture
def refusal(tmp_path, document, files):
    """What the gate says of the finished files with some of them exchanged, "" where it lets them pass."""

    def told(exchanged=None, known=KNOWN):
        for name, content in (files | (exchanged or {})).items():
            (tmp_path / name).write_bytes(content)
        try:
            prove(tmp_path, document, known)
        except ReportRefused as refused:
            return str(refused)
        return ""

    return told
