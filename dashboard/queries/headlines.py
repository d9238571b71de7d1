"""SQL questions of the overview: one region's series, and who it is shown beside."""

from collections.abc import Sequence
from itertools import repeat

from dashboard.warehouse import Warehouse
from etl.catalogue import TOTAL

# As an Observation begins: indicator, region, period, segment, value, status, sex, background,
# education, kind.
Headline = tuple[str, str, str, str, float | None, str | None, str, str, str, str]
# level, parent, indicator, background, period, segment
Spread = tuple[str, str, str, str, str, str]


def headlines(warehouse: Warehouse, region: str) -> list[Headline]:
    """
    The series of every indicator for a region: everybody, born in Sweden, foreign-born.

    Returns:
        Rows as the table has them, in no order that may be relied on.

    """
    indicator, *what, background, kind = warehouse.columns(
        """
        SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(period AS VARCHAR) AS period,
               CAST(segment AS VARCHAR) AS segment, value, status,
               CAST(background AS VARCHAR) AS background, CAST(kind AS VARCHAR) AS kind
        FROM headline
        WHERE region = $region
        """,
        region=region,
    )
    both, all_ = repeat(TOTAL), repeat(TOTAL)
    return list(zip(indicator, repeat(region), *what, both, background, all_, kind, strict=False))


def beside(
    warehouse: Warehouse, regions: Sequence[str], newest: Sequence[tuple[str, str, str]]
) -> list[Headline]:
    """
    The figures of some regions in given years.

    Args:
        warehouse: the version asked.
        regions: codes.
        newest: (indicator, background, period), one for each indicator.

    """
    indicators, backgrounds, periods = zip(*newest, strict=True) if newest else ((), (), ())
    return warehouse.rows(
        """
        WITH wanted AS (
            SELECT CAST(unnest($indicators) AS indicator_code) AS indicator,
                   CAST(unnest($backgrounds) AS background_code) AS background,
                   CAST(unnest($periods) AS period_code) AS period
        )
        SELECT CAST(indicator AS VARCHAR), CAST(region AS VARCHAR), CAST(period AS VARCHAR),
               CAST(segment AS VARCHAR), value, status, '_T', CAST(background AS VARCHAR), '_T',
               CAST(kind AS VARCHAR)
        FROM headline
        JOIN wanted USING (indicator, background, period)
        WHERE region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
        """,
        regions=list(regions),
        indicators=list(indicators),
        backgrounds=list(backgrounds),
        periods=list(periods),
    )


def spreads(warehouse: Warehouse) -> dict[Spread, tuple[float, ...]]:
    """
    The numbers of the municipalities of each county, and of all counties.

    Of those years that are the newest with a number of any of them.
    """
    found = warehouse.rows(
        """
        WITH place AS (
            SELECT TRY_CAST(code AS region_code) AS region, level, coalesce(parent, '00') AS parent
            FROM region
            WHERE level IN ('municipality', 'county')
        ), newest AS (
            SELECT DISTINCT indicator, background, period FROM latest JOIN place USING (region)
            WHERE value IS NOT NULL
        )
        SELECT level, parent, CAST(indicator AS VARCHAR), CAST(background AS VARCHAR),
               CAST(period AS VARCHAR), CAST(segment AS VARCHAR), list(value)
        FROM headline
        JOIN newest USING (indicator, background, period)
        JOIN place USING (region)
        WHERE value IS NOT NULL
        GROUP BY ALL
        """
    )
    return {tuple(key): tuple(values) for *key, values in found}
