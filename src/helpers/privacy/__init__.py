"""No person in what is published: small cells are suppressed, files are private, every byte is scanned."""

from helpers.privacy.regions import hidden_cells, hide

__all__ = ["hidden_cells", "hide"]
