"""Areas of a municipality in lists: never in the order of figures by origin."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.dashboard.rendered import found, shown, text

UNORDERED = "Områden står i bokstavsordning och ordnas inte efter födelseregion."
HERE = "region=0127R002&niva=omrade"


AREAS = ("Albydalen", "Hallunda", "Norsborg")


def rows_of(page: Any) -> list[str]:
    """Some areas of Botkyrka, in the order of the first table that has them."""
    heads = [text(one) for one in found(page, "Th") if one["props"].get("scope") == "row"]
    names = [head.removesuffix(" (Botkyrka)") for head in heads]
    return [name for name in names if name in AREAS][: len(AREAS)]


@pytest.mark.parametrize(
    "address",
    [
        "/indikator/employment_rate?vy=jamfor&bakgrund=SE,SAMUTF",
        "/indikator/employment_rate?vy=jamfor&bakgrund=SAMUTF",
        "/indikator/employment_rate?vy=tabell&bakgrund=SAMUTF",
        "/indikator/foreign_born_share?vy=jamfor",
        "/indikator/foreign_born_share?vy=tvaar",
        "/indikator/foreign_born_share?vy=tabell",
        "/omraden?indikatorer=foreign_born_share",
        "/omraden?indikatorer=employment_rate&bakgrund=SAMUTF",
    ],
)
def test_areas_are_not_ordered_by_figures_by_origin(
    shipped_client: FlaskClient, address: str
) -> None:
    """Be it the groups' or what the measure is a share of; and the reader is told."""
    path, _, search = address.partition("?")
    page = shown(shipped_client, path, f"?{search}&{HERE}&sortering=varde")
    names = rows_of(page)

    assert names == list(AREAS)
    assert UNORDERED in text(page)


def test_areas_are_ordered_by_figures_of_everybody(shipped_client: FlaskClient) -> None:
    """A reader may ask for the highest first, as of any region."""
    page = shown(shipped_client, "/indikator/studying_20_24", f"?{HERE}&vy=jamfor&sortering=varde")

    assert UNORDERED not in text(page)
    assert "Det högsta värdet står först" in text(page)


def test_no_area_is_named_as_where_the_share_of_foreign_born_rose_most(
    shipped_client: FlaskClient,
) -> None:
    """From the same start they stand by name, without places."""
    page = shown(
        shipped_client,
        "/indikator/foreign_born_share",
        f"?{HERE}&vy=tvaar&fran=samma&sortering=forandring",
    )

    assert "ökade mest" not in text(page)
    assert "Plats" not in [text(one) for one in found(page, "Th")]
    assert "inget av dem nämns som det som ändrats mest" in text(page)


def test_two_areas_are_not_set_against_each_other_by_origin(shipped_client: FlaskClient) -> None:
    """Their figures are shown; that the difference is larger in one of them is not said."""
    search = "?region=0127R002&bakgrund=SE,SAMUTF"
    areas = shown(shipped_client, "/indikator/employment_rate", f"{search}&jamfor=0127R005")
    above = shown(shipped_client, "/indikator/employment_rate", f"{search}&jamfor=0127")

    assert "24,2 mot" not in text(areas)
    assert " än i Albydalen" not in text(areas)
    assert " mot " in text(above)


def test_areas_of_a_gap_stand_by_code_where_a_link_asks_for_it(shipped_client: FlaskClient) -> None:
    """And are not said to stand by name."""
    search = f"?{HERE}&vy=skillnader&par=SE,SAMUTF&sortering="
    by_code = shown(shipped_client, "/indikator/employment_rate", f"{search}kod")
    by_gap = shown(shipped_client, "/indikator/employment_rate", f"{search}varde")

    assert UNORDERED not in text(by_code)
    assert "Listan är ordnad efter kod." in text(by_code)
    assert UNORDERED in text(by_gap)
