"""
A chart under its heading, and the control that saves it as a picture with sources and version.

An edge over `provenance`. It decides no word of the picture that the page does not show.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from dash import dcc, html

from dashboard.charts import style
from dashboard.components.frame import aria
from dashboard.data.observation import Observation
from dashboard.panels.provenance import composition_lines, source_lines
from dashboard.state.visit import Visit
from dashboard.text import term
from dashboard.text.format import file_name
from etl.catalogue import Indicator, Lang

_FORMS = ("png", "svg")
ColourKey = tuple[str, str]  # a colour and what it stands for


def _picture_buttons(
    heading: str,
    subline: str,
    sources: Sequence[str],
    *,
    name: Sequence[str],
    lang: Lang,
    key: Sequence[ColourKey] = (),
) -> html.Div:
    """
    Two buttons that save the chart above them as PNG or SVG.

    Args:
        heading: the picture's title.
        subline: unit, groups and how to read it.
        sources: the lines at its foot: source, date, version, that it is invented.
        name: the parts of the file's name.
        lang: the language of the words.
        key: colours to explain, where the chart does not do it itself.

    """
    shared: dict[str, Any] = {
        "data-heading": heading,
        "data-subline": subline,
        "data-sources": "\n".join(sources),
        "data-key": orjson.dumps(key).decode(),
        "data-failed": term("picture_failed", lang),
    }
    buttons = [_button(form, heading, file_name(name, form), lang) for form in _FORMS]
    status = html.Span("", role="status", className="made")
    words = [html.Span(term("picture_save", lang)), *buttons, status]
    return html.Div(words, className="takeaway", **shared)


def _button(form: str, heading: str, file: str, lang: Lang) -> html.Button:
    words = aria(label=term("picture_as", lang, form=form.upper(), what=heading))
    given: dict[str, Any] = {"data-form": form, "data-name": file, **words}
    return html.Button(form.upper(), type="button", className="picture", **given)


def chart_buttons(
    visit: Visit,
    indicator: Indicator,
    rows: Sequence[Observation],
    *,
    title: str,
    how: str,
    key: Sequence[ColourKey] = (),
    what: str = "",
) -> html.Div:
    """The buttons under the chart of an indicator's rows; `what` names the view in the file."""
    lines = [*composition_lines(visit, indicator, rows), *source_lines(visit, indicator, rows)]
    view = what or term(f"view_{visit.state.view}", visit.lang)
    return sourced_buttons(visit, lines, title=title, how=how, key=key, name=(indicator.id, view))


def sourced_buttons(
    visit: Visit,
    lines: Sequence[str],
    *,
    title: str,
    how: str,
    name: tuple[str, str],
    key: Sequence[ColourKey] = (),
) -> html.Div:
    """The buttons under a chart whose source lines are known; `name`: what, and which view."""
    lang, version = visit.lang, visit.warehouse.version
    region = visit.regions.get(visit.state.region)
    region_part = f"{region.code}-{region.name(lang)}" if region else ""
    invented = [term("file_example", lang)] if visit.warehouse.example else []
    return _picture_buttons(
        title,
        how,
        [*lines, term("picture_version", lang, version=version)],
        name=[*invented, name[0], region_part, name[1], version],
        lang=lang,
        key=key,
    )


def chart_parts(
    heading: str,
    subline: str,
    alternative: str,
    figure: Mapping[str, Any],
    *,
    tall: bool = False,
) -> list[Any]:
    """Heading, how to read it, and the chart with its alternative."""
    graph = dcc.Graph(
        figure=dict(figure),
        config=style.chart_config(),
        responsive=True,
        # plotly takes the height of its box and not of the layout
        style={"height": f"{figure['layout']['height']}px"} if tall else {},
    )
    kind = "chart tall" if tall else "chart"
    return [
        html.H2(heading),
        html.P(subline, className="sub"),
        html.Div(graph, role="img", className=kind, **aria(label=alternative)),
    ]
