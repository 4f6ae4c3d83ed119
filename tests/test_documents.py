"""Documents made side by side are those made in turn, and what goes wrong there is told as it is here."""

from pathlib import Path

import pytest

from helpers.documents import RENDERERS, aside, render_all, to_text
from helpers.execution.launchers import started_server
from helpers.execution.request import DEFAULT_ENGINE
from publishing.sample import fact, sample_notebook

pytestmark = pytest.mark.skipif(DEFAULT_ENGINE != "selfeval", reason="no fork on this system")


@pytest.fixture(scope="module")
def server():
    with started_server(Path.cwd(), DEFAULT_ENGINE) as started:
        yield started


def made(notebook, server):
    files = {}
    render_all(to_text(notebook), list(RENDERERS), lambda name, new: files.update(new), server=server)
    return files


def test_side_by_side_and_in_turn_give_the_same_bytes(server):
    assert made(sample_notebook(), server) == made(sample_notebook(), None)


def test_a_renderers_error_is_told_as_it_is(server):
    notebook = sample_notebook()
    del notebook.metadata["selfeval"]["title"]
    with pytest.raises(KeyError):
        made(notebook, server)


def test_something_else_goes_on_meanwhile(server):
    done = []
    assert aside(fact, "a.b", "1人", "ledger", meanwhile=lambda: done.append(1), server=server) == fact("a.b", "1人", "ledger")
    assert done == [1]
