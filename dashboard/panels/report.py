"""
What the report of 2010 printed, what its figures are drawn from today, and both side by side.

Knows the shape of `data/report_2010.yaml`, for which measures the definition is unchanged, which
rows a drawing takes and how its lines look. What may be joined and written is decided by `rules`
and `sentences`.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from dashboard.charts import style as chart_style
from dashboard.charts.line_chart import line_chart
from dashboard.charts.report import PrintedPoint, with_printed_points
from dashboard.charts.style import ChartLine
from dashboard.codes import EVERYBODY, Group, GroupCodes, codes_of_groups
from dashboard.data.observation import PERIOD, Observation, displayed_value, of_periods
from dashboard.data.series import region_series, rows_with_members
from dashboard.panels import panel as panel_panel
from dashboard.panels.panel import Panel
from dashboard.rules.comparison import applying
from dashboard.rules.stretches import unbroken
from dashboard.sentences.figures import Printed as PrintedShare
from dashboard.sentences.figures import level_sentence, report_gap_sentence
from dashboard.sentences.summary import Narrative, narrative
from dashboard.sentences.wording import Wording, category_label
from dashboard.state.areas import member_names, neighbourhoods, older_members, short_name
from dashboard.state.regions import Region
from dashboard.state.visit import Visit
from dashboard.text import format, term, translated
from etl.catalogue import TOTAL, Break, Catalogue, CatalogueError, Indicator, Lang, Spec, Text
from etl.catalogue.regions import COUNTRY
from etl.measures.unions import COUNTY_WITHOUT, RegionUnion

PRINTED_FIGURES = Path(__file__).parents[2] / "data" / "report_2010.yaml"
_FIGURE_NUMBERS = range(1, 8)
_EVEN_BALANCE = 100
# Only of these is today's definition that of 2010.
_UNCHANGED = frozenset(
    {"population", "population_16_25_share", "net_migration", "net_migration_abroad"}
    | {"net_migration_domestic", "employment_rate", "upper_secondary_eligibility"}
    | {"studying_20_24"}
)
REPORT_COUNTY = "01"
ALL_NEIGHBOURHOODS = "stadsdelar-01"  # of the report, as one union
_WITHOUT_THEM = f"{COUNTY_WITHOUT}{REPORT_COUNTY}"
_NEIGHBOURHOOD_LIST = Path(__file__).parents[2] / "data" / "regions" / "stadsdelar.csv"
_ORIGINS = ("SE", "NEXS", "EUEESXN", "VXEUEES")
_GAP_SHARES = (
    ("employment_sweden_2008", "report_born_sweden"),
    ("employment_world_2008", "report_born_outside"),
)
CurrentKey = tuple[str, str, Group, str]  # indicator, region, group, period
CurrentFigures = Mapping[CurrentKey, Observation]


class CurrentFigure(Spec):
    """The same figure in today's tables: indicator, region and group."""

    indicator: str
    region: str
    background: str = TOTAL
    age: str = TOTAL
    sex: str = TOTAL

    @property
    def group(self) -> Group:
        """Whom it is about."""
        return Group(sex=self.sex, background=self.background, age=self.age)


class PrintedFigure(Spec):
    """
    One figure or statement of the report.

    Either a `value` with its unit, rounded to `step`, or `printed` words. `until` is the last
    year of a span; `figure` None for what stands in the text alone. `alike` is today's figure of
    the same kind, where there is none that may be subtracted: it is shown beside and linked.
    """

    id: str
    figure: int | None
    what: Text
    where: Text
    year: Annotated[str, Field(pattern=r"^\d{4}$")] | None
    until: Annotated[str, Field(pattern=r"^\d{4}$")] | None = None
    value: float | None = None
    step: float | None = Field(default=None, gt=0)
    operator: Literal["exact", "almost", "just_under", "under", "just_over"] = "exact"
    unit: Literal["persons", "percent", "points"] | None = None
    printed: Text | None = None
    current: CurrentFigure | None = None
    alike: CurrentFigure | None = None
    comparable: bool
    point: bool
    why: Text

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        problems = list(_faults(self))
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @property
    def decimals(self) -> int:
        """The decimals it was printed with."""
        return 1 if self.step is not None and self.step < 1 else 0


def read_printed_figures(path: Path) -> tuple[PrintedFigure, ...]:
    """
    Read what the report printed, in the order of the file.

    Raises:
        CatalogueError: with every problem, each naming file, entry, field and expectation.

    """
    entries, problems = _entries(path)
    figures: list[PrintedFigure] = []
    for number, entry in enumerate(entries, start=1):
        try:
            figures.append(PrintedFigure.model_validate(entry))
        except ValidationError as error:
            problems += [
                f"entry {number}: "
                f"{'.'.join(str(step) for step in problem['loc']) or 'entry'}: {problem['msg']}"
                for problem in error.errors()
            ]
    counts = Counter(figure.id for figure in figures)
    problems += [f"{id}: stands {many} times; rename" for id, many in counts.items() if many > 1]
    if problems:
        raise CatalogueError([f"{path.name}: {problem}" for problem in problems])
    return tuple(figures)


def missing_from_catalogue(figure: PrintedFigure, catalogue: Catalogue) -> list[str]:
    """What a printed figure asks of today's tables that the catalogue does not have."""
    problems = []
    for current in filter(None, (figure.current, figure.alike)):
        if current.indicator not in catalogue.indicator:
            problems.append(f"{figure.id}: indicator {current.indicator!r} is not in the catalogue")
        for dimension in ("background", "age", "sex"):
            code = getattr(current, dimension)
            if (dimension, code) not in catalogue.category:
                problems.append(f"{figure.id}: {dimension} {code!r} is not in the catalogue")
    return problems


def printed_figures(visit: Visit) -> tuple[PrintedFigure, ...]:
    """
    What the report printed, read once.

    Figures that the catalogue lacks have nothing of today beside them.
    """

    def read() -> tuple[PrintedFigure, ...]:
        bare = {"current": None, "alike": None, "comparable": False, "point": False}
        return tuple(
            figure.model_copy(update=bare)
            if missing_from_catalogue(figure, visit.catalogue)
            else figure
            for figure in read_printed_figures(PRINTED_FIGURES)
        )

    return visit.context.memory.recall(("report 2010", "printed"), read)


def _faults(figure: PrintedFigure) -> Iterator[str]:
    numbers = (figure.value, figure.step, figure.unit)
    if figure.printed is not None and any(number is not None for number in numbers):
        yield "both `printed` and a `value`; give one of them"
    if figure.printed is None and any(number is None for number in numbers):
        yield "neither `printed` nor a whole value; give `value`, `step` and `unit`"
    if figure.figure is not None and figure.figure not in _FIGURE_NUMBERS:
        yield f"figure {figure.figure} is none of the report's, 1 to 7"
    if figure.until is not None and (figure.year is None or figure.until <= figure.year):
        yield f"until {figure.until} is not after the year {figure.year}"
    if figure.comparable and (
        figure.current is None or figure.value is None or figure.year is None
    ):
        yield "comparable needs a value, a year and `current`"
    if figure.comparable and figure.current and figure.current.indicator not in _UNCHANGED:
        yield f"comparable, but the definition of {figure.current.indicator} is not that of 2010"
    if figure.point and not (figure.comparable and figure.figure):
        yield "a point on a chart must be comparable and belong to a figure"


def _entries(path: Path) -> tuple[Sequence[object], list[str]]:
    """The list of the file, its whole numbers as the floats that a strict model takes."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        return [], [f"cannot be read ({error.strerror})"]
    except (yaml.YAMLError, ValueError) as error:
        return [], [f"not YAML in UTF-8: {' '.join(str(error).split())}"]
    if not isinstance(document, dict) or set(document) != {"entries"}:
        return [], ["expected one list called entries"]
    entries = document["entries"]
    if not isinstance(entries, list):
        return [], [f"entries is {type(entries).__name__}, expected a list"]
    return [_with_floats(entry) for entry in entries], []


def _with_floats(entry: object) -> object:
    if not isinstance(entry, dict):
        return entry
    numbers = {key: float(entry[key]) for key in ("value", "step") if type(entry.get(key)) is int}
    return {**entry, **numbers}


@dataclass(frozen=True)
class PrintedRow:
    """A printed figure, today's of the same year and the difference, in words."""

    figure: PrintedFigure
    printed: str
    today: str
    difference: str


def printed_row(
    figure: PrintedFigure, current: CurrentFigures, catalogue: Catalogue, lang: Lang
) -> PrintedRow:
    """A printed figure, today's of the same year, and the difference where there is one."""
    return PrintedRow(
        figure,
        printed_words(figure, lang),
        _today(figure, current, catalogue, lang),
        _difference(figure, current, catalogue, lang),
    )


def printed_words(figure: PrintedFigure, lang: Lang) -> str:
    """A figure as printed: "nästan 25 000", "83,7 %", or the report's words."""
    if figure.printed is not None:
        return figure.printed[lang]
    number = format.number(figure.value, figure.decimals, lang)
    if figure.unit == "percent":
        number = f"{number}{format.NBSP}%"
    elif figure.unit == "points":
        number = f"{number} {term('point' if number == '1' else 'points', lang)}"
    if figure.operator == "exact":
        return number
    return term(f"op_{figure.operator}", lang, number=number)


def printed_years(figure: PrintedFigure, lang: Lang) -> str:
    """When it was: a year, a span, or that the year is not given."""
    if figure.year is None:
        return term("report_no_year", lang)
    return format.periods(figure.year, figure.until or figure.year, lang)


def current_figures(visit: Visit, printed: Sequence[PrintedFigure]) -> CurrentFigures:
    """Today's observations of everything that the report's figures are compared with."""
    figures: dict[CurrentKey, Observation] = {}
    compared = [figure.current for figure in printed if figure.current]
    for indicator in dict.fromkeys(current.indicator for current in compared):
        asked = [current for current in compared if current.indicator == indicator]
        rows = region_series(
            visit.context,
            visit.warehouse,
            indicator,
            regions=sorted({current.region for current in asked}),
            groups=codes_of_groups(current.group for current in asked),
        )
        for seen in rows:
            figures[indicator, seen.region, seen.group, seen.period] = seen
    return figures


def alike_words(figure: PrintedFigure, visit: Visit) -> str:
    """Today's newest figure of the same kind in words, of several areas one by one; "" for none."""
    asked = figure.alike
    if asked is None:
        return ""
    rows = rows_with_members(
        visit.context,
        visit.warehouse,
        asked.indicator,
        regions=(asked.region,),
        groups=codes_of_groups([asked.group]),
    )
    newest = of_periods(rows, {max(map(PERIOD, rows), default="")})
    indicator, lang = visit.catalogue.indicator[asked.indicator], visit.lang
    return "; ".join(
        f"{short_name(visit.regions[seen.region], lang)} {format.period_name(seen.period, lang)}: "
        f"{format.measured(seen.value, seen.status, indicator, lang)}"
        for seen in newest
        if seen.region in visit.regions
    )


def _current(
    figure: PrintedFigure, current: CurrentFigures, year: str | None
) -> Observation | None:
    """Today's observation of a year; None where no table has it."""
    asked = figure.current
    if asked is None or year is None:
        return None
    return current.get((asked.indicator, asked.region, asked.group, year))


def _today(figure: PrintedFigure, current: CurrentFigures, catalogue: Catalogue, lang: Lang) -> str:
    if figure.current is None:
        return term("report_no_table", lang)
    if figure.until is not None:
        return _years_above_even(figure, current, lang)
    today = _current(figure, current, figure.year)
    indicator = catalogue.indicator[figure.current.indicator]
    words = format.measured(today.value, today.status, indicator, lang) if today else ""
    return words or term("not_available", lang)


def _years_above_even(figure: PrintedFigure, current: CurrentFigures, lang: Lang) -> str:
    """In how many of the years with a figure a ratio was above 100."""
    years = range(int(figure.year or 0), int(figure.until or 0) + 1)
    observations = (_current(figure, current, str(year)) for year in years)
    present = [seen for seen in observations if seen is not None and seen.present]
    if not present:
        return term("not_available", lang)
    above = sum(displayed_value(seen.number, 1) > _EVEN_BALANCE for seen in present)
    return term("report_above", lang, above=above, years=len(present))


def _difference(
    figure: PrintedFigure, current: CurrentFigures, catalogue: Catalogue, lang: Lang
) -> str:
    """The displayed figure of today minus the printed one: "+0,4 procentenheter"."""
    if not figure.comparable or figure.value is None or figure.step is None or not figure.current:
        return term("report_not_comparable", lang)
    today = _current(figure, current, figure.year)
    if today is None or not today.present:
        return term("not_available", lang)
    indicator = catalogue.indicator[figure.current.indicator]
    decimals = max(indicator.decimals, figure.decimals)
    difference = round(displayed_value(today.number, indicator.decimals) - figure.value, decimals)
    unit = term("points", lang) if indicator.measure == "share" else indicator.unit[lang]
    words = f"{format.with_sign(difference, decimals, lang)} {unit}"
    if figure.operator != "exact":
        return term("report_about", lang, difference=words)
    if difference and abs(difference) <= figure.step / 2:
        return term("report_rounding", lang, difference=words)
    return words


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
        indicators = (
            id for drawing in self.drawings for id in drawing.measures or (drawing.indicator,)
        )
        return tuple(dict.fromkeys(indicators))


_WITH_NEIGHBOURHOODS = (ALL_NEIGHBOURHOODS, _WITHOUT_THEM, REPORT_COUNTY, COUNTRY)
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


def _report_neighbourhoods(regions: Mapping[str, Region]) -> tuple[Region, ...]:
    """The neighbourhoods of the report, by name."""
    return tuple(regions[code] for code in neighbourhoods(REPORT_COUNTY, regions))


def _union(regions: Mapping[str, Region]) -> RegionUnion:
    """All neighbourhoods as one union, of the members of all divisions."""
    members = {code for region in _report_neighbourhoods(regions) for code in region.members}
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
    for region in _report_neighbourhoods(regions):
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
        for region in _report_neighbourhoods(regions)
    ]


def neighbourhoods_confirmed_on(path: Path = _NEIGHBOURHOOD_LIST) -> str:
    """The latest day on which the list was confirmed, "" when a row is not."""
    with path.open(encoding="utf-8", newline="") as rows:
        days = [row["confirmed_on"] for row in csv.DictReader(rows)]
    return max(days, default="") if all(days) else ""


def drawn_indicator(visit: Visit, drawing: Drawing) -> Indicator:
    """
    The indicator of a drawing; of several measures with the breaks of each, for its line alone.

    A line of a measure has the measure's id in place of a background. What does not concern all
    of them says which.
    """
    known = visit.catalogue.indicator
    concerned: dict[Break, list[str]] = {}
    for id in drawing.measures:
        for mark in applying(known[id].breaks, region=REPORT_COUNTY, group=EVERYBODY):
            common = mark.model_copy(update={"applies_to": (), "whole_with": ()})
            concerned.setdefault(common, []).append(id)
    breaks = tuple(
        mark if len(ids) == len(drawing.measures) else _of_measures(mark, ids)
        for mark, ids in concerned.items()
    )
    indicator = known[drawing.indicator]
    return indicator.model_copy(update={"breaks": breaks}) if drawing.measures else indicator


def _of_measures(mark: Break, ids: Sequence[str]) -> Break:
    """A break of some of the measures of a drawing, which its words name."""
    texts = {
        lang: f"{', '.join(term(f'report_line_{id}', lang) for id in ids)}: {mark.text[lang]}"
        for lang in ("sv", "en")
    }
    applies_to = tuple(f"background:{id}" for id in ids)
    return mark.model_copy(update={"applies_to": applies_to, "text": Text(**texts)})


def report_panel(visit: Visit, drawing: Drawing, printed: Sequence[PrintedFigure]) -> Panel:
    """The chart of lines of a drawing, with the report's figures that may stand on it."""
    lang, indicator = visit.lang, drawn_indicator(visit, drawing)
    rows = _rows(visit, drawing)
    lines = _lines(visit, drawing)
    shown = tuple(line for line in lines if line.rows(rows))
    heading = term(f"report_{drawing.key}", lang) + panel_panel.years_suffix(rows, lang)
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
        summary=summary,
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


def first_stretches(
    rows: Iterable[Observation], indicator: Indicator
) -> dict[str, tuple[Observation, ...]]:
    """The present observations of the oldest unbroken stretch of each region."""
    by_region: dict[str, list[Observation]] = {}
    for row in rows:
        by_region.setdefault(row.region, []).append(row)
    return {
        code: next(
            (stretch.present for stretch in unbroken(series, indicator) if stretch.present), ()
        )
        for code, series in by_region.items()
    }


def _rows(visit: Visit, drawing: Drawing) -> tuple[Observation, ...]:
    """Rows of all lines; of several measures each with its id in place of the background."""
    if drawing.kind != "measures":
        return region_series(
            visit.context,
            visit.warehouse,
            drawing.indicator,
            regions=drawing.regions,
            groups=GroupCodes(backgrounds=drawing.groups),
            extra=_union(visit.regions) if ALL_NEIGHBOURHOODS in drawing.regions else None,
        )
    of_measures = [
        row._replace(background=id)
        for id in drawing.measures
        for row in region_series(visit.context, visit.warehouse, id, regions=(REPORT_COUNTY,))
    ]
    return tuple(sorted(of_measures, key=PERIOD))


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
    """The county leads, the country is dark and dashed, neighbourhoods are secondary."""
    style: dict[str, Any] = {"colour": chart_style.LEAD, "width": 3.0}
    if code == COUNTRY:
        style = {"colour": chart_style.COUNTRY_COLOUR, "dash": "dash"}
    elif code == ALL_NEIGHBOURHOODS:
        style = {"colour": chart_style.SECONDARY[1], "width": 2.5}
    elif code == _WITHOUT_THEM:
        style = {"colour": chart_style.SECONDARY[0], "width": 2.5, "dash": "dashdot"}
    return ChartLine(code, EVERYBODY, visit.regions[code].name(visit.lang), **style)


def _summary(
    rows: Sequence[Observation],
    shown: Sequence[ChartLine],
    drawing: Drawing,
    *,
    wording: Wording,
    visit: Visit,
) -> Narrative:
    """What the lines say; of several measures the newest total with its parts."""
    if drawing.kind != "measures":
        return narrative(rows, shown, wording)
    known = {line.group.background: line.rows(rows) for line in shown}
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
