"""From the outline to executed notebooks."""
