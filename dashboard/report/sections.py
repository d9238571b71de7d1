"""
One drawing of a figure on the page: what is shown, in the order in which it is read.

Knows the three kinds of drawing. What is drawn and said comes from `charts` and `pairs`.
"""

from collections.abc import Mapping, Sequence

from dash import html

from dashboard import format, unions
from dashboard.dumbbell import dumbbell
from dashboard.observation import Observation
from dashboard.pairs import Pair, pairs, reason
from dashboard.panel import Panel
from dashboard.provenance import source_lines
from dashboard.regions import peers
from dashboard.remarks import Printed as Share
from dashboard.remarks import report_gap
from dashboard.report.areas import members
from dashboard.report.charts import first_stretch, panel
from dashboard.report.drawings import AREAS, COUNTY, Drawing
from dashboard.report.marks import strips
from dashboard.report.parts import (
    Parts,
    alternative,
    break_words,
    buttons,
    folded,
    legend,
    note_parts,
    nothing,
    picture,
    printed_list,
    source_parts,
    sources,
)
from dashboard.report.printed import Printed
from dashboard.report.tables import grid, towns
from dashboard.series import series
from dashboard.table import twin
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import TOTAL, Indicator, Text

BEFORE_UNION = "2010"
GAP = (
    ("employment_sweden_2008", "report_born_sweden"),
    ("employment_world_2008", "report_born_outside"),
)


def drawn(drawing: Drawing, entries: Sequence[Printed], visit: Visit) -> Parts:
    """The parts of one drawing; one sentence where there is nothing to draw."""
    if not set(drawing.measures or (drawing.indicator,)) <= visit.catalogue.indicator.keys():
        return nothing(term(f"report_{drawing.key}", visit.lang), visit)
    if drawing.kind == "pair":
        return _pair(drawing, entries, visit)
    if drawing.kind == "strips":
        return _strips(drawing, visit)
    return _lines(drawing, entries, visit)


def _lines(drawing: Drawing, entries: Sequence[Printed], visit: Visit) -> Parts:
    made = panel(visit, drawing, entries)
    if made.series["value"].notna().sum() == 0:
        return nothing(made.heading, visit)
    indicator = visit.catalogue.indicator[drawing.indicator]
    told = [html.P(text, className="told") for text in _words(drawing, made, entries)]
    extra = _before_union(drawing, visit) if drawing.key == "studying" else []
    return [
        *picture(made.heading, made.subline, made.alternative, made.figure),
        *legend(made.lines, visit),
        buttons(
            drawing,
            sources(drawing, made.series, visit),
            visit,
            title=made.heading,
            how=made.subline,
            drawn=made.lines,
        ),
        *told,
        *printed_list(_of(drawing, entries), visit),
        *break_words(made, indicator, visit),
        *source_parts(drawing, made.series, visit),
        folded(twin(made, indicator, visit.lang), visit),
        *extra,
    ]


def _pair(drawing: Drawing, entries: Sequence[Printed], visit: Visit) -> Parts:
    lang, indicator = visit.lang, visit.catalogue.indicator[drawing.indicator]
    codes = peers(COUNTY, "kommun", visit.places)
    names = {code: visit.places[code].name(lang) for code in codes}
    rows = series(visit.context, visit.warehouse, indicator.id, regions=codes)
    own = rows[rows["period"].isin(drawing.years)]
    heading = f"{term('report_background', lang)} {' '.join(_and(drawing.years, visit))}"
    found = pairs(own, names, indicator, years=drawing.years)
    if not any(one.present for pair in found for one in (pair.earlier, pair.later)):
        return nothing(heading, visit)
    first, last = drawing.years
    region = visit.state.region if visit.state.region in names else ""
    figure = dumbbell(own, names, indicator, visit.look, own=region, years=drawing.years)
    sub = term("report_pair_sub", lang, first=first, last=last)
    said = "; ".join(_pair_words(pair, indicator, visit) for pair in found)
    lines = source_lines(visit, indicator, own)
    return [
        *picture(heading, sub, alternative(heading, f"{sub} {said}.", visit), figure, tall=True),
        buttons(drawing, lines, visit, title=heading, how=sub),
        *printed_list(entries, visit),
        *note_parts(own, indicator, visit),
        *(html.P(line, className="src") for line in lines),
        folded(towns(found, heading, visit, indicator=indicator, years=drawing.years), visit),
    ]


def _pair_words(pair: Pair, indicator: Indicator, visit: Visit) -> str:
    lang = visit.lang
    if not pair.comparable:
        return f"{pair.name}: {reason(pair, lang)}"
    first, last = (
        format.number(one.number, indicator.decimals, lang) for one in (pair.earlier, pair.later)
    )
    return term("report_pair_alt", lang, name=pair.name, first=first, last=last)


def _strips(drawing: Drawing, visit: Visit) -> Parts:
    lang, indicator = visit.lang, visit.catalogue.indicator[drawing.indicator]
    names = members(visit.places, lang)
    rows = series(visit.context, visit.warehouse, indicator.id, regions=tuple(names))
    stretch = first_stretch(rows, indicator)
    heading = term(f"report_{drawing.key}", lang)
    if not any(stretch.values()):
        return nothing(heading, visit)
    periods = sorted(one.period for ones in stretch.values() for one in ones)
    heading += f" {format.periods(periods[0], periods[-1])}"
    sub = term("report_strips_sub", lang, years=format.periods(periods[0], periods[-1]))
    said = "; ".join(_strip_words(names, stretch, indicator, visit))
    shown = rows[rows["period"].between(periods[0], periods[-1])]
    lines = source_lines(visit, indicator, shown)
    name = visit.places[AREAS].where[lang].partition(" ")[2]
    apart = unions.none(indicator, name=name, members=(), background=TOTAL, lang=lang)
    return [
        *picture(
            heading,
            sub,
            alternative(heading, f"{said}.", visit),
            strips(stretch, names, indicator, visit.look),
            tall=True,
        ),
        buttons(drawing, lines, visit, title=heading, how=sub),
        html.P(apart, className="told"),
        *note_parts(shown, indicator, visit),
        *(html.P(line, className="src") for line in lines),
        folded(grid(shown, names, heading, visit, indicator=indicator), visit),
    ]


def _strip_words(
    names: Mapping[str, str],
    stretch: Mapping[str, Sequence[Observation]],
    indicator: Indicator,
    visit: Visit,
) -> list[str]:
    newest = [(name, stretch[code][-1]) for code, name in names.items() if stretch.get(code)]
    return [
        term(
            "report_strips_alt",
            visit.lang,
            name=name,
            value=format.number(one.number, indicator.decimals, visit.lang),
            year=one.period,
        )
        for name, one in newest
    ]


def _words(drawing: Drawing, made: Panel, entries: Sequence[Printed]) -> list[str]:
    """What the chart says, and the report's own gap by origin."""
    said = [made.told.lede]
    if drawing.key == "employment":
        said.append(_gap(made, entries))
    return [text for text in said if text]


def _gap(made: Panel, entries: Sequence[Printed]) -> str:
    """The report's own sentence on employment in one year, in its words for the groups."""
    found = {one.id: one for one in entries}
    shares = [
        Share(one.value, one.decimals, Text(sv=term(key, "sv"), en=term(key, "en")))
        for id, key in GAP
        if (one := found[id]).value is not None
    ]
    year = found[GAP[0][0]].year or ""
    return report_gap(shares[0], shares[1], made.voice, segment="rams", region=COUNTY, period=year)


def _before_union(drawing: Drawing, visit: Visit) -> Parts:
    """The members one by one for the years in which they cannot be put together."""
    names = members(visit.places, visit.lang)
    indicator = visit.catalogue.indicator[drawing.indicator]
    rows = series(visit.context, visit.warehouse, indicator.id, regions=tuple(names))
    early = rows[rows["period"] < BEFORE_UNION]
    if early.empty:
        return []
    heading = term("report_studying_members", visit.lang)
    table = grid(early, names, heading, visit, indicator=indicator)
    return [html.Details([html.Summary(heading), table])]


def _of(drawing: Drawing, entries: Sequence[Printed]) -> list[Printed]:
    """The printed figures that stand beside a drawing: beside the first of its figure."""
    return [] if drawing.key == "area_unemployed" else list(entries)


def _and(years: tuple[str, str], visit: Visit) -> list[str]:
    return [years[0], term("and_word", visit.lang), years[1]]
