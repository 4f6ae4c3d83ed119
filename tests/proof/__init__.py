"""Tests of the gate before publishing."""
