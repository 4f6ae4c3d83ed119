"""Pieces of a Word document: page, runs and content controls, fields, tables, pictures, package."""
