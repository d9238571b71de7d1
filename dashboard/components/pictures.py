"""
A chart under its heading, and the menu that shares it: links, and pictures with their sources.

An edge over `provenance`. It decides no word of a picture that the page does not show.
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
from dashboard.text import format, term
from dashboard.text.format import file_name
from etl.catalogue import Indicator, Lang

MOST_ABOVE = 2  # sentences above a chart: of how it is read, and of what its figures say
_FORMS = ("png", "svg")
ColourKey = tuple[str, str]  # a colour and what it stands for


def share_menu(visit: Visit, pictures: Sequence[Any] = (), **shared: Any) -> html.Div:
    """
    The menu by which a view is shared: links to it, `pictures` of its chart, and full screen.

    A link follows the figures, or keeps those of the version that is shown; `assets/share.js`
    makes it of the page's address. `shared` is what pictures are made with.
    """
    lang, version = visit.lang, visit.warehouse.version
    links = [
        _link_button("share_link", "share_copied", "", lang),
        _link_button("share_frozen", "share_frozen_copied", version, lang),
    ]
    items = [html.Li(item) for item in (*links, *pictures)]
    whole = html.Button(
        [
            html.Span(term("full_screen", lang), className="enter"),
            html.Span(term("full_screen_leave", lang), className="leave"),
        ],
        type="button",
        className="full",
    )
    return html.Div(
        [
            html.Details(
                [
                    html.Summary(term("share_view" if pictures else "share_link_only", lang)),
                    html.Ul(items),
                ],
                className="share",
            ),
            *([whole] if pictures else []),
            html.Span("", role="status", className="made"),
        ],
        className="takeaway",
        **(shared | {"data-refused": term("share_refused", lang)}),
    )


def _link_button(key: str, copied: str, version: str, lang: Lang) -> list[Any]:
    """A button that copies the page's address, and what becomes of such a link."""
    given: dict[str, Any] = {"data-version": version, "data-copied": term(copied, lang)}
    return [
        html.Button(term(key, lang), type="button", className="link", **given),
        html.Small(term(f"{key}_means", lang)),
    ]


def _picture_button(form: str, heading: str, file: str, lang: Lang) -> html.Button:
    words = term("picture_as", lang, form=form.upper())
    given: dict[str, Any] = {"data-form": form, "data-name": file}
    label = aria(label=f"{words}: {heading}")
    return html.Button(words, type="button", className="picture", **given, **label)


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
    """The menu under the chart of an indicator's rows; `what` names the view in the file."""
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
    """The menu under a chart whose source lines are known; `name`: what, and which view."""
    lang, version = visit.lang, visit.warehouse.version
    region = visit.regions.get(visit.state.region)
    region_part = f"{region.code}-{region.name(lang)}" if region else ""
    invented = [term("file_example", lang)] if visit.warehouse.example else []
    shown = [*lines, term("picture_version", lang, version=version)]
    stem = [*invented, name[0], region_part, name[1], version]
    pictures = [_picture_button(form, title, file_name(stem, form), lang) for form in _FORMS]
    shared = {
        "data-heading": title,
        "data-subline": how,
        "data-sources": "\n".join(shown),
        "data-key": orjson.dumps(key).decode(),
        "data-saved": term("picture_saved", lang),
        "data-failed": term("picture_failed", lang),
    }
    return share_menu(visit, pictures, **shared)


def chart_parts(
    heading: str,
    subline: str,
    alternative: str,
    figure: Mapping[str, Any],
    *,
    tall: bool = False,
) -> list[Any]:
    """Heading, of how it is read two sentences, the chart with its alternative, and the others."""
    caption, reading = format.first_sentences(subline, MOST_ABOVE)
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
        html.P(caption, className="sub"),
        html.Div(graph, role="img", className=kind, **aria(label=alternative)),
        *reading_paragraph(reading),
    ]


def reading_paragraph(reading: str) -> list[html.P]:
    """How a chart is read, below it; nothing for nothing."""
    return [html.P(reading, className="sub how")] if reading else []
