"""A new fiscal year from a former one: parameters, register and empty input workbooks, and what is to be done with them."""
