"""What the stand-in refuses, and in which words, as the real server does."""

import httpx
import pytest

from tests.pxweb_server import Server

MISSING = "Missing selection for mandantory variable"
NO_VALUE = "Non-existent value"
ONE_CELL_IN_QUERY = "valueCodes[ContentsCode]=N&valueCodes[Tid]=2021"

REFUSALS = [
    ("/tables/NO/metadata", 404, 404, "Non-existent table"),
    ("/tables/NO", 404, 404, "Non-existent table"),
    ("/tables/NO/data", 400, 404, "Non-existent table"),
    ("/tables/TAB1/metadata?lang=en", 404, 404, "Non-existent table"),
    ("/tables/TAB1/metadata?lang=no", 400, 400, "Unsupported language"),
    ("/tables?pageNumber=2", 404, 404, "Non-existent page"),
    ("/codelists/vs_Annan", 404, 404, "Non-existent codelist"),
    ("/codelists/agg_Med%2B%28", 404, 404, "Non-existent codelist"),
    ("/tables/TAB1/data?outputFormat=csv", 400, 400, "Unsupported output format"),
    ("/tables/TAB1/data?outputFormatParams=UseCodes", 400, 400, "Unsupported output format"),
    ("/tables/TAB1/data?valueCodes[Tid]=2021", 400, 400, MISSING),
    ("/tables/TAB1/data?valueCodes[Ort]=1", 400, 400, "Non-existent variable"),
    (
        "/tables/TAB1/data?valueCodes[Kon]=1+2&valueCodes[ContentsCode]=N&valueCodes[Tid]=*",
        400,
        400,
        NO_VALUE,
    ),
    (
        "/tables/TAB1/data?valueCodes[ContentsCode]=N&valueCodes[Tid]=[FROM(1999)]",
        400,
        400,
        NO_VALUE,
    ),
    (
        "/tables/TAB1/data?valueCodes[ContentsCode]=N&valueCodes[Tid]=TOP(2,1)",
        400,
        400,
        "Illegal selection expression",
    ),
    (
        "/tables/TAB1/data?valueCodes[ContentsCode]=N&valueCodes[Tid]=[TOP(2, 1)]",
        400,
        400,
        "Illegal selection expression",
    ),
    (
        f"/tables/TAB1/data?valueCodes[Kon]=*&codelist[Kon]=vs_Kommun&{ONE_CELL_IN_QUERY}",
        400,
        400,
        "Non-existent codelist",
    ),
]


@pytest.mark.parametrize(("path", "status", "in_body", "title"), REFUSALS)
def test_a_refusal_has_the_real_status_and_title(
    client: httpx.Client, path: str, status: int, in_body: int, title: str
) -> None:
    """The status on the wire and the status in the body may differ; the title is SCB's own."""
    refused = client.get(path)
    problem = refused.json()
    assert (refused.status_code, problem["status"], problem["title"]) == (status, in_body, title)
    assert refused.headers["Content-Type"].startswith("application/problem+json")


def test_too_many_cells_is_a_400(client: httpx.Client, server: Server) -> None:
    """One cell more than allowed is refused; exactly as many are not."""
    server.limits = type(server.limits)(max_cells=24, calls=1000, window=1)
    table = "/tables/TAB1/data?valueCodes[Region]=*&valueCodes[Kon]=*&valueCodes[Tid]=*"
    assert client.get(f"{table}&valueCodes[ContentsCode]=N").status_code == 200
    refused = client.get(f"{table}&valueCodes[ContentsCode]=*")
    assert (refused.status_code, refused.json()["title"]) == (400, "Too many cells selected")
    assert refused.json()["detail"] == "Too many cells selected"


@pytest.mark.parametrize("body", [b"{", b"[1]", b'{"selection":[1]}', b'{"selection":"*"}'])
def test_a_body_that_is_no_selection_is_refused(client: httpx.Client, body: bytes) -> None:
    """Broken or foreign JSON is a 400, not a fault of the server."""
    headers = {"Content-Type": "application/json"}
    assert client.post("/tables/TAB1/data", content=body, headers=headers).status_code == 400


def test_a_body_that_does_not_say_it_is_json_is_refused(client: httpx.Client) -> None:
    """As the real server, a POST without the JSON content type is a 415."""
    assert client.post("/tables/TAB1/data", content=b"{}").status_code == 415


def test_a_very_long_address_is_not_found(client: httpx.Client) -> None:
    """Long selections must be posted."""
    codes = ",".join(["0180"] * 500)
    refused = client.get(f"/tables/TAB1/data?valueCodes[Region]={codes}")
    assert refused.status_code == 404
    assert refused.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/navigation", "/tables/TAB1/other", "/", "/savedqueries/1"])
def test_an_address_the_api_does_not_have_is_not_found(client: httpx.Client, path: str) -> None:
    """/navigation is gone since version 2.0; saved queries are not stored here."""
    assert client.get(path).status_code == 404
