from pathlib import Path
from typing import Any

import dash_bootstrap_components as dbc
import numpy as np
import orjson
import pandas as pd
import pytest
from dash import dcc, html
from plotly.io.json import to_json_plotly

from dashboard.components.frame import aria
from dashboard.data.context import Context
from dashboard.server import routes
from dashboard.server.routes import browser_page
from tests.dashboard.warehouse import FIRST, SECOND, publish

INDICATOR = "/indikator/employment_rate"


def test_the_same_question_is_answered_once(context: Context) -> None:
    """Another spelling of an address, and the defaults written out, are the same question."""
    first = browser_page(context, INDICATOR, search="?region=0127&lang=sv")

    assert browser_page(context, INDICATOR, search="?kon=_T&region=0127") is first
    assert len(context.answers) == 1


def test_a_page_is_kept_compressed_when_others_have_been_asked_for(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes back as it was made, to the last byte, without being made anew."""
    first = browser_page(context, INDICATOR, search="?region=0127")
    for number in range(2, 20):
        browser_page(context, "/om", search=f"?sida={number}")
    monkeypatch.setattr(routes, "_browser_page", int)
    again = browser_page(context, INDICATOR, search="?region=0127")

    assert again is not first
    assert again.content == first.content
    assert (again.has_chart, again.version) == (first.has_chart, first.version)
    assert orjson.dumps(dict(again.head)) == orjson.dumps(dict(first.head))
    assert 0 < context.pages.size < 20 * len(first.content)


@pytest.mark.parametrize(
    ("path", "search", "narrow"),
    [
        ("/", "?region=0127", False),
        (INDICATOR, "?region=0126", False),
        (INDICATOR, "?region=0127&lang=en", False),
        (INDICATOR, "?region=0127&strange=1", False),
        (INDICATOR, "?region=0127", True),
    ],
)
def test_another_question_has_another_answer(
    context: Context, path: str, search: str, narrow: bool
) -> None:
    """Region, page, language, window and a notice of what was not understood all count."""
    first = browser_page(context, INDICATOR, search="?region=0127")

    assert browser_page(context, path, search=search, narrow=narrow).content != first.content


def test_a_new_version_is_shown_at_once(context: Context, data: Path) -> None:
    """What is remembered of one version is never shown of another."""
    before = browser_page(context, "/", search="")
    publish(data, version=SECOND)
    after = browser_page(context, "/", search="")

    assert FIRST.encode() in before.content
    assert SECOND.encode() in after.content


def test_a_page_made_while_a_version_is_published_is_remembered_as_what_it_is_of(
    context: Context, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pointer may change between two looks at it: the version that is open counts."""
    browser_page(context, "/", search="")
    publish(data, version=SECOND)
    monkeypatch.setattr(context.warehouses, "newest", lambda: FIRST)

    assert SECOND.encode() in browser_page(context, "/", search="").content


def test_a_frozen_link_says_so_once_there_is_a_newer_version(context: Context, data: Path) -> None:
    """The same address and version, but no longer the newest: another answer."""
    link = f"?version={FIRST}"
    before = browser_page(context, "/", search=link)
    publish(data, version=SECOND)

    assert browser_page(context, "/", search=link).content != before.content


def test_a_version_that_is_gone_is_not_remembered(context: Context, data: Path) -> None:
    """Once its file is removed, no figure of a version is shown."""
    link = f"?region=0127&version={FIRST}"
    kept = browser_page(context, INDICATOR, search=link)
    publish(data, version=SECOND)
    (data / f"warehouse-{FIRST}.duckdb").unlink()
    gone = browser_page(context, INDICATOR, search=link)

    assert (kept.has_chart, gone.has_chart) == (True, False)


def test_only_an_indicator_has_a_chart(context: Context) -> None:
    """What is not found draws nothing."""
    assert browser_page(context, INDICATOR, search="?region=0127").has_chart
    assert not browser_page(context, "/nowhere", search="").has_chart


def test_the_bytes_are_those_that_dash_would_send() -> None:
    """Components, numbers of numpy and columns of frames are written as plotly writes them."""
    column = pd.Series([1.5, float("nan")])
    trace: Any = {"x": np.arange(3), "y": column, "z": (1, np.float64(2)), 4: "t"}
    content = html.Div(
        [
            html.P("å", className="a", id={"type": "b"}, **aria(label="c")),
            dbc.Select([{"label": "d", "value": 1}], 1, disabled=False),
            dcc.Graph(figure={"data": [trace]}, config={"displaylogo": False}),
            dcc.Link(html.Span(["e", None]), href="/"),
        ]
    )
    written = orjson.dumps(content, routes.json_value, routes.JSON_OPTIONS)

    assert orjson.loads(written) == orjson.loads(to_json_plotly(content))


def test_what_json_does_not_know_is_named() -> None:
    """Whoever builds a page learns which value was wrong."""
    with pytest.raises(TypeError, match="set cannot be part of a page") as found:
        routes.json_value({1})

    assert "use lists" in str(found.value)
