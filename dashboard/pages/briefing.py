"""
Briefing: one region on a few sheets, to read aloud from in a meeting or to take along.

Knows how a briefing is laid out on screen and paper; its content is that of `briefing`.
"""

from datetime import datetime

from dash import dcc, html

from dashboard.charts import style
from dashboard.components.controls import select_indicators
from dashboard.components.frame import Page, aria, notices, select
from dashboard.components.pictures import sourced
from dashboard.pages.overview import indicator_tile
from dashboard.panels.briefing import Briefing, Chapter, briefing
from dashboard.panels.panel import Panel
from dashboard.panels.provenance import composition_lines
from dashboard.state.links import Shown, collection_or_theme
from dashboard.state.resolve import own_region
from dashboard.state.url import link, printed
from dashboard.state.visit import Visit
from dashboard.text import term
from dashboard.text.format import day, meaning, symbol

DOWNLOADS = (("/briefing.pdf", "briefing_pdf"), ("/briefing.pptx", "briefing_pptx"))


def page(visit: Visit) -> Page:
    """The briefing of a link, with its controls, which are not printed."""
    own = own_region(visit.state, visit.places)[0]
    if own not in visit.places:
        title = term("page_briefing", visit.lang)
        return Page(title, [html.Div(html.H1(title), className="place")])
    made = briefing(visit)
    content = html.Div(
        [
            _top(visit, made),
            *notices(made.said, visit.lang),
            _figures(visit, made),
            *(_chapter(visit, chapter, place) for place, chapter in enumerate(made.chapters, 1)),
            _not_shown(visit, made),
            _sources(visit, made),
        ],
        className="briefing large" if visit.state.text_size == "stor" else "briefing",
    )
    shown = Shown({"region": own, "gathered": collection_or_theme(visit.state), "add": ""})
    return Page(made.title, [content], shown=shown)


def _top(visit: Visit, made: Briefing) -> html.Header:
    """Title, whom the region is beside, and the controls."""
    lang = visit.lang
    other = "normal" if visit.state.text_size == "stor" else "stor"
    size = link("/briefing", visit.state, text_size=other, notices=())
    search = printed(visit.state)
    options = visit.menu(made.region)
    return html.Header(
        [
            html.P(term("briefing_label", lang), className="crumb"),
            html.H1(made.title),
            *([html.P(made.subtitle)] if made.subtitle else []),
            html.Div(
                [
                    select("region", term("choose_region", lang), options, made.region),
                    select_indicators(
                        visit,
                        term("briefing_choose", lang),
                        every=term("briefing_usual", lang).capitalize(),
                    ),
                ],
                className="controls",
            ),
            html.Nav(
                html.Ul(
                    [
                        *(
                            html.Li(html.A(term(key, lang), href=path + search))
                            for path, key in DOWNLOADS
                        ),
                        html.Li(
                            dcc.Link(
                                term(
                                    "briefing_large" if other == "stor" else "briefing_normal", lang
                                ),
                                href=size,
                            )
                        ),
                        html.Li(dcc.Link(term("link_rolling", lang), href=made.rolling)),
                        html.Li(dcc.Link(term("link_frozen", lang), href=made.frozen)),
                    ]
                ),
                className="collections ways",
                **aria(label=term("briefing_ways", lang)),
            ),
        ],
        className="place",
    )


def _figures(visit: Visit, made: Briefing) -> html.Section:
    """The newest figure of every indicator, before anything is explained."""
    tiles = [
        indicator_tile(visit, one.indicator, one.row)
        for one in made.chapters
        if one.row and one.row.glance.newest
    ]
    heading = html.H2(term("briefing_figures", visit.lang))
    return html.Section([heading, html.Div(tiles, className="tiles")], className="headlines")


def _chapter(visit: Visit, chapter: Chapter, place: int) -> html.Article:
    """One indicator: its statement, what may be said, and small charts."""
    charts = [
        _chart(visit, chapter, drawn, f"chart-{place}-{number}")
        for number, drawn in enumerate(chapter.panels)
    ]
    sentences = [html.P(said) for said in chapter.sentences]
    # Of whom a number is, is read with the number.
    sentences[1:1] = [html.P(line, className="src") for line in chapter.made]
    return html.Article(
        [
            html.H2(chapter.title),
            html.Div(sentences, className="telling"),
            html.Div(charts, className="charts") if charts else None,
            *(html.P(line, className="src") for line in (*chapter.notes, *chapter.sources)),
        ],
        className="chapter",
    )


def _chart(visit: Visit, chapter: Chapter, drawn: Panel, id: str) -> html.Div:
    """A small chart with its heading and its text alternative."""
    key = [(line.colour, line.name) for line in drawn.lines]
    buttons = sourced(
        visit,
        [*composition_lines(visit, chapter.indicator, drawn.series), *chapter.sources],
        title=drawn.heading,
        how=drawn.subline,
        name=(chapter.indicator.id, term("page_briefing", visit.lang)),
        key=key,
    )
    graph = dcc.Graph(id=id, figure=drawn.figure, config=style.chart_config(), responsive=True)
    return html.Div(
        [
            html.H3(drawn.heading),
            html.P(drawn.subline, className="sub"),
            html.P([*_key(drawn), *_symbols(drawn)], className="key"),
            html.Div(graph, role="img", className="chart small", **aria(label=drawn.alternative)),
            buttons,
        ],
        className="part",
    )


def _key(drawn: Panel) -> list[html.Span]:
    """Which line is whose: a small chart has no room for names at the lines' ends."""
    return [
        html.Span(
            [html.I(className=f"line {one.dash}", style={"borderColor": one.colour}), one.name]
        )
        for one in drawn.lines
    ]


def _symbols(drawn: Panel) -> list[html.Span]:
    """What the symbols at the foot of the chart mean, where values are missing."""
    lang, rows = drawn.wording.lang, drawn.series
    signs = sorted({symbol(status) for status in rows["status"][rows["value"].isna()]} - {""})
    return [html.Span([html.B(sign), meaning(sign, lang)]) for sign in signs]


def _not_shown(visit: Visit, made: Briefing) -> html.Section:
    """What the measures do not show: each once, and what holds for all."""
    items = []
    common: dict[str, None] = {}
    for chapter in made.chapters:
        own, *rest = chapter.limits
        items.append(html.Li([html.B(f"{chapter.indicator.title[visit.lang]}. "), own]))
        common |= dict.fromkeys(rest)
    words = [html.P(text) for text in common]
    heading = html.H2(term("briefing_not", visit.lang))
    return html.Section([heading, html.Ul(items), *words], className="limits")


def _sources(visit: Visit, made: Briefing) -> html.Section:
    """Every table once, the version, and the address that leads back here."""
    lang = visit.lang
    lines = dict.fromkeys(line for chapter in made.chapters for line in chapter.sources)
    built = datetime.strptime(visit.warehouse.version[:8], "%Y%m%d")  # noqa: DTZ007
    version = term("briefing_version", lang, version=visit.warehouse.version, date=day(built, lang))
    address = visit.context.settings.address + made.frozen
    return html.Section(
        [
            html.H2(term("briefing_sources", lang)),
            *(html.P(line) for line in lines),
            html.P(version),
            html.P([f"{term('link_frozen', lang)}: ", html.A(address, href=made.frozen)]),
        ],
        className="sources",
    )
