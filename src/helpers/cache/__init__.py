"""What was made before and would come out the same, kept by what it was made from (docs/architecture.md)."""
