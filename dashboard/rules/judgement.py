"""
Better or worse: only where the catalogue has an agreed direction, and never by colour alone.

Pure. A judgement always carries its word and its symbol; what may not be compared, is in
level, or has no agreed direction is not judged.
"""

from dataclasses import dataclass
from typing import Literal

from dashboard.rules.comparison import Difference
from dashboard.text import translated
from etl.catalogue import Indicator, Text

Grade = Literal["better", "worse"]
METHOD = Text(
    sv=(
        "Bättre eller sämre sägs bara om mått vars riktning är överenskommen, alltid med ord och "
        "tecken och aldrig med färg ensam. Det som ligger i nivå, eller inte kan jämföras, bedöms "
        "inte. Företagande, flyttningar, studerande, boendeform och andelar efter ursprung har "
        "ingen överenskommen riktning och visas alltid neutralt."
    ),
    en=(
        "Better or worse is said only of measures with an agreed direction, always with a word "
        "and a sign and never by colour alone. What is level, or cannot be compared, is not "
        "judged. Self-employment, moves, studies, tenure and shares by origin have no agreed "
        "direction and are always shown neutrally."
    ),
)


@dataclass(frozen=True)
class Judgement:
    """A grade with the word and the symbol that must stand beside any colour."""

    grade: Grade
    word: Text
    symbol: Literal["▲", "▼"]


def judgement_of(difference: Difference, indicator: Indicator) -> Judgement | None:
    """The later observation against the earlier, or one group against another."""
    if difference.value is None or difference.level or indicator.better == "none":
        return None
    up = difference.value > 0
    grade: Grade = "better" if up == (indicator.better == "higher") else "worse"
    return Judgement(grade, translated(f"grade_{grade}"), "▲" if up else "▼")
