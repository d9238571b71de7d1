"""
Taking a view along: its figures as files, and the code that embeds it in another site.

Knows the addresses of files as `downloads` answers them, and of embedded views. It makes no file.
"""

from html import escape
from typing import Any

from dash import dcc, html

from dashboard.components import aria
from dashboard.pages.views.part import Part
from dashboard.selection import FILES
from dashboard.settings import SELF
from dashboard.text import enumerated, term
from dashboard.url import kept, link
from dashboard.visit import Visit
from etl.catalogue import Indicator

EMBEDDED = "/inbaddad"
HEIGHT = 720  # pixels, of a frame that holds heading, chart and sources


def taking(visit: Visit, indicator: Indicator, part: Part) -> html.Section:
    """The files of what is shown and of the whole indicator, and the code to embed it; folded."""
    lang = visit.lang
    lists: list[Any] = []
    if not part.rows.empty:
        lists += [html.P(term("take_shown", lang)), _files(visit, indicator, whole=False)]
    lists += [html.P(term("take_whole", lang)), _files(visit, indicator, whole=True)]
    return html.Section(
        [
            html.Details([html.Summary(term("take_files", lang)), *lists]),
            html.Details([html.Summary(term("embed", lang)), *_code(visit, part)]),
        ],
        className="taking",
        **aria(label=term("take_along", lang)),
    )


def _files(visit: Visit, indicator: Indicator, *, whole: bool) -> html.Ul:
    """Links to the files in every format; `whole`: of all there is of the indicator."""
    lang, items = visit.lang, []
    for suffix, flavour in FILES:
        path = f"/ladda-ner/{indicator.id}.{suffix}"
        state = kept(visit.state) if whole else visit.state
        address = link(path, state, notices=())
        more = [f"flavour={flavour}"] * bool(flavour) + ["omfang=allt"] * whole
        if more:
            address += ("&" if "?" in address else "?") + "&".join(more)
        name = term(f"data_file_{suffix}{'_' + flavour if flavour else ''}", lang)
        items.append(html.Li(html.A(name, href=address)))
    return html.Ul(items)


def _code(visit: Visit, part: Part) -> list[Any]:
    """The code for another site, and which sites may use it."""
    lang, settings = visit.lang, visit.context.settings
    source = settings.address + link(EMBEDDED + visit.path, visit.state, notices=())
    frame = (
        f'<iframe src="{escape(source)}" title="{escape(part.heading)}" width="100%"'
        f' height="{HEIGHT}" style="border:0" loading="lazy"></iframe>'
    )
    field = dcc.Textarea(value=frame, readOnly=True, className="embed", spellCheck=False)
    sites = [term("embed_self", lang) if one == SELF else one for one in settings.ancestors]
    said = term("embed_nobody", lang)
    if sites:
        said = term("embed_allowed", lang, names=enumerated(sites, lang))
    return [html.Label([html.Span(term("embed_code", lang)), field]), html.P(said)]
