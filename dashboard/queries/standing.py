"""SQL question of the heat table: where regions stand among all of their level."""

from collections.abc import Sequence

from dashboard.warehouse import Warehouse

# indicator, background, period, decimals shown
Wanted = tuple[str, str, str, int]
# region, indicator, place from the lowest displayed value, how many have a place
Standing = tuple[str, str, int, int]


def standing(
    warehouse: Warehouse, regions: Sequence[str], wanted: Sequence[Wanted]
) -> list[Standing]:
    """
    The places of some counties and municipalities among all of their level in given years.

    Only figures of one register are placed together; equal displayed values share a place.
    """
    indicators, backgrounds, periods, decimals = zip(*wanted, strict=True) if wanted else [()] * 4
    return warehouse.rows(
        """
        WITH wanted AS (
            SELECT CAST(unnest($indicators) AS indicator_code) AS indicator,
                   CAST(unnest($backgrounds) AS background_code) AS background,
                   CAST(unnest($periods) AS period_code) AS period,
                   CAST(unnest($decimals) AS INTEGER) AS decimals
        ), figure AS (
            SELECT CAST(region AS VARCHAR) AS code, indicator, segment,
                   length(CAST(region AS VARCHAR)) AS level, round(value, decimals) AS value
            FROM headline
            JOIN wanted USING (indicator, background, period)
            WHERE value IS NOT NULL AND region IN (
                SELECT CAST(code AS region_code) FROM region
                WHERE level IN ('county', 'municipality')
                  AND code IN (SELECT CAST(unnest(enum_range(NULL::region_code)) AS VARCHAR))
            )
        )
        SELECT code, CAST(indicator AS VARCHAR), place, number
        FROM (
            SELECT code, indicator,
                   rank() OVER (PARTITION BY indicator, segment, level ORDER BY value) AS place,
                   count(*) OVER (PARTITION BY indicator, segment, level) AS number
            FROM figure
        )
        WHERE list_contains($regions, code)
        """,
        regions=list(regions),
        indicators=list(indicators),
        backgrounds=list(backgrounds),
        periods=list(periods),
        decimals=list(decimals),
    )
