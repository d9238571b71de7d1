-- The contract between etl, which writes, and dashboard, which only reads.
-- Code columns are ENUMs, whose types etl.load creates for each version; cast to VARCHAR to
-- compare them with text of another version. Whoever changes a table raises the version in
-- etl.catalogue.warehouse_schema and says there what the former one is today.
-- Of the codes of regions, areas are the last.

CREATE TABLE observation (        -- an indicator after the other; in each, areas after all other
                                  -- regions, so that whoever asks of those passes over them. The
                                  -- compressions are those that DuckDB chooses itself, for rows in
                                  -- this order: named, it tries no others, a fifth of all writing
    indicator   indicator_code USING COMPRESSION rle,    -- id in indicators.yaml
    region      region_code USING COMPRESSION rle,       -- the source's own code: 00, 01, 0180,
                                  -- 0180R076, 0127R001_RegSO2025
    period      period_code USING COMPRESSION bitpacking,    -- the source's own: 2024, 2024K3 or
                                  -- 2024M09, of one length in each indicator
    sex         sex_code USING COMPRESSION rle,          -- _T, 1 men, 2 women
    background  background_code USING COMPRESSION rle,   -- _T, or one origin, time in Sweden or reason
    age         age_code USING COMPRESSION rle,          -- _T, one class (20-64) or one single year
                                  -- (45, 100+)
    education   education_code USING COMPRESSION rle,    -- _T, F, 3, EU, US
    value       DOUBLE,           -- in the indicator's unit; NULL when the source has no number
    status      VARCHAR USING COMPRESSION dict_fsst,     -- the source's symbol (.. . -), also beside
                                  -- a value; NULL when none
    numerator   DOUBLE USING COMPRESSION alp,   -- of a share computed here; NULL when published as
                                  -- a share
    denominator DOUBLE,
    segment     segment_code,     -- one register and definition; a break lies between two
    kind        kind_code         -- published | computed
);

CREATE TABLE headline (           -- series of everybody and of those born in Sweden and abroad,
                                  -- sorted by region: what the overview reads
    region region_code, indicator indicator_code, background background_code,
    period period_code, value DOUBLE, status VARCHAR, segment segment_code, kind kind_code
);

CREATE TABLE latest (             -- of each series of headline the newest observation with a
                                  -- number; the newest of all where none has one
    region region_code, indicator indicator_code, background background_code,
    period period_code, value DOUBLE, status VARCHAR, segment segment_code, kind kind_code
);

CREATE TABLE coverage (           -- what each region has of each indicator, with any status
    indicator indicator_code, region region_code,
    first_period period_code, last_period period_code,
    observations BIGINT,
    has_numbers BOOLEAN,
    has_totals BOOLEAN,           -- numbers of both sexes, all ages and all education
    same_groups_as region_code    -- the region under which its groups stand in coverage_group
);

CREATE TABLE coverage_group (     -- the groups that a region has of an indicator: of those with
                                  -- the same ones the first in the order of their codes
    indicator indicator_code, region region_code, sex sex_code, background background_code,
    age age_code, education education_code
);

CREATE TABLE region (
    code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL,
    level VARCHAR NOT NULL,       -- country, county, municipality, regso, stadsdel, group
    parent VARCHAR,
    division VARCHAR,             -- of an area: RegSO 2020, RegSO 2025, or the same in both:
                                  -- RegSO 2020/2025, under the code of 2020
    valid_from VARCHAR, valid_to VARCHAR,
    locative_sv VARCHAR NOT NULL, -- "i Botkyrka", "på Gotland"
    locative_en VARCHAR NOT NULL, -- "in Botkyrka"
    former_name VARCHAR,          -- of an area that has been renamed and is the same
    water VARCHAR                 -- larger: the area now reaches into the territorial sea
);

CREATE TABLE region_member (
    region VARCHAR NOT NULL, member VARCHAR NOT NULL, weight DOUBLE,
    confirmed_by VARCHAR, confirmed_on VARCHAR   -- of a list that is an approximation: whose word
);

CREATE TABLE category (
    dimension VARCHAR NOT NULL, code VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    label_sv VARCHAR NOT NULL, label_en VARCHAR NOT NULL, position INTEGER NOT NULL
);

CREATE TABLE source_table (
    table_id VARCHAR PRIMARY KEY, title VARCHAR, path VARCHAR,
    updated TIMESTAMP, fetched TIMESTAMP,   -- UTC: by SCB; by us
    sha256 VARCHAR,                         -- of the document, or of all the table's documents
    url VARCHAR, licence VARCHAR, next_update TIMESTAMP
);

CREATE TABLE indicator_source (
    indicator VARCHAR NOT NULL, segment VARCHAR NOT NULL, level VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL, contents VARCHAR NOT NULL,   -- content codes bound, by comma
    first_period VARCHAR, last_period VARCHAR
);

CREATE TABLE source_problem (     -- what is stale (older data shown) or missing, and why
    indicator VARCHAR NOT NULL, segment VARCHAR NOT NULL, source VARCHAR NOT NULL,
    stale BOOLEAN NOT NULL, reason VARCHAR NOT NULL
);

CREATE TABLE note (               -- the source's own footnotes; a paragraph a line
    indicator VARCHAR, table_id VARCHAR, text VARCHAR,
    mandatory BOOLEAN,            -- the source wants it shown wherever the figures are
    variable VARCHAR,             -- region, period, sex, background, age or education; '' for all figures
    code VARCHAR                  -- the only code it concerns; '' for all
);

CREATE TABLE break (              -- of the catalogue, and of regions whose area changed
    indicator VARCHAR, period VARCHAR, severity VARCHAR,
    applies_to VARCHAR,           -- "region:0380", by comma; empty for everything
    whole_with VARCHAR,           -- regions by comma: not true of a union that holds all of them
    new_source BOOLEAN,           -- figures from then on come from another source
    text_sv VARCHAR, text_en VARCHAR
);

CREATE TABLE revision (
    indicator VARCHAR, region VARCHAR, period VARCHAR, sex VARCHAR, background VARCHAR,
    age VARCHAR, education VARCHAR, old_value DOUBLE, new_value DOUBLE, old_status VARCHAR,
    new_status VARCHAR, seen TIMESTAMP
);

CREATE TABLE run (
    version VARCHAR, started TIMESTAMP, finished TIMESTAMP, example BOOLEAN,
    observations BIGINT, warnings INTEGER,
    schema_version INTEGER        -- of these tables; see etl.catalogue.warehouse_schema
);

CREATE TABLE warning (text VARCHAR);

CREATE TABLE lineage (            -- from which documents each source was read, and what it covered
    indicator VARCHAR NOT NULL, segment VARCHAR NOT NULL, source VARCHAR NOT NULL,
    table_key VARCHAR NOT NULL, table_id VARCHAR NOT NULL,
    metadata VARCHAR NOT NULL,    -- sha256 of the metadata document
    documents VARCHAR[] NOT NULL, -- sha256 of the data documents
    regions VARCHAR[] NOT NULL, periods VARCHAR[] NOT NULL,
    medians VARCHAR NOT NULL      -- JSON: period to the median over regions
);
