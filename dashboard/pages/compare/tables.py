"""
The tables of a comparison: indicators by regions, gaps between two groups, similar municipalities.

Knows how a cell is laid out. The shade of a fifth is said in words and shown as a bar, too.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from dash import dcc, html

from dashboard.codes import SEXES
from dashboard.components.elements import Element, element, linked
from dashboard.components.frame import aria, select
from dashboard.components.tables import TableRow, counts_small, figure_notes, figure_table
from dashboard.data.observation import Observation
from dashboard.data.queries.figures import background_pairs, group_pairs
from dashboard.pages.similar import similar_table
from dashboard.panels.heat import HeatCell, HeatColumn, HeatRow, region_columns
from dashboard.panels.overview import BORN_ABROAD, BORN_HERE, missing_figure
from dashboard.panels.provenance import none_reason
from dashboard.panels.similar import similar_list
from dashboard.rules.comparison import NOT_COMPARED, difference, has_seasons
from dashboard.sentences.figures import incomparable_sentence
from dashboard.sentences.notes import following_notes
from dashboard.sentences.unions import members_with_figures, union_method_words
from dashboard.sentences.wording import Wording, category_label
from dashboard.state.comparison import SIMILAR_PATH, likeness_words
from dashboard.state.regions import inline
from dashboard.state.url import carried, link
from dashboard.state.visit import Visit
from dashboard.text import capital, format, term
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.regions import region_level

GAPS_PATH = "/skillnader"
_FIFTH_BARS = "▁▂▄▆█"
_LONG = 12  # rows, under which the heads of columns are soon out of sight
_FITTING = 6  # columns of single regions that a wide window holds
_OUTCOMES = 2  # leading indicators of a theme, in the table of similar municipalities


def heat_table(
    visit: Visit, columns: Sequence[HeatColumn], lines: Sequence[HeatRow], *, what: str
) -> html.Section:
    """Indicators by regions, shaded by fifths, with legend and notes; `what`: the indicators."""
    lang = visit.lang
    caption = _caption(visit, columns, what, lines)
    example = [element("Small", f"{term('example', lang)}.")] if visit.warehouse.example else []
    table = _figures_of(visit, columns, lines, caption, about=example)
    figures = [
        (line.indicator, tuple(cell.figure for cell in line.cells if cell.figure)) for line in lines
    ]
    notes = figure_notes(visit, figures, ordered=True)
    return html.Section([table, _legend(lang), *notes], className="panel")


def _figures_of(
    visit: Visit,
    columns: Sequence[HeatColumn],
    lines: Sequence[HeatRow],
    caption: str,
    *,
    about: Sequence[Element] = (),
) -> html.Div:
    """The table itself; `about` stands under its caption."""
    lang = visit.lang
    fits = len(columns) <= _FITTING and all(column.kind == "region" for column in columns)
    return figure_table(
        caption,
        [term("indicator", lang), *(_column_head(column, lang) for column in columns)],
        [("", rows) for rows in _rows_by_theme(visit, columns, lines)],
        caption=[caption, *about],
        kind="heat fits" if fits else "heat",
        wide=True,
    )


def similar_outcomes(
    visit: Visit, region: str
) -> tuple[tuple[HeatColumn, ...], tuple[Indicator, ...]]:
    """
    The region and those that resemble it, nearest first, and some outcomes of each theme.

    Leading indicators with an agreed direction, none about what the likeness is measured by. No
    columns where nothing resembles the region.
    """
    nearest = visit.similar(region)
    if not nearest:
        return (), ()
    outcomes = (
        indicator
        for theme in visit.catalogue.themes
        for indicator in [
            one
            for one in visit.catalogue.leading(theme)
            if one.better != "none" and not one.subject
        ][:_OUTCOMES]
    )
    return region_columns(visit, (region, *nearest)), tuple(outcomes)


def outcomes_section(
    visit: Visit, region: str, columns: Sequence[HeatColumn], lines: Sequence[HeatRow]
) -> list[html.Section]:
    """
    Similar municipalities side by side by their outcomes, and the way to all indicators.

    `columns` and `lines`: those of `similar_outcomes`; nothing where the region has no figure.
    """
    lang, place = visit.lang, visit.regions[region]
    known = [line for line in lines if line.cells[0].figure]
    if not known:
        return []
    words = {"where": place.where[lang], "region": inline(place, lang)}
    heading = term("similar_outcomes", lang, **words)
    nearest = tuple(column.code for column in columns[1:])
    every = link("/jamfor", carried(visit.state, comparison=nearest))
    way = element("P", linked(term("similar_all", lang), every), className="ways")
    example = [element("Small", f"{term('example', lang)}.")] if visit.warehouse.example else []
    table = _figures_of(visit, columns, known, heading, about=example)
    return [html.Section([html.H2(heading), table, way], className="pairs")]


def _rows_by_theme(
    visit: Visit, columns: Sequence[HeatColumn], lines: Sequence[HeatRow]
) -> Iterator[list[TableRow | Element]]:
    """The rows; of a long list those of each theme under its name and those of the columns."""
    themes = {theme.id: theme.title[visit.lang] for theme in visit.catalogue.themes}
    by_theme = [(id, list(of)) for id, of in groupby(lines, lambda line: line.indicator.theme)]
    is_parted = len(lines) > _LONG and 1 < len(by_theme) == len(dict(by_theme))
    if not is_parted:
        yield [_heat_row(visit, columns, line) for line in lines]
        return
    for theme, of_theme in by_theme:
        names = [element("Td", column.name) for column in columns]
        head = element("Th", themes[theme], scope="rowgroup")
        yield [
            element("Tr", [head, *names], className="part"),
            *(_heat_row(visit, columns, line) for line in of_theme),
        ]


def _caption(
    visit: Visit, columns: Sequence[HeatColumn], what: str, lines: Sequence[HeatRow]
) -> str:
    """What stands in the table, of which region, and how many it is compared with."""
    periods = {line.cells[0].figure.period for line in lines if line.cells[0].figure}
    shorter = max(filter(has_seasons, periods), key=lambda period: period[4:], default="")
    region, count, lang = visit.regions[columns[0].code], len(columns) - 1, visit.lang
    key = {0: "compare_caption_none", 1: "compare_caption_one"}.get(count, "compare_caption")
    where, name = region.where[lang], inline(region, lang)
    return format.term_by_length(
        key, shorter, lang, what=what, where=where, region=name, count=count
    )


def _column_head(column: HeatColumn, lang: Lang) -> list[Any]:
    if column.kind == "region":
        return [column.name]
    return [column.name, element("Small", term(f"made_{column.kind}", lang))]


def _heat_row(visit: Visit, columns: Sequence[HeatColumn], line: HeatRow) -> TableRow:
    indicator, lang, figure = line.indicator, visit.lang, line.cells[0].figure
    href = link(f"/indikator/{indicator.id}", carried(visit.state, "comparison"))
    about = [format.period_name(figure.period, lang)] if figure else []
    if figure and figure.background != TOTAL:
        group = category_label(visit.catalogue, "background", figure.background, lang)
        about.append(group.lower())
    about.append(_unit_words(visit, indicator, indicator.unit[lang]))
    head = [linked(indicator.title[lang], href), element("Small", " · ".join(about))]
    if figure is None:  # nothing to compare others with; theirs are not missing
        missing = element("Span", missing_figure(visit, indicator), className="absent")
        return TableRow(head, [element("Td", missing, colSpan=len(columns), className="whole")])
    wording = visit.wording(indicator)
    cells = []
    for cell, column in zip(line.cells, columns, strict=True):
        reason = "" if cell.figure else none_reason(visit, indicator, column.code)
        refused = element("Td", element("Span", capital(reason), className="absent"))
        cells.append(refused if reason else _heat_cell(cell, column, figure.period, wording))
    return TableRow(head, cells)


def _unit_words(visit: Visit, indicator: Indicator, unit: str) -> str:
    """The unit of a row and, where they are shown, what the counts under its shares are."""
    if not visit.state.counts or indicator.measure != "share":
        return unit
    if indicator.counted is None:
        return term("counts_not_beside", visit.lang, unit=unit)
    words = {"unit": unit, "counted": indicator.counted.many[visit.lang]}
    return term("counts_beside", visit.lang, **words)


def _heat_cell(cell: HeatCell, column: HeatColumn, period: str, wording: Wording) -> Element:
    """A value, its year where it is not `period`, its fifth of the level, and how it differs."""
    lang, indicator, figure = wording.lang, wording.indicator, cell.figure
    if cell.members:
        return element("Td", [_member(one, wording) for one in cell.members])
    if figure is None or not (figure.present or format.symbol(figure.status)):
        has_no_median = (
            figure is None and column.kind == "median" and indicator.measure in NOT_COMPARED
        )
        missing = term("no_median" if has_no_median else "not_available", lang)
        return element("Td", element("Span", missing, className="absent"))
    method = union_method_words(figure, indicator, lang) if column.members else ""
    other = format.period_short(figure.period, lang) if figure.period != period else ""
    about = [other, method]
    about.append(members_with_figures(figure, lang))
    content: list[Any] = [
        element("B", format.marked(figure.value, figure.status, indicator.decimals, lang)),
        *([counts_small(figure, indicator, lang)] if wording.counts else []),
        *(element("Small", words) for words in about if words),
        *_heat_difference(cell, wording),
    ]
    if cell.fifth is None:
        return element("Td", content)
    level = term(f"fifth_{region_level(figure.region)}", lang)
    words = term("fifth", lang, number=cell.fifth, level=level)
    shape = _FIFTH_BARS[cell.fifth - 1]
    bar = element("Span", shape, className="bar", title=words, **aria(hidden="true"))
    unseen = element("Span", words, className="unseen")
    return element("Td", [bar, *content, unseen], className=f"fifth-{cell.fifth}")


def _member(figure: Observation, wording: Wording) -> Element:
    """A member of a union without a figure: its name and its own figure."""
    name = wording.region_name(figure.region).partition(" (")[0]
    decimals, lang = wording.indicator.decimals, wording.lang
    number = format.marked(figure.value, figure.status, decimals, lang)
    return element(
        "P", [element("Small", f"{name} "), element("B", number or term("not_available", lang))]
    )


def _heat_difference(cell: HeatCell, wording: Wording) -> list[Element]:
    """How a figure differs from the own region's, or why that is not said."""
    lang, difference = wording.lang, cell.difference
    if difference is None or difference.verdict.reason in {"missing", "class"}:
        return []
    words: Any
    if difference.value is None:
        words = [
            element(
                "Abbr", term("not_compared", lang), title=incomparable_sentence(difference, wording)
            )
        ]
    elif difference.level:
        words = term("in_level", lang)
    else:
        words = format.with_sign(difference.value, wording.indicator.decimals, lang)
    return [element("Small", words, className="apart")]


def _legend(lang: Lang) -> html.Div:
    """The five shades from lowest to highest, and what they are."""
    steps = []
    for number, bar in enumerate(_FIFTH_BARS, 1):
        swatch = element("Span", bar, className=f"swatch fifth-{number}", **aria(hidden="true"))
        ends = [element("Span", term(f"fifth_{number}", lang))] if number in {1, 5} else []
        steps.append(element("Li", [swatch, *ends]))
    words = element("P", term("compare_shades", lang), className="src")
    return html.Div([html.Ul(steps, className="fifths"), words])


_GroupPairs = Mapping[tuple[str, str], Sequence[Observation]]  # by indicator and region


def gap_section(
    visit: Visit, columns: Sequence[HeatColumn], indicators: Sequence[Indicator]
) -> list[html.Section]:
    """Differences between two groups; nothing where the region is made of several."""
    if columns[0].kind != "region":
        return []
    lang = visit.lang
    single = [column for column in columns if column.kind == "region"]
    pairs = _group_pairs(visit, [column.code for column in single])
    shown = [indicator for indicator in indicators if (indicator.id, columns[0].code) in pairs]
    first, second = (_lower(_group_name(visit, code)) for code in visit.state.pair)
    heading = term("pair_heading", lang, one=first, other=second)
    index = link(GAPS_PATH, carried(visit.state, "pair", "indicators", "theme", "collection"))
    content: html.Div | Element
    if shown:
        content = figure_table(
            heading,
            [term("indicator", lang), *(column.name for column in single)],
            [("", [_gap_row(visit, indicator, single, pairs) for indicator in shown])],
            kind="heat",
            wide=True,
        )
    else:
        content = element("P", f"{term('combination_none', lang)}.", className="absent")
    notes = [
        note[lang]
        for indicator in shown
        for note in following_notes(
            [seen for (id, _), pair in pairs.items() if id == indicator.id for seen in pair],
            indicator,
            visit.catalogue,
        )
    ]
    return [
        html.Section(
            [
                html.H2(heading),
                element("P", term("pair_lede", lang, one=first, other=second)),
                html.Div(pair_selects(visit), className="controls"),
                content,
                element("P", linked(term("gaps_more", lang), index)),
                *(element("P", text, className="src") for text in dict.fromkeys(notes)),
            ],
            className="pairs",
        )
    ]


def pair_selects(visit: Visit) -> list[html.Div]:
    """Two menus of groups of one kind: both of origin and stay, or both of sex."""
    codes = [
        code
        for (dimension, code), category in visit.catalogue.category.items()
        if dimension == "background" and category.kind in {"origin", "stay"}
    ]
    options = [{"label": _group_name(visit, code), "value": code} for code in (*codes, *SEXES)]
    return [
        select(key, term(f"pair_{key}", visit.lang), options, code)
        for key, code in zip(("one", "other"), visit.state.pair, strict=True)
    ]


def _group_name(visit: Visit, code: str) -> str:
    dimension = "sex" if code in SEXES else "background"
    return category_label(visit.catalogue, dimension, code, visit.lang)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _group_pairs(visit: Visit, regions: Sequence[str]) -> _GroupPairs:
    """The two groups of each region and indicator, the first group first."""
    pair = visit.state.pair
    if len({code in SEXES for code in pair}) > 1 or len(set(pair)) < 2:
        return {}
    by_sex = pair[0] in SEXES
    ask = partial(
        group_pairs,
        sexes=pair if by_sex else (TOTAL,),
        backgrounds=(TOTAL,) if by_sex else pair,
    )
    if {*pair} == {BORN_HERE, BORN_ABROAD} and not visit.state.counts:
        ask = partial(background_pairs, backgrounds=pair)
    rows = visit.context.recent.recall(
        (visit.warehouse.version, "pairs", tuple(regions), pair, visit.state.counts),
        lambda: ask(visit.warehouse, regions),
    )
    groups: dict[tuple[str, str], list[Observation]] = {}
    for indicator, region, period, segment, sex, background, value, status, kind, *counts in rows:
        seen = Observation(
            indicator, region, period, segment, value, status, sex, background, kind=kind
        )
        seen = seen._replace(numerator=counts[0], denominator=counts[1])
        groups.setdefault((indicator, region), []).append(seen)
    return {
        key: sorted(ends, key=lambda seen: pair.index(seen.sex if by_sex else seen.background))
        for key, ends in groups.items()
        if len(ends) == 2
    }


def _gap_row(
    visit: Visit, indicator: Indicator, columns: Sequence[HeatColumn], pairs: _GroupPairs
) -> TableRow:
    lang, (first, _) = visit.lang, pairs[indicator.id, columns[0].code]
    href = link(f"/indikator/{indicator.id}", carried(visit.state, "pair", view="skillnader"))
    unit = term("points", lang) if indicator.measure == "share" else indicator.unit[lang]
    head = [
        linked(indicator.title[lang], href),
        element(
            "Small",
            f"{format.period_name(first.period, lang)} · {_unit_words(visit, indicator, unit)}",
        ),
    ]
    cells = [
        _gap_cell(
            pairs.get((indicator.id, column.code), ()), indicator, lang, counts=visit.state.counts
        )
        for column in columns
    ]
    return TableRow(head, cells)


def _gap_cell(
    pair: Sequence[Observation], indicator: Indicator, lang: Lang, *, counts: bool
) -> Element:
    """The difference between two groups and their figures; `pair` is empty where one is missing."""
    missing = term("not_available", lang)
    if not pair:
        return element("Td", element("Span", missing, className="absent"))
    first, second = pair
    figures = [
        format.marked(seen.value, seen.status, indicator.decimals, lang) or missing for seen in pair
    ]
    gap = difference(first, second, indicator).value
    if gap is None:
        words: Any = element("Span", term("not_compared", lang), className="absent")
    else:
        words = element("B", format.with_sign(gap, indicator.decimals, lang))
    behind = [counts_small(seen, indicator, lang) for seen in pair] if counts else []
    return element("Td", [words, element("Small", " / ".join(figures)), *behind])


def similar_section(visit: Visit, region: str) -> list[html.Section]:
    """A table of the similar municipalities; nothing for what is no municipality."""
    found, lang = similar_list(visit, region), visit.lang
    if found is None:
        return []
    name = inline(visit.regions[region], lang)
    words = likeness_words(visit.state, visit.catalogue, found.found.left_out)
    heading = term("similar_title", lang, region=name) + (f" ({words})" if words else "")
    way = dcc.Link(term("similar_criteria", lang), href=link(SIMILAR_PATH, visit.state, notices=()))
    parts = [
        html.H2(heading),
        html.P(way, className="ways"),
        *similar_table(visit, found, heading),
    ]
    return [html.Section(parts, className="pairs")]
