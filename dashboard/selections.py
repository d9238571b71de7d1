"""
A reader's own group of regions, named in the address, as a region and a union among the others.

Pure. It knows which regions exist; the grammar of the address is in `url`.
"""

from collections.abc import Mapping

from dashboard.phrases import filled
from dashboard.regions import COUNTRY, Region
from dashboard.text import term
from dashboard.unions import UNIONS
from dashboard.url import Selection
from etl.catalogue import Lang, Text
from etl.measures import Union, overlapping

PREFIX = "grupp:"


def selected(
    own: Selection | None, places: Mapping[str, Region], lang: Lang
) -> tuple[Mapping[str, Region], Union | None, list[str]]:
    """
    Return the places with an own group among them, its union for `series`, and what is amiss.

    A group in the group stands for its members. Codes that are unknown are said and left out;
    there is no union where a region lies in another, which would count people twice.
    """
    if own is None:
        return places, None, []
    said = [term("unknown_region", lang, value=code) for code in own.codes if code not in places]
    known = [places[code] for code in own.codes if code in places]
    members = tuple(dict.fromkeys(code for one in known for code in (one.members or (one.code,))))
    nested = overlapping(members)
    if nested:
        inner, outer = (places[code].name(lang) if code in places else code for code in nested[0])
        said.append(filled(UNIONS["nested"], lang, inner=inner, outer=outer))
    if nested or not members:
        return places, None, said
    code = PREFIX + own.name
    where = Text(
        sv=filled(UNIONS["in_own"], "sv", name=own.name),
        en=filled(UNIONS["in_own"], "en", name=own.name),
    )
    region = Region(code, own.name, "group", COUNTRY, where, members=members)
    return {**places, code: region}, Union(code, members), said
