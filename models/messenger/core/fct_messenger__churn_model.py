"""The churn model of each month: a logistic regression on the months whose outcome was known then.

A month's model is fitted on snapshots whose 30 days after the cut-off had passed by that month's
own cut-off, so that it could have been used on the day that it scores.
"""

import hashlib
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve, roc_auc_score
from sklearn.model_selection import PredefinedSplit, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

FOLDS = 5


def refuse_what_knows_the_future(features: pd.DataFrame) -> None:
    """Stop if a feature was computed from anything that happened at its cut-off or later."""
    late = features[features["known_until"] >= features["cutoff_date"]]
    if len(late):
        first = late.sort_values(["feature", "cutoff_date"]).iloc[0]
        raise ValueError(
            f"feature {first['feature']} knows {first['known_until']:%Y-%m-%d}, "
            f"which is not before its cut-off {first['cutoff_date']:%Y-%m-%d}"
        )


def refuse_what_knows_the_label(
    features: pd.DataFrame, minimum_churners: int, greatest_auc: float
) -> None:
    """Stop if a single feature tells those who left from those who stayed as only the label can.

    Raises:
        ValueError: the area under the ROC curve of a feature, one way round or the other, reaches
            `greatest_auc`; the worst feature is named.
    """
    known = features[features["has_churned"].notna()]
    areas = {}
    for name, rows in known.groupby("feature"):
        labels = rows["has_churned"].to_numpy(dtype=bool)
        if min(labels.sum(), (~labels).sum()) >= minimum_churners:
            area = float(roc_auc_score(labels, rows["feature_value"]))
            areas[name] = max(area, 1 - area)
    worst = max(areas, key=areas.__getitem__, default=None)
    if worst is not None and areas[worst] >= greatest_auc:
        raise ValueError(
            f"feature {worst} alone tells who leaves (area under the ROC curve "
            f"{areas[worst]:.3f}, greatest_auc {greatest_auc}): it is made of what came after"
        )


def fold_of(user_id: str) -> int:
    """The fold of a user, the same in each month and whoever else is there."""
    return int(hashlib.md5(user_id.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def threshold_of(labels: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """The score to flag users from: where the lower of precision and recall is greatest.

    A list that misses many is as useless as one that flags many: neither pays for the other.
    """
    precision, recall, thresholds = precision_recall_curve(labels, scores)
    # The last point, at which nobody is flagged, has no threshold.
    return float(thresholds[np.minimum(precision, recall)[:-1].argmax()])


def fit(
    features: pd.DataFrame, labels: NDArray[np.bool_], folds: NDArray[np.int64], seed: int
) -> pd.DataFrame:
    """Fit one month's model; returns its parts, one row each."""
    # What never varies in training, such as an event that is not logged, says nothing.
    names = [name for name in features.columns if features[name].nunique() > 1]
    pipeline = make_pipeline(
        StandardScaler(), LogisticRegression(C=1.0, max_iter=1_000, random_state=seed)
    )
    # The threshold is chosen on scores of users that the fold's model has not seen.
    split = PredefinedSplit(folds)
    scores = cross_val_predict(pipeline, features[names], labels, cv=split, method="predict_proba")
    pipeline.fit(features[names], labels)
    scaler, regression = pipeline[0], pipeline[1]
    parts = pd.DataFrame(
        {
            "part": names,
            "coefficient": regression.coef_[0],
            "feature_mean": scaler.mean_,
            "feature_scale": scaler.scale_,
        }
    )
    intercept = {"part": "intercept", "coefficient": regression.intercept_[0]}
    threshold = {"part": "threshold", "coefficient": threshold_of(labels, scores[:, 1])}
    return pd.concat([parts, pd.DataFrame([intercept, threshold])], ignore_index=True)


def model(dbt: Any, session: Any) -> pd.DataFrame:
    """One row per scored month and part of its model: a feature, the intercept or the threshold.

    Built by the day, a month whose snapshots to learn from are what they were keeps its model.
    """
    # A Python model is a table unless it says otherwise itself; incremental as it must be, of seeds
    # it fits all months anew.
    dbt.config(materialized="incremental", packages=["pandas", "scikit-learn"])
    minimum_churners = dbt.config.get("minimum_churners")
    greatest_auc = dbt.config.get("greatest_auc")
    seed = dbt.config.get("seed")
    months = dbt.ref("fct_messenger__churn_training").df()
    # Too few of either kind to tell them apart.
    stayed = months["training_rows"] - months["training_churners"]
    months = months[np.minimum(months["training_churners"], stayed) >= minimum_churners]
    fitted = []
    if dbt.is_incremental and dbt.config.get("built_by_the_day"):
        earlier = session.sql(f"select * from {dbt.this}").df()
        fitted.append(earlier.merge(months[["cutoff_date", "fingerprint"]]))
        months = months[~months["cutoff_date"].isin(fitted[0]["cutoff_date"])]
    if len(months):
        rows = dbt.ref("fct_messenger__churn_features").df()
        refuse_what_knows_the_future(rows)
        refuse_what_knows_the_label(rows, minimum_churners, greatest_auc)

    for month in months.sort_values("cutoff_date").itertuples():
        known = rows["has_churned"].notna() & (rows["cutoff_date"] <= month.trained_to)
        training = rows[known]
        table = training.pivot(
            index=["cutoff_date", "user_id"], columns="feature", values="feature_value"
        ).sort_index()
        labels = (
            training.drop_duplicates(["cutoff_date", "user_id"])
            .set_index(["cutoff_date", "user_id"])["has_churned"]
            .reindex(table.index)
            .to_numpy(dtype=bool)
        )
        users = table.index.get_level_values("user_id")
        folds = np.array([fold_of(user) for user in users])
        # All of a kind in one fold.
        if any(len(np.unique(folds[labels == kind])) < 2 for kind in (False, True)):
            continue
        # Tables this small are fitted in a tenth of the time on one thread.
        with threadpool_limits(1):
            parts = fit(table, labels, folds, seed)
        for name in ("cutoff_date", "trained_from", "trained_to", "fingerprint"):
            parts[name] = getattr(month, name)
        parts["training_rows"] = len(table)
        parts["training_churners"] = int(labels.sum())
        fitted.append(parts)
    columns = {
        "cutoff_date": "datetime64[us]",
        "part": "object",
        "coefficient": "float64",
        "feature_mean": "float64",
        "feature_scale": "float64",
        "trained_from": "datetime64[us]",
        "trained_to": "datetime64[us]",
        "training_rows": "int64",
        "training_churners": "int64",
        "fingerprint": "object",
    }
    fitted = [parts for parts in fitted if len(parts)]
    if not fitted:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    return pd.concat(fitted, ignore_index=True)[list(columns)].astype(columns)
