"""A document that is refused is asked for again, whatever its date, and what comes is told."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.attacks.world import OTHERS, PEOPLE, SECOND, World

pytestmark = pytest.mark.slow  # whole runs of the pipeline

DATA = f"/tables/{PEOPLE}/data"
SAME = "same answer as on "
OLD = {"2021": 980.0, "2022": 1000.0, "2023": 1020.0}
NEW = {"2021": 982.0, "2022": 1002.0, "2023": 1022.0}


def manyfold(document: Any, factor: int) -> Any:
    """Another unit without a word: a check of the build refuses it."""
    return document | {"value": [number and number * factor for number in document["value"]]}


def thousandfold(document: Any) -> Any:
    """The usual one of them."""
    return manyfold(document, 1000)


def cut_short(document: Any) -> Any:
    """A cell too few: it is refused as it comes, and never kept."""
    return document | {"value": document["value"][:-1]}


def records(world: World) -> int:
    """How many answers of the table are kept."""
    return len([*(world.data / "landing" / PEOPLE).glob("*.json")])


@pytest.mark.parametrize("spoiled", [thousandfold, cut_short])
def test_what_is_mended_without_a_new_date_is_published_by_the_next_run(
    small_world: World, spoiled: Callable[[Any], Any]
) -> None:
    """SCB corrects the table within the hour and leaves `updated` as it is."""
    small_world.publish(PEOPLE, SECOND, 1)
    small_world.answer(DATA, spoiled)
    assert small_world.run().code == 3
    assert small_world.values(PEOPLE) == OLD

    small_world.answer("nothing", spoiled)
    run = small_world.run()

    assert run.code == 0, run.output
    assert small_world.values(PEOPLE) == NEW
    assert small_world.problems() == {}


@pytest.mark.parametrize("spoiled", [thousandfold, cut_short])
def test_the_same_answer_is_told_as_the_same_with_the_day_it_came_first(
    small_world: World, spoiled: Callable[[Any], Any]
) -> None:
    """Whoever reads the mail of the run knows that SCB has not corrected it; nothing piles up."""
    small_world.publish(PEOPLE, SECOND, 1)
    small_world.answer(DATA, spoiled)
    first = small_world.run()
    kept = records(small_world)

    again, once_more = small_world.run(), small_world.run()

    assert SAME not in first.output
    for run in (again, once_more):
        assert run.code == 3
        assert SAME in run.output
        assert "still refused" in run.output
    assert records(small_world) == kept
    assert small_world.values(PEOPLE) == OLD
    assert small_world.asked(PEOPLE) == 4


def test_a_description_that_still_does_not_fit_is_told_as_the_same(small_world: World) -> None:
    """A refused description is asked for by every run; its reason says that it has not changed."""
    small_world.publish(PEOPLE, SECOND)

    def without_sex(document: Any) -> Any:
        """Another variable that must be chosen."""
        document["dimension"]["Kon"]["extension"]["elimination"] = False
        document["dimension"]["Fel"] = document["dimension"].pop("Kon")
        document["id"][1] = "Fel"
        return document

    small_world.answer(f"/tables/{PEOPLE}/metadata", without_sex)
    first, again = small_world.run(), small_world.run()

    assert "does not fit" in first.output
    assert SAME not in first.output
    assert SAME in again.output


def test_one_that_a_person_accepted_is_not_asked_for_any_more(small_world: World) -> None:
    """What is used is asked for when the source says that there is something new."""
    small_world.publish(PEOPLE, SECOND, 1)
    small_world.answer(DATA, thousandfold)
    small_world.run()
    assert small_world.etl("build", "--accept", "people").code == 0
    asked = small_world.asked(PEOPLE)

    assert small_world.run("--accept", "people").code == 0

    assert small_world.asked(PEOPLE) == asked
    assert small_world.values(PEOPLE)["2021"] == 982_000


def test_other_wrong_answers_day_after_day_never_push_out_the_last_good_one(
    small_world: World,
) -> None:
    """Each is another document; the figures from before stay through all of them."""
    small_world.publish(PEOPLE, SECOND, 1)
    for day in range(6):
        small_world.answer(DATA, partial(manyfold, factor=1000 + day))
        run = small_world.run()
        assert run.code == 3
        assert SAME not in run.output
    assert small_world.values(PEOPLE) == OLD


def test_an_answer_that_comes_worse_by_force_leaves_the_good_one_of_the_same_date(
    small_world: World,
) -> None:
    """`--force` asks for everything anew: what was good of the same state is still used."""
    small_world.answer(DATA, thousandfold)

    run = small_world.run("--force")

    assert run.code == 3
    assert small_world.values(PEOPLE) == OLD


def test_a_lost_list_of_what_was_refused_is_made_anew(small_world: World) -> None:
    """It is found by each build; losing or damaging it costs one run and no figure."""
    small_world.publish(PEOPLE, SECOND, 1)
    small_world.answer(DATA, thousandfold)
    small_world.run()
    (small_world.data / "refused.json").write_text('{"x": 7}')
    small_world.answer("nothing", thousandfold)

    small_world.run()
    assert small_world.run().code == 0

    assert small_world.values(PEOPLE) == NEW


def test_only_the_refused_table_is_asked_for_again(small_world: World) -> None:
    """A healthy table is asked for once for each state, however ill the other one is."""
    small_world.publish(PEOPLE, SECOND, 1)
    small_world.answer(DATA, thousandfold)
    for _ in range(3):
        small_world.run()

    assert small_world.asked(OTHERS) == 1
    assert small_world.asked(PEOPLE) == 1 + 3
    assert small_world.values(OTHERS) == OLD
