"""
Rapporten 2010: its seven figures rebuilt one by one, and its figures beside today's.

An article to read and to print, of Stockholm county whatever region the reader has chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

from dashboard.charts.dumbbell import dumbbell
from dashboard.components.frame import Page, aria, notices
from dashboard.components.tables import twin
from dashboard.data.observation import Observation, observations
from dashboard.data.series import series
from dashboard.pages.report.areas import (
    AREAS,
    COUNTY,
    FIGURES,
    Drawing,
    Figure,
    confirmed,
    listed,
    members,
    with_union,
)
from dashboard.pages.report.charts import first_stretch, report_panel, strips
from dashboard.pages.report.parts import (
    Parts,
    alternative,
    beside,
    break_words,
    buttons,
    folded,
    grid,
    legend,
    note_parts,
    nothing,
    picture,
    printed_list,
    source_parts,
    sources,
    towns,
)
from dashboard.pages.report.printed import FILE, Key, Printed, printed, row
from dashboard.pages.report.printed import known as asked_of
from dashboard.panels.panel import Panel
from dashboard.panels.provenance import source_lines, staleness
from dashboard.rules.two_years import Pair, pairs, reason
from dashboard.sentences import unions
from dashboard.sentences.figures import Printed as Share
from dashboard.sentences.figures import report_gap
from dashboard.state.regions import peers
from dashboard.state.resolve import sentences
from dashboard.state.url import kept, link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import TOTAL, Indicator, Lang, Text

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
    made = report_panel(visit, drawing, entries)
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


def page(visit: Visit) -> Page:
    """The page, remembered per version, look and own municipality; notices are of the link."""
    memory, state = visit.context.memory, visit.state
    towns = peers(COUNTY, "kommun", visit.places)
    own = state.region if state.region in towns else COUNTY  # others are not marked in any chart
    reader = replace(visit, state=replace(state, region=own, notices=()))
    content = memory.recall(
        (visit.warehouse.version, "report 2010", visit.look, state.version, own),
        lambda: _article(with_union(reader)),
    )
    title = term("page_report", visit.lang)
    top, *rest = content
    said = notices(sentences(state.notices, visit.lang), visit.lang)
    return Page(title, [top, *said, *rest])


def entries(visit: Visit) -> tuple[Printed, ...]:
    """What the report printed, read once."""
    return visit.context.memory.recall(
        ("report 2010", "printed"), lambda: asked_of(printed(FILE), visit.catalogue)
    )


def known(visit: Visit, asked: Sequence[Printed]) -> Mapping[Key, Observation]:
    """Today's observations of everything the report's figures are compared with."""
    found: dict[Key, Observation] = {}
    wanted = [one.current for one in asked if one.current]
    for indicator in dict.fromkeys(one.indicator for one in wanted):
        own = [one for one in wanted if one.indicator == indicator]
        rows = series(
            visit.context,
            visit.warehouse,
            indicator,
            regions=sorted({one.region for one in own}),
            backgrounds=sorted({one.background for one in own}),
            sexes=sorted({one.sex for one in own}),
        )
        for one in observations(rows, indicator):
            found[indicator, one.region, one.background, one.sex, one.period] = one
    return found


def _article(visit: Visit) -> list[Any]:
    lang, asked = visit.lang, entries(visit)
    today = known(visit, asked)
    rows = [row(one, today, visit.catalogue, lang) for one in asked]
    table = html.Section(
        [
            html.H2(term("report_table", lang)),
            html.P(term("report_table_sub", lang), className="sub"),
            beside(rows, visit),
            html.P(term("report_target", lang), className="src"),
        ],
        id="tabell",
        className="twin",
    )
    stale = [
        sentence
        for id in dict.fromkeys(id for figure in FIGURES for id in figure.indicators)
        if id in visit.catalogue.indicator
        for sentence in staleness(visit.warehouse, visit.catalogue.indicator[id], lang)
    ]
    return [
        _top(lang),
        html.Div(
            [
                *notices(stale, lang),
                _contents(lang),
                *(_figure(figure, asked, visit) for figure in FIGURES),
                _areas(visit),
                table,
            ],
            className="article",
        ),
    ]


def _top(lang: Lang) -> html.Div:
    return html.Div(
        [
            html.H1(term("page_report", lang)),
            html.P(term("report_lede", lang), className="lede"),
            html.P(f"{term('report_county', lang)} {term('report_own', lang)}"),
        ],
        className="place",
    )


def _contents(lang: Lang) -> html.Nav:
    items = [
        html.Li(
            html.A(
                [
                    f"{term('report_figure', lang, number=figure.number)}. ",
                    term(f"report_{figure.drawings[0].key}", lang),
                ],
                href=f"#figur-{figure.number}",
            )
        )
        for figure in FIGURES
    ]
    items.append(html.Li(html.A(term("report_table", lang), href="#tabell")))
    return html.Nav(
        html.Ul(items), className="contents", **aria(label=term("report_contents", lang))
    )


def _figure(figure: Figure, asked: Sequence[Printed], visit: Visit) -> html.Section:
    """One figure: what the report showed, what can be rebuilt, its charts and printed numbers."""
    lang = visit.lang
    own = [one for one in asked if one.figure == figure.number]
    words = html.Dl(
        [
            html.Div([html.Dt(term(f"report_{key}", lang)), html.Dd(said)])
            for key, said in (
                ("then", term(f"report_{figure.number}_then", lang)),
                ("now", term(f"report_{figure.number}_now", lang)),
            )
        ],
        className="then",
    )
    return html.Section(
        [
            html.P(term("report_figure", lang, number=figure.number), className="number"),
            *(html.Div(drawn(one, own, visit), className="drawing") for one in figure.drawings),
            words,
            *_more(figure, visit),
        ],
        id=f"figur-{figure.number}",
        className="figure",
    )


def _more(figure: Figure, visit: Visit) -> list[html.P]:
    """The ways to the indicators' own pages, for the county."""
    lang = visit.lang
    state = kept(visit.state, region=COUNTY)
    parts: list[Any] = [f"{term('report_more', lang)}: "]
    there = [id for id in figure.indicators if id in visit.catalogue.indicator]
    for number, id in enumerate(there):
        parts += [", "] if number else []
        title = visit.catalogue.indicator[id].title[lang]
        parts.append(dcc.Link(title, href=link(f"/indikator/{id}", state)))
    return [html.P(parts, className="src more")] if there else []


def _areas(visit: Visit) -> html.Section:
    """What stands for the neighbourhoods: members, date, and that it is an approximation."""
    lang, day = visit.lang, confirmed()
    when = term("report_confirmed", lang, date=day) if day else term("report_unconfirmed", lang)
    items = [
        html.Div([html.Dt(name), html.Dd(inside)]) for name, inside in listed(visit.places, lang)
    ]
    folded = html.Details(
        [html.Summary(term("report_members", lang)), html.Dl(items, className="then")]
    )
    return html.Section(
        [
            html.H2(term("report_areas_heading", lang)),
            html.P(f"{term('report_areas_why', lang)} {when}", className="told"),
            *([folded] if items else []),
        ],
        className="figure areas",
    )
