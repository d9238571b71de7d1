"""The words about the statistics: what they are, how they are read, and what they do not tell."""

from dashboard.text.terms import texts

TERMS = texts(
    about_title=("Om statistiken", "About the statistics"),
    about_lede=(
        "Vad siffrorna är, hur de räknas och läses, och vad de inte säger.",
        "What the figures are, how they are computed and read, and what they do not tell.",
    ),
    about_contents=("Innehåll", "Contents"),
    # what the statistics are
    about_what=("Vad statistiken är", "What the statistics are"),
    about_what_1=(
        (
            "Panelen visar SCB:s registerdata för integration (AA0003), som bygger på registret "
            "STATIV, och statistiken bredvid: folkmängd, flyttningar och arbetsmarknad i områden. "
            "Alla tal är SCB:s, hämtade ur den öppna statistikdatabasen, eller räknade ur dem på "
            "de sätt som beskrivs här. Inget är uppskattat eller ifyllt."
        ),
        (
            "The panel shows the register data for integration of Statistics Sweden (AA0003), "
            "made from the register STATIV, and the statistics beside them: population, moves and "
            "the labour market of areas. All figures are those of Statistics Sweden, fetched from "
            "its open database, or computed from them as described here. Nothing is estimated or "
            "filled in."
        ),
    ),
    about_what_2=(
        (
            "Det är totalräkningar ur register: de gäller alla som är folkbokförda, inte ett "
            "urval. Därför finns inga felmarginaler och inga prövningar av säkerhet. Register har "
            "i stället andra brister: den som arbetar utomlands eller inte är folkbokförd syns "
            "inte, och den som har flyttat utan att anmäla det räknas med. Trångboddhet kommer ur "
            "en annan källa; om den är en urvalsundersökning är att bekräfta."
        ),
        (
            "They are full counts from registers: of everybody registered, not of a sample. So "
            "there are no margins of error and no tests of certainty. Registers have other "
            "faults: whoever works abroad or is not registered is not seen, and whoever has left "
            "without saying so is counted. Overcrowding comes from another source; whether that is "
            "a sample survey is to be confirmed."
        ),
    ),
    about_what_3=(
        (
            "Urvalet följer SCB:s variabler om integration (42 år 2010) och de figurer som "
            "regionplanekontoret i Stockholm visade i sin rapport 2010. Indikatorer mäter oftast "
            "problem; panelen visar därför också resurser."
        ),
        (
            "The selection follows the variables on integration of Statistics Sweden (42 in 2010) "
            "and the figures that Stockholm’s regional planning office showed in its report of "
            "2010. Indicators mostly measure problems, so the panel shows resources too."
        ),
    ),
    # registers and definitions
    about_definitions=("Register och definitioner", "Registers and definitions"),
    about_definitions_1=(
        (
            "Arbete. Till och med 2021 kommer uppgifterna från RAMS och gäller förvärvsarbetande "
            "20–64 år i november. Från och med 2019 bygger de på arbetsgivarnas månadsvisa "
            "uppgifter. Från och med 2022 kommer de från BAS och gäller sysselsatta 20–65 år. Det "
            "är tre mått, och mellan dem jämförs ingenting."
        ),
        (
            "Work. To 2021 the figures come from RAMS and are of the gainfully employed aged 20–64 "
            "in November. From 2019 they rest on employers’ monthly declarations. From 2022 they "
            "come from BAS and are of the employed aged 20–65. These are three measures, and "
            "nothing is compared between them."
        ),
    ),
    about_definitions_2=(
        (
            "Arbetslöshet är här ett flöde: den som någon gång under året varit inskriven hos "
            "Arbetsförmedlingen, som andel av befolkningen. Talet är långt högre än arbetslösheten "
            "en månad och kan inte jämföras med den. Samma person kan både ha arbetat och varit "
            "arbetslös. Öppen arbetslöshet räknades om 2018, tillbaka till 1997; rapportens nivåer "
            "kommer därför inte ut ur dagens tabeller."
        ),
        (
            "Unemployment is a flow here: whoever was registered with the employment service at "
            "some time in the year, as a share of the population. It is far above unemployment in "
            "a month and cannot be compared with it. The same person may both have worked and been "
            "unemployed. Open unemployment was redefined in 2018, back to 1997, so the levels of "
            "the report do not come out of today’s tables."
        ),
    ),
    about_definitions_3=(
        (
            "Folkmängden gäller den 31 december, i den indelning som gällde den 1 januari året "
            "därpå. Utländsk bakgrund har den som är född utomlands, eller i Sverige med två "
            "utrikes födda föräldrar; före 2003 räckte det i äldre statistik med en. "
            "Flyttkvoten är andelen sysselsatta bland inflyttare delad med andelen bland "
            "utflyttare, gånger 100: vid 100 är andelarna lika stora. Andelar inom "
            "ursprungsgrupper är andelar av gruppen, inte av regionens befolkning."
        ),
        (
            "The population is that of 31 December, in the division of 1 January the year after. "
            "A person of foreign background was born abroad, or in Sweden with two parents born "
            "abroad; before 2003 one was enough in older statistics. The mover balance is the "
            "share employed among in-movers divided by that among out-movers, times 100: at 100 "
            "the shares are equal. Shares within groups of origin are shares of the group, not of "
            "the region’s population."
        ),
    ),
    about_definitions_4=(
        (
            "Varje indikator har sin definition, vilka som ingår och vad den inte visar bredvid "
            "diagrammet. En del definitioner är ännu att bekräfta mot tabellernas fotnoter."
        ),
        (
            "Each indicator has its definition, who is included and what it does not show beside "
            "its chart. Some definitions are still to be confirmed against the notes of the tables."
        ),
    ),
    about_to_confirm=(
        "{count} definitioner att bekräfta",
        "{count} definitions to be confirmed",
    ),
    # groups
    about_groups=("Grupper", "Groups"),
    about_groups_1=(
        (
            "Födelseland och bakgrund kommer ur registren. Födelseland är inte detsamma som "
            "etnisk tillhörighet. Grupperna är SCB:s; alla finns inte i alla tabeller, och det "
            "som inte finns sägs i stället för att döljas."
        ),
        (
            "Country of birth and background come from the registers. Country of birth is not the "
            "same as ethnicity. The groups are those of Statistics Sweden; not all exist in all "
            "tables, and what does not exist is said instead of hidden."
        ),
    ),
    about_groups_2=(
        (
            "0–1 år i Sverige betyder färre än 730 dagar som folkbokförd. När länder går med i EU "
            "byter de som är födda där grupp: 2004, 2007 och 2013 bör därför jämföras med "
            "försiktighet. Övriga världen är länder utanför Norden, EU och EFTA."
        ),
        (
            "0–1 years in Sweden means fewer than 730 days registered. When countries join the EU, "
            "those born there change groups, so 2004, 2007 and 2013 should be compared with "
            "caution. The rest of the world is the countries outside the Nordic countries, the EU "
            "and EFTA."
        ),
    ),
    # breaks
    about_breaks=("Brott i serierna", "Breaks in the series"),
    about_breaks_1=(
        (
            "Ett brott delar en serie: ingen förändring, riktning, ordning eller skillnad räknas "
            "över det. Försiktighet är ett svagare märke: jämförelsen visas, med de orden. Listan "
            "kommer ur katalogen och gäller de indikatorer och grupper som står där."
        ),
        (
            "A break divides a series: no change, direction, order or gap is computed across it. "
            "A caution is a weaker mark: the comparison is shown, with those words. The list comes "
            "from the catalogue and applies to the indicators and groups named."
        ),
    ),
    about_break=("Brott", "Break"),
    about_caution=("Försiktighet", "Caution"),
    about_grade=("Märke", "Mark"),
    about_year=("År", "Year"),
    about_change=("Vad som ändrades", "What changed"),
    about_concerns=("Gäller", "Applies to"),
    about_and_more=("{names} och {count} till", "{names} and {count} more"),
    # symbols
    about_symbols=("Symboler", "Symbols"),
    about_symbols_1=(
        (
            "Ett värde som saknas är aldrig noll. Ett tecken kan också stå bredvid ett tal och "
            "följer då med överallt."
        ),
        (
            "A missing value is never zero. A sign may also stand beside a number and then goes "
            "with it everywhere."
        ),
    ),
    about_less_than_half=("Mindre än hälften av enheten", "Less than half the unit"),
    about_symbol=("Tecken", "Sign"),
    about_meaning=("Betydelse", "Meaning"),
)
