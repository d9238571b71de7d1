from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.state.links import Shown, next_link
from tests.dashboard.rendered import found, shown, text

SHOWN = Shown({"region": "0127", "add": ""}, comparison=("0126",))


def cells(page: Any, title: str) -> list[str]:
    """The cells of an indicator's row in the heat table."""
    table = found(page, "Table")[0]
    for row in found(table, "Tr"):
        if text(found(row, "Th")).startswith(title):
            return [text(cell) for cell in found(row, "Td")]
    return []


def test_each_cell_has_a_value_and_how_it_differs(client: FlaskClient) -> None:
    """Botkyrka 70,7, Huddinge 76,7 and the county 80,7 in 2024: 6,0 and 10,0 below them."""
    page = shown(client, "/jamfor", "?region=0127&jamfor=0126,01")
    row = cells(page, "Sysselsatta")

    assert row[0].startswith("70,7")
    assert [one.split()[:2] for one in row[1:]] == [["76,7", "−6,0"], ["80,7", "−10,0"]]
    assert "uppgiften i Botkyrka minus den andra: + betyder högre i Botkyrka" in text(page)


def test_the_overview_and_the_comparison_have_the_same_differences(client: FlaskClient) -> None:
    """One convention of signs: the own figure less the other's, on every page."""
    compared = cells(shown(client, "/jamfor", "?region=0127&jamfor=01,00"), "Sysselsatta")
    overview = shown(client, "/", "?region=0127")
    (row,) = [one for one in found(overview, "Tr") if text(found(one, "Th")) == "Sysselsatta"]
    told = {text(cell) for cell in found(row, "Td")}

    assert {one.split()[1] for one in compared[1:]} == {"−10,0", "−8,0"} <= told


def test_the_columns_are_by_name_unless_the_reader_asks(client: FlaskClient) -> None:
    """The order is no grade: Huddinge before Stockholm; by value the highest first."""
    search = "?region=0127&jamfor=0180,0126"
    by_name, by_value = (
        [text(one) for one in found(found(shown(client, "/jamfor", search + more), "Thead"), "Th")]
        for more in ("", "&indikatorer=employment_rate&sortering=varde")
    )

    assert by_name[1:4] == ["Botkyrka", "Huddinge", "Stockholm"]
    assert by_value[1:4] == ["Botkyrka", "Stockholm", "Huddinge"]


def test_a_selection_under_a_free_name_is_a_group(client: FlaskClient) -> None:
    """Population of Huddinge and Nykvarn together is the sum of both, and says so."""
    page = shown(client, "/jamfor", "?region=0127&jamfor=&grupp=Grannar:0126,0140")

    assert "Grannar" in text(found(page, "Thead")[0])
    assert "summa" in cells(page, "Folkmängd")[1]


def test_what_the_link_asks_in_vain_is_said(client: FlaskClient) -> None:
    """Unknown regions, indicators and themes cost that part only."""
    page = text(shown(client, "/jamfor", "?region=0127&jamfor=zz&indikatorer=nej&tema=x"))

    assert "Okänd region i länken: ”zz”." in page
    assert "Det finns ingen indikator som heter ”nej”." in page
    assert "Okänt värde i länken: tema=”x”." in page
    assert "Sysselsatta" in page


def test_the_gap_between_two_groups_is_told_for_every_region(client: FlaskClient) -> None:
    """Born in Sweden less foreign-born, by the numbers beneath; sexes by choice."""
    page = shown(client, "/jamfor", "?region=01&jamfor=00&indikatorer=employment_rate")
    (row,) = [one for one in found(found(page, "Table")[1], "Tr") if found(one, "Td")]
    first = text(found(row, "Td")[0])
    one, other = (float(part.replace(",", ".")) for part in first.split(" ", 1)[1].split(" / "))

    assert first.split(" ")[0] == f"+{one - other:.1f}".replace(".", ",")
    women = shown(client, "/jamfor", "?region=01&jamfor=00&par=2,1")
    assert "Skillnad mellan kvinnor och män" in text(women)


def test_a_hidden_group_is_no_zero_and_brings_its_rule(client: FlaskClient) -> None:
    """Nykvarn's Nordic-born are hidden: no difference beside Botkyrka's, and why is said."""
    page = shown(
        client, "/jamfor", "?region=0127&jamfor=0140&par=SE,NEXS&indikatorer=employment_rate"
    )
    (row,) = [one for one in found(found(page, "Table")[1], "Tr") if found(one, "Td")]
    hidden = text(found(row, "Td")[1])

    assert hidden.startswith("jämförs inte")
    assert hidden.endswith("/ ..")
    assert "fler än 20 personer" in text(page)


def test_groups_of_two_kinds_are_no_pair(client: FlaskClient) -> None:
    """A sex against an origin is no comparison: nothing is shown, and it says so."""
    page = text(shown(client, "/jamfor", "?region=01&par=SE,2"))

    assert "Kombinationen finns inte i källan." in page


@pytest.mark.parametrize(
    ("key", "value", "search"),
    [
        ("name", "Grannar", "?region=0127&grupp=Grannar:0127,0126"),
        ("name", "", None),
        ("gathered", "samling:unga", "?region=0127&samling=unga"),
        ("gathered", "tema:education", "?region=0127&tema=education"),
        ("one", "2", "?region=0127&par=2,SAMUTF"),
        ("other", "NEXS", "?region=0127&par=SE,NEXS"),
    ],
)
def test_each_control_leads_to_its_link(key: str, value: str, search: str | None) -> None:
    """A name makes a group of the municipalities shown, never of a county around them."""
    assert next_link("?region=0127", key, value, SHOWN.stored()) == search
