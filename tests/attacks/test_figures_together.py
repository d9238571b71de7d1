"""
What waits for a person and what is refused, together: neither makes anybody see older figures.

The source is the real stand-in, the runs are the real command, the figures are read from the
warehouse that a reader would see.
"""

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
import yaml

from etl.catalogue.standing import STANDING
from tests.attacks.figures import (
    CATALOGUE,
    COUNT,
    SHARE,
    YEARS,
    Figures,
    Source,
    expected,
    moves,
    moves_pack,
    of_people,
    people,
    people_pack,
    source,
)
from tests.pxweb_server import Pack, serving

pytestmark = pytest.mark.slow  # whole runs of the pipeline

BOTH = {"working_share", "working"}
ACCEPTING = ("--accept", "working_share", "--accept", "working")
SAME = "same answer as on "
FIRST = "2026-09-01T07:00:00Z"  # of what `panel` has published
LATER = "2026-10-01T07:00:00Z"
LONG_AGO = "2026-01-02T03:04:05+00:00"
KNOWN_UNTIL = 6  # years of the first of two tables


def _revised() -> Figures:
    """One share is three points higher: a revision as there are many, nobody need look."""
    figures = people()
    figures[0, 0, 0, SHARE, -1] += 3
    return figures


def _zeros() -> Figures:
    return np.zeros_like(people())


def _swapped_sexes() -> Figures:
    return people()[:, [1, 0, 2]]


def _with_note(pack: Pack, note: str) -> Pack:
    """The same cells under a description that says one thing more."""
    metadata = copy.deepcopy(dict(pack.metadata)) | {"note": [note]}
    return replace(pack, metadata=metadata)


def _shown(panel: Source, figures: Figures) -> bool:
    """Whether these are the published figures, all of them and no others."""
    return of_people(panel.published()) == expected(figures, SHARE, COUNT)


def _answers(standing: Any) -> set[tuple[str, str, str]]:
    """What waits by `status.json`, and since when."""
    return {(one["indicator"], one["answer"], one["since"]) for one in standing["held"]}


def _fetched(panel: Source, pack: Pack) -> None:
    """Serve this from now on, and fetch it without building from it."""
    panel.server.publish(pack)
    assert panel.etl("fetch", "--api", panel.server.url, "--force").code == 0


def test_older_figures_are_never_published_over_newer_ones_that_were_published(
    panel: Source,
) -> None:
    """However many answers wait, and whatever note the table is given: what was published stays."""
    panel.answers(_revised())
    assert panel.run().code == 0
    for number in range(1, 6):
        _fetched(panel, people_pack(np.full_like(people(), number), LATER))
    last = people_pack(np.full_like(people(), 5), LATER)
    panel.server.publish(_with_note(last, "En annan anmärkning."))

    run = panel.run()

    assert run.code == 3
    assert panel.held() == BOTH
    assert _shown(panel, _revised())


def test_what_was_accepted_is_published_though_another_answer_has_come_under_the_same_date(
    panel: Source,
) -> None:
    """Whoever looked has looked at those figures: they come before the ones they replace."""
    panel.server.publish(people_pack(_swapped_sexes(), FIRST))
    assert panel.run("--force").code == 3
    assert panel.held() == BOTH
    panel.server.publish(people_pack(_zeros(), FIRST))

    run = panel.run(*ACCEPTING)

    assert run.code == 3
    assert _shown(panel, _swapped_sexes())
    assert panel.held() == BOTH  # the zeros, which nobody has accepted


def test_an_answer_that_waits_does_not_hide_a_plausible_one_that_came_before_it(
    panel: Source,
) -> None:
    """Two answers came under one date: the newest that needs nobody's look is published."""
    _fetched(panel, people_pack(_revised(), FIRST))
    _fetched(panel, people_pack(_zeros(), FIRST))

    run = panel.etl("build")

    assert run.code == 3
    assert panel.held() == BOTH
    assert _shown(panel, _revised())


def _two_tables(folder: Path) -> Path:
    """A catalogue that reads the older years from one table and the newer from another."""
    catalogue = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    newer = copy.deepcopy(catalogue["tables"][0])
    newer |= {"key": "newer_people", "id": "TAB103", "label": ["Nytt arbete"]}
    catalogue["tables"].append(newer)
    for indicator in catalogue["indicators"][:2]:
        sources = indicator["segments"][0]["sources"]
        sources.append(sources[0] | {"table": "newer_people"})
    file = folder / "two_tables.yaml"
    file.write_text(yaml.safe_dump(catalogue, allow_unicode=True), encoding="utf-8")
    return file


def earlier_pack(until: int, updated: str) -> Pack:
    """The first of two tables, with so many years."""
    return people_pack(people()[..., :until], updated, YEARS[:until])


def later_pack(first: int, updated: str) -> Pack:
    """The second of two tables, from the year at a place on."""
    return people_pack(
        people()[..., first:], updated, YEARS[first:], table="TAB103", title="Nytt arbete"
    )


@pytest.mark.parametrize(
    "grown", [later_pack(KNOWN_UNTIL - 1, LATER), earlier_pack(KNOWN_UNTIL + 1, LATER)]
)
def test_a_table_that_gives_the_years_of_another_one_too_keeps_the_figures_it_had(
    tmp_path: Path, grown: Pack
) -> None:
    """The one that has grown is refused, for no figure may stand twice; no year vanishes."""
    packs = [
        earlier_pack(KNOWN_UNTIL, FIRST),
        later_pack(KNOWN_UNTIL, FIRST),
        moves_pack(moves(), FIRST),
    ]
    with serving(packs, calls=100_000, window=1.0) as server:
        panel = Source(server, tmp_path / "data", _two_tables(tmp_path))
        assert panel.run().code == 0
        assert _shown(panel, people())
        server.publish(grown)

        run = panel.run()

        assert run.code == 3
        assert "stand in another source of the indicator too" in run.output
        assert _shown(panel, people())
        indicators = panel.status()["indicators"]
        assert {name for name, one in indicators.items() if one["stale"]} == BOTH


def test_an_answer_that_waits_is_told_as_the_same_when_it_comes_again(panel: Source) -> None:
    """Whoever reads of it knows that the source has corrected nothing, and since when it waits."""
    panel.answers(_zeros())
    first = panel.run()
    status = panel.data / STANDING
    standing = orjson.loads(status.read_bytes())
    for problem in standing["problems"]:
        problem["since"] = LONG_AGO
    status.write_bytes(orjson.dumps(standing))

    again = panel.run()

    assert SAME not in " ".join(first.output.split())
    assert again.code == 3
    assert f"{SAME}{panel.status()['held'][0]['since'][:10]}" in " ".join(again.output.split())
    problems = orjson.loads(status.read_bytes())["problems"]
    assert {problem["indicator"] for problem in problems} == BOTH
    assert {problem["since"] for problem in problems} == {LONG_AGO}


def test_looking_at_what_waits_does_not_stop_it_from_being_asked_for_again(panel: Source) -> None:
    """`etl diff --landed --accept` publishes nothing: the source may still mend its answer."""
    panel.answers(_zeros())
    assert panel.run().code == 3
    assert panel.etl("diff", "--landed", *ACCEPTING).code == 0
    panel.server.publish(people_pack(_revised(), LATER))  # mended, and not dated anew

    run = panel.run()

    assert run.code == 0, run.output
    assert _shown(panel, _revised())
    assert panel.held() == set()


def test_accepting_while_a_version_is_held_leaves_the_answer_waiting(panel: Source) -> None:
    """Nothing is published until it is let go of; then the same answer can still be accepted."""
    version = panel.version
    panel.answers(_swapped_sexes())
    assert panel.run().code == 3
    assert panel.etl("use", version, "--hold", "somebody looks into it").code == 0

    run = panel.run(*ACCEPTING)

    assert "--accept working: a version is held; nothing is accepted" in run.output
    assert panel.version == version
    assert panel.held() == BOTH
    indicators = panel.status()["indicators"]
    assert {name for name, one in indicators.items() if one["held"]} == BOTH
    assert panel.etl("use", "--release").code == 0
    assert panel.etl("build", *ACCEPTING).code == 0
    assert _shown(panel, _swapped_sexes())


def test_accepting_in_a_run_that_publishes_nothing_leaves_the_answer_waiting(
    panel: Source,
) -> None:
    """`--strict` refuses what the other content would leave behind: both wait on as before."""
    version = panel.version
    panel.answers(_swapped_sexes())
    assert panel.run().code == 3
    before = orjson.loads((panel.data / STANDING).read_bytes())

    assert panel.run("--strict", "--accept", "working").code == 4

    assert panel.version == version
    assert panel.held() == BOTH
    after = orjson.loads((panel.data / STANDING).read_bytes())
    assert after["waiting"] == before["waiting"]
    assert _answers(after) == _answers(before)
    assert panel.etl("build", "--accept", "working").code == 3
    assert panel.held() == {"working_share"}
    figures = people()
    figures[:, :, :, COUNT] = _swapped_sexes()[:, :, :, COUNT]
    assert _shown(panel, figures)


def test_a_first_version_of_two_answers_of_one_date_has_nothing_it_should_be_compared_with(
    tmp_path: Path,
) -> None:
    """Nothing was published before, and nothing is lost: no comparison is said to be missing."""
    with source(tmp_path / "data", people()) as panel:
        _fetched(panel, people_pack(people(), FIRST))
        _fetched(panel, people_pack(_revised(), FIRST))

        run = panel.etl("build")

        assert run.code == 0, run.output
        assert "not compared" not in run.output
        assert _shown(panel, _revised())
