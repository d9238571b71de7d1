"""The overview of many regions, recomputed from the rows of the warehouse by pandas."""

from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from flask.testing import FlaskClient

from etl.catalogue import Catalogue, Indicator
from etl.catalogue.loading import load
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import ROOT
from tests.example import read_alone

CATALOGUED: Catalogue = load(ROOT / "indicators.yaml")
MUNICIPALITIES = ("0127", "0180", "0140", "0980", "2505")
REGIONS = (*MUNICIPALITIES, "01", "09", "00", "0180R076", "0127R005")
HAIR = 1e-9


class Newest(NamedTuple):
    """The newest number of everybody, or of the foreign-born where there is none of everybody."""

    group: str
    period: str
    segment: str
    value: float


@pytest.fixture(scope="module")
def figures(example_data: Path) -> pd.DataFrame:
    """Every number of both sexes, all ages and levels, in some regions, by plain SQL."""
    file = next(example_data.glob("*.duckdb"))
    with read_alone(file) as connection:
        return connection.execute(
            """
            SELECT indicator::VARCHAR AS indicator, region::VARCHAR AS region,
                   period::VARCHAR AS period, segment::VARCHAR AS segment,
                   background::VARCHAR AS background, value
            FROM observation
            WHERE age = '_T' AND education = '_T' AND sex = '_T' AND value IS NOT NULL
              AND background IN ('_T', 'SE', 'SAMUTF')
              AND list_contains($regions, region::VARCHAR)
            """,
            {"regions": [*REGIONS, "0180", "25"]},
        ).df()


def newest(figures: pd.DataFrame, region: str) -> dict[str, Newest]:
    """By indicator."""
    own = figures[(figures["region"] == region) & figures["background"].isin(["_T", "SAMUTF"])]
    known = {}
    for id, rows in own.groupby("indicator"):
        group = "_T" if (rows["background"] == "_T").any() else "SAMUTF"
        row = rows[rows["background"] == group].sort_values("period").iloc[-1]
        known[str(id)] = Newest(group, row["period"], row["segment"], float(row["value"]))
    return known


def beside(
    figures: pd.DataFrame, indicator: str, region: str, newest: Newest, group: str
) -> tuple[float, str] | None:
    """The number of another region or group in the same period, and its segment."""
    rows = figures[
        (figures["indicator"] == indicator)
        & (figures["region"] == region)
        & (figures["period"] == newest.period)
        & (figures["background"] == group)
    ]
    return None if rows.empty else (float(rows["value"].iloc[0]), str(rows["segment"].iloc[0]))


def number(value: float, decimals: int) -> str:
    """As a Swedish reader writes it."""
    digits = f"{abs(value):,.{decimals}f}".replace(",", "\u00a0").replace(".", ",")
    is_negative = value < 0 and float(f"{value:.{decimals}f}") != 0
    return ("\u2212" if is_negative else "") + digits


def difference(own: float, other: float, indicator: Indicator) -> str:
    """Own less other of the rounded numbers, "i nivå" under the limits that *Om* prints."""
    own, other = (float(f"{one:.{indicator.decimals}f}") for one in (own, other))
    size = round(own - other, indicator.decimals)
    limit = {"share": 0.5, "ratio": 1.0, "index": 1.0}.get(indicator.measure, 0.02 * abs(other))
    if indicator.measure == "share" and max(own, other) < 10:
        limit = max(0.2, 0.05 * max(own, other))
    if size == 0 or abs(size) < limit - HAIR:
        return "i nivå"
    return ("+" if size > 0 else "") + number(size, indicator.decimals)


def above(region: str) -> list[str]:
    """The municipality, county and country that a region lies in."""
    inside = [region[:4]] if "R" in region else []
    inside += [region[:2]] if len(region) > 2 else []
    return [*inside, *(["00"] if region != "00" else [])]


def anchor(row: Any) -> str:
    """The indicator whose row it is, by the anchor of its link; "" of any other row."""
    ids = [one["props"].get("id", "") for one in found(row, "Link")]
    return next((id.removeprefix("rad-") for id in ids if id.startswith("rad-")), "")


def leading(page: Any) -> dict[str, list[str]]:
    """The cells of the leading rows by the id of the indicator."""
    return {
        anchor(row): [text(cell) for cell in found(row, "Td")]
        for row in found(page, "Tr")
        if anchor(row)
    }


def in_full(page: Any) -> dict[str, str]:
    """The rows in full by the id of the indicator."""
    return {
        anchor(row): text(row)
        for row in found(page, "Div")
        if row["props"].get("className") == "glance" and anchor(row)
    }


@pytest.mark.parametrize("region", REGIONS)
def test_every_figure_of_the_overview_is_the_warehouse_s(
    shipped_client: FlaskClient, figures: pd.DataFrame, region: str
) -> None:
    """Newest value and year, differences from the larger regions, and between groups of birth."""
    known = newest(figures, region)
    page = shown(shipped_client, "/", f"?region={region}")
    heads = [text(one) for one in found(found(page, "Thead"), "Th")]
    has_gaps = heads[-1].startswith("Födda")
    rows = leading(page)
    compared = sum(head.startswith("Mot ") for head in heads)

    assert len(rows) >= 15
    assert rows.keys() <= known.keys()
    for id, (value, *rest) in rows.items():
        indicator, own = CATALOGUED.indicator[id], known[id]
        assert value.startswith(number(own.value, indicator.decimals)), id
        assert own.period in value or "M" in own.period, id
        if indicator.measure in {"count", "class"}:
            assert [cell for cell in rest[1:] if cell] == [], id
            continue
        cells = rest[len(rest) - compared - has_gaps :]
        expected = [beside(figures, id, code, own, own.group) for code in above(region)]
        told = [
            difference(own.value, one[0], indicator)
            for one in expected
            if one and one[1] == own.segment
        ]
        assert [cell for cell in cells[:compared] if cell[:1] in "+\u2212i" and cell] == told, id
        if has_gaps and own.group == "_T":
            pair = [beside(figures, id, region, own, group) for group in ("SE", "SAMUTF")]
            if all(pair):
                here, abroad = (one[0] for one in pair if one)
                assert cells[-1] == difference(here, abroad, indicator), id
            else:
                assert cells[-1] == "", id


@pytest.mark.parametrize("region", REGIONS)
def test_every_indicator_with_a_figure_is_at_most_a_click_away(
    shipped_client: FlaskClient, figures: pd.DataFrame, region: str
) -> None:
    """On the page of its theme, which the overview links to, with the warehouse's own number."""
    known = newest(figures, region)
    overview = shown(shipped_client, "/", f"?region={region}")
    links = {one["props"]["href"] for one in found(overview, "Link")}
    region_key = f"region={region}&" if region != "00" else ""
    rows: dict[str, str] = {}
    for theme in CATALOGUED.themes:
        address = f"/?{region_key}tema={theme.id}"
        assert address in links
        rows |= in_full(shown(shipped_client, "/", address.removeprefix("/")))
    everything = in_full(shown(shipped_client, "/", f"?{region_key}tema=alla"))

    assert set(rows) == set(everything) == set(CATALOGUED.indicator)
    assert leading(overview).keys() <= known.keys() <= set(rows)
    for id, own in known.items():
        value = number(own.value, CATALOGUED.indicator[id].decimals)
        assert value in rows[id], id
        assert value in everything[id], id


def test_where_few_that_lead_have_figures_others_of_the_theme_stand_in(
    shipped_client: FlaskClient, figures: pd.DataFrame
) -> None:
    """An area is told by four of each theme as far as it has so many, in the catalogue's order."""
    known = newest(figures, "0180R076")
    page = leading(shown(shipped_client, "/", "?region=0180R076"))

    for theme in CATALOGUED.themes:
        of_theme = [one.id for one in CATALOGUED.by_theme[theme.id] if one.id in known]
        lead = [id for id in theme.leading if id in known]
        rest = [id for id in of_theme if id not in lead][: max(0, 4 - len(lead))]
        assert [id for id in page if id in of_theme] == [*lead, *rest], theme.id


def test_a_direction_is_told_only_where_there_is_one(shipped_client: FlaskClient) -> None:
    """No row says that nothing happened."""
    for region in MUNICIPALITIES:
        words = text(found(shown(shipped_client, "/", f"?region={region}"), "Table"))

        assert "oförändrad" not in words
        assert "ingen tydlig riktning" not in words.lower()


def heat_rows(table: Any) -> dict[str, list[list[str]]]:
    """The numbers of a table of regions by title: in each cell the value, then the difference."""
    rows = {}
    for row in found(table, "Tr"):
        links = found(found(row, "Th"), "Link")
        if links:
            cells = [
                [text(found(cell, "B")), *map(text, found(cell, "Small"))]
                for cell in found(row, "Td")
            ]
            rows[text(links[0])] = cells
    return rows


def tables(page: Any) -> dict[str, Any]:
    """The tables of a page by the words above them."""
    return {text(found(table, "Caption")): table for table in found(page, "Table")}


def test_similar_municipalities_stand_side_by_side_with_the_warehouse_s_outcomes(
    shipped_client: FlaskClient, example_data: Path
) -> None:
    """The region, then the seven nearest: value of its newest year, own less theirs beneath."""
    page = shown(shipped_client, "/jamfor", "?region=0127")
    words = "Utfall i Botkyrka och i de kommuner som liknar Botkyrka mest"
    (table,) = [one for caption, one in tables(page).items() if caption.startswith(words)]
    (way,) = [
        one["props"]["href"]
        for one in found(page, "Link")
        if text(one) == "Alla indikatorer för de här kommunerna"
    ]
    codes = ["0127", *way.partition("jamfor=")[2].split(",")]
    heads = [text(one) for one in found(found(table, "Thead"), "Th")]
    with read_alone(next(example_data.glob("*.duckdb"))) as connection:
        rows = connection.execute(
            """
            SELECT indicator::VARCHAR AS indicator, region::VARCHAR AS region,
                   period::VARCHAR AS period, segment::VARCHAR AS segment,
                   background::VARCHAR AS background, value
            FROM observation
            WHERE age = '_T' AND education = '_T' AND sex = '_T' AND value IS NOT NULL
              AND background = '_T' AND list_contains($codes, region::VARCHAR)
            """,
            {"codes": codes},
        ).df()
        names = dict(connection.execute("SELECT code, name FROM region").fetchall())
    known = newest(rows, "0127")
    titles = {one.title.sv: one for one in CATALOGUED.indicators}
    told = heat_rows(table)

    assert len(codes) == 8
    assert heads[1:] == [names[code] for code in codes]
    assert len(told) >= 6
    for title, cells in told.items():
        indicator = titles[title]
        own = known[indicator.id]
        assert indicator.better != "none"
        assert cells[0][0] == number(own.value, indicator.decimals)
        for code, cell in zip(codes[1:], cells[1:], strict=True):
            other = beside(rows, indicator.id, code, own, "_T")
            assert other, (title, code)
            assert cell[0] == number(other[0], indicator.decimals), (title, code)
            assert cell[-1] == difference(own.value, other[0], indicator), (title, code)


def test_a_long_comparison_names_its_themes_and_again_its_columns(
    shipped_client: FlaskClient,
) -> None:
    """Every theme has a head of its own; a short list has none."""
    page = shown(shipped_client, "/jamfor", "?region=0127&jamfor=01,00")
    parts = [
        row
        for row in found(found(page, "Table")[0], "Tr")
        if row["props"].get("className") == "part"
    ]
    short = shown(shipped_client, "/jamfor", "?region=0127&jamfor=01,00&tema=participation")

    assert [text(found(part, "Th")) for part in parts] == [
        one.title.sv for one in CATALOGUED.themes
    ]
    assert {tuple(text(cell) for cell in found(part, "Td")) for part in parts} == {
        ("Botkyrka", "Riket", "Stockholms län")
    }
    assert not [
        row
        for row in found(found(short, "Table")[0], "Tr")
        if row["props"].get("className") == "part"
    ]


@pytest.mark.parametrize("region", ["01", "0180R076", "stadsdel-alby"])
def test_what_is_no_municipality_has_no_similar_ones(
    shipped_client: FlaskClient, region: str
) -> None:
    """A county, an area and a neighbourhood are compared as they are, without such tables."""
    page = shown(shipped_client, "/jamfor", f"?region={region}")

    assert not [caption for caption in tables(page) if caption.startswith("Utfall")]
