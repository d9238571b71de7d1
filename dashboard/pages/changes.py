"""
The page of data where a link asks what has changed since a day: for whom, how much, and what.

Knows which words a change has. Which figures differ is `dashboard.data.changes`' to say, and the
catalogue narrows them as it narrows its own list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args

from dash import dcc, html

from dashboard.codes import Group
from dashboard.components.controls import Controls, folded_controls, region_select
from dashboard.components.frame import date_field
from dashboard.components.tables import word_table
from dashboard.data.changes import RegionChanges, earlier_version, region_changes
from dashboard.panels.inventory import count_form
from dashboard.sentences.wording import group_label
from dashboard.state.regions import Region, inline, menu_name
from dashboard.state.resolve import selected_region
from dashboard.state.retired import gone_sentence
from dashboard.state.url import carried, day_of, link, printed
from dashboard.state.visit import Visit
from dashboard.text import capital, enumerated, format, term
from etl.catalogue import Indicator, Lang
from etl.catalogue.changes import ChangedFigure, ChangeKind, IndicatorChanges
from etl.catalogue.pointer import published_day

CHANGES_FILE = "andringar"
_FILES = (("changes_file", ""), ("changes_file_excel", "excel"))
_KEPT = ("since", "theme", "collection", "indicators", "search")  # of a link to the same changes


@dataclass(frozen=True)
class AskedChanges:
    """
    What a link asks for: since which day, for which region, and what came of it.

    `found` is None where no version is so old; `oldest` is the oldest that is kept.
    """

    day: date
    region: str
    notices: tuple[str, ...]
    oldest: str
    found: RegionChanges | None


def asked_changes(visit: Visit) -> AskedChanges | None:
    """The changes that a link asks for; None where it names no day that can be read."""
    day = day_of(visit.state.since)
    if day is None:
        return None
    region, notices = selected_region(visit.state, visit.regions)
    here = visit.regions.get(region)
    if here and here.level == "together":  # has no members of its own that a version would know
        region = here.parent or region
        name = visit.regions[region].name(visit.lang)
        words = {"name": here.name(visit.lang), "region": name}
        notices = [*notices, term("changes_together", visit.lang, **words)]
    earlier = earlier_version(visit.context, visit.warehouse, day)
    found = (
        region_changes(visit.context, visit.warehouse, earlier.version, region)
        if earlier.version
        else None
    )
    return AskedChanges(day, region, tuple(notices), earlier.oldest, found)


def since_notices(visit: Visit) -> list[str]:
    """That the day of a link cannot be read; nothing where it can, or there is none."""
    since = visit.state.since
    is_wrong = bool(since) and day_of(since) is None
    return [term("changes_bad_day", visit.lang, value=since)] * is_wrong


def since_controls(visit: Visit) -> html.Div:
    """The day since which changes are told, and the way to those of the last month."""
    lang, published = visit.lang, published_day(visit.warehouse.version)
    fields: list[Any] = []
    if published:
        day = _month_before(published)
        words = f"{term('changes_link_month', lang)} ({format.day(day, lang)})"
        state = carried(visit.state, *_KEPT, since=day.isoformat())
        fields.append(dcc.Link(words, href=link("/data", state), className="btn"))
    return html.Div([_since(visit), *fields], className="controls")


def _month_before(day: date) -> date:
    """The same day of the month before, or its last one."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _since(visit: Visit) -> html.Div:
    day = day_of(visit.state.since)
    return date_field("since", term("changes_since", visit.lang), day.isoformat() if day else "")


def changes_section(
    visit: Visit, asked: AskedChanges, indicators: Sequence[Indicator], narrowing: Sequence[Any]
) -> html.Section:
    """
    What changed, in words and tables.

    Args:
        visit: of the page.
        asked: by its link.
        indicators: those that the link narrows the catalogue to, in their order.
        narrowing: the controls that do.

    """
    lang, state = visit.lang, visit.state
    region = visit.regions.get(asked.region)
    name = inline(region, lang) if region else asked.region
    words = {"day": format.day(asked.day, lang), "region": name}
    controls = [
        region_select(visit, asked.region),
        _since(visit),
        *narrowing,
    ]
    chosen = ", ".join([name, words["day"]])
    back = carried(state, *(key for key in _KEPT if key != "since"))
    content = [
        html.H2(term("changes_heading", lang, **words)),
        folded_controls(Controls(controls, chosen=chosen), lang),
        *_told(visit, asked, indicators),
        html.P(dcc.Link(term("changes_back", lang), href=link("/data", back)), className="ways"),
    ]
    return html.Section(content, className="inventory changes")


def _told(visit: Visit, asked: AskedChanges, indicators: Sequence[Indicator]) -> list[Any]:
    """The answer, or why there is none."""
    lang, found = visit.lang, asked.found
    if found is None:
        return [_too_old(visit, asked)]
    newest = _day_words(found.new, lang)
    if found.old == found.new:
        words = {"day": format.day(asked.day, lang), "newest": newest}
        return [html.P(term("changes_no_newer", lang, **words), role="status", className="sub")]
    shown = _of_indicators(visit, found, indicators)
    counts = {
        change: sum(getattr(one, change) for one in shown if one.listed)
        for change in get_args(ChangeKind)
    }
    scope = _scope(visit.regions.get(asked.region), visit)
    versions = term("changes_versions", lang, old=_day_words(found.old, lang), new=newest)
    lines = [html.P(" ".join(filter(None, (scope, versions))), role="status", className="sub")]
    if len(indicators) < len(visit.catalogue.indicators):
        of_all = {"count": len(indicators), "all": len(visit.catalogue.indicators)}
        lines.append(html.P(term("changes_narrowed", lang, **of_all), className="sub"))
    whole = _whole_indicators(visit, found, shown)
    if not indicators:
        return [*lines, html.P(term("data_shown_none", lang), className="lede")]
    if not any(counts.values()):
        return [*lines, html.P(term("changes_nothing", lang), className="lede"), *whole]
    return [
        *lines,
        _counts(counts, sum(one.listed > 0 for one in shown), lang),
        _files(visit),
        *whole,
        *(_of_indicator(visit, one) for one in shown if one.listed),
    ]


def _too_old(visit: Visit, asked: AskedChanges) -> html.Div:
    """That no version is so old, and the way to what there is to compare."""
    lang, day = visit.lang, published_day(asked.oldest)
    is_only = asked.oldest == visit.warehouse.version
    key = "changes_only_one" if is_only else "changes_too_old"
    content: list[Any] = [html.P(term(key, lang, day=format.day(day, lang)))]
    if day and not is_only:
        since = carried(visit.state, *_KEPT, since=day.isoformat())
        words = term("changes_since_oldest", lang, day=format.day(day, lang))
        content.append(html.P(dcc.Link(words, href=link("/data", since), className="btn")))
    return html.Div(content, role="status", className="lede")


def _of_indicators(
    visit: Visit, found: RegionChanges, indicators: Sequence[Indicator]
) -> list[IndicatorChanges]:
    """The changes of the indicators of a link, in their order; then of those that are gone."""
    by_id = {one.indicator: one for one in found.indicators}
    shown = [by_id[indicator.id] for indicator in indicators if indicator.id in by_id]
    if len(indicators) < len(visit.catalogue.indicators):
        return shown
    return [*shown, *(one for id, one in by_id.items() if id not in visit.catalogue.indicator)]


def _scope(region: Region | None, visit: Visit) -> str:
    """Whose figures are compared, as a sentence."""
    if region is None:
        return ""
    lang, name = visit.lang, inline(region, visit.lang)
    if region.members:
        members = [
            visit.regions[code].name(lang) if code in visit.regions else code
            for code in region.members
        ]
        return term("changes_scope_members", lang, region=name, members=enumerated(members, lang))
    keys = {"country": "country", "county": "parts", "municipality": "municipality"}
    return term(f"changes_scope_{keys.get(region.level, 'one')}", lang, region=name)


def _day_words(version: str, lang: Lang) -> str:
    """The day of a version in words; the version itself where its name tells none."""
    day = published_day(version)
    return format.day(day, lang) if day else version


def _counts(counts: dict[str, int], indicators: int, lang: Lang) -> html.Dl:
    facts = {f"changes_{change}": count for change, count in counts.items()}
    facts["changes_indicators"] = indicators
    rows = [
        html.Div([html.Dt(term(key, lang)), html.Dd(format.number(count, 0, lang))])
        for key, count in facts.items()
    ]
    return html.Dl(rows, className="facts")


def _files(visit: Visit) -> html.Ul:
    """Links to the whole list."""
    state = carried(visit.state, *_KEPT, notices=())
    address = f"/ladda-ner/{CHANGES_FILE}.csv{printed(state)}"
    links = [
        html.Li(
            html.A(
                term(key, visit.lang),
                href=f"{address}&flavour={flavour}" if flavour else address,
            )
        )
        for key, flavour in _FILES
    ]
    return html.Ul(links, className="files")


def _whole_indicators(
    visit: Visit, found: RegionChanges, shown: Sequence[IndicatorChanges]
) -> list[html.Section]:
    """What the panel did, and not SCB: indicators new, renamed or gone, and areas joined."""
    lang = visit.lang
    sentences = [_fate_sentence(visit, one) for one in shown if one.fate != "kept"]
    if found.joined:
        key = f"changes_joined_{count_form(len(found.joined))}"
        sentences.append(term(key, lang, count=format.number(len(found.joined), 0, lang)))
    if not sentences:
        return []
    items = html.Ul([html.Li(sentence) for sentence in sentences])
    return [html.Section([html.H3(term("changes_whole", lang)), items], className="retired")]


def _fate_sentence(visit: Visit, changes: IndicatorChanges) -> str:
    """What became of an indicator as a whole, with the reason that the catalogue gives."""
    lang, catalogue = visit.lang, visit.catalogue
    count = changes.added + changes.vanished
    figures = term(f"data_changes_{count_form(count)}", lang, count=format.number(count, 0, lang))
    retired = catalogue.retired_by_id.get(changes.former or changes.indicator)
    known = catalogue.indicator.get(changes.indicator)
    title = known.title[lang] if known else changes.indicator
    if changes.fate == "new":
        return term("changes_new_indicator", lang, title=title, figures=figures)
    if changes.fate == "renamed" and retired:
        words = {"old": retired.title[lang], "new": title, "reason": retired.reason[lang]}
        return term("changes_renamed", lang, **words)
    why = gone_sentence(retired, lang) if retired else ""
    why = why or term("changes_gone_indicator", lang, title=title)
    return f"{why} {term('changes_gone_figures', lang, figures=figures)}"


def _of_indicator(visit: Visit, changes: IndicatorChanges) -> html.Section:
    """How many figures of an indicator changed, and some of each kind."""
    lang, indicator = visit.lang, visit.catalogue.indicator.get(changes.indicator)
    title = indicator.title[lang] if indicator else changes.indicator
    way = link(f"/indikator/{changes.indicator}", carried(visit.state))
    counts = [
        term(f"changes_{change}_{count_form(count)}", lang, count=format.number(count, 0, lang))
        for change in get_args(ChangeKind)
        if (count := getattr(changes, change))
    ]
    heads = [
        term("column_region_name", lang),
        term("column_period", lang),
        *(term(f"changes_{key}", lang) for key in ("group", "before", "now", "what")),
    ]
    rows = [_row(visit, indicator, figure) for figure in changes.first]
    words = " · ".join(counts)
    if len(rows) < changes.listed:
        shown, listed = (format.number(count, 0, lang) for count in (len(rows), changes.listed))
        words += f". {term('changes_cut', lang, shown=shown, all=listed)}"
    unit = f"{capital(indicator.unit[lang])}. " if indicator else ""
    content = [
        html.H3(dcc.Link(title, href=way) if indicator else title),
        html.P(unit + words, className="sub"),
        word_table(term("changes_of", lang, title=title), heads, rows, kind="words changes"),
    ]
    return html.Section(content, className="theme")


def _row(visit: Visit, indicator: Indicator | None, figure: ChangedFigure) -> list[str]:
    """A changed figure: where, when, whose, what it was, what it is, and what happened."""
    lang, region = visit.lang, visit.regions.get(figure.region)
    before, now = _values(indicator, figure, lang)
    group = Group(figure.sex, figure.background, figure.age, figure.education)
    return [
        menu_name(region, lang) if region else figure.region,
        format.period_name(figure.period, lang),
        group_label(visit.catalogue, group, lang),
        before,
        now,
        term(_happened(figure), lang),
    ]


def _values(indicator: Indicator | None, figure: ChangedFigure, lang: Lang) -> tuple[str, str]:
    """Both values as they are shown, with as many decimals more as it takes to tell them apart."""
    decimals = indicator.decimals if indicator else 0
    pairs = ((figure.old_value, figure.old_status), (figure.new_value, figure.new_status))
    for more in range(12):
        before, now = (format.marked(*pair, decimals + more, lang) for pair in pairs)
        if before != now or figure.old_value == figure.new_value:
            break
    return before or term("not_available", lang), now or term("not_available", lang)


def _happened(figure: ChangedFigure) -> str:
    """The term of what happened to a figure: that it is hidden now is more than "changed"."""
    was, is_now = format.has_number(figure.old_value), format.has_number(figure.new_value)
    symbols = {"..": "hidden", ".": "impossible"}
    if figure.change == "added":
        symbol = symbols.get(figure.new_status or "")
        return f"change_added_{symbol}" if symbol and not is_now else "change_added"
    if figure.change == "vanished":
        return "change_vanished"
    if was and not is_now:
        return f"change_{symbols.get(figure.new_status or '', 'hidden')}"
    if is_now and not was:
        return "change_shown"
    if not was:
        return "change_symbol"
    return "change_status" if figure.old_value == figure.new_value else "change_revised"
