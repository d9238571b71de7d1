"""What stands beside comparisons in the views: cautions, units and whose arithmetic it is."""

from typing import Any, get_args

import pytest
from flask.testing import FlaskClient

from dashboard.rules.comparison import Reason
from dashboard.text import terms
from tests.dashboard.rendered import found, shown, text

EMPLOYED = "/indikator/employment_rate"
CAUTION = "Länder gick in i EU och bytte grupp."  # of VXEUEES, 2004


def told(client: FlaskClient, search: str) -> str:
    """The words under the chart of a view."""
    paragraphs: list[dict[str, Any]] = found(shown(client, EMPLOYED, search), "P")
    return " ".join(text(one) for one in paragraphs if one["props"].get("className") == "told")


@pytest.mark.parametrize(("years", "cautious"), [("2003-2004", True), ("2005-2006", False)])
def test_an_order_by_change_across_a_caution_says_so(
    reader: FlaskClient, years: str, cautious: bool
) -> None:
    """Of those born in the rest of the world a change since 2003 is cautious, since 2005 not."""
    search = f"?region=0126&vy=jamfor&bakgrund=VXEUEES&ar={years}"

    assert (CAUTION in told(reader, f"{search}&sortering=forandring")) is cautious
    assert CAUTION not in told(reader, search)


def test_an_order_by_change_across_a_break_says_why_nothing_has_a_place(
    reader: FlaskClient,
) -> None:
    """From 2022 the figures come from another source: no change has a number, and why is said."""
    words = told(reader, "?region=0126&vy=jamfor&sortering=forandring&ar=2021-2022")

    assert words.count("Uppgifterna för 2021 och 2022 går inte att jämföra.") == 1
    assert "Ny källa (BAS), 20–65 år" in words


def test_two_years_across_a_caution_say_so_once(reader: FlaskClient) -> None:
    """The own region's sentences carry the caution; the chart does not say it again."""
    search = "?region=0126&vy=tvaar&bakgrund=VXEUEES&ar=2003-2004"
    sentences = [text(one) for one in found(shown(reader, EMPLOYED, search), "P")]

    assert sum(one.startswith("Mellan 2003") for one in sentences) == 1
    assert " ".join(sentences).count(CAUTION) == 1


def test_the_unit_of_a_difference_is_not_that_of_the_shares(reader: FlaskClient) -> None:
    """Shares in per cent, their difference in percentage points, and it is our own arithmetic."""
    page = shown(reader, EMPLOYED, "?region=0126&vy=skillnader")
    captions = [text(one) for one in found(page, "Caption")]

    assert len(captions) == 2
    for one in captions:
        assert "Procent. Skillnaden visas i procentenheter." in one
        assert "Skillnad och kvot är egen bearbetning av data från SCB." in one


@pytest.mark.parametrize("reason", sorted({*get_args(Reason)} - {"missing", "break"}))
def test_every_reason_has_words_between_two_years(reason: str) -> None:
    """No reason why two years are not compared is left without words."""
    assert f"pair_{reason}" in terms()
