"""What a reader takes along from the page of data: the choice, and links that answer."""

import csv
import io
from typing import Any

from flask.testing import FlaskClient

from dashboard.state.links import Shown, next_link
from tests.dashboard.rendered import found, shown, text

EMPLOYMENT = "employment_rate"


def files(page: Any) -> list[str]:
    """The addresses of the files a page offers."""
    links = [one["props"]["href"] for one in found(page, "A")]
    return [to for to in links if to.startswith("/ladda-ner/")]


def test_every_file_that_is_offered_is_there(client: FlaskClient) -> None:
    """No link leads to an error: every format, of everything and of one region."""
    offered = files(shown(client, "/data", "?region=0127"))

    assert len(offered) == 12
    for to in offered:
        answer = client.get(to)
        assert answer.status_code == 200, to
        assert "attachment" in answer.headers["Content-Disposition"]
        answer.close()


def test_a_choice_of_indicators_is_what_the_file_holds(client: FlaskClient) -> None:
    """What is ticked is taken along, of the own region where that is asked for, and no more."""
    page = shown(client, "/data", f"?region=0127&indikatorer={EMPLOYMENT}")
    (address,) = (
        to for to in files(page) if ".csv" in to and "region=" in to and "excel" not in to
    )
    rows = list(csv.DictReader(io.StringIO(client.get(address).get_data(as_text=True))))

    assert "Ditt urval: 1 indikator." in text(page)
    assert {row["indicator"] for row in rows} == {EMPLOYMENT}
    assert {row["region"] for row in rows} == {"0127"}


def test_without_a_choice_the_list_is_taken_along(client: FlaskClient) -> None:
    """A narrowed list gives a selection, the whole list the whole catalogue."""
    whole = files(shown(client, "/data"))
    narrowed = files(shown(client, "/data", "?tema=labour_market"))

    assert all(to.startswith("/ladda-ner/katalogen.") for to in whole)
    assert all(to.startswith("/ladda-ner/urval.") for to in narrowed)
    assert all("open_unemployment" in to and "population" not in to for to in narrowed)


def test_the_boxes_are_those_of_the_list_and_of_the_choice(client: FlaskClient) -> None:
    """A choice outlives another search, and can be undone where it is seen."""
    page = shown(client, "/data", "?tema=labour_market&indikatorer=population")
    (boxes,) = found(page, "Checklist")
    (folded,) = (one for one in found(page, "Details") if found(one, "Checklist"))

    assert boxes["props"]["value"] == ["population"]
    assert {one["value"] for one in boxes["props"]["options"]} >= {"population", EMPLOYMENT}
    assert folded["props"]["open"] is True


def test_an_unknown_indicator_of_the_link_is_named(client: FlaskClient) -> None:
    """The rest of the choice is taken along."""
    page = shown(client, "/data", "?indikatorer=nowhere,population")

    assert "Okänd indikator i länken: ”nowhere”." in text(page)
    assert "Ditt urval: 1 indikator." in text(page)


def test_files_are_of_the_version_and_language_that_is_read(client: FlaskClient) -> None:
    """A fixed link gives the figures that it shows."""
    version = "20261121T081500Z-1a2b3c4d"
    offered = files(shown(client, "/data", f"?lang=en&version={version}"))

    assert all("lang=en" in to and f"version={version}" in to for to in offered)


def test_a_menu_leads_back_to_everything() -> None:
    """All themes, or all collections, is the address without any."""
    shown_now = Shown({"theme": "housing", "collection": "unga"}).stored()

    assert next_link("?tema=housing&samling=unga", "theme", "_T", shown_now) == "?samling=unga"
    assert next_link("?tema=housing&samling=unga", "collection", "_T", shown_now) == "?tema=housing"
    assert next_link("", "collection", "resurser", shown_now) == "?samling=resurser"
