"""What may be compared with a figure of several regions, and what is said of it."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.codes import Group
from dashboard.data.context import opened
from dashboard.data.observation import Observation, as_observations, frame_of
from dashboard.rules.comparison import comparability, difference
from dashboard.rules.stretches import line_stretches, unbroken
from dashboard.sentences.figures import incomparable_sentence
from dashboard.sentences.unions import (
    composition,
    no_union_sentence,
    union_method_words,
    union_parts,
    union_sentence,
)
from dashboard.sentences.wording import Wording
from dashboard.server.app import create_app
from etl.catalogue import Text
from etl.measures.unions import MissingMember
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.speaking import comparison_sentence, indicator, shipped
from tests.dashboard.union_warehouse import BALANCE, GROUP, RATE, publish_unions
from tests.source import ROOT

PLAIN = indicator("neet_20_64", breaks=())
ALBY = ("0127R001", "0127R002")
WHERE = {
    "stadsdel-alby": Text(sv="i Alby", en="in Alby"),
    "0127": Text(sv="i Botkyrka", en="in Botkyrka"),
    GROUP: Text(sv="i gruppen Två", en="in the group Två"),
}


def alby(year: int, value: float | None, **changes: object) -> Observation:
    """The share of Alby in a year, of both its areas unless changed."""
    made = {"members": ALBY, "division": "RegSO 2020", "how": "weighted", "kind": "computed"}
    given = {"segment": "rams", **made, **changes}
    return Observation("neet_20_64", "stadsdel-alby", str(year), value=value, **given)  # type: ignore[arg-type]


PARTIAL = {"lacking": (MissingMember("0127R002", "suppressed"),)}
NEWER = {"members": ("0127R001_RegSO2025", "0127R002_RegSO2025"), "division": "RegSO 2025"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [(PARTIAL, "members"), (NEWER, "division"), ({"how": "median"}, "median"), ({}, None)],
)
def test_a_union_is_compared_with_itself_only_when_made_of_the_same(
    changes: dict[str, object], reason: str | None
) -> None:
    """One area less, another division, or a median: the words say why, in both languages."""
    one, other = alby(2015, 30.0), alby(2016, 28.0, **changes)
    assert comparability(one, other, PLAIN).reason == reason
    for lang in ("sv", "en"):
        apart = difference(other, one, PLAIN)
        words = (
            incomparable_sentence(apart, Wording(PLAIN, shipped(), WHERE, lang)) if reason else ""
        )
        assert bool(words) is (reason is not None)


def test_a_union_stands_beside_its_municipality_in_the_same_year_and_register() -> None:
    """26.7 per cent in Alby and 22.5 in Botkyrka are 4.2 points apart; of BAS it says nothing."""
    own = alby(2021, 26.7, **PARTIAL)
    near = Observation("neet_20_64", "0127", "2021", "rams", 22.5)
    words = comparison_sentence(own, near, Wording(PLAIN, shipped(), WHERE, "sv"))

    assert words.startswith("Det var 4,2 procentenheter högre än i Botkyrka")
    bas = Observation("neet_20_64", "0127", "2021", "bas", 22.5)
    assert comparability(own, bas, PLAIN).reason == "segment"


def test_no_line_or_stretch_joins_other_members() -> None:
    """Whole to 2012, one area in 2013, whole again: three pieces; a year without any cuts none."""
    made = [{}, {}, PARTIAL, {}]
    series = [alby(2011 + n, 30.0 + n, **changes) for n, changes in enumerate(made)]

    assert [len(piece) for piece in line_stretches(series, (), 1)] == [2, 1, 1]
    assert [len(one.observations) for one in unbroken(series, PLAIN)] == [2, 1, 1]
    hidden = alby(
        2012, None, status="..", lacking=tuple(MissingMember(m, "suppressed") for m in ALBY)
    )
    assert len(unbroken([series[0], hidden, alby(2013, 31.0)], PLAIN)) == 1
    assert as_observations(frame_of(series)) == tuple(series)


def test_a_union_says_how_it_is_made_and_how_whole_it_is() -> None:
    """1 of 2 areas, a weighted mean, and borders of its own; a municipality is no union."""
    wording = Wording(PLAIN, shipped(), WHERE, "sv")
    made = union_parts(alby(2021, 26.7, **PARTIAL), wording)

    assert made is not None
    assert union_sentence(made, "sv") == (
        "Uppgiften för Alby är beräknad ur 1 av 2 RegSO-områden; för det andra saknas uppgift. "
        "Uppgiften är ett vägt medel. Områdets gräns avviker från stadsdelens."
    )
    assert union_parts(Observation("neet_20_64", "0127", "2021", "rams", 22.5), wording) is None


@pytest.mark.parametrize("measured", shipped().indicators, ids=lambda one: one.id)
def test_what_has_no_union_says_why_in_both_languages(measured: object) -> None:
    """Every indicator has words for it, whatever its rule and the group asked for."""
    for lang in ("sv", "en"):
        for background in ("_T", "SE"):
            words = no_union_sentence(
                measured,  # type: ignore[arg-type]
                name="Alby",
                members=("Albyberget", "Albydalen"),
                group=Group(background=background),
                lang=lang,
            )
            assert "Alby" in words
            assert words.endswith("Albydalen.")


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    """The application over the small warehouse with a group."""
    publish_unions(tmp_path)
    context = opened(tmp_path, Path(ROOT) / "indicators.yaml")
    made: FlaskClient = create_app(context).server.test_client()
    return made


def test_the_page_of_a_group_tells_its_figure_and_what_it_is_made_of(client: FlaskClient) -> None:
    """60 per cent in 2022, of two municipalities, a weighted mean; 2021 has another membership."""
    page = text(shown(client, f"/indikator/{RATE}", f"?region={GROUP}"))

    assert "60,0 procent av befolkningen 20–65 år i gruppen Två" in page
    assert (
        "Uppgiften för gruppen Två är beräknad ur 2 kommuner. Uppgiften är ett vägt medel" in page
    )
    assert "områdena som ingår ändras" in page


def test_the_page_of_a_group_without_a_figure_tells_why_and_shows_its_members(
    client: FlaskClient,
) -> None:
    """No balance of a group: its two municipalities as links, and no mean called a median."""
    page = shown(client, f"/indikator/{BALANCE}", f"?region={GROUP}")
    links = [one["props"]["href"] for one in found(page, "Link")]

    assert "För gruppen Två finns ingen sammanlagd uppgift" in text(page)
    assert "Medianen av" not in text(page)
    assert any("region=0127&jamfor=0126" in href for href in links)


def test_the_tables_of_the_weights_are_named_with_those_of_the_figures(client: FlaskClient) -> None:
    """A weighted mean rests on the population, too."""
    page = text(shown(client, f"/indikator/{RATE}", f"?region={GROUP}"))

    assert "Egen bearbetning av data från SCB, tabell TAB4881" in page
    assert "Egen bearbetning av data från SCB, tabell TAB638" in page


APPROXIMATE = {"how": "approximate", "weights": "20-64", "segment": "bas"}


@pytest.mark.parametrize(
    ("lang", "sex", "words"),
    [
        (
            "sv",
            "2",
            (
                "Det täcker 83 procent av befolkningen 20–64 år (kvinnor) i området. "
                "Uppgiften är ett ungefärligt vägt medel, vägt med befolkningen 20–64 år (kvinnor)."
            ),
        ),
        (
            "en",
            "_T",
            (
                "That covers 83 per cent of the population aged 20–64 in the area. "
                "The figure is an approximately weighted mean, weighted by the population aged "
                "20–64."
            ),
        ),
    ],
)
def test_an_approximate_mean_names_its_weights_and_how_much_of_them_is_covered(
    lang: Any, sex: str, words: str
) -> None:
    """Whose mean it is by, of which ages and sex, and the share of them that is in it."""
    three = {"members": (*ALBY, "0127R003"), "lacking": PARTIAL["lacking"]}
    made = alby(2024, 60.0, **three, **APPROXIMATE, sex=sex, covered=0.8312)
    parts = union_parts(made, Wording(PLAIN, shipped(), WHERE, lang))
    assert parts is not None
    assert words in union_sentence(parts, lang)


def test_the_mean_of_one_of_several_is_told_as_that_one() -> None:
    """Of Alby's two areas Albyberget alone has a figure: no mean, its name."""
    where = {**WHERE, "0127R001": Text(sv="i Albyberget", en="in Albyberget")}
    wording = Wording(PLAIN, shipped(), where, "sv")
    made = alby(2024, 60.0, **PARTIAL, **APPROXIMATE)
    parts = union_parts(made, wording)
    assert parts is not None
    words = union_sentence(parts, "sv")
    assert "Uppgiften gäller bara Albyberget." in words
    assert "medel" not in words
    assert union_method_words(made, PLAIN, "sv") == ""
    whole = alby(2024, 60.0, **APPROXIMATE)
    assert union_method_words(whole, PLAIN, "sv") == "ungefärligt vägt medel"


def test_what_is_covered_in_several_years_is_told_as_a_range() -> None:
    """47 and 49 per cent in one line, not a line for each year."""
    rows = [alby(year, 60.0, **PARTIAL, **APPROXIMATE, covered=part)
            for year, part in ((2022, 0.47), (2023, 0.49))]  # fmt: skip
    (line,) = composition(rows, Wording(PLAIN, shipped(), WHERE, "sv"))
    assert line.startswith("2022–2023: ")
    assert "Det täcker 47–49 procent av befolkningen 20–64 år i området." in line
