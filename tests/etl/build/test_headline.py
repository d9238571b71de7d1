from pathlib import Path
from typing import Any

import pytest

from tests.example import read_alone


@pytest.mark.slow
def test_the_headline_series_are_the_observations_themselves(example_data: Path) -> None:
    """The overview reads the same figures as every other page, only sooner."""
    (file,) = example_data.glob("warehouse-*.duckdb")
    columns = "region, indicator, background, period, value, status, segment, kind"
    whole = (
        f"SELECT {columns} FROM observation WHERE sex = '_T' AND age = '_T' AND education = '_T'"
        " AND background IN ('_T', 'SE', 'SAMUTF')"
    )
    with read_alone(file) as connection:
        for one, other in ((whole, "headline"), ("FROM headline", f"({whole})")):
            left = connection.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL FROM {other})")
            assert left.fetchone() == (0,)


@pytest.mark.slow
def test_the_latest_of_a_series_is_its_newest_number(example_data: Path) -> None:
    """A newer year without a number does not hide it; of a series without any the newest stands."""
    (file,) = example_data.glob("warehouse-*.duckdb")
    with read_alone(file) as connection:
        told = connection.execute("FROM latest").fetchall()
        rows = connection.execute("FROM headline ORDER BY period::VARCHAR").fetchall()
    series: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for row in rows:
        series.setdefault(row[:3], []).append(row)
    newest = [
        ([row for row in of_series if row[4] is not None] or of_series)[-1]
        for of_series in series.values()
    ]

    assert len(told) == len(newest)
    assert set(told) == set(newest)
    assert any(row[4] is None for row in told)
    assert any(row[3] != series[row[:3]][-1][3] for row in told)
