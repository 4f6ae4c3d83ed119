"""The re-check: what a reviewing finance bureau would object to in a self-evaluation table or in our own report."""

from helpers.review.appendix import review_appendix
from helpers.review.model import Finding, Reviewed
from helpers.review.registry import review

__all__ = ["Finding", "Reviewed", "review", "review_appendix"]
