"""What a whole series says, in order: its level, its latest change, its directions."""

from collections.abc import Sequence

from dashboard.charts.style import ChartLine
from dashboard.codes import EVERYBODY
from dashboard.data.observation import Observation
from dashboard.sentences.summary import narrative
from dashboard.sentences.wording import Wording
from tests.dashboard.speaking import seen, wording

OPEN = "open_unemployment"
# Botkyrka, TAB4881, from 2010.
VALUES = (15.6, 15.5, 15.8, 17.2, 16.9, 15.8, 15.3, 15.0, 14.6, 13.9, 16.8, 16.4)
OLD = tuple(seen(OPEN, "0127", 2010 + n, value) for n, value in enumerate(VALUES))


def told(series: Sequence[Observation], speaker: Wording) -> tuple[str, ...]:
    """The sentences of one line of a chart."""
    return narrative(series, [ChartLine("0127", EVERYBODY, "Botkyrka", "")], speaker).sentences


def test_a_series_tells_level_change_and_direction() -> None:
    """The published figures of Botkyrka to 2021."""
    assert told(OLD, wording(OPEN)) == (
        (
            "År 2021 var 16,4 procent av befolkningen 20–64 år i Botkyrka öppet arbetslösa "
            "någon gång "
            "under året."
        ),
        (
            "Mellan 2020 och 2021 var andelen öppet arbetslösa i Botkyrka i stort sett oförändrad: "
            "16,8 respektive 16,4 procent."
        ),
        (
            "Åren 2010–2021 hade andelen öppet arbetslösa i Botkyrka ingen tydlig riktning. Den "
            "varierade mellan 13,9 och 17,2 procent."
        ),
    )


def test_the_first_year_of_a_register_has_no_change_and_its_older_stretch_is_told() -> None:
    """2022 is another register: why it is not compared, that one year is too few, and 2010-2021."""
    new = seen(OPEN, "0127", 2022, 13.0)
    _, change, latest, older = told([*OLD, new], wording(OPEN, "en"))

    assert change.startswith("The figures for 2021 and 2022 cannot be compared.")
    assert latest.startswith("There is one year after the break in 2022.")
    assert older.startswith("In 2010–2021 the share of openly unemployed in Botkyrka had no clear")


def test_a_hidden_newest_year_is_told_before_the_latest_level() -> None:
    """The reader learns first that 2022 is hidden, then what 2021 was."""
    hidden = seen(OPEN, "0127", 2022, None, status="..")
    lede, change, _ = told([*OLD, hidden], wording(OPEN))

    assert lede.startswith("Ingen andel redovisas i Botkyrka 2022 (..).")
    assert "År 2021 var 16,4 procent" in lede
    assert change.endswith("Därefter bryts serien 2022.")


def test_a_series_without_numbers_says_only_that() -> None:
    """Of hidden years nothing but that they are hidden; of no years nothing."""
    hidden = seen(OPEN, "0127", 2022, None, status="..")

    assert len(told([hidden], wording(OPEN))) == 1
    assert told([], wording(OPEN)) == ()


def test_an_older_stretch_of_one_year_stands_alone() -> None:
    """One year on each side of a break: each is told to be too few, in the singular."""
    *_, older = told([OLD[-1], seen(OPEN, "0127", 2022, 13.0)], wording(OPEN))

    assert older == (
        "Uppgiften för 2021 står ensam vid ett tidsseriebrott. Ett år är för lite för en riktning."
    )
