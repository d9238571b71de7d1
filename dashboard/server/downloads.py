"""
Downloads: what a page shows, a whole indicator, a selection, the catalogue, slides and PDFs.

An edge. `/ladda-ner/<what>.<suffix>?<state of the page>`, where `what` is an indicator's id (what
its page shows; with `omfang=allt` everything there is of it, with `omfang=skillnader` the gaps of
the regions, with `omfang=samma` the regions that started alike), `skillnader` (the gap of a region
by every measure), `liknande` (the municipalities similar to one), `urval` (the indicators, regions,
groups and years that the address names), `katalogen` (everything) or `andringar` (what changed
since the day `sedan`) or `sticker-ut` (what was tried of what stands out in a region);
`flavour=excel` is the CSV for a Swedish Excel. `/briefing.pptx` and
`/briefing.pdf` are the briefing of the same state. A file streams from the version it belongs to,
which stays open until its last byte.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from html import escape

from dashboard.api.answer import (
    HttpAnswer,
    HttpRequest,
    file_headers,
    keeping,
    streamed,
    tag,
    told_unreadable,
)
from dashboard.codes import LEVELS
from dashboard.components.files import indicators_along
from dashboard.components.highlights import HIGHLIGHTS_FILE
from dashboard.data.changes import changed_figures
from dashboard.data.context import Context
from dashboard.data.queries.exports import RowSelection
from dashboard.data.versions import Warehouse
from dashboard.exports.changes import ChangedRows
from dashboard.exports.deck import deck
from dashboard.exports.delimited import write_changes, write_changes_excel
from dashboard.exports.description import filename
from dashboard.exports.extract import Extract, PlainTable, TooLargeError
from dashboard.exports.formats import MACHINE, FileFormat, chosen_format
from dashboard.exports.gaps import GapTable, gap_table
from dashboard.exports.highlights import candidate_records, write_candidates
from dashboard.exports.read import requested_extract, view_extract
from dashboard.exports.similar import FileFacts, similar_file, start_file
from dashboard.pages.changes import CHANGES_FILE, asked_changes, since_notices
from dashboard.pages.compare.tables import GAPS_PATH
from dashboard.pages.data import narrowed
from dashboard.pages.gaps import GAPS_FILE, measures_along, pair_names
from dashboard.pages.indicator.gap import shown_gaps
from dashboard.pages.indicator.page import (
    GAPS_SCOPE,
    START_SCOPE,
    VIEWS,
    WHOLE_SCOPE,
    view_of_link,
)
from dashboard.pages.indicator.same_start import start_regions
from dashboard.pages.similar import SIMILAR_FILE
from dashboard.panels.briefing import Briefing, briefing_content, drawn_years
from dashboard.panels.gaps import PairGaps, figures_behind, source_of, tables_behind
from dashboard.panels.highlights import candidate_tables, resource_ids, standout
from dashboard.panels.similar import offered_criteria, similar_list, similar_source
from dashboard.rules.gap_changes import GapRow
from dashboard.sentences.wording import group_label
from dashboard.server.printing import NoChromiumError, Printer, PrintingFailedError
from dashboard.state.comparison import (
    SIMILAR_PATH,
    likeness_words,
    named_comparison,
)
from dashboard.state.regions import inline
from dashboard.state.resolve import selected_region
from dashboard.state.retired import gone_indicators, gone_sentence, with_todays_indicators
from dashboard.state.url import KEYS, State, parsed, printed
from dashboard.state.visit import Visit, visited
from dashboard.text import format, term
from dashboard.text.format import file_name
from etl.catalogue import Lang, Retired
from etl.catalogue.pointer import KEEPING, published_day

_FILE_ROUTE = "/ladda-ner/<name>.<suffix>"
_PDF_ROUTE = "/briefing.pdf"
_SLIDES_ROUTE = "/briefing.pptx"
BRIEFING = "/briefing"
_CATALOGUE_FILE, _SELECTION_FILE = "katalogen", "urval"
_MOST_SHEETS = 4
_FOOTER = (
    '<div style="width:100%;margin:0 16mm;display:flex;justify-content:space-between;gap:8mm;'
    'font:7pt sans-serif;color:#4d545d"><span>{words}</span>'
    '<span style="white-space:nowrap">{number}</span></div>'
)
_PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class DownloadRequest:
    """
    A request for a file, and the open version that it is made from.

    `current` is the newest version, which may not be the one that is asked for. What `stack`
    holds, the version among it, is given back when the answer is made; a stream takes it.
    """

    context: Context
    warehouse: Warehouse
    state: State
    current: str
    request: HttpRequest
    stack: ExitStack

    def visit(self, path: str) -> Visit:
        """The visit of the page at `path` by the same state."""
        return visited(self.context, self.warehouse, path, self.state, current=self.current)


def download_routes(printer: Printer) -> Mapping[str, Callable[..., HttpAnswer]]:
    """What answers each address, given a context, a request, the edition and parts of the path."""
    return {
        _FILE_ROUTE: _file_answer,
        _PDF_ROUTE: partial(_pdf_answer, printer),
        _SLIDES_ROUTE: _slides_answer,
    }


def _file_answer(
    context: Context, request: HttpRequest, *, edition: str, name: str, suffix: str
) -> HttpAnswer:
    """A file of figures; 404 for what is no file here, 410 for what is shown no more."""
    form = chosen_format(suffix, _parameters(request).get("flavour", MACHINE))
    file, asked = f"{name}.{suffix}", parsed(request.search)
    if file == f"{CHANGES_FILE}.csv":
        kept = context.warehouses.available()
        make = partial(_changes, form)
        return answered(context, request, edition, file, *kept, make=make)
    plain = {SIMILAR_FILE: _similar, GAPS_FILE: _measures}
    if name in plain and form and form.write_plain:
        make = partial(plain[name], form)
        return answered(context, request, edition, file, make=make)
    if file == f"{HIGHLIGHTS_FILE}.csv":
        return answered(context, request, edition, file, make=_highlights)
    if name in context.catalogue.retired_by_id:
        gone: tuple[Retired, ...] = (context.catalogue.retired_by_id[name],)
    else:
        gone = gone_indicators(asked, context.catalogue) if name == _SELECTION_FILE else ()
    if gone:
        return _in_words(410, " ".join(gone_sentence(retired, asked.lang) for retired in gone))
    if form is None or name not in {_CATALOGUE_FILE, _SELECTION_FILE, *context.catalogue.indicator}:
        return _in_words(404, term("download_unknown", asked.lang, name=file[:80]))
    scopes = {GAPS_SCOPE: _gaps, START_SCOPE: _start}
    make = partial(scopes.get(_parameters(request).get("omfang", ""), _file), name, form)
    return answered(context, request, edition, file, make=make)


def _pdf_answer(
    printer: Printer, context: Context, request: HttpRequest, *, edition: str
) -> HttpAnswer:
    """The briefing as PDF."""
    make = partial(_pdf, printer)
    return answered(context, request, edition, _PDF_ROUTE, make=make)


def _slides_answer(context: Context, request: HttpRequest, *, edition: str) -> HttpAnswer:
    """The briefing as slides."""
    return answered(context, request, edition, _SLIDES_ROUTE, make=_slides)


def answered(
    context: Context,
    request: HttpRequest,
    *identity: str,
    make: Callable[[DownloadRequest], HttpAnswer],
) -> HttpAnswer:
    """
    The answer to a request for a file; 304 where the reader has it, in words where there is none.

    Args:
        context: with the versions.
        request: for the file.
        identity: the edition and the name of the file.
        make: makes the answer; one that is no file is never remembered.

    """
    state = with_todays_indicators(parsed(request.search), context.catalogue)
    with ExitStack() as stack:
        reading = stack.enter_context(context.warehouses.read(state.version))
        warehouse = reading.warehouse
        if warehouse is None and reading.missing == "gone":
            return _in_words(410, _gone(state))
        if warehouse is None:
            lost = reading.missing == "unreadable"
            return _in_words(503, term("unreadable_file" if lost else "no_warehouse", state.lang))
        etag = tag(
            *(*identity, warehouse.version, reading.unreadable, request.address, request.search)
        )
        headers = {**keeping(etag, pinned=bool(state.version)), **told_unreadable(reading)}
        if request.has(etag):
            return HttpAnswer(304, headers)
        marked = context.reading(warehouse)
        answer = make(DownloadRequest(marked, warehouse, state, reading.current, request, stack))
    return answer.with_headers(headers) if answer.status == 200 else answer


def _gone(state: State) -> str:
    """That a version is not kept, which are, and what to do."""
    lang, rule = state.lang, {"newest": KEEPING.newest, "days": KEEPING.days}
    why = term("no_version_why", lang, version=state.version, **rule)
    return f"{why} {term('link_without_version', lang)}"


def _in_words(status: int, text: str) -> HttpAnswer:
    """Why there is no file, in words; never remembered."""
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return HttpAnswer(status, headers, text.encode())


def _file(name: str, form: FileFormat, download: DownloadRequest) -> HttpAnswer:
    """The file as it is made; what is too large is refused before it begins."""
    rows = _extract(name, download)
    headers = file_headers(form.mimetype, filename(rows.meta, form.suffix))
    try:
        return streamed(form.write(rows), headers, download.stack)
    except TooLargeError as error:
        return _in_words(400, str(error))


def _gaps(name: str, form: FileFormat, download: DownloadRequest) -> HttpAnswer:
    """The regions of the view of differences with their gaps; else why there is no such file."""
    visit, lang = download.visit(f"/indikator/{name}"), download.state.lang
    indicator = visit.catalogue.indicator.get(name)
    shown = shown_gaps(visit, indicator) if indicator else None
    if not (form.write_plain and indicator and shown and shown.found):
        words = term("download_unknown", lang, name=f"{name}.{form.suffix}"[:80])
        return _in_words(404, words if indicator is None or form.write_plain is None else
                         term("no_pairs", lang))  # fmt: skip
    rows = GapTable(
        rows=shown.found.rows,
        indicator=indicator,
        pair=shown.pair.codes,
        names=shown.pair.names,
        regions=shown.names,
        until=shown.year,
        version=visit.warehouse.version,
        example=visit.warehouse.example,
        permalink=download.request.address + f"/indikator/{name}" + printed(download.state),
        source=_source(visit, shown.known, shown.found.rows),
        lang=lang,
    )
    chosen = visit.chosen_by(name)
    parts = (
        term("file_example", lang) if rows.example else "",
        name,
        term("file_gaps", lang),
        "-".join(shown.pair.codes),
        shown.year,
        _own_criteria(visit) if chosen else "",
        rows.version,
    )
    headers = file_headers(form.mimetype, file_name(parts, form.suffix))
    table = _with_chosen(gap_table(rows), chosen, lang)
    return streamed(form.write_plain(table), headers, download.stack)


def _with_chosen(table: PlainTable, words: str, lang: Lang) -> PlainTable:
    """A table that tells by what its similar municipalities are chosen, where that is one's own."""
    if not words:
        return table
    told = (term("column_chosen_by", lang), words)
    return replace(table, said={**table.said, "chosen_by": words}, about=[*table.about, told])


def _similar(form: FileFormat, download: DownloadRequest) -> HttpAnswer:
    """The municipalities similar to the region of the link; else that there are none."""
    visit, lang = download.visit(SIMILAR_PATH), download.state.lang
    region, _ = selected_region(visit.state, visit.regions)
    shown = similar_list(visit, region, *visit.state.indicators)
    if shown is None or form.write_plain is None:
        where = inline(visit.regions[region], lang) if region in visit.regions else region
        return _in_words(404, term("no_neighbours", lang, region=where))
    names = {code: known.name(lang) for code, known in visit.regions.items()}
    chosen = likeness_words(visit.state, visit.catalogue, shown.found.left_out)
    facts = _facts(download, SIMILAR_PATH, similar_source(visit), chosen)
    if not facts.chosen:
        facts = replace(facts, chosen=term("similar_by_published", lang))
    table = similar_file(shown, names, offered_criteria(visit), facts)
    parts = (
        term("file_example", lang) if facts.example else "",
        term("file_similar", lang),
        f"{region}-{names[region]}",
        _own_criteria(visit),
        facts.version,
    )
    headers = file_headers(form.mimetype, file_name(parts, form.suffix))
    return streamed(form.write_plain(table), headers, download.stack)


def _start(name: str, form: FileFormat, download: DownloadRequest) -> HttpAnswer:
    """The regions from the same start; else why there is no such file."""
    visit, lang = download.visit(f"/indikator/{name}"), download.state.lang
    indicator = visit.catalogue.indicator.get(name)
    if indicator is None or form.write_plain is None:
        return _in_words(404, term("download_unknown", lang, name=f"{name}.{form.suffix}"[:80]))
    shown = start_regions(visit, indicator)
    if shown.found is None:
        return _in_words(404, shown.reason)
    listed = {row.region for row in shown.found.rows}
    rows = [row for row in shown.rows if row.region in listed]
    source = source_of(visit, tables_behind(visit, indicator, rows))
    facts = _facts(download, f"/indikator/{name}", source, visit.chosen_by(name))
    group = group_label(visit.catalogue, shown.listed.scope.group, lang)
    table = start_file(shown.found, shown.names, group, facts)
    parts = (
        term("file_example", lang) if facts.example else "",
        name,
        term("file_start", lang),
        f"{shown.found.region}-{shown.names[shown.found.region]}",
        _own_criteria(visit) if facts.chosen else "",
        facts.version,
    )
    headers = file_headers(form.mimetype, file_name(parts, form.suffix))
    return streamed(form.write_plain(table), headers, download.stack)


def _facts(download: DownloadRequest, path: str, source: str, chosen: str) -> FileFacts:
    """What a file of similar municipalities, or of those compared, says of all its rows."""
    return FileFacts(
        version=download.warehouse.version,
        example=download.warehouse.example,
        permalink=download.request.address + path + printed(download.state),
        source=source,
        chosen=chosen,
        lang=download.state.lang,
    )


def _own_criteria(visit: Visit) -> str:
    """The words in a file's name that the criteria are the reader's own; "" where they are not."""
    return term("file_own_criteria", visit.lang) if visit.state.weights else ""


def _source(visit: Visit, known: PairGaps, rows: Sequence[GapRow]) -> str:
    """Whose figures the gaps of some regions are worked out from."""
    return source_of(visit, tables_behind(visit, known.indicator, figures_behind(known, rows)))


def _measures(form: FileFormat, download: DownloadRequest) -> HttpAnswer:
    """The gap of a region by every measure, as the page of differences; else why there is none."""
    visit, lang = download.visit(GAPS_PATH), download.state.lang
    region, _ = selected_region(visit.state, visit.regions)
    found = measures_along(visit, region)
    if not (found and found.rows and form.write_plain):
        return _in_words(404, term("no_pairs", lang))
    name = visit.regions[region].name(lang)
    lists = [
        GapTable(
            rows=[row],
            indicator=known.indicator,
            pair=visit.state.pair,
            names=pair_names(visit),
            regions={region: name},
            until=row.gap.period if row.gap else "",
            version=visit.warehouse.version,
            example=visit.warehouse.example,
            permalink=download.request.address + GAPS_PATH + printed(download.state),
            source=_source(visit, known, [row]),
            lang=lang,
        )
        for known, row in found.rows
    ]
    parts = (
        term("file_example", lang) if visit.warehouse.example else "",
        term("file_gaps", lang),
        f"{region}-{name}",
        "-".join(visit.state.pair),
        visit.warehouse.version,
    )
    headers = file_headers(form.mimetype, file_name(parts, form.suffix))
    return streamed(form.write_plain(gap_table(*lists)), headers, download.stack)


def _changes(form: FileFormat | None, download: DownloadRequest) -> HttpAnswer:
    """What changed since the day of the link as CSV; else why there is no such file."""
    visit, lang = download.visit("/data"), download.state.lang
    asked = asked_changes(visit)
    if form is None or asked is None:
        return _in_words(400, " ".join(since_notices(visit)) or term("changes_no_day", lang))
    if asked.found is None:
        day = format.day(published_day(asked.oldest), lang)
        return _in_words(410, term("changes_too_old", lang, day=day))
    found, chosen = asked.found, {one.id for one in indicators_along(visit, narrowed(visit)[0])}
    if len(chosen) == len(visit.catalogue.indicators):
        chosen |= {one.indicator for one in found.indicators}
    rows = ChangedRows(
        tables=partial(changed_figures, visit.context, visit.warehouse, found, chosen),
        catalogue=visit.catalogue,
        names={code: region.name(lang) for code, region in visit.regions.items()},
        old=found.old,
        new=found.new,
        example=visit.warehouse.example,
        lang=lang,
    )
    parts = (
        term("file_example", lang) if rows.example else "",
        term("file_changes", lang),
        f"{asked.region}-{rows.names.get(asked.region, '')}",
        asked.day.isoformat(),
        found.new,
    )
    write = write_changes_excel if form.flavour == "excel" else write_changes
    headers = file_headers(form.mimetype, file_name(parts, "csv"))
    return streamed(write(rows), headers, download.stack)


def _highlights(download: DownloadRequest) -> HttpAnswer:
    """Every comparison of the region of the link as CSV; else that there is no such region."""
    visit, lang = download.visit("/"), download.state.lang
    region, notices = selected_region(visit.state, visit.regions)
    if notices or region not in visit.regions:
        return _in_words(404, " ".join(notices) or term("download_unknown", lang, name=region))
    found, version = standout(visit, region).found, visit.warehouse.version
    resources, tables = resource_ids(visit.catalogue), partial(candidate_tables, visit, region)
    records = candidate_records(region, found, visit.catalogue, resources=resources, tables=tables)
    shared = {
        "examined": found.examined, "least_z": found.least_z, "version": version,
        "example": visit.warehouse.example,
    }  # fmt: skip
    parts = (
        term("file_example", lang) if visit.warehouse.example else "",
        term("file_highlights", lang),
        f"{region}-{visit.regions[region].name(lang)}",
        version,
    )
    form = chosen_format("csv", MACHINE)
    headers = file_headers(form.mimetype if form else "text/csv", file_name(parts, "csv"))
    return streamed(write_candidates(list(records), shared), headers, download.stack)


def _parameters(request: HttpRequest) -> Mapping[str, str]:
    """The parameters of a request; of several with one name the first."""
    return dict(reversed(request.parameters))


def _extract(name: str, download: DownloadRequest) -> Extract:
    """The rows of the address, with the reader's own criteria of similar municipalities told."""
    rows = _rows(name, download)
    visit = download.visit("/data")
    ids = (name,) if name in visit.catalogue.indicator else visit.state.indicators
    chosen = visit.chosen_by(*ids)
    if not chosen or _parameters(download.request).get("omfang") == WHOLE_SCOPE:
        return rows
    told = term("similar_chosen", visit.lang, words=chosen)
    remarks = (*rows.meta.remarks, told)
    meta = replace(rows.meta, remarks=remarks, chosen=_own_criteria(visit))
    return replace(rows, meta=meta)


def _rows(name: str, download: DownloadRequest) -> Extract:
    """The rows that an indicator's page shows, or all that the address names."""
    parameters, state = _parameters(download.request), download.state
    page = "/data" if name in {_CATALOGUE_FILE, _SELECTION_FILE} else f"/indikator/{name}"
    permalink = download.request.address + page + printed(state)
    if name in download.context.catalogue.indicator and parameters.get("omfang") != WHOLE_SCOPE:
        visit = download.visit(page)
        indicator = visit.catalogue.indicator[name]
        view, _ = view_of_link(visit, indicator)
        return view_extract(visit, indicator, VIEWS[view].content(visit, indicator).rows, permalink)
    selection = _selection(name, parameters, download)
    return requested_extract(
        download.context, download.warehouse, selection, lang=state.lang, permalink=permalink
    )


def _selection(name: str, parameters: Mapping[str, str], download: DownloadRequest) -> RowSelection:
    """Everything of the catalogue or of an indicator; of a selection what the address names."""
    all_ids = tuple(indicator.id for indicator in download.context.catalogue.indicators)
    if name != _SELECTION_FILE:
        return RowSelection(indicators=all_ids if name == _CATALOGUE_FILE else (name,))
    state = download.state
    named = {field for field, key in KEYS.items() if key.name in parameters}
    region = state.region if "region" in named else ""
    first, last = state.years or (None, None)
    # Whoever names backgrounds and no ages means all ages together.
    of_ages = "ages" in named or "backgrounds" in named
    return RowSelection(
        indicators=state.indicators or all_ids,
        regions=_regions(download, region) if region or state.comparison else None,
        levels=(LEVELS[state.level],) if "level" in named else None,
        sexes=state.sexes if "sexes" in named else None,
        backgrounds=state.backgrounds if "backgrounds" in named else None,
        ages=state.ages if of_ages else None,
        educations=state.educations if "educations" in named else None,
        first=first,
        last=last,
    )


def _regions(download: DownloadRequest, region: str) -> tuple[str, ...]:
    """The regions of a selection: its own and those compared with; of a union its members."""
    visit = download.visit("/data")
    codes = [region] if region else []
    if visit.state.comparison:
        similar = partial(visit.similar, region, *visit.state.indicators)
        compared, _ = named_comparison(visit.state, region, visit.regions, similar)
        codes += [code for group in compared.values() for code in group]
    known = visit.regions
    return tuple(
        dict.fromkeys(
            standing
            for code in codes
            for standing in ((code in known and known[code].members) or (code,))
        )
    )


def _pdf(printer: Printer, download: DownloadRequest) -> HttpAnswer:
    """The PDF of a briefing; else why there is none."""
    visit, lang = download.visit(BRIEFING), download.state.lang
    # The version first: what is published meanwhile is not printed under the name of this one.
    pinned = f"{KEYS['version'].name}={download.warehouse.version}"
    page = f"{download.request.address}{BRIEFING}?{pinned}&{download.request.search}"
    try:
        with printer.reserved():
            contents = briefing_content(visit)
            document = (
                None
                if download.request.method == "HEAD"
                else printed_briefing(printer, visit, contents, page)
            )
    except NoChromiumError:
        return _in_words(503, term("sheets_no_browser", lang))
    except PrintingFailedError:
        retry = {"Retry-After": f"{printer.limits.seconds:.0f}"}
        return _in_words(503, term("sheets_busy", lang)).with_headers(retry)
    headers = file_headers("application/pdf", briefing_filename(visit, contents, "pdf"))
    if document is None:  # for whoever wants only what is said of it nothing is printed
        return streamed(iter(()), headers, download.stack)
    return HttpAnswer(200, headers, document)


def printed_briefing(printer: Printer, visit: Visit, contents: Briefing, address: str) -> bytes:
    """
    The page of an address on few sheets, where it stays legible so.

    What stands out is a sheet by itself, before the four of the indicators.

    Raises:
        NoChromiumError, PrintingFailedError: as `Printer.pdf`.

    """
    lang, version = visit.lang, visit.warehouse.version
    example = [term("example", lang)] if visit.warehouse.example else []
    number, count = '<span class="pageNumber"></span>', '<span class="totalPages"></span>'
    footer = _FOOTER.format(
        words=escape(" · ".join([*example, contents.title, version])),
        number=term("sheet_number", lang, number=number, count=count),
    )
    return printer.pdf(address, footer=footer, most=_MOST_SHEETS + bool(contents.highlights.texts))


def briefing_filename(visit: Visit, contents: Briefing, suffix: str) -> str:
    """Such as "underlag_0180-stockholm_1997-2025_20261121T150826Z-0a079bac.pdf"."""
    state, lang = visit.state, visit.lang
    selection = state.collection or state.theme
    parts = (
        term("file_example", lang) if visit.warehouse.example else "",
        term("file_briefing", lang),
        selection or (term("sheet_own", lang) if state.indicators else ""),
        f"{contents.region}-{visit.regions[contents.region].name(lang)}",
        "-".join(dict.fromkeys(drawn_years(contents.chapters) or ())),
        visit.warehouse.version,
    )
    return file_name(parts, suffix)


def _slides(download: DownloadRequest) -> HttpAnswer:
    """The slides of a briefing."""
    # Whoever makes no slides does not carry python-pptx, lxml and Pillow in memory.
    from dashboard.exports import slides  # noqa: PLC0415

    visit = download.visit(BRIEFING)
    contents = briefing_content(visit)
    document = slides.write(deck(visit, contents, download.request.address))
    name = briefing_filename(visit, contents, "pptx")
    return HttpAnswer(200, file_headers(_PRESENTATION, name), document)
