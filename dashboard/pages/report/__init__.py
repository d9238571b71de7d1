"""The report of 2010: its figures, what it printed, and what of it can be rebuilt today."""
