"""SQL questions about observations."""

from array import array
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

import pandas as pd

from dashboard.codes import DIMENSIONS, OF_EVERYBODY, GroupCodes
from dashboard.data.versions import Warehouse
from etl.catalogue import TOTAL

# As an Observation begins: indicator, region, period, segment, value, status, sex, background,
# age, education, kind.
Headline = tuple[str, str, str, str, float | None, str | None, str, str, str, str, str]
# The same, then numerator and denominator.
SeriesRow = tuple[
    str, str, str, str, float | None, str | None, str, str, str, str, str,
    float | None, float | None,
]  # fmt: skip


def latest_figures(warehouse: Warehouse, regions: Sequence[str]) -> list[Headline]:
    """
    The newest observation with a number of every indicator, for everybody.

    An indicator that has figures of groups only is given for all foreign-born.

    Returns:
        Rows by indicator and region. A region without any number for an indicator has no row.

    """
    return warehouse.rows(
        """
        SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(region AS VARCHAR) AS region,
               CAST(period AS VARCHAR), CAST(segment AS VARCHAR), value, status, '_T',
               CAST(background AS VARCHAR), '_T', '_T', CAST(kind AS VARCHAR)
        FROM latest
        WHERE region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
          AND background IN ('_T', 'SAMUTF')
          AND value IS NOT NULL
        QUALIFY rank() OVER (PARTITION BY indicator ORDER BY background <> '_T') = 1
        ORDER BY indicator, region
        """,
        regions=list(regions),
    )


def published_series(
    warehouse: Warehouse,
    indicator: str,
    *,
    regions: Sequence[str],
    groups: GroupCodes = OF_EVERYBODY,
    period: str | None = None,
) -> list[SeriesRow]:
    """
    Time series of one indicator, every combination of what is asked for.

    By period, region, sex, background, age and education, as text. Of one `period` only where it
    is given. A missing value is a row with its status. A union of regions has no rows here (see
    `series`).
    """
    alone = all(len(codes) == 1 for codes in vars(groups).values())
    names = ("sexes", "backgrounds", "ages", "educations")
    codes = {name: list(getattr(groups, name)) for name in names}
    if alone and period is None:
        group = {name: listed[0] for name, listed in codes.items()}
        return _series_of_group(warehouse, indicator, regions, group)
    columns = warehouse.columns(
        """
        SELECT CAST(region AS VARCHAR) AS region, CAST(period AS VARCHAR) AS period,
               CAST(segment AS VARCHAR) AS segment, value, status, CAST(sex AS VARCHAR) AS sex,
               CAST(background AS VARCHAR) AS background, CAST(age AS VARCHAR) AS age,
               CAST(education AS VARCHAR) AS education, CAST(kind AS VARCHAR) AS kind,
               numerator, denominator
        FROM observation
        WHERE indicator = TRY_CAST($indicator AS indicator_code)
          AND region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
          AND background IN (SELECT TRY_CAST(unnest($backgrounds) AS background_code))
          AND sex IN (SELECT TRY_CAST(unnest($sexes) AS sex_code))
          AND age IN (SELECT TRY_CAST(unnest($ages) AS age_code))
          AND education IN (SELECT TRY_CAST(unnest($educations) AS education_code))
          AND ($period IS NULL OR period = TRY_CAST($period AS period_code))
        ORDER BY period, region, sex, background, age, education  -- as text, so no order is chance
        """,
        indicator=indicator,
        regions=list(regions),
        period=period,
        **codes,
    )
    return list(zip(repeat(indicator), *columns, strict=False))


def _series_of_group(
    warehouse: Warehouse, indicator: str, regions: Sequence[str], group: Mapping[str, str]
) -> list[SeriesRow]:
    """The series of one group: in half the time of those of every combination of some codes."""
    *what, kind, over, under = warehouse.columns(
        """
        SELECT CAST(region AS VARCHAR) AS region, CAST(period AS VARCHAR) AS period,
               CAST(segment AS VARCHAR) AS segment, value, status, CAST(kind AS VARCHAR) AS kind,
               numerator, denominator
        FROM observation
        WHERE indicator = TRY_CAST($indicator AS indicator_code)
          AND region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
          AND background = TRY_CAST($backgrounds AS background_code)
          AND sex = TRY_CAST($sexes AS sex_code)
          AND age = TRY_CAST($ages AS age_code)
          AND education = TRY_CAST($educations AS education_code)
        ORDER BY period, region  -- as text, by the names of the columns
        """,
        indicator=indicator,
        regions=list(regions),
        **group,
    )
    of_group = map(repeat, group.values())
    return list(zip(repeat(indicator), *what, *of_group, kind, over, under, strict=False))


def nearest_population(
    warehouse: Warehouse, regions: Sequence[str], groups: GroupCodes, year: int
) -> list[tuple[str, str, str, str, float]]:
    """
    The population of groups in some regions, of the year with a number that is nearest to one.

    Of two years as near the earlier.

    Returns:
        region, sex, background, age, persons: of every combination that has a number in any year.

    """
    return warehouse.rows(
        """
        SELECT CAST(region AS VARCHAR), CAST(sex AS VARCHAR), CAST(background AS VARCHAR),
               CAST(age AS VARCHAR),
               arg_min(value, [abs(CAST(CAST(period AS VARCHAR) AS INTEGER) - $year),
                               CAST(CAST(period AS VARCHAR) AS INTEGER)])
        FROM observation
        WHERE indicator = TRY_CAST('population' AS indicator_code)
          AND region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
          AND background IN (SELECT TRY_CAST(unnest($backgrounds) AS background_code))
          AND sex IN (SELECT TRY_CAST(unnest($sexes) AS sex_code))
          AND age IN (SELECT TRY_CAST(unnest($ages) AS age_code))
          AND education = '_T' AND value IS NOT NULL
        GROUP BY region, sex, background, age
        """,
        regions=list(regions),
        backgrounds=list(groups.backgrounds),
        sexes=list(groups.sexes),
        ages=list(groups.ages),
        year=year,
    )


def series_of_indicators(
    warehouse: Warehouse,
    indicators: Sequence[str],
    *,
    regions: Sequence[str],
    backgrounds: Sequence[str],
    sexes: Sequence[str],
) -> list[SeriesRow]:
    """Time series of several indicators, as by `published_series`, of all ages and educations."""
    columns = warehouse.columns(
        """
        SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(region AS VARCHAR) AS region,
               CAST(period AS VARCHAR) AS period, CAST(segment AS VARCHAR) AS segment, value,
               status, CAST(sex AS VARCHAR) AS sex, CAST(background AS VARCHAR) AS background,
               CAST(age AS VARCHAR) AS age, CAST(education AS VARCHAR) AS education,
               CAST(kind AS VARCHAR) AS kind, numerator, denominator
        FROM observation
        WHERE indicator IN (SELECT TRY_CAST(unnest($indicators) AS indicator_code))
          AND region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
          AND background IN (SELECT TRY_CAST(unnest($backgrounds) AS background_code))
          AND sex IN (SELECT TRY_CAST(unnest($sexes) AS sex_code))
          AND age = '_T' AND education = '_T'
        ORDER BY period, region, sex, background  -- as text, so no order is chance
        """,
        indicators=list(indicators),
        regions=list(regions),
        backgrounds=list(backgrounds),
        sexes=list(sexes),
    )
    return list(zip(*columns, strict=False))


def newest_of_members(
    warehouse: Warehouse,
    members: Sequence[str],
    *,
    indicators: Sequence[str],
    segments: Sequence[str],
    ages: Sequence[str | None],
    nearest: Sequence[str | None],
    alone: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """
    The members' figures of the newest year in which any has a number, for everybody.

    An indicator that has figures of groups only is given for all foreign-born.

    Args:
        warehouse: the version asked.
        members: regions.
        indicators: with `segments` and `ages` one row each: a segment of an indicator, and the
            ages whose population its figures are weighted by; None where they are not weighted.
        segments: see `indicators`.
        ages: see `indicators`.
        nearest: ages whose population stands in where that of `ages` is not published.
        alone: those members whose figures need no weight.

    Returns:
        ages, weight (persons; None where none is known), nearest, nearest_weight, and a
        `SeriesRow`.
        Of what is weighted, only a year counts in which a member with a number has a weight.

    """
    return warehouse.rows(
        """
        WITH wanted AS (
            SELECT unnest($indicators) AS indicator, unnest($segments) AS segment,
                   unnest(CAST($ages AS VARCHAR[])) AS ages,
                   unnest(CAST($nearest AS VARCHAR[])) AS nearest
        ), everybody AS MATERIALIZED (  -- or the regions are found last, among all there are
            SELECT * FROM observation
            WHERE region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
              AND sex = '_T' AND age = '_T' AND education = '_T'
              AND background IN ('_T', 'SAMUTF')
        ), inhabitants AS MATERIALIZED (
            SELECT * FROM observation
            WHERE indicator = TRY_CAST('population' AS indicator_code)
              AND region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
              AND sex = '_T' AND background = '_T' AND education = '_T'
        )
        SELECT ages, people.value, nearest, near.value,
               CAST(own.indicator AS VARCHAR), CAST(own.region AS VARCHAR),
               CAST(own.period AS VARCHAR), CAST(own.segment AS VARCHAR), own.value, own.status,
               CAST(own.sex AS VARCHAR), CAST(own.background AS VARCHAR),
               CAST(own.age AS VARCHAR), CAST(own.education AS VARCHAR),
               CAST(own.kind AS VARCHAR), own.numerator, own.denominator
        FROM everybody AS own
        JOIN wanted ON own.indicator = TRY_CAST(wanted.indicator AS indicator_code)
                   AND own.segment = TRY_CAST(wanted.segment AS segment_code)
        LEFT JOIN inhabitants AS people
                                ON people.region = own.region AND people.period = own.period
                               AND people.age = TRY_CAST(ages AS age_code)
        LEFT JOIN inhabitants AS near
                              ON near.region = own.region AND near.period = own.period
                             AND near.age = TRY_CAST(nearest AS age_code)
        QUALIFY CAST(own.period AS VARCHAR) = max(CAST(own.period AS VARCHAR)) FILTER (
                    own.value IS NOT NULL AND (
                        ages IS NULL OR people.value IS NOT NULL OR near.value IS NOT NULL
                        OR list_contains($alone, CAST(own.region AS VARCHAR))
                    )
                ) OVER (PARTITION BY own.indicator, own.background)
            AND (own.background = '_T') = bool_or(own.background = '_T')
                OVER (PARTITION BY own.indicator)
        """,
        regions=list(members),
        indicators=list(indicators),
        segments=list(segments),
        ages=list(ages),
        nearest=list(nearest),
        alone=list(alone),
    )


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
    all_ = repeat(TOTAL)
    return list(
        zip(indicator, repeat(region), *what, all_, background, all_, all_, kind, strict=False)
    )


def figures_of_regions(
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
               '_T', CAST(kind AS VARCHAR)
        FROM headline
        JOIN wanted USING (indicator, background, period)
        WHERE region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
        """,
        regions=list(regions),
        indicators=list(indicators),
        backgrounds=list(backgrounds),
        periods=list(periods),
    )


def counts_of_regions(
    warehouse: Warehouse, regions: Sequence[str], newest: Sequence[tuple[str, str, str]]
) -> list[tuple[str, str, float, float]]:
    """
    The counts behind shares of some regions in given years, of those that have a number.

    Args:
        warehouse: the version asked.
        regions: codes.
        newest: (indicator, background, period), one for each indicator.

    Returns:
        indicator, region, numerator, denominator.

    """
    if not newest:
        return []
    indicators, backgrounds, periods = zip(*newest, strict=True)
    others = [name for name in DIMENSIONS if name != "background"]
    return warehouse.rows(
        """
        WITH wanted AS (
            SELECT CAST(unnest($indicators) AS indicator_code) AS indicator,
                   CAST(unnest($backgrounds) AS background_code) AS background,
                   CAST(unnest($periods) AS period_code) AS period
        )
        SELECT CAST(indicator AS VARCHAR), CAST(region AS VARCHAR), numerator, denominator
        FROM observation
        JOIN wanted USING (indicator, background, period)
        WHERE region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
          AND value IS NOT NULL AND numerator IS NOT NULL AND /* everybody else */
        """.replace("/* everybody else */", " AND ".join(f"{name} = '_T'" for name in others)),
        regions=list(regions),
        indicators=list(indicators),
        backgrounds=list(backgrounds),
        periods=list(periods),
    )


def spreads(warehouse: Warehouse) -> dict[Spread, Sequence[float]]:
    """
    The numbers of the municipalities of each county, and of all counties.

    Of those years that are the newest with a number of any of them. As arrays, which take a
    quarter of the memory of tuples.
    """
    rows = warehouse.rows(
        """
        WITH place AS (
            SELECT TRY_CAST(code AS region_code) AS region, level, coalesce(parent, '00') AS parent
            FROM region
            WHERE level IN ('municipality', 'county')
        ), newest AS (
            SELECT DISTINCT indicator, background, max(period) AS period
            FROM headline JOIN place USING (region)
            WHERE value IS NOT NULL
            GROUP BY indicator, background, region
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
    return {tuple(key): array("d", values) for *key, values in rows}


# indicator, background, period, decimals shown
RankedFigure = tuple[str, str, str, int]
# region, indicator, background, period, place from the lowest displayed value, how many have one
Rank = tuple[str, str, str, str, int, int]


def newest_of_levels(warehouse: Warehouse) -> list[tuple[str, str, str]]:
    """Indicator, background and period of the newest numbers of counties and municipalities."""
    return warehouse.rows(
        """
        SELECT CAST(indicator AS VARCHAR), CAST(background AS VARCHAR), CAST(period AS VARCHAR)
        FROM (
            SELECT DISTINCT indicator, background, period
            FROM latest
            WHERE region IN (
                SELECT TRY_CAST(code AS region_code) FROM region
                WHERE level IN ('county', 'municipality')
            )
              AND background IN ('_T', 'SAMUTF') AND value IS NOT NULL
        )
        """
    )


def ranks(warehouse: Warehouse, figures: Sequence[RankedFigure]) -> list[Rank]:
    """
    The places of counties and municipalities among all of their level in given years.

    Only figures of one register are placed together; equal displayed values share a place.
    """
    indicators, backgrounds, periods, decimals = zip(*figures, strict=True) if figures else [()] * 4
    return warehouse.rows(
        """
        WITH wanted AS (
            SELECT CAST(unnest($indicators) AS indicator_code) AS indicator,
                   CAST(unnest($backgrounds) AS background_code) AS background,
                   CAST(unnest($periods) AS period_code) AS period,
                   CAST(unnest($decimals) AS INTEGER) AS decimals
        ), figure AS (
            SELECT CAST(region AS VARCHAR) AS code, indicator, background, period, segment,
                   length(CAST(region AS VARCHAR)) AS level, round(value, decimals) AS value
            FROM headline
            JOIN wanted USING (indicator, background, period)
            WHERE value IS NOT NULL AND region IN (
                SELECT TRY_CAST(code AS region_code) FROM region
                WHERE level IN ('county', 'municipality')
            )
        )
        SELECT code, CAST(indicator AS VARCHAR), CAST(background AS VARCHAR),
               CAST(period AS VARCHAR), rank() OVER (alike ORDER BY value), count(*) OVER alike
        FROM figure
        WINDOW alike AS (PARTITION BY indicator, background, period, segment, level)
        """,
        indicators=list(indicators),
        backgrounds=list(backgrounds),
        periods=list(periods),
        decimals=list(decimals),
    )


# indicator, region, period, segment, sex, background, value, status, kind
PairRow = tuple[
    str, str, str, str, str, str, float | None, str | None, str, float | None, float | None
]


def background_pairs(
    warehouse: Warehouse, regions: Sequence[str], backgrounds: Sequence[str]
) -> list[PairRow]:
    """
    The same as by `group_pairs` of two of the backgrounds of `headline`, without their counts.

    In a fifth of the time, for `headline` is sorted by region.
    """
    return warehouse.rows(
        """
        WITH own AS (
            SELECT * FROM headline
            WHERE region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
              AND background IN (SELECT TRY_CAST(unnest($backgrounds) AS background_code))
        ), newest AS (
            SELECT indicator, max(CAST(period AS VARCHAR)) AS period
            FROM (
                SELECT indicator, period FROM own
                WHERE region = TRY_CAST($first AS region_code) AND value IS NOT NULL
                GROUP BY indicator, period HAVING count(*) = 2
            )
            GROUP BY indicator
        )
        SELECT CAST(indicator AS VARCHAR), CAST(region AS VARCHAR), CAST(own.period AS VARCHAR),
               CAST(segment AS VARCHAR), '_T', CAST(background AS VARCHAR), value, status,
               CAST(kind AS VARCHAR), NULL, NULL
        FROM own JOIN newest USING (indicator)
        WHERE CAST(own.period AS VARCHAR) = newest.period
        """,
        regions=list(regions),
        first=regions[0],
        backgrounds=list(backgrounds),
    )


def group_pairs(
    warehouse: Warehouse,
    regions: Sequence[str],
    *,
    sexes: Sequence[str],
    backgrounds: Sequence[str],
) -> list[PairRow]:
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
                   value, status, CAST(kind AS VARCHAR) AS kind, numerator, denominator
            FROM observation
            WHERE region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
              AND sex IN (SELECT TRY_CAST(unnest($sexes) AS sex_code))
              AND background IN (SELECT TRY_CAST(unnest($backgrounds) AS background_code))
              AND age = '_T' AND education = '_T'
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


def similarity_population(warehouse: Warehouse) -> pd.DataFrame:
    """
    The population that similarity is measured by, both sexes together.

    Returns:
        region, period, background, age, value: municipalities for everybody and ages 20-64, RegSO
        for those born outside Europe (`öv`).

    """
    return warehouse.frame(
        """
        SELECT CAST(region AS VARCHAR) AS region, CAST(period AS VARCHAR) AS period,
               CAST(background AS VARCHAR) AS background, CAST(age AS VARCHAR) AS age, value
        FROM observation
        WHERE CAST(indicator AS VARCHAR) = 'population' AND sex = '_T' AND education = '_T'
          AND CASE WHEN length(CAST(region AS VARCHAR)) = 4
              THEN background = '_T' AND CAST(age AS VARCHAR) IN ('_T', '20-64')
              WHEN length(CAST(region AS VARCHAR)) > 4
              THEN CAST(background AS VARCHAR) = 'öv' AND age = '_T'
              ELSE false END
        """
    )


def post_secondary(warehouse: Warehouse) -> pd.DataFrame:
    """The share with post-secondary education of municipalities: region, period, value."""
    return warehouse.frame(
        """
        SELECT CAST(region AS VARCHAR) AS region, CAST(period AS VARCHAR) AS period, value
        FROM headline
        WHERE CAST(indicator AS VARCHAR) = 'post_secondary_share_25_65'
          AND background = '_T' AND length(CAST(region AS VARCHAR)) = 4
        """
    )


def criterion_shares(warehouse: Warehouse, ids: Sequence[str]) -> list[tuple[str, str, str, float]]:
    """
    What municipalities are like by some indicators: indicator, period, region, value.

    Of each the newest period in which over half of the municipalities have a number; of everybody.
    """
    return warehouse.rows(
        """
        WITH known AS (
            SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(period AS VARCHAR) AS period,
                   CAST(region AS VARCHAR) AS region, value
            FROM headline
            WHERE CAST(indicator AS VARCHAR) IN (SELECT unnest($ids)) AND background = '_T'
              AND length(CAST(region AS VARCHAR)) = 4 AND value IS NOT NULL AND isfinite(value)
        ), newest AS (
            SELECT indicator, max(period) AS period
            FROM (
                SELECT indicator, period FROM known GROUP BY indicator, period
                HAVING 2 * count(*) > (SELECT count(DISTINCT region) FROM known)
            )
            GROUP BY indicator
        )
        SELECT indicator, period, region, value FROM known JOIN newest USING (indicator, period)
        ORDER BY indicator, region
        """,
        ids=list(ids),
    )


def figures_of_level(
    warehouse: Warehouse,
    indicators: Sequence[str],
    *,
    regions: Sequence[str],
    backgrounds: Sequence[str],
    sexes: Sequence[str],
) -> pd.DataFrame:
    """
    The numbers of many regions and indicators: of everybody, of backgrounds, and of sexes.

    Returns:
        indicator, region, period, segment, sex, background as codes (categories), value, and
        denominator (NaN where the source has none); only where there is a number.

    """
    return warehouse.frame(
        """
        SELECT indicator, region, period, segment, sex, background, value, denominator
        FROM observation
        WHERE indicator IN (SELECT TRY_CAST(unnest($indicators) AS indicator_code))
          AND region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
          AND age = '_T' AND education = '_T' AND value IS NOT NULL AND isfinite(value)
          AND (background = '_T' AND sex IN (SELECT TRY_CAST(unnest($sexes) AS sex_code))
               OR sex = '_T' AND background IN (
                   SELECT TRY_CAST(unnest($backgrounds) AS background_code)))
        """,
        indicators=list(indicators),
        regions=list(regions),
        backgrounds=list(backgrounds),
        sexes=list(sexes),
    )
