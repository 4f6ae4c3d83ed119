"""Looking at one year's records before writing: what `notebooks/explore.ipynb` shows. No report and no fact comes from here."""
