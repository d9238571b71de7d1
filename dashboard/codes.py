"""Codes of the statistics and of the address, and their orders: regions, levels, groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from etl.catalogue import TOTAL

FOREIGN_BORN = "SAMUTF"
Codes = tuple[str, ...]
POPULATION = "population"  # the indicator by which unions are weighted
SEXES = ("2", "1")  # women before men


class Group(NamedTuple):
    """Whom a figure is about, by the code of each dimension; everybody where none is given."""

    sex: str = TOTAL
    background: str = TOTAL
    age: str = TOTAL
    education: str = TOTAL


EVERYBODY = Group()
DIMENSIONS = Group._fields


@dataclass(frozen=True)
class GroupCodes:
    """The groups of every combination of some codes of each dimension; everybody by default."""

    sexes: Codes = (TOTAL,)
    backgrounds: Codes = (TOTAL,)
    ages: Codes = (TOTAL,)
    educations: Codes = (TOTAL,)


OF_EVERYBODY = GroupCodes()


def codes_of_groups(groups: Iterable[Group]) -> GroupCodes:
    """The codes of some groups, each once; their combinations may be more than the groups."""
    listed = list(groups)
    return GroupCodes(
        *(tuple(dict.fromkeys(getattr(group, name) for group in listed)) for name in DIMENSIONS)
    )


def common_group(groups: Iterable[Group]) -> Group:
    """What all of some groups have in common; the total where they differ."""
    listed = list(groups)
    codes = {name: {getattr(group, name) for group in listed} for name in DIMENSIONS}
    return Group(**{name: one.pop() for name, one in codes.items() if len(one) == 1})


BACKGROUND_KINDS = ("origin", "stay", "reason")  # in the order of the controls
GROUP_KINDS = (*BACKGROUND_KINDS, "age", "sex", "education")


def dimension_of_kind(kind: str) -> str:
    """The dimension that the groups of a kind are codes of."""
    return "background" if kind in BACKGROUND_KINDS else kind


ALL_THEMES = "alla"  # the word of the address for the indicators of every theme
AddressLevel = Literal["riket", "lan", "kommun", "omrade"]
LEVELS: Mapping[AddressLevel, str] = MappingProxyType(  # the level of the address in the warehouse
    {"kommun": "municipality", "lan": "county", "omrade": "regso", "riket": "country"}
)
# Levels of so many regions that a rank and a range say something; they have borders on the map.
RANKED_LEVELS = frozenset({"municipality", "county"})
MENU_LEVELS = ("country", "county", "municipality", "stadsdel", "group")

ViewName = Literal["tid", "jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell"]
Order = Literal["namn", "kod", "varde", "forandring"]
BY_NUMBER: frozenset[Order] = frozenset({"varde", "forandring"})
AddressSplit = Literal["region", "grupp"]  # what each of several small charts is of
AddressMeasure = Literal["skillnad", "kvot", "index"]
GapPicture = Literal["lista", "karta", "forandring"]
StartChoice = Literal["alla", "samma"]
GapMeasure = Literal["gap", "ratio", "index"]
GAP_MEASURES: Mapping[AddressMeasure, GapMeasure] = MappingProxyType(  # by the word of the address
    {"skillnad": "gap", "kvot": "ratio", "index": "index"}
)
