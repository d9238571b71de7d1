"""
A briefing as slides (PPTX, 16:9) that PowerPoint and LibreOffice open and edit.

Knows python-pptx and where things stand on a slide; what they say is decided in `deck`. Titles
are titles and bullets are bullets, so that outline and screen readers find them.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from dashboard import template
from dashboard.exports import slidechart
from dashboard.exports.deck import Deck, Point, Slide
from dashboard.text import term
from etl.catalogue import Indicator, Lang

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
    _paint(below.text_frame, template.QUIET)
    _finish(slide, deck, (deck.title, *deck.subtitle, *deck.notes))


def _tabulate(made: Any, deck: Deck, one: Slide) -> None:
    """The headline figures as a table."""
    slide = _begun(made, deck, one, TITLED)
    heads = ("column_indicator", "slide_number", "slide_year", "slide_beside")
    size = (len(one.figures) + 1, len(heads))
    place = [Inches(number) for number in (EDGE, TOP + 0.15, INNER, 0.5 * size[0])]
    frame = slide.shapes.add_table(*size, *place)
    slidechart.tell(frame, term("slide_table", deck.lang, region=deck.region), one.title)
    rows = [tuple(term(head, deck.lang) for head in heads), *one.figures]
    for column, width in zip(frame.table.columns, (3.9, 2.0, 0.9, INNER - 6.8), strict=True):
        column.width = Inches(width)
    for number, row in enumerate(rows):
        for cell, text in zip(frame.table.rows[number].cells, row, strict=True):
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = slidechart.colour("F1F4F7" if number % 2 else "FFFFFF")
            if number == 0:
                cell.fill.fore_color.rgb = slidechart.colour(template.LEAD)
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
        reading = slidechart.reading(panel, indicator, deck.lang)
        _write(head, [Point(reading, f"{panel.heading}. ")], 11, deck.lang)
        box = (left, TOP + 0.7, wide, CHARTS - 0.6)
        slidechart.draw(slide, panel, indicator, lang=deck.lang, box=box)
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
        box.fill.fore_color.rgb = slidechart.colour(WARNING)
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
        _paint(frame, template.LEAD)


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
        run.font.color.rgb = slidechart.colour(colour)


def _tag(lang: Lang) -> str:
    return {"sv": "sv-SE", "en": "en-GB"}[lang]
