"""
Tables in semantic HTML: of figures, of words, and the table with the same rows as a chart.

Knows how a table is laid out and its class names. It rounds for the eye only and never leaves
out a missing value; a cell without any row in the source is empty, for ".." would say that a
figure is held back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dash import html

from dashboard.charts.style import marks_of_lines
from dashboard.components.elements import Element, content_of, element
from dashboard.components.frame import aria
from dashboard.data.observation import PERIOD, Observation
from dashboard.panels.panel import Panel
from dashboard.rules.comparison import has_seasons, marks_within, union_makeup
from dashboard.sentences.notes import following_notes, standing_notes
from dashboard.sentences.wording import counts_words, unit_sentence
from dashboard.state.visit import Visit
from dashboard.text import format, term, translated
from etl.catalogue import Break, Indicator, Lang
from etl.catalogue.periods import frequency, period_at, starting, year_of

# What assets/copy.js copies beside a share.
_COPIED = ("data-numerator", "data-denominator")
_STACKED = "stacked"  # the class of a table whose rows may be blocks
_FITS = 2  # columns, in any window


@dataclass(frozen=True)
class TableHead:
    """The head of a column; `sort` is the direction in which the rows are ordered by it."""

    name: Any
    sort: str = ""
    kind: str | None = None  # its class


@dataclass(frozen=True)
class TableRow:
    """A row under its head; a cell is Element or its content; `selected`: the page's region."""

    head: Any
    cells: Sequence[Any]
    selected: bool = False


def figure_table(
    title: str,
    heads: Sequence[TableHead | Any],
    parts: Sequence[tuple[Any, Sequence[TableRow | Element]]],
    *,
    unit: str = "",
    caption: Sequence[Any] = (),
    kind: str = "",
    wide: bool = False,
) -> html.Div:
    """
    A table of figures, which scrolls, by keyboard too, where it is too wide.

    Args:
        title: its name.
        heads: of the columns, that of the rows' heads first; words where a head is nothing else.
        parts: rows under words of their own, "" for none; rows of words may stand among them.
        unit: what stands small behind the title.
        caption: what stands above the table where it is neither title nor unit.
        kind: classes besides that of figures.
        wide: whether it may be as wide as the window.

    """
    head = element("Tr", [_column_head(column) for column in heads])
    bodies = []
    for words, lines in parts:
        rows = [_row(line) if isinstance(line, TableRow) else line for line in lines]
        if words and rows:
            name = element("Th", words, scope="rowgroup", colSpan=len(heads))
            rows = [element("Tr", name, className="part"), *rows]
        bodies += [element("Tbody", rows)] if rows else []
    above = list(caption) or [title, *([element("Small", unit)] if unit else [])]
    content = [element("Caption", above), element("Thead", head), *bodies]
    table = element("Table", content, className=f"figures {kind}".strip())
    return _scrolling(table, title, wide=wide)


def word_table(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    caption: Element | None = None,
    kind: str = "words",
) -> html.Div:
    """A table of words, whose first cells are heads; its rows are blocks in a narrow window."""
    head = element(
        "Tr", [element("Th", name, scope="col", role="columnheader") for name in heads], role="row"
    )
    table_rows = [
        element(
            "Tr",
            [
                element("Th", first, scope="row", role="rowheader"),
                *(
                    element("Td", content, role="cell", **labelled(name))
                    for name, content in zip(heads[1:], rest, strict=True)
                ),
            ],
            role="row",
        )
        for first, *rest in rows
    ]
    content = [
        caption or element("Caption", title),
        element("Thead", head, role="rowgroup"),
        element("Tbody", table_rows, role="rowgroup"),
    ]
    classes = f"{kind} {_STACKED}" if len(heads) > _FITS else kind
    return _scrolling(element("Table", content, className=classes, role="table"), title)


def labelled(name: str) -> dict[str, Any]:
    """The attribute that names a cell where its column has no head above it."""
    return {"data-label": name}


def folded_table(table: html.Div, lang: Lang) -> html.Details:
    """A table behind its summary."""
    return html.Details([html.Summary(term("as_table", lang)), table])


def table_section(table: html.Div, notes: Iterable[str], lang: Lang) -> html.Section:
    """A table under the heading that tells it from the chart, and the notes of its rows."""
    words = [html.P(note, className="src") for note in notes]
    return html.Section([html.H2(term("as_table", lang)), table, *words], className="twin")


def figure_cell(
    observation: Observation | None, indicator: Indicator, lang: Lang, *, counts: bool = False
) -> Element:
    """
    A number, the symbol in its place with its meaning at hand, or nothing and why.

    `counts`: the counts behind a share stand under it, where there are any.
    """
    value, status = (observation.value, observation.status) if observation else (None, None)
    cell = _cell(value, status, indicator, lang)
    behind = counts_small(observation, indicator, lang) if counts and observation else None
    return element("Td", [content_of(cell), behind], className="counted") if behind else cell


def counts_small(observation: Observation, indicator: Indicator, lang: Lang) -> Element | None:
    """The counts behind a share in small type; None where there are none."""
    if observation.counts is None or indicator.counted is None:
        return None
    noun = element(
        "Span", f" {indicator.counted.many[lang]}", className="unseen"
    )  # the caption has it
    plain = (f"{count:.0f}" for count in observation.counts)
    data: dict[str, Any] = dict(zip(_COPIED, plain, strict=True))
    return element(
        "Small", [f" {counts_words(observation, lang)}", noun], className="counts", **data
    )


def _cell(value: float | None, status: str | None, indicator: Indicator, lang: Lang) -> Element:
    text = format.marked(value, status, indicator.decimals, lang)
    if not text:
        absent = term("not_available", lang)
        return element("Td", element("Span", absent, className="unseen"), title=absent)
    if text != format.symbol(status):
        return element("Td", text)
    return element("Td", element("Abbr", text, title=format.meaning(str(status), lang)))


def _in_whole(lang: Lang) -> Element:
    """The cell of an area that is told in the figure of a whole, which the row has."""
    return element("Td", term("in_whole", lang))


def mark_rows(
    breaks: Iterable[Break],
    older: str,
    newer: str,
    *,
    columns: int,
    lang: Lang,
    new_segment: bool = False,
) -> list[Element]:
    """A row for each break and caution between two periods; a new segment without one says so."""
    between = marks_within(breaks, older, newer)
    rows = [
        _wide(
            mark.severity,
            mark_words(mark, lang),
            columns,
        )
        for mark in between
    ]
    if new_segment and not any(mark.severity == "break" for mark in between):
        rows.append(_wide("break", term("segment_row", lang), columns))
    return rows


def mark_words(mark: Break, lang: Lang) -> str:
    """A break or caution where no column tells its year; a caution that tells it says it once."""
    first, _, why = mark.text[lang].partition(". ")
    if mark.severity == "caution" and why and mark.period in first:
        return mark.text[lang]
    name = format.period_name(mark.period, lang)
    return term(f"{mark.severity}_row", lang, period=name, text=mark.text[lang])


def panel_table(panel: Panel, indicator: Indicator, lang: Lang) -> html.Div:
    """
    The rows of a chart of lines: periods by lines, newest first, breaks as rows of their own.

    One line of months or quarters is a grid of years.
    """
    unit = unit_sentence(indicator, lang, counts=panel.wording.counts)
    if panel.alternative.startswith(term("example", lang)):
        unit = f"{term('example', lang)}. {unit}"
    alone = panel.series if len(panel.lines) == 1 else ()
    if alone and has_seasons(alone[-1].period):
        marks = marks_of_lines(indicator, panel.lines)
        title = panel.heading
        counts, caption = panel.wording.counts, [title, element("Small", unit)]
        return season_grid(
            alone, marks, indicator, title=title, caption=caption, lang=lang, counts=counts
        )
    periods = sorted(set(map(PERIOD, panel.series)), reverse=True)
    figures = _figures(panel)
    concerned = marks_of_lines(indicator, panel.lines)
    unions = [
        {period: union_makeup(figure) for period, figure in known.items() if figure.present}
        for line, known in zip(panel.lines, figures, strict=True)
        if line.members
    ]
    segments: dict[str, set[str]] = {}
    for figure in panel.series:
        segments.setdefault(figure.period, set()).add(figure.segment)
    columns = len(panel.lines) + 1
    rows: list[TableRow | Element] = []
    for period, older in pairwise([*periods, None]):
        inside = _inside_a_whole(panel, figures, period)
        cells = [
            _in_whole(lang)
            if line.region in inside and period not in known
            else figure_cell(known.get(period), indicator, lang, counts=panel.wording.counts)
            for line, known in zip(panel.lines, figures, strict=True)
        ]
        rows.append(TableRow(format.period_short(period, lang), cells))
        if older is not None:
            new_segment = segments[older].isdisjoint(segments[period])
            if not new_segment and _has_other_members(unions, older, period):
                rows.append(_wide("break", term("members_row", lang), columns))
            rows += mark_rows(
                concerned, older, period, columns=columns, lang=lang, new_segment=new_segment
            )
    length = format.term_by_length("period", periods[0] if periods else "", lang)
    heads = [length, *(line.name for line in panel.lines)]
    return figure_table(panel.heading, heads, [("", rows)], unit=unit)


def season_grid(
    series: Sequence[Observation],
    marks: Iterable[Break],
    indicator: Indicator,
    *,
    title: str,
    caption: Sequence[Any],
    lang: Lang,
    counts: bool = False,
) -> html.Div:
    """
    One series of months or quarters: a row for each year, newest first, and a column for each.

    Args:
        series: at least one observation, of one region and group.
        marks: the breaks and cautions that concern it; a row of words under their year.
        indicator: whose figures they are.
        title: of the table.
        caption: what stands above it.
        lang: of its words.
        counts: whether the counts behind a share stand under it.

    """
    known = {observation.period: observation for observation in series}
    newest, oldest = max(known), min(known)
    names = format.season_names(newest, lang)
    rows: list[TableRow | Element] = []
    for year in range(year_of(newest), year_of(oldest) - 1, -1):
        first = starting(str(year), frequency(newest))
        periods = [period_at(first + number, frequency(newest)) for number in range(len(names))]
        cells = [
            figure_cell(known.get(period), indicator, lang, counts=counts)
            if period <= newest
            else element("Td", element("Span", term("still_to_come", lang), className="unseen"))
            for period in periods
        ]
        rows.append(TableRow(str(year), cells))
        before = max(oldest, f"{year - 1}~")  # after all of the year before
        rows += mark_rows(marks, before, periods[-1], columns=len(names) + 1, lang=lang)
    heads = [term("year_column", lang), *names]
    return figure_table(title, heads, [("", rows)], caption=caption, kind="seasons")


def symbols(series: Iterable[Observation]) -> list[str]:
    """The symbols that stand in the rows, as shown."""
    return sorted(set(filter(None, map(format.symbol, {row.status for row in series}))))


def has_empty(panel: Panel) -> bool:
    """Whether a cell of the table is empty: neither number nor symbol in the source."""
    figures = _figures(panel)
    return any(
        cell is None or not (cell.present or format.symbol(cell.status))
        for period in set(map(PERIOD, panel.series))
        for line, cell in zip(panel.lines, (known.get(period) for known in figures), strict=True)
        if cell or line.region not in _inside_a_whole(panel, figures, period)
    )


def _scrolling(table: Element, title: str, *, wide: bool = False) -> html.Div:
    kind = "scroll wide" if wide else "scroll"
    return html.Div(table, className=kind, role="region", tabIndex=0, **aria(label=title))


def _column_head(head: TableHead | Any) -> Element:
    if not isinstance(head, TableHead):
        return element("Th", head, scope="col")
    direction = aria(sort=head.sort) if head.sort else {}
    return element("Th", head.name, scope="col", className=head.kind, **direction)


def _row(row: TableRow) -> Element:
    cells = [cell if _is_cell(cell) else element("Td", cell) for cell in row.cells]
    head = element("Th", row.head, scope="row")
    return element("Tr", [head, *cells], className="own" if row.selected else None)


def _is_cell(part: Any) -> bool:
    return isinstance(part, Mapping) and part["type"] == "Td"


def _wide(severity: str, text: str, columns: int) -> Element:
    """A row of words over all columns."""
    return element(
        "Tr", element("Td", element("Span", text), colSpan=columns), className=f"mark {severity}"
    )


def _figures(panel: Panel) -> list[dict[str, Observation]]:
    """The figures of every line by period."""
    return [{row.period: row for row in line.rows(panel.series)} for line in panel.lines]


def _inside_a_whole(
    panel: Panel, figures: Sequence[Mapping[str, Observation]], period: str
) -> set[str]:
    """The members of those unions that have a figure of their own in a period."""
    return {
        member
        for line, known in zip(panel.lines, figures, strict=True)
        if period in known
        for member in line.members
    }


def _has_other_members(unions: Sequence[Mapping[str, object]], older: str, newer: str) -> bool:
    """Whether a union is made of other members in one of two neighbouring periods."""
    return any(
        older in union and newer in union and union[older] != union[newer] for union in unions
    )


def figure_notes(
    visit: Visit,
    shown: Sequence[tuple[Indicator, Sequence[Observation]]],
    *,
    ordered: bool = False,
) -> list[Element]:
    """The notes of indicators with the figures that are shown, each once, and the sources."""
    lang = visit.lang
    present = [
        (indicator, figures)
        for indicator, figures in shown
        if any(figure.present for figure in figures)
    ]
    notes = [note for indicator, _ in present for note in standing_notes(indicator)]
    notes += [translated("note_order")] * ordered
    notes += [
        note
        for indicator, figures in shown
        for note in following_notes(figures, indicator, visit.catalogue)
    ]
    words = list(dict.fromkeys(note[lang] for note in notes))
    words += [term("tables_there", lang)] if present else []
    if words and present and visit.warehouse.example:
        words[-1] = f"{term('example', lang)}. {words[-1]}"
    return [element("P", text, className="src") for text in words]
