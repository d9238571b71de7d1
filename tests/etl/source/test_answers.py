"""Which answers are those to the question that was asked."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from etl.errors import DocumentError
from etl.source.fetching import CHANGED, Task, _check_answer
from etl.source.jsonstat import document_dataset
from etl.source.selection import CellRequest
from tests.etl.documents import document

ASKED: Mapping[str, Sequence[str]] = {
    "Region": ["0114", "0180"],
    "ContentsCode": ["N"],
    "Tid": ["2022", "2023"],
}
UPDATED = "2024-02-22T07:00:00Z"  # of the document
LATER = "2024-02-22T07:00:01Z"


def check(
    axes: Mapping[str, Sequence[str]], table: str = UPDATED, received: str = "2024-03-01T08:20:00Z"
) -> None:
    """Check an answer by these codes, to `ASKED` of a table updated then."""
    selection = [{"variableCode": name, "valueCodes": list(codes)} for name, codes in ASKED.items()]
    body: dict[str, Any] = {"selection": selection}
    task = Task("small", "TAB1", table, CellRequest("0" * 16, body, 4))
    _check_answer(task, document_dataset(document(axes)), received)


def test_an_answer_with_the_codes_in_the_tables_order_is_taken() -> None:
    """The server orders them as it likes."""
    check({**ASKED, "Region": ["0180", "0114"]})


@pytest.mark.parametrize(
    ("axes", "told"),
    [
        ({**ASKED, "Region": ["0114"]}, "other codes of Region"),
        ({**ASKED, "Tid": ["2022", "2023", "2024"]}, "other codes of Tid"),
        ({"ContentsCode": ["N"], "Tid": ["2022", "2023"]}, "other codes of Region"),
        ({**ASKED, "Kon": ["1+2"]}, "by Kon too, which was not asked for"),
    ],
)
def test_an_answer_to_another_question_is_refused(
    axes: Mapping[str, Sequence[str]], told: str
) -> None:
    """Fewer codes, more codes, a variable that is gone, and one that was to be left out."""
    with pytest.raises(DocumentError, match=told):
        check(axes)


def test_an_answer_that_is_newer_than_the_table_is_refused() -> None:
    """The table was updated after it was described: both are asked for again."""
    with pytest.raises(DocumentError, match=CHANGED):
        check(ASKED, table="2024-02-21T07:00:00Z")


@pytest.mark.parametrize(
    ("received", "taken"),
    [
        ("2024-02-22T07:05:00Z", False),
        ("2024-02-22T07:14:59+00:00", False),
        ("2024-02-22T07:20:00+00:00", True),
        ("2024-02-22T08:20:00+01:00", True),
        ("2026-11-21T08:00:00+00:00", True),
    ],
)
def test_an_older_answer_is_the_tables_once_the_server_has_forgotten(
    received: str, taken: bool
) -> None:
    """Five minutes is its memory; a run at 08:20 Swedish time takes what 08:00 brought."""
    if taken:
        check(ASKED, table=LATER, received=received)
    else:
        with pytest.raises(DocumentError, match=CHANGED):
            check(ASKED, table=LATER, received=received)


def test_a_date_that_cannot_be_read_is_another_date() -> None:
    """What is not understood is not compared."""
    with pytest.raises(DocumentError, match=CHANGED):
        check(ASKED, table="some day")
