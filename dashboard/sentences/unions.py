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
from dashboard.sentences.wording import Wording, value_phrase
from dashboard.text import enumerated, term
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.regions import region_level

MemberKind = Literal["regso", "municipality", "county", "region"]
Manner = Literal["weighted", "summed", "added", "median"]
MANNERS: Mapping[str, Manner] = MappingProxyType({"weighted": "weighted", "median": "median"})
MEMBER_KINDS: Mapping[str, MemberKind] = MappingProxyType(
    {"regso": "regso", "municipality": "municipality", "county": "county"}
)
MOST_PARTS_NAMED = 8


@dataclass(frozen=True)
class UnionParts:
    """
    What a union of regions is made of.

    `present` of `members` have a figure; `approximate` marks that its border is not that of the
    neighbourhood it stands for, `how` a key of the texts that tells how it is made, and
    `confirmed` the date on which the owner of the list has confirmed it.
    """

    name: str
    members: int
    present: int
    kind: MemberKind = "regso"
    how: Manner | None = None
    approximate: bool = False
    confirmed: str | None = None


def union_sentence(made: UnionParts, lang: Lang) -> str:
    """Of how many members a union is made, how partial it is, how it is made, what it is not."""
    rest = made.members - made.present
    key = "whole" if rest == 0 else "partial" if made.present else "empty"
    gender = "neuter" if made.kind in {"regso", "county"} else "common"
    text = term(
        f"union_{key}",
        lang,
        name=made.name,
        present=made.present,
        members=made.members,
        kind=member_word(made.kind, made.members, lang),
        rest=term(f"union_rest_one_{gender}" if rest == 1 else "union_rest_many", lang),
    )
    more = [text]
    if made.how and made.present:
        more.append(term(f"union_{made.how}", lang))
    if made.approximate:
        more.append(term("union_borders", lang))
    if made.confirmed:
        more.append(term("union_confirmed", lang, date=made.confirmed))
    return " ".join(more)


def union_parts(
    one: Observation, wording: Wording, confirmed: str | None = None
) -> UnionParts | None:
    """What the union of an observation is made of; None where its region is no union."""
    if not one.members:
        return None
    present = len(one.members) - len(one.lacking)
    return UnionParts(
        name=wording.region_name(one.region),
        members=len(one.members),
        present=present,
        kind=member_kind(one.members),
        how=_how(one, wording.indicator) if len(one.members) > 1 else None,
        approximate=region_level(one.region) == "stadsdel",
        confirmed=confirmed,
    )


def union_sentences(shown: Sequence[Observation], wording: Wording) -> list[str]:
    """The sentences of those observations that are of unions, each once."""
    made = (union_parts(one, wording) for one in shown)
    return list(dict.fromkeys(union_sentence(one, wording.lang) for one in made if one))


def member_kind(members: Sequence[str]) -> MemberKind:
    """What the members of a union are."""
    found = {region_level(code) for code in members}
    return MEMBER_KINDS.get(found.pop(), "region") if len(found) == 1 else "region"


def member_word(kind: MemberKind, count: int, lang: Lang) -> str:
    """What so many members are called."""
    return term(f"union_{kind}_{'one' if count == 1 else 'many'}", lang)


def no_union_sentence(
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
    why = term(f"union_why_{_why(indicator, background)}", lang)
    text = term("union_no_figure", lang, name=name, why=why)
    if not members or len(members) > MOST_PARTS_NAMED:
        return text
    return f"{text} {term('union_one_by_one', lang, names=enumerated(list(members), lang))}"


def parts_shown_sentence(members: Sequence[str], lang: Lang) -> str:
    """That the members of a union are shown one by one, before their names."""
    what = member_word(member_kind(members), len(members), lang)
    return term("union_one_by_one_of", lang, members=len(members), kind=what)


def median_sentence(one: Observation, wording: Wording) -> str:
    """The median of a union's members, called so."""
    present = len(one.members) - len(one.lacking)
    return term(
        "union_median_of",
        wording.lang,
        present=present,
        kind=member_word(member_kind(one.members), present, wording.lang),
        value=value_phrase(one, wording),
        period=one.period,
    )


def _why(indicator: Indicator, background: str) -> str:
    if indicator.union == "none":
        return "ratio" if indicator.measure == "index" else indicator.measure
    return "group" if background != TOTAL else "people"


def _how(one: Observation, indicator: Indicator) -> Manner | None:
    if one.how == "sum":
        return "added" if indicator.measure == "share" else "summed"
    return MANNERS.get(one.how or "")
