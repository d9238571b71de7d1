"""SQL questions about observations."""

from collections.abc import Sequence

import pandas as pd

from dashboard.warehouse import Warehouse


def latest(warehouse: Warehouse, regions: Sequence[str]) -> pd.DataFrame:
    """
    The newest observation with a number of every indicator, for everybody.

    An indicator that has figures of groups only is given for all foreign-born.

    Returns:
        region, indicator, background, period, value (the indicator's unit), status, segment, kind.
        A region without any number for an indicator has no row.

    """
    return warehouse.frame(
        """
        SELECT region, indicator, background, period, value, status, segment, kind
        FROM latest
        WHERE list_contains($regions, region)
          AND background IN ('_T', 'SAMUTF')
          AND value IS NOT NULL
        QUALIFY (background = '_T') = bool_or(background = '_T') OVER (PARTITION BY indicator)
        ORDER BY indicator, region
        """,
        regions=list(regions),
    )


def series(
    warehouse: Warehouse,
    indicator: str,
    *,
    regions: Sequence[str],
    backgrounds: Sequence[str] = ("_T",),
    sexes: Sequence[str] = ("_T",),
    educations: Sequence[str] = ("_T",),
    period: str | None = None,
) -> pd.DataFrame:
    """
    Time series of one indicator, every combination of what is asked for, oldest first.

    Returns:
        region, sex, background, education, period, value (the indicator's unit), status, segment,
        kind, numerator, denominator; of one `period` only where it is given. A missing value is
        a row with NaN and its status. A union of regions has no rows here (see `series`).

    """
    return warehouse.frame(
        """
        SELECT CAST(region AS VARCHAR) AS region, CAST(sex AS VARCHAR) AS sex,
               CAST(background AS VARCHAR) AS background,
               CAST(education AS VARCHAR) AS education, CAST(period AS VARCHAR) AS period,
               value, status, CAST(segment AS VARCHAR) AS segment, CAST(kind AS VARCHAR) AS kind,
               numerator, denominator
        FROM observation
        WHERE indicator = TRY_CAST($indicator AS indicator_code)
          AND region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
          AND background IN (SELECT TRY_CAST(unnest($backgrounds) AS background_code))
          AND sex IN (SELECT TRY_CAST(unnest($sexes) AS sex_code))
          AND education IN (SELECT TRY_CAST(unnest($educations) AS education_code))
          AND ($period IS NULL OR period = TRY_CAST($period AS period_code))
        ORDER BY CAST(period AS VARCHAR), region
        """,
        indicator=indicator,
        regions=list(regions),
        backgrounds=list(backgrounds),
        sexes=list(sexes),
        educations=list(educations),
        period=period,
    )


def newest(
    warehouse: Warehouse,
    members: Sequence[str],
    *,
    indicators: Sequence[str],
    segments: Sequence[str],
    ages: Sequence[str | None],
) -> pd.DataFrame:
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

    Returns:
        indicator, ages, weight (persons; NaN where none is known) and the columns of `series`.
        Of what is weighted, only a year counts in which a member with a number has a weight.

    """
    return warehouse.frame(
        """
        WITH wanted AS (
            SELECT unnest($indicators) AS indicator, unnest($segments) AS segment,
                   unnest(CAST($ages AS VARCHAR[])) AS ages
        ), own AS (
            SELECT * FROM observation
            WHERE region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
              AND sex = '_T' AND education = '_T'
        )
        SELECT CAST(own.indicator AS VARCHAR) AS indicator, ages, people.value AS weight,
               CAST(own.region AS VARCHAR) AS region, CAST(own.sex AS VARCHAR) AS sex,
               CAST(own.background AS VARCHAR) AS background,
               CAST(own.education AS VARCHAR) AS education, CAST(own.period AS VARCHAR) AS period,
               own.value, own.status, CAST(own.segment AS VARCHAR) AS segment,
               CAST(own.kind AS VARCHAR) AS kind, own.numerator, own.denominator
        FROM own
        JOIN wanted ON own.indicator = TRY_CAST(wanted.indicator AS indicator_code)
                   AND own.segment = TRY_CAST(wanted.segment AS segment_code)
        LEFT JOIN own AS people ON people.indicator = 'population'
                               AND people.region = own.region AND people.period = own.period
                               AND people.background = TRY_CAST(ages AS background_code)
        WHERE own.background IN ('_T', 'SAMUTF')
        QUALIFY CAST(own.period AS VARCHAR) = max(CAST(own.period AS VARCHAR)) FILTER (
                    own.value IS NOT NULL AND (ages IS NULL OR people.value IS NOT NULL)
                ) OVER (PARTITION BY own.indicator, own.background)
            AND (own.background = '_T') = bool_or(own.background = '_T')
                OVER (PARTITION BY own.indicator)
        """,
        regions=list(members),
        indicators=list(indicators),
        segments=list(segments),
        ages=list(ages),
    )
