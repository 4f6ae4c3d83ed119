"""The program of a result: what it can import, what lies beside it, and the versions."""

from helpers.cache.programs import modules_in, program


def test_modules_of_every_kind_of_import():
    source = "from helpers import (\n    Section,\n    charts,\n)\nimport helpers.facts as f\nTASK = 'helpers.execution.worker'"
    assert {"helpers.charts", "helpers.facts", "helpers.execution.worker"} <= modules_in(source)


def test_what_is_imported_through_others_counts():
    found = program(["helpers.charts"])
    assert {"program:charts.py", "program:wording.py", "program:money.py", "program:selfeval.mplstyle"} <= set(found)


def test_what_cannot_be_imported_does_not_count():
    assert "program:cli.py" not in program(["helpers.section"])


def test_templates_count_for_documents_alone():
    template = "program:publishing/templates/report.js"
    assert template in program(["helpers.documents"], templates=True)
    assert template not in program(["helpers.section"])


def test_versions_of_python_and_packages_count():
    assert {"version:python", "version:pandas", "version:matplotlib", "versions"} <= set(program([]))
