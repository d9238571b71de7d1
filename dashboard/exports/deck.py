"""
What the slides of a briefing say, slide by slide, before anything is laid out.

Knows the order of the slides and what stands in their notes. Every word of content is that of
`briefing`; it asks no question and decides nothing that may be said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.data.observation import Observation, as_observations
from dashboard.exports.extract import LICENCE
from dashboard.panels.briefing import Briefing, Chapter
from dashboard.panels.overview import missing_figure
from dashboard.panels.panel import Panel
from dashboard.sentences.figures import missing_sentence
from dashboard.sentences.unions import member_kind, member_word
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import Indicator, Lang

POINTS = 3
ROOM, UNIONS = 800, 560  # characters under a chart, and those of them on unions
Figures = tuple[tuple[str, str, str, str], ...]


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
    table, `sources` its source lines, `notes` what whoever speaks has beside it.
    """

    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    indicator: Indicator | None = None
    panels: tuple[Panel, ...] = ()
    figures: Figures = ()
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


def deck(visit: Visit, made: Briefing, address: str) -> Deck:
    """The slides of a briefing; `address` is the scheme and host that its links begin with."""
    lang, version = visit.lang, visit.warehouse.version
    built = datetime.strptime(version[:8], "%Y%m%d")  # noqa: DTZ007
    dated = term("briefing_version", lang, version=version, date=format.day(built, lang))
    return Deck(
        title=made.title,
        region=visit.regions[made.region].name(lang),
        subtitle=tuple(filter(None, (made.subtitle, dated))),
        banner=term("example", lang) if visit.warehouse.example else "",
        lang=lang,
        built=built,
        notes=made.said,
        slides=(
            _figures(visit, made),
            *(_chapter(one, lang) for one in made.chapters),
            _limits(made, lang),
            _sources(made, dated=dated, address=address, lang=lang),
        ),
    )


def _figures(visit: Visit, made: Briefing) -> Slide:
    """The newest figure of every indicator and whom it is beside."""
    lang = visit.lang
    rows = []
    for one in made.chapters:
        newest = one.row.glance.newest if one.row else None
        if one.row is None or newest is None:
            rows.append((one.indicator.title[lang], "", "", missing_figure(visit, one.indicator)))
            continue
        number = format.measured(newest.value, newest.status, one.indicator, lang)
        unit = f" {one.indicator.unit[lang]}" if format.names_unit(one.indicator) else ""
        beside = " ".join(one.row.glance.beside[:1])
        number += f"{unit}{_share(newest, lang)}"
        rows.append((one.indicator.title[lang], number, newest.period, beside))
    told = tuple(one.title for one in made.chapters)
    return Slide(term("briefing_figures", lang), figures=tuple(rows), notes=told)


def _share(one: Observation, lang: Lang) -> str:
    """Of how many parts a number is made, where some are lacking: " (19 av 21 kommuner)"."""
    if not one.lacking:
        return ""
    members = len(one.members)
    of = term("export_of", lang, present=members - len(one.lacking), members=members)
    return f" ({of} {member_word(member_kind(one.members), members, lang)})"


def _chapter(one: Chapter, lang: Lang) -> Slide:
    """An indicator: its statement, its charts, the sentences that move it on."""
    words = [panel.alternative for panel in one.panels]
    notes = [term("slide_alternative", lang), *words] if words else []
    notes += [term("slide_sentences", lang), *one.sentences] if one.sentences else []
    return Slide(
        one.title,
        paragraphs=tuple(
            Paragraph(text) for text in chapter_texts(one) or [term("slide_none", lang)]
        ),
        indicator=one.indicator,
        panels=one.panels,
        sources=one.sources,
        notes=(*notes, *one.notes, *one.made),
    )


def chapter_texts(one: Chapter) -> tuple[str, ...]:
    """At most three paragraphs beside the title: what is missing, moved, put together, apart."""
    if not one.panels:
        return one.sentences[:POINTS]
    told = one.panels[0].told
    own = (told.change, *told.directions)
    told_of = [text for text in one.sentences if text not in own]
    apart = [text for text in told_of if not (told.level and text.startswith(told.level))]
    found = [
        *_missing(one),
        told.change,
        " ".join(_within(one.made, UNIONS)),
        *apart[:1],
        *told.directions[:1],
        *apart[1:],
    ]
    return _within([text for text in dict.fromkeys(found) if text], ROOM)[:POINTS]


def _within(texts: Sequence[str], room: int) -> tuple[str, ...]:
    """The first text, and of the others those for which there is room: all are in the notes."""
    kept: list[str] = []
    for text in texts:
        if not kept or sum(map(len, kept)) + len(text) <= room:
            kept.append(text)
    return tuple(kept)


def _missing(one: Chapter) -> Iterator[str]:
    """That the newest year has no figure, and why."""
    panel = one.panels[0]
    for line in panel.lines[:1]:
        found = as_observations(line.rows(panel.series), one.indicator.id)
        yield from (
            missing_sentence(last, panel.wording) for last in found[-1:] if not last.present
        )


def _limits(made: Briefing, lang: Lang) -> Slide:
    """What the measures do not show: each once, then what holds for all."""
    own = [Paragraph(one.limits[0], f"{one.indicator.title[lang]}. ") for one in made.chapters]
    common = dict.fromkeys(text for one in made.chapters for text in one.limits[1:])
    said = (*own, *(Paragraph(text) for text in common))
    return Slide(term("briefing_not", lang), paragraphs=said, notes=_plain(said))


def _sources(made: Briefing, *, dated: str, address: str, lang: Lang) -> Slide:
    """Every table once, the version, the licence and the address that leads back."""
    lines = dict.fromkeys(line for one in made.chapters for line in one.sources)
    href = address + made.frozen
    said = (
        *(Paragraph(line) for line in lines),
        Paragraph(dated),
        Paragraph(LICENCE, f"{term('export_licence', lang)}: "),
        Paragraph(href, f"{term('slide_address', lang)}: ", href),
        *(Paragraph(text) for text in made.said),
    )
    return Slide(term("briefing_sources", lang), paragraphs=said, notes=_plain(said))


def _plain(said: Sequence[Paragraph]) -> tuple[str, ...]:
    return tuple(one.bold + one.text for one in said)
