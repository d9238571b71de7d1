"""The words about the statistics: methods, protection, limits, licence, accessibility."""

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
    # protection
    about_protection=("Skydd av uppgifter", "Protection of the figures"),
    about_protection_1=(
        (
            "En uppgift som SCB håller tillbaka räknas aldrig fram här, vare sig som rest, ur en "
            "summa eller ur det andra könet."
        ),
        (
            "A figure that Statistics Sweden holds back is never worked out here, neither as a "
            "remainder, nor from a sum, nor from the other sex."
        ),
    ),
    about_protection_2=(
        (
            "Från och med referensåret 2025 läggs slumpmässiga små justeringar på varje antal, "
            "även på totaler (cellnyckelmetoden). Delar behöver därför inte summera till totalen, "
            "och serierna har ett brott där."
        ),
        (
            "From reference year 2025 small random adjustments are made to every count, totals "
            "too (the cell key method). Parts need not add up to totals, and the series break "
            "there."
        ),
    ),
    # methods
    about_methods=("Så räknas och sägs det", "How it is computed and said"),
    about_method_comparison=("Jämförelser", "Comparisons"),
    about_method_direction=("Riktning", "Direction"),
    about_method_order=("Ordning", "Order"),
    about_method_judgement=("Bättre och sämre", "Better and worse"),
    about_method_unions=("Områden och kommuner tillsammans", "Areas and municipalities together"),
    about_method_areas=("Område mot kommun, län och riket", "Area and larger regions"),
    about_method_similarity=("Liknande kommuner", "Similar municipalities"),
    about_method_segregation=("Boendesegregation", "Residential segregation"),
    about_methods_1=(
        (
            "Meningarna skrivs av fasta regler ur samma tal som diagrammen. De nämner inga "
            "orsaker. Varje indikator om utfall visar utfall, inte vad som orsakat det eller om "
            "en viss insats haft effekt."
        ),
        (
            "The sentences are written by fixed rules from the same numbers as the charts. They "
            "name no causes. Every outcome indicator shows outcomes, not their cause or whether a "
            "given measure had an effect."
        ),
    ),
    # areas
    about_areas=("Områden", "Areas"),
    about_areas_1=(
        (
            "Minsta nivån är RegSO, SCB:s regionala statistikområden. De finns i två indelningar, "
            "2020 och 2025. Ett område i den ena är ett annat än i den andra och de sätts aldrig "
            "ihop till en serie, om det inte är känt att gränsen är oförändrad."
        ),
        (
            "The smallest level is RegSO, the regional statistical areas of Statistics Sweden. "
            "They exist in two divisions, of 2020 and 2025. An area of the one is another than in "
            "the other, and they are never joined into one series unless the border is known to be "
            "unchanged."
        ),
    ),
    about_areas_2=(
        (
            "Rapporten 2010 beskrev 17 stadsdelar med lokala utvecklingsavtal i Stockholms län. "
            "Deras tabeller finns inte längre. Här visas de som de RegSO-områden vars namn börjar "
            "med stadsdelens. Det är en approximation: gränserna är andra än rapportens, och "
            "områdena är mer blandade. I tabeller med 2025 års områden räknas ett område med när "
            "kod och namn är desamma, med orden att gränsen kan ha justerats 2025. Listan ägs av "
            "den region som driver panelen."
        ),
        (
            "The 2010 report described 17 neighbourhoods with local development agreements in "
            "Stockholm county. Their tables exist no more. They are shown here as the RegSO areas "
            "whose names begin with that of the neighbourhood. This is an approximation: the "
            "borders are others than the report’s, and the areas are more mixed. In tables with "
            "areas of 2025 an area counts where code and name are the same, with the words that "
            "its boundary may have been adjusted in 2025. The list is owned by the region that "
            "runs the panel."
        ),
    ),
    about_area=("Stadsdel", "Neighbourhood"),
    about_members=("RegSO-områden (2020)", "RegSO areas (2020)"),
    about_confirmed=(
        "Listan bekräftades av sin ägare den {date}.",
        "The list was confirmed by its owner on {date}.",
    ),
    about_unconfirmed=(
        "Listan har ännu inte bekräftats av sin ägare.",
        "The list has not been confirmed by its owner yet.",
    ),
    about_areas_3=(
        (
            "Grupper av kommuner är SKR:s nio kommungrupper, lokala arbetsmarknader enligt SCB "
            "(2018), och Södertörn, Nordost och Nordväst. Heby hör i integrationsstatistiken till "
            "Uppsala län alla år. Nykvarn finns från 1999 och Knivsta från 2003."
        ),
        (
            "Groups of municipalities are the nine of SALAR, local labour markets by Statistics "
            "Sweden (2018), and Södertörn, Nordost and Nordväst. In the integration statistics "
            "Heby is in Uppsala county in all years. Nykvarn exists from 1999 and Knivsta from "
            "2003."
        ),
    ),
    # targets
    about_targets=("Mål", "Targets"),
    about_targets_1=(
        (
            "Inga mål följer med panelen. En region kan lägga in sina egna: med mått, åldrar, "
            "ägare, första och sista år och källa. Ett mål visas bara på den del av serien som "
            "har samma mått."
        ),
        (
            "No targets come with the panel. A region may add its own: with measure, ages, owner, "
            "first and last year and source. A target is shown only on the part of a series that "
            "has the same measure."
        ),
    ),
    # privacy
    about_privacy=("Personuppgifter", "Personal data"),
    about_privacy_1=(
        (
            "Panelen innehåller inga personuppgifter. SCB har sammanställt uppgifterna ur register "
            "och skyddat dem innan de publiceras. Panelen sätter inga kakor, följer ingen och "
            "hämtar inget från andra servrar; det du väljer står bara i adressen."
        ),
        (
            "The panel holds no personal data. Statistics Sweden has aggregated the figures from "
            "registers and protected them before publication. The panel sets no cookies, follows "
            "nobody and fetches nothing from other servers; what you choose stands in the address "
            "only."
        ),
    ),
    # not measured
    about_missing=("Vad som inte mäts", "What is not measured"),
    about_missing_1=(
        "Det här efterfrågas ofta och finns inte i någon tabell som vi har hittat:",
        "These are often asked for and are in no table that we have found:",
    ),
    about_missing_a=("diskriminering", "discrimination"),
    about_missing_b=(
        "tillit, nätverk och annat socialt kapital, föreningsliv",
        "trust, networks and other social capital, associations",
    ),
    about_missing_c=(
        "vad insatser och program gör och hur de går till",
        "what programmes do and how they work",
    ),
    about_missing_d=(
        "arbetsgivares rekrytering och validering av utländska meriter",
        "employers’ recruitment and the validation of foreign qualifications",
    ),
    about_missing_e=("ålder när man flyttar hemifrån", "age at leaving home"),
    about_missing_2=(
        (
            "Valdeltagande säger inget om annat deltagande. De som får rösta är inte samma i de "
            "tre valen, som därför inte jämförs med varandra."
        ),
        (
            "Turnout says nothing about other participation. Those entitled to vote are not the "
            "same in the three elections, which are therefore not compared with each other."
        ),
    ),
    # versions
    about_versions=("Versioner och ändringar", "Versions and revisions"),
    about_versions_1=(
        (
            "Varje hämtning blir en version med ett eget namn, som står längst ned på sidan. En "
            "länk kan låsas till en version och visar då samma tal så länge den sparas. SCB ändrar "
            "ibland äldre tal: sidan Data säger hur många som har ändrats sedan förra versionen "
            "och vilka ändringar som är störst. Det som inte kunde uppdateras visas med det senast "
            "hämtade och orden att så är fallet."
        ),
        (
            "Each fetch becomes a version with a name of its own, which stands at the foot of the "
            "page. A link may be fixed to a version and then shows the same figures as long as it "
            "is kept. Statistics Sweden sometimes changes older figures: the page Data says how "
            "many have changed since the previous version and which changes are the largest. What "
            "could not be updated is shown as last fetched, with words that say so."
        ),
    ),
    about_to_data=(
        "Tabeller, datum och ändringar för varje indikator",
        "Tables, dates and changes of each indicator",
    ),
    # licence
    about_licence=("Licens och hänvisning", "Licence and citation"),
    about_licence_1=(
        (
            "SCB:s statistik är fri att använda (CC0). Skriv ”Källa: SCB, tabell TAB…” under tal "
            "som de är publicerade, och ”Egen bearbetning av data från SCB, tabell TAB…” under "
            "det som är räknat ur dem; panelen visar vilket som gäller. Kartornas gränser är SCB:s "
            "(CC0). Programkoden är fri enligt MIT-licensen."
        ),
        (
            "The statistics of Statistics Sweden are free to use (CC0). Write “Source: Statistics "
            "Sweden, table TAB…” under figures as published, and “Own processing of data from "
            "Statistics Sweden, table TAB…” under what is computed from them; the panel shows "
            "which. The borders of the maps are those of Statistics Sweden (CC0). The code is free "
            "under the MIT licence."
        ),
    ),
    access_title=("Tillgänglighets\u00adredogörelse", "Accessibility statement"),
    access_lede=(
        (
            "Panelen ska kunna användas av alla. Här står hur den uppfyller lagen om "
            "tillgänglighet till digital offentlig service, vilka brister vi känner till och hur "
            "du rapporterar andra."
        ),
        (
            "Everybody should be able to use the panel. This page says how it meets the Swedish "
            "act on accessibility to digital public services, which faults are known, and how to "
            "report others."
        ),
    ),
    access_status=("Hur tillgänglig är panelen?", "How accessible is the panel?"),
    access_status_1=(
        (
            "Panelen är delvis förenlig med lagen (2018:1937), det vill säga med WCAG 2.1 på nivå "
            "AA, på grund av de brister som beskrivs nedan."
        ),
        (
            "The panel conforms in part to the act (2018:1937), that is to WCAG 2.1 at level AA, "
            "because of the faults described below."
        ),
    ),
    access_limits=("Kända brister", "Known faults"),
    access_limits_a=(
        (
            "Diagram och kartor kan inte läsas punkt för punkt med tangentbord eller skärmläsare. "
            "Samma tal står i en tabell och sägs i meningar på samma sida."
        ),
        (
            "Charts and maps cannot be read point by point with a keyboard or a screen reader. The "
            "same figures stand in a table and are said in sentences on the same page."
        ),
    ),
    access_limits_b=(
        "Panelen kräver JavaScript. Utan det visas bara ett meddelande om saken.",
        "The panel needs JavaScript. Without it only a message about that is shown.",
    ),
    access_limits_c=(
        (
            "Stora tabeller är breda: på en smal skärm rullas tabellen, inte sidan, i sidled. Det "
            "går även med tangentbord."
        ),
        (
            "Large tables are wide: on a narrow screen the table, not the page, scrolls sideways. "
            "That works with a keyboard, too."
        ),
    ),
    access_limits_d=(
        (
            "Källans egna anmärkningar och tekniska skäl visas som källan skrev dem, ibland bara "
            "på ett språk."
        ),
        (
            "The source’s own notes and technical reasons are shown as it wrote them, sometimes in "
            "one language only."
        ),
    ),
    access_limits_e=(
        (
            "Panelen har inte prövats av personer som använder hjälpmedel till vardags, och inte "
            "granskats av någon utomstående."
        ),
        (
            "The panel has not been tried by people who use assistive technology daily, nor "
            "examined by anybody outside."
        ),
    ),
    access_tested=("Hur vi har prövat", "How it was tested"),
    access_tested_1=(
        (
            "Självskattning: varje sida prövas med verktyget axe i 1440 och 320 bildpunkters "
            "bredd, och de viktigaste uppgifterna prövas med enbart tangentbord. Proven körs vid "
            "varje ändring. Redogörelsen skrevs den {date}."
        ),
        (
            "Self-assessment: each page is tested with the tool axe at widths of 1440 and 320 "
            "pixels, and the main tasks with the keyboard alone. The tests run at every change. "
            "This statement was written on {date}."
        ),
    ),
    access_report=("Rapportera brister", "Report faults"),
    access_report_1=(
        "Hör av dig om något inte fungerar för dig, eller om du behöver uppgifterna på annat sätt.",
        "Tell us when something does not work for you, or if you need the figures in another way.",
    ),
    access_no_contact=(
        (
            "Den som driver panelen har inte angett någon kontakt. Vänd dig till den myndighet "
            "eller region vars webbplats ledde hit."
        ),
        (
            "Whoever runs the panel has given no contact. Turn to the authority or region whose "
            "website led here."
        ),
    ),
    access_phone=("telefon {phone}", "telephone {phone}"),
    access_oversight=("Tillsyn", "Enforcement"),
    access_oversight_1=(
        (
            "Myndigheten för digital förvaltning, DIGG, har tillsyn över lagen. Är du inte nöjd "
            "med hur vi hanterar dina synpunkter kan du anmäla det till DIGG:"
        ),
        (
            "The Agency for Digital Government, DIGG, enforces the act. If you are not content "
            "with how your views are handled, you may report it to DIGG:"
        ),
    ),
    access_to_digg=(
        "Anmäl bristande tillgänglighet till DIGG (digg.se)",
        "Report lacking accessibility to DIGG (digg.se)",
    ),
)
