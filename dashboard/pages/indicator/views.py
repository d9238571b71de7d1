"""
The views of an indicator: what each shows, when it has nothing to show, which one a link gets.

A new view is a module with `view`, a line in `VIEWS`, a name in `codes.ViewName`, and its words
(`view_<name>`, and those of its obstacle) in `text.indicator`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.codes import EVERYBODY, LEVELS, RANKED_LEVELS, ViewName
from dashboard.pages.indicator import compare, gap, groups, over_time, table, two_years
from dashboard.pages.indicator import map as map_view
from dashboard.pages.indicator.content import ViewContent
from dashboard.panels.inventory import existing_level_groups
from dashboard.state.resolve import Existing
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import TOTAL, Indicator

Obstacle = Callable[[Indicator, Existing], str]


def _never(_: Indicator, __: Existing) -> str:
    return ""


def _one_region(_: Indicator, existing: Existing) -> str:
    return "no_view_one" if {level for level, _ in existing} <= {LEVELS["riket"]} else ""


def _two_years(indicator: Indicator, existing: Existing) -> str:
    return "no_view_class" if indicator.measure == "class" else _one_region(indicator, existing)


def _map(_: Indicator, existing: Existing) -> str:
    return "" if {level for level, _ in existing} & RANKED_LEVELS else "no_view_karta"


def _groups(_: Indicator, existing: Existing) -> str:
    return "no_view_grupper" if all(group == EVERYBODY for _, group in existing) else ""


def _gap(indicator: Indicator, existing: Existing) -> str:
    """A class is no number; numbers of people in groups of different sizes say nothing."""
    if indicator.measure in {"class", "count"}:
        return f"no_view_{indicator.measure}"
    return "" if any(group.background != TOTAL for _, group in existing) else "no_view_skillnader"


@dataclass(frozen=True)
class IndicatorView:
    """What a view shows, and the key of the words why it has nothing to show, "" where it has."""

    content: Callable[[Visit, Indicator], ViewContent]
    obstacle: Obstacle


VIEWS: Mapping[ViewName, IndicatorView] = MappingProxyType(
    {
        "tid": IndicatorView(over_time.view, _never),
        "jamfor": IndicatorView(compare.view, _one_region),
        "tvaar": IndicatorView(two_years.view, _two_years),
        "karta": IndicatorView(map_view.view, _map),
        "grupper": IndicatorView(groups.view, _groups),
        "skillnader": IndicatorView(gap.view, _gap),
        "tabell": IndicatorView(table.view, _never),
    }
)


def obstacles(indicator: Indicator, existing: Existing) -> dict[ViewName, str]:
    """Every view, with the key of the words why it has nothing to show, "" where it has."""
    return {name: view.obstacle(indicator, existing) for name, view in VIEWS.items()}


def obstacle_words(visit: Visit, name: ViewName, obstacle: str) -> str:
    """Why a view has nothing to show, after its name."""
    words = {"view": term(f"view_{name}", visit.lang), "reason": term(obstacle, visit.lang)}
    return term("view_not", visit.lang, **words)


def view_of_link(visit: Visit, indicator: Indicator) -> tuple[ViewName, list[str]]:
    """The view that a link gets, and why it is not the one it asks for."""
    name = visit.state.view
    obstacle = VIEWS[name].obstacle(indicator, existing_level_groups(visit, indicator))
    return ("tid", [obstacle_words(visit, name, obstacle)]) if obstacle else (name, [])
