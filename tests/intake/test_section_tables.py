"""Tables that a run hands over to its sections, and when a section reads the files itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from intake_files import FILES, register_text, write_table

from helpers.intake import TABLES_OF_RUN, hand_over, load_table, section_table
from helpers.issue import InputsInvalid


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of one table, registered as synthetic."""
    write_table(tmp_path, "budget.csv", FILES["budget"])
    (tmp_path / "register.yml").write_text(register_text("budget.csv", budget="synthetic"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def examined(folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """The table as it was handed over; its file is gone since."""
    table = load_table(folder, "budget")
    handed = tmp_path_factory.mktemp("handed")
    hand_over([table], folder, handed)
    monkeypatch.setenv(TABLES_OF_RUN, str(handed))
    (folder / "budget.csv").unlink()
    return table.frame


def test_a_section_has_what_the_examination_read(folder: Path, examined: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(section_table(folder, "budget"), examined)


def test_a_section_knows_what_the_table_was_read_from(folder: Path, examined: pd.DataFrame) -> None:
    assert section_table(folder, "budget").attrs == examined.attrs


@pytest.mark.usefixtures("examined")
def test_a_section_has_the_columns_that_it_asks_for(folder: Path) -> None:
    assert list(section_table(folder, "budget", columns=["initial", "project_code"])) == ["project_code", "initial"]


@pytest.mark.usefixtures("examined")
def test_a_table_of_another_folder_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    write_table(other, "budget.csv", FILES["budget"].replace("1000.00", "1.00"))
    assert section_table(other, "budget")["initial"].tolist()[0] == 100


@pytest.mark.usefixtures("examined")
def test_a_table_that_was_not_handed_over_is_read(folder: Path) -> None:
    write_table(folder, "allocations.csv", FILES["allocations"])
    assert len(section_table(folder, "allocations")) == 2


@pytest.mark.usefixtures("examined")
def test_a_made_up_table_is_absent_where_published_ones_alone_are_asked_for(folder: Path) -> None:
    assert section_table(folder, "budget", published_only=True).empty


def test_outside_of_a_run_the_file_is_read(folder: Path) -> None:
    shutil.move(folder / "budget.csv", folder / "elsewhere.csv")
    with pytest.raises(InputsInvalid):
        section_table(folder, "budget")
