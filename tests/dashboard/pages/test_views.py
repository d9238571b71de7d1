"""The views of an indicator over regions: what they list, in which order, and what they refuse."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.charts.map import choropleth
from dashboard.codes import EVERYBODY, LEVELS, Group
from dashboard.data.context import Context, opened
from dashboard.data.queries.holdings import existing_groups as combinations
from dashboard.pages.indicator.page import obstacles
from dashboard.server.routes import browser_page
from dashboard.text import terms
from etl.catalogue.loading import load
from tests.dashboard.rendered import components, found, shown, text
from tests.dashboard.warehouse import CATALOGUE
from tests.source import ROOT

EMPLOYED = "/indikator/employment_rate"
REGIONS = ("0127", "00", "01", "grupp-sodertorn", "stadsdel-alby", "0180")
VIEWS = ("jamfor", "tvaar", "karta", "skillnader")


def page(client: FlaskClient, search: str, *, path: str = EMPLOYED, narrow: bool = False) -> Any:
    """The drawn page of a view."""
    return shown(client, path, search, narrow=narrow)["page"]["children"]


def rows(node: Any, table: int = 0) -> list[list[str]]:
    """The rows of a table, as texts."""
    listed = found(node, "Table")[table]
    return [
        [text(one) for one in components(row) if one["type"] in {"Th", "Td"}]
        for row in found(listed, "Tr")
    ]


def figure(node: Any, place: int = 0) -> Any:
    """A chart of a page."""
    return found(node, "Graph")[place]["props"]["figure"]


def select(node: Any, key: str) -> dict[str, Any]:
    """The control of a key."""
    every = found(node, "Select")
    return next(one["props"] for one in every if one["props"]["id"]["key"] == key)


def test_regions_stand_by_name_and_their_county_and_country_as_lines(reader: FlaskClient) -> None:
    """No order by value unless the reader asks; the wholes are lines, never rows among parts."""
    drawn = page(reader, "?region=0127&vy=jamfor")

    names = [row[0] for row in rows(drawn)[1:]]
    assert names == ["Botkyrka", "Huddinge", "Nykvarn", "Stockholm", "Till jämförelse",
                     "Stockholms län", "Riket"]  # fmt: skip
    lines = [one for one in figure(drawn)["layout"]["shapes"] if one["name"] == "reference"]
    assert len(lines) == 2
    assert figure(drawn)["layout"]["xaxis"]["range"][0] == 0
    assert "Ordningen är inget betyg" not in text(drawn)


def test_a_region_without_a_number_comes_after_with_its_symbol_and_no_place(
    reader: FlaskClient,
) -> None:
    """Nykvarn's Nordic-born are held back: no bar of zero, and no place in an order by value."""
    drawn = page(reader, "?region=0127&vy=jamfor&bakgrund=NEXS&sortering=varde&ar=2020")

    listed = [row for row in rows(drawn)[1:] if row[0] in {"Botkyrka", "Huddinge", "Nykvarn"}]
    assert [row[0] for row in listed] == ["Huddinge", "Botkyrka", "Nykvarn"]
    assert listed[-1][1] == ".."
    bars = figure(drawn)["data"][0]
    assert len(bars["x"]) == 3
    assert "Ordningen är inget betyg" in text(drawn)


def test_another_list_is_a_choice_that_the_address_keeps(reader: FlaskClient) -> None:
    """All municipalities of the country, the own one still among them."""
    drawn = page(reader, "?region=0127&vy=jamfor&jamfor=00")

    assert select(drawn, "comparison")["value"] == "00"
    assert "Gotland" in [row[0] for row in rows(drawn)]


def test_a_change_across_a_break_has_no_place(reader: FlaskClient) -> None:
    """Between 2021 and 2022 the register changes: nobody has a change, and nobody is first."""
    drawn = page(reader, "?region=0127&vy=jamfor&sortering=forandring&ar=2022")

    assert {row[2] for row in rows(drawn)[1:5]} == {"jämförs inte"}


def test_years_that_cannot_be_compared_are_disabled_and_the_reason_is_said(
    reader: FlaskClient,
) -> None:
    """2021 and 2024 are of two registers: 2021 is no first year of 2024."""
    drawn = page(reader, "?region=0127&vy=tvaar")

    options = {one["value"]: one["disabled"] for one in select(drawn, "first_year")["options"]}
    assert (select(drawn, "first_year")["value"], select(drawn, "last_year")["value"]) == (
        "2022",
        "2024",
    )
    assert options["2021"]
    assert not options["2023"]
    assert "De år som inte går att välja kan inte jämföras" in text(drawn)


def test_two_years_are_a_table_with_the_same_numbers(reader: FlaskClient) -> None:
    """The change is the reader's own subtraction of the two displayed figures."""
    drawn = page(reader, "?region=0127&vy=tvaar&ar=2004-2008")

    head, *listed = rows(drawn)
    assert head[:4] == ["Region", "2004", "2008", "Förändring"]
    for row in listed:
        first, last, change = (
            float(one.replace(",", ".").replace("\u2212", "-")) for one in row[1:4]
        )
        assert round(last - first, 1) == change


def test_the_years_of_a_map_are_on_a_slider_that_stops_at_breaks(reader: FlaskClient) -> None:
    """Every year with a number, oldest first; a stop is the first year after a break, and why."""
    drawn = page(reader, "?region=0127&vy=karta")
    (slider,) = found(drawn, "YearSlider")
    years = [one["value"] for one in slider["props"]["options"]]
    breaks = [
        mark.period
        for mark in load(CATALOGUE).indicator["employment_rate"].breaks
        if mark.severity == "break" and not mark.applies_to
    ]

    assert years == sorted(years)
    assert slider["props"]["value"] in years
    assert set(slider["props"]["stops"]) == {
        next(year for year in years if year >= period)
        for period in breaks
        if years[0] < period <= years[-1]
    }
    assert all("jämförs inte" in words for words in slider["props"]["stops"].values())
    assert all(one["props"]["id"]["key"] != "years" for one in found(drawn, "Select"))


def test_the_map_and_its_list_lead_to_the_same_region(reader: FlaskClient) -> None:
    """A click is ?region=…, and so is the link that the keyboard reaches."""
    drawn = page(reader, "?region=0127&vy=karta")

    graph = found(drawn, "Graph")[0]["props"]
    assert graph["id"] == {"type": "choice", "key": "map"}
    links = [one["props"]["href"] for one in found(drawn, "Link")]
    assert f"{EMPLOYED}?region=0126&vy=karta" in links
    assert {one for trace in graph["figure"]["data"] for one in trace["locations"]} == {
        "0126",
        "0127",
        "0140",
        "0180",
    }


@pytest.mark.parametrize(
    ("measure", "last", "decimals"),
    [("skillnad", "Kvot", 2), ("kvot", "Kvot", 2), ("index", "Index", 0)],
)
def test_a_difference_has_a_line_of_its_measure_and_dots_of_the_regions(
    reader: FlaskClient, measure: str, last: str, decimals: int
) -> None:
    """Percentage points, ratio and index are charts of their own, never two axes of one."""
    drawn = page(reader, f"?region=0127&vy=skillnader&matt={measure}")

    assert [one["props"]["id"] for one in found(drawn, "Graph")] == ["chart", "regions"]
    head, newest, *_ = rows(drawn, -1)
    assert head == ["År", "Födda i Sverige", "Utrikes födda", "Skillnad", last]
    one, other, gap, ratio = (float(cell.replace(",", ".")) for cell in newest[1:])
    assert round(one - other, 1) == gap
    assert round(round(one / other, 2) * (100 if last == "Index" else 1), decimals) == ratio
    low, high = figure(drawn)["layout"]["yaxis"]["range"]
    assert low <= {"skillnad": 0, "kvot": 1, "index": 100}[measure] <= high


def test_a_missing_side_leaves_no_difference(reader: FlaskClient) -> None:
    """Nykvarn's Nordic-born are held back in every year: nothing is subtracted from nothing."""
    drawn = page(reader, "?region=0140&vy=skillnader&par=SE,NEXS")

    assert "Skillnaden kan inte beräknas i Nykvarn" in text(drawn)
    by_name = {row[0]: row for row in rows(drawn)[1:]}
    assert by_name["Nykvarn"][2:4] == ["..", ".."]


def test_a_pair_that_does_not_exist_is_said(reader: FlaskClient) -> None:
    """A link to a pair of nobody's making shows the usual one and says so."""
    drawn = page(reader, "?region=0127&vy=skillnader&par=SE,MARS")

    assert "Paret finns inte i källan här" in text(drawn)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("narrow", [False, True])
def test_every_chart_has_words_and_every_table_its_caption(
    reader: FlaskClient, view: str, *, narrow: bool
) -> None:
    """Who does not see the chart is told what it shows; a table says what it is of."""
    for search in (f"?region=0127&vy={view}", f"?region=01&vy={view}&niva=lan&lang=en"):
        drawn = page(reader, search, narrow=narrow)
        images = [one for one in components(drawn) if one["props"].get("role") == "img"]
        assert images
        assert all(len(one["props"]["aria-label"]) > 40 for one in images)
        assert all(found(one, "Caption") for one in found(drawn, "Table"))


def test_every_word_of_the_views_exists_in_both_languages() -> None:
    """The terms that are put together of a level, an order or a kind are there."""
    for level in LEVELS:
        assert f"heading_{level}" in terms()


@pytest.fixture(scope="module")
def example(example_data: Path) -> Any:
    """A context over the example of the shipped catalogue."""
    given = opened(example_data, ROOT / "indicators.yaml")
    yield given
    given.warehouses.close()


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_every_indicator_at_every_level_shows_a_figure_or_says_why_not(
    example: Context, view: str
) -> None:
    """What is offered is there: a chart with data, or a sentence; never an error."""
    for place, indicator in enumerate(example.catalogue.indicators):
        with example.warehouses.current() as warehouse:
            assert warehouse is not None
            every = sorted(combinations(warehouse, indicator.id))
        for level, name in LEVELS.items():
            here = [group for level_of_group, group in every if level_of_group == name]
            if not here:
                continue
            group = here[place * 7 % len(here)]
            search = (
                f"?region={REGIONS[place % len(REGIONS)]}&vy={view}&niva={level}"
                f"&bakgrund={group.background}&kon={group.sex}&utb={group.education}"
            )
            made = browser_page(example, f"/indikator/{indicator.id}", search=search).content
            assert b'"data":[{' in made or b"absent" in made or b"reasons" in made, search


def test_a_view_without_anything_to_show_has_a_reason() -> None:
    """Of the country alone there is neither map, list nor pair of groups."""
    indicator = load(CATALOGUE).indicator["employment_rate"]
    found = obstacles(indicator, frozenset({("country", EVERYBODY)}))

    assert {name for name, obstacle in found.items() if not obstacle} == {"tid", "tabell"}
    every = {
        (level, group)
        for level in ("county", "municipality")
        for group in (EVERYBODY, Group(background="SE"))
    }
    assert set(obstacles(indicator, frozenset(every)).values()) == {""}


def test_a_map_asks_for_the_same_distance_between_regions_in_every_year(
    shipped_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of amounts too, that grow with the years: all years of a stretch have the same classes."""
    thresholds: list[float] = []

    def noted(*given: Any, threshold: float, **others: Any) -> Any:
        thresholds.append(threshold)
        return choropleth(*given, threshold=threshold, **others)

    monkeypatch.setattr("dashboard.pages.indicator.map.choropleth", noted)
    for year in ("2012", "2022"):
        search = f"?region=0127&vy=karta&jamfor=01&ar={year}"
        shown(shipped_client, "/indikator/median_income", search)

    assert len(thresholds) == 2
    assert thresholds[0] == thresholds[1] > 0
