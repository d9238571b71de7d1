"""
A briefing as slides (PPTX, 16:9) that PowerPoint and LibreOffice open and edit.

Knows python-pptx and where things stand on a slide; what they say is decided in `deck`. Titles
are titles and bullets are bullets, so that outline and screen readers find them.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pandas as pd
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard.charts import line_chart, style
from dashboard.charts.style import ChartLine, marks_inside, marks_of_line
from dashboard.exports.deck import Deck, Point, Slide
from dashboard.panels.panel import Panel
from dashboard.rules import stretches as rule_stretches
from dashboard.text import enumerated, term
from etl.catalogue import Indicator, Lang
from etl.catalogue.regions import COUNTRY

TICKS = 6
Values = tuple[float | None, ...]


@dataclass(frozen=True)
class Stroke:
    """One unbroken stretch of a line, a value or None for each category; `first` of its line."""

    line: ChartLine
    name: str
    values: Values
    first: bool

    @property
    def lone(self) -> bool:
        """Whether it is one year only, which a line would not show."""
        return sum(value is not None for value in self.values) == 1


@dataclass(frozen=True)
class Scale:
    """The axis of values: its ends and the distance between its lines."""

    low: float
    high: float
    step: float


def categories(series: pd.DataFrame) -> tuple[str, ...]:
    """Every year from the first to the last, as text; of elections every fourth."""
    if series.empty:
        return ()
    years, every = (
        rule_stretches.year_numbers(series["period"]),
        rule_stretches.step(series["period"]),
    )
    return tuple(str(year) for year in range(years.min(), years.max() + 1, every))


def strokes(
    series: pd.DataFrame, lines: Sequence[ChartLine], indicator: Indicator, lang: Lang
) -> tuple[Stroke, ...]:
    """The stretches of all lines in their order; all but a line's first say since when."""
    axis, every = categories(series), rule_stretches.step(series["period"])
    return tuple(
        Stroke(line, name, values, first=name == line.name)
        for line in lines
        for name, values in named_columns(
            rule_stretches.line_stretches(line.rows(series), marks_of_line(line, indicator), every),
            line.name,
            axis=axis,
            lang=lang,
        )
    )


def named_columns(
    stretches: Sequence[pd.DataFrame], name: str, *, axis: Sequence[str], lang: Lang
) -> Iterator[tuple[str, Values]]:
    """Name and values of each stretch of a series; all but the first say since when they are."""
    for number, piece in enumerate(stretches):
        known = dict(zip(piece["period"].str.slice(0, 4), piece["value"], strict=True))
        since = term("export_since", lang, name=name, period=piece["period"].iloc[0])
        values = tuple(float(known[year]) if year in known else None for year in axis)
        yield since if number else name, values


def scale(drawn: Sequence[Stroke]) -> Scale:
    """An axis of round numbers with the same beginning as the page's chart: zero, or said."""
    low, high = line_chart.axis_range(
        [one for each in drawn for one in each.values if one is not None]
    )
    power = 10.0 ** math.floor(math.log10((high - low) / TICKS))
    step = next(power * one for one in (1, 2, 5, 10) if power * one * TICKS >= high - low)
    return Scale(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def reading(
    series: pd.DataFrame, lines: Sequence[ChartLine], indicator: Indicator, lang: Lang
) -> str:
    """Unit and how to read the chart of a slide; names only what can be seen in it."""
    drawn = strokes(series, lines, indicator, lang)
    if not drawn:
        return ""
    unit = indicator.unit[lang]
    found = scale(drawn)
    parts = [f"{unit[:1].upper()}{unit[1:]}."]
    parts += [] if found.low <= 0 <= found.high else [term("axis_not_zero", lang)]
    inside = marks_inside(series, lines, indicator)
    for severity, key in (("break", "slide_breaks"), ("caution", "slide_cautions")):
        years = list(dict.fromkeys(m.period[:4] for m in inside if m.severity == severity))
        parts += [term(key, lang, years=enumerated(years, lang))] if years else []
    parts += [term("slide_gaps", lang)] if _has_gap(series, lines) else []
    if any(line.region == COUNTRY != lines[0].region for line in lines):
        parts.append(term("country_dashed", lang))
    return " ".join(parts)


def _has_gap(series: pd.DataFrame, lines: Sequence[ChartLine]) -> bool:
    """Whether a line lacks a year between its first and its last number."""
    axis = categories(series)
    for line in lines:
        rows = line.rows(series)
        known = set(rows[rows["value"].notna()]["period"].str.slice(0, 4))
        if known and any(min(known) < year < max(known) and year not in known for year in axis):
            return True
    return False


DASHES = {
    "solid": MSO_LINE.SOLID,
    "dash": MSO_LINE.DASH,
    "dashdot": MSO_LINE.DASH_DOT,
    "longdash": MSO_LINE.LONG_DASH,
    "dot": MSO_LINE.ROUND_DOT,
}
LABEL = 0.75  # inches between the years that are written


def chart_description(panel: Panel, indicator: Indicator, lang: Lang) -> str:
    """How the native chart of a panel is read."""
    return reading(panel.series, panel.lines, indicator, lang)


def draw(
    slide: Any,
    panel: Panel,
    indicator: Indicator,
    *,
    lang: Lang,
    box: tuple[float, float, float, float],
) -> None:
    """The chart of a panel in a box of left, top, width and height in inches; none without any."""
    drawn = strokes(panel.series, panel.lines, indicator, lang)
    if not drawn:
        return
    number = "#,##0" + ("." + "0" * indicator.decimals) * bool(indicator.decimals)
    data = CategoryChartData(number_format=number)
    data.categories = categories(panel.series)
    for one in drawn:
        data.add_series(one.name, one.values)
    place = [Inches(size) for size in box]
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *place, data)
    tell(frame, panel.alternative, panel.heading)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(11), rgb(style.QUIET)
    chart.has_title = False
    _legend(chart, drawn)
    _axes(chart, scale(drawn), number, skip=_skip(len(data.categories), box[2]))
    for series, one in zip(chart.plots[0].series, drawn, strict=True):
        _stroke(series, one)


def tell(frame: Any, text: str, title: str) -> None:
    """The text alternative of a chart or table, and its name in the list of objects."""
    named = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001  # there is no other way
    named.set("descr", text)
    named.set("name", title)


def _stroke(series: Any, one: Stroke) -> None:
    series.smooth = False
    inked = rgb(one.line.colour)
    series.format.line.color.rgb = inked
    series.format.line.width = Pt(one.line.width)
    series.format.line.dash_style = DASHES[one.line.dash]
    series.marker.style = XL_MARKER_STYLE.CIRCLE if one.lone else XL_MARKER_STYLE.NONE
    if one.lone:
        series.marker.size = 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = inked
        series.marker.format.line.color.rgb = inked


def _legend(chart: Any, drawn: tuple[Stroke, ...]) -> None:
    """One entry for each line, not for each of its stretches."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    place = chart.legend._element.find(qn("c:legendPos"))  # noqa: SLF001
    gone = [number for number, one in enumerate(drawn) if not one.first]
    for number in reversed(gone):
        place.addnext(
            parse_xml(
                f'<c:legendEntry {nsdecls("c")}><c:idx val="{number}"/>'
                '<c:delete val="1"/></c:legendEntry>'
            )
        )


def _axes(chart: Any, scale: Scale, number: str, *, skip: int) -> None:
    values, years = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = scale.low, scale.high
    values.major_unit = scale.step
    values.tick_labels.number_format = number if scale.step < 1 else "#,##0"
    values.tick_labels.number_format_is_linked = False
    values.major_gridlines.format.line.color.rgb = rgb(style.GRID)
    values.format.line.fill.background()
    years.format.line.color.rgb = rgb(style.RULE)
    years.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    years.has_major_gridlines = False
    last = years._element.find(qn("c:noMultiLvlLbl"))  # noqa: SLF001
    for name in ("tickLblSkip", "tickMarkSkip"):
        last.addprevious(parse_xml(f'<c:{name} {nsdecls("c")} val="{skip}"/>'))


def _skip(count: int, width: float) -> int:
    """Every how many years one is written under the axis."""
    return max(1, -(-count // max(1, int(width / LABEL))))


def rgb(text: str) -> Any:
    """A colour of the palette ("#12436D") as python-pptx has it."""
    return RGBColor.from_string(text.removeprefix("#"))


WIDTH, HEIGHT, EDGE = 13.333, 7.5, 0.5
INNER = WIDTH - 2 * EDGE
OPENING, LISTED, TITLED = 0, 1, 5  # of the layouts that python-pptx brings
TOP, CHARTS, POINTS, FOOT = 1.35, 3.75, 5.2, 6.85
LONG = 420  # characters of the sentences under a chart
TITLE_SIZES = ((110, 26), (150, 22), (10_000, 18))  # up to so many characters
# A slide of text: about so many characters on a line and lines in all.
LINE, LINES = 105, 15
SPOKEN = {"sv": MSO_LANGUAGE_ID.SWEDISH, "en": MSO_LANGUAGE_ID.ENGLISH_UK}
WARNING, INK = "FFF3D6", "7A4B00"


def slides(deck: Deck) -> bytes:
    """The file of a deck."""
    made = Presentation()
    _widen(made)
    _describe(made, deck)
    _open(made, deck)
    for one in deck.slides:
        if one.figures:
            _tabulate(made, deck, one)
        elif one.indicator:
            _chart(made, deck, one, one.indicator)
        else:
            _list(made, deck, one)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _widen(made: Any) -> None:
    """Make the master 16:9, so that a slide that somebody adds is, too."""
    ratio = Inches(WIDTH) / made.slide_width
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for page in (made.slide_master, *made.slide_master.slide_layouts):
        for shape in page.placeholders:
            if page is made.slide_master or shape.element.xpath(".//a:off"):
                shape.left, shape.width = int(shape.left * ratio), int(shape.width * ratio)


def _describe(made: Any, deck: Deck) -> None:
    about = made.core_properties
    about.title, about.language = deck.title, _tag(deck.lang)
    about.author = about.last_modified_by = term("site", deck.lang)
    about.comments = deck.banner
    about.created = about.modified = deck.built


def _open(made: Any, deck: Deck) -> None:
    """The title slide: what, of where, from when."""
    slide = made.slides.add_slide(made.slide_layouts[OPENING])
    _place(slide.shapes.title, EDGE, 2.2, INNER, 1.4)
    _write(slide.shapes.title, [Point(deck.title)], 36, deck.lang)
    below = slide.placeholders[1]
    _place(below, EDGE, 3.7, INNER, 1.6)
    _write(below, [Point(text) for text in deck.subtitle], 18, deck.lang)
    _paint(below.text_frame, style.QUIET)
    _finish(slide, deck, (deck.title, *deck.subtitle, *deck.notes))


def _tabulate(made: Any, deck: Deck, one: Slide) -> None:
    """The headline figures as a table."""
    slide = _begun(made, deck, one, TITLED)
    heads = ("column_indicator", "slide_number", "slide_year", "slide_beside")
    size = (len(one.figures) + 1, len(heads))
    place = [Inches(number) for number in (EDGE, TOP + 0.15, INNER, 0.5 * size[0])]
    frame = slide.shapes.add_table(*size, *place)
    tell(frame, term("slide_table", deck.lang, region=deck.region), one.title)
    rows = [tuple(term(head, deck.lang) for head in heads), *one.figures]
    for column, width in zip(frame.table.columns, (3.9, 2.0, 0.9, INNER - 6.8), strict=True):
        column.width = Inches(width)
    for number, row in enumerate(rows):
        for cell, text in zip(frame.table.rows[number].cells, row, strict=True):
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb("F1F4F7" if number % 2 else "FFFFFF")
            if number == 0:
                cell.fill.fore_color.rgb = rgb(style.LEAD)
            _fill(cell.text_frame, [Point(text)], 14, deck.lang)
            if number == 0:
                _paint(cell.text_frame, "FFFFFF")
    _finish(slide, deck, one.notes)


def _chart(made: Any, deck: Deck, one: Slide, indicator: Indicator) -> None:
    """A chapter: one or two native charts, the sentences under them, the sources."""
    slide = _begun(made, deck, one, LISTED)
    wide = (INNER - 0.3 * (len(one.panels) - 1)) / max(1, len(one.panels))
    for place, panel in enumerate(one.panels):
        left = EDGE + place * (wide + 0.3)
        head = _box(slide, left, TOP, wide, 0.7)
        reading = chart_description(panel, indicator, deck.lang)
        _write(head, [Point(reading, f"{panel.heading}. ")], 11, deck.lang)
        box = (left, TOP + 0.7, wide, CHARTS - 0.6)
        draw(slide, panel, indicator, lang=deck.lang, box=box)
    below = slide.placeholders[1]
    top = POINTS if one.panels else TOP
    _place(below, EDGE, top, INNER, FOOT - top)
    long = sum(len(point.text) for point in one.points) > LONG
    _write(below, one.points, 12 if long else 14, deck.lang)
    foot = _box(slide, EDGE, FOOT, INNER, 0.55)
    _write(foot, [Point(line) for line in one.foot], 10, deck.lang)
    _finish(slide, deck, one.notes)


def _list(made: Any, deck: Deck, one: Slide) -> None:
    """Text alone, on as many slides as it takes."""
    for number, said in enumerate(pages(one.points), 1):
        title = one.title
        if number > 1:
            title = term("slide_continued", deck.lang, title=title, number=number)
        slide = _begun(made, deck, Slide(title), LISTED)
        _place(slide.placeholders[1], EDGE, TOP, INNER, HEIGHT - TOP - EDGE)
        _write(slide.placeholders[1], said, 16, deck.lang)
        _finish(slide, deck, one.notes if number == 1 else ())


def pages(points: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
    """Paragraphs in groups that fit a slide each."""
    held: list[Point] = []
    used = 0
    for one in points:
        lines = 1 + len(one.bold + one.text) // LINE
        if held and used + lines > LINES:
            yield tuple(held)
            held, used = [], 0
        held.append(one)
        used += lines
    if held:
        yield tuple(held)


def _begun(made: Any, deck: Deck, one: Slide, layout: int) -> Any:
    """A slide with its title."""
    slide = made.slides.add_slide(made.slide_layouts[layout])
    title = slide.shapes.title
    _place(title, EDGE, 0.4, INNER, 0.95)
    size = next(size for most, size in TITLE_SIZES if len(one.title) <= most)
    _write(title, [Point(one.title)], size, deck.lang)
    return slide


def _finish(slide: Any, deck: Deck, notes: Sequence[str]) -> None:
    """Notes, and on invented data the words that say so."""
    _fill(slide.notes_slide.notes_text_frame, [Point(text) for text in notes], 0, deck.lang)
    if deck.banner:
        box = _box(slide, EDGE, 0.1, 3.2, 0.3)
        box.fill.solid()
        box.fill.fore_color.rgb = rgb(WARNING)
        _write(box, [Point("", deck.banner)], 12, deck.lang)
        _paint(box.text_frame, INK)


def _box(slide: Any, *place: float) -> Any:
    """A box for text at left, top, width and height in inches."""
    box = slide.shapes.add_textbox(*(Inches(number) for number in place))
    box.text_frame.word_wrap = True
    return box


def _place(shape: Any, *place: float) -> None:
    """Put a shape at left, top, width and height in inches."""
    shape.left, shape.top, shape.width, shape.height = (Inches(number) for number in place)


def _write(shape: Any, said: Sequence[Point], size: int, lang: Lang) -> None:
    """Paragraphs into a shape, titles in the lead colour."""
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = Inches(0.05)
    frame.margin_top = frame.margin_bottom = Inches(0.02)
    _fill(frame, said, size, lang)
    if shape.is_placeholder and shape.placeholder_format.idx == 0:
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _paint(frame, style.LEAD)


def _fill(frame: Any, said: Sequence[Point], size: int, lang: Lang) -> None:
    """Paragraphs, their language and size; 0 leaves the size to the template."""
    for number, one in enumerate(said):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        for text, bold in ((one.bold, True), (one.text, False)):
            if not text:
                continue
            run = paragraph.add_run()
            run.text = text
            run.font.language_id = SPOKEN[lang]
            run.font.bold = True if bold else None
            run.font.size = Pt(size) if size else None
            if one.href and not bold:
                run.hyperlink.address = one.href


def _paint(frame: Any, colour: str) -> None:
    for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
        run.font.color.rgb = rgb(colour)


def _tag(lang: Lang) -> str:
    return {"sv": "sv-SE", "en": "en-GB"}[lang]
