"""
The control that saves a chart as a picture, with what the page knows: sources, region, version.

An edge over `provenance`. It decides no word of the picture that the page does not show.
"""

from collections.abc import Sequence

import pandas as pd
from dash import html

from dashboard.picture import Key, takeaway
from dashboard.provenance import composition, source_lines
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import Indicator


def saved(
    visit: Visit,
    indicator: Indicator,
    rows: pd.DataFrame,
    *,
    title: str,
    how: str,
    key: Sequence[Key] = (),
    what: str = "",
) -> html.Div:
    """The buttons under the chart of an indicator's rows; `what` names the view in the file."""
    lines = [*composition(visit, indicator, rows), *source_lines(visit, indicator, rows)]
    view = what or term(f"way_{visit.state.vy}", visit.lang)
    return sourced(visit, lines, title=title, how=how, key=key, name=(indicator.id, view))


def sourced(
    visit: Visit,
    lines: Sequence[str],
    *,
    title: str,
    how: str,
    name: tuple[str, str],
    key: Sequence[Key] = (),
) -> html.Div:
    """The buttons under a chart whose source lines are known; `name`: what, and which view."""
    lang, version = visit.lang, visit.warehouse.version
    own = visit.places.get(visit.state.region)
    place = f"{own.code}-{own.name(lang)}" if own else ""
    invented = [term("file_example", lang)] if visit.warehouse.example else []
    return takeaway(
        title,
        how,
        [*lines, term("picture_version", lang, version=version)],
        name=[*invented, name[0], place, name[1], version],
        lang=lang,
        key=key,
    )
