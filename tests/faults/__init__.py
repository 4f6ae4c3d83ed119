"""Faults injected into publishing and archiving."""
