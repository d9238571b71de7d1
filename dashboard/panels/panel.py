"""
One panel: the rows of a view, its lines, its words and its chart.

Knows how a selection is worded and coloured; asks `data.series` and remembers the answer under
(version, selection, look). It never builds a page.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, NamedTuple

from dashboard.charts import line_chart
from dashboard.charts import style as chart_style
from dashboard.charts.line_chart import Backdrop, Goal, backdrop, drawable_goals
from dashboard.charts.multiples import SmallChart, multiples, symbol_sentences
from dashboard.charts.style import ChartLine, marks_inside
from dashboard.codes import EVERYBODY, RANKED_LEVELS, Group, codes_of_groups
from dashboard.data.context import Context
from dashboard.data.observation import PERIOD, Observation, of_periods
from dashboard.data.series import levels, rows_with_members
from dashboard.data.versions import Warehouse
from dashboard.panels.crossing import LineSet, line_key, line_sets
from dashboard.sentences.summary import Narrative, narrative, with_members
from dashboard.sentences.wording import (
    Wording,
    breakdown_words,
    group_label,
    unit_sentence,
)
from dashboard.state.areas import names_in_list, older_members
from dashboard.state.groups import MOST_LINES
from dashboard.state.regions import Region
from dashboard.state.resolve import LineSelection
from dashboard.text import enumerated, format, lower_first, term
from dashboard.text.format import Look
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang
from etl.catalogue.periods import overlaps
from etl.catalogue.regions import COUNTRY

_THIN = 2.0  # pixels, which the country's line in small charts is less than


def _panel_heading(catalogue: Catalogue, view: LineSelection, where: list[str], lang: Lang) -> str:
    """Measure, regions and groups: what the chart shows, before its years."""
    if len(where) > MOST_LINES:
        where = [where[0], term("heading_others", lang, count=len(where) - 1)]
    words = f"{catalogue.indicator[view.indicator].title[lang]} {enumerated(where, lang)}"
    if by := breakdown_words(catalogue, view.groups, lang):
        words += f" {by}"
    common = view.groups[0]._replace(**dict.fromkeys(view.dimensions, TOTAL))
    if common != EVERYBODY:
        parts = group_label(catalogue, common, lang).split(", ")
        words += "".join(f", {lower_first(part)}" for part in parts)
    return words


def years_suffix(series: Iterable[Observation], lang: Lang) -> str:
    """The periods of some rows after a space; "" for none."""
    periods = set(map(PERIOD, series))
    return " " + format.periods(min(periods), max(periods), lang) if periods else ""


def subline(
    series: Sequence[Observation],
    lines: tuple[ChartLine, ...],
    goals: tuple[Goal, ...],
    *,
    indicator: Indicator,
    lang: Lang,
    behind: tuple[str, Backdrop] | None = None,
) -> str:
    """Unit and how to read the chart; names only what is drawn, `behind` with its level."""
    parts = [unit_sentence(indicator, lang)]
    held = line_chart.axis_values(series, goals, behind[1] if behind else None)
    if indicator.measure != "class" and not line_chart.starts_at_zero(held):
        parts.append(term("axis_not_zero", lang))
    parts += break_readings(series, lines, indicator, lang)
    if (count := sum(line.region == COUNTRY != lines[0].region for line in lines)) > 0:
        parts.append(term("country_dashed" if count == 1 else "country_all_dashed", lang))
    parts += [term("target_lines", lang)] if goals else []
    if behind:
        level, drawing = behind
        parts.append(term(f"grey_{level}", lang))
        parts += [term("grey_cropped", lang)] if drawing.cropped else []
    return " ".join(parts)


def break_readings(
    series: Sequence[Observation],
    lines: Sequence[ChartLine],
    indicator: Indicator,
    lang: Lang,
) -> list[str]:
    """How the marks of breaks and cautions are read, of those that are drawn."""
    severities = {mark.severity for mark in marks_inside(series, lines, indicator)}
    named = (("break", "break_lines"), ("caution", "caution_lines"))
    return [term(key, lang) for severity, key in named if severity in severities]


def alternative(title: str, summary: Narrative, look: Look) -> str:
    """The chart in words: what it shows, and what its leading figures say."""
    sentences = [f"{term('chart_of', look.lang)}: {title}.", *summary.sentences]
    return " ".join([f"{term('example', look.lang)}."] * look.example + sentences)


@dataclass(frozen=True)
class Panel:
    """
    What a view shows: rows, lines with and without any, chart and the words around it.

    `key`: of small charts one line of each look; `is_split`: whether the figure is of these.
    """

    series: tuple[Observation, ...]
    lines: tuple[ChartLine, ...]
    absent: tuple[ChartLine, ...]
    figure: Mapping[str, Any]
    heading: str
    subline: str
    alternative: str
    goals: tuple[Goal, ...]
    summary: Narrative
    wording: Wording
    key: tuple[ChartLine, ...] = ()
    is_split: bool = False


def line_panel(
    context: Context,
    warehouse: Warehouse,
    view: LineSelection,
    *,
    regions: Mapping[str, Region],
    look: Look,
    among: bool = False,
) -> Panel:
    """
    The panel of a view, remembered per version; readers must not change it.

    `among`: the other regions of the level stand behind the lines, where regions are compared.
    """
    return context.recent.recall(
        (warehouse.identity, view, look, among),
        lambda: _panel(context, warehouse, view, regions=regions, look=look, among=among),
    )


def rows_inside(
    rows: tuple[Observation, ...], years: tuple[str, str] | None
) -> tuple[Observation, ...]:
    """The rows of some periods, both included; all of them for None."""
    if years is None:
        return rows
    inside = {period for period in set(map(PERIOD, rows)) if overlaps(period, *years)}
    return of_periods(rows, inside)


def all_years(
    context: Context, warehouse: Warehouse, view: LineSelection
) -> tuple[Observation, ...]:
    """The rows of a view in all years; where a union has none, those of its few members."""
    rows = rows_with_members(
        context,
        warehouse,
        view.indicator,
        regions=tuple(dict.fromkeys(filter(None, (*view.regions, view.reference)))),
        groups=codes_of_groups(view.groups),
        extra=view.own,
    )
    if not view.without:
        return rows
    groups = frozenset(view.groups)
    return tuple([row for row in rows if row.group in groups])


def _panel(
    context: Context,
    warehouse: Warehouse,
    view: LineSelection,
    *,
    regions: Mapping[str, Region],
    look: Look,
    among: bool,
) -> Panel:
    catalogue, indicator = context.catalogue, context.catalogue.indicator[view.indicator]
    rows = rows_inside(all_years(context, warehouse, view), view.years)
    sets = line_sets(catalogue, view, regions, look.lang)
    all_lines = tuple(line for one in sets for line in one.lines)
    known = {(row.region, row.group) for row in rows}
    members_of = {
        line: _member_lines(line, view, rows, regions=regions, lang=look.lang) for line in all_lines
    }
    lines = tuple(
        part
        for line in all_lines
        for part in (line, *members_of[line])
        if (part.region, part.group) in known
    )
    shown = dict.fromkeys(
        line.region for line in all_lines if members_of[line] or not lines or line in lines
    )
    where = [regions[code].where[look.lang] for code in shown]
    heading = _panel_heading(catalogue, view, where, look.lang) + years_suffix(rows, look.lang)
    named = [member for code in shown for member in (code, *regions[code].members)]
    places = {code: regions[code].where for code in named if code in regions}
    wording = Wording(indicator, catalogue, places, look.lang, view.counts)
    members = [member for of_line in members_of.values() for member in of_line]
    summary = _summary(rows, view, all_lines, members, wording=wording)
    if view.split and lines:
        charts = _small_charts(sets, members_of, known)
        drawn = _in_small_charts(rows, lines, charts, indicator=indicator, look=look)
    else:
        behind = _behind(context, warehouse, view, regions) if among and lines else None
        drawn = _in_one_chart(context, rows, lines, indicator=indicator, look=look, behind=behind)
    return Panel(
        series=rows,
        lines=drawn.lines,
        absent=tuple(line for line in all_lines if line not in lines),
        figure=drawn.figure,
        heading=heading,
        subline=" ".join(
            [
                drawn.reading,
                *(_side_by_side(all_lines, members, regions, look.lang) if members else ()),
            ]
        ),
        alternative=alternative(heading, summary, look),
        goals=drawn.goals,
        summary=summary,
        wording=wording,
        key=line_key(catalogue, view, regions, look.lang) if drawn.is_split else (),
        is_split=drawn.is_split,
    )


class _Drawing(NamedTuple):
    """The figure of a panel, how it is read, its lines and targets, and whether it is of many."""

    figure: Mapping[str, Any]
    reading: str
    lines: tuple[ChartLine, ...]
    goals: tuple[Goal, ...] = ()
    is_split: bool = False


def _in_one_chart(
    context: Context,
    rows: Sequence[Observation],
    lines: tuple[ChartLine, ...],
    *,
    indicator: Indicator,
    look: Look,
    behind: tuple[str, Backdrop] | None,
) -> _Drawing:
    """The lines with their targets, and the other regions of the level behind them."""
    goals = tuple(
        goal
        for line in lines
        for goal in drawable_goals(context.targets, line.rows(rows), indicator)
    )
    figure = line_chart.line_chart(
        rows, lines, indicator, look, goals=goals, behind=behind[1] if behind else None
    )
    reading = subline(rows, lines, goals, indicator=indicator, lang=look.lang, behind=behind)
    return _Drawing(figure, reading, lines, goals)


def _in_small_charts(
    rows: Sequence[Observation],
    lines: tuple[ChartLine, ...],
    charts: Sequence[SmallChart],
    *,
    indicator: Indicator,
    look: Look,
) -> _Drawing:
    """The lines in small charts on one scale, the country's thin one in each."""
    figure = multiples(rows, charts, indicator, look, layout=_layout(len(charts), look))
    asked = {(line.region, line.group) for line in lines}
    beside = {
        (line.region, line.group): line
        for chart in charts
        for line in chart.lines
        if (line.region, line.group) not in asked
    }
    parts = [unit_sentence(indicator, look.lang), term("groups_same_scale", look.lang)]
    if not line_chart.starts_at_zero(row.number for row in rows if row.present):
        parts.append(term("axis_not_zero", look.lang))
    if any(mark["name"] == "break" for mark in figure["layout"]["shapes"]):
        parts.append(term("break_lines", look.lang))
    if any(line.width < _THIN for chart in charts for line in chart.lines):
        parts.append(term("country_thin", look.lang))
    parts += symbol_sentences(figure, look.lang)
    return _Drawing(figure, " ".join(parts), (*lines, *beside.values()), is_split=True)


def _layout(charts: int, look: Look) -> tuple[int, int]:
    """How many small charts stand in a row, and the pixels of each: few are wide and high."""
    if look.narrow:
        return 1, 150
    columns = 2 if charts in {2, 4} else 3
    return columns, 230 if charts <= columns else 150


def _small_charts(
    sets: Sequence[LineSet],
    members_of: Mapping[ChartLine, Sequence[ChartLine]],
    known: Collection[tuple[str, Group]],
) -> list[SmallChart]:
    """The charts in which a line that is asked for has rows, the country's line at the back."""
    charts = []
    for one in sets:
        lines = [part for line in one.lines for part in (*members_of[line], line)]
        drawn = [line for line in lines if (line.region, line.group) in known]
        behind = [line for line in one.reference if (line.region, line.group) in known]
        if drawn:
            charts.append(SmallChart(one.title, (*behind, *drawn)))
    return charts


def _side_by_side(
    lines: Sequence[ChartLine],
    members: Sequence[ChartLine],
    regions: Mapping[str, Region],
    lang: Lang,
) -> list[str]:
    """That parts are shown one by one, and which of them have no figure here."""
    shown = {line.region for line in members}
    unions = dict.fromkeys(line.region for line in lines)
    lacking = [
        code
        for union in unions
        if shown.intersection(regions[union].members)
        for code in older_members(regions[union])
        if code not in shown
    ]
    names = list(names_in_list(lacking, regions, lang).values())
    missing = term("side_by_side_lacking", lang, names=enumerated(names, lang))
    return [term("side_by_side", lang), *([missing] if names else [])]


def _member_lines(
    line: ChartLine,
    view: LineSelection,
    rows: Sequence[Observation],
    *,
    regions: Mapping[str, Region],
    lang: Lang,
) -> list[ChartLine]:
    """The members that stand side by side where a union has no figure, in its line's colour."""
    union = regions.get(line.region)
    codes = [
        code
        for code in (union.members if union else ())
        if code in regions and code not in view.regions
    ]
    before = f"{line.name}, " if view.dimensions else ""
    names = names_in_list(codes, regions, lang)
    lines = [
        ChartLine(
            code,
            line.group,
            before + names[code],
            colour=line.colour,
            dash=dash,
            width=2.0,
            mark=mark,
        )
        for code, dash, mark in zip(codes, cycle(chart_style.DASHES[1:]), cycle(chart_style.MARKS))
    ]
    return [one for one in lines if one.rows(rows)]


def _summary(
    rows: Sequence[Observation],
    view: LineSelection,
    lines: Sequence[ChartLine],
    members: Sequence[ChartLine],
    *,
    wording: Wording,
) -> Narrative:
    """
    What the lines say; of members that stand for the region or its groups their newest figures.

    Where the region has no line of its own nothing is said of those that it is compared with,
    as long as its members have figures.
    """
    own = [line for line in lines if line.rows(rows)]
    has_lead = any(line.region == view.region for line in own)
    told = [] if has_lead and not view.dimensions else members
    summary = narrative(rows, own if has_lead or not told else (), wording)
    return with_members(summary, [line.rows(rows) for line in told], wording)


def _behind(
    context: Context, warehouse: Warehouse, view: LineSelection, regions: Mapping[str, Region]
) -> tuple[str, Backdrop] | None:
    """The other counties, or municipalities, beside the selected one, with their level."""
    selected = regions.get(view.region)
    if view.dimensions or view.split or selected is None or selected.level not in RANKED_LEVELS:
        return None
    codes = tuple(code for code, region in regions.items() if region.level == selected.level)
    rows = levels(context, warehouse, view.indicator, codes=codes, group=view.groups[0])
    others = tuple([row for row in rows if row.region not in view.regions])
    inside = rows_inside(others, view.years)
    drawing = backdrop(inside, context.catalogue.indicator[view.indicator], view.groups[0])
    return (selected.level, drawing) if drawing else None
