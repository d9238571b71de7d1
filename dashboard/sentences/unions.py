"""
Sentences about figures of several regions together: how they are made, and how complete they are.

Pure. Which figures there are is decided in `etl.measures`.
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


def union_sentence(parts: UnionParts, lang: Lang) -> str:
    """Of how many members a union is made, how partial it is, how it is made, what it is not."""
    rest = parts.members - parts.present
    key = "whole" if rest == 0 else "partial" if parts.present else "empty"
    gender = "neuter" if parts.kind in {"regso", "county"} else "common"
    text = term(
        f"union_{key}",
        lang,
        name=parts.name,
        present=parts.present,
        members=parts.members,
        kind=member_word(parts.kind, parts.members, lang),
        rest=term(f"union_rest_one_{gender}" if rest == 1 else "union_rest_many", lang),
    )
    sentences = [text]
    if parts.how and parts.present:
        sentences.append(term(f"union_{parts.how}", lang))
    if parts.approximate:
        sentences.append(term("union_borders", lang))
    if parts.confirmed:
        sentences.append(term("union_confirmed", lang, date=parts.confirmed))
    return " ".join(sentences)


def union_parts(
    observation: Observation, wording: Wording, confirmed: str | None = None
) -> UnionParts | None:
    """What the union of an observation is made of; None where its region is no union."""
    if not observation.members:
        return None
    present = len(observation.members) - len(observation.lacking)
    return UnionParts(
        name=wording.region_name(observation.region),
        members=len(observation.members),
        present=present,
        kind=member_kind(observation.members),
        how=_how(observation, wording.indicator) if len(observation.members) > 1 else None,
        approximate=region_level(observation.region) == "stadsdel",
        confirmed=confirmed,
    )


def union_sentences(observations: Sequence[Observation], wording: Wording) -> list[str]:
    """The sentences of those observations that are of unions, each once."""
    unions = (union_parts(each, wording) for each in observations)
    return list(dict.fromkeys(union_sentence(each, wording.lang) for each in unions if each))


def member_kind(members: Sequence[str]) -> MemberKind:
    """What the members of a union are."""
    levels = {region_level(code) for code in members}
    return MEMBER_KINDS.get(levels.pop(), "region") if len(levels) == 1 else "region"


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
    reason = term(f"union_why_{_why(indicator, background)}", lang)
    text = term("union_no_figure", lang, name=name, why=reason)
    if not members or len(members) > MOST_PARTS_NAMED:
        return text
    return f"{text} {term('union_one_by_one', lang, names=enumerated(list(members), lang))}"


def parts_shown_sentence(members: Sequence[str], lang: Lang) -> str:
    """That the members of a union are shown one by one, before their names."""
    word = member_word(member_kind(members), len(members), lang)
    return term("union_one_by_one_of", lang, members=len(members), kind=word)


def median_sentence(observation: Observation, wording: Wording) -> str:
    """The median of a union's members, called so."""
    present = len(observation.members) - len(observation.lacking)
    return term(
        "union_median_of",
        wording.lang,
        present=present,
        kind=member_word(member_kind(observation.members), present, wording.lang),
        value=value_phrase(observation, wording),
        period=observation.period,
    )


def _why(indicator: Indicator, background: str) -> str:
    if indicator.union == "none":
        return "ratio" if indicator.measure == "index" else indicator.measure
    return "group" if background != TOTAL else "people"


def _how(observation: Observation, indicator: Indicator) -> Manner | None:
    if observation.how == "sum":
        return "added" if indicator.measure == "share" else "summed"
    return MANNERS.get(observation.how or "")
