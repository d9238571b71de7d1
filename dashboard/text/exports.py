"""The words inside files: headings of columns, sheets, sources, notes."""

from dashboard.text.terms import texts

TERMS = texts(
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
)
