"""Archives: sealed, verified, tampered with, run again."""
