"""What the API refuses, and how it says so."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.api_client import API, refused
from tests.dashboard.warehouse import CATALOGUE, SECOND, rows


@pytest.mark.parametrize(
    ("address", "status", "fields"),
    [
        ("/observations?indicator=nothing", 404, {"indicator"}),
        ("/observations?indicator=population,nothing", 404, {"indicator"}),
        ("/indicators/nothing", 404, {"id"}),
        ("/observations?indicator=population&region=180", 400, {"region"}),
        ("/observations?indicator=nothing&region=180", 400, {"indicator", "region"}),
        ("/observations?indikator=population", 400, {"indikator"}),
        ("/observations?indicator=Population!", 400, {"indicator"}),
        ("/observations?region=", 400, {"region"}),
        ("/observations?region=01,,09", 400, {"region"}),
        ("/observations?level=kommun", 400, {"level"}),
        ("/observations?sex=3", 400, {"sex"}),
        ("/observations?background=XX", 400, {"background"}),
        ("/observations?education=XX", 400, {"education"}),
        ("/observations?from=24", 400, {"from"}),
        ("/observations?to=2024-01", 400, {"to"}),
        ("/observations?from=2024&to=2020", 400, {"from"}),
        ("/observations?version=latest", 400, {"version"}),
        (f"/observations?version={SECOND}", 410, {"version"}),
        ("/observations?format=pdf", 400, {"format"}),
        ("/observations?format=csv-excel", 400, {"format"}),
        ("/observations?format=xlsx&flavour=excel", 400, {"flavour"}),
        ("/observations?format=csv&flavour=british", 400, {"flavour"}),
        ("/observations?limit=0", 400, {"limit"}),
        ("/observations?limit=-5", 400, {"limit"}),
        ("/observations?limit=ten", 400, {"limit"}),
        ("/observations?limit=100001", 400, {"limit"}),
        ("/observations?offset=1.5", 400, {"offset"}),
        ("/observations?limit=5&limit=6", 400, {"limit"}),
        ("/observations?from=x&to=y&sex=9&foo=1", 400, {"from", "to", "sex", "foo"}),
        ("/regions?parent=99", 400, {"parent"}),
        ("/regions?level=city", 400, {"level"}),
        ("/indicators?theme=work", 400, {"theme"}),
        ("/versions?x=1", 400, {"x"}),
        ("/nothing/here", 404, set()),
        ("", 404, set()),
    ],
)
def test_what_cannot_be_answered_is_named_field_by_field(
    reader: FlaskClient, address: str, status: int, fields: set[str]
) -> None:
    """404 for an unknown indicator, 410 for a version gone, else 400; all problems at once."""
    assert refused(reader, address) == (status, fields)


def test_limits_bind_pages_of_json_and_nothing_else(reader: FlaskClient) -> None:
    """CSV has every row; the most a page of JSON may have is told in the refusal."""
    csv = reader.get(f"{API}/observations?format=csv&limit=100001")

    assert csv.status_code == 200
    assert len(csv.text.splitlines()) == len(rows()) + 1
    assert "100000" in reader.get(f"{API}/observations?limit=100001").text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(reader: FlaskClient, method: str) -> None:
    """Every other method is refused as a problem that says which there are."""
    answer = getattr(reader, method)(f"{API}/observations")

    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_without_data_the_api_says_so(tmp_path: Path) -> None:
    """503, to be asked again, and still a description of the API."""
    client = create_app(opened(tmp_path, CATALOGUE)).server.test_client()

    for address in ("/indicators", "/observations", "/versions", "/freshness"):
        answer = client.get(API + address)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
    assert client.get(f"{API}/openapi.json").status_code == 200
