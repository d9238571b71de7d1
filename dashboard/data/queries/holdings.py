"""SQL questions about all that a version holds: tables, breakdowns, revisions, dates."""

from collections.abc import Sequence

import pandas as pd

from dashboard.data.versions import Warehouse


def tables(warehouse: Warehouse) -> pd.DataFrame:
    """
    The tables of every indicator and level.

    Returns:
        indicator, level, table_id, title, updated, fetched, next_update (UTC), and the first
        and last period there; what the source does not tell is missing.

    """
    return warehouse.frame(
        """
        SELECT indicator, level, table_id, title, updated, fetched, next_update,
               min(first_period) AS first, max(last_period) AS last
        FROM indicator_source
        LEFT JOIN source_table USING (table_id)
        GROUP BY ALL
        ORDER BY indicator, level, table_id
        """
    )


def breakdowns(warehouse: Warehouse) -> pd.DataFrame:
    """
    What every indicator is broken down by at every level: a scan, to be remembered.

    Returns:
        indicator, level, kind (sex, education, or that of a background category), and
        `crossed`: whether the sexes, or levels of education, exist within backgrounds too.

    """
    return warehouse.frame(
        """
        WITH place AS (
            SELECT TRY_CAST(code AS region_code) AS region, level FROM region
            WHERE TRY_CAST(code AS region_code) IS NOT NULL
        ), existing AS (
            SELECT DISTINCT indicator, region, background, sex, education FROM observation
        ), seen AS MATERIALIZED (
            SELECT DISTINCT indicator, level, background, sex, education
            FROM existing JOIN place USING (region)
        )
        SELECT CAST(indicator AS VARCHAR) AS indicator, level, kind, bool_or(crossed) AS crossed
        FROM (
            SELECT indicator, level, 'sex' AS kind, background <> '_T' AS crossed
            FROM seen WHERE sex <> '_T'
            UNION ALL
            SELECT indicator, level, 'education', background <> '_T'
            FROM seen WHERE education <> '_T'
            UNION ALL
            SELECT indicator, level, kind, false
            FROM seen JOIN category ON dimension = 'background'
                                   AND code = CAST(background AS VARCHAR)
            WHERE background <> '_T'
        )
        GROUP BY ALL
        ORDER BY indicator, level, kind
        """
    )


def revisions(warehouse: Warehouse, most: int) -> pd.DataFrame:
    """
    What the source changed since the version before.

    Returns:
        the `most` largest changes of every indicator: indicator, changes (how many it has),
        region, period, sex, background, education, old_value, new_value, old_status, new_status;
        figures that came or went are after those that changed.

    """
    return warehouse.frame(
        """
        SELECT indicator, count(*) OVER (PARTITION BY indicator) AS changes,
               region, period, sex, background, education,
               old_value, new_value, old_status, new_status
        FROM revision
        QUALIFY row_number() OVER (
            PARTITION BY indicator
            ORDER BY abs(new_value - old_value) DESC NULLS LAST,
                     region, period, sex, background, education
        ) <= $most
        ORDER BY indicator, abs(new_value - old_value) DESC NULLS LAST, region, period
        """,
        most=most,
    )


def freshness(warehouse: Warehouse) -> pd.DataFrame:
    """
    How fresh a version is, as one row.

    Returns:
        finished, updated (the newest by the source), fetched (the last by us), next_update (the
        first after the run that the source has announced), observations, sources (tables).

    """
    return warehouse.frame(
        """
        SELECT max(finished) AS finished, max(observations) AS observations,
               (SELECT max(updated) FROM source_table) AS updated,
               (SELECT max(fetched) FROM source_table) AS fetched,
               (SELECT min(next_update) FROM source_table
                WHERE next_update > (SELECT max(finished) FROM run)) AS next_update,
               (SELECT count(*) FROM source_table) AS sources
        FROM run
        """
    )


def regions(warehouse: Warehouse) -> pd.DataFrame:
    """
    Regions, by name in each level.

    Returns:
        code, name, level, parent, division, valid_from, valid_to, locative_sv, locative_en,
        members (None of what is no union).

    """
    return warehouse.frame(
        """
        SELECT code, name, level, parent, division, valid_from, valid_to,
               locative_sv, locative_en, members
        FROM region
        LEFT JOIN (
            SELECT region AS code, list(member ORDER BY member) AS members
            FROM region_member
            GROUP BY region
        ) USING (code)
        ORDER BY level, name, code
        """
    )


def members(warehouse: Warehouse) -> pd.DataFrame:
    """The members of every union of regions: region, member."""
    return warehouse.frame("SELECT region, member FROM region_member ORDER BY region, member")


def confirmed(warehouse: Warehouse) -> pd.DataFrame:
    """Who has confirmed the members of a union, and when: region, member, and the two or None."""
    # A version kept from before there was anything to confirm has no such columns.
    found = warehouse.frame("SELECT * FROM region_member ORDER BY region, member")
    return found.reindex(columns=["region", "member", "confirmed_by", "confirmed_on"])


def of_areas(warehouse: Warehouse) -> pd.DataFrame:
    """Municipality and indicator, where any area of the one has a number of the other."""
    return warehouse.frame(
        """
        SELECT DISTINCT parent AS municipality, indicator
        FROM latest
        JOIN region ON region.code = latest.region
        WHERE level = 'regso' AND value IS NOT NULL
        """
    )


def indicators(warehouse: Warehouse) -> list[str]:
    """Ids of the indicators that have at least one number anywhere."""
    return warehouse.frame("SELECT DISTINCT indicator FROM latest WHERE value IS NOT NULL")[
        "indicator"
    ].tolist()


def newest_periods(warehouse: Warehouse) -> dict[str, str]:
    """The newest period of every indicator, of any region and group and with any status."""
    found = warehouse.frame(
        """
        SELECT CAST(indicator AS VARCHAR) AS indicator, max(CAST(period AS VARCHAR)) AS period
        FROM (SELECT DISTINCT indicator, period FROM observation)
        GROUP BY ALL
        """
    )
    return dict(zip(found["indicator"], found["period"], strict=True))


def groups(warehouse: Warehouse, indicator: str) -> pd.DataFrame:
    """The combinations (level, background, sex, education) that an indicator has anywhere."""
    return warehouse.frame(
        """
        SELECT DISTINCT level, CAST(background AS VARCHAR) AS background,
               CAST(sex AS VARCHAR) AS sex, CAST(education AS VARCHAR) AS education
        FROM (
            SELECT DISTINCT CAST(region AS VARCHAR) AS code, background, sex, education
            FROM observation
            WHERE indicator = $indicator
        )
        JOIN region USING (code)
        """,
        indicator=indicator,
    )


def held(warehouse: Warehouse, indicator: str, regions: Sequence[str]) -> pd.DataFrame:
    """The combinations (background, sex, education) that any of some regions has."""
    return warehouse.frame(
        """
        SELECT DISTINCT CAST(background AS VARCHAR) AS background, CAST(sex AS VARCHAR) AS sex,
               CAST(education AS VARCHAR) AS education
        FROM observation
        WHERE indicator = TRY_CAST($indicator AS indicator_code)
          AND region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
        """,
        indicator=indicator,
        regions=list(regions),
    )
