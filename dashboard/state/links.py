"""
Where controls lead: the next link from this one and what was chosen since.

Pure. What the address says goes before what the page held: a reader may choose the next thing
before the page of the last one has come.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from dashboard.codes import Codes
from dashboard.state.url import KEYS, State, parsed, printed, with_weights
from etl.catalogue import TOTAL
from etl.catalogue.ages import span
from etl.catalogue.regions import level_of_code

_MAPPED = frozenset({"county", "municipality"})  # levels that a map has borders of
# A new choice shows the first page of a long table again.
_SAME_PAGE = frozenset({"page"})
# Breakdowns of the one group that is shown, by their list in the state; all others are groups by
# background.
_WITHIN = MappingProxyType({"age": "ages", "sex": "sexes", "education": "educations"})


@dataclass(frozen=True)
class Shown:
    """
    What a page held when it was drawn, as far as its controls lead by it.

    `values`: the value of each control, by its key. `comparison`: the comparison regions.
    `backgrounds`: all groups in their order. `everybody`, `schooling`: the one group and level of
    education of all lines when none is chosen. `breakdowns` and `pairs`: the codes that each
    breakdown, or kind of pair, opens with.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    comparison: Codes = ()
    backgrounds: Codes = ()
    everybody: str = TOTAL
    schooling: str = TOTAL
    breakdowns: Mapping[str, Codes] = field(default_factory=dict)
    pairs: Mapping[str, Codes] = field(default_factory=dict)

    def codes(self, key: str) -> Codes:
        """The codes that another control holds."""
        return _codes(self.values.get(key)) or ()

    def stored(self) -> dict[str, object]:
        """As the browser keeps it, until it asks with it where a control leads."""
        return vars(self) | {
            "values": dict(self.values),
            "breakdowns": dict(self.breakdowns),
            "pairs": dict(self.pairs),
        }


def restored(stored: object) -> Shown | None:
    """What a page held, as the browser kept it; None for anything else."""
    if not isinstance(stored, Mapping) or not isinstance(stored.get("values"), Mapping):
        return None
    return Shown(
        stored["values"],
        comparison=_codes(stored.get("comparison")) or (),
        backgrounds=_codes(stored.get("backgrounds")) or (),
        everybody="".join(_codes(stored.get("everybody")) or ()) or TOTAL,
        schooling="".join(_codes(stored.get("schooling")) or ()) or TOTAL,
        breakdowns=_codes_by_kind(stored.get("breakdowns")),
        pairs=_codes_by_kind(stored.get("pairs")),
    )


def _codes_by_kind(stored: object) -> Mapping[str, Codes]:
    kinds = stored if isinstance(stored, Mapping) else {}
    return {str(kind): _codes(codes) or () for kind, codes in kinds.items()}


def last_link(search: object, steps: object, stored: object) -> str | None:
    """
    The query string after several choices, in their order; None when they change nothing.

    Args:
        search: the query string that they were made at.
        steps: of each choice the `key` and the `value` of its control, and what it said `before`;
            others lead nowhere.
        stored: what the page held when it was drawn, as by `Shown.stored`.

    """
    last = None
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, dict):
            here = search if last is None else last
            key, value, before = (step.get(name) for name in ("key", "value", "before"))
            moved = next_link(here, key, value, stored, before=before)
            last = last if moved is None else moved
    return last


def next_link(
    search: object, key: object, value: object, stored: object, *, before: object = None
) -> str | None:
    """
    The next query string; None when the choice changes nothing.

    Args:
        search: the current query string.
        key: which control was used; unknown ones lead nowhere.
        value: what it holds now, a code or a list of codes; of a map, the click.
        stored: what the page held when it was drawn, as by `Shown.stored`.
        before: what the control held until then, where that is not what the page held.

    """
    name, codes = str(key), _pointed_at(value) if key == "map" else _codes(value)
    shown = restored(stored)
    if codes is None or shown is None:
        return None
    if before is not None:
        shown = replace(shown, values={**shown.values, name: before})
    here = state = parsed(search)
    step = name.partition(":")[0]  # of several controls of one kind each has a name behind it
    if step in STEPS:
        state = STEPS[step](state, codes, shown)
    elif name in KEYS:
        state = _set(state, name, ",".join(codes))
    else:
        return None
    if state == here:
        return None
    first = state if name in _SAME_PAGE else replace(state, page="1")
    return printed(replace(first, notices=()))


def _set(state: State, name: str, text: str) -> State:
    """The state with one key of the address as a control holds it, its default for nothing."""
    value, _ = KEYS[name].read(text)
    return replace(state, **{name: getattr(State(), name) if value is None else value})


def _region(state: State, codes: Codes, _: Shown) -> State:
    comparison = state.comparison
    if comparison is not None:
        comparison = tuple(code for code in comparison if code not in codes)
    return replace(state, region=codes[0] if codes else state.region, comparison=comparison)


def _add(state: State, codes: Codes, shown: Shown) -> State:
    if not codes:
        return state
    comparison = dict.fromkeys((*_compared(state, shown), *codes))
    return replace(state, comparison=tuple(comparison))


def _compared(state: State, shown: Shown) -> Codes:
    """The comparison regions: of the address, else those that the page opened with."""
    return shown.comparison if state.comparison is None else state.comparison


def _by(state: State, codes: Codes, shown: Shown) -> State:
    """
    The groups of every breakdown that is ticked, crossed; of one that was ticked off one group.

    Of two kinds of background the one ticked last.
    """
    before = shown.codes("by")
    backgrounds = [what for what in codes if what not in _WITHIN]
    newest = [what for what in backgrounds if what not in before] or backgrounds
    ticked = {"backgrounds": newest[-1]} if newest else {}
    ticked |= {_WITHIN[what]: what for what in codes if what in _WITHIN}
    was_ticked = {_WITHIN.get(what, "backgrounds") for what in before}
    everybody = {"backgrounds": (shown.everybody,), "educations": (shown.schooling,)}
    lists = {}
    for key in ("backgrounds", *_WITHIN.values()):
        listed, what = getattr(state, key), ticked.get(key, "")
        if len(listed) > 1 and (what in before or not (what or key in was_ticked)):
            lists[key] = listed
        else:
            one = _instead(_single(listed), everybody.get(key, (TOTAL,)))
            lists[key] = shown.breakdowns.get(what, ()) or one
    return _grouped(state, lists)


def _grouped(state: State, lists: Mapping[str, Codes]) -> State:
    """The state with other lists of groups."""
    return replace(
        state,
        backgrounds=lists["backgrounds"],
        sexes=lists["sexes"],
        ages=lists["ages"],
        educations=lists["educations"],
    )


def _instead(codes: Codes, everybody: Codes) -> Codes:
    """The one group; in place of everybody the group that the source has instead."""
    return everybody if codes == (TOTAL,) else codes


def _single(codes: Codes) -> Codes:
    return codes if len(codes) == 1 else (TOTAL,)


def _background(state: State, codes: Codes, _: Shown) -> State:
    return replace(state, backgrounds=_parted(codes) or (TOTAL,))


def _parted(codes: Codes) -> Codes:
    """Codes that a menu offers together ("SE,SAMUTF"), each for itself."""
    return tuple(part for code in codes for part in code.split(","))


def _sex(state: State, codes: Codes, _: Shown) -> State:
    return replace(state, sexes=_parted(codes) or (TOTAL,))


def _education(state: State, codes: Codes, _: Shown) -> State:
    return replace(state, educations=_parted(codes) or (TOTAL,))


def _age(state: State, codes: Codes, _: Shown) -> State:
    return replace(state, ages=_parted(codes) or (TOTAL,))


def _groups(state: State, codes: Codes, shown: Shown) -> State:
    return replace(state, backgrounds=_ordered(codes, shown.backgrounds))


def _educations(state: State, codes: Codes, shown: Shown) -> State:
    return replace(state, educations=_ordered(codes, shown.breakdowns.get("education", ())))


def _ages(state: State, codes: Codes, _: Shown) -> State:
    return replace(state, ages=tuple(sorted(codes, key=lambda code: span(code) or ())) or (TOTAL,))


def _ordered(codes: Codes, known: Codes) -> Codes:
    """The codes as the catalogue lists them, everybody first, whatever was ticked last."""
    order = (TOTAL, *known)
    chosen = sorted(codes, key=lambda code: order.index(code) if code in order else len(order))
    return tuple(chosen) or (TOTAL,)


def _pointed_at(click: object) -> Codes | None:
    """The region that was clicked on a map; None when it was none."""
    code = clicked(click)
    return None if code is None else (code,)


def clicked(event: object) -> str | None:
    """The region of a click on a map, dcc.Graph's clickData; None for anything else."""
    points = event.get("points") if isinstance(event, Mapping) else None
    first = points[0] if isinstance(points, list) and points else None
    code = first.get("location") if isinstance(first, Mapping) else None
    return code if isinstance(code, str) and level_of_code(code) in _MAPPED else None


def _theme(state: State, codes: Codes, _: Shown) -> State:
    return replace(state, theme=_unless_all(codes))


def _collection(state: State, codes: Codes, _: Shown) -> State:
    return replace(state, collection=_unless_all(codes))


def _first_year(state: State, codes: Codes, shown: Shown) -> State:
    last = state.years[1:] if state.years else shown.codes("last_year")
    return _set(state, "years", "-".join((*codes, *last)))


def _last_year(state: State, codes: Codes, shown: Shown) -> State:
    first = state.years[:1] if state.years else shown.codes("first_year")
    return _set(state, "years", "-".join((*first, *codes)))


def _kind_of_pair(state: State, codes: Codes, shown: Shown) -> State:
    """The usual pair of a kind of groups, such as women and men."""
    return _set(state, "pair", ",".join(shown.pairs.get("".join(codes), ())))


def _first_group(state: State, codes: Codes, shown: Shown) -> State:
    return _set(state, "pair", ",".join((*codes, *_pair(state, shown)[1:])))


def _second_group(state: State, codes: Codes, shown: Shown) -> State:
    return _set(state, "pair", ",".join((*_pair(state, shown)[:1], *codes)))


def _pair(state: State, shown: Shown) -> Codes:
    """The pair of groups: of the address, else the one that the page opened with."""
    if state.pair != State().pair:
        return state.pair
    return (*shown.codes("first_group"), *shown.codes("second_group"))


def _weight(state: State, codes: Codes, _: Shown) -> State:
    """Another weight of one criterion for similar municipalities: "population:2"."""
    name, _colon, weight = "".join(codes[:1]).rpartition(":")
    read, invalid = KEYS["weights"].read(f"{name}:{weight}")
    if invalid or read is None:
        return state
    return replace(state, weights=with_weights({**dict(state.weights), name: int(weight)}))


def _unless_all(codes: Codes) -> str:
    """The one code that is chosen; "" for everything, which a menu cannot say with no code."""
    return "" if codes[:1] == (TOTAL,) else "".join(codes[:1])


def _codes(value: object) -> Codes | None:
    """The codes a control holds; None when it holds no text."""
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def _name(state: State, codes: Codes, shown: Shown) -> State:
    """A group of the single regions that are shown, under the name that was typed."""
    members = (*shown.codes("region"), *_compared(state, shown))
    single = tuple(dict.fromkeys(code for code in members if code.isdigit()))
    fits = codes and KEYS["region_group"].read(f"{codes[0]}:{','.join(single)}")[0]
    return replace(state, region_group=fits or None)


NO_COLLECTION = "-"


def collection_or_theme(state: State) -> str:
    """The value of the menu of collections and themes; see `_gathered` for where it leads."""
    if state.collection:
        return f"samling:{state.collection}"
    return f"tema:{state.theme}" if state.theme else NO_COLLECTION


def _gathered(state: State, codes: Codes, _: Shown) -> State:
    """A theme ("tema:education"), a collection ("samling:unga"), or everything."""
    kind, value = (codes[0] if codes else "").partition(":")[::2]
    theme = value if kind == "tema" else ""
    collection = value if kind == "samling" else ""
    return replace(state, indicators=(), theme=theme, collection=collection)


def _first_of_pair(state: State, codes: Codes, _: Shown) -> State:
    """Another first group of a pair; the second one changes places with it."""
    first, second = state.pair
    code = codes[0] if codes else first
    return replace(state, pair=(code, first if code == second else second))


def _second_of_pair(state: State, codes: Codes, _: Shown) -> State:
    first, second = state.pair
    code = codes[0] if codes else second
    return replace(state, pair=(second if code == first else first, code))


STEPS: Mapping[str, Callable[[State, Codes, Shown], State]] = MappingProxyType(
    {
        "region": _region,
        "map": _region,
        "add": _add,
        "by": _by,
        "background": _background,
        "sex": _sex,
        "age": _age,
        "education": _education,
        "groups": _groups,
        "ages": _ages,
        "educations": _educations,
        "name": _name,
        "gathered": _gathered,
        "one": _first_of_pair,
        "other": _second_of_pair,
        "theme": _theme,
        "collection": _collection,
        "first_year": _first_year,
        "last_year": _last_year,
        "kind_of_pair": _kind_of_pair,
        "weight": _weight,
        "first_group": _first_group,
        "second_group": _second_group,
    }
)
