"""The document tree: numbers and marks are settled once for every format."""

from helpers.blocks import plain_text
from helpers.publishing.document import marks_of, read_document
from publishing.pdf_files import body, heading, table
from publishing.sample import block_output, sample_notebook


def blocks(kind, section=0):
    return [block for block in read_document(sample_notebook()).sections[section].blocks if block["kind"] == kind]


def test_sections_and_headings_are_numbered_in_the_official_levels():
    section = read_document(sample_notebook()).sections[1]
    assert [section.label, *(block["label"] for block in section.blocks if block["kind"] == "heading")] == [
        "二、",
        "（一）",
        "1.",
    ]


def test_tables_and_figures_are_numbered_through_the_report():
    assert [block["label"] for section in (0, 1) for kind in ("table", "figure") for block in blocks(kind, section)] == [
        "表1",
        "图1",
        "表2",
        "图2",
    ]


def test_a_figure_from_made_up_records_is_marked_and_a_published_one_is_not():
    marks = {run["fact"]: run["mark"] for run in blocks("paragraph")[0]["runs"] if "fact" in run}
    assert marks == {"a.people": "", "a.late": "synthetic", "a.open": "missing"}


def test_a_chart_of_made_up_figures_alone_is_marked_as_a_whole():
    assert [block["mark"] for block in blocks("table") + blocks("figure")] == ["", "synthetic"]


def test_cells_of_a_table_marked_as_a_whole_are_not_marked_again():
    notebook = sample_notebook()
    for entry in notebook.metadata["selfeval"]["facts"].values():
        entry["origin"] = "synthetic"
    table = next(block for block in read_document(notebook).sections[0].blocks if block["kind"] == "table")
    assert table["mark"] == "synthetic"
    assert {run["mark"] for row in table["rows"] for cell in row for run in cell["runs"] if "fact" in run} == {""}


def test_the_legend_names_the_marks_that_occur():
    assert marks_of(read_document(sample_notebook())) == {"synthetic", "missing"}


def test_reading_leaves_the_notebook_as_it_was():
    notebook = sample_notebook()
    before = str(notebook)
    read_document(notebook)
    assert str(notebook) == before


def pointing(*following):
    """What a paragraph prints that points to a table, with these blocks after it."""
    notebook = sample_notebook()
    paragraph = {"kind": "paragraph", "style": "body", "runs": [{"text": "见"}, {"text": "下表", "next": "table"}]}
    notebook.cells[1].outputs = [block_output(block) for block in (paragraph, *following)]
    return plain_text(read_document(notebook).sections[0].blocks[0]["runs"])


def test_a_text_that_points_to_a_table_prints_its_number():
    assert pointing(body("文字。"), table(("左", "右"))) == "见表1"


def test_a_text_points_no_further_than_to_the_next_heading():
    """Where records are absent there is no table."""
    assert pointing(heading(2, "另一节"), table(("左", "右"))) == "见下表"


def test_a_text_does_not_point_back():
    notebook = sample_notebook()
    paragraph = {"kind": "paragraph", "style": "body", "runs": [{"text": "下表", "next": "table"}]}
    notebook.cells[1].outputs = [block_output(block) for block in (table(("左", "右")), paragraph)]
    assert read_document(notebook).sections[0].blocks[1]["runs"] == [{"text": "下表"}]
