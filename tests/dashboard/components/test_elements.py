"""What of a page is drawn without Dash: all that holds no control, and only that."""

from typing import Any

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html
from flask.testing import FlaskClient

from dashboard.components import frame
from dashboard.components.elements import browser_content, element, linked
from tests.dashboard.rendered import components, shown

ADDRESSES = [
    ("/", "?region=0127"),
    ("/indikator/employment_rate", "?region=0127"),
    ("/indikator/employment_rate", "?region=0127&vy=tabell"),
    ("/indikator/employment_rate", "?region=0127&vy=grupper"),
    ("/jamfor", "?region=0127"),
    ("/briefing", "?region=0127"),
    ("/data", ""),
    ("/om", ""),
    ("/nowhere", ""),
]


def inside(kind: str, page: Any) -> list[dict[str, Any]]:
    """Every part that lies in a part of a kind."""
    return [
        one
        for outer in components(page)
        if outer["type"] == kind
        for one in components(outer["props"])
    ]


def test_a_control_stays_with_dash_and_its_neighbours_do_not() -> None:
    """Of a paragraph and a labelled menu only the menu is Dash's; the rest is handed over."""
    menu = dbc.Select(id=frame.choice("region"), options=[], value="0127")
    label = html.Label([html.Span("Region"), menu])
    (made,) = browser_content(
        [html.Div([html.P(["a", html.B("b")]), html.Div(label), element("P", "c")])]
    )

    assert [one["type"] for one in components(made)] == [
        *("Div", "Still", "P", "B"),
        *("Div", "Label", "Still", "Span", "Select"),
        *("Still", "P"),
    ]


def test_a_part_without_controls_is_handed_over_in_one_piece() -> None:
    """However deep it is, it is one part to Dash; words and links stay what they are."""
    table = html.Table(html.Tbody([html.Tr([html.Th("a"), html.Td(dcc.Link("b", href="/om"))])]))
    (made,) = browser_content([table])

    assert [one["type"] for one in components(made)][:2] == ["Still", "Table"]
    assert len([one for one in components(made) if one["type"] == "Still"]) == 1
    assert browser_content(["a", None, linked("b", "/om")])[:2] == ["a", None]


@pytest.mark.parametrize(("path", "search"), ADDRESSES)
def test_nothing_that_a_callback_speaks_to_is_out_of_its_sight(
    client: FlaskClient, path: str, search: str
) -> None:
    """On every page what is drawn without Dash is HTML and links, and none of it is a choice."""
    page = shown(client, path, search)
    still = inside("Still", page)

    assert still
    spaces = {one.get("namespace", "") for one in still if one["type"] != "Link"}
    assert spaces <= {"", "dash_html_components"}
    assert not [one for one in still if isinstance(one["props"].get("id"), dict)]
    assert not [one for one in still if one["type"] == "Still"]
    assert {one["type"] for one in components(page) if "namespace" not in one} <= {
        one["type"] for one in still
    }
