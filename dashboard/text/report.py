"""The words of the page that rebuilds the report of 2010."""

from dashboard.text.terms import texts

TERMS = texts(
    report_lede=(
        (
            "Regionplanekontoret beskrev 2010 Stockholms län med SCB:s statistik om integration. "
            "Här byggs rapportens sju figurer upp på nytt ur dagens tabeller, så långt det går, "
            "och varje tryckt tal ställs bredvid dagens uppgift för samma år."
        ),
        (
            "In 2010 the regional planning office described Stockholm county with Statistics "
            "Sweden’s statistics on integration. Here the seven figures of its report are rebuilt "
            "from today’s tables as far as possible, and each printed number stands beside "
            "today’s figure for the same year."
        ),
    ),
    report_county=(
        "Sidan gäller Stockholms län, vilken region som än är vald.",
        "The page is about Stockholm county, whichever region is chosen.",
    ),
    report_own=(
        (
            "Rapportens egna tal följer 2010 års definitioner. De står i ett diagram bara där "
            "definitionen är oförändrad, annars i tabellen."
        ),
        (
            "The report’s own numbers follow the definitions of 2010. They stand in a chart only "
            "where the definition is unchanged, otherwise in the table."
        ),
    ),
    report_contents=("Figurer och tabell", "Figures and table"),
    report_figure=("Figur {number}", "Figure {number}"),
    report_then=("I rapporten", "In the report"),
    report_now=("I dag", "Today"),
    report_said=("Tryckt i rapporten", "Printed in the report"),
    report_more=("Mer om indikatorn", "More about the indicator"),
    report_diamonds=("Öppen romb: tal ur rapporten 2010.", "Open diamond: the 2010 report."),
    report_nothing=("Uppgifterna finns inte i datalagret.", "The figures are not available here."),
    # areas
    report_areas=("Stadsdelarna tillsammans", "The neighbourhoods together"),
    report_areas_where=("i stadsdelarna tillsammans", "in the neighbourhoods together"),
    report_areas_heading=("Stadsdelarna", "The neighbourhoods"),
    report_areas_why=(
        (
            "Rapportens områden med lokala utvecklingsavtal visas som de RegSO-områden vilkas namn "
            "börjar med stadsdelens. Det är en approximation: områdenas gränser avviker från "
            "stadsdelarnas. SCB:s egen statistik för rapportens områden är inte längre publicerad."
        ),
        (
            "The report’s areas with local development agreements are shown as the RegSO areas "
            "whose names begin with the neighbourhood’s. This is an approximation: the borders "
            "differ from those of the neighbourhoods. Statistics Sweden’s own statistics for the "
            "report’s areas are no longer published."
        ),
    ),
    report_confirmed=("Listan bekräftades {date}.", "The list was confirmed on {date}."),
    report_unconfirmed=(
        "Listan är inte bekräftad av regionen.",
        "The list has not been confirmed by the region.",
    ),
    report_members=("Vilka områden som ingår", "Which areas are included"),
    # table
    report_table=(
        "Rapportens uppgifter och dagens uppgifter för samma år",
        "The report’s figures and today’s figures for the same year",
    ),
    report_table_sub=(
        "Skillnaden är dagens visade uppgift minus den tryckta.",
        "The difference is today’s displayed figure minus the printed one.",
    ),
    report_col_report=("Rapportens uppgift", "The report’s figure"),
    report_col_today=("Dagens uppgift för samma år", "Today’s figure for the same year"),
    report_col_difference=("Skillnad", "Difference"),
    report_col_why=("Varför", "Why"),
    report_in_text=("I texten", "In the text"),
    report_no_table=("Finns inte", "Does not exist"),
    report_no_year=("år inte återgivet här", "year not given here"),
    report_not_comparable=("Går inte att jämföra", "Not comparable"),
    report_above=("över 100 i {above} av {years} år", "above 100 in {above} of {years} years"),
    report_about=("omkring {difference}", "about {difference}"),
    report_rounding=("inom avrundningen ({difference})", "within rounding ({difference})"),
    report_target=(
        "Den äldre rapportens 80 procent är historia. De ritas inte som mål.",
        "The 80 per cent of the older report are history. They are not drawn as a target.",
    ),
    op_almost=("nästan {number}", "almost {number}"),
    op_just_under=("knappt {number}", "just under {number}"),
    op_under=("under {number}", "under {number}"),
    op_just_over=("drygt {number}", "just over {number}"),
    # tables of areas
    report_area=("Område", "Area"),
    report_town=("Kommun", "Municipality"),
    report_change=("Skillnad (procentenheter)", "Difference (percentage points)"),
)
