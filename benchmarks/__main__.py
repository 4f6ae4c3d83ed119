"""All measures in one run, as a table: ``python -m benchmarks``."""

from benchmarks import rendering

if __name__ == "__main__":
    rendering.main()
