"""How much of a file is read: whatever is larger is refused before it is parsed.

A department's year of payments is some ten thousand rows; the limits leave room for thirty times that and keep the memory
that a hostile file can ask for below a few hundred megabytes.
"""

MOST_BYTES = 50 * 1024**2
"""Bytes of a file."""

MOST_ROWS = 300_000
"""Filled rows of a table, its header among them."""

MOST_COLUMNS = 256
"""Columns of a work sheet, blank ones between filled ones among them."""

MOST_BLANK_ROWS = 10_000
"""Blank rows above the last filled row of a work sheet."""

MOST_PARTS = 1_000
"""Parts (files in the zip) of a workbook."""

MOST_UNPACKED = 200 * 1024**2
"""Bytes of all parts of a workbook together."""

MOST_RATIO = 100
"""Unpacked bytes for one packed byte of a workbook; Excel's own stay below 30."""
