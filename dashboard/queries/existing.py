"""SQL questions about what exists: regions, unions, indicators, groups."""

from collections.abc import Sequence

import pandas as pd

from dashboard.warehouse import Warehouse


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
