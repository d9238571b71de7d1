"""A version of the third schema: its newest figures have texts for codes, and every background."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.data.queries.figures import latest_figures, newest_of_levels, spreads
from dashboard.data.versions import Shelf, Warehouse
from tests.dashboard.warehouse import publish

# `latest` as a build filled it then.
AS_BEFORE = """
    CREATE OR REPLACE TABLE latest AS
    SELECT region::VARCHAR AS region, indicator::VARCHAR AS indicator,
           background::VARCHAR AS background, newest.period::VARCHAR AS period, newest.value,
           newest.status, newest.segment::VARCHAR AS segment, newest.kind::VARCHAR AS kind
    FROM (
        SELECT region, indicator, background,
               arg_max({period: period, value: value, status: status, segment: segment, kind: kind},
                       CASE WHEN value IS NULL THEN '0' ELSE '1' END || period::VARCHAR) AS newest
        FROM observation
        WHERE sex = '_T' AND age = '_T' AND education = '_T'
        GROUP BY region, indicator, background
    );
    UPDATE run SET schema_version = 3;
"""


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A folder with the figures of the others as a version of the third schema."""
    with duckdb.connect(publish(tmp_path)) as connection:
        connection.execute(AS_BEFORE)
    return tmp_path


@pytest.mark.parametrize(
    "question",
    [
        lambda one: latest_figures(one, ["0127", "0140", "01", "00", "nobody"]),
        lambda one: sorted(newest_of_levels(one)),
        lambda one: {cell: sorted(numbers) for cell, numbers in spreads(one).items()},
    ],
    ids=["latest_figures", "newest_of_levels", "spreads"],
)
def test_it_answers_what_a_version_of_today_does(
    data: Path, third: Path, question: Callable[[Warehouse], Any]
) -> None:
    """The figures are the same, so the answers are: codes as text, in the same order."""
    answers = []
    for folder in (data, third):
        shelf = Shelf(folder)
        with shelf.current() as warehouse:
            assert warehouse is not None
            answers.append(question(warehouse))
        shelf.close()

    assert answers[0]
    assert answers[0] == answers[1]
