"""
An implausible change waits for a person; the old figures of that content stay, and are marked.

The source is the real stand-in, the runs are the real command, the figures are read from the
warehouse that a reader would see.
"""

import re
from pathlib import Path

import numpy as np
import pytest

from etl.build import plausibility
from tests.attacks.figures import (
    COUNT,
    ORIGINS,
    REGIONS,
    SEXES,
    SHARE,
    YEARS,
    Change,
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
from tests.etl.running import ROOT
from tests.pxweb_server import serving

pytestmark = pytest.mark.slow  # whole runs of the pipeline

NOISY_YEARS = tuple(str(year) for year in range(2016, 2026))
BOTH = {"working_share", "working"}


def _zeros(figures: Figures) -> Figures:
    return np.zeros_like(figures)


def _missing(figures: Figures) -> Figures:
    return np.full_like(figures, np.nan)


def _shifted(figures: Figures) -> Figures:
    """Each cell holds what the one before it in the document held."""
    return np.roll(figures.ravel(), 1).reshape(figures.shape)


def _swapped_sexes(figures: Figures) -> Figures:
    return figures[:, [1, 0, 2]]


def _swapped_origins(figures: Figures) -> Figures:
    return figures[:, :, [0, 2, 1]]


def _zeros_in_the_newest_year(figures: Figures) -> Figures:
    changed = figures.copy()
    changed[..., -1] = 0
    return changed


def _zeros_of_everybody(figures: Figures) -> Figures:
    """Only what all pages show first: both sexes, all origins, a ninth of a year's figures."""
    changed = figures.copy()
    changed[:, 2, 0, :, -1] = 0
    return changed


def _a_tenth_hidden(figures: Figures) -> Figures:
    changed = figures.copy()
    changed[:2] = np.nan
    return changed


def _ninths(figures: Figures) -> Figures:
    """Nine per cent more persons, and nine points less."""
    changed = figures.copy()
    changed[:, :, :, SHARE] -= 9
    changed[:, :, :, COUNT] = np.round(changed[:, :, :, COUNT] * 1.09)
    return changed


@pytest.mark.parametrize(
    "change",
    [
        _zeros,
        _missing,
        _shifted,
        _swapped_sexes,
        _swapped_origins,
        _zeros_in_the_newest_year,
        _zeros_of_everybody,
        _a_tenth_hidden,
        _ninths,
    ],
)
def test_an_implausible_answer_changes_no_figure_until_somebody_has_looked(
    panel: Source, change: Change
) -> None:
    """The figures are those of the answer before, exit 3, the indicators are said to be held."""
    before, version = panel.published(), panel.version
    panel.answers(change(people()))

    run = panel.run()

    assert run.code == 3
    assert "held back" in run.output
    assert panel.published() == before
    assert panel.version == version
    # A share above 100 is refused outright, whatever was before it.
    assert panel.held() == (BOTH if change is not _shifted else {"working"})
    stale = {name: one["stale"] for name, one in panel.status()["indicators"].items()}
    assert stale == {"working_share": True, "working": True, "net_moves": False}


def test_the_message_shows_ten_figures_old_and_new(panel: Source) -> None:
    """Whoever reads it sees what would change; `status` has the same, and the log has all."""
    panel.answers(_zeros(people()))

    lines = [line.strip() for line in panel.run().output.splitlines()]

    shown = [line for line in lines if re.fullmatch(r"\d{4} \d{4}.*: [\d.e+]+ → 0", line)]
    assert len(shown) == 20  # ten of each content
    told = expected(people(), SHARE, COUNT)
    names = {"sex": "", "background": ""}
    for one, example in enumerate(shown):
        place, _, values = example.partition(": ")
        region, year, *groups = place.split()
        codes = names | dict(zip(groups[::2], groups[1::2], strict=True))
        indicator = "working_share" if one < 10 else "working"
        key = (indicator, region, year, codes["sex"] or "_T", codes["background"] or "_T")
        assert float(values.split(" → ")[0]) == told[key]
    examples = [line for held in panel.status()["held"] for line in held["examples"]]
    assert sorted(examples) == sorted(shown)


def test_what_is_not_implausible_is_published_beside_what_waits(panel: Source) -> None:
    """One content is zero, the other is revised by a little: only the zeros wait."""
    figures = people()
    figures[:, :, :, COUNT] = 0
    figures[0, 0, 0, SHARE, -1] += 7
    panel.answers(figures)

    run = panel.run()

    assert (run.code, panel.held()) == (3, {"working"})
    published = of_people(panel.published())
    assert published == expected(figures, SHARE) | expected(people(), COUNT)
    assert panel.status()["revisions"] == 1


def test_accepting_publishes_those_bytes_and_no_others(panel: Source) -> None:
    """The next answer waits again, however often the first one was accepted."""
    first, second = _swapped_sexes(people()), _zeros(people())
    panel.answers(first)
    panel.run()
    panel.answers(second)

    accepting = ("--accept", "working_share", "--accept", "working")
    run = panel.run(*accepting)  # what is fetched now is not what was looked at

    assert run.code == 3
    assert of_people(panel.published()) == expected(first, SHARE, COUNT)
    assert panel.held() == BOTH

    assert panel.run(*accepting).code == 0
    assert of_people(panel.published()) == expected(second, SHARE, COUNT)
    assert panel.held() == set()

    panel.answers(first)
    assert panel.run().code == 3
    assert of_people(panel.published()) == expected(second, SHARE, COUNT)


def test_accepting_one_content_leaves_the_other_waiting(panel: Source) -> None:
    """Both come from the same document, and are two contents all the same."""
    panel.answers(_zeros(people()))
    panel.run()

    run = panel.etl("build", "--accept", "working")

    assert (run.code, panel.held()) == (3, {"working_share"})
    figures = people()
    figures[:, :, :, COUNT] = 0
    assert of_people(panel.published()) == expected(figures, SHARE, COUNT)


def test_accepting_what_nobody_has_seen_accepts_nothing(panel: Source) -> None:
    """A timer that says --accept every day does not disarm the guard."""
    before = panel.published()
    panel.answers(_zeros(people()))

    run = panel.run("--accept", "working", "--accept", "working_share")

    assert run.code == 3
    assert "no answer of it was held back" in run.output
    assert panel.published() == before


def test_ten_answers_that_wait_in_a_row_do_not_push_out_the_published_one(
    panel: Source,
) -> None:
    """However many false answers have landed, the figures before them are still found."""
    before = panel.published()
    for number in range(10):
        panel.answers(np.full_like(people(), 1 + number))
        assert panel.run().code == 3

    assert panel.published() == before


def test_a_silent_change_under_the_same_date_waits_too(panel: Source) -> None:
    """The source corrects a table without dating it anew: what was published still stands."""
    figures = people()
    figures[0, 0, 0, SHARE] += 3
    panel.answers(figures)
    assert panel.run().code == 0
    before = panel.published()
    panel.server.publish(people_pack(_zeros(people()), "2026-10-01T07:00:00Z"))

    run = panel.run("--force")

    assert run.code == 3
    assert panel.published() == before
    assert panel.held() == BOTH


def test_what_waits_stops_nothing_when_the_catalogue_asks_for_more(
    panel: Source, tmp_path: Path
) -> None:
    """Another content of the table is read from now on: the old figures are still shown."""
    whole = panel.catalogue.read_text(encoding="utf-8")
    panel.catalogue = tmp_path / "figures.yaml"
    head, _, rest = whole.partition("  - <<: *share\n    id: working\n")
    _, _, tail = rest.partition("  - <<: *share\n    id: net_moves")
    panel.catalogue.write_text(f"{head}  - <<: *share\n    id: net_moves{tail}", encoding="utf-8")
    assert panel.run().code == 0
    panel.answers(_zeros(people()))
    assert panel.run().code == 3
    panel.catalogue.write_text(whole, encoding="utf-8")

    assert panel.run().code == 3
    assert of_people(panel.published()) == expected(people(), SHARE, COUNT)
    assert panel.held() == BOTH


def test_a_group_that_is_gone_from_the_table_is_a_third_of_the_figures(panel: Source) -> None:
    """Nobody drops a group in silence: what was there and is not in the table is missing."""
    before = panel.published()
    whole = people_pack(people(), "2026-10-01T07:00:00Z")
    metadata = dict(whole.metadata)
    axis = metadata["id"].index("Bakgrund")
    kept = dict.fromkeys(ORIGINS[:2])
    category = {
        "index": {code: at for at, code in enumerate(kept)},
        "label": {code: code for code in kept},
    }
    background = metadata["dimension"]["Bakgrund"] | {"category": category}
    metadata["dimension"] = metadata["dimension"] | {"Bakgrund": background}
    metadata["size"] = [2 if at == axis else size for at, size in enumerate(metadata["size"])]
    smaller = people_pack(people()[:, :, :2], "2026-10-01T07:00:00Z")
    panel.server.publish(type(whole)(metadata=metadata, table=whole.table, cells=smaller.cells))

    run = panel.run()

    assert run.code == 3
    assert panel.held() == BOTH
    assert panel.published() == before


def _noise(figures: Figures) -> Figures:
    """The cell key method: a few persons more or less on every count of the newest year."""
    chance = np.random.default_rng(7)
    changed = figures.copy()
    shape = changed[:, :, :, COUNT, -1].shape
    changed[:, :, :, COUNT, -1] += chance.integers(-9, 10, shape)
    return changed


def test_the_noise_of_2025_is_published(tmp_path: Path) -> None:
    """Up to nine persons on each count of 2025, also of small ones, are no revision to wait for."""
    small = people(NOISY_YEARS)
    small[:, :, :, COUNT] = np.round(small[:, :, :, COUNT] / 100) + 10
    with source(tmp_path / "data", small, NOISY_YEARS) as panel:
        assert panel.run().code == 0
        panel.answers(_noise(small), NOISY_YEARS)

        assert panel.run().code == 0
        assert of_people(panel.published()) == expected(
            _noise(small), SHARE, COUNT, years=NOISY_YEARS
        )


def _lowered(years: int) -> Figures:
    """The shares of as many of the newest years revised by 8 to 9 points."""
    figures = people()
    lower = np.random.default_rng(8).uniform(8, 9, figures[:, :, :, SHARE, -years:].shape)
    figures[:, :, :, SHARE, -years:] = np.round(figures[:, :, :, SHARE, -years:] - lower, 1)
    return figures


def test_a_revision_of_eight_to_nine_points_in_three_years_of_ten_waits(panel: Source) -> None:
    """As eligibility for higher education was revised: 30 per cent of the figures wait."""
    panel.answers(_lowered(3))

    assert panel.run().code == 3
    assert panel.held() == {"working_share"}
    assert of_people(panel.published()) == expected(people(), SHARE, COUNT)


def test_a_revision_of_eight_to_nine_points_in_a_tenth_of_the_regions_is_published(
    panel: Source,
) -> None:
    """Below a fifth of the figures it is a revision as others: published, and told as one."""
    figures = people()
    figures[:2, :, :, SHARE] -= 8.5
    panel.answers(np.round(figures, 1))

    assert panel.run().code == 0
    assert of_people(panel.published()) == expected(np.round(figures, 1), SHARE, COUNT)
    assert panel.status()["revised"]["working_share"]["count"] == 2 * 9 * len(YEARS)


def test_a_new_year_of_zeros_waits_and_a_calm_one_does_not(panel: Source) -> None:
    """No earlier figure is touched; the newest year is judged beside the year before."""
    years = (*YEARS, "2024")
    calm = people(years)
    calm[..., :-1] = people()
    zeros = calm.copy()
    zeros[..., -1] = 0
    panel.answers(zeros, years)

    assert panel.run().code == 3
    assert panel.held() == BOTH
    assert of_people(panel.published()) == expected(people(), SHARE, COUNT)

    calm[..., -1] = np.round(people()[..., -1] * 1.004, 1)
    calm[:, :, :, COUNT, -1] = np.round(calm[:, :, :, COUNT, -1])
    panel.answers(calm, years)
    assert panel.run().code == 0
    assert of_people(panel.published()) == expected(calm, SHARE, COUNT, years=years)


def test_a_new_year_that_leaps_waits(panel: Source) -> None:
    """Every share eleven points up in one year, of a series that moves by half a point."""
    years = (*YEARS, "2024")
    figures = people(years)
    figures[..., :-1] = people()
    figures[..., -1] = people()[..., -1]
    figures[:, :, :, SHARE, -1] = np.round(figures[:, :, :, SHARE, -1] + 11, 1)
    panel.answers(figures, years)

    assert panel.run().code == 3
    assert panel.held() == {"working_share"}
    assert any("2023 → 2024" in line for line in panel.status()["held"][0]["examples"])


@pytest.mark.parametrize(("zeros", "held"), [(0.6, {"working"}), (0.4, set())])
def test_a_first_load_of_zeros_waits(tmp_path: Path, zeros: float, held: set[str]) -> None:
    """Half of a count is zero: nobody knows yet whether that is so. Of a net any figure may be."""
    figures = people()
    chance = np.random.default_rng(9)
    count = figures[:, :, :, COUNT]
    count[chance.random(count.shape) < zeros] = 0
    net = np.where(chance.random(moves().shape) < 0.7, 0, moves())
    packs = [
        people_pack(figures, "2026-09-01T07:00:00Z"),
        moves_pack(net, "2026-09-01T07:00:00Z"),
    ]
    with serving(packs, calls=100_000, window=1.0) as server:
        panel = Source(server, tmp_path / "data")
        run = panel.run()

        assert run.code == (3 if held else 0)
        assert panel.held() == held
        contents = (SHARE,) if held else (SHARE, COUNT)
        assert of_people(panel.published()) == expected(figures, *contents)
        assert ("net_moves", REGIONS[0], YEARS[0], "_T", "_T") in panel.published()
        assert panel.etl("build", "--accept", "working").code == 0
        assert of_people(panel.published()) == expected(figures, SHARE, COUNT)


def test_the_difference_can_be_read_before_it_is_published(panel: Source) -> None:
    """`etl diff --landed`: without the answer that waits, and as if it were accepted."""
    version = panel.version
    panel.answers(_zeros(people()))
    panel.run()

    kept = panel.etl("diff", "--landed")
    assert "0 indicators changed" in kept.output
    accepted = panel.etl("diff", "--landed", "--accept", "working", "--json")
    told = accepted.output[accepted.output.index("{") :]
    assert f'"older": "{version}"' in told
    cells = len(REGIONS) * len(SEXES) * len(ORIGINS) * len(YEARS)
    assert f'"revised": {cells}' in told
    assert panel.version == version
    assert panel.held() == BOTH


def test_what_has_landed_is_compared_with_what_is_kept_and_nothing_else(panel: Source) -> None:
    """Two newer versions, or an acceptance of what is published, are wrong use."""
    version = panel.version
    for options in (
        (version, version, "--landed"),
        ("--accept", "working"),
        ("20200101T000000Z-00000000", "--landed"),
        ("--landed", "--accept", "nonsense"),
    ):
        assert panel.etl("diff", *options).code == 2, options
    assert panel.etl("diff", version, "--landed").code == 0


def test_the_limits_are_those_that_the_manual_states() -> None:
    """Whoever changes a limit changes the README."""
    manual = (ROOT / "README.md").read_text(encoding="utf-8")
    for limit in (
        f"{plausibility.MOST_EMPTIED:.0%}".replace("%", " %"),
        f"{plausibility.MOST_REVISED:.0%}".replace("%", " %"),
        f"{plausibility.MOST_TIMES_USUAL} ×",
    ):
        assert limit in manual
