"""The pages that say what is not there, be it a page, an indicator, or figures to be read."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.frame import Page
from dashboard.state.retired import last_shown
from dashboard.state.url import State, carried, link
from dashboard.text import term
from etl.catalogue import Lang, Retired
from etl.catalogue.pointer import KEEPING


def heading_page(title: str, content: Sequence[Any] = (), *, status: int = 200) -> Page:
    """A page of a heading, and what stands under it."""
    return Page(title, [html.Div(html.H1(title), className="place"), *content], status=status)


def not_found(path: str, state: State) -> Page:
    """An address that leads nowhere, with a link to the overview."""
    return _unknown(term("no_page", state.lang, path=path), state)


def no_indicator(id: str, state: State) -> Page:
    """An indicator that the catalogue does not have."""
    return _unknown(term("no_indicator", state.lang, id=id), state)


def gone_indicator(retired: Retired, state: State, *, embedded: bool) -> Page:
    """An indicator that is no longer shown: why, and the way to those that are."""
    lang = state.lang
    words, others = term("to_indicators", lang), link("/data", carried(state, version=""))
    # Another site's frame may hold views of indicators only.
    way = (
        html.A(words, href=others, target="_blank", rel="noopener", className="btn lead")
        if embedded
        else dcc.Link(words, href=others, className="btn lead")
    )
    content = [
        html.P(retired.reason[lang], className="lede"),
        html.P(last_shown(retired, lang)),
        html.P(way),
    ]
    return heading_page(term("gone_title", lang, title=retired.title[lang]), content, status=410)


def no_version(path: str, state: State) -> Page:
    """A version that is no longer there, and the same page in the current one."""
    current = link(path, state, version="")
    content = [
        html.P(
            term(
                "no_version_why",
                state.lang,
                version=state.version,
                newest=KEEPING.newest,
                days=KEEPING.days,
            ),
            className="lede",
        ),
        html.P(dcc.Link(term("to_current", state.lang), href=current, className="btn lead")),
    ]
    return heading_page(term("no_version", state.lang), content, status=410)


def unreadable(path: str, state: State, *, others: bool) -> Page:
    """
    Figures that are there and cannot be read; the same page in the current version.

    `others`: whether there is such a version.
    """
    if others:
        words, to_current = term("to_current", state.lang), link(path, state, version="")
        way: Any = dcc.Link(words, href=to_current, className="btn lead")
    else:  # the page itself, asked for anew
        way = html.A(term("try_again", state.lang), href=link(path, state), className="btn lead")
    content = [html.P(term("unreadable_why", state.lang), className="lede"), html.P(way)]
    return heading_page(term("unreadable", state.lang), content, status=503)


def no_warehouse(lang: Lang) -> Page:
    """Nothing is published yet: which command makes data."""
    commands = (("python -m etl demo", "command_example"), ("make data", "command_real"))
    items = [
        part
        for command, key in commands
        for part in (html.Dt(html.Code(command)), html.Dd(term(key, lang)))
    ]
    content = [
        html.P(term("no_warehouse_why", lang), className="lede"),
        html.Dl(items, className="commands"),
    ]
    return heading_page(term("no_warehouse", lang), content, status=503)


def _unknown(sentence: str, state: State) -> Page:
    home = link("/", State(region=state.region, lang=state.lang))
    content = [
        html.P(sentence, className="lede"),
        html.P(dcc.Link(term("way_on", state.lang), href=home, className="btn lead")),
    ]
    return heading_page(term("not_found", state.lang), content, status=404)
