"""SQL questions about all that a version holds: tables, breakdowns, revisions, dates."""

from collections.abc import Iterable, Sequence
from itertools import starmap

import pandas as pd

from dashboard.codes import Group
from dashboard.data.versions import Warehouse
from etl.catalogue.regions import BOTH_DIVISIONS, NEWER_DIVISION

_REGION_COLUMNS = [
    "code", "name", "level", "parent", "division", "valid_from", "valid_to", "locative_sv",
    "locative_en", "former_name", "water", "members",
]  # fmt: skip


def indicator_tables(warehouse: Warehouse) -> pd.DataFrame:
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
    What every indicator is broken down by at every level.

    Returns:
        indicator, level, kind (sex, age, education, or that of a background category), and
        `crossed`: whether its groups exist within backgrounds too.

    """
    return warehouse.frame(
        """
        WITH alike AS (
            SELECT DISTINCT indicator, level, same_groups_as
            FROM coverage JOIN region ON code = CAST(coverage.region AS VARCHAR)
        ), seen AS MATERIALIZED (
            SELECT DISTINCT indicator, level, background, sex, age, education
            FROM alike
            JOIN coverage_group AS held USING (indicator)
            WHERE held.region = same_groups_as
        )
        SELECT CAST(indicator AS VARCHAR) AS indicator, level, kind, bool_or(crossed) AS crossed
        FROM (
            SELECT indicator, level, 'sex' AS kind, background <> '_T' AS crossed
            FROM seen WHERE sex <> '_T'
            UNION ALL
            SELECT indicator, level, 'age', background <> '_T'
            FROM seen WHERE age <> '_T'
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
        region, period, sex, background, age, education, old_value, new_value, old_status,
        new_status;
        figures that came or went are after those that changed.

    """
    return warehouse.frame(
        """
        SELECT indicator, count(*) OVER (PARTITION BY indicator) AS changes,
               region, period, sex, background, age, education,
               old_value, new_value, old_status, new_status
        FROM revision
        QUALIFY row_number() OVER (
            PARTITION BY indicator
            ORDER BY abs(new_value - old_value) DESC NULLS LAST,
                     region, period, sex, background, age, education
        ) <= $most
        ORDER BY indicator, abs(new_value - old_value) DESC NULLS LAST, region, period
        """,
        most=most,
    )


def version_freshness(warehouse: Warehouse) -> pd.DataFrame:
    """
    How fresh a version is, as one row.

    Returns:
        finished, updated (the newest by the source), fetched (the last by us), next_update (the
        first after the run that the source has announced), observations, sources (tables).

    """
    return warehouse.frame(
        """
        SELECT max(finished) AS finished,
               coalesce(max(observations), (SELECT count(*) FROM observation)) AS observations,
               (SELECT max(updated) FROM source_table) AS updated,
               (SELECT max(fetched) FROM source_table) AS fetched,
               (SELECT min(next_update) FROM source_table
                WHERE next_update > (SELECT max(finished) FROM run)) AS next_update,
               (SELECT count(*) FROM source_table) AS sources
        FROM run
        """
    )


def region_rows(warehouse: Warehouse) -> pd.DataFrame:
    """
    Regions, by name in each level.

    Returns:
        code, name, level, parent, division, valid_from, valid_to, locative_sv, locative_en,
        former_name, water, members (None of what is no union).

    """
    rows: pd.DataFrame = warehouse.arrow(
        """
        SELECT *
        FROM region
        LEFT JOIN (
            SELECT region AS code, list(member ORDER BY member) AS members
            FROM region_member
            GROUP BY region
        ) USING (code)
        ORDER BY level, name, code
        """
    ).to_pandas()
    # A version kept from before areas were joined has neither former names nor water.
    return rows.reindex(columns=_REGION_COLUMNS)


def union_members(warehouse: Warehouse) -> pd.DataFrame:
    """The members of every union of regions: region, member."""
    return warehouse.frame("SELECT region, member FROM region_member ORDER BY region, member")


def lasting_areas(warehouse: Warehouse) -> frozenset[str]:
    """The areas that are the same in both RegSO divisions; an older version joins none."""
    (codes,) = warehouse.columns(
        "SELECT code FROM region WHERE division = $both", both=BOTH_DIVISIONS
    )
    return frozenset(codes)


def standing_regions(warehouse: Warehouse, codes: Iterable[str]) -> tuple[str, ...]:
    """Codes of regions as the version has them: of a joined area that of 2020, each once."""
    asked = tuple(codes)
    if not any(code.endswith(NEWER_DIVISION) for code in asked):
        return asked
    older = {code: code.removesuffix(NEWER_DIVISION) for code in asked}
    lasting = warehouse.rows(
        "SELECT code FROM region WHERE division = $both AND code IN (SELECT unnest($codes))",
        both=BOTH_DIVISIONS,
        codes=list(older.values()),
    )
    return tuple(
        dict.fromkeys(bare if (bare,) in lasting else code for code, bare in older.items())
    )


def member_confirmations(warehouse: Warehouse) -> pd.DataFrame:
    """Who has confirmed the members of a union, and when: region, member, and the two or None."""
    # A version kept from before there was anything to confirm has no such columns.
    rows = warehouse.frame("SELECT * FROM region_member ORDER BY region, member")
    return rows.reindex(columns=["region", "member", "confirmed_by", "confirmed_on"])


def indicators_of_areas(warehouse: Warehouse, within: str = "") -> frozenset[str]:
    """The indicators with a number of any area, of a municipality where its code is given."""
    rows = warehouse.rows(
        """
        SELECT CAST(indicator AS VARCHAR)
        FROM (
            SELECT DISTINCT indicator FROM coverage
            WHERE has_totals AND strlen(CAST(region AS VARCHAR)) > 4
              AND CAST(region AS VARCHAR) LIKE $within || '%'
        )
        """,
        within=within,
    )
    return frozenset(indicator for (indicator,) in rows)


def indicators_with_numbers(warehouse: Warehouse) -> list[str]:
    """Ids of the indicators that have at least one number anywhere."""
    return warehouse.frame(
        """
        SELECT DISTINCT CAST(indicator AS VARCHAR) AS indicator FROM coverage
        WHERE has_numbers
        """
    )["indicator"].tolist()


def has_numbers(warehouse: Warehouse, indicator: str) -> bool:
    """Whether an indicator has a number anywhere; reads its own rows only, and stops at one."""
    found = warehouse.frame(
        """
        SELECT 1 AS found FROM observation
        WHERE indicator = TRY_CAST($indicator AS indicator_code) AND value IS NOT NULL
        LIMIT 1
        """,
        indicator=indicator,
    )
    return len(found) > 0


def newest_periods(warehouse: Warehouse) -> dict[str, str]:
    """The newest period of every indicator, of any region and group and with any status."""
    rows = warehouse.frame(
        """
        SELECT CAST(indicator AS VARCHAR) AS indicator, max(CAST(period AS VARCHAR)) AS period
        FROM (SELECT indicator, max(last_period) AS period FROM coverage GROUP BY indicator)
        GROUP BY ALL
        """
    )
    return dict(zip(rows["indicator"], rows["period"], strict=True))


def existing_groups(warehouse: Warehouse, indicator: str) -> frozenset[tuple[str, Group]]:
    """The combinations of level and group that an indicator has anywhere."""
    rows = warehouse.rows(
        """
        SELECT DISTINCT level, CAST(sex AS VARCHAR), CAST(background AS VARCHAR),
               CAST(age AS VARCHAR), CAST(education AS VARCHAR)
        FROM (
            SELECT DISTINCT level, same_groups_as
            FROM coverage JOIN region ON code = CAST(coverage.region AS VARCHAR)
            WHERE indicator = TRY_CAST($indicator AS indicator_code)
        )
        JOIN coverage_group ON region = same_groups_as
        WHERE indicator = TRY_CAST($indicator AS indicator_code)
        """,
        indicator=indicator,
    )
    return frozenset((level, Group(*codes)) for level, *codes in rows)


def groups_of_regions(
    warehouse: Warehouse, indicator: str, regions: Sequence[str]
) -> frozenset[Group]:
    """The groups that any of some regions has."""
    rows = warehouse.rows(
        """
        SELECT DISTINCT CAST(sex AS VARCHAR), CAST(background AS VARCHAR), CAST(age AS VARCHAR),
               CAST(education AS VARCHAR)
        FROM coverage_group
        WHERE indicator = TRY_CAST($indicator AS indicator_code)
          AND region IN (
              SELECT same_groups_as FROM coverage
              WHERE indicator = TRY_CAST($indicator AS indicator_code)
                AND region IN (SELECT TRY_CAST(unnest($regions) AS region_code))
          )
        """,
        indicator=indicator,
        regions=list(regions),
    )
    return frozenset(starmap(Group, rows))


def indicator_coverage(warehouse: Warehouse) -> pd.DataFrame:
    """What there is: indicator, first, last (period), regions, observations, levels."""
    return warehouse.frame(
        """
        WITH of_level AS (
            SELECT indicator, level, min(first_period) AS first, max(last_period) AS last,
                   count(*) AS regions, sum(observations) AS observations
            FROM coverage
            LEFT JOIN region ON code = CAST(coverage.region AS VARCHAR)
            GROUP BY indicator, level
        )
        SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(min(first) AS VARCHAR) AS first,
               CAST(max(last) AS VARCHAR) AS last, CAST(sum(regions) AS BIGINT) AS regions,
               CAST(sum(observations) AS BIGINT) AS observations,
               list(level ORDER BY level) FILTER (WHERE level IS NOT NULL) AS levels
        FROM of_level
        GROUP BY indicator
        """
    )


def dimension_codes(warehouse: Warehouse) -> list[tuple[str, str, str]]:
    """The codes that each indicator has: indicator, dimension, code, ordered as texts."""
    return warehouse.rows(
        """
        WITH own AS (
            SELECT DISTINCT indicator, sex, background, age, education FROM coverage_group
        ), texts AS (
            SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(sex AS VARCHAR) AS sex,
                   CAST(background AS VARCHAR) AS background, CAST(age AS VARCHAR) AS age,
                   CAST(education AS VARCHAR) AS education
            FROM own
        )
        SELECT DISTINCT indicator, dimension, code
        FROM texts
        UNPIVOT (code FOR dimension IN (sex, background, age, education))
        ORDER BY indicator, dimension, code
        """
    )


def category_labels(warehouse: Warehouse) -> pd.DataFrame:
    """Every code of a dimension that has a name: dimension, code, kind, label_sv, label_en."""
    return warehouse.frame(
        "SELECT dimension, code, kind, label_sv, label_en FROM category ORDER BY position"
    )


def build_run(warehouse: Warehouse) -> pd.DataFrame:
    """When the version was built, and how much it holds: built (UTC), observations."""
    return warehouse.frame(
        """
        SELECT max(finished) AS built,
               coalesce(max(observations), (SELECT count(*) FROM observation)) AS observations
        FROM run
        """
    )


def coverage_of_region(warehouse: Warehouse, region: str) -> list[tuple[str, str, str, str]]:
    """What a region has: indicator, the region with the same groups, first and last period."""
    return warehouse.rows(
        """
        SELECT CAST(indicator AS VARCHAR), CAST(same_groups_as AS VARCHAR),
               CAST(first_period AS VARCHAR), CAST(last_period AS VARCHAR)
        FROM coverage
        WHERE region = TRY_CAST($region AS region_code) AND has_numbers
        ORDER BY 1
        """,
        region=region,
    )


def groups_by_region(warehouse: Warehouse) -> list[tuple[str, str, str, str, str, str]]:
    """
    The groups of each region that others have the same groups as.

    Returns:
        indicator, region, sex, background, age, education; in no order.

    """
    return warehouse.rows(
        """
        SELECT CAST(indicator AS VARCHAR), CAST(region AS VARCHAR), CAST(sex AS VARCHAR),
               CAST(background AS VARCHAR), CAST(age AS VARCHAR), CAST(education AS VARCHAR)
        FROM coverage_group
        """
    )
