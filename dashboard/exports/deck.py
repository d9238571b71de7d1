"""
What the slides of a briefing say, slide by slide, before anything is laid out.

Knows the order of the slides and what stands in their notes. Every word of content is that of
`briefing`; it asks no question and decides nothing that may be said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.data.observation import Observation
from dashboard.exports.extract import LICENCE, address_told
from dashboard.panels.briefing import Briefing, Chapter, briefing_sources
from dashboard.panels.highlights import HighlightText, HighlightTexts
from dashboard.panels.overview import missing_figure
from dashboard.panels.panel import Panel
from dashboard.sentences.figures import missing_sentence
from dashboard.sentences.unions import member_kind, member_word
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import Indicator, Lang

_MOST_TEXTS = 3
MOST_LETTERS, _UNION_LETTERS = 800, 560  # under a chart, and those of them on unions
FigureRow = tuple[str, str, str, str]  # indicator, figure, period, comparison


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, the words in bold before it, the address it leads to."""

    text: str
    bold: str = ""
    href: str = ""


@dataclass(frozen=True)
class Slide:
    """
    One slide.

    `paragraphs` are its text, `panels` its charts of `indicator`, `figures` the rows of its
    table, `highlights` what stands out, each with its small chart, `sources` its source lines,
    `notes` the speaker notes.
    """

    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    indicator: Indicator | None = None
    panels: tuple[Panel, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    highlights: tuple[HighlightText, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deck:
    """A briefing as slides; `banner` stands on each of them, "" for real figures."""

    title: str
    region: str
    subtitle: tuple[str, ...]
    banner: str
    lang: Lang
    built: datetime
    notes: tuple[str, ...]
    slides: tuple[Slide, ...]


def deck(visit: Visit, briefing: Briefing, address: str) -> Deck:
    """The slides of a briefing; `address` is the scheme and host of its links, if there is one."""
    lang, version = visit.lang, visit.warehouse.version
    built = datetime.strptime(version[:8], "%Y%m%d")  # noqa: DTZ007
    dated = term("briefing_version", lang, version=version, date=format.day(built, lang))
    return Deck(
        title=briefing.title,
        region=visit.regions[briefing.region].name(lang),
        subtitle=tuple(filter(None, (briefing.subtitle, dated))),
        banner=term("example", lang) if visit.warehouse.example else "",
        lang=lang,
        built=built,
        notes=briefing.notices,
        slides=(
            _highlights(briefing.highlights, lang),
            _figures(visit, briefing),
            *(_chapter(chapter, lang) for chapter in briefing.chapters),
            _limits(briefing, lang),
            _sources(briefing, dated=dated, address=address, lang=lang),
        ),
    )


def _highlights(told: HighlightTexts, lang: Lang) -> Slide:
    """What stands out in the region: a sentence each, its small chart, and why it is shown."""
    if not told.texts:
        return Slide(told.title, paragraphs=(Paragraph(told.nothing),), notes=(told.nothing,))
    paragraphs = [
        Paragraph(text.sentence, f"{text.candidate.indicator.title[lang]}. ") for text in told.texts
    ]
    why = [part for text in told.texts for part in (text.sentence, text.reading, *text.why)]
    return Slide(
        told.title,
        paragraphs=tuple(paragraphs),
        highlights=told.texts,
        sources=(told.source,),
        notes=tuple(why),
    )


def _figures(visit: Visit, briefing: Briefing) -> Slide:
    """The newest figure of every indicator and whom it is beside."""
    lang = visit.lang
    rows = []
    for chapter in briefing.chapters:
        newest = chapter.row.content.newest if chapter.row else None
        if chapter.row is None or newest is None:
            missing = missing_figure(visit, chapter.indicator)
            rows.append((chapter.indicator.title[lang], "", "", missing))
            continue
        number = format.measured(newest.value, newest.status, chapter.indicator, lang)
        unit = f" {chapter.indicator.unit[lang]}" if format.names_unit(chapter.indicator) else ""
        beside = " ".join(chapter.row.content.beside[:1])
        number += f"{unit}{_share(newest, lang)}"
        period = format.period_name(newest.period, lang)
        rows.append((chapter.indicator.title[lang], number, period, beside))
    statements = tuple(chapter.title for chapter in briefing.chapters)
    return Slide(term("briefing_figures", lang), figures=tuple(rows), notes=statements)


def _share(observation: Observation, lang: Lang) -> str:
    """Of how many parts a number is made, where some are lacking: " (19 av 21 kommuner)"."""
    if not observation.lacking:
        return ""
    members = len(observation.members)
    of = term("export_of", lang, present=members - len(observation.lacking), members=members)
    return f" ({of} {member_word(member_kind(observation.members), members, lang)})"


def _chapter(chapter: Chapter, lang: Lang) -> Slide:
    """An indicator: its statement, its charts, the sentences on how it develops."""
    alternatives = [panel.alternative for panel in chapter.panels]
    notes = [term("slide_alternative", lang), *alternatives] if alternatives else []
    notes += [term("slide_sentences", lang), *chapter.sentences] if chapter.sentences else []
    return Slide(
        chapter.title,
        paragraphs=tuple(
            Paragraph(text) for text in chapter_texts(chapter) or [term("slide_none", lang)]
        ),
        indicator=chapter.indicator,
        panels=chapter.panels,
        sources=chapter.sources,
        notes=(*notes, *chapter.notes, *chapter.compositions),
    )


def chapter_texts(chapter: Chapter) -> tuple[str, ...]:
    """At most three paragraphs beside the title: missing figure, change, unions, comparisons."""
    if not chapter.panels:
        return chapter.sentences[:_MOST_TEXTS]
    narrative = chapter.panels[0].summary
    developments = (narrative.change, *narrative.directions)
    comparisons = [
        text
        for text in chapter.sentences
        if text not in developments and not (narrative.level and text.startswith(narrative.level))
    ]
    texts = [
        *_missing(chapter),
        narrative.change,
        " ".join(_fitting(chapter.compositions, _UNION_LETTERS)),
        *comparisons[:1],
        *narrative.directions[:1],
        *comparisons[1:],
    ]
    return _fitting([text for text in dict.fromkeys(texts) if text], MOST_LETTERS)[:_MOST_TEXTS]


def _fitting(texts: Sequence[str], room: int) -> tuple[str, ...]:
    """The first text, and of the others those for which there is room: all are in the notes."""
    fitting: list[str] = []
    for text in texts:
        if not fitting or sum(map(len, fitting)) + len(text) <= room:
            fitting.append(text)
    return tuple(fitting)


def _missing(chapter: Chapter) -> Iterator[str]:
    """That the newest period has no figure, and why."""
    panel = chapter.panels[0]
    for line in panel.lines[:1]:
        newest = line.rows(panel.series)[-1:]
        yield from (missing_sentence(last, panel.wording) for last in newest if not last.present)


def _limits(briefing: Briefing, lang: Lang) -> Slide:
    """What the measures do not show: each once, then what holds for all."""
    limits = [
        Paragraph(chapter.limits[0], f"{chapter.indicator.title[lang]}. ")
        for chapter in briefing.chapters
    ]
    common = dict.fromkeys(text for chapter in briefing.chapters for text in chapter.limits[1:])
    paragraphs = (*limits, *(Paragraph(text) for text in common))
    return Slide(term("briefing_not", lang), paragraphs=paragraphs, notes=_plain(paragraphs))


def _sources(briefing: Briefing, *, dated: str, address: str, lang: Lang) -> Slide:
    """Every table once, the version, the licence and the address that leads back."""
    href = address + briefing.frozen
    paragraphs = (
        *(Paragraph(line) for line in briefing_sources(briefing)),
        Paragraph(dated),
        Paragraph(LICENCE, f"{term('export_licence', lang)}: "),
        Paragraph(href, f"{term('slide_address', lang)}: ", href if address else ""),
        *(Paragraph(text) for text in address_told(href, lang)),
        *(Paragraph(text) for text in briefing.notices),
    )
    return Slide(term("briefing_sources", lang), paragraphs=paragraphs, notes=_plain(paragraphs))


def _plain(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    return tuple(paragraph.bold + paragraph.text for paragraph in paragraphs)
