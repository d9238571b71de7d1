"""
What of the catalogue a reader takes along: the indicators chosen, and links to their files.

Knows the addresses of files as `downloads` answers them. It makes no file.
"""

from collections.abc import Container, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.components import frame, search
from dashboard.state.regions import menu_name
from dashboard.state.resolve import selected_region
from dashboard.state.url import KEYS, State, link
from dashboard.state.visit import Visit
from dashboard.text import term, terms
from etl.catalogue import Indicator, Lang
from etl.catalogue.regions import COUNTRY

TABLE_SUFFIXES = frozenset({"csv", "xlsx", "parquet"})  # of files that are one table
_WHOLE, _CHOSEN = "katalogen", "urval"


def file_formats() -> tuple[tuple[str, str], ...]:
    """Suffix and flavour of each format, in the order of the words of their links."""
    keys = (key.removeprefix("data_file_") for key in terms() if key.startswith("data_file_"))
    return tuple((suffix, flavour) for suffix, _, flavour in (key.partition("_") for key in keys))


def file_links(
    path: str, state: State, *, suffixes: Container[str] | None = None, scope: str = ""
) -> list[html.Li]:
    """
    A link to a file in each format.

    Args:
        path: of the file, without suffix.
        state: what of the link goes along.
        suffixes: of the formats that there are; None is all.
        scope: of which rows, as the address says it (`omfang`); "" for what is shown.

    """
    items = []
    for suffix, flavour in file_formats():
        if suffixes is not None and suffix not in suffixes:
            continue
        address = link(f"{path}.{suffix}", state, notices=())
        more = [f"flavour={flavour}"] * bool(flavour) + [f"omfang={scope}"] * bool(scope)
        if more:
            address += ("&" if "?" in address else "?") + "&".join(more)
        items.append(html.Li(html.A(_format_name(suffix, flavour, state.lang), href=address)))
    return items


def _format_name(suffix: str, flavour: str, lang: Lang) -> str:
    return term(f"data_file_{suffix}{'_' + flavour if flavour else ''}", lang)


def indicators_along(visit: Visit, shown: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The indicators that go along: those chosen, or else those that the page shows."""
    chosen = [visit.catalogue.indicator[id] for id in chosen_ids(visit)]
    return tuple(chosen or shown)


def chosen_ids(visit: Visit) -> list[str]:
    """The ids of the chosen indicators that exist, in the catalogue's order."""
    return [id for id in visit.catalogue.indicator if id in visit.state.indicators]


def unknown_indicators(visit: Visit) -> list[str]:
    """A sentence for each chosen indicator that the catalogue does not have."""
    return [
        term("data_unknown_indicator", visit.lang, value=id)
        for id in visit.state.indicators
        if id not in visit.catalogue.indicator
    ]


def _file_address(
    visit: Visit, along: Sequence[Indicator], *, file: tuple[str, str], here: bool
) -> str:
    """The address of a file: the whole catalogue, or some indicators; `here`: of one region."""
    suffix, flavour = file
    is_whole = len(along) == len(visit.catalogue.indicators) and not here
    asked = {
        KEYS["indicators"].name: "" if is_whole else ",".join(indicator.id for indicator in along),
        "region": selected_region(visit.state, visit.regions)[0] if here else "",
        "lang": "" if visit.lang == "sv" else visit.lang,
        "version": visit.state.version,
        "flavour": flavour,
    }
    query = "&".join(f"{key}={value}" for key, value in asked.items() if value)
    path = f"/ladda-ner/{_WHOLE if is_whole else _CHOSEN}.{suffix}"
    return f"{path}?{query}" if query else path


def catalogue_downloads(visit: Visit, shown: Sequence[Indicator]) -> html.Section:
    """The section of downloads: what goes along, the choice of it, and the files."""
    lang, along = visit.lang, indicators_along(visit, shown)
    region = selected_region(visit.state, visit.regions)[0]
    heading = html.H3(term("data_downloads", lang))
    if not along:
        return html.Section([heading, html.P(term("data_nothing", lang))], className="downloads")
    count = search.count_phrase("indicators", len(along), lang)
    key = "data_along_chosen" if visit.state.indicators else "data_along_shown"
    content: list[Any] = [heading, html.P(term(key, lang, count=count)), _choice(visit, shown)]
    content.append(_files(visit, along, term("data_everywhere", lang), here=False))
    if region in visit.regions and region != COUNTRY:
        name = menu_name(visit.regions[region], lang)
        content.append(_files(visit, along, term("data_only", lang, region=name), here=True))
    return html.Section(content, className="downloads")


def _choice(visit: Visit, shown: Sequence[Indicator]) -> html.Details:
    """The checkboxes of the indicators shown and of those chosen already, folded when none is."""
    lang, chosen = visit.lang, visit.state.indicators
    listed = {indicator.id for indicator in shown} | set(chosen)
    options = [
        {"label": indicator.title[lang], "value": indicator.id}
        for indicator in visit.catalogue.indicators
        if indicator.id in listed
    ]
    boxes = dbc.Checklist(id=frame.choice("indicators"), options=options, value=chosen_ids(visit))
    legend = html.Legend(term("data_choose", lang), className="unseen")
    field = html.Fieldset([legend, boxes], className="field")
    return html.Details([html.Summary(term("data_choose", lang)), field], open=bool(chosen))


def _files(visit: Visit, along: Sequence[Indicator], whose: str, *, here: bool) -> html.Div:
    """Links to the files in every format."""
    links = [
        html.Li(
            html.A(
                _format_name(suffix, flavour, visit.lang),
                href=_file_address(visit, along, file=(suffix, flavour), here=here),
            )
        )
        for suffix, flavour in file_formats()
    ]
    return html.Div([html.H4(whose), html.Ul(links, className="files")])
