"""
Targets on a chart: over which years each is drawn, and its words.

Pure. A target is drawn only over the years of unbroken stretches of its own measure, in its
own regions, for everybody; it never runs on into years without a figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dashboard import template
from dashboard.lines import Look
from dashboard.observation import Observation
from dashboard.stretches import unbroken
from dashboard.targets import LocalTarget, applying
from dashboard.text import term
from etl.catalogue import Indicator, Lang

HALF_A_YEAR = 0.4
OWNER_WIDTH = 18


@dataclass(frozen=True)
class Goal:
    """A target with the newest observation of one stretch, and the first year it is drawn over."""

    target: LocalTarget
    first: int
    newest: Observation

    @property
    def value(self) -> float:
        """Where it is drawn, in the indicator's unit."""
        return self.target.value


def goals(
    targets: Iterable[LocalTarget], series: Iterable[Observation], indicator: Indicator
) -> tuple[Goal, ...]:
    """The targets that may be drawn on one series, a goal for each stretch they concern."""
    own = [target for target in targets if target.indicator == indicator.id]
    if not own:
        return ()
    found = []
    for stretch in unbroken(series, indicator):
        for target in applying(own, stretch.present):
            concerned = [one for one in stretch.present if target.concerns(one)]
            found.append(Goal(target, concerned[0].year, concerned[-1]))
    return tuple(found)


def rules(drawn: Iterable[Goal]) -> list[dict[str, Any]]:
    """A thin dashed line for each goal."""
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "x0": goal.first - HALF_A_YEAR,
            "x1": goal.newest.year + HALF_A_YEAR,
            "y0": goal.value,
            "y1": goal.value,
            "name": "target",
            "line": {"color": template.QUIET, "width": 1, "dash": "dash"},
        }
        for goal in drawn
    ]


def words(
    drawn: Iterable[Goal], values: Iterable[float], room: float, look: Look
) -> list[dict[str, Any]]:
    """
    Whose target and until when, at the end of its line; short where narrow.

    They stand above or under it, where fewer of `values` are nearer than `room`.
    """
    near = list(values)
    return [
        {
            "x": goal.newest.year + HALF_A_YEAR,
            "y": goal.value,
            "xref": "x",
            "yref": "y",
            "xanchor": "right",
            "yanchor": _side(goal.value, near, room),
            "align": "right",
            "showarrow": False,
            "text": "<br>".join(_named(goal, look)),
            "hovertext": goal.target.owner[look.lang],
            "font": {"size": 11, "color": template.QUIET},
        }
        for goal in drawn
    ]


def years(target: LocalTarget, lang: Lang) -> str:
    """The years a target is for: "2022–2030", "från 2022"."""
    first, last = target.years.first, target.years.last
    if last is None:
        return term("target_from", lang, year=first)
    return str(first) if first == last else f"{first}–{last}"


def _side(value: float, near: Iterable[float], room: float) -> str:
    apart = [one - value for one in near if abs(one - value) < room]
    above = sum(one > 0 for one in apart)
    return "top" if above > len(apart) - above else "bottom"


def _named(goal: Goal, look: Look) -> list[str]:
    """The year alone in a narrow window, where the margin tells the owner."""
    year = goal.target.years.last or goal.target.years.first
    if look.narrow:
        return [term("target_short", look.lang, year=year)]
    owner = goal.target.owner[look.lang]
    return wrap(term("target_line", look.lang, year=year, owner=owner), OWNER_WIDTH)
