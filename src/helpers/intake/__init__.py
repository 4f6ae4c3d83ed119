"""Raw files to typed tables without personal columns, or to all that is wrong with them."""

from helpers.intake.inputs import Inputs, load_inputs
from helpers.intake.register import Assumption, Register, RegisteredFile, load_register
from helpers.intake.section_tables import TABLES_OF_RUN, hand_over, section_table
from helpers.intake.tables import Table, load_table

__all__ = [
    "TABLES_OF_RUN",
    "Assumption",
    "Inputs",
    "Register",
    "RegisteredFile",
    "Table",
    "hand_over",
    "load_inputs",
    "load_register",
    "load_table",
    "section_table",
]
