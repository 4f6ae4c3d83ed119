"""Why a report was not published; each message is for analysts, in Chinese, and the former build stays as it was."""


class ReportRefused(Exception):
    """A section did not run, or a check differs."""


class YearHeld(Exception):
    """Another run holds this year."""


class CharactersMissing(Exception):
    """Characters that no font of the package has."""


class PictureRefused(Exception):
    """A chart that has no readable picture, or no words for who cannot see it."""


class DOCXRefused(Exception):
    """What is no report cannot become a Word document; or a file that is no Word document."""


class PDFRefused(Exception):
    """Typst would not set the document, or warned of something."""


class XLSXRefused(Exception):
    """A text that no Excel cell can hold."""


class FontMissing(Exception):
    """A font that travels with the package is not there."""


DOCUMENT_REFUSED = (CharactersMissing, FontMissing, PictureRefused, DOCXRefused, PDFRefused, XLSXRefused)
"""Why one format of the report was not made."""
