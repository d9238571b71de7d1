"""
Differences: the gap between two groups in one region, by every indicator that has both.

The index of the view of differences. Each indicator has its own newest year and its own stretch;
nothing is ordered by size, and no indicator is held against another.
"""

from collections import Counter
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from dash import dcc, html

from dashboard.charts.dumbbell import DotRow, dots
from dashboard.charts.style import chart_config
from dashboard.codes import EVERYBODY
from dashboard.components.controls import (
    Controls,
    folded_controls,
    region_select,
    select_indicators,
)
from dashboard.components.elements import element, linked
from dashboard.components.files import TABLE_SUFFIXES, file_links
from dashboard.components.frame import Page, aria, control_values, notice_box
from dashboard.components.pictures import share_menu, sourced_buttons
from dashboard.components.tables import TableRow, figure_cell, figure_table
from dashboard.pages.compare.tables import pair_selects
from dashboard.pages.missing import heading_page
from dashboard.panels.gaps import (
    IndicatorGaps,
    PairGaps,
    figures_behind,
    gaps_by_indicator,
    source_of,
    tables_behind,
)
from dashboard.rules.gap_changes import GapRow
from dashboard.rules.gaps import Gap, dimension_of, pair_refusal, with_code
from dashboard.sentences.gaps import moves_words
from dashboard.sentences.wording import category_label, difference_unit
from dashboard.state.links import Shown
from dashboard.state.regions import inline
from dashboard.state.resolve import chosen_indicators, notice_sentences, selected_region
from dashboard.state.url import carried, link
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, lower_first, term
from etl.catalogue import Indicator

GAPS_FILE = "skillnader"
_LETTERS = 44  # of a line that fits above the dots of a narrow window
_VERDICTS = ("narrowing", "widening", "unchanged", "turned")


def page(visit: Visit) -> Page:
    """Every indicator with both groups: the gap, what became of it, and which group moved."""
    lang, (region, messages) = visit.lang, selected_region(visit.state, visit.regions)
    messages += notice_sentences(visit.state.notices, lang)
    if region not in visit.regions:
        return heading_page(term("page_gaps", lang), notice_box(messages, lang))
    indicators, _, indicator_messages = _indicators(visit)
    first, second = pair_names(visit)
    words = {"one": lower_first(first), "other": lower_first(second)}
    where = visit.regions[region].where[lang]
    title = term("gaps_title", lang, where=where, **words)
    chosen = ", ".join([inline(visit.regions[region], lang), first, second])
    controls = Controls(
        [
            region_select(visit, region),
            *pair_selects(visit),
            select_indicators(
                visit, term("choose_indicators", lang), all_label=term("all_of_them", lang)
            ),
        ],
        chosen=chosen,
    )
    refused = _refused_words(visit, indicators)
    found = None if refused else gaps_by_indicator(visit, region, visit.state.pair, indicators)
    content = [
        html.Div(
            [html.H1(title), html.P(term("gaps_lede", lang), className="lede")],
            className="place",
        ),
        *notice_box([*messages, *indicator_messages, *refused], lang),
        folded_controls(controls, lang),
        *(_sections(visit, region, found) if found else []),
    ]
    return Page(title, content, shown=Shown(control_values(content)))


def measures_along(visit: Visit, region: str) -> IndicatorGaps | None:
    """What the page of a region lists, as its file has it; None where two groups make no pair."""
    indicators, _, _ = _indicators(visit)
    if region not in visit.regions or _refused_words(visit, indicators):
        return None
    return gaps_by_indicator(visit, region, visit.state.pair, indicators)


def _indicators(visit: Visit) -> tuple[Sequence[Indicator], str, list[str]]:
    return chosen_indicators(
        visit.state,
        visit.catalogue,
        named=term("choose_indicators", visit.lang),
        usual=(visit.catalogue.indicators, term("all_of_them", visit.lang)),
    )


def pair_names(visit: Visit) -> tuple[str, str]:
    """What the two groups of the link are called."""
    first, second = (
        category_label(
            visit.catalogue, dimension_of(code, visit.catalogue) or "background", code, visit.lang
        )
        for code in visit.state.pair
    )
    return first, second


def _refused_words(visit: Visit, indicators: Sequence[Indicator]) -> list[str]:
    """Why two groups make no pair of any indicator; nothing where they do of some."""
    catalogue = visit.catalogue
    measured = [one for one in indicators if one.measure not in {"class", "count"}]
    if not measured:
        return []
    groups = [with_code(EVERYBODY, code, catalogue) for code in visit.state.pair
              if dimension_of(code, catalogue)]  # fmt: skip
    refusal = "same"
    if len(groups) == 2:
        refusal = pair_refusal(groups[0], groups[1], measured[0], catalogue) or ""
    if not refusal:
        return []
    one, other = map(lower_first, pair_names(visit))
    key = {"nested": "refused_nested", "kinds": "refused_kinds", "dimensions": "refused_kinds"}
    return [term(key.get(refusal, "gaps_same"), visit.lang, one=one, other=other)]


def _sections(visit: Visit, region: str, found: IndicatorGaps) -> list[Any]:
    lang = visit.lang
    counted, *rest = [html.P(sentence, className="told") for sentence in _sentences(visit, found)]
    if not found.rows:
        where = visit.regions[region].where[lang]
        absent = html.P(term("gaps_none", lang, where=where), className="absent large")
        return [html.Div([absent, counted, *rest, share_menu(visit)], className="panel")]
    return [
        html.Div([counted, *_dots(visit, region, found), *rest], className="panel"),
        _table(visit, region, found),
    ]


def _sentences(visit: Visit, found: IndicatorGaps) -> list[str]:
    """In how many the gap narrowed, widened or stayed; which have none; what is not shown."""
    lang = visit.lang
    counts = Counter(_standing(row) for _, row in found.rows)
    sentences = []
    if found.rows:
        parts = [
            term(f"gaps_in_{one}", lang, count=counts[one])
            for one in (*_VERDICTS, "uncertain", "lacking")
            if counts[one]
        ]
        sentences.append(
            term("gaps_in_all", lang, all=len(found.rows), parts=enumerated(parts, lang))
        )
    if found.lacking:
        reasons = [
            term(f"gaps_without_{reason}", lang, count=len(lacked))
            for reason, lacked in found.lacking.items()
        ]
        total = sum(map(len, found.lacking.values()))
        sentences.append(term("gaps_without", lang, count=total, reasons=enumerated(reasons, lang)))
    return [*sentences, term("gap_why", lang)]


def _standing(row: GapRow) -> str:
    """What is sure of a change: its verdict, that it is uncertain, or that there is none."""
    if row.change and row.change_doubt is None:
        return row.change.verdict
    return "uncertain" if row.change else "lacking"


def _dots(visit: Visit, region: str, found: IndicatorGaps) -> list[Any]:
    """
    Both groups of each share as joined dots on one scale; other units stand in the table.

    In a narrow window the name of a measure stands above its dots.
    """
    lang = visit.lang
    shares = [
        (known, row.gap)
        for known, row in found.rows
        if known.indicator.measure == "share" and row.gap
    ]
    if not shares:
        return []
    rows = [
        DotRow(
            known.indicator.id,
            "" if visit.look.narrow else known.indicator.title[lang],
            gap.first,
            gap.second,
            joined=gap.value is not None,
            part="<br>".join(wrap(known.indicator.title[lang], _LETTERS))
            if visit.look.narrow
            else "",
            beside=_gap_text(gap, known.indicator, visit),
        )
        for known, gap in shares
    ]
    figure = dots(
        rows,
        shares[0][0].indicator,
        visit.look,
        region="",
        names=pair_names(visit),
        beside=term("column_difference", lang),
        addresses={known.indicator.id: _address(visit, known.indicator) for known, _ in shares},
    )
    first, second = map(lower_first, pair_names(visit))
    heading = term(
        "gaps_dots", lang, one=first, other=second, where=visit.regions[region].where[lang]
    )
    example = f" {term('example', lang)}." if visit.warehouse.example else ""
    graph = dcc.Graph(id="regions", figure=figure, config=chart_config(), responsive=True)
    words = f"{heading}. {term('gaps_dots_how', lang)}{example}"
    return [
        html.P(term("gaps_dots_how", lang), className="sub"),
        html.Div(
            graph,
            role="img",
            className="chart rows",
            style={"height": f"{figure['layout']['height']}px"},
            **aria(label=words),
        ),
        sourced_buttons(
            visit,
            [_source(visit, [one for one in found.rows if one[0].indicator.measure == "share"])],
            title=heading,
            how=term("gaps_dots_how", lang),
            name=(GAPS_FILE, term("page_gaps", lang)),
        ),
    ]


def _source(visit: Visit, rows: Sequence[tuple[PairGaps, GapRow]]) -> str:
    """Where the figures of some rows come from."""
    tables = {
        id
        for known, row in rows
        for id in tables_behind(visit, known.indicator, figures_behind(known, [row]))
    }
    return source_of(visit, sorted(tables))


def _table(visit: Visit, region: str, found: IndicatorGaps) -> html.Section:
    """A row an indicator, by theme, with the way to its own view of the pair."""
    lang, names = visit.lang, pair_names(visit)
    title = term(
        "gaps_table",
        lang,
        where=visit.regions[region].where[lang],
        one=lower_first(names[0]),
        other=lower_first(names[1]),
    )
    themes = {theme.id: theme.title[lang] for theme in visit.catalogue.themes}
    parts: dict[str, list[TableRow]] = {}
    for known, row in found.rows:
        parts.setdefault(themes[known.indicator.theme], []).append(_row(visit, known, row))
    heads = [
        term("indicator", lang),
        *names,
        term("column_difference", lang),
        term("column_size_change", lang),
        term("column_gap_verdict", lang),
        term("column_moved", lang),
    ]
    example = [element("Small", f"{term('example', lang)}.")] if visit.warehouse.example else []
    table = figure_table(
        title, heads, list(parts.items()), caption=[title, *example], kind="heat measures"
    )
    said = (term("gaps_means", lang), _source(visit, found.rows))
    notes = [html.P(words, className="src") for words in said]
    links = file_links(f"/ladda-ner/{GAPS_FILE}", visit.state, suffixes=TABLE_SUFFIXES)
    files = html.Ul(links, className="files")
    return html.Section([table, *notes, html.H2(term("data_downloads", lang)), files])


def _row(visit: Visit, known: PairGaps, row: GapRow) -> TableRow:
    lang, indicator, change = visit.lang, known.indicator, row.change
    period = row.gap.period if row.gap else ""
    about = f"{format.period_name(period, lang)} · {difference_unit(indicator, lang)}"
    head = [
        linked(indicator.title[lang], _address(visit, indicator)),
        element("Small", about),
    ]
    sides = [row.gap.first, row.gap.second] if row.gap else [None, None]
    cells: list[Any] = [figure_cell(side, indicator, lang) for side in sides]
    cells.append(_gap_text(row.gap, indicator, visit) if row.gap else "")
    mark = term(f"mark_{row.change_doubt}", lang) if row.change_doubt else ""
    if change is None:
        return TableRow(head, [*cells, figure_cell(None, indicator, lang), mark, ""])
    first, last = change.period.span
    years = format.periods(first, last, lang)
    size = format.with_sign(change.change, indicator.decimals, lang)
    happened = term(f"happened_{change.verdict}", lang)
    return TableRow(
        head,
        [
            *cells,
            [size, " ", element("Small", years)],
            f"{happened} ({mark})" if mark else happened,
            moves_words(change, pair_names(visit), lang),
        ],
    )


def _address(visit: Visit, indicator: Indicator) -> str:
    """An indicator's own view of the pair."""
    state = carried(visit.state, "pair", "level", view="skillnader")
    return link(f"/indikator/{indicator.id}", state)


def _gap_text(gap: Gap, indicator: Indicator, visit: Visit) -> str:
    return "" if gap.value is None else format.with_sign(gap.value, indicator.decimals, visit.lang)
