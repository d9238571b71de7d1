"""SQL question about two groups of some regions."""

from collections.abc import Sequence

from dashboard.warehouse import Warehouse

# indicator, region, period, segment, sex, background, value, status, kind
Group = tuple[str, str, str, str, str, str, float | None, str | None, str]


def pairs(
    warehouse: Warehouse,
    regions: Sequence[str],
    *,
    sexes: Sequence[str],
    backgrounds: Sequence[str],
) -> list[Group]:
    """
    Two groups of some regions in the newest year in which the first region has both.

    The groups are all combinations of `sexes` and `backgrounds`, which are two together.
    """
    return warehouse.rows(
        """
        WITH own AS (
            SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(region AS VARCHAR) AS region,
                   CAST(period AS VARCHAR) AS period, CAST(segment AS VARCHAR) AS segment,
                   CAST(sex AS VARCHAR) AS sex, CAST(background AS VARCHAR) AS background,
                   value, status, CAST(kind AS VARCHAR) AS kind
            FROM observation
            WHERE region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
              AND sex IN (SELECT TRY_CAST(unnest($sexes) AS sex_code))
              AND background IN (SELECT TRY_CAST(unnest($backgrounds) AS background_code))
              AND education = '_T'
        ), newest AS (
            SELECT indicator, max(period) AS period
            FROM (
                SELECT indicator, period FROM own
                WHERE region = $first AND value IS NOT NULL
                GROUP BY indicator, period HAVING count(*) = 2
            )
            GROUP BY indicator
        )
        SELECT own.* FROM own JOIN newest USING (indicator, period)
        """,
        regions=list(regions),
        first=regions[0],
        sexes=list(sexes),
        backgrounds=list(backgrounds),
    )
