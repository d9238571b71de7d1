"""
The report of 2010 in today's tables: its seven figures, its neighbourhoods, and their panels.

Knows which rows a drawing takes and how its lines look. What may be joined and said is decided
by `rules` and `sentences`.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from dashboard.charts import style as chart_style
from dashboard.charts.line_chart import line_chart
from dashboard.charts.report import PrintedPoint, with_printed_points
from dashboard.charts.style import ChartLine
from dashboard.codes import EVERYBODY, Group
from dashboard.data.observation import Observation, as_observations
from dashboard.data.series import region_series
from dashboard.panels import panel as panel_panel
from dashboard.panels.panel import Panel
from dashboard.panels.printed import PrintedFigure, printed_words
from dashboard.rules.stretches import unbroken
from dashboard.sentences.figures import Printed as PrintedShare
from dashboard.sentences.figures import level_sentence, report_gap_sentence
from dashboard.sentences.summary import Narrative, narrative
from dashboard.sentences.wording import Wording, category_label
from dashboard.state.areas import member_names, neighbourhoods, older_members, short_name
from dashboard.state.regions import Region
from dashboard.state.visit import Visit
from dashboard.text import format, term, translated
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.regions import COUNTRY
from etl.measures.unions import RegionUnion

REPORT_COUNTY = "01"
ALL_NEIGHBOURHOODS = "stadsdelar-01"  # of the report, as one union
_NEIGHBOURHOOD_LIST = Path(__file__).parents[2] / "data" / "regions" / "stadsdelar.csv"
_ORIGINS = ("SE", "NEXS", "EUEESXN", "VXEUEES")
_GAP_SHARES = (
    ("employment_sweden_2008", "report_born_sweden"),
    ("employment_world_2008", "report_born_outside"),
)


@dataclass(frozen=True)
class Drawing:
    """
    One chart: lines of `regions`, of `groups` or of several `measures`, a pair of years, strips.

    `years` are the two of a pair.
    """

    key: str
    kind: Literal["regions", "groups", "measures", "pair", "strips"]
    indicator: str
    regions: tuple[str, ...] = (REPORT_COUNTY,)
    groups: tuple[str, ...] = (TOTAL,)
    measures: tuple[str, ...] = ()
    years: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class ReportFigure:
    """One figure of the report."""

    number: int
    drawings: tuple[Drawing, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The measures it shows, each once, in order."""
        every = (id for drawing in self.drawings for id in drawing.measures or (drawing.indicator,))
        return tuple(dict.fromkeys(every))


_WITH_NEIGHBOURHOODS = (ALL_NEIGHBOURHOODS, REPORT_COUNTY, COUNTRY)
REPORT_FIGURES = (
    ReportFigure(
        1,
        (
            Drawing(
                "net_migration",
                "measures",
                "net_migration",
                measures=("net_migration", "net_migration_abroad", "net_migration_domestic"),
            ),
        ),
    ),
    ReportFigure(
        2, (Drawing("background", "pair", "foreign_background_share", years=("2003", "2009")),)
    ),
    ReportFigure(
        3,
        (
            Drawing(
                "unemployment", "regions", "open_unemployment", regions=(REPORT_COUNTY, COUNTRY)
            ),
            Drawing(
                "area_unemployed", "regions", "area_unemployed_share", regions=_WITH_NEIGHBOURHOODS
            ),
        ),
    ),
    ReportFigure(4, (Drawing("employment", "groups", "employment_rate", groups=_ORIGINS),)),
    ReportFigure(
        5, (Drawing("eligibility", "groups", "upper_secondary_eligibility", groups=_ORIGINS),)
    ),
    ReportFigure(
        6, (Drawing("studying", "regions", "studying_20_24", regions=_WITH_NEIGHBOURHOODS),)
    ),
    ReportFigure(
        7,
        (
            Drawing("movers", "regions", "mover_balance"),
            Drawing("movers_areas", "strips", "mover_balance"),
        ),
    ),
)


def report_neighbourhoods(regions: Mapping[str, Region]) -> tuple[Region, ...]:
    """The neighbourhoods of the report, by name."""
    return tuple(regions[code] for code in neighbourhoods(REPORT_COUNTY, regions))


def _union(regions: Mapping[str, Region]) -> RegionUnion:
    """All neighbourhoods as one union, of the members of all divisions."""
    members = {code for region in report_neighbourhoods(regions) for code in region.members}
    return RegionUnion(ALL_NEIGHBOURHOODS, tuple(sorted(members)))


def with_neighbourhood_union(visit: Visit) -> Visit:
    """The visit, with the union of all neighbourhoods among its regions."""
    union = _union(visit.regions)
    where = translated("report_areas_where")
    region = Region(
        ALL_NEIGHBOURHOODS,
        term("report_areas", visit.lang),
        "stadsdel",
        REPORT_COUNTY,
        where,
        members=union.members,
    )
    regions = {**visit.regions, ALL_NEIGHBOURHOODS: region}
    return replace(visit, regions=regions) if union.members else visit


def member_labels(regions: Mapping[str, Region], lang: Lang) -> dict[str, str]:
    """Each member of the older division by code, with the neighbourhood where it says more."""
    labels = {}
    for region in report_neighbourhoods(regions):
        name = short_name(region, lang)
        for code in older_members(region):
            member = short_name(regions[code], lang) if code in regions else code
            alike = member in name.split("-") or member.startswith(name)
            labels[code] = member if alike else f"{name}: {member}"
    return labels


def neighbourhood_members(regions: Mapping[str, Region], lang: Lang) -> list[tuple[str, str]]:
    """Each neighbourhood with its members in words: "Albyberget (0127R001), …"."""
    return [
        (region.name(lang), ", ".join(member_names(region, regions, lang)))
        for region in report_neighbourhoods(regions)
    ]


def neighbourhoods_confirmed_on(path: Path = _NEIGHBOURHOOD_LIST) -> str:
    """The latest day on which somebody confirmed the list, "" when nobody has."""
    with path.open(encoding="utf-8", newline="") as rows:
        days = [row["confirmed_on"] for row in csv.DictReader(rows)]
    return max(days, default="") if all(days) else ""


def report_panel(visit: Visit, drawing: Drawing, printed: Sequence[PrintedFigure]) -> Panel:
    """The chart of lines of a drawing, with the report's figures that may stand on it."""
    lang, indicator = visit.lang, visit.catalogue.indicator[drawing.indicator]
    rows = _rows(visit, drawing)
    lines = _lines(visit, drawing)
    shown = tuple(line for line in lines if not line.rows(rows).empty)
    heading = term(f"report_{drawing.key}", lang) + panel_panel.years_suffix(rows)
    where = {code: visit.regions[code].where for code in drawing.regions if code in visit.regions}
    wording = Wording(indicator, visit.catalogue, where, lang)
    summary = _summary(rows, shown, drawing, wording=wording, visit=visit)
    points = _points(drawing, shown, printed, visit)
    subline = panel_panel.subline(rows, shown, (), indicator=indicator, lang=lang)
    alternative = panel_panel.alternative(heading, summary, visit.look)
    chart = line_chart(rows, shown, indicator, visit.look)
    return Panel(
        series=rows,
        lines=shown,
        absent=tuple(line for line in lines if line not in shown),
        figure=with_printed_points(chart, points, visit.look),
        heading=heading,
        subline=f"{subline} {term('report_diamonds', lang)}" if points else subline,
        alternative=" ".join([alternative, *_points_in_words(points, visit)]),
        goals=(),
        told=summary,
        wording=wording,
    )


def employment_gap(panel: Panel, printed: Sequence[PrintedFigure]) -> str:
    """The report's own sentence on employment in one year, in its words for the groups."""
    by_id = {figure.id: figure for figure in printed}
    figures = [(by_id[id], key) for id, key in _GAP_SHARES]
    shares = [
        PrintedShare(figure.value, figure.decimals, translated(key))
        for figure, key in figures
        if figure.value is not None
    ]
    first, second = shares
    year = figures[0][0].year or ""
    return report_gap_sentence(
        first, second, panel.wording, segment="rams", region=REPORT_COUNTY, period=year
    )


def first_stretches(rows: pd.DataFrame, indicator: Indicator) -> dict[str, tuple[Observation, ...]]:
    """The present observations of the oldest unbroken stretch of each region."""
    return {
        str(code): next(
            (
                stretch.present
                for stretch in unbroken(as_observations(own, indicator.id), indicator)
                if stretch.present
            ),
            (),
        )
        for code, own in rows.groupby("region", sort=False)
    }


def _rows(visit: Visit, drawing: Drawing) -> pd.DataFrame:
    """Rows of all lines; of several measures each with its id in place of the background."""
    if drawing.kind != "measures":
        return region_series(
            visit.context,
            visit.warehouse,
            drawing.indicator,
            regions=drawing.regions,
            backgrounds=drawing.groups,
            own=_union(visit.regions) if ALL_NEIGHBOURHOODS in drawing.regions else None,
        )
    frames = [
        region_series(visit.context, visit.warehouse, id, regions=(REPORT_COUNTY,)).assign(
            background=id
        )
        for id in drawing.measures
    ]
    return pd.concat(frames).sort_values("period", kind="stable", ignore_index=True)


def _lines(visit: Visit, drawing: Drawing) -> tuple[ChartLine, ...]:
    lang = visit.lang
    if drawing.kind == "regions":
        return tuple(_region_line(code, visit) for code in drawing.regions if code in visit.regions)
    codes = drawing.measures or drawing.groups
    names = (
        [term(f"report_line_{code}", lang) for code in codes]
        if drawing.kind == "measures"
        else [category_label(visit.catalogue, "background", code, lang) for code in codes]
    )
    colours = chart_style.PALETTE
    return tuple(
        ChartLine(REPORT_COUNTY, Group(background=code), name, colour=colour, dash=dash, width=2.5)
        for code, name, colour, dash in zip(codes, names, colours, chart_style.DASHES, strict=False)
    )


def _region_line(code: str, visit: Visit) -> ChartLine:
    """The county leads, the country is dark and dashed, the neighbourhoods stand beside."""
    style: dict[str, Any] = {"colour": chart_style.LEAD, "width": 3.0}
    if code == COUNTRY:
        style = {"colour": chart_style.COUNTRY_COLOUR, "dash": "dash"}
    elif code == ALL_NEIGHBOURHOODS:
        style = {"colour": chart_style.SECONDARY[1], "width": 2.5}
    return ChartLine(code, EVERYBODY, visit.regions[code].name(visit.lang), **style)


def _summary(
    rows: pd.DataFrame,
    shown: Sequence[ChartLine],
    drawing: Drawing,
    *,
    wording: Wording,
    visit: Visit,
) -> Narrative:
    """What the lines say; of several measures the newest total with its parts."""
    if drawing.kind != "measures":
        return narrative(rows, shown, wording)
    known = {
        line.group.background: as_observations(line.rows(rows), line.group.background)
        for line in shown
    }
    present = [total for total in known.get(drawing.indicator, ()) if total.present]
    if not present:
        return Narrative()
    newest = present[-1]
    parts = [
        (observation, phrase.part)
        for id in drawing.measures[1:]
        for observation in known.get(id, ())
        if observation.period == newest.period
        and (phrase := visit.catalogue.indicator[id].phrase)
        and phrase.part
    ]
    # Without the id that stands in place of its background.
    return Narrative(level_sentence(newest._replace(background=TOTAL), wording, parts))


def _points(
    drawing: Drawing, shown: Sequence[ChartLine], printed: Sequence[PrintedFigure], visit: Visit
) -> list[PrintedPoint]:
    """The report's figures that belong to a drawn line, in its colour."""
    by_group = {(line.region, line.group.background): line for line in shown}
    points = []
    for figure in printed:
        current = figure.current
        if not (figure.point and current and figure.year and figure.value is not None):
            continue
        group = current.indicator if drawing.kind == "measures" else current.background
        line = by_group.get((current.region, group))
        if line and current.indicator in (drawing.measures or (drawing.indicator,)):
            words = f"{line.name}: {printed_words(figure, visit.lang)}"
            points.append(PrintedPoint(int(figure.year), figure.value, words, line.colour))
    return points


def _points_in_words(points: Sequence[PrintedPoint], visit: Visit) -> list[str]:
    """The report's figures in the words of the text alternative."""
    if not points:
        return []
    words = "; ".join(f"{point.words} ({point.year})" for point in points)
    return [f"{term('page_report', visit.lang)}: {words}.".replace(format.NBSP, " ")]
