"""States of a table stand in the source's own order, never in that of our clock."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from etl.errors import BusyError
from etl.source.client import Patience
from etl.source.landing import Record, land, newest_description, records, sha256
from tests.attacks.world import FIRST, PEOPLE, SECOND, THIRD, World
from tests.etl.answering import Server, client, ok

AHEAD = "2031-06-01T08:00:00.000000+00:00"
WENT_BACK = "`updated` went back from"


def in_years(world: World) -> list[float | None]:
    """The published figures of the country."""
    return [*world.values(PEOPLE).values()]


def with_clock_ahead(folder: Path) -> None:
    """A landing as a machine left it whose clock was years ahead, by an earlier version."""
    for path in folder.glob("*/*.json"):
        record = orjson.loads(path.read_bytes())
        for later in ("number", "turn", "answered"):
            record.pop(later, None)
        path.unlink()
        name = path.name.replace("2026", "2031", 1)
        path.with_name(name).write_bytes(orjson.dumps(record | {"fetched": AHEAD}))


@pytest.mark.slow
def test_a_machine_whose_clock_was_ahead_has_the_new_figures_after_the_next_run(
    small_world: World,
) -> None:
    """What it landed is dated years from now; what SCB says since is the newer all the same."""
    with_clock_ahead(small_world.data / "landing")
    small_world.publish(PEOPLE, SECOND, 1)

    run = small_world.run()

    assert run.code == 0, run.output
    assert in_years(small_world) == [982.0, 1002.0, 1022.0]
    asked = small_world.asked(PEOPLE)
    assert small_world.run().code == 0
    assert small_world.asked(PEOPLE) == asked


@pytest.mark.slow
def test_what_an_earlier_version_landed_is_not_asked_for_again(small_world: World) -> None:
    """An upgrade fetches nothing that is there."""
    with_clock_ahead(small_world.data / "landing")
    assert small_world.run().code == 0
    assert small_world.asked(PEOPLE) == 1


@pytest.mark.slow
def test_a_date_that_goes_back_is_a_new_state_that_is_asked_for_and_told(
    small_world: World,
) -> None:
    """SCB takes an edition back and gives the one before, corrected, under its old date."""
    small_world.publish(PEOPLE, SECOND, 1)
    assert small_world.run().code == 0

    small_world.publish(PEOPLE, FIRST, 2)
    back, again = small_world.run(), small_world.run()

    for run in (back, again):
        assert run.code == 0, run.output
        assert f"{WENT_BACK} {SECOND} to {FIRST}" in run.output
    assert in_years(small_world) == [984.0, 1004.0, 1024.0]
    assert small_world.asked(PEOPLE) == 3

    small_world.publish(PEOPLE, THIRD, 3)
    forth = small_world.run()
    assert WENT_BACK not in forth.output
    assert in_years(small_world) == [986.0, 1006.0, 1026.0]


@pytest.mark.slow
def test_a_document_from_the_future_is_told_and_the_next_one_is_used(small_world: World) -> None:
    """A wrong date of 2031 does not hold the table until 2031."""
    small_world.publish(PEOPLE, "2031-02-22T07:00:00Z", 1)
    future = small_world.run()
    assert "later than the answer itself" in future.output
    assert in_years(small_world) == [982.0, 1002.0, 1022.0]

    small_world.publish(PEOPLE, THIRD, 2)
    run = small_world.run()

    assert "later than the answer itself" not in run.output
    assert WENT_BACK in run.output
    assert in_years(small_world) == [984.0, 1004.0, 1024.0]


@pytest.mark.slow
def test_a_date_that_is_left_out_is_a_new_state_too(small_world: World) -> None:
    """A table without a date comes before all dates, and is what the source says today."""

    def undated(document: Any) -> Any:
        document.pop("updated")
        return document

    small_world.publish(PEOPLE, SECOND, 1)
    small_world.answer(f"/tables/{PEOPLE}/metadata", undated)
    metadata = small_world.server.change

    def both(request: Any, served: Any) -> Any:
        served = metadata(request, served)
        if request.method == "POST" and PEOPLE in request.target:
            body = orjson.dumps(undated(orjson.loads(served.body)))
            served = type(served)(served.status, served.content_type, body)
        return served

    small_world.server.change = both
    run = small_world.run()

    assert run.code == 0, run.output
    assert "to no date" in run.output
    assert in_years(small_world) == [982.0, 1002.0, 1022.0]


@pytest.mark.slow
def test_an_answer_from_the_sources_memory_is_known_by_the_sources_clock(
    small_world: World,
) -> None:
    """By its own clock the table was updated five minutes ago; that ours says years is no proof."""
    small_world.publish(PEOPLE, SECOND, 1)
    five_minutes_later = datetime.fromisoformat(SECOND) + timedelta(minutes=5)

    def remembered(request: Any, served: Any) -> Any:
        if not (request.method == "POST" and PEOPLE in request.target):
            return served
        body = orjson.dumps(orjson.loads(served.body) | {"updated": FIRST})
        dated = {"Date": format_datetime(five_minutes_later, usegmt=True)}
        return type(served)(served.status, served.content_type, body, dated)

    small_world.server.change = remembered
    run = small_world.run()

    assert run.code == 3
    assert "the table was updated while it was read" in run.output
    assert in_years(small_world) == [980.0, 1000.0, 1020.0]


@pytest.mark.parametrize("hours", [-30, 30])
def test_the_time_to_wait_is_counted_by_the_clock_of_whoever_names_it(hours: int) -> None:
    """`Retry-After` as a date means seconds from the answer's own date, whatever ours is."""
    theirs = datetime.now(UTC) + timedelta(hours=hours)
    headers = {
        "Date": format_datetime(theirs, usegmt=True),
        "Retry-After": format_datetime(theirs + timedelta(seconds=40), usegmt=True),
    }
    server = Server(httpx.Response(503, headers=headers))
    with pytest.raises(BusyError) as refusal:
        client(server, patience=Patience(attempts=1)).metadata(PEOPLE)
    assert refusal.value.retry_after == 40


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Mon, 08 Jun 2026 12:00:30 GMT", "2026-06-08T12:00:30+00:00"),
        ("Mon, 08 Jun 2026 14:00:30 +0200", "2026-06-08T12:00:30+00:00"),
        ("Tue, 08 Jun 1066 12:00:30 GMT", ""),
        ("Mon, 08 Jun 99999999999 12:00:30 GMT", ""),
        ("nyss", ""),
        (None, ""),
    ],
)
def test_an_answer_keeps_when_the_source_says_that_it_gave_it(sent: str | None, kept: str) -> None:
    """A date that is none is none; the answer is used, dated by our clock."""
    response = ok()
    if sent is not None:
        response.headers["Date"] = sent
    answer = client(Server(response)).metadata(PEOPLE)
    assert answer.answered == kept
    assert answer.moment == (kept or answer.received)


def landed(folder: Path, content: bytes, **changes: Any) -> Record:
    """A description in a landing."""
    fields: dict[str, Any] = {
        "kind": "metadata",
        "table": PEOPLE,
        "request": "0" * 16,
        "url": "",
        "body": None,
        "fetched": "2026-01-05T08:15:00+00:00",
        "sha256": sha256(content),
        "size": len(content),
        "title": "",
        "updated": FIRST,
        "source": "SCB",
        "api_version": "2",
        "max_cells": 1000,
        "licence": "",
        **changes,
    }
    record = Record(**fields)
    land(folder, content, record)
    return record


def test_of_two_answers_of_one_state_the_later_is_the_one_that_came_later(tmp_path: Path) -> None:
    """The clock was put back between them: the counter was not."""
    later = landed(tmp_path, b"2", number=2, fetched="2025-01-01T00:00:00+00:00")
    first = landed(tmp_path, b"1", number=1, fetched="2027-01-01T00:00:00+00:00")
    assert records(tmp_path, PEOPLE) == [first, later]
    assert newest_description(tmp_path, PEOPLE) == later


def test_moments_are_compared_as_moments_and_not_as_texts(tmp_path: Path) -> None:
    """09:00 in Swedish summer is before 08:00 UTC; the source may write either."""
    later = landed(tmp_path, b"1", updated="2026-06-08T08:00:00Z", number=1)
    first = landed(tmp_path, b"2", updated="2026-06-08T09:00:00+02:00", number=2)
    assert records(tmp_path, PEOPLE) == [first, later]
