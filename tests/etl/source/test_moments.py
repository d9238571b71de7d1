"""What a document of the API is dated by."""

from collections.abc import Mapping
from typing import Any

import pytest

from etl.errors import DocumentError
from etl.source.jsonstat import document_dataset
from tests.etl.documents import Codes, document

AXES: Mapping[str, Codes] = {
    "Region": ("0180", "0184"),
    "ContentsCode": {"N": "Folkmängd"},
    "Tid": ("2020",),
}


@pytest.mark.parametrize("updated", ["", "2026-06-08T06:00:00Z", "2026-06-08T06:00:00"])
def test_a_document_is_dated_by_a_moment_or_not_at_all(updated: str) -> None:
    """With or without a zone; the build would otherwise stop at the date of one table."""
    said = {**document(AXES), "updated": updated}
    assert document_dataset(said).updated == updated


@pytest.mark.parametrize("updated", ["nyss", "2026-13-01T06:00:00Z", 20260608.5])
def test_a_document_that_is_dated_by_anything_else_is_refused(updated: Any) -> None:
    """And says what was sent."""
    with pytest.raises(DocumentError, match=str(updated)):
        document_dataset({**document(AXES), "updated": updated})
