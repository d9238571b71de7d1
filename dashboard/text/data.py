"""The words of the page of data, of the search, and inside files."""

from dashboard.text.terms import texts

TERMS = texts(
    data_title=("Data och nedladdning", "Data and downloads"),
    data_lede=(
        (
            "Allt som panelen visar: vad som mäts, för vilka områden och år, hur det kan delas "
            "upp, från vilken tabell det kommer och när den senast uppdaterades."
        ),
        (
            "Everything the panel shows: what is measured, for which areas and years, how it can "
            "be broken down, which table it comes from and when that was last updated."
        ),
    ),
    # freshness
    data_fresh=("Hur färska uppgifterna är", "How fresh the figures are"),
    data_version=("Version", "Version"),
    data_built=("Sammanställd", "Built"),
    data_updated=("Senast uppdaterad av SCB", "Last updated by Statistics Sweden"),
    data_fetched=("Senast hämtad", "Last fetched"),
    data_next=("SCB publicerar nästa", "Next release by Statistics Sweden"),
    data_next_unknown=("inget datum meddelat", "no date announced"),
    data_size=("Omfattning", "Size"),
    data_size_of=(
        "{indicators} av {all} indikatorer, {observations} uppgifter ur {sources} tabeller",
        "{indicators} of {all} indicators, {observations} figures from {sources} tables",
    ),
    data_stale_count=("Kunde inte uppdateras", "Could not be updated"),
    data_revised=(
        "Ändrat av SCB sedan förra versionen",
        "Changed by Statistics Sweden since the previous version",
    ),
    data_changes_none=("ingen uppgift", "no figure"),
    data_changes_one=("1 uppgift", "1 figure"),
    data_changes_many=("{count} uppgifter", "{count} figures"),
    # the catalogue
    data_catalogue=("Katalogen", "The catalogue"),
    data_theme=("Tema", "Theme"),
    data_collection=("Samling", "Collection"),
    data_all=("Alla", "All"),
    data_shown=("{count} av {all} indikatorer visas.", "{count} of {all} indicators are shown."),
    data_shown_none=(
        "Ingen indikator passar. Pröva ett annat ord eller ett annat urval.",
        "No indicator fits. Try another word or another selection.",
    ),
    data_unknown=(
        "Okänt värde i länken: {key}=”{value}”. Alla indikatorer visas.",
        "Unknown value in the link: {key}=“{value}”. All indicators are shown.",
    ),
    data_clear=("Rensa urval", "Clear selection"),
    data_unit=("Enhet", "Unit"),
    data_levels=("Områden och år", "Areas and years"),
    data_breakdowns=("Uppdelning", "Breakdown"),
    data_no_breakdown=("ingen", "none"),
    data_tables_one=("1 tabell", "1 table"),
    data_tables_many=("{count} tabeller", "{count} tables"),
    data_next_update=("nästa uppdatering {date}", "next update {date}"),
    data_missing=("Indikatorn saknar uppgifter.", "The indicator has no figures."),
    data_stale=(
        "Kunde inte uppdateras den {date}. De senast hämtade uppgifterna visas.",
        "Could not be updated on {date}. The last figures fetched are shown.",
    ),
    data_revised_here=(
        "{count} har ändrats av SCB sedan förra versionen.",
        "{count} changed by Statistics Sweden since the previous version.",
    ),
    data_largest=("De största ändringarna", "The largest changes"),
    level_of_country=("riket", "Sweden"),
    level_of_county=("län", "counties"),
    level_of_municipality=("kommuner", "municipalities"),
    level_of_regso=("RegSO-områden", "RegSO areas"),
    level_of_union=(
        "stadsdelar (beräknade ur RegSO-områden)",
        "neighbourhoods (computed from RegSO areas)",
    ),
    broken_by_sex=("kön", "sex"),
    broken_by_origin=("födelseregion", "region of birth"),
    broken_by_stay=("tid i Sverige", "time in Sweden"),
    broken_by_reason=("skäl till invandring", "reason for immigration"),
    broken_by_age=("ålder", "age"),
    broken_by_education=("utbildning", "education"),
    broken_crossed=("{kind} (även inom grupper)", "{kind} (within groups too)"),
    # downloads
    data_downloads=("Ladda ner", "Download"),
    data_along_shown=(
        "Allt som listan visar: {count}. Välj några om du inte vill ha alla.",
        "All that the list shows: {count}. Choose some unless you want all.",
    ),
    data_along_chosen=("Ditt urval: {count}.", "Your selection: {count}."),
    data_nothing=("Det finns inget att ladda ner.", "There is nothing to download."),
    data_choose=("Välj indikatorer", "Choose indicators"),
    data_everywhere=("Alla regioner, grupper och år", "All regions, groups and years"),
    data_only=("Bara {region}, alla grupper och år", "Only {region}, all groups and years"),
    data_unknown_indicator=(
        "Okänd indikator i länken: ”{value}”. Resten av sidan visas.",
        "Unknown indicator in the link: “{value}”. The rest of the page is shown.",
    ),
    data_file_csv_excel=("CSV för Excel", "CSV for Excel"),
    data_file_csv=("CSV för vidare bearbetning", "CSV for data tools"),
    data_file_xlsx=("Excel-arbetsbok (XLSX)", "Excel workbook (XLSX)"),
    data_file_parquet=("Parquet", "Parquet"),
    data_file_json=("JSON-stat 2", "JSON-stat 2"),
    data_file_zip=("Zip med beskrivning av fälten", "Zip with a description of the fields"),
    # columns
    column_indicator=("Indikator", "Indicator"),
    column_region_name=("Region", "Region"),
    column_region_code=("Regionkod", "Region code"),
    column_region_text=("Region med kod", "Region with code"),
    column_period=("Period", "Period"),
    column_sex=("Kön", "Sex"),
    column_background=("Grupp", "Group"),
    column_education=("Utbildning", "Education"),
    column_value=("Värde", "Value"),
    column_status=("Symbol", "Symbol"),
    column_unit=("Enhet", "Unit"),
    column_segment=("Register och definition", "Register and definition"),
    column_kind=("Publicerad eller beräknad", "Published or computed"),
    column_table=("Tabell hos SCB", "Table of Statistics Sweden"),
    column_updated=("Uppdaterad av SCB (UTC)", "Updated by Statistics Sweden (UTC)"),
    column_fetched=("Hämtad (UTC)", "Fetched (UTC)"),
    column_remark=("Anmärkning", "Remark"),
    published=("publicerad", "published"),
    computed=("beräknad", "computed"),
    export_of=("{present} av {members}", "{present} of {members}"),
    # sheets
    sheet_data=("Data", "Data"),
    sheet_chart=("Diagram", "Chart"),
    sheet_about=("Om uppgifterna", "About the figures"),
    # what is said of the whole
    export_many=("{count} indikatorer", "{count} indicators"),
    export_source=("Källa", "Source"),
    export_tables=("Tabeller", "Tables"),
    export_table=(
        "{id} {title} (uppdaterad av SCB {updated}, hämtad {fetched})",
        "{id} {title} (updated by Statistics Sweden {updated}, fetched {fetched})",
    ),
    export_unit=("Enhet", "Unit"),
    export_licence=("Licens", "Licence"),
    export_permalink=("Länk till urvalet", "Link to the selection"),
    export_version=("Dataversion", "Data version"),
    export_built=("Sammanställd (UTC)", "Put together (UTC)"),
    export_periods=("Perioder", "Periods"),
    export_rows=("Rader", "Rows"),
    export_break=("Brott i serien {period}", "Break in the series {period}"),
    export_caution=("Bör jämföras med försiktighet {period}", "Compare with caution {period}"),
    export_concerns=("Gäller {codes}.", "Concerns {codes}."),
    export_segment=("Register och definition", "Register and definition"),
    export_missing=(
        "En tom cell är en uppgift som saknas, aldrig noll. Symbolen säger varför:",
        "An empty cell is a figure that is missing, never zero. The symbol says why:",
    ),
    export_partial=(
        (
            "Står ”1 av 2” vid ett värde är det beräknat ur så många av regionens delar; "
            "för de andra saknas uppgift."
        ),
        (
            "A value beside ”1 of 2” is calculated from so many of the region’s parts; "
            "the others have no figure."
        ),
    ),
    export_union=("Sammanlagd region", "Regions put together"),
    export_files=("Filer", "Files"),
    export_data_file=(
        (
            "uppgifterna, en rad för varje region, period och grupp; kolumnerna beskrivs i "
            "datapackage.json"
        ),
        (
            "the figures, one row for each region, period and group; the columns are described in "
            "datapackage.json"
        ),
    ),
    export_segments_file=(
        "register och definitioner, med brott i serierna och år som bör jämföras med försiktighet",
        "registers and definitions, with breaks in the series and years to compare with caution",
    ),
    export_package_file=(
        "beskrivning av filerna enligt Frictionless Data Package",
        "description of the files as a Frictionless Data Package",
    ),
    export_since=("{name} (från {period})", "{name} (from {period})"),
    # names of files, in letters that every system keeps
    file_example=("exempeldata", "example-data"),
    file_indicators=("{count}-indikatorer", "{count}-indicators"),
    file_regions=("{count}-regioner", "{count}-regions"),
    file_empty=("inga-rader", "no-rows"),
    # what cannot be sent
    download_unknown=(
        "Det finns ingen fil som heter ”{name}”. Sidan Data och nedladdning visar vilka som finns.",
        "There is no file called “{name}”. The page Data and downloads shows which there are.",
    ),
    download_gone=(
        "Det finns inga data av den versionen. Utan version i länken hämtas de senaste.",
        "There are no data of that version. A link without a version fetches the latest.",
    ),
    too_many_rows=(
        (
            "Urvalet har {rows} rader. Filer för {format} görs med högst {limit}. Välj färre "
            "indikatorer, regioner eller år, eller hämta CSV eller Parquet."
        ),
        (
            "The selection has {rows} rows. Files for {format} are made with at most {limit}. "
            "Choose fewer indicators, regions or years, or take CSV or Parquet."
        ),
    ),
    too_many_cells=(
        (
            "Urvalet blir {rows} celler när alla kombinationer räknas. Filer för {format} görs med "
            "högst {limit}. Välj färre indikatorer, regioner eller år, eller hämta CSV eller "
            "Parquet."
        ),
        (
            "The selection makes {rows} cells when all combinations are counted. Files for "
            "{format} are made with at most {limit}. Choose fewer indicators, regions or years, or "
            "take CSV or Parquet."
        ),
    ),
    search_label=("Sök indikator eller region", "Search for indicator or region"),
    search_indicators=("Indikatorer", "Indicators"),
    search_regions=("Regioner", "Regions"),
    search_found=(
        "{indicators} och {regions} för ”{text}”.",
        "{indicators} and {regions} for “{text}”.",
    ),
    search_none=(
        "Ingen indikator och ingen region liknar ”{text}”. Pröva ett annat ord eller färre ord.",
        "No indicator and no region resembles “{text}”. Try another word, or fewer words.",
    ),
    count_indicators_none=("ingen indikator", "no indicator"),
    count_indicators_one=("1 indikator", "1 indicator"),
    count_indicators_many=("{count} indikatorer", "{count} indicators"),
    count_regions_none=("ingen region", "no region"),
    count_regions_one=("1 region", "1 region"),
    count_regions_many=("{count} regioner", "{count} regions"),
    search_more=("Visa alla {count} i katalogen", "Show all {count} in the catalogue"),
    search_shown=("De {count} närmaste visas.", "The nearest {count} are shown."),
)
