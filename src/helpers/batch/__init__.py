"""Many reports at once, on Dask."""
