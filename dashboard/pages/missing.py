"""The pages that say what is not there: no such page, no such indicator, no warehouse."""

from dash import dcc, html

from dashboard.components.frame import Page
from dashboard.state.url import State, link
from dashboard.text import term
from etl.catalogue import Lang


def not_found(path: str, state: State) -> Page:
    """An address that leads nowhere, with a way on."""
    return _lost(term("no_page", state.lang, path=path), state)


def no_indicator(id: str, state: State) -> Page:
    """An indicator that the catalogue does not have."""
    return _lost(term("no_indicator", state.lang, id=id), state)


def no_version(path: str, state: State) -> Page:
    """A version that is no longer kept, and the same page in the current one."""
    title = term("no_version", state.lang)
    now = link(path, state, version="")
    return Page(
        title,
        [
            html.Div(html.H1(title), className="place"),
            html.P(term("no_version_why", state.lang, version=state.version), className="lede"),
            html.P(dcc.Link(term("to_current", state.lang), href=now, className="btn lead")),
        ],
        status=410,
    )


def no_warehouse(lang: Lang) -> Page:
    """Nothing is published yet: which command makes data."""
    title = term("no_warehouse", lang)
    return Page(
        title,
        [
            html.Div(html.H1(title), className="place"),
            html.P(term("no_warehouse_why", lang), className="lede"),
            html.Dl(
                [
                    html.Dt(html.Code("python -m etl demo")),
                    html.Dd(term("command_example", lang)),
                    html.Dt(html.Code("make data")),
                    html.Dd(term("command_real", lang)),
                ],
                className="commands",
            ),
        ],
        status=503,
    )


def _lost(sentence: str, state: State) -> Page:
    title = term("not_found", state.lang)
    home = link("/", State(region=state.region, lang=state.lang))
    return Page(
        title,
        [
            html.Div(html.H1(title), className="place"),
            html.P(sentence, className="lede"),
            html.P(dcc.Link(term("way_on", state.lang), href=home, className="btn lead")),
        ],
        status=404,
    )
