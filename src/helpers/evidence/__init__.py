"""Sealed evidence: archive a build, verify an archive, run it again, accept notebooks that were run by hand."""
