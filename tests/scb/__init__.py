"""
Stand-ins of SCB's tables, built from what is documented of them, and SCB's recorded answers.

The measure of the catalogue: nothing here imports `etl` or reads `indicators.yaml`. What nobody
knows gets a code, an id or a title that decides nothing.
"""
