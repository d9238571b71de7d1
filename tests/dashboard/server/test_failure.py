"""What a reader gets when the panel itself fails."""

import logging
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.warehouse import CATALOGUE, publish


@pytest.fixture
def damaged(tmp_path: Path) -> FlaskClient:
    """The panel over a warehouse that has lost its tables of figures."""
    with duckdb.connect(publish(tmp_path)) as connection:
        for table in ("headline", "latest", "observation"):
            connection.execute(f"DROP TABLE {table}")
    client: FlaskClient = create_app(opened(tmp_path, CATALOGUE)).server.test_client()
    return client


@pytest.mark.parametrize(
    ("search", "lang", "words", "home"),
    [
        ("?region=0127", "sv", "Något gick fel", "/?region=0127"),
        ("?region=0127&amp=1&lang=en", "en", "Something went wrong", "/?region=0127&amp;lang=en"),
    ],
)
def test_a_page_that_fails_says_so_in_words_and_has_a_way_on(
    damaged: FlaskClient, caplog: pytest.LogCaptureFixture, search: str, lang: str,
    words: str, home: str,
) -> None:  # fmt: skip
    """Status 500, one heading, a link; the reason is in the log and nowhere else."""
    with caplog.at_level(logging.ERROR):
        answer = damaged.get(f"/{search}")

    assert answer.status_code == 500
    assert f'<html lang="{lang}">' in answer.text
    assert f"<h1>{words}</h1>" in answer.text
    assert f'href="{home}"' in answer.text
    assert "Traceback" not in answer.text
    assert "headline" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "headline" in caplog.text


def test_a_program_that_fails_gets_a_problem_in_its_own_format(damaged: FlaskClient) -> None:
    """Also a failure is application/problem+json, with its status."""
    answer = damaged.get("/api/v1/observations?indicator=employment_rate&region=0127")

    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 500
    assert "observation" not in answer.get_json()["detail"]


def test_a_way_to_say_that_an_answer_did_not_come_is_on_every_page(client: FlaskClient) -> None:
    """The words wait in both languages; the place is empty until they are needed."""
    text = client.get("/").text

    assert '<div id="unanswered" role="alert" ' in text
    assert "Sidan kunde inte hämtas." in text
    assert "The page could not be fetched." in text
