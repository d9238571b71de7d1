"""
The seven figures of the report as data: what each is drawn from today.

Pure. Words are keys of `text.report`: a drawing `x` has `report_x` (its title); a figure n has
`report_n_then` (what the report showed) and `report_n_now` (what can be rebuilt, and what not).
"""

from dataclasses import dataclass
from typing import Literal

from etl.catalogue import TOTAL

COUNTY = "01"
COUNTRY = "00"
AREAS = "stadsdelar-01"  # all neighbourhoods of the report together
ORIGINS = ("SE", "NEXS", "EUEESXN", "VXEUEES")
Kind = Literal["regions", "groups", "measures", "pair", "strips"]


@dataclass(frozen=True)
class Drawing:
    """
    One chart: lines of `regions`, of `groups` or of several `measures`, a pair of years, strips.

    `years` are the two of a pair.
    """

    key: str
    kind: Kind
    indicator: str
    regions: tuple[str, ...] = (COUNTY,)
    groups: tuple[str, ...] = (TOTAL,)
    measures: tuple[str, ...] = ()
    years: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Figure:
    """One figure of the report."""

    number: int
    drawings: tuple[Drawing, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The measures it shows, each once, in order."""
        every = (id for one in self.drawings for id in one.measures or (one.indicator,))
        return tuple(dict.fromkeys(every))


FIGURES = (
    Figure(
        1,
        (
            Drawing(
                "net_migration",
                "measures",
                "net_migration",
                measures=("net_migration", "net_migration_abroad", "net_migration_domestic"),
            ),
        ),
    ),
    Figure(2, (Drawing("background", "pair", "foreign_background_share", years=("2003", "2009")),)),
    Figure(
        3,
        (
            Drawing("unemployment", "regions", "open_unemployment", regions=(COUNTY, COUNTRY)),
            Drawing(
                "area_unemployed",
                "regions",
                "area_unemployed_share",
                regions=(AREAS, COUNTY, COUNTRY),
            ),
        ),
    ),
    Figure(4, (Drawing("employment", "groups", "employment_rate", groups=ORIGINS),)),
    Figure(5, (Drawing("eligibility", "groups", "upper_secondary_eligibility", groups=ORIGINS),)),
    Figure(
        6,
        (Drawing("studying", "regions", "studying_20_24", regions=(AREAS, COUNTY, COUNTRY)),),
    ),
    Figure(
        7,
        (
            Drawing("movers", "regions", "mover_balance"),
            Drawing("movers_areas", "strips", "mover_balance"),
        ),
    ),
)
