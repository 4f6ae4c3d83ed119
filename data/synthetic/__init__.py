"""The made-up rows behind the published totals: figures of a year, and the functions that make tables from them."""
