"""
The addresses that answer a question in words, the likeliest first.

Pure and total: any text has answers, if only the catalogue's search for it. What is asked for and
does not exist is left out, and said beside the answer; so is how what there is differs from what
was asked for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from types import MappingProxyType

from dashboard.codes import SEXES, Group, dimension_of_kind
from dashboard.data.asked import AskedFor
from dashboard.sentences.wording import category_label, group_label
from dashboard.state.comparison import SIMILAR, SIMILAR_PATH, SKR, skr_group
from dashboard.state.groups import MOST_LINES, offer
from dashboard.state.regions import (
    AREA_LEVELS,
    Region,
    county,
    inline,
    menu_name,
    region_kind,
)
from dashboard.state.resolve import selected_region
from dashboard.state.search import word_matches
from dashboard.state.url import State, carried, link
from dashboard.state.wordbook import KNOWN, Lexicon, ReadQuestion, Token, letters_of, read_question
from dashboard.text import LANGS, enumerated, format, lower_first, term
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang

MOST_ANSWERS = 8
_MOST_CHARTS, _FIRST_CHARTS, _MOST_PLACES, _MOST_BESIDE = 5, 3, 4, 2
_WORTH = 0.55  # of the likeliest indicator: what is further off is no answer
_OFFERED = 0.4  # an indicator that only has the groups that a question names
_LEADS = 0.1  # more, at most, if it is one of those that stand for all
_ELSEWHERE = 0.15  # less, where the region has no figure
_OF_MONTHS = 0.2  # more, of measures by month where a month is asked for
_STEP = 0.02  # less, for each that an entry of the file names before it
_NO_GROUP = 0.25  # what a group is worth that an indicator does not have
_ONE_GROUP = frozenset({"karta", "jamfor", "tvaar", "tabell"})  # views that show one group
_ONE_YEAR = frozenset({"karta", "jamfor", "skillnader"})
_LISTS = frozenset({"karta", "jamfor"})
_BORN_HERE, _BORN_ABROAD = "SE", "SAMUTF"
_BESIDE_BORN_HERE = frozenset({_BORN_ABROAD, "VXEUEES", "EUEESXN", "NEXS"})


@dataclass(frozen=True)
class Held:
    """What an indicator has in a region: its groups, and its first and last period."""

    groups: frozenset[Group]
    first: str
    last: str


HeldIn = Callable[[str], Mapping[str, Held]]  # of a region, by indicator


@dataclass(frozen=True)
class QuestionAnswer:
    """
    An address that answers a question: its name, what is there, and of what sort it is.

    `told`: how it differs from what was asked for.
    """

    label: str
    address: str
    kind: str
    detail: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """The answers, likeliest first, and what is said of the question as a whole."""

    listed: tuple[QuestionAnswer, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asker:
    """Who asks, and what there is: all that an answer depends on besides the words."""

    state: State
    catalogue: Catalogue
    regions: Mapping[str, Region]
    known: Lexicon
    held: HeldIn

    @property
    def lang(self) -> Lang:
        """The language of the answers."""
        return self.state.lang

    def where(self, code: str) -> str:
        """A region with its preposition: "i Botkyrka"."""
        return self.regions[code].where[self.lang]


@dataclass(frozen=True)
class _Place:
    """A region that a question may mean, and what it is compared with; None for as usual."""

    code: str
    comparison: tuple[str, ...] | None = None


def answers(
    text: str,
    *,
    state: State,
    catalogue: Catalogue,
    regions: Mapping[str, Region],
    known: Lexicon,
    held: HeldIn,
) -> Answers:
    """
    The answers to a question; none to an empty one.

    Args:
        text: what the reader has written.
        state: of the page that the reader is on, whose region, language, version and counts are
            kept.
        catalogue: the indicators, themes and groups.
        regions: all regions of the version by code.
        known: the words of these.
        held: gives what each indicator has in a region.

    """
    if not text.strip():
        return Answers()
    asker = _Asker(carried(state), catalogue, regions, known, held)
    if not regions:
        return Answers((_search(text, asker),))
    question = read_question(text, known)
    places = _places(question, asker)
    charts = _charts(question, places, asker) if question.is_of_figures else []
    pages = [_page(path, places[0], asker) for path in dict.fromkeys(question.paths)]
    of_differences = _is_of_differences(question)
    if of_differences:
        sexes = (asked.sexes for asked, _ in question.groups)
        one, other = next((codes for codes in sexes if len(codes) == 2), asker.state.pair)
        of_pair = replace(asker, state=replace(asker.state, pair=(one, other)))
        pages.insert(0, _page(_DIFFERENCES, places[0], of_pair))
    gathered = [_gathered_answer(asked, places[0], asker) for asked, _ in question.gathered]
    named = _named_places(question, places, asker)
    if of_differences or _is_of_pages(question) or not charts:
        listed = [*pages, *gathered, *named[:1], *charts, *named[1:]]
    else:
        first, rest = charts[:_FIRST_CHARTS], charts[_FIRST_CHARTS:]
        listed = [*first, *gathered, *pages, *named, *rest]
    by_address = {answer.address: answer for answer in reversed(listed)}
    unique = [one for one in listed if by_address[one.address] is one]
    told = _told(question, asker, is_answered=bool(unique))
    return Answers((*unique[: MOST_ANSWERS - 1], _search(text, asker)), told)


def _is_of_differences(question: ReadQuestion) -> bool:
    """Whether a question is of the differences between groups, and of no indicator."""
    named = question.measures or question.rest or question.titled
    return question.view == "skillnader" and not named


def _is_of_pages(question: ReadQuestion) -> bool:
    """Whether a question names pages, collections or themes and nothing else."""
    if question.measures or not (question.paths or question.gathered):
        return False
    of_collections = sum(len(words) for asked, words in question.gathered if asked.collection)
    of_themes = sum(len(words) for asked, words in question.gathered if asked.theme)
    rest = len(question.rest) + sum(len(words) for _, words in question.groups)
    return rest <= of_collections or (bool(of_themes) and rest <= of_themes and not question.titled)


def _told(question: ReadQuestion, asker: _Asker, *, is_answered: bool) -> tuple[str, ...]:
    """What is said of the question: what there is no statistic of, and what nobody knows."""
    sentences = [asked.told[asker.lang] for asked in question.told if asked.told]
    if question.unread:
        words = enumerated([f"”{word}”" for word in question.unread], asker.lang)
        key = "question_unread" if is_answered else "question_unknown"
        sentences.append(term(key, asker.lang, words=words))
    return tuple(dict.fromkeys(sentences))


def _search(text: str, asker: _Asker) -> QuestionAnswer:
    """The catalogue's own search, which finds every word of the definitions, too."""
    label = term("question_search", asker.lang, text=text.strip())
    address = link("/data", asker.state, search=text.strip())
    return QuestionAnswer(label, address, term("question_kind_page", asker.lang))


def _places(question: ReadQuestion, asker: _Asker) -> list[_Place]:
    """The regions that are meant, likeliest first; the reader's own where none is named."""
    own, _ = selected_region(asker.state, asker.regions)
    names = question.places[0] if question.places else (own,)
    codes = [code for name in names for code in _resolved(name, own, asker)] or [own]
    beside = [*question.versus, *question.places[1:]]
    found = []
    for code in dict.fromkeys(codes):
        meant = [_alternatives(names, code, asker)[:_MOST_BESIDE] for names in beside]
        for chosen in list(product(*meant))[:_MOST_BESIDE]:
            others = tuple(name for name in dict.fromkeys(chosen) if name not in {"", code})
            found.append(_Place(code, others[: MOST_LINES - 1] or None))
    return list(dict.fromkeys(found))[:_MOST_PLACES]


def _resolved(name: str, own: str, asker: _Asker) -> list[str]:
    """The code of a region by itself or by its role; none where there is no such region."""
    region = asker.regions[own]
    if name == "@own_county":
        above = region if region.level == "county" else county(region, asker.regions)
        return [above.code] if above else []
    if name == "@own_municipality":
        code = _municipality(own, asker.regions)
        return [code] if asker.regions[code].level == "municipality" else []
    return [name] if name in asker.regions else []


def _alternatives(names: Sequence[str], code: str, asker: _Asker) -> list[str]:
    """What a region may be compared with by some names, those of its level first; "" for none."""
    level = asker.regions[code].level
    if names[0] == "@similar":
        return [SIMILAR if level == "municipality" else ""]
    if names[0] == "@group":
        return [SKR if skr_group(code, asker.regions) else ""]
    found = [one for name in names for one in _resolved(name, code, asker) if one != code]
    return sorted(found, key=lambda one: asker.regions[one].level != level) or [""]


def _charts(
    question: ReadQuestion, places: Sequence[_Place], asker: _Asker
) -> list[QuestionAnswer]:
    """The charts that answer: the likeliest indicator in each place, then the other ones."""
    here = places[0]
    first, *others = _ranked(question, here, asker) or ("",)
    if not first:
        return []
    found = [_chart(question, place, first, asker) for place in places]
    found += [
        _chart(question, above, first, asker)
        for above in _with_groups(question, here, first, asker)
    ]
    return [*found, *(_chart(question, here, id, asker) for id in others[: _MOST_CHARTS - 1])]


def _with_groups(question: ReadQuestion, place: _Place, id: str, asker: _Asker) -> Iterator[_Place]:
    """The nearest larger region that has the groups asked for, where the place itself lacks one."""
    region: Region | None = asker.regions[place.code]
    while region is not None:
        held = asker.held(region.code).get(id)
        if held and all(_has(asked, held) for asked, _ in question.groups):
            if region.code != place.code:
                yield _Place(region.code)
            return
        region = asker.regions.get(region.parent or "")


def _has(asked: AskedFor, held: Held) -> bool:
    """Whether an indicator has the groups that words mean."""
    return all(
        _existing_codes(codes, dimension, held.groups, several=asked.several)
        for dimension, codes in asked.groups.items()
    )


def _ranked(question: ReadQuestion, place: _Place, asker: _Asker) -> list[str]:
    """The indicators that a question may mean in a place, likeliest first."""
    held, known = asker.held(place.code), asker.known
    of_groups = [token for _, words in question.groups for token in words]
    evidence = {token: _evidence(token, known) for token in (*question.rest, *of_groups)}
    wholes = [
        known.titles.get("".join(token.letters for token in words), {})
        for words in (question.rest, (*question.rest, *of_groups))
    ]
    is_of_months = any(word.startswith("M") for word in question.years)
    scores: dict[str, float] = {}
    for number, (id, indicator) in enumerate(asker.catalogue.indicator.items()):
        of_words = {token: found.get(number, 0.0) for token, found in evidence.items()}
        score = _score(question, id, of_words, held=held.get(id), known=known)
        if score:
            score += max(whole.get(id, 0.0) for whole in wholes)
            score += _OF_MONTHS * (is_of_months and indicator.frequency == "month")
            scores[id] = round(score - _ELSEWHERE * (id not in held), 6)
    ranked = sorted(scores, key=lambda one: -scores[one])  # of equals the catalogue's order stays
    best = [id for id in ranked if scores[id] >= _WORTH * scores[ranked[0]]]
    if question.rest or question.measures:
        return best
    offered = [id for id in ranked if id in known.leading and id in held]
    return list(dict.fromkeys((*best, *offered))) or [id for id in known.leading if id in held]


def _evidence(token: Token, known: Lexicon) -> dict[int, float]:
    """The indicators in whose texts a word is, and how well; of a range of ages both ends."""
    ends = [word_matches(end, known.indicators) for end in re.split(r"[-+]", token.letters) if end]
    everywhere = set(ends[0]).intersection(*ends[1:])
    return {number: min(found[number] for found in ends) for number in everywhere}


def _score(
    question: ReadQuestion,
    id: str,
    of_words: Mapping[Token, float],
    *,
    held: Held | None,
    known: Lexicon,
) -> float:
    """How much of a question an indicator explains, from 0 to 1; 0 where nothing is its own."""
    is_bare = not question.rest and not question.measures
    counted, explained = len(question.rest), sum(of_words[token] for token in question.rest)
    is_named, has_groups = explained > 0, held is not None
    for asked, words in question.measures:
        counted += len(words)
        if id in asked.indicators:
            explained += len(words) * (1 - _STEP * asked.indicators.index(id))
            is_named = True
    for asked, words in question.groups:
        weighty = [token for token in words if token.letters not in known.idle]
        of_text = sum(of_words[token] for token in weighty) / max(len(weighty), 1)
        if id in known.titles.get("".join(token.letters for token in words), {}):
            of_text = 1.0
        is_named |= is_bare and of_text >= KNOWN
        exists = held is not None and _has(asked, held)
        has_groups &= exists
        counted += len(weighty)
        explained += len(weighty) * (1.0 if exists else max(of_text, _NO_GROUP))
    if is_named:
        return explained / max(counted, 1)
    if question.groups and has_groups and is_bare:
        place = known.leading.index(id) if id in known.leading else len(known.leading)
        return _OFFERED + _LEADS * (1 - place / len(known.leading))
    return 0.0


def _existing_codes(
    codes: Sequence[str], dimension: str, groups: Iterable[Group], *, several: bool
) -> tuple[str, ...]:
    """Of the codes those that exist: all of them together, or the first; none otherwise."""
    existing = {getattr(group, dimension) for group in groups}
    found = tuple(code for code in codes if code in existing)
    if several:
        return found if len(found) == len(codes) else ()
    return found[:1]


@dataclass(frozen=True)
class _Chosen:
    """The groups of a chart, by dimension, and what is said of those that it cannot have."""

    codes: Mapping[str, tuple[str, ...]]
    told: tuple[str, ...] = ()


def _chart(question: ReadQuestion, place: _Place, id: str, asker: _Asker) -> QuestionAnswer:
    """The address of an indicator in a place, as far as it has what is asked for."""
    lang, indicator = asker.lang, asker.catalogue.indicator[id]
    told = [
        asked.told[lang] for asked, _ in question.measures if asked.told and id in asked.indicators
    ]
    asked_place, place = place, _with_figures(place, id, asker)
    told += _place_told(question, asked_place, lang)
    kind = term("question_kind_map" if question.is_map else "question_kind_chart", lang)
    held = asker.held(place.code).get(id)
    if held is None:
        told.append(term("question_no_figures", lang, where=asker.where(place.code)))
        state = replace(asker.state, region=place.code)
        label = _title(indicator, place, state, asker)
        return QuestionAnswer(label, link(f"/indikator/{id}", state), kind, "", tuple(told))
    if place.code != asked_place.code:
        here = inline(asker.regions[place.code], lang)
        where = asker.where(asked_place.code)
        told.append(term("question_elsewhere", lang, where=where, here=here))
    chosen = _chosen(question, place, indicator, held=held, asker=asker)
    years, of_years = _asked_years(question, held, indicator, lang)
    state = _state_of(question, place, codes=chosen.codes, years=years, asker=asker)
    return QuestionAnswer(
        _title(indicator, place, state, asker),
        link(f"/indikator/{id}", state),
        kind,
        _detail(chosen, state, held, asker),
        tuple(dict.fromkeys((*told, *chosen.told, *of_years))),
    )


def _detail(chosen: _Chosen, state: State, held: Held, asker: _Asker) -> str:
    """Whom a chart is about, its view and its years: "Kvinnor · Över tid 1997–2024"."""
    lang = asker.lang
    codes = dict(chosen.codes)
    if state.view == "skillnader" and (name := _dimension(state.pair[0], asker.catalogue)):
        codes[name] = state.pair
    if state.view in _ONE_GROUP:
        codes = {name: listed[:1] for name, listed in codes.items()}
    groups = [
        Group(**dict(zip(codes, combination, strict=True)))
        for combination in product(*codes.values())
    ]
    names = [
        _lowered(group_label(asker.catalogue, group, lang)) for group in groups if group != Group()
    ]
    whom = [enumerated([names[0], *map(lower_first, names[1:])], lang)] if names else []
    first, last = state.years or (held.first, held.last)
    view = term(f"view_{state.view}", lang)
    if state.years and first == last:
        return " · ".join((*whom, format.period_name(first, lang)))
    if state.view in _ONE_YEAR:
        return " · ".join((*whom, f"{view} {format.period_name(last, lang)}"))
    return " · ".join((*whom, f"{view} {format.periods(first, last, lang)}"))


def _lowered(label: str) -> str:
    """A group in words as one phrase: "Utrikes födda, kvinnor"."""
    first, *rest = label.split(", ")
    return ", ".join((first, *map(lower_first, rest)))


def _dimension(code: str, catalogue: Catalogue) -> str:
    names = ("background", "sex", "age", "education")
    return next((name for name in names if (name, code) in catalogue.category), "")


def _with_figures(place: _Place, id: str, asker: _Asker) -> _Place:
    """The place or, where it has no figure of an indicator, the nearest around it that has."""
    region: Region | None = asker.regions[place.code]
    while region is not None and id not in asker.held(region.code):
        region = asker.regions.get(region.parent or "")
    if region is None or region.code == place.code:
        return place
    return _Place(region.code, tuple(c for c in place.comparison or () if c != region.code) or None)


def _place_told(question: ReadQuestion, place: _Place, lang: Lang) -> list[str]:
    """What the file tells of the names that a place and those beside it were called by."""
    told = (question.place_told.get(code) for code in (place.code, *(place.comparison or ())))
    return [asked.told[lang] for asked in told if asked and asked.told]


def _title(indicator: Indicator, place: _Place, state: State, asker: _Asker) -> str:
    """The name of a chart: "Sysselsatta i Botkyrka, jämfört med Stockholms län"."""
    lang, title = asker.lang, indicator.title[asker.lang]
    if state.view in _LISTS:
        among = term(
            f"question_among_{state.level}", lang, where=asker.where(_around(place, asker))
        )
        return f"{title}: {among}"
    comma = "," if "," in title else ""
    name = f"{title}{comma} {asker.where(place.code)}"
    if not state.comparison:
        return name
    return term("question_beside", lang, what=name, others=_others(state.comparison, asker))


def _around(place: _Place, asker: _Asker) -> str:
    """The region whose municipalities a list of a place holds: its county, its group, or itself."""
    region = asker.regions[place.code]
    above = county(region, asker.regions)
    return above.code if above else region.code


def _others(names: Iterable[str], asker: _Asker) -> str:
    """The names of what something is compared with."""
    lang = asker.lang
    words = {SIMILAR: term("question_similar", lang), SKR: term("question_group", lang)}
    return enumerated(
        [words[name] if name in words else inline(asker.regions[name], lang) for name in names],
        lang,
    )


def _chosen(
    question: ReadQuestion, place: _Place, indicator: Indicator, *, held: Held, asker: _Asker
) -> _Chosen:
    """The codes that are asked for and exist together; of what does not, a sentence."""
    catalogue, lang, where = asker.catalogue, asker.lang, asker.where(place.code)
    codes: dict[str, tuple[str, ...]] = {}
    told: list[str] = []
    for asked, words in question.groups:
        for dimension, wanted in asked.groups.items():
            found = _existing_codes(wanted, dimension, held.groups, several=asked.several)
            if found:
                codes[dimension] = tuple(dict.fromkeys((*codes.get(dimension, ()), *found)))
                told += [asked.told[lang]] if asked.told else []
                told += _nearest_told(
                    dimension, found[0], wanted[0], catalogue=catalogue, lang=lang
                )
            elif not _is_in_title(words, indicator):
                what = _group_name(wanted, dimension, words, catalogue=catalogue, lang=lang)
                told.append(term("question_no_group", lang, what=what, where=where))
    if question.by and dimension_of_kind(question.by) not in codes:
        codes |= _breakdown(question.by, held, catalogue)
    codes = {name: listed[:MOST_LINES] for name, listed in codes.items()}
    codes, lost = _together(codes, held, catalogue)
    if lost:
        names = [category_label(catalogue, name, code, lang) for name, code in lost]
        what = enumerated([names[0], *map(lower_first, names[1:])], lang)
        told.append(term("question_not_crossed", lang, what=what, where=where))
    return _Chosen(codes, tuple(told))


def _nearest_told(
    dimension: str, code: str, wanted: str, *, catalogue: Catalogue, lang: Lang
) -> list[str]:
    """That what exists is another group than the one that is meant first, where it is."""
    here, there = catalogue.category[dimension, code], catalogue.category[dimension, wanted]
    if here.label == there.label or (here.words and here.words == there.words):
        return []
    asked = lower_first(there.label[lang])
    return [term("question_nearest", lang, here=here.label[lang], asked=asked)]


def _group_name(
    codes: Sequence[str],
    dimension: str,
    words: Sequence[Token],
    *,
    catalogue: Catalogue,
    lang: Lang,
) -> str:
    """What a group is called; one that the catalogue does not name, as it was written."""
    if (dimension, codes[0]) in catalogue.category:
        return category_label(catalogue, dimension, codes[0], lang)
    return " ".join(token.written for token in words)


def _is_in_title(words: Sequence[Token], indicator: Indicator) -> bool:
    """Whether the title of an indicator names the group, which then is no group of it."""
    titles = [letters_of(indicator.title[lang]) for lang in LANGS]
    return any(all(token.letters in title for token in words) for title in titles)


def _breakdown(kind: str, held: Held, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The groups that a breakdown opens with; none where the source has none."""
    if kind == "sex":
        return {"sex": SEXES} if {group.sex for group in held.groups} >= set(SEXES) else {}
    codes = offer(catalogue, held.groups).opening(kind)
    return {dimension_of_kind(kind): codes} if len(codes) > 1 else {}


def _together(
    codes: Mapping[str, tuple[str, ...]], held: Held, catalogue: Catalogue
) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, str]]]:
    """
    The most dimensions whose codes exist together, crossed; the codes left out.

    Of as many dimensions those that come first are kept, the background before sex.
    """
    order = [name for name in ("background", "sex", "age", "education") if name in codes]
    choices = offer(catalogue, held.groups)
    rest = {"background": choices.everybody(), "education": choices.schooling}
    for size in range(len(order), 0, -1):
        for names in combinations(order, size):
            kept = {name: codes[name] for name in names}
            everybody = {name: code for name, code in rest.items() if name not in kept}
            groups = (
                Group(**everybody, **dict(zip(kept, combination, strict=True)))
                for combination in product(*kept.values())
            )
            if all(group in held.groups for group in groups):
                lost = [(name, code) for name in order if name not in kept for code in codes[name]]
                return kept, lost
    return {}, [(name, code) for name in order for code in codes[name]]


def _asked_years(
    question: ReadQuestion, held: Held, indicator: Indicator, lang: Lang
) -> tuple[tuple[str, str] | None, list[str]]:
    """The first and last period asked for, of those with figures; None for all of them."""
    periods = _periods(question.years, indicator)
    if not periods:
        return None, []
    first, last = min(periods), max(periods)
    if len(periods) == 1 and question.since:
        last = held.last[: len(first)]
    elif len(periods) == 1 and question.until:
        first = held.first[: len(last)]
    inside = max(first, held.first[: len(first)]), min(last, held.last[: len(last)])
    if inside == (first, last):
        return inside, []
    told = [term("question_years", lang, years=format.periods(held.first, held.last, lang))]
    return (inside if inside[0] <= inside[1] else None), told


def _periods(words: Sequence[str], indicator: Indicator) -> list[str]:
    """The years of a question; of measures by month the months of these years, if it names any."""
    months = [word for word in words if word.startswith("M")]
    years = [word for word in words if not word.startswith("M")]
    if months and indicator.frequency == "month":
        return [f"{year}{month}" for year, month in zip(years, months, strict=False)]
    return years


def _state_of(
    question: ReadQuestion,
    place: _Place,
    *,
    codes: Mapping[str, tuple[str, ...]],
    years: tuple[str, str] | None,
    asker: _Asker,
) -> State:
    """The state of an address: place, groups, years and view."""
    pair = _pair(codes) if question.view == "skillnader" else None
    view = question.view or ("jamfor" if question.level else "tid")
    if view == "skillnader" and not pair and place.comparison:
        view = "tid"  # between places, which are lines
    codes = {
        name: listed[:1] if view in _ONE_GROUP else listed
        for name, listed in codes.items()
        if not (pair and set(pair) & set(listed))
    }
    return replace(
        asker.state,
        region=place.code,
        comparison=place.comparison if view == "tid" else None,
        backgrounds=codes.get("background", (TOTAL,)),
        sexes=codes.get("sex", (TOTAL,)),
        ages=codes.get("age", (TOTAL,)),
        educations=codes.get("education", (TOTAL,)),
        years=years,
        view=view,
        level=question.level or asker.state.level,
        pair=pair or asker.state.pair,
        picture="karta" if view == "skillnader" and question.is_map else asker.state.picture,
    )


def _pair(codes: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    """The two groups whose difference is asked for; one origin stands beside those born here."""
    for listed in codes.values():
        if len(listed) == 2:
            return listed[0], listed[1]
    origins = codes.get("background", ())
    if origins == (_BORN_HERE,):
        return _BORN_HERE, _BORN_ABROAD
    return (_BORN_HERE, origins[0]) if set(origins) & _BESIDE_BORN_HERE else None


def _named_places(
    question: ReadQuestion, places: Sequence[_Place], asker: _Asker
) -> list[QuestionAnswer]:
    """The overview of each place that a question names, and the pages that lead on from it."""
    lang, state, first = asker.lang, asker.state, places[0]
    if not question.places and not question.versus:
        return []
    found = []
    if SIMILAR in (first.comparison or ()) and not question.is_of_figures:
        found.append(_page(SIMILAR_PATH, first, asker))
    if first.comparison and not question.is_of_figures:
        address = link("/jamfor", state, region=first.code, comparison=first.comparison)
        name = menu_name(asker.regions[first.code], lang)
        label = term("question_beside", lang, what=name, others=_others(first.comparison, asker))
        kind = term("question_kind_page", lang)
        found.append(QuestionAnswer(label, address, kind, term("question_all_measures", lang)))
    for code in dict.fromkeys(place.code for place in places):
        region = asker.regions[code]
        found.append(
            QuestionAnswer(
                menu_name(region, lang),
                link("/", state, region=code),
                term("question_kind_region", lang),
                region_kind(region, asker.regions, lang),
                tuple(_place_told(question, _Place(code), lang)),
            )
        )
    if not question.is_of_figures and not question.paths:
        is_town = asker.regions[first.code].level == "municipality"
        paths = ("/briefing", "/jamfor", *(("/omraden",) if is_town else ()))
        found += [_page(path, first, asker) for path in paths]
    return found


def _gathered_answer(asked: AskedFor, place: _Place, asker: _Asker) -> QuestionAnswer:
    """A collection on the overview, or a theme over many regions."""
    lang, state = asker.lang, replace(asker.state, region=place.code)
    entries = asker.catalogue.collections if asked.collection else asker.catalogue.themes
    entry = next(one for one in entries if one.id in {asked.collection, asked.theme})
    address = (
        link("/", state, collection=entry.id)
        if asked.collection
        else link("/jamfor", state, theme=entry.id)
    )
    label = f"{entry.title[lang]}: {inline(asker.regions[place.code], lang)}"
    return QuestionAnswer(label, address, term("question_kind_page", lang), entry.line[lang])


_DIFFERENCES = "/skillnader"
_PAGE_NAMES = MappingProxyType(
    {
        "/": "overview",
        "/jamfor": "page_compare",
        _DIFFERENCES: "page_gaps",
        SIMILAR_PATH: "similar_page",
        "/omraden": "areas_menu",
        "/briefing": "page_briefing",
        "/rapport-2010": "page_report",
        "/data": "page_data",
        "/om": "page_about",
        "/om/tillganglighet": "access_title",
    }
)
_OF_A_REGION = frozenset({"/", "/jamfor", _DIFFERENCES, SIMILAR_PATH, "/omraden", "/briefing"})


def _page(path: str, place: _Place, asker: _Asker) -> QuestionAnswer:
    """A page of the panel, of the place where it is of one."""
    lang, state = asker.lang, asker.state
    name, kind = term(_PAGE_NAMES[path], lang), term("question_kind_page", lang)
    if path not in _OF_A_REGION:
        return QuestionAnswer(name, link(path, state), kind)
    code = _municipality(place.code, asker.regions) if path == "/omraden" else place.code
    label = f"{name}: {inline(asker.regions[code], lang)}"
    return QuestionAnswer(label, link(path, state, region=code), kind)


def _municipality(code: str, regions: Mapping[str, Region]) -> str:
    """The municipality that an area lies in; any other region itself."""
    region = regions[code]
    return region.parent if region.level in AREA_LEVELS and region.parent else code
