"""Documents kept as they were received."""

import gzip
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import DocumentError
from etl.source.landing import (
    Record,
    intact,
    land,
    landed_tables,
    prune_documents,
    read,
    records,
    sha256,
)
from etl.store import write_safely

BODY = '{"value":[1,2,null],"label":"Folkmängd"}'.encode()


def record(content: bytes = BODY, **changes: object) -> Record:
    """A record of a document, from January."""
    fields: dict[str, object] = {
        "kind": "data",
        "table": "TAB1",
        "request": "0123456789abcdef",
        "url": "https://example.org/api/v2/tables/TAB1/data?lang=sv",
        "body": '{"selection":[]}',
        "fetched": "2026-01-05T08:15:00+00:00",
        "sha256": sha256(content),
        "size": len(content),
        "title": "Folkmängd efter region",
        "updated": "2026-01-05T07:00:00Z",
        "source": "SCB",
        "api_version": "2.3.2",
        "max_cells": 150_000,
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    return Record(**{**fields, **changes})  # type: ignore[arg-type]


def landed(folder: Path, content: bytes = BODY, **changes: object) -> Record:
    """A document in the landing."""
    one = record(content, **changes)
    land(folder, content, one)
    return one


def bytes_file(folder: Path, digest: str) -> Path:
    """The file that holds a document's bytes."""
    (path,) = (folder / "bytes").rglob(f"{digest}.gz")
    return path


@given(st.binary(max_size=300))
def test_the_bytes_come_back_as_they_were_received(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """Whatever was received, not a byte is added, lost or decoded."""
    folder = tmp_path_factory.mktemp("landing")
    one = landed(folder, content)
    assert read(folder, one.sha256) == content
    assert records(folder, "TAB1") == [one]


def test_a_document_is_kept_compressed_under_its_hash(tmp_path: Path) -> None:
    """Any gunzip gives the same bytes back, and two equal answers are kept once."""
    one = landed(tmp_path)
    landed(tmp_path, table="TAB2")
    assert gzip.decompress(bytes_file(tmp_path, one.sha256).read_bytes()) == BODY
    assert landed_tables(tmp_path) == ["TAB1", "TAB2"]


def test_documents_of_a_table_with_another_kind_of_id_are_kept(tmp_path: Path) -> None:
    """Ids are the source's: nothing is taken for left over because of how its table is called."""
    one = landed(tmp_path, table="BE0101A1")
    assert landed_tables(tmp_path) == ["BE0101A1"]
    assert prune_documents(tmp_path, keep=1) == 0
    assert read(tmp_path, one.sha256) == BODY


def test_every_altered_byte_of_a_document_is_noticed(tmp_path: Path) -> None:
    """Wherever the file is damaged, its bytes are refused or still the ones received."""
    one = landed(tmp_path)
    path = bytes_file(tmp_path, one.sha256)
    whole = path.read_bytes()
    refused = 0
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            assert read(tmp_path, one.sha256) == BODY
        except DocumentError:
            refused += 1
    # Ten bytes of gzip's header may say something else about the same content.
    assert refused >= len(whole) - 10


def test_a_truncated_document_is_refused(tmp_path: Path) -> None:
    """Half a file, at any length, is no document."""
    one = landed(tmp_path)
    path = bytes_file(tmp_path, one.sha256)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(DocumentError):
            read(tmp_path, one.sha256)


def test_another_document_under_the_hash_is_refused(tmp_path: Path) -> None:
    """A well-formed file with other figures is altered, and the message says what to do."""
    one = landed(tmp_path)
    bytes_file(tmp_path, one.sha256).write_bytes(gzip.compress(b'{"value":[9]}'))
    with pytest.raises(DocumentError, match="altered; fetch again"):
        read(tmp_path, one.sha256)


def test_an_absent_document_is_refused(tmp_path: Path) -> None:
    """A record without bytes names the document and what to do."""
    one = landed(tmp_path)
    bytes_file(tmp_path, one.sha256).unlink()
    with pytest.raises(DocumentError, match=r"gone .* fetch again"):
        read(tmp_path, one.sha256)


def test_a_half_written_draft_is_no_record_and_no_document(tmp_path: Path) -> None:
    """What a killed run leaves behind is not seen."""
    one = landed(tmp_path)
    (tmp_path / "TAB1" / ".draft-x1").write_bytes(b'{"kind":"data","ta')
    (bytes_file(tmp_path, one.sha256).parent / ".draft-x2").write_bytes(b"\x1f\x8b")
    assert records(tmp_path, "TAB1") == [one]
    assert read(tmp_path, one.sha256) == BODY


def test_bytes_without_a_record_are_not_seen(tmp_path: Path) -> None:
    """A run killed between bytes and record has fetched nothing as far as anybody knows."""
    one = landed(tmp_path)
    for path in (tmp_path / "TAB1").glob("*.json"):
        path.unlink()
    assert records(tmp_path, "TAB1") == []
    assert read(tmp_path, one.sha256) == BODY


def test_records_come_oldest_first_whatever_they_are(tmp_path: Path) -> None:
    """Metadata and data of one table in the order of time."""
    later = landed(tmp_path, b"3", kind="data", fetched="2026-03-01T08:00:00+00:00")
    first = landed(tmp_path, b"1", kind="metadata", fetched="2026-01-01T08:00:00+00:00")
    second = landed(tmp_path, b"2", request="f" * 16, fetched="2026-01-01T08:00:01+00:00")
    assert records(tmp_path, "TAB1") == [first, second, later]
    assert records(tmp_path, "TAB2") == []


def test_a_failed_write_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    """The name is taken by something that cannot be replaced: the error is told, nothing left."""
    target = tmp_path / "taken"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="taken"):
        write_safely(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_written_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """A reader that has the old file open keeps it; a new reader gets the new one."""
    target = tmp_path / "pointer.json"
    write_safely(target, b"old")
    with target.open("rb") as open_before:
        write_safely(target, b"newer")
        assert open_before.read() == b"old"
    assert target.read_bytes() == b"newer"


def test_pruning_keeps_the_newest_of_each_request_and_what_is_needed(tmp_path: Path) -> None:
    """Superseded answers go, the last ones and those that a warehouse names stay."""
    months = [f"2026-0{month}-01T08:00:00+00:00" for month in (1, 2, 3, 4)]
    old = [landed(tmp_path, f"v{at}".encode(), fetched=when) for at, when in enumerate(months)]
    other = landed(tmp_path, b"other", request="f" * 16, fetched=months[0])

    removed = prune_documents(tmp_path, keep=2, needed=[old[0].sha256])

    assert removed == 1
    assert records(tmp_path, "TAB1") == [old[0], other, old[2], old[3]]
    for one in (old[0], other, old[2], old[3]):
        assert read(tmp_path, one.sha256)
    with pytest.raises(DocumentError, match="gone"):
        read(tmp_path, old[1].sha256)


def test_pruning_keeps_bytes_that_another_record_shares(tmp_path: Path) -> None:
    """An answer that came back to what it was is the same bytes: they stay with the newest."""
    contents = (b"a", b"b", b"a")
    for month, content in enumerate(contents, start=1):
        landed(tmp_path, content, fetched=f"2026-0{month}-01T08:00:00+00:00")
    prune_documents(tmp_path, keep=1)
    assert read(tmp_path, sha256(b"a")) == b"a"
    with pytest.raises(DocumentError):
        read(tmp_path, sha256(b"b"))


def test_pruning_twice_removes_nothing_more(tmp_path: Path) -> None:
    """What is kept once is kept for good."""
    for month in (1, 2, 3):
        landed(tmp_path, b"%d" % month, fetched=f"2026-0{month}-01T08:00:00+00:00")
    assert prune_documents(tmp_path, keep=1) == 2
    assert prune_documents(tmp_path, keep=1) == 0


@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_a_damaged_document_is_mended_by_landing_it_again(tmp_path: Path, damage: str) -> None:
    """Bytes under the right name are not believed to be the right bytes."""
    one = landed(tmp_path)
    path = bytes_file(tmp_path, one.sha256)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-5])
    assert not intact(tmp_path, one.sha256)

    landed(tmp_path)

    assert intact(tmp_path, one.sha256)
    assert read(tmp_path, one.sha256) == BODY


def test_a_record_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    """Records once held the notes of the table, too; what they answered is not fetched again."""
    one = landed(tmp_path)
    (path,) = (tmp_path / "TAB1").glob("*.json")
    path.write_bytes(orjson.dumps(orjson.loads(path.read_bytes()) | {"notes": [["Ett", True]]}))
    assert records(tmp_path, "TAB1") == [one]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"kind": "data", "notes": 1}'])
def test_a_damaged_record_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    """The other records of the table are still read, and nothing of its bytes is removed."""
    one = landed(tmp_path)
    (tmp_path / "TAB1" / "data-0123-20260101T000000+0000-00.json").write_bytes(content)
    (tmp_path / "TAB1" / "stray.json").write_bytes(content)

    assert records(tmp_path, "TAB1") == [one]
    assert prune_documents(tmp_path, keep=1) == 0
    assert read(tmp_path, one.sha256) == BODY


def test_what_is_written_can_be_read_by_others(tmp_path: Path) -> None:
    """The dashboard often runs as somebody else than the one who fetches."""
    write_safely(tmp_path / "warehouse.json", b"{}")
    assert (tmp_path / "warehouse.json").stat().st_mode & 0o777 == 0o644
