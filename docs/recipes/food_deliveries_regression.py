"""A dbt Python model: how much longer a batched delivery takes, by a regression on all columns.

SQL would be a poor copy of a regression with many columns, so statsmodels makes it. Copied into a
room, it is a model like others; docs/comparisons.md says what else that needs.
"""

from typing import Any

import pandas as pd
import statsmodels.api as sm

OUTCOME = "Time_taken(min)"
# What the treatment is made of, and what it is to explain, explain nothing.
NO_COVARIATES = [OUTCOME, "multiple_deliveries"]


def adjusted_difference(deliveries: pd.DataFrame) -> pd.DataFrame:
    """One row: the difference in minutes that all other columns leave to batching.

    The error is robust to unequal variances (HC2); a room whose orders share a zone and window
    gives `cov_type="cluster"` with `cov_kwds={"groups": ...}`.
    """
    is_batched = (deliveries["multiple_deliveries"] >= 1).astype(float).rename("is_batched")
    covariates = deliveries.drop(columns=NO_COVARIATES).astype(float)
    design = sm.add_constant(pd.concat([is_batched, covariates], axis=1))
    fit = sm.OLS(deliveries[OUTCOME], design).fit(cov_type="HC2", use_t=True)
    low, high = fit.conf_int().loc["is_batched"]
    return pd.DataFrame(
        {
            "estimate": ["regression"],
            "treated_units": [int(is_batched.sum())],
            "comparison_units": [int(len(is_batched) - is_batched.sum())],
            "difference": [fit.params["is_batched"]],
            "standard_error": [fit.bse["is_batched"]],
            "interval_low": [low],
            "interval_high": [high],
            "p_value": [fit.pvalues["is_batched"]],
        }
    )


def model(dbt: Any, session: Any) -> pd.DataFrame:
    """One row: the adjusted difference, beside what standardised_difference says of the same."""
    dbt.config(materialized="table", packages=["pandas", "statsmodels"])
    return adjusted_difference(dbt.ref("food_deliveries").df())
