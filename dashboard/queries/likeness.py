"""SQL questions about what makes municipalities alike."""

import pandas as pd

from dashboard.warehouse import Warehouse


def people(warehouse: Warehouse) -> pd.DataFrame:
    """
    The population that similarity is measured by, both sexes together.

    Returns:
        region, period, background, value: municipalities for everybody and ages 20-64, RegSO
        for those born outside Europe (`öv`).

    """
    return warehouse.frame(
        """
        SELECT CAST(region AS VARCHAR) AS region, CAST(period AS VARCHAR) AS period,
               CAST(background AS VARCHAR) AS background, value
        FROM observation
        WHERE CAST(indicator AS VARCHAR) = 'population' AND sex = '_T' AND education = '_T'
          AND CASE CAST(background AS VARCHAR)
              WHEN '_T' THEN length(CAST(region AS VARCHAR)) = 4
              WHEN '20-64' THEN length(CAST(region AS VARCHAR)) = 4
              WHEN 'öv' THEN length(CAST(region AS VARCHAR)) > 4
              ELSE false END
        """
    )


def post_secondary(warehouse: Warehouse) -> pd.DataFrame:
    """The share with post-secondary education of municipalities: region, period, value."""
    return warehouse.frame(
        """
        SELECT CAST(region AS VARCHAR) AS region, CAST(period AS VARCHAR) AS period, value
        FROM headline
        WHERE CAST(indicator AS VARCHAR) = 'post_secondary_share_25_65'
          AND background = '_T' AND length(CAST(region AS VARCHAR)) = 4
        """
    )
