"""
One region in one period by age: a row for each class or each year of age, a column for each group.

What a population pyramid is drawn from. It stands in place of the table of regions where a link
names more ages than stand beside each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dashboard.codes import Group, codes_of_groups
from dashboard.components.tables import TableRow, figure_cell, figure_table
from dashboard.data.observation import Observation
from dashboard.data.series import existing_combinations, region_series
from dashboard.pages.indicator import content
from dashboard.sentences.wording import category_label, group_label, unit_sentence
from dashboard.state.groups import MOST_LINES
from dashboard.state.resolve import ListSelection, named_groups
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import TOTAL, Indicator
from etl.catalogue.ages import FIVE_YEAR_CLASSES, SINGLE_YEARS

RUNS_OF_AGES = {"age_five_years": FIVE_YEAR_CLASSES, "age_single_years": SINGLE_YEARS}


def is_asked(visit: Visit) -> bool:
    """Whether a link names more ages than stand beside each other."""
    return len(visit.state.ages) > MOST_LINES


def age_groups(visit: Visit, indicator: Indicator, region: str) -> tuple[Group, ...]:
    """The groups of a link that exist for a region, all ages first."""
    existing = existing_combinations(visit.context, visit.warehouse, indicator.id, region)
    named = named_groups(replace(visit.state, ages=(TOTAL, *visit.state.ages)))
    return tuple(group for group in dict.fromkeys(named) if group in existing)


def missing_groups(visit: Visit, shown: Sequence[Group]) -> str:
    """Which of the groups that a link names have no row, in one list of names; "" for none."""
    without_age = dict.fromkeys(group._replace(age=TOTAL) for group in named_groups(visit.state))
    known = {group._replace(age=TOTAL) for group in shown}
    names = [group_label(visit.catalogue, group, visit.lang) for group in without_age
             if group not in known]  # fmt: skip
    return "; ".join(names)


def rows_by_age(
    visit: Visit, indicator: Indicator, region: str, groups: Sequence[Group]
) -> tuple[Observation, ...]:
    """The rows of some groups of a region, in all periods (see `data.series.region_series`)."""
    return region_series(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=(region,),
        groups=codes_of_groups(groups),
    )


def heading(visit: Visit, indicator: Indicator, region: str, period: str) -> str:
    """Measure, place, that it is by age, and the period."""
    lang = visit.lang
    where = visit.regions[region].where[lang] if region in visit.regions else region
    by_age = term("in_heading_age", lang)
    return f"{indicator.title[lang]} {where} {by_age} {format.periods(period, period, lang)}"


def age_table(
    visit: Visit,
    indicator: Indicator,
    chosen: ListSelection,
    *,
    groups: Sequence[Group],
    rows: Iterable[Observation],
) -> list[Any]:
    """
    The table of one period.

    Args:
        visit: of the link.
        indicator: whose figures they are.
        chosen: the region.
        groups: at least one; the ages are the rows, the rest the columns, in their order.
        rows: observations of the groups in that period.

    """
    lang = visit.lang
    known = {row.group: row for row in rows}
    period = next(iter(known.values())).period
    columns = tuple(dict.fromkeys(group._replace(age=TOTAL) for group in groups))
    lines = [
        TableRow(
            category_label(visit.catalogue, "age", age, lang),
            [
                figure_cell(_of_age(known, column, age), indicator, lang, counts=visit.state.counts)
                for column in columns
            ],
        )
        for age in dict.fromkeys(group.age for group in groups)
    ]
    heads = [term("by_age", lang), *(group_label(visit.catalogue, one, lang) for one in columns)]
    unit = content.example_words(visit)
    unit += unit_sentence(indicator, lang, counts=visit.state.counts)
    title = heading(visit, indicator, chosen.region, period)
    return [figure_table(title, heads, [("", lines)], unit=unit, kind="ages")]


def _of_age(known: dict[Group, Observation], column: Group, age: str) -> Observation | None:
    return known.get(column._replace(age=age))
