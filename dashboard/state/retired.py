"""
Indicators that are no more: which id stands for them today, and what a reader is told of it.

Pure. The catalogue lists them (`retired`); an id that is replaced leads on, one that is gone is
named with the reason.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from dashboard.state.url import KEYS, Notice, State
from dashboard.text import format, term
from etl.catalogue import Catalogue, Indicator, Lang, Retired


def with_todays_indicators(state: State, catalogue: Catalogue) -> State:
    """The state with the ids of today, and a notice for each indicator that is no more."""
    if not any(id in catalogue.retired_by_id for id in state.indicators):
        return state
    ids = [
        catalogue.successors.get(id, id) for id in state.indicators if not _is_gone(id, catalogue)
    ]
    notices = (*state.notices, *_notices(state, catalogue))
    return replace(state, indicators=tuple(dict.fromkeys(ids)), notices=notices)


def gone_indicators(state: State, catalogue: Catalogue) -> tuple[Retired, ...]:
    """The indicators of a link that nothing replaces."""
    return tuple(catalogue.retired_by_id[id] for id in state.indicators if _is_gone(id, catalogue))


def gone_sentence(retired: Retired, lang: Lang) -> str:
    """That an indicator is no longer shown, since when and why."""
    return term(
        "gone",
        lang,
        title=retired.title[lang],
        date=_since(retired, lang),
        reason=retired.reason[lang],
    )


def last_shown(retired: Retired, lang: Lang) -> str:
    """Until when an indicator was shown, under a heading that names it."""
    return term("gone_since", lang, date=_since(retired, lang))


def former_sentences(indicator: Indicator, catalogue: Catalogue, lang: Lang) -> list[str]:
    """What an indicator was called before, until when, and why it is not; mostly nothing."""
    return [
        term(
            "formerly",
            lang,
            title=retired.title[lang],
            date=_since(retired, lang),
            reason=retired.reason[lang],
        )
        for retired in catalogue.retired
        if retired.replaced_by == indicator.id
    ]


def _is_gone(id: str, catalogue: Catalogue) -> bool:
    return id in catalogue.retired_by_id and id not in catalogue.successors


def _notices(state: State, catalogue: Catalogue) -> Iterator[Notice]:
    for id in state.indicators:
        if retired := catalogue.retired_by_id.get(id):
            lang, successor = state.lang, catalogue.indicator.get(retired.replaced_by or "")
            words = {"title": retired.title[lang], "reason": retired.reason[lang]}
            sentence = (
                term("link_replaced", lang, **words, new=successor.title[lang])
                if successor
                else term("link_gone", lang, **words)
            )
            yield Notice(KEYS["indicators"].name, id, sentence)


def _since(retired: Retired, lang: Lang) -> str:
    return format.day(datetime.fromisoformat(retired.since), lang)
