"""The words of the page that rebuilds the report of 2010, and of its seven figures."""

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
    report_net_migration=(
        "Flyttningsnetto i Stockholms län: totalt, mot utlandet och inrikes",
        "Net migration in Stockholm county: total, abroad and within Sweden",
    ),
    report_line_net_migration=("Totalt", "Total"),
    report_line_net_migration_abroad=("Mot utlandet", "Abroad"),
    report_line_net_migration_domestic=("Inrikes", "Within Sweden"),
    report_1_then=(
        "Totalt, mot utlandet och inrikes, 1968–2009.",
        "Total, abroad and within Sweden, 1968–2009.",
    ),
    report_1_now=(
        "Från 1997. Tidigare år finns inte i någon tabell vi har funnit.",
        "From 1997. Earlier years are in no table that we have found.",
    ),
    report_background=(
        "Andel med utländsk bakgrund i Stockholms läns kommuner",
        "Share with foreign background in the municipalities of Stockholm county",
    ),
    report_2_then=("De 26 kommunerna, 1997 och 2009.", "The 26 municipalities, 1997 and 2009."),
    report_2_now=(
        (
            "2003 i stället för 1997: uppgifter finns från 2002, och 1997 saknas. Före 2003 räckte "
            "det i äldre statistik med en utrikes född förälder."
        ),
        (
            "2003 instead of 1997: there are figures from 2002, and 1997 is missing. In older "
            "statistics, before 2003, one parent born abroad was enough."
        ),
    ),
    report_pair_sub=(
        "Procent. Öppen ring {first}, fylld {last}. Kommunerna står i namnordning.",
        "Per cent. Open circle {first}, filled {last}. The municipalities are listed by name.",
    ),
    report_pair_alt=(
        "{name} {first} respektive {last} procent",
        "{name} {first} and {last} per cent",
    ),
    report_unemployment=(
        "Öppet arbetslösa någon gång under året i Stockholms län och riket",
        "Openly unemployed at some time in the year in Stockholm county and Sweden",
    ),
    report_area_unemployed=(
        "Ett annat mått: arbetslösa i området (BAS) i stadsdelarna, länet och riket",
        (
            "Another measure: unemployed in the area (BAS) in the neighbourhoods, the county and "
            "Sweden"
        ),
    ),
    report_3_then=(
        "Stadsdelarna tillsammans, länet och riket, 1997–2008, procent av befolkningen 20–64 år.",
        (
            "The neighbourhoods together, the county and Sweden, 1997–2008, per cent of the "
            "population aged 20–64."
        ),
    ),
    report_3_now=(
        (
            "Länet och riket från 1997, med brott 2022. Måttet definierades om 2018, tillbaka till "
            "1997, så rapportens nivåer kan inte komma ur dagens tabeller. Stadsdelarna finns bara "
            "i ett annat mått, från 2020, i ett eget diagram."
        ),
        (
            "The county and Sweden from 1997, with a break in 2022. The measure was redefined in "
            "2018, back to 1997, so the report’s levels cannot come out of today’s tables. The "
            "neighbourhoods exist only in another measure, from 2020, in a chart of their own."
        ),
    ),
    report_employment=(
        "Sysselsatta efter födelseregion i Stockholms län",
        "Employed by region of birth in Stockholm county",
    ),
    report_4_then=(
        "Förvärvsfrekvens 20–64 år efter födelseregion i länet, 1997–2008.",
        "Employment rate aged 20–64 by region of birth in the county, 1997–2008.",
    ),
    report_4_now=(
        (
            "Från 1997, med brott 2019 och 2022. Rapportens grupp EU/EFTA är i dag två, Norden och "
            "övriga EU/EFTA, som inte läggs ihop: det går bara med antal. Utanför EU/EFTA heter "
            "övriga världen."
        ),
        (
            "From 1997, with breaks in 2019 and 2022. The report’s group EU/EFTA is two today, the "
            "Nordic countries and the rest of EU/EFTA, which are not put together: only counts can "
            "be. Outside EU/EFTA is called the rest of the world."
        ),
    ),
    report_eligibility=(
        "Behöriga till gymnasieskolan efter födelseregion i Stockholms län",
        "Eligible for upper secondary school by region of birth in Stockholm county",
    ),
    report_5_then=(
        "Behöriga efter födelseregion i länet, 1998–2008.",
        "Eligible by region of birth in the county, 1998–2008.",
    ),
    report_5_now=(
        "Från 1998, med brott 2011, då behörigheten ändrades.",
        "From 1998, with a break in 2011, when eligibility changed.",
    ),
    report_studying=(
        "Studerande 20–24 år i stadsdelarna tillsammans, Stockholms län och riket",
        "Studying, aged 20–24, in the neighbourhoods together, Stockholm county and Sweden",
    ),
    report_6_then=(
        "Stadsdelarna tillsammans, länet och riket, 1997–2008.",
        "The neighbourhoods together, the county and Sweden, 1997–2008.",
    ),
    report_6_now=(
        (
            "Länet och riket från 1997. Stadsdelarna tillsammans från 2010, vägt med befolkningen "
            "20–24 år; 2007–2009 finns områdena bara ett och ett, i tabellen."
        ),
        (
            "The county and Sweden from 1997. The neighbourhoods together from 2010, weighted by "
            "the population aged 20–24; for 2007–2009 the areas exist one by one only, in the "
            "table."
        ),
    ),
    report_studying_members=(
        "Studerande 20–24 år i stadsdelarnas RegSO-områden, ett och ett, före 2010",
        "Studying, aged 20–24, in the RegSO areas of the neighbourhoods, one by one, before 2010",
    ),
    report_movers=(
        "In- och utflyttares sysselsättning (kvot) i Stockholms län",
        "Employment of in- and out-movers (ratio) in Stockholm county",
    ),
    report_movers_areas=(
        "In- och utflyttares sysselsättning (kvot) i stadsdelarnas områden, ett och ett",
        "Employment of in- and out-movers (ratio) in the areas of the neighbourhoods, one by one",
    ),
    report_7_then=(
        "Stadsdelarna tillsammans och länet, 1999–2008.",
        "The neighbourhoods together and the county, 1999–2008.",
    ),
    report_7_now=(
        (
            "Länet från 1998, med brott 2019 och 2022. Stadsdelarnas områden ett och ett från "
            "2007: kvoten kan inte läggas samman. Vid 100 är lika stora andelar av inflyttarna "
            "och utflyttarna sysselsatta."
        ),
        (
            "The county from 1998, with breaks in 2019 and 2022. The areas of the neighbourhoods "
            "one by one from 2007: the ratio cannot be put together. At 100, equal shares of "
            "in-movers and out-movers are employed."
        ),
    ),
    report_strips_sub=(
        (
            "Kvot (100 = lika). Varje ring är ett år {years}, före brottet; den fyllda är det "
            "senaste av dem, med sitt tal till höger. I små områden varierar kvoten mycket mellan "
            "åren."
        ),
        (
            "Ratio (100 = equal). Each circle is a year in {years}, before the break; the filled "
            "one is the latest of them, its value to the right. In small areas the ratio varies "
            "greatly between years."
        ),
    ),
    report_strips_alt=("{name} {value} år {year}", "{name} {value} in {year}"),
    report_born_sweden=("som är födda i Sverige", "born in Sweden"),
    report_born_outside=("som är födda utanför EU/EFTA", "born outside EU/EFTA"),
)
