"""Areas of a municipality: who is listed together, beside whom, and what is said of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import Context
from dashboard.data.versions import Shelf
from dashboard.server.app import create_app
from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from tests.dashboard.area_warehouse import BALANCE, NEWER, STUDYING, TYPE, UNEMPLOYED, publish_areas
from tests.dashboard.rendered import found, shown, text
from tests.source import ROOT

PAGE = "/omraden"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue, read once."""
    return load(ROOT / "indicators.yaml")


def application(folder: Path, catalogue: Catalogue, *, confirmed: bool = False) -> Context:
    """A context over a published warehouse."""
    publish_areas(folder, confirmed=confirmed)
    return Context(catalogue, Shelf(folder))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[FlaskClient]:
    """The application over the warehouse of areas, read only."""
    context = application(tmp_path_factory.mktemp("areas"), catalogue)
    server: Flask = create_app(context).server
    yield server.test_client()
    context.warehouses.close()


def table(page: Any, number: int = 0) -> list[list[str]]:
    """The rows of a table of the page, cell by cell."""
    body = found(page, "Table")[number]
    rows = [row["props"]["children"] for row in found(body, "Tr")]
    return [[text(cell) for cell in row] for row in rows if isinstance(row, list)]


def figure(page: Any) -> Any:
    """The first chart of the page."""
    return found(page, "Graph")[0]["props"]["figure"]


def test_the_neighbourhood_stands_first_then_the_areas_and_the_hidden_one_last(
    client: FlaskClient,
) -> None:
    """Alby is (10 + 30) of (100 + 200), 13.3 per cent; a hidden area keeps its symbol."""
    rows = table(shown(client, PAGE, "?region=0127"))
    names = [row[0] for row in rows]

    order = ["Alby (stadsdel)", "Albyberget", "Albydalen", "Fittja"]
    assert [name for name in names if name in order] == order
    values = {row[0]: row[3] for row in rows if row[0] in order}
    assert values == {
        "Alby (stadsdel)": "13,3", "Albyberget": "10,0", "Albydalen": "15,0", "Fittja": "..",
    }  # fmt: skip
    assert next(row for row in rows if row[0] == "Fittja")[4] == ("Inte publicerad")


def test_the_difference_to_the_municipality_is_that_of_displayed_numbers(
    client: FlaskClient,
) -> None:
    """13.3 and 15.0 as read: −1.7; a hidden figure has no difference."""
    rows = {row[0]: row for row in table(shown(client, PAGE, "?region=0127"))}

    assert [rows[name][6] for name in ("Alby (stadsdel)", "Albydalen", "Fittja")] == [
        "−1,7", "0,0", "",
    ]  # fmt: skip
    assert rows["Alby (stadsdel)"][7].replace("\xa0", " ") == "9 200"


def test_the_larger_regions_are_lines_from_the_same_table(client: FlaskClient) -> None:
    """Municipality, county and country of the same measure: 15, 8 and 6 per cent."""
    lines = [one for one in figure(shown(client, PAGE, "?region=0127"))["layout"]["shapes"]
             if one.get("name") == "reference"]  # fmt: skip

    assert sorted(one["x0"] for one in lines) == [6.0, 8.0, 15.0]


def test_areas_of_two_divisions_are_never_listed_together(client: FlaskClient) -> None:
    """One measure is published in the division of 2025, another in that of 2020."""
    for id, division in ((UNEMPLOYED, "RegSO 2025"), (STUDYING, "RegSO 2020")):
        page = shown(client, PAGE, f"?region=0127&indikatorer={id}")
        codes = {row[1] for row in table(page) if row[1:] and row[1].startswith("0127R")}
        assert codes
        assert {code.endswith(NEWER) for code in codes} == {division.endswith("2025")}
        assert f"RegSO-områdena följer indelningen {division}." in text(page)


def test_a_measure_that_areas_lack_is_refused_and_another_is_never_called_by_its_name(
    client: FlaskClient,
) -> None:
    """Openly unemployed do not exist for areas: said, and the areas' own measure is shown."""
    page = text(shown(client, PAGE, "?region=0127&indikatorer=open_unemployment"))

    assert "Indikatorn Öppet arbetslösa någon gång under året finns inte för områden." in page
    assert "Arbetslösa i området (BAS) i områden i Botkyrka 2024" in page
    assert "16,1" not in page


def test_a_share_of_the_young_is_weighted_by_the_young(client: FlaskClient) -> None:
    """(300 × 20 + 100 × 40) / 400 = 25 per cent of those aged 20–24 in Alby."""
    rows = {
        row[0]: row for row in table(shown(client, PAGE, f"?region=0127&indikatorer={STUDYING}"))
    }

    assert rows["Alby (stadsdel)"][3] == "25,0"


def test_a_ratio_has_no_union_but_its_areas(client: FlaskClient) -> None:
    """The mover balance is never put together; the median of 90 and 110 would be their mean."""
    page = shown(client, PAGE, f"?region=0127&indikatorer={BALANCE}")

    assert [row[0] for row in table(page) if row[1:] and "R00" in row[1]] == [
        "Albyberget", "Albydalen", "Fittja",
    ]  # fmt: skip
    assert "Alby (stadsdel)" not in text(page)
    assert "För Alby (Botkyrka) finns ingen sammanlagd uppgift" in text(page)
    assert "Medianen av" not in text(page)
    assert "Samma statistik har ingen uppgift i Stockholms län och i riket." in text(page)


def test_an_area_leads_to_its_municipality_and_is_marked_there(client: FlaskClient) -> None:
    """A link to an area shows it among the others, in the colour of the own region."""
    page = shown(client, PAGE, f"?region=0127R002{NEWER}")

    assert "Områden i Botkyrka" in text(page)
    assert "Blått visar Albydalen." in text(page)
    own = [row for row in found(page, "Tr") if row["props"].get("className") == "own"]
    assert [text(row).split()[0] for row in own] == ["Albydalen"]


def test_a_county_lists_its_neighbourhoods_and_the_country_asks_for_a_municipality(
    client: FlaskClient,
) -> None:
    """There is no list of all areas of the country; the ways to those that have one are links."""
    county = text(shown(client, PAGE, "?region=01"))
    country = shown(client, PAGE, "?region=00")
    links = {one["props"]["href"] for one in found(country, "Link")}

    assert "Stadsdelarna i Stockholms län" in county
    assert "Alby (Botkyrka)" in county
    assert {f"{PAGE}?region=0127", f"{PAGE}?region=01"} <= links


def test_a_list_by_value_says_that_its_order_is_no_grade(client: FlaskClient) -> None:
    """The highest first, the hidden one still last, and the note under it."""
    page = shown(client, PAGE, "?region=0127&sortering=varde")
    names = [row[0] for row in table(page) if row[1:] and "R00" in row[1]]

    assert names == ["Albydalen", "Albyberget", "Fittja"]
    assert "Ordningen är inget betyg." in text(page)
    assert "Ordningen är inget betyg. Små skillnader" not in text(
        shown(client, PAGE, "?region=0127")
    )


def test_a_type_is_told_with_its_year_and_compared_inside_its_register(
    client: FlaskClient,
) -> None:
    """Albyberget went from type 1 in 2019 to type 2 in 2023, Albydalen kept type 2."""
    page = text(shown(client, PAGE, "?region=0127"))

    assert "Albyberget 0127R001 2 1 (2019) Annan typ" in page
    assert "Albydalen 0127R002 2 2 (2019) Samma typ" in page
    assert "Antal områden 2023: typ 2: 2." in page


def test_the_unevenness_of_a_municipality_is_told_with_its_limits(client: FlaskClient) -> None:
    """A figure of its own, with what it does not show."""
    page = text(shown(client, PAGE, "?region=0127"))

    assert "År 2023 var olikhetsindexet för boendet i Botkyrka 41,4." in page
    assert "Talet beror på hur områdena är ritade" in page


def test_members_are_shown_and_that_nobody_has_confirmed_them(client: FlaskClient) -> None:
    """The list is an approximation, and nobody's word stands behind it yet."""
    page = text(shown(client, PAGE, "?region=0127"))

    assert "Albyberget (0127R001), Albydalen (0127R002)" in page
    assert "Det är en approximation" in page
    assert "Hela listan är inte bekräftad av regionen." in page


def test_who_confirmed_the_members_is_shown_with_the_day(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    """The owner of the list vouches for it, and readers see when."""
    context = application(tmp_path, catalogue, confirmed=True)
    page = text(shown(create_app(context).server.test_client(), PAGE, "?region=0127"))
    context.warehouses.close()

    assert "Bekräftad av Region Stockholm 2026-10-01." in page
    assert "inte bekräftad" not in page


def test_a_class_stands_alone_without_a_difference(client: FlaskClient) -> None:
    """A type of area is no amount: dots on an axis without zero, and no difference of classes."""
    page = shown(client, PAGE, f"?region=0127&indikatorer={TYPE}")
    assert "Axeln börjar inte på noll." in text(page)
    assert "Skillnad mot kommunen" not in text(page)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("region", ["0127", "01", "00", "0126"])
def test_the_name_of_another_division_is_never_used(
    client: FlaskClient, region: str, lang: str
) -> None:
    """Since 2016 "distrikt" is another regional division of Sweden."""
    page = json.dumps(shown(client, PAGE, f"?region={region}&lang={lang}"), ensure_ascii=False)

    assert "distrikt" not in page.casefold()
    assert "district" not in page.casefold()


def test_what_the_link_asks_in_vain_is_said_and_the_rest_is_shown(client: FlaskClient) -> None:
    """Unknown areas, a municipality among areas, a year without figures, an unknown order."""
    search = "?region=0127&jamfor=0126,9999R001&ar=1999&sortering=forandring&indikatorer=nej"
    page = text(shown(client, PAGE, search))

    for said in ("9999R001", "Huddinge är inte ett område", "år 1999", "sortering", "”nej”"):
        assert said in page
    assert "Alby (stadsdel)" in page


def test_a_municipality_without_areas_says_so(client: FlaskClient) -> None:
    """Huddinge has no areas in this warehouse: no chart and no number, but the ways on."""
    page = shown(client, PAGE, "?region=0126")

    links = {one["props"]["href"] for one in found(page, "Link")}

    assert not found(page, "Table")
    assert f"{PAGE}?region=01" in links
