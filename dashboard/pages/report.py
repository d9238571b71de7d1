"""
Rapporten 2010: its seven figures rebuilt one by one, and its figures beside today's.

An article to read and to print, of Stockholm county whatever region the reader has chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

from dashboard.charts.dumbbell import dumbbell
from dashboard.charts.report import strip_chart
from dashboard.charts.style import ChartLine, marks_inside
from dashboard.codes import EVERYBODY
from dashboard.components.frame import Page, aria, notice_box
from dashboard.components.pictures import chart_parts, sourced_buttons
from dashboard.components.tables import folded_table, labelled, panel_table, word_table
from dashboard.data.observation import PERIOD, Observation, of_periods, with_numbers
from dashboard.data.series import region_series
from dashboard.panels.panel import Panel
from dashboard.panels.provenance import shortfalls, source_lines, why_none
from dashboard.panels.report import (
    ALL_NEIGHBOURHOODS,
    REPORT_COUNTY,
    REPORT_FIGURES,
    Drawing,
    PrintedFigure,
    PrintedRow,
    ReportFigure,
    alike_words,
    current_figures,
    drawn_indicator,
    employment_gap,
    first_stretches,
    member_labels,
    neighbourhood_members,
    neighbourhoods_confirmed_on,
    printed_figures,
    printed_row,
    printed_words,
    printed_years,
    report_panel,
    with_neighbourhood_union,
)
from dashboard.rules.years import YearPair, pair_reason, year_pairs
from dashboard.sentences import unions
from dashboard.sentences.notes import following_notes, standing_notes
from dashboard.state.regions import peers
from dashboard.state.resolve import notice_sentences
from dashboard.state.url import carried, link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import Indicator, Lang

_FIRST_UNION_YEAR = "2010"  # of those who study: before it the members stand one by one
Parts = list[Any]


def page(visit: Visit) -> Page:
    """The page, of the county or of an own municipality; notices are of the link."""
    state = visit.state
    municipalities = peers(REPORT_COUNTY, "kommun", visit.regions)
    # Other regions are not marked in any chart.
    region = state.region if state.region in municipalities else REPORT_COUNTY
    reader = replace(visit, state=replace(state, region=region))
    top, *rest = _article(with_neighbourhood_union(reader))
    shown_notices = notice_box(notice_sentences(state.notices, visit.lang), visit.lang)
    return Page(term("page_report", visit.lang), [top, *shown_notices, *rest])


def _article(visit: Visit) -> list[Any]:
    lang, printed = visit.lang, printed_figures(visit)
    current = current_figures(visit, printed)
    rows = [printed_row(figure, current, visit.catalogue, lang) for figure in printed]
    table = html.Section(
        [
            html.H2(term("report_table", lang)),
            html.P(f"{term('report_own', lang)} {term('report_table_sub', lang)}", className="sub"),
            _printed_table(rows, visit),
            html.P(term("report_target", lang), className="src"),
        ],
        id="tabell",
        className="twin",
    )
    stale = [
        sentence
        for id in dict.fromkeys(id for figure in REPORT_FIGURES for id in figure.indicators)
        if id in visit.catalogue.indicator
        for sentence in shortfalls(visit, visit.catalogue.indicator[id])
    ]
    top = html.Div(
        [
            html.H1(term("page_report", lang)),
            html.P(term("report_lede", lang), className="lede"),
        ],
        className="place",
    )
    return [
        top,
        html.Div(
            [
                *notice_box(stale, lang),
                _contents(lang),
                *(_figure(figure, printed, visit) for figure in REPORT_FIGURES),
                _neighbourhoods(visit),
                table,
            ],
            className="article",
        ),
    ]


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
        for figure in REPORT_FIGURES
    ]
    items.append(html.Li(html.A(term("report_table", lang), href="#tabell")))
    name = term("report_contents", lang)
    folded = html.Details([html.Summary(name), html.Ul(items)])
    return html.Nav(folded, className="contents", **aria(label=name))


def _figure(figure: ReportFigure, printed: Sequence[PrintedFigure], visit: Visit) -> html.Section:
    """One figure: what the report showed, what can be rebuilt, its charts and printed numbers."""
    lang = visit.lang
    about = [entry for entry in printed if entry.figure == figure.number]
    words = html.Dl(
        [
            html.Div(
                [
                    html.Dt(term(f"report_{key}", lang)),
                    html.Dd(term(f"report_{figure.number}_{key}", lang)),
                ]
            )
            for key in ("then", "now")
        ],
        className="then",
    )
    return html.Section(
        [
            html.P(term("report_figure", lang, number=figure.number), className="number"),
            *(
                html.Div(drawing_parts(drawing, about, visit), className="drawing")
                for drawing in figure.drawings
            ),
            words,
            *_indicator_links(figure, visit),
        ],
        id=f"figur-{figure.number}",
        className="figure",
    )


def _indicator_links(figure: ReportFigure, visit: Visit) -> list[html.P]:
    """Links to the indicators' own pages, for the county."""
    lang, state = visit.lang, carried(visit.state, region=REPORT_COUNTY)
    known = visit.catalogue.indicator
    parts: list[Any] = []
    for id in figure.indicators:
        if id in known:
            title = known[id].title[lang]
            parts += [", ", dcc.Link(title, href=link(f"/indikator/{id}", state))]
    return [html.P([f"{term('report_more', lang)}: ", *parts[1:]], className="src more")] * bool(
        parts
    )


def _neighbourhoods(visit: Visit) -> html.Section:
    """What stands for the neighbourhoods: members, date, and that it is an approximation."""
    lang, day = visit.lang, neighbourhoods_confirmed_on()
    when = term("report_confirmed", lang, date=day) if day else term("report_unconfirmed", lang)
    items = [
        html.Div([html.Dt(name), html.Dd(members)])
        for name, members in neighbourhood_members(visit.regions, lang)
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


def drawing_parts(drawing: Drawing, printed: Sequence[PrintedFigure], visit: Visit) -> Parts:
    """The parts of one drawing; one sentence where there is nothing to draw."""
    if not set(drawing.measures or (drawing.indicator,)) <= visit.catalogue.indicator.keys():
        return _nothing_to_draw(term(f"report_{drawing.key}", visit.lang), visit)
    if drawing.kind == "pair":
        return _pair_of_years(drawing, printed, visit)
    if drawing.kind == "strips":
        return _strips(drawing, visit)
    return _lines(drawing, printed, visit)


def _lines(drawing: Drawing, printed: Sequence[PrintedFigure], visit: Visit) -> Parts:
    panel = report_panel(visit, drawing, printed)
    if not with_numbers(panel.series):
        return _nothing_to_draw(panel.heading, visit)
    indicator = drawn_indicator(visit, drawing)
    gap = employment_gap(panel, printed) if drawing.key == "employment" else ""
    listed = [] if drawing.key == "area_unemployed" else printed  # they stand beside the first
    sources = _sources(drawing, panel.series, visit)
    return [
        *chart_parts(panel.heading, panel.subline, panel.alternative, panel.figure),
        *_legend(panel.lines, visit),
        _save_buttons(
            drawing, sources, visit, title=panel.heading, how=panel.subline, lines=panel.lines
        ),
        *(html.P(words, className="told") for words in (panel.summary.lede, gap) if words),
        *_without_figure(panel, indicator, visit),
        *_printed_list(listed, visit),
        *_breaks(panel, indicator, visit),
        *_notes(panel.series, indicator, visit),
        *_source_parts(sources),
        folded_table(panel_table(panel, indicator, visit.lang), visit.lang),
        *(_before_union(drawing, visit) if drawing.key == "studying" else []),
    ]


def _without_figure(panel: Panel, indicator: Indicator, visit: Visit) -> Parts:
    """Why the county without its neighbourhoods is no line, where it is meant to be one."""
    reasons = (why_none(visit, indicator, line.region) for line in panel.absent)
    return [html.P(words, className="told") for words in reasons if words]


def _pair_of_years(drawing: Drawing, printed: Sequence[PrintedFigure], visit: Visit) -> Parts:
    lang, indicator = visit.lang, visit.catalogue.indicator[drawing.indicator]
    codes = peers(REPORT_COUNTY, "kommun", visit.regions)
    names = {code: visit.regions[code].name(lang) for code in codes}
    rows = region_series(visit.context, visit.warehouse, indicator.id, regions=codes)
    rows = of_periods(rows, drawing.years)
    first, last = drawing.years
    heading = f"{term('report_background', lang)} {first} {term('and_word', lang)} {last}"
    pairs = year_pairs(rows, names, indicator, years=drawing.years)
    if not any(pair.earlier.present or pair.later.present for pair in pairs):
        return _nothing_to_draw(heading, visit)
    region = visit.state.region if visit.state.region in names else ""
    figure = dumbbell(rows, names, indicator, visit.look, region=region, years=drawing.years)
    subline = term("report_pair_sub", lang, first=first, last=last)
    words = "; ".join(_pair_words(pair, indicator, lang) for pair in pairs)
    sources = source_lines(visit, indicator, rows)
    table = _pair_table(pairs, heading, visit, indicator=indicator, years=drawing.years)
    alternative = _alternative(heading, f"{subline} {words}.", visit)
    return [
        *chart_parts(heading, subline, alternative, figure, tall=True),
        _save_buttons(drawing, sources, visit, title=heading, how=subline),
        *_printed_list(printed, visit),
        *_notes(rows, indicator, visit),
        *_source_parts(sources),
        folded_table(table, visit.lang),
    ]


def _pair_words(pair: YearPair, indicator: Indicator, lang: Lang) -> str:
    if not pair.comparable:
        return f"{pair.name}: {pair_reason(pair, lang)}"
    first, last = (
        format.number(seen.number, indicator.decimals, lang) for seen in (pair.earlier, pair.later)
    )
    return term("report_pair_alt", lang, name=pair.name, first=first, last=last)


def _strips(drawing: Drawing, visit: Visit) -> Parts:
    lang, indicator = visit.lang, visit.catalogue.indicator[drawing.indicator]
    names = member_labels(visit.regions, lang)
    rows = region_series(visit.context, visit.warehouse, indicator.id, regions=tuple(names))
    stretches = first_stretches(rows, indicator)
    heading = term(f"report_{drawing.key}", lang)
    periods = sorted(seen.period for stretch in stretches.values() for seen in stretch)
    if not periods:
        return _nothing_to_draw(heading, visit)
    years = format.periods(periods[0], periods[-1], lang)
    heading += f" {years}"
    subline = term("report_strips_sub", lang, years=years)
    shown = [row for row in rows if periods[0] <= row.period <= periods[-1]]
    sources = source_lines(visit, indicator, shown)
    name = visit.regions[ALL_NEIGHBOURHOODS].bare_name(lang)
    no_union = unions.no_union_sentence(
        indicator, name=name, members=(), group=EVERYBODY, lang=lang
    )
    words = "; ".join(_strip_words(names, stretches, indicator, lang))
    figure = strip_chart(stretches, names, indicator, visit.look)
    return [
        *chart_parts(
            heading, subline, _alternative(heading, f"{words}.", visit), figure, tall=True
        ),
        _save_buttons(drawing, sources, visit, title=heading, how=subline),
        html.P(no_union, className="told"),
        *_notes(shown, indicator, visit),
        *_source_parts(sources),
        folded_table(_years_table(shown, names, heading, visit, indicator=indicator), visit.lang),
    ]


def _strip_words(
    names: Mapping[str, str],
    stretches: Mapping[str, Sequence[Observation]],
    indicator: Indicator,
    lang: Lang,
) -> list[str]:
    newest = [(name, stretches[code][-1]) for code, name in names.items() if stretches.get(code)]
    return [
        term(
            "report_strips_alt",
            lang,
            name=name,
            value=format.number(seen.number, indicator.decimals, lang),
            year=seen.period,
        )
        for name, seen in newest
    ]


def _before_union(drawing: Drawing, visit: Visit) -> Parts:
    """The members one by one for the years in which they cannot be put together."""
    names = member_labels(visit.regions, visit.lang)
    indicator = visit.catalogue.indicator[drawing.indicator]
    rows = region_series(visit.context, visit.warehouse, indicator.id, regions=tuple(names))
    early = [row for row in rows if row.period < _FIRST_UNION_YEAR]
    if not early:
        return []
    heading = term("report_studying_members", visit.lang)
    table = _years_table(early, names, heading, visit, indicator=indicator)
    return [html.Details([html.Summary(heading), table])]


def _save_buttons(
    drawing: Drawing,
    sources: Sequence[str],
    visit: Visit,
    *,
    title: str,
    how: str,
    lines: Sequence[ChartLine] = (),
) -> html.Div:
    """
    The buttons that save a drawing as a picture, under the name of the county that it shows.

    `lines` are those the chart may not name itself.
    """
    key = [(line.colour, line.name) for line in lines] if visit.look.narrow else []
    name = (drawing.key, term("page_report", visit.lang))
    of_county = replace(visit, state=replace(visit.state, region=REPORT_COUNTY))
    return sourced_buttons(of_county, sources, title=title, how=how, name=name, key=key)


def _legend(lines: Sequence[ChartLine], visit: Visit) -> Parts:
    """The lines by name where the chart has no room for their names."""
    if not visit.look.narrow or len(lines) < 2:
        return []
    items = [
        html.Li(
            [
                html.I(className=f"line {line.dash}", style={"borderColor": line.colour}),
                html.Span(line.name),
            ]
        )
        for line in lines
    ]
    return [html.Ul(items, className="legend")]


def _printed_list(printed: Sequence[PrintedFigure], visit: Visit) -> Parts:
    """What the report printed about the figure."""
    lang = visit.lang
    items = [
        html.Li(
            [
                html.B(printed_words(figure, lang)),
                f" – {figure.what[lang]}, {figure.where[lang]}, {printed_years(figure, lang)}",
            ]
        )
        for figure in printed
    ]
    heading = html.H3(term("report_said", lang))
    return [html.Div([heading, html.Ul(items)], className="said")] if items else []


def _breaks(panel: Panel, indicator: Indicator, visit: Visit) -> Parts:
    """The words of the breaks inside the years shown."""
    return [
        html.P(mark.text[visit.lang], className="src")
        for mark in marks_inside(panel.series, panel.lines, indicator)
        if mark.severity == "break"
    ]


def _source_parts(sources: Sequence[str]) -> Parts:
    return [html.P(line, className="src") for line in sources]


def _sources(drawing: Drawing, rows: Sequence[Observation], visit: Visit) -> list[str]:
    """The source lines of all that is shown, each once."""
    shown = {drawing.indicator: list(rows)}
    if drawing.kind == "measures":
        shown = {id: [row for row in rows if row.background == id] for id in drawing.measures}
    known = visit.catalogue.indicator
    lines = [line for id, part in shown.items() for line in source_lines(visit, known[id], part)]
    return list(dict.fromkeys(lines))


def _notes(rows: Sequence[Observation], indicator: Indicator, visit: Visit) -> Parts:
    """The notes that an indicator and the shown values call for."""
    notes = [
        *standing_notes(indicator),
        *following_notes(rows, indicator, visit.catalogue),
    ]
    return [html.P(" ".join(note[visit.lang] for note in notes), className="src")] if notes else []


def _alternative(heading: str, words: str, visit: Visit) -> str:
    """A chart in words, which say when its figures are invented."""
    example = [f"{term('example', visit.lang)}."] * visit.look.example
    return " ".join([*example, f"{heading}.", words])


def _nothing_to_draw(heading: str, visit: Visit) -> Parts:
    """A heading and that there is nothing to draw under it."""
    absent = html.P(term("report_nothing", visit.lang), className="absent large")
    return [html.H2(heading), absent]


def _printed_table(rows: Sequence[PrintedRow], visit: Visit) -> html.Div:
    """The report's figure, today's of the same year, the difference, and why."""
    lang = visit.lang
    caption = html.Caption([*_example(visit), term("report_table", lang)], className="unseen")
    heads = [term(f"report_col_{key}", lang) for key in ("report", "today", "difference", "why")]
    cells = [
        [
            _printed_cell(row, heads[0], lang),
            row.today,
            row.difference,
            [row.figure.why[lang], *_alike(row.figure, visit)],
        ]
        for row in rows
    ]
    title = term("report_table", lang)
    return word_table(title, heads, cells, caption=caption, kind="figures told-beside")


def _alike(figure: PrintedFigure, visit: Visit) -> Parts:
    """Today's figure of the same kind and the way to it; nothing where there is none."""
    asked, words = figure.alike, alike_words(figure, visit)
    if asked is None or not words:
        return []
    lang = visit.lang
    state = carried(visit.state, region=asked.region)
    groups: dict[str, Any] = {
        "backgrounds": (asked.background,),
        "sexes": (asked.sex,),
        "ages": (asked.age,),
    }
    href = link(f"/indikator/{asked.indicator}", state, **groups)
    title = visit.catalogue.indicator[asked.indicator].title[lang]
    return [
        html.P([term("report_alike", lang), " ", dcc.Link(title, href=href), f". {words}"]),
    ]


def _printed_cell(row: PrintedRow, name: str, lang: Lang) -> list[Any]:
    """What the report's figure is of, where it stands, and what it was."""
    figure = row.figure
    where = f"{figure.where[lang]}, {printed_years(figure, lang)}"
    source = (
        term("report_in_text", lang)
        if figure.figure is None
        else term("report_figure", lang, number=figure.figure)
    )
    return [
        html.Span(figure.what[lang]),
        html.Small(f"{where} · {source}"),
        html.B(row.printed, **labelled(name)),
    ]


def _pair_table(
    pairs: Sequence[YearPair],
    heading: str,
    visit: Visit,
    *,
    indicator: Indicator,
    years: Sequence[str],
) -> html.Div:
    """Two years of the municipalities, and their difference or why there is none."""
    lang = visit.lang
    heads = [term("report_town", lang), *years, term("report_change", lang)]
    rows = [
        html.Tr(
            [
                html.Th(pair.name, scope="row"),
                *(
                    html.Td(format.marked(seen.value, seen.status, indicator.decimals, lang))
                    for seen in (pair.earlier, pair.later)
                ),
                html.Td(
                    pair_reason(pair, lang)
                    if pair.difference.value is None
                    else format.with_sign(pair.difference.value, indicator.decimals, lang)
                ),
            ]
        )
        for pair in pairs
    ]
    return _table(
        [html.Caption([*_example(visit), heading]), _head(heads), html.Tbody(rows)], heading
    )


def _years_table(
    rows: Sequence[Observation],
    names: Mapping[str, str],
    heading: str,
    visit: Visit,
    *,
    indicator: Indicator,
) -> html.Div:
    """Areas by years, all that the source has of them; an empty cell where it has nothing."""
    lang = visit.lang
    periods = sorted(set(map(PERIOD, rows)))
    cells = {
        (row.region, row.period): format.marked(row.value, row.status, indicator.decimals, lang)
        for row in rows
    }
    table_rows = [
        html.Tr(
            [
                html.Th(name, scope="row"),
                *(_year_cell(cells.get((code, period), ""), lang) for period in periods),
            ]
        )
        for code, name in names.items()
    ]
    heads = [term("report_area", lang), *periods]
    return _table(
        [html.Caption([*_example(visit), heading]), _head(heads), html.Tbody(table_rows)], heading
    )


def _year_cell(text: str, lang: Lang) -> html.Td:
    if text:
        return html.Td(text)
    absent = term("not_available", lang)
    return html.Td(html.Span(absent, className="unseen"), title=absent)


def _head(heads: Sequence[str]) -> html.Thead:
    return html.Thead(html.Tr([html.Th(head, scope="col") for head in heads]))


def _table(
    parts: Sequence[Any], heading: str, kind: str = "figures", **attributes: Any
) -> html.Div:
    table = html.Table(list(parts), className=kind, **attributes)
    return html.Div(table, className="scroll", role="region", tabIndex=0, **aria(label=heading))


def _example(visit: Visit) -> list[str]:
    return [f"{term('example', visit.lang)}. "] if visit.warehouse.example else []
