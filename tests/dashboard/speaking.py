"""Voices and observations for tests of what is said."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from dashboard.charts.style import ChartLine
from dashboard.codes import Group
from dashboard.data.observation import Observation
from dashboard.sentences import figures
from dashboard.sentences.wording import Wording
from etl.catalogue import Catalogue, Indicator, Lang, Text
from etl.catalogue.loading import load
from tests.source import ROOT

WHERE: Mapping[str, Text] = MappingProxyType(
    {
        "00": Text(sv="i riket", en="in Sweden"),
        "01": Text(sv="i Stockholms län", en="in Stockholm county"),
        "09": Text(sv="i Gotlands län", en="in Gotland county"),
        "0123": Text(sv="i Järfälla", en="in Järfälla"),
        "0127": Text(sv="i Botkyrka", en="in Botkyrka"),
        "0140": Text(sv="i Nykvarn", en="in Nykvarn"),
        "0180": Text(sv="i Stockholms kommun", en="in the municipality of Stockholm"),
        "0181": Text(sv="i Södertälje", en="in Södertälje"),
        "0980": Text(sv="på Gotland", en="on Gotland"),
        "0123R001": Text(sv="i Nibble (Järfälla)", en="in Nibble (Järfälla)"),
    }
)


@cache
def shipped() -> Catalogue:
    """The catalogue of the repository."""
    return load(Path(ROOT) / "indicators.yaml")


def indicator(name: str, **changes: object) -> Indicator:
    """A shipped indicator, changed where the case needs it."""
    return shipped().indicator[name].model_copy(update=changes)


def wording(of: str | Indicator, lang: Lang = "sv") -> Wording:
    """Somebody who speaks of an indicator."""
    measured = shipped().indicator[of] if isinstance(of, str) else of
    return Wording(measured, shipped(), WHERE, lang)


def seen(
    of: str,
    region: str,
    period: int | str,
    value: float | None,
    *,
    status: str | None = None,
    sex: str = "_T",
    background: str = "_T",
    age: str = "_T",
    education: str = "_T",
    segment: str | None = None,
    kind: str = "published",
) -> Observation:
    """One observation of a shipped indicator, in the segment of its year."""
    year = str(period)
    own = next((one.id for one in shipped().indicator[of].segments if year in one.years), "unknown")
    return Observation(
        indicator=of,
        region=region,
        period=year,
        segment=segment or own,
        value=value,
        status=status,
        sex=sex,
        background=background,
        age=age,
        education=education,
        kind=kind,
    )


def comparison_sentence(one: Observation, other: Observation, speaking: Wording) -> str:
    """The complete sentence, with its cautions."""
    return figures.comparison_sentence(one, other, speaking).complete


def change_sentence(
    earlier: Observation, later: Observation, speaking: Wording, broken: Sequence[str] = ()
) -> str:
    """The complete sentence, with its cautions."""
    return figures.change_sentence(earlier, later, speaking, broken).complete


def gap_sentence(one: Observation, other: Observation, speaking: Wording) -> str:
    """The complete sentence, with its cautions."""
    return figures.gap_sentence(one, other, speaking).complete


def direction_sentences(series: Iterable[Observation], speaking: Wording) -> tuple[str, ...]:
    """The complete sentences, each with its cautions."""
    return tuple(each.complete for each in figures.direction_sentences(series, speaking))


def rows(
    of: str, values: Mapping[int, float], region: str, background: str, segment: str
) -> tuple[Observation, ...]:
    """One series of an indicator by year, as the warehouse has it."""
    return tuple(
        Observation(of, region, str(year), segment, value, background=background)
        for year, value in values.items()
    )


def line(region: str, background: str = "_T") -> ChartLine:
    """A line of both sexes."""
    return ChartLine(region, Group(background=background), region, "#000000")
