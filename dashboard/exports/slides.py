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

import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
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

from dashboard.charts import style
from dashboard.charts.line_chart import axis_range
from dashboard.charts.style import ChartLine, marks_inside, marks_of_line
from dashboard.codes import EVERYBODY
from dashboard.data.observation import PERIOD, with_numbers
from dashboard.exports.deck import Deck, Paragraph, Slide
from dashboard.exports.office_chart import (
    ChartColumn,
    chart_columns,
    label_interval,
    number_format,
    period_axis,
)
from dashboard.panels.highlights import HighlightText
from dashboard.panels.panel import Panel
from dashboard.sentences.wording import difference_unit
from dashboard.text import enumerated, format, lower_first, term
from etl.catalogue import Indicator, Lang
from etl.catalogue.regions import COUNTRY

# Inches.
_WIDTH, _HEIGHT, _EDGE = 13.333, 7.5, 0.5
_CONTENT_WIDTH = _WIDTH - 2 * _EDGE
_TOP, _CHART_HEIGHT, _SENTENCES_TOP, _SOURCES_TOP = 1.35, 3.75, 5.2, 6.85
_HIGHLIGHTS_TOP, _WHY_TOP = 2.75, 5.35
_YEAR_WIDTH = 0.75  # between the years that are written under an axis
# Layouts that python-pptx brings.
_OPENING, _LISTED, _TITLED = 0, 1, 5
# Sizes of letters.
_TITLE_SIZES = ((110, 26), (150, 22), (10_000, 18))  # up to so many characters
_LONG_SENTENCES = 420  # characters under a chart, from which on they are smaller
# A slide of text: about so many characters on a line and lines in all.
LINE, LINES = 105, 15
_TICKS = 6
_LANGUAGES = {"sv": MSO_LANGUAGE_ID.SWEDISH, "en": MSO_LANGUAGE_ID.ENGLISH_UK}
_LANGUAGE_TAGS = {"sv": "sv-SE", "en": "en-GB"}
_BANNER_FILL, _BANNER_INK = "FFF3D6", "7A4B00"
_DOTS = ("#A9B0B8", style.LEAD)  # other regions, and the own one
_PPTX_DASHES = {
    "solid": MSO_LINE.SOLID,
    "dash": MSO_LINE.DASH,
    "dashdot": MSO_LINE.DASH_DOT,
    "longdash": MSO_LINE.LONG_DASH,
    "longdashdot": MSO_LINE.LONG_DASH_DOT,
    "dot": MSO_LINE.ROUND_DOT,
}


def write(deck: Deck) -> bytes:
    """The file of a deck."""
    presentation = Presentation()
    _widen(presentation)
    _describe(presentation, deck)
    _add_opening(presentation, deck)
    for slide in deck.slides:
        if slide.highlights:
            _add_highlights(presentation, deck, slide)
        elif slide.figures:
            _add_table(presentation, deck, slide)
        elif slide.indicator:
            _add_chapter(presentation, deck, slide, slide.indicator)
        else:
            _add_text(presentation, deck, slide)
    file = BytesIO()
    presentation.save(file)
    return file.getvalue()


def _widen(presentation: Any) -> None:
    """Make the master 16:9, so that a slide that somebody adds is, too."""
    ratio = Inches(_WIDTH) / presentation.slide_width
    presentation.slide_width, presentation.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    for page in (presentation.slide_master, *presentation.slide_master.slide_layouts):
        for shape in page.placeholders:
            if page is presentation.slide_master or shape.element.xpath(".//a:off"):
                shape.left, shape.width = int(shape.left * ratio), int(shape.width * ratio)


def _describe(presentation: Any, deck: Deck) -> None:
    about = presentation.core_properties
    about.title, about.language = deck.title, _LANGUAGE_TAGS[deck.lang]
    about.author = about.last_modified_by = term("site", deck.lang)
    about.comments = deck.banner
    about.created = about.modified = deck.built


def _add_opening(presentation: Any, deck: Deck) -> None:
    """The title slide: what, of where, from when."""
    slide = presentation.slides.add_slide(presentation.slide_layouts[_OPENING])
    _set_bounds(slide.shapes.title, _EDGE, 2.2, _CONTENT_WIDTH, 1.4)
    _set_text(slide.shapes.title, [Paragraph(deck.title)], 36, deck.lang)
    subtitle = slide.placeholders[1]
    _set_bounds(subtitle, _EDGE, 3.7, _CONTENT_WIDTH, 1.6)
    _set_text(subtitle, [Paragraph(text) for text in deck.subtitle], 18, deck.lang)
    _paint(subtitle.text_frame, style.MUTED)
    _finish(slide, deck, (deck.title, *deck.subtitle, *deck.notes))


def _add_table(presentation: Any, deck: Deck, content: Slide) -> None:
    """The headline figures as a table."""
    slide = _titled_slide(presentation, deck, content, _TITLED)
    heads = ("column_indicator", "slide_number", "slide_period", "slide_beside")
    rows = [tuple(term(head, deck.lang) for head in heads), *content.figures]
    bounds = [Inches(size) for size in (_EDGE, _TOP + 0.15, _CONTENT_WIDTH, 0.5 * len(rows))]
    frame = slide.shapes.add_table(len(rows), len(heads), *bounds)
    _name_frame(frame, term("slide_table", deck.lang, region=deck.region), content.title)
    widths = (3.9, 2.0, 0.9, _CONTENT_WIDTH - 6.8)
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Inches(width)
    for number, row in enumerate(rows):
        fill = style.LEAD if number == 0 else "F1F4F7" if number % 2 else "FFFFFF"
        for cell, text in zip(frame.table.rows[number].cells, row, strict=True):
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb(fill)
            _add_paragraphs(cell.text_frame, [Paragraph(text)], 14, deck.lang)
            if number == 0:
                _paint(cell.text_frame, "FFFFFF")
    _finish(slide, deck, content.notes)


def _add_chapter(presentation: Any, deck: Deck, content: Slide, indicator: Indicator) -> None:
    """A chapter: one or two native charts, the sentences under them, the sources."""
    slide = _titled_slide(presentation, deck, content, _LISTED)
    width = (_CONTENT_WIDTH - 0.3 * (len(content.panels) - 1)) / max(1, len(content.panels))
    for number, panel in enumerate(content.panels):
        left = _EDGE + number * (width + 0.3)
        heading = Paragraph(chart_reading(panel, indicator, deck.lang), f"{panel.heading}. ")
        _set_text(_text_box(slide, left, _TOP, width, 0.7), [heading], 11, deck.lang)
        box = (left, _TOP + 0.7, width, _CHART_HEIGHT - 0.6)
        _add_chart(slide, panel, indicator, lang=deck.lang, box=box)
    sentences = slide.placeholders[1]
    top = _SENTENCES_TOP if content.panels else _TOP
    _set_bounds(sentences, _EDGE, top, _CONTENT_WIDTH, _SOURCES_TOP - top)
    is_long = sum(len(paragraph.text) for paragraph in content.paragraphs) > _LONG_SENTENCES
    _set_text(sentences, content.paragraphs, 12 if is_long else 14, deck.lang)
    sources = _text_box(slide, _EDGE, _SOURCES_TOP, _CONTENT_WIDTH, 0.55)
    _set_text(sources, [Paragraph(line) for line in content.sources], 10, deck.lang)
    _finish(slide, deck, content.notes)


def _add_highlights(presentation: Any, deck: Deck, content: Slide) -> None:
    """What stands out: the sentences; under each its native chart and why it is shown."""
    slide, lang = _titled_slide(presentation, deck, content, _LISTED), deck.lang
    _set_bounds(slide.placeholders[1], _EDGE, _TOP, _CONTENT_WIDTH, _HIGHLIGHTS_TOP - _TOP)
    _set_text(slide.placeholders[1], content.paragraphs, 13, lang)
    width = (_CONTENT_WIDTH - 0.3 * (len(content.highlights) - 1)) / len(content.highlights)
    for number, text in enumerate(content.highlights):
        left, indicator = _EDGE + number * (width + 0.3), text.candidate.indicator
        heading = _highlight_heading(text, lang)
        _set_text(_text_box(slide, left, _HIGHLIGHTS_TOP, width, 0.5), [heading], 10, lang)
        top = _HIGHLIGHTS_TOP + 0.5
        box = (left, top, width, _WHY_TOP - top)
        frame = (
            _add_highlight_line(slide, deck, text, box)
            if text.line
            else _add_strip(slide, deck, text, box)
        )
        _name_frame(frame, f"{text.sentence} {text.reading}", indicator.title[lang])
        why = Paragraph(" ".join(text.why), f"{term('highlight_why', lang)} ")
        _set_text(_text_box(slide, left, _WHY_TOP, width, _SOURCES_TOP - _WHY_TOP), [why], 9, lang)
    sources = _text_box(slide, _EDGE, _SOURCES_TOP, _CONTENT_WIDTH, 0.55)
    _set_text(sources, [Paragraph(line) for line in content.sources], 10, lang)
    _finish(slide, deck, content.notes)


def _highlight_heading(text: HighlightText, lang: Lang) -> Paragraph:
    """Measure and unit of the chart of a highlight, and how it is read."""
    indicator = text.candidate.indicator
    unit = indicator.unit[lang] if text.line else difference_unit(indicator, lang)
    scale = _value_scale([_highlight_column(text, "")]) if text.line else None
    cut = scale is not None and not scale.low <= 0 <= scale.high
    reading = f"{text.reading} {term('axis_not_zero', lang)}" if cut else text.reading
    return Paragraph(reading, f"{indicator.title[lang]}, {lower_first(unit)}. ")


def _highlight_column(text: HighlightText, name: str) -> ChartColumn:
    known = dict(text.line)
    values = tuple(known.get(period) for period in period_axis(known.keys()))
    return ChartColumn(0, name, values, first=True)


def _add_highlight_line(
    slide: Any, deck: Deck, text: HighlightText, box: tuple[float, float, float, float]
) -> Any:
    """The line of a region that changed as few do."""
    periods = period_axis(dict(text.line).keys())
    column = _highlight_column(text, deck.region)
    frame = _line_chart(
        slide, box, periods, [column], indicator=text.candidate.indicator, lang=deck.lang
    )
    (series,) = frame.chart.plots[0].series
    _set_stroke(series, ChartLine("", EVERYBODY, deck.region, style.LEAD), is_lone=False)
    return frame


def _add_strip(
    slide: Any, deck: Deck, text: HighlightText, box: tuple[float, float, float, float]
) -> Any:
    """The regions of a level as dots on one scale, the own one dark."""
    decimals, level = text.candidate.indicator.decimals, term("slide_others", deck.lang)
    data = XyChartData(number_format=number_format(decimals))
    dots = {level: list(text.strip), deck.region: [text.candidate.value]}
    for name, numbers in dots.items():
        series = data.add_series(name)
        for number in numbers:
            series.add_data_point(number, 0)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *(Inches(size) for size in box), data)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(10), _rgb(style.MUTED)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    numbers_axis, height = chart.category_axis, chart.value_axis
    numbers_axis.has_major_gridlines = height.has_major_gridlines = False
    numbers_axis.tick_labels.number_format = number_format(decimals)
    numbers_axis.tick_labels.number_format_is_linked = False
    numbers_axis.format.line.color.rgb = _rgb(style.RULE)
    height.minimum_scale, height.maximum_scale, height.visible = -1, 1, False
    height.crosses = XL_AXIS_CROSSES.MINIMUM
    for series, colour, size in zip(chart.plots[0].series, _DOTS, (6, 11), strict=True):
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, size
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(colour)
        series.marker.format.line.fill.background()
        series.format.line.fill.background()
    return frame


def _add_text(presentation: Any, deck: Deck, content: Slide) -> None:
    """Text alone, on as many slides as it takes."""
    for number, paragraphs in enumerate(text_slides(content.paragraphs), 1):
        title = content.title
        if number > 1:
            title = term("slide_continued", deck.lang, title=title, number=number)
        slide = _titled_slide(presentation, deck, Slide(title), _LISTED)
        _set_bounds(slide.placeholders[1], _EDGE, _TOP, _CONTENT_WIDTH, _HEIGHT - _TOP - _EDGE)
        _set_text(slide.placeholders[1], paragraphs, 16, deck.lang)
        _finish(slide, deck, content.notes if number == 1 else ())


def text_slides(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, ...]]:
    """Paragraphs in groups that fit a slide each."""
    group: list[Paragraph] = []
    used = 0
    for paragraph in paragraphs:
        lines = 1 + len(paragraph.bold + paragraph.text) // LINE
        if group and used + lines > LINES:
            yield tuple(group)
            group, used = [], 0
        group.append(paragraph)
        used += lines
    if group:
        yield tuple(group)


@dataclass(frozen=True)
class _ValueScale:
    """The axis of values: its ends and the distance between its lines."""

    low: float
    high: float
    step: float


def _value_scale(columns: Sequence[ChartColumn]) -> _ValueScale:
    """An axis of round numbers that begins as on the page: at zero, or with words that say so."""
    low, high = axis_range([value for column in columns for value in column.numbers])
    power = 10.0 ** math.floor(math.log10((high - low) / _TICKS))
    step = next(power * base for base in (1, 2, 5, 10) if power * base * _TICKS >= high - low)
    return _ValueScale(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def slide_columns(panel: Panel, indicator: Indicator, lang: Lang) -> list[ChartColumn]:
    """The stretches of all lines of a panel, in their order."""
    axis = period_axis(set(map(PERIOD, panel.series)))
    return [
        column
        for number, line in enumerate(panel.lines)
        for column in chart_columns(
            line.rows(panel.series),
            marks_of_line(line, indicator),
            number=number,
            name=line.name,
            axis=axis,
            lang=lang,
        )
    ]


def chart_reading(panel: Panel, indicator: Indicator, lang: Lang) -> str:
    """Unit and how to read the chart of a slide; names only what can be seen in it."""
    columns = slide_columns(panel, indicator, lang)
    if not columns:
        return ""
    scale, unit = _value_scale(columns), indicator.unit[lang]
    parts = [f"{unit[:1].upper()}{unit[1:]}."]
    parts += [] if scale.low <= 0 <= scale.high else [term("axis_not_zero", lang)]
    marks = marks_inside(panel.series, panel.lines, indicator)
    for severity, key in (("break", "slide_breaks"), ("caution", "slide_cautions")):
        told = format.mark_labels([mark for mark in marks if mark.severity == severity], lang)
        parts += [term(key, lang, marks=enumerated(told, lang))] if told else []
    parts += [term("slide_gaps", lang)] if _has_gap(panel) else []
    if any(line.region == COUNTRY != panel.lines[0].region for line in panel.lines):
        parts.append(term("country_dashed", lang))
    return " ".join(parts)


def _has_gap(panel: Panel) -> bool:
    """Whether a line lacks a period between its first and its last number."""
    axis = period_axis(set(map(PERIOD, panel.series)))
    for line in panel.lines:
        known = set(map(PERIOD, with_numbers(line.rows(panel.series))))
        if known and any(min(known) < one < max(known) and one not in known for one in axis):
            return True
    return False


def _add_chart(
    slide: Any,
    panel: Panel,
    indicator: Indicator,
    *,
    lang: Lang,
    box: tuple[float, float, float, float],
) -> None:
    """The chart of a panel in a box of left, top, width and height in inches; none without any."""
    columns = slide_columns(panel, indicator, lang)
    if not columns:
        return
    periods = period_axis(set(map(PERIOD, panel.series)))
    frame = _line_chart(slide, box, periods, columns, indicator=indicator, lang=lang)
    _name_frame(frame, panel.alternative, panel.heading)
    for series, column in zip(frame.chart.plots[0].series, columns, strict=True):
        _set_stroke(series, panel.lines[column.series], is_lone=len(column.numbers) == 1)


def _line_chart(
    slide: Any,
    box: tuple[float, float, float, float],
    periods: Sequence[str],
    columns: Sequence[ChartColumn],
    *,
    indicator: Indicator,
    lang: Lang,
) -> Any:
    """The frame of a native chart of lines, with its axes and legend."""
    numbers = number_format(indicator.decimals)
    data = CategoryChartData(number_format=numbers)
    data.categories = [format.period_short(period, lang) for period in periods]
    for column in columns:
        data.add_series(column.name, column.values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *(Inches(size) for size in box), data)
    chart = frame.chart
    workbook = _chart_workbook(list(data.categories), columns, numbers)
    chart.part.chart_workbook.update_from_xlsx_blob(workbook)
    chart.font.size, chart.font.color.rgb = Pt(11), _rgb(style.MUTED)
    chart.has_title = False
    _set_legend(chart, columns)
    interval = label_interval(periods, most=max(1, int(box[2] / _YEAR_WIDTH)))
    _set_axes(chart, _value_scale(columns), numbers, interval=interval)
    return frame


def _chart_workbook(periods: Sequence[Any], columns: Sequence[ChartColumn], numbers: str) -> bytes:
    """
    The workbook behind a chart, where python-pptx's would calculate texts that begin with a sign.

    Args:
        periods: labels of the categories, below each other from A2.
        columns: of the series, beside each other from B1, name first.
        numbers: how Office writes the values.

    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")  # as the chart's references have it
        number = book.add_format({"num_format": numbers})
        for row, period in enumerate(periods, 1):
            sheet.write_string(row, 0, period.label)
        for place, column in enumerate(columns, 1):
            sheet.write_string(0, place, column.name)
            for row, value in enumerate(column.values, 1):
                if value is not None:
                    sheet.write_number(row, place, value, number)
    return file.getvalue()


def _set_stroke(series: Any, line: ChartLine, *, is_lone: bool) -> None:
    """Colour, width and dashes of a line; a dot for a period that stands alone."""
    colour = _rgb(line.colour)
    series.smooth = False
    series.format.line.color.rgb = colour
    series.format.line.width = Pt(line.width)
    series.format.line.dash_style = _PPTX_DASHES[line.dash]
    series.marker.style = XL_MARKER_STYLE.CIRCLE if is_lone else XL_MARKER_STYLE.NONE
    if is_lone:
        series.marker.size = 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour


def _set_legend(chart: Any, columns: Sequence[ChartColumn]) -> None:
    """One entry for each line, not for each of its stretches."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    position = chart.legend._element.find(qn("c:legendPos"))  # noqa: SLF001
    repeated = [number for number, column in enumerate(columns) if not column.first]
    for number in reversed(repeated):
        position.addnext(
            parse_xml(
                f'<c:legendEntry {nsdecls("c")}><c:idx val="{number}"/>'
                '<c:delete val="1"/></c:legendEntry>'
            )
        )


def _set_axes(chart: Any, scale: _ValueScale, numbers: str, *, interval: int) -> None:
    """Both axes; one period of so many is written."""
    values, years = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = scale.low, scale.high
    values.major_unit = scale.step
    values.tick_labels.number_format = numbers if scale.step < 1 else "#,##0"
    values.tick_labels.number_format_is_linked = False
    values.major_gridlines.format.line.color.rgb = _rgb(style.GRID)
    values.format.line.fill.background()
    years.format.line.color.rgb = _rgb(style.RULE)
    years.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    years.has_major_gridlines = False
    last = years._element.find(qn("c:noMultiLvlLbl"))  # noqa: SLF001
    for name in ("tickLblSkip", "tickMarkSkip"):
        last.addprevious(parse_xml(f'<c:{name} {nsdecls("c")} val="{interval}"/>'))


def _titled_slide(presentation: Any, deck: Deck, content: Slide, layout: int) -> Any:
    """A slide with its title."""
    slide = presentation.slides.add_slide(presentation.slide_layouts[layout])
    title = slide.shapes.title
    _set_bounds(title, _EDGE, 0.4, _CONTENT_WIDTH, 0.95)
    size = next(size for most, size in _TITLE_SIZES if len(content.title) <= most)
    _set_text(title, [Paragraph(content.title)], size, deck.lang)
    return slide


def _finish(slide: Any, deck: Deck, notes: Sequence[str]) -> None:
    """Notes, and on invented data the words that say so."""
    frame = slide.notes_slide.notes_text_frame
    _add_paragraphs(frame, [Paragraph(text) for text in notes], 0, deck.lang)
    if deck.banner:
        box = _text_box(slide, _EDGE, 0.1, 3.2, 0.3)
        box.fill.solid()
        box.fill.fore_color.rgb = _rgb(_BANNER_FILL)
        _set_text(box, [Paragraph("", deck.banner)], 12, deck.lang)
        _paint(box.text_frame, _BANNER_INK)


def _name_frame(frame: Any, text: str, title: str) -> None:
    """The text alternative of a chart or table, and its name in the list of objects."""
    named = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001  # python-pptx has no other
    named.set("descr", text)
    named.set("name", title)


def _text_box(slide: Any, *bounds: float) -> Any:
    """A box for text at left, top, width and height in inches."""
    box = slide.shapes.add_textbox(*(Inches(number) for number in bounds))
    box.text_frame.word_wrap = True
    return box


def _set_bounds(shape: Any, *bounds: float) -> None:
    """Put a shape at left, top, width and height in inches."""
    shape.left, shape.top, shape.width, shape.height = (Inches(number) for number in bounds)


def _set_text(shape: Any, paragraphs: Sequence[Paragraph], size: int, lang: Lang) -> None:
    """Paragraphs into a shape, titles in the lead colour."""
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = Inches(0.05)
    frame.margin_top = frame.margin_bottom = Inches(0.02)
    _add_paragraphs(frame, paragraphs, size, lang)
    if shape.is_placeholder and shape.placeholder_format.idx == 0:
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _paint(frame, style.LEAD)


def _add_paragraphs(frame: Any, paragraphs: Sequence[Paragraph], size: int, lang: Lang) -> None:
    """Paragraphs, their language and size; 0 leaves the size to the template."""
    for number, content in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        for text, bold in ((content.bold, True), (content.text, False)):
            if not text:
                continue
            run = paragraph.add_run()
            run.text = text
            run.font.language_id = _LANGUAGES[lang]
            run.font.bold = True if bold else None
            run.font.size = Pt(size) if size else None
            if content.href and not bold:
                run.hyperlink.address = content.href


def _paint(frame: Any, colour: str) -> None:
    """All text of a frame in a colour."""
    for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
        run.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    """A colour of the palette ("#12436D") as python-pptx has it."""
    return RGBColor.from_string(colour.removeprefix("#"))
