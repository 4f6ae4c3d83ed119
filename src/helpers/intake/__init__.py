"""Raw files to typed tables without personal columns, or to all that is wrong with them."""

from helpers.intake.inputs import Inputs, load_inputs
from helpers.intake.register import Assumption, Register, RegisteredFile, load_register
from helpers.intake.tables import Table, load_table

__all__ = ["Assumption", "Inputs", "Register", "RegisteredFile", "Table", "load_inputs", "load_register", "load_table"]
