"""What tests read from the API."""

from typing import Any

from flask.testing import FlaskClient

API = "/api/v1"


def asked(client: FlaskClient, address: str) -> Any:
    """The document at an address of the API, which must be there."""
    answer = client.get(API + address)
    assert answer.status_code == 200, answer.text
    return answer.json


def refused(client: FlaskClient, address: str) -> tuple[int, set[str]]:
    """Status of a refusal and the fields it names."""
    answer = client.get(API + address)
    assert answer.mimetype == "application/problem+json"
    document: Any = answer.json
    assert document["status"] == answer.status_code
    assert document["title"]
    assert document["detail"]
    return answer.status_code, {one["field"] for one in document.get("errors", [])}
