"""
What is said of figures of several regions together: how they are made, how whole they are.

Pure. It holds its own texts, as data in both languages. Which figures there are is decided in
`etl.measures`; this only says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from dashboard.data.observation import Observation
from dashboard.sentences.wording import Voice, value
from dashboard.text import enumerated
from dashboard.text.phrases import filled
from dashboard.text.terms import texts
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.regions import region_level

Kind = Literal["regso", "municipality", "county", "region"]
How = Literal["weighted", "summed", "added", "median"]
MANNERS: Mapping[str, How] = MappingProxyType({"weighted": "weighted", "median": "median"})
KINDS: Mapping[str, Kind] = MappingProxyType(
    {"regso": "regso", "municipality": "municipality", "county": "county"}
)
MOST_NAMED = 8
UNIONS = texts(
    partial=(
        "Uppgiften för {name} är beräknad ur {present} av {members} {kind}; {rest} saknas uppgift.",
        "The figure for {name} is calculated from {present} of {members} {kind}; {rest} missing.",
    ),
    whole=(
        "Uppgiften för {name} är beräknad ur {members} {kind}.",
        "The figure for {name} is calculated from {members} {kind}.",
    ),
    empty=(
        "Uppgiften för {name} kan inte beräknas: den saknas för {members} av {members} {kind}.",
        "The figure for {name} cannot be calculated: {members} of {members} {kind} have none.",
    ),
    rest_one_neuter=("för det andra", "the other is"),
    rest_one_common=("för den andra", "the other is"),
    rest_many=("för de andra", "the others are"),
    regso_one=("RegSO-område", "RegSO area"),
    regso_many=("RegSO-områden", "RegSO areas"),
    municipality_one=("kommun", "municipality"),
    municipality_many=("kommuner", "municipalities"),
    county_one=("län", "county"),
    county_many=("län", "counties"),
    region_one=("region", "region"),
    region_many=("regioner", "regions"),
    weighted=("Uppgiften är ett vägt medel.", "The figure is a weighted mean."),
    summed=("Uppgiften är en summa.", "The figure is a sum."),
    added=(
        "Andelen är beräknad ur summan av antalen.",
        "The share is calculated from the sum of the counts.",
    ),
    median=(
        "Uppgiften är medianen av delarna och ingen uppgift för helheten.",
        "The figure is the median of the parts and no figure of the whole.",
    ),
    borders=(
        "Områdets gräns avviker från stadsdelens.",
        "The boundary differs from that of the neighbourhood.",
    ),
    confirmed=(
        "Listan över områden är bekräftad {date}.",
        "The list of areas was confirmed on {date}.",
    ),
    in_own=("i gruppen {name}", "in the group {name}"),
    nested=(
        "Gruppen kan inte läggas samman: {inner} ingår i {outer}.",
        "The group cannot be put together: {inner} is part of {outer}.",
    ),
    no_figure=(
        "För {name} finns ingen sammanlagd uppgift: {why}.",
        "There is no figure for {name} as a whole: {why}.",
    ),
    one_by_one=("Delarna visas var för sig: {names}.", "The parts are shown one by one: {names}."),
    one_by_one_of=(
        "De {members} {kind} som ingår visas var för sig:",
        "Its {members} {kind} are shown one by one:",
    ),
    median_of=(
        "Medianen av {present} {kind} var {value} år {period}. Den är ingen uppgift för helheten.",
        "The median of {present} {kind} was {value} in {period}. It is no figure of the whole.",
    ),
    why_ratio=(
        "en kvot eller ett index för flera områden kan inte räknas ut ur områdenas egna",
        "a ratio or index of several areas cannot be worked out from those of each",
    ),
    why_amount=(
        "en median eller ett medelvärde för flera områden kan inte räknas ut ur områdenas egna",
        "a median or mean of several areas cannot be worked out from those of each",
    ),
    why_class=(
        "klasser för flera områden kan inte läggas samman",
        "classes of several areas cannot be put together",
    ),
    why_count=(
        "antalen för flera områden kan inte läggas samman",
        "the counts of several areas cannot be added",
    ),
    why_share=(
        "andelens nämnare är inte folkmängden och publiceras inte för områdena",
        "the denominator of the share is not the population and is not published for the areas",
    ),
    why_group=(
        "gruppens folkmängd, som andelarna skulle vägas med, publiceras inte",
        "the population of the group, by which the shares would be weighted, is not published",
    ),
    why_people=(
        "folkmängden i samma åldrar, som andelarna skulle vägas med, publiceras inte för områdena",
        (
            "the population of the same ages, by which the shares would be weighted, is not "
            "published for the areas"
        ),
    ),
)


@dataclass(frozen=True)
class Union:
    """
    What a union of regions is made of.

    `present` of `members` have a figure; `approximate` marks that its border is not that of the
    neighbourhood it stands for, `how` a key of the texts that tells how it is made, and
    `confirmed` the date on which the owner of the list has confirmed it.
    """

    name: str
    members: int
    present: int
    kind: Kind = "regso"
    how: How | None = None
    approximate: bool = False
    confirmed: str | None = None


def union(made: Union, lang: Lang) -> str:
    """Of how many members a union is made, how partial it is, how it is made, what it is not."""
    rest = made.members - made.present
    key = "whole" if rest == 0 else "partial" if made.present else "empty"
    gender = "neuter" if made.kind in {"regso", "county"} else "common"
    text = filled(
        UNIONS[key],
        lang,
        name=made.name,
        present=made.present,
        members=made.members,
        kind=counted(made.kind, made.members, lang),
        rest=UNIONS[f"rest_one_{gender}" if rest == 1 else "rest_many"][lang],
    )
    more = [text]
    if made.how and made.present:
        more.append(UNIONS[made.how][lang])
    if made.approximate:
        more.append(UNIONS["borders"][lang])
    if made.confirmed:
        more.append(filled(UNIONS["confirmed"], lang, date=made.confirmed))
    return " ".join(more)


def of(one: Observation, voice: Voice, confirmed: str | None = None) -> Union | None:
    """What the union of an observation is made of; None where its region is no union."""
    if not one.members:
        return None
    present = len(one.members) - len(one.lacking)
    return Union(
        name=voice.place(one.region),
        members=len(one.members),
        present=present,
        kind=kind(one.members),
        how=_how(one, voice.indicator) if len(one.members) > 1 else None,
        approximate=region_level(one.region) == "stadsdel",
        confirmed=confirmed,
    )


def told(shown: Sequence[Observation], voice: Voice) -> list[str]:
    """The sentences of those observations that are of unions, each once."""
    made = (of(one, voice) for one in shown)
    return list(dict.fromkeys(union(one, voice.lang) for one in made if one))


def kind(members: Sequence[str]) -> Kind:
    """What the members of a union are."""
    found = {region_level(code) for code in members}
    return KINDS.get(found.pop(), "region") if len(found) == 1 else "region"


def counted(kind: Kind, count: int, lang: Lang) -> str:
    """What so many members are called."""
    return UNIONS[f"{kind}_{'one' if count == 1 else 'many'}"][lang]


def none(
    indicator: Indicator, *, name: str, members: Sequence[str], background: str, lang: Lang
) -> str:
    """
    That a union has no figure, and why.

    Args:
        indicator: whose rule it is.
        name: of the union, as in "gruppen Södertörn".
        members: their names, one by one.
        background: the group asked for.
        lang: the language.

    """
    why = UNIONS[f"why_{_why(indicator, background)}"][lang]
    text = filled(UNIONS["no_figure"], lang, name=name, why=why)
    if not members or len(members) > MOST_NAMED:
        return text
    return f"{text} {filled(UNIONS['one_by_one'], lang, names=enumerated(list(members), lang))}"


def apart(members: Sequence[str], lang: Lang) -> str:
    """That the members of a union are shown one by one, before their names."""
    what = counted(kind(members), len(members), lang)
    return filled(UNIONS["one_by_one_of"], lang, members=len(members), kind=what)


def middle(one: Observation, voice: Voice) -> str:
    """The median of a union's members, called so."""
    present = len(one.members) - len(one.lacking)
    return filled(
        UNIONS["median_of"],
        voice.lang,
        present=present,
        kind=counted(kind(one.members), present, voice.lang),
        value=value(one, voice),
        period=one.period,
    )


def _why(indicator: Indicator, background: str) -> str:
    if indicator.union == "none":
        return "ratio" if indicator.measure == "index" else indicator.measure
    return "group" if background != TOTAL else "people"


def _how(one: Observation, indicator: Indicator) -> How | None:
    if one.how == "sum":
        return "added" if indicator.measure == "share" else "summed"
    return MANNERS.get(one.how or "")
