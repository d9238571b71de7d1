"""The API holds what its own description promises, whatever is asked."""

from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from dashboard.api.declared import API_PREFIX, ENDPOINTS, FORMAT_NAMES, ObservationRecord
from dashboard.exports.extract import MACHINE_COLUMNS
from dashboard.exports.formats import FORMATS

DESCRIPTION = f"{API_PREFIX}/openapi.json"
PLAIN = {"Accept-Encoding": "identity"}  # schemathesis does not unpack what it reads
EXAMPLES = 60
# Where nothing can be said, nothing can be said wrongly.
ASKED = [
    (endpoint.path, mode)
    for endpoint in ENDPOINTS.values()
    for mode in ("positive", "negative")
    if endpoint.query.model_fields or endpoint.parts or mode == "positive"
]


@pytest.fixture(scope="module")
def described(reader: FlaskClient) -> Any:
    """The description as a client reads it."""
    return reader.get(DESCRIPTION).json


@pytest.mark.slow
@pytest.mark.parametrize(("path", "mode"), ASKED)
def test_nothing_that_is_asked_breaks_the_promise(
    reader: FlaskClient, path: str, mode: str
) -> None:
    """No 5xx; each answer has a status, a type and a shape of the description; odd is refused."""
    # Late, for its import takes longer than all the other tests of this file.
    import schemathesis
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    # A code may have the right shape and still not exist: that is refused, and rightly.
    not_promised: list[Any] = [positive_data_acceptance]
    operation = schemathesis.openapi.from_wsgi(DESCRIPTION, reader.application)[path]["GET"]

    @given(operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode)))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=PLAIN, excluded_checks=not_promised)

    check()


def test_the_description_names_every_field_that_is_read(described: Any) -> None:
    """One declaration: what is described is what is understood."""
    for endpoint in ENDPOINTS.values():
        parameters = described["paths"][endpoint.path]["get"]["parameters"]
        fields = endpoint.query.model_fields

        assert [parameter["name"] for parameter in parameters if parameter["in"] == "query"] == [
            field.alias or name for name, field in fields.items()
        ]
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {endpoint.path for endpoint in ENDPOINTS.values()}


def test_an_observation_has_the_columns_of_every_file() -> None:
    """What a program reads here is what it would read in a file."""
    assert tuple(ObservationRecord.model_fields) == MACHINE_COLUMNS


def test_there_is_no_format_but_those_of_the_exports() -> None:
    """What the API writes is what a download writes; JSON is its own."""
    assert set(FORMAT_NAMES) - {"json"} <= set(FORMATS)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/indicators", "/indicators"),
        ("/indicators/{id}", "/indicators/employment_rate"),
        ("/indicators/{id}", "/indicators/open_unemployment"),
        ("/regions", "/regions"),
        ("/observations", "/observations?limit=500"),
        ("/similar", "/similar?region=0127&neighbours=5"),
        ("/gaps", "/gaps?indicator=employment_rate&pair=SE,SAMUTF&measure=index"),
        ("/gaps/changes", "/gaps/changes?indicator=employment_rate&pair=SE,SAMUTF"),
        ("/versions", "/versions"),
        ("/freshness", "/freshness"),
    ],
)
def test_an_answer_has_the_shape_that_is_described(
    reader: FlaskClient, described: Any, path: str, address: str
) -> None:
    """An independent validator finds every key and type as described, and no other key."""
    content = described["paths"][path]["get"]["responses"]["200"]["content"]
    shape = content["application/json"]["schema"]
    shape = shape.get("anyOf", [shape])[0] | {"components": described["components"]}

    jsonschema.Draft202012Validator(shape).validate(reader.get(API_PREFIX + address).json)


def test_a_refusal_has_the_shape_that_is_described(reader: FlaskClient, described: Any) -> None:
    """A program may rely on the form of a problem."""
    shape = {"$ref": "#/components/schemas/Problem", "components": described["components"]}
    answer = reader.get(f"{API_PREFIX}/observations?sex=9&limit=x")

    jsonschema.Draft202012Validator(shape).validate(answer.json)


@pytest.mark.parametrize("path", ["/observations", "/gaps", "/gaps/changes"])
def test_an_indicator_that_is_not_there_is_a_described_refusal(
    reader: FlaskClient, described: Any, path: str
) -> None:
    """Whoever may name an indicator may name one that there is not."""
    query = (
        "?indicator=k" if path in {"/observations", "/changes"} else "?indicator=k&pair=SE,SAMUTF"
    )
    answer = reader.get(f"{API_PREFIX}{path}{query}")

    assert answer.status_code == 404
    assert "404" in described["paths"][path]["get"]["responses"]
