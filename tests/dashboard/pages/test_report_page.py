"""The page on the report of 2010 over the example of the shipped catalogue."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.panels.report import PRINTED_FIGURES, REPORT_FIGURES, read_printed_figures
from dashboard.server.app import create_app
from etl.catalogue.loading import load
from tests.dashboard.rendered import components, found, shown, text
from tests.source import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def example(example_data: Path) -> Iterator[Context]:
    """The application's context over the example data of the shipped catalogue."""
    context = opened(example_data, ROOT / "indicators.yaml")
    yield context
    context.warehouses.close()


@pytest.fixture(scope="module")
def reader(example: Context) -> FlaskClient:
    """The application over the example data."""
    server: Flask = create_app(example).server
    return server.test_client()


def test_todays_column_is_what_the_warehouse_holds(example: Context, reader: FlaskClient) -> None:
    """Each printed figure with a place in today's tables, against a question written by hand."""
    catalogue, entries = load(ROOT / "indicators.yaml"), read_printed_figures(PRINTED_FIGURES)
    cells = [
        [text(cell) for cell in line["props"]["children"]]
        for line in found(shown(reader, "/rapport-2010"), "Tr")
    ]
    table = [line for line in cells if len(line) == 4][-len(entries) :]
    with example.warehouses.current() as warehouse:
        assert warehouse is not None
        for one, line in zip(entries, table, strict=True):
            assert one.what.sv in line[0]
            if one.current and one.year and not one.until:
                decimals = catalogue.indicator[one.current.indicator].decimals
                ((value,),) = warehouse.frame(
                    "SELECT value FROM observation WHERE indicator = $indicator"
                    " AND region = $region AND background = $background AND period = $period"
                    " AND sex = '_T' AND education = '_T' AND CAST(age AS VARCHAR) = $age",
                    age=one.current.age,
                    indicator=one.current.indicator,
                    region=one.current.region,
                    background=one.current.background,
                    period=one.year,
                ).itertuples(index=False)
                assert float(number(line[1])) == pytest.approx(round(value, decimals), abs=1e-9)


def number(cell: str) -> str:
    """A Swedish number as Python reads it."""
    return cell.replace("\u00a0", "").replace("%", "").replace(",", ".").replace("−", "-")


def test_the_page_has_seven_figures_each_with_words_for_its_charts(reader: FlaskClient) -> None:
    """Nine charts in seven figures, all with a text alternative that says they are examples."""
    answer = shown(reader, "/rapport-2010", "?region=0980")
    figures = [one for one in components(answer) if str(one["props"].get("id", ""))[:6] == "figur-"]
    pictures = [one for one in components(answer) if one["props"].get("role") == "img"]

    assert len(figures) == len(REPORT_FIGURES) == 7
    assert len(pictures) == 9
    assert all(
        one["props"]["aria-label"].startswith("Exempeldata – inte statistik.") for one in pictures
    )
    assert len(found(answer, "H1")) == 1
    assert "Stockholms län" in text(answer)


def test_net_migration_is_drawn_from_1968_and_parted_in_1997(reader: FlaskClient) -> None:
    """
    The report's figure begins in 1968; to 1996 the register of the untraceable is counted.

    It concerns those who leave the country and who come back, and so not moves within Sweden.
    """
    answer = shown(reader, "/rapport-2010")
    (first,) = [one for one in components(answer) if one["props"].get("id") == "figur-1"]
    (graph,) = found(first, "Graph")
    drawn: dict[str, list[tuple[int, int]]] = {}
    for trace in graph["props"]["figure"]["data"]:
        drawn.setdefault(trace["name"], []).append((trace["x"][0], trace["x"][-1]))

    parted = [(1968, 1996), (1997, 2025)]
    del drawn["Rapporten 2010"]
    assert drawn == {"Totalt": parted, "Mot utlandet": parted, "Inrikes": [(1968, 2025)]}
    written = text(first)
    assert "Totalt, Mot utlandet: Uppgifterna för 1996 och 1997 går inte att jämföra" in written
    assert "Inrikes: Uppgifterna för 1996 och 1997 bör jämföras med försiktighet" in written


def test_area_unemployment_has_a_chart_of_its_own(reader: FlaskClient) -> None:
    """Two measures of unemployment never share an axis."""
    answer = shown(reader, "/rapport-2010")
    (third,) = [one for one in components(answer) if one["props"].get("id") == "figur-3"]
    drawn = [
        {trace["name"] for trace in one["props"]["figure"]["data"]} for one in found(third, "Graph")
    ]

    assert drawn == [
        {"Stockholms län", "Riket"},
        {"Stadsdelarna tillsammans", "Stockholms län", "Riket"},
    ]


@pytest.mark.parametrize(("region", "marked"), [("0127", "Botkyrka"), ("0180", "Stockholm"),
                                                ("0980", ""), ("00", "")])  # fmt: skip
def test_each_readers_own_municipality_is_marked(
    reader: FlaskClient, region: str, marked: str
) -> None:
    """The page is remembered; whose reader came first is not."""
    answer = shown(reader, "/rapport-2010", f"?region={region}")
    (second,) = [one for one in components(answer) if one["props"].get("id") == "figur-2"]
    (graph,) = found(second, "Graph")
    names = graph["props"]["figure"]["layout"]["yaxis"]["ticktext"]

    assert [name for name in names if name.startswith("<b>")] == [f"<b>{marked}</b>"] * bool(marked)
    saved = [one["props"]["data-name"] for one in components(answer) if "data-name" in one["props"]]
    assert saved
    assert all("_01-stockholms-lan_" in name.lower() for name in saved)


@pytest.mark.parametrize("search", ["", "?lang=en"])
def test_the_page_never_says_the_word_of_another_division(reader: FlaskClient, search: str) -> None:
    """The word has been an official division since 2016 and is not these areas."""
    assert "distri" not in json.dumps(shown(reader, "/rapport-2010", search)).lower()


def test_printed_figures_of_neighbourhoods_lead_to_todays_of_the_same_kind(
    example: Context, reader: FlaskClient
) -> None:
    """Alby by birth and Hovsjö's young: printed beside today's, never subtracted, with the way."""
    page = shown(reader, "/rapport-2010")
    rows = [text(row) for row in found(page, "Tr")]
    for printed, region, group in (
        ("12,2", "0127R002", {"background": "VXEUEES"}),
        ("7,7", "0127R002", {"background": "SE"}),
        ("16,5", "0181R012", {"age": "20-24"}),
    ):
        asked = {"background": "_T", "age": "_T", **group}
        with example.warehouses.current() as warehouse:
            assert warehouse is not None
            value = warehouse.rows(
                """
                SELECT arg_max(value, CAST(period AS VARCHAR)) FROM observation
                WHERE indicator = 'open_unemployment' AND region = $region AND sex = '_T'
                  AND education = '_T' AND CAST(background AS VARCHAR) = $background
                  AND CAST(age AS VARCHAR) = $age
                """,
                region=region,
                **asked,
            )[0][0]
        (row,) = [
            row for row in rows if f"{printed}\N{NO-BREAK SPACE}%" in row and "samma slag" in row
        ]
        assert f"{value:.1f}".replace(".", ",") in row
        assert "Går inte att jämföra" in row
    links = {link["props"].get("href", "") for link in found(page, "Link")}
    assert any("stadsdel-hovsjo" in href and "alder=20-24" in href for href in links)
    assert any("stadsdel-alby" in href and "bakgrund=VXEUEES" in href for href in links)


@pytest.mark.parametrize("search", ["", "?lang=en"])
def test_a_figure_names_each_computed_table_once(reader: FlaskClient, search: str) -> None:
    """The tables of the weights stand with the others of the chart, not on a line of their own."""
    tables = [
        re.findall(r"TAB\d+", " ".join(computed_lines(drawing)))
        for drawing in components(shown(reader, "/rapport-2010", search))
        if "drawing" in str(drawing["props"].get("className", "")).split()
    ]

    assert any(tables)
    assert [names for names in tables if len(names) != len(set(names))] == []


def computed_lines(drawing: dict[str, Any]) -> list[str]:
    """The source lines of a chart that tell of computed figures."""
    lines = [text(one) for one in found(drawing, "P")]
    return [line for line in lines if re.search("Egen bearbetning|Own processing", line)]
