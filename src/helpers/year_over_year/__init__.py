"""This year beside the former one: the former year's figures as a table, changes as facts, and what they come from."""
