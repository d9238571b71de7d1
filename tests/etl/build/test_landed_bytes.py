"""Documents are kept as they were received, and read whatever stands before them."""

import codecs
from collections.abc import Mapping
from pathlib import Path

from tests.etl.documents import Codes, document
from tests.etl.entries import REGION, table, use
from tests.etl.landed import report_of

AXES: Mapping[str, Codes] = {
    "Region": ("0180", "0184"),
    "ContentsCode": {"N": "Folkmängd"},
    "Tid": ("2020", "2021"),
}


def test_a_byte_order_mark_before_the_document_changes_nothing(tmp_path: Path) -> None:
    """Some servers write one; the bytes stay as received, and the same is read from them."""
    plain, marked = (
        report_of(tmp_path / name, document(AXES), table(REGION), use().indicator, before=before)
        for name, before in (("plain", b""), ("marked", codecs.BOM_UTF8))
    )
    assert (plain.problems, marked.problems) == ([], [])
    ((_, _, read),) = plain.loaded
    ((_, state, again),) = marked.loaded
    assert again == read
    assert read.periods == {"2020", "2021"}
    assert state.metadata.sha256 != plain.loaded[0][1].metadata.sha256
