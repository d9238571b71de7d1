"""Versions are about figures; a roll-back holds; what was before is found again."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue.pointer import Keeping, kept_versions, published_day, version_stamp
from tests.attacks.figures import COUNT, SHARE, Figures, Source, expected, of_people, people
from tests.etl.running import warehouse

GIGABYTE = 1_000_000_000


def revised(number: int) -> Figures:
    """The figures with one of them raised by so many persons."""
    figures = people()
    figures[0, 0, 0, COUNT, 0] += number
    return figures


# Versions are about figures


@pytest.mark.slow
def test_an_outage_and_a_recovery_publish_no_version(panel: Source) -> None:
    """Figures stay, so the version stays; what could not be updated is told beside it."""
    version, file = panel.version, warehouse(panel.data).read_bytes()
    silent = f"{panel.server.url}/nothing"

    outage = panel.etl("run", "--api", silent)

    assert outage.code == 3
    assert panel.versions == [version]
    assert all(one["stale"] for one in panel.status()["indicators"].values())
    assert panel.run().code == 0
    assert panel.versions == [version]
    assert not any(one["stale"] for one in panel.status()["indicators"].values())
    assert warehouse(panel.data).read_bytes() == file


@pytest.mark.slow
def test_a_month_of_outages_pushes_no_version_out(panel: Source) -> None:
    """Ten days down, ten days up, a table gone and found: what was kept is kept."""
    panel.answers(revised(1))
    panel.run()
    kept = panel.versions
    for _ in range(3):
        panel.etl("run", "--api", f"{panel.server.url}/nothing")
        panel.run()
    pack = panel.server.pack("TAB102")
    panel.server.withdraw("TAB102")
    assert panel.run().code == 3
    panel.server.publish(pack)
    assert panel.run().code == 0

    assert panel.versions == kept
    assert len(kept) == 2


@pytest.mark.slow
def test_five_different_versions_are_kept_whatever_repeats_them(panel: Source) -> None:
    """A table that is dated anew has the same figures: it counts for none."""
    first = panel.version
    for number in range(1, 5):
        panel.answers(revised(number))
        assert panel.run().code == 0
        panel.answers(revised(number))  # only its date is another
        assert panel.run().code == 0

    assert panel.versions[0] == first

    panel.answers(revised(5))
    panel.run()
    panel.answers(revised(6))
    panel.run()
    # The last one of this month is among the newest; no month before has any.
    assert first not in panel.versions


@given(starts=st.lists(st.integers(0, 3_000), min_size=2, max_size=12))
def test_versions_stand_in_the_order_in_which_they_were_made(starts: list[int]) -> None:
    """Also where several are made within a second, each run beginning after the one before it."""
    names, began = [""], datetime(2026, 11, 30, 19, 24, 12, tzinfo=UTC)
    for milliseconds in sorted(starts):
        started = began + timedelta(milliseconds=milliseconds)
        names.append(f"{version_stamp(started, names[-1])}-{'f' if len(names) % 2 else '0'}")

    assert names == sorted(set(names))


def test_a_clock_that_was_ahead_names_no_later_version() -> None:
    """A version of next week does not make those of today one of next week."""
    started = datetime(2026, 11, 30, 19, 24, 12, tzinfo=UTC)

    assert version_stamp(started, "20261207T080000Z-0a079bac") == "20261130T192412Z"
    assert version_stamp(started, "20261130T192411Z-0a079bac") == "20261130T192412Z"
    assert version_stamp(started, "no-moment") == "20261130T192412Z"


@pytest.mark.slow
def test_a_version_of_before_is_digested_as_those_of_today(panel: Source) -> None:
    """Else one with the same figures would count as another, and push out one that differs."""
    (version,) = panel.versions
    file = panel.data / "status.json"
    status = orjson.loads(file.read_bytes())
    digest = status["figures"][version]
    file.write_bytes(orjson.dumps(status | {"figures": {version: digest.removeprefix("2-")}}))
    panel.answers(people())  # only its date is another
    assert panel.run().code == 0

    found = orjson.loads(file.read_bytes())["figures"]
    assert len(found) == len(panel.versions)
    assert found[version] == digest
    assert set(found.values()) == {digest}


@pytest.mark.slow
def test_what_all_versions_take_has_a_limit(panel: Source) -> None:
    """A smaller limit removes the oldest; the current one is always kept."""
    size = warehouse(panel.data).stat().st_size
    for number in range(1, 4):
        panel.answers(revised(number))
        panel.run("--keep-size", f"{2.5 * size / GIGABYTE:.9f}")
        assert len(panel.versions) == 2
    panel.answers(revised(9))
    panel.run("--keep-size", "0")
    assert panel.versions == [panel.version]


def named(day: date, number: int = 0) -> str:
    """A version of a day, by the name of its run's beginning."""
    moment = datetime(day.year, day.month, day.day, 11, tzinfo=UTC) + timedelta(minutes=number)
    return f"{moment:%Y%m%dT%H%M%SZ}-{number:08x}"


def test_one_version_a_month_is_kept_for_four_hundred_days() -> None:
    """The last one of each month, counted back from the newest, and the newest five."""
    newest = date(2026, 11, 28)
    versions = [named(newest - timedelta(days=back)) for back in range(0, 800, 2)]
    kept = kept_versions(dict.fromkeys(versions, 1), {}, versions[0], Keeping())
    days = sorted((day for one in kept if (day := published_day(one))), reverse=True)

    assert days[:5] == [newest - timedelta(days=back) for back in range(0, 10, 2)]
    assert days[-1] >= newest - timedelta(days=400)
    months = [(day.year, day.month) for day in days[5:]]
    assert months == [(2026, month) for month in range(10, 0, -1)] + [
        (2025, 12),
        (2025, 11),
        (2025, 10),
    ]
    ends = {day.day for day in days[5:]}
    assert min(ends) >= 23  # the last one of a month


@given(
    backs=st.lists(st.integers(0, 900), min_size=1, max_size=60, unique=True),
    figures=st.lists(st.integers(0, 3), min_size=60, max_size=60),
    newest=st.integers(1, 7),
    room=st.integers(1, 80),
    chosen=st.integers(0, 59),
)
def test_the_current_version_is_kept_and_no_room_is_exceeded(
    backs: list[int], figures: list[int], newest: int, room: int, chosen: int
) -> None:
    """Whatever there is: current, different ones before equal ones, never beyond the size."""
    versions = sorted(named(date(2026, 11, 28) - timedelta(days=back)) for back in backs)
    current = versions[chosen % len(versions)]
    digests = {version: f"{figures[at]}" for at, version in enumerate(versions)}
    rule = Keeping(newest=newest, most_bytes=room)
    kept = kept_versions(dict.fromkeys(versions, 1), digests, current, rule)

    assert current in kept
    assert kept <= set(versions)
    assert len(kept) <= max(room, 1)
    if room >= len(versions):
        runs = [
            version
            for at, version in enumerate(versions)
            if at + 1 == len(versions) or digests[version] != digests[versions[at + 1]]
        ]
        assert set(runs[-newest:]) <= kept


# A roll-back holds


@pytest.mark.slow
def test_a_held_version_stays_until_it_is_released(panel: Source) -> None:
    """Runs fetch and tell, and publish nothing; status says who holds it and why."""
    first = panel.version
    panel.answers(revised(1))
    panel.run()
    second = panel.version
    assert panel.etl("use", first, "--hold", "SCB har ringt: fel i  tabellen").code == 0
    panel.answers(revised(2))
    seen = len(panel.server.calls)

    for command in (
        ("run", "--api", panel.server.url),
        ("build",),
        ("run", "--api", "http://127.0.0.1:9"),
    ):
        run = panel.etl(*command)
        assert run.code == 3
        assert "SCB har ringt: fel i tabellen" in run.output
        assert panel.version == first
    assert any(call.method == "POST" for call in panel.server.calls[seen:])
    assert panel.versions == [first, second]
    assert panel.status()["hold"]["reason"] == "SCB har ringt: fel i tabellen"
    assert first in panel.etl("status").output.splitlines()[1]

    assert panel.etl("use", "--release").code == 0
    assert panel.run().code == 0
    assert of_people(panel.published()) == expected(revised(2), SHARE, COUNT)
    assert panel.status()["hold"] is None


@pytest.mark.slow
def test_nothing_but_a_release_ends_a_hold(panel: Source) -> None:
    """Not another version, not --accept, not --force, not a pointer that is lost."""
    first = panel.version
    panel.answers(revised(1))
    panel.run()
    panel.etl("use", first, "--hold", "fel")

    assert panel.etl("use", panel.versions[-1]).code == 2
    panel.answers(np.zeros_like(people()))
    panel.run("--force")
    assert panel.run("--accept", "working", "--accept", "working_share").code == 3
    assert panel.version == first
    (panel.data / "warehouse.json").unlink()
    assert panel.run().code == 3
    assert panel.etl("use", first, "--hold", "fel, fortfarande").code == 0
    assert panel.version == first
    assert of_people(panel.published()) == expected(people(), SHARE, COUNT)


@pytest.mark.slow
def test_a_hold_that_says_nothing_is_refused(panel: Source) -> None:
    """A reason is a sentence for whoever comes next; a damaged word of it stops runs."""
    version = panel.version
    for options in (
        (version, "--hold", "  "),
        ("--hold", "fel"),
        ("--release",),
        (version, "--hold", "fel", "--release"),
        ("nonsense", "--hold", "fel"),
        (),
    ):
        assert panel.etl("use", *options).code == 2
    panel.etl("use", version, "--hold", "fel")
    (panel.data / "status.json").write_text('{"hold": {"version"', encoding="utf-8")
    run = panel.run()

    assert run.code == 4
    assert "status.json is damaged" in run.output
    assert panel.version == version


# What was before is found again


def lose_pointer(panel: Source) -> None:
    """Nobody knows which version is the current one."""
    (panel.data / "warehouse.json").unlink()


def damage_current(panel: Source) -> None:
    """The current file is cut."""
    file = warehouse(panel.data)
    file.write_bytes(file.read_bytes()[:5000])


def damage_the_middle(panel: Source) -> None:
    """The current file opens, and its figures cannot be read."""
    file = warehouse(panel.data)
    content = bytearray(file.read_bytes())
    content[len(content) // 3 : len(content) // 3 + 300_000] = bytes(300_000)
    file.write_bytes(content)


def remove_current(panel: Source) -> None:
    """The current file is gone."""
    warehouse(panel.data).unlink()


def another_make(panel: Source) -> None:
    """The current file has not the tables of today."""
    with duckdb.connect(warehouse(panel.data)) as connection:
        connection.execute("DROP TABLE lineage")


@pytest.mark.slow
@pytest.mark.parametrize(
    "lose", [lose_pointer, damage_current, damage_the_middle, remove_current, another_make]
)
def test_guards_and_revisions_survive_a_loss(panel: Source, lose: object) -> None:
    """The newest version that can be read is the one before: zeros wait, revisions are known."""
    panel.answers(revised(100))
    panel.run()
    panel.answers(revised(300))
    panel.run()
    assert panel.status()["revisions"] == 2
    assert callable(lose)
    lose(panel)
    panel.answers(np.zeros_like(people()))

    run = panel.run()

    assert run.code == 3
    assert panel.held() == {"working_share", "working"}
    assert of_people(panel.published()) == expected(revised(300), SHARE, COUNT)
    assert panel.status()["revisions"] == 2


@pytest.mark.slow
def test_without_any_version_left_the_guard_says_so(panel: Source) -> None:
    """The landing makes the figures anew, and exit 3 tells that they were not compared."""
    before = panel.published()
    for file in panel.data.glob("warehouse*"):
        file.unlink()

    run = panel.run()

    assert run.code == 3
    assert "no version is there to compare with" in run.output
    assert panel.published() == before
    assert panel.run().code == 0


@pytest.mark.slow
def test_what_was_held_back_stays_so_when_all_versions_are_lost(panel: Source) -> None:
    """Swapped sexes look like any first load; that they were held back is remembered."""
    swapped = people()[:, [1, 0, 2]]
    panel.answers(swapped)
    assert panel.run().code == 3
    for file in panel.data.glob("warehouse*"):
        file.unlink()

    assert panel.run().code == 3
    assert of_people(panel.published()) == expected(people(), SHARE, COUNT)


@pytest.mark.slow
def test_a_content_that_one_version_lacked_is_compared_with_the_one_that_had_it(
    panel: Source, tmp_path: Path
) -> None:
    """Missing for a while is no first load: the older version knows what it was."""
    whole = panel.catalogue.read_text(encoding="utf-8")
    without, _, _ = whole.partition("  - <<: *share\n    id: net_moves")
    head, _, _ = without.partition("  - <<: *share\n    id: working\n")
    panel.catalogue = tmp_path / "figures.yaml"
    panel.catalogue.write_text(head, encoding="utf-8")
    assert panel.run().code == 0
    assert {key[0] for key in panel.published()} == {"working_share"}
    panel.catalogue.write_text(whole, encoding="utf-8")
    panel.answers(np.roll(people(), 1, axis=0))

    assert panel.run().code == 3
    assert panel.held() == {"working_share", "working"}
    assert of_people(panel.published()) == expected(people(), SHARE, COUNT)


@pytest.mark.slow
def test_the_figures_that_are_shown_are_never_given_up_for_what_waits(panel: Source) -> None:
    """The landing is lost and the source sends zeros: nothing is published, exit 4."""
    before = panel.published()
    shutil.rmtree(panel.data / "landing")
    panel.answers(np.zeros_like(people()))

    run = panel.run()

    assert run.code == 4
    assert "held back" in run.output
    assert panel.published() == before
    status = orjson.loads((panel.data / "status.json").read_bytes())
    assert all(problem["stale"] for problem in status["problems"])
