"""
What is said beside a figure: targets, revisions, the older report.

Pure. It holds its own texts, as data in both languages.
"""

from dataclasses import dataclass

from dashboard import format
from dashboard.observation import Observation, shown
from dashboard.phrases import filled, said
from dashboard.sentences import missing
from dashboard.targets import LocalTarget
from dashboard.text.terms import texts
from dashboard.wording import Voice, apart, short, value, with_unit
from etl.catalogue import Lang, Text

REMARKS = texts(
    target=(
        "{owner} mål är {goal} år {year}.",
        "{owner} target is {goal} in {year}.",
    ),
    target_open=(
        "{owner} mål är {goal} från och med {year}.",
        "{owner} target is {goal} from {year}.",
    ),
    target_apart=(
        "År {period} var {short} {value}, {difference} {word} målet.",
        "In {period} {short} was {value}, {difference} {word} the target.",
    ),
    target_met=(
        "År {period} var {short} {value}, lika med målet.",
        "In {period} {short} was {value}, equal to the target.",
    ),
    under=("under", "below"),
    over=("över", "above"),
    revised=(
        "SCB har ändrat uppgiften för {period} från {old} till {new} sedan den förra versionen.",
        (
            "Statistics Sweden has changed the figure for {period} from {old} to {new} since the "
            "previous version."
        ),
    ),
    revised_added=(
        "SCB har sedan den förra versionen lagt till uppgiften för {period}: {new}.",
        "Statistics Sweden has added the figure for {period} since the previous version: {new}.",
    ),
    revised_removed=(
        "SCB har sedan den förra versionen tagit bort uppgiften för {period}, som var {old}.",
        (
            "Statistics Sweden has removed the figure for {period}, which was {old}, since the "
            "previous version."
        ),
    ),
    report=(
        (
            "Enligt rapporten 2010 {verb} {one} av dem {those} och {other} av dem {them} {state} "
            "{where} {period}. Skillnaden var omkring {difference}."
        ),
        (
            "According to the 2010 report, {one} of those {those} and {other} of those {them} "
            "{verb} {state} {where} in {period}. The difference was about {difference}."
        ),
    ),
)


@dataclass(frozen=True)
class Printed:
    """A share as an older report printed it, with its decimals, and of whom."""

    value: float
    decimals: int
    who: Text


def target(goal: LocalTarget, one: Observation, voice: Voice) -> str:
    """
    A target, whose it is, and how far the figure is from it.

    Raises:
        ValueError: when the target is not one of this series (see `targets.applying`).

    """
    if not goal.concerns(one):
        raise ValueError(f"the target of {goal.indicator} does not concern {one.region}")
    lang = voice.lang
    year = goal.years.last or goal.years.first
    text = filled(
        REMARKS["target" if goal.years.last else "target_open"],
        lang,
        owner=genitive(goal.owner[lang], lang),
        goal=with_unit(_shortest(goal.value, voice), one.segment, voice),
        year=year,
    )
    if not one.present:
        return f"{text} {missing(one, voice)}"
    decimals = voice.indicator.decimals
    apart_by = round(shown(one.number, decimals) - shown(goal.value, decimals), decimals)
    blanks = {"period": one.period, "short": short(one, voice), "value": value(one, voice)}
    if apart_by == 0:
        return f"{text} {filled(REMARKS['target_met'], lang, **blanks)}"
    word = REMARKS["over" if apart_by > 0 else "under"][lang]
    size = apart(apart_by, one.segment, voice)
    return f"{text} {filled(REMARKS['target_apart'], lang, difference=size, word=word, **blanks)}"


def genitive(owner: str, lang: Lang) -> str:
    """Whose: "Regionens", "The region's"; a Swedish name in s, x or z stands as it is."""
    if lang == "en":
        return f"{owner}'s"
    return owner if owner.endswith(("s", "x", "z")) else f"{owner}s"


def revision(old: Observation, new: Observation, voice: Voice) -> str:
    """What the source changed between two versions of one cell; "" when nothing is seen."""
    lang, decimals = voice.lang, voice.indicator.decimals
    before, after = (
        format.number(one.number, decimals, lang) if one.present else "" for one in (old, new)
    )
    if before == after:
        return ""
    was, now = (with_unit(text, new.segment, voice) for text in (before, after))
    if not before:
        return filled(REMARKS["revised_added"], lang, period=new.period, new=now)
    if not after:
        return filled(REMARKS["revised_removed"], lang, period=new.period, old=was)
    return filled(REMARKS["revised"], lang, period=new.period, old=before, new=now)


def report_gap(
    one: Printed, other: Printed, voice: Voice, *, segment: str, region: str, period: str
) -> str:
    """Two printed shares of the 2010 report and about how far apart, in the coarser's decimals."""
    lang, phrase = voice.lang, voice.phrase(segment)
    first, second = (format.number(each.value, each.decimals, lang) for each in (one, other))
    decimals = min(one.decimals, other.decimals)
    size = format.number(abs(one.value - other.value), decimals, lang)
    return filled(
        REMARKS["report"],
        lang,
        verb=phrase.verb[lang],
        one=with_unit(first, segment, voice),
        other=with_unit(second, segment, voice),
        those=one.who[lang],
        them=other.who[lang],
        state=phrase.state[lang] if phrase.state else "",
        where=voice.there(region),
        period=period,
        difference=f"{size} {said('point' if size == '1' else 'points', lang)}",
    )


def _shortest(number: float, voice: Voice) -> str:
    """A goal without decimals that are zero: 80, 80,5."""
    decimals = 0 if float(number).is_integer() else voice.indicator.decimals
    return format.number(number, decimals, voice.lang)
