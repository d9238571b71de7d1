from pathlib import Path

import duckdb
import pytest


@pytest.mark.slow
def test_the_headline_series_are_the_observations_themselves(example_data: Path) -> None:
    """The overview reads the same figures as every other page, only sooner."""
    (file,) = example_data.glob("warehouse-*.duckdb")
    columns = "region, indicator, background, period, value, status, segment, kind"
    whole = (
        f"SELECT {columns} FROM observation WHERE sex = '_T' AND age = '_T' AND education = '_T'"
        " AND background IN ('_T', 'SE', 'SAMUTF')"
    )
    with duckdb.connect(file, read_only=True) as connection:
        for one, other in ((whole, "headline"), ("FROM headline", f"({whole})")):
            left = connection.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL FROM {other})")
            assert left.fetchone() == (0,)
