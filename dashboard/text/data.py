"""The words of the page of data: the catalogue, what exists, how fresh it is, downloads."""

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
)
