"""The churn model knows no future, and its figures are right."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score
from sklearn.model_selection import check_cv, cross_val_predict

from scripts.manifest import PROJECT
from tests.python.builds import Build, make_world, run_dbt

CUTOFF = date(2026, 8, 1)
SCORES = ("run", "--select", "+fct_messenger__churn_scores")
JUDGED = (*SCORES, "messenger__churn_figures", "messenger__churn_calibration")
RULES = ["has_significant_drop", "has_sustained_low_activity", "has_high_inactivity"]


def read_events(world: Path) -> dict[str, pd.DataFrame]:
    """The events of a world as text, by their names."""
    return {
        file.stem: pd.read_csv(file, dtype=str, keep_default_na=False)
        for file in (world / "messenger").glob("*.csv")
    }


def write_events(events: dict[str, pd.DataFrame], world: Path) -> Path:
    """Write the events of a world as CSV files; returns the raw_path to build it from."""
    (world / "messenger").mkdir(parents=True, exist_ok=True)
    for name, rows in events.items():
        rows.to_csv(world / "messenger" / f"{name}.csv", index=False)
    return world


def build(folder: Path, world: Path, *arguments: str) -> Build:
    variables = {"raw_path": str(world)}
    built = run_dbt(folder, *arguments, variables=variables, scenario="messenger")
    assert built.exit_code == 0, built.output
    return built


def frame(source: Build, query: str) -> pd.DataFrame:
    """Rows of a query, in the order of all its columns."""
    with source.connect() as connection:
        return connection.execute(f"{query} order by all").df()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed world as CSV files."""
    return make_world(tmp_path_factory.mktemp("world"), scenario="messenger")


@pytest.fixture(scope="module")
def committed(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The model of the committed world, with its figures."""
    return build(tmp_path_factory.mktemp("committed"), world, *JUDGED)


@pytest.fixture(scope="module")
def other_future(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The same world up to the cut-off; from then on each event is nine days later, or never."""
    folder = tmp_path_factory.mktemp("other_future")
    events = read_events(world)
    for name, rows in events.items():
        future = rows[rows["event_at"] >= str(CUTOFF)].iloc[::2].copy()
        for time in ("event_at", "received_at"):
            moved = pd.to_datetime(future[time]) + pd.Timedelta(days=9)
            future[time] = moved.dt.strftime("%Y-%m-%d %H:%M:%S")
        events[name] = pd.concat([rows[rows["event_at"] < str(CUTOFF)], future])
    return build(folder, write_events(events, folder / "world"), *SCORES)


def known_at_cutoff(source: Build, table: str) -> pd.DataFrame:
    """What a table says of the cut-off and those before it, without the label."""
    label = "" if table == "fct_messenger__churn_model" else "exclude (has_churned)"
    return frame(source, f"select * {label} from {table} where cutoff_date <= '{CUTOFF}'")


@pytest.mark.parametrize(
    "table",
    [
        "fct_messenger__user_snapshots",
        "fct_messenger__churn_features",
        "fct_messenger__churn_risks",
        "fct_messenger__churn_model",
        "fct_messenger__churn_scores",
    ],
)
def test_nothing_that_is_said_at_a_cutoff_depends_on_what_comes_after(
    committed: Build, other_future: Build, table: str
) -> None:
    known = known_at_cutoff(committed, table)
    assert str(CUTOFF) in set(known["cutoff_date"].astype(str))
    # An engine may add doubles up in another order.
    assert_frame_equal(known, known_at_cutoff(other_future, table), rtol=1e-9, atol=1e-12)


def test_only_the_label_of_the_cutoff_tells_the_futures_apart(
    committed: Build, other_future: Build
) -> None:
    labels = f"""
        select cutoff_date, user_id, has_churned from fct_messenger__user_snapshots
        where cutoff_date <= '{CUTOFF}'
    """
    found = frame(committed, labels).merge(
        frame(other_future, labels), on=["cutoff_date", "user_id"], suffixes=("", "_elsewhere")
    )
    changed = found[found["has_churned"] != found["has_churned_elsewhere"]]
    assert set(changed["cutoff_date"].astype(str)) == {str(CUTOFF)}


@pytest.fixture(scope="module")
def churn_model() -> ModuleType:
    """The Python model as a module."""
    path = PROJECT / "models/messenger/core/fct_messenger__churn_model.py"
    specification = importlib.util.spec_from_file_location("churn_model", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


class Settings(dict[str, Any]):
    """Settings of a model: called when it makes some, asked when it reads some."""

    def __call__(self, **settings: Any) -> None:
        """Take no settings: the test has made them."""


@dataclass(frozen=True)
class Frame:
    """A relation that is a frame already."""

    rows: pd.DataFrame

    def df(self) -> pd.DataFrame:
        """Give the frame."""
        return self.rows


@dataclass(frozen=True)
class Dbt:
    """What a Python model sees of dbt, with these rows as the features."""

    rows: pd.DataFrame
    config: Settings
    is_incremental: bool = False
    this: str = "fct_messenger__churn_model"

    def ref(self, name: str) -> Frame:
        """Give the features, or the months to learn from that they come to."""
        return Frame(self.rows if name == "fct_messenger__churn_features" else months(self.rows))


def months(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per month with others to learn from, as `fct_messenger__churn_training` has it."""
    snapshots = rows.drop_duplicates(["cutoff_date", "user_id"])
    found = []
    for cutoff in sorted(snapshots["cutoff_date"].unique()):
        is_over = snapshots["cutoff_date"] + pd.Timedelta(days=30) <= cutoff
        training = snapshots[is_over & snapshots["has_churned"].notna()]
        if len(training):
            found.append(
                {
                    "cutoff_date": cutoff,
                    "trained_from": training["cutoff_date"].min(),
                    "trained_to": training["cutoff_date"].max(),
                    "training_rows": len(training),
                    "training_churners": int(training["has_churned"].astype(bool).sum()),
                    "fingerprint": "of no importance",
                }
            )
    return pd.DataFrame(found)


@pytest.fixture(scope="module")
def features(committed: Build) -> pd.DataFrame:
    """Features up to the first month that has a model."""
    return frame(
        committed,
        """
        from fct_messenger__churn_features
        where cutoff_date <= (select min(cutoff_date) from fct_messenger__churn_model)
        """,
    )


def fitted(churn_model: ModuleType, rows: pd.DataFrame) -> pd.DataFrame:
    settings = Settings(minimum_churners=25, greatest_auc=0.99, seed=1)
    parts: pd.DataFrame = churn_model.model(Dbt(rows, settings), None)
    return parts


@pytest.mark.parametrize("days_too_many", [0, 1, 30])
def test_a_feature_that_knows_its_cutoff_or_later_stops_the_model_and_is_named(
    churn_model: ModuleType, features: pd.DataFrame, days_too_many: int
) -> None:
    planted = features[features["feature"] == "messages_28_days"].nlargest(3, "cutoff_date")
    planted["feature"] = "messages_next_30_days"
    planted["known_until"] = planted["cutoff_date"] + pd.Timedelta(days=days_too_many)
    known, cutoff = (planted[name].iloc[0] for name in ("known_until", "cutoff_date"))

    message = (
        f"feature messages_next_30_days knows {known:%Y-%m-%d}, "
        f"which is not before its cut-off {cutoff:%Y-%m-%d}"
    )
    with pytest.raises(ValueError, match=message):
        churn_model.refuse_what_knows_the_future(planted)
    with pytest.raises(ValueError, match=message):
        fitted(churn_model, pd.concat([features, planted]))


@pytest.mark.parametrize("sign", [1, -1])
def test_a_feature_made_of_the_label_stops_the_model_and_is_named(
    churn_model: ModuleType, features: pd.DataFrame, sign: int
) -> None:
    """Though it claims to be known before the cut-off; whichever way round it tells."""
    planted = features[features["feature"] == "messages_28_days"].assign(feature="comes_back")
    planted["feature_value"] = sign * planted["has_churned"].fillna(value=False).astype(float)
    message = r"feature comes_back alone tells who leaves \(area under the ROC curve 1\.000"
    with pytest.raises(ValueError, match=message):
        fitted(churn_model, pd.concat([features, planted]))


def test_too_few_who_left_are_no_proof_that_a_feature_knows_the_label(
    churn_model: ModuleType, features: pd.DataFrame
) -> None:
    planted = features[features["feature"] == "messages_28_days"].assign(feature="by_chance")
    planted["feature_value"] = planted["has_churned"].fillna(value=False).astype(float)
    left = planted[planted["has_churned"] == True]  # noqa: E712
    stayed = planted[planted["has_churned"] == False]  # noqa: E712
    churn_model.refuse_what_knows_the_label(pd.concat([left.head(14), stayed]), 15, 0.99)
    with pytest.raises(ValueError, match="by_chance"):
        churn_model.refuse_what_knows_the_label(pd.concat([left.head(15), stayed]), 15, 0.99)


def test_the_threshold_is_chosen_on_users_that_the_folds_model_has_not_seen(
    churn_model: ModuleType, features: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Users come back month after month, so a fold of rows would know most of them."""
    folds = []

    def spy(pipeline: Any, rows: pd.DataFrame, labels: Any, *, cv: Any, method: str) -> Any:
        users = rows.index.get_level_values("user_id")
        for training, judged in check_cv(cv, labels, classifier=True).split(rows, labels):
            folds.append((set(users[training]), set(users[judged])))
        return cross_val_predict(pipeline, rows, labels, cv=cv, method=method)

    monkeypatch.setattr(churn_model, "cross_val_predict", spy)
    fitted(churn_model, features)
    assert len(folds) == 5
    for training, judged in folds:
        assert not training & judged


@dataclass(frozen=True)
class Session:
    """A connection in which the model's own table has these rows."""

    rows: pd.DataFrame

    def sql(self, _: str) -> Frame:
        """Give the rows, whatever is asked."""
        return Frame(self.rows)


def test_a_month_is_fitted_anew_only_if_what_it_learns_from_is_another(
    churn_model: ModuleType, features: pd.DataFrame
) -> None:
    settings = Settings(minimum_churners=25, greatest_auc=0.99, seed=1, built_by_the_day="yes")
    dbt = Dbt(features, settings, is_incremental=True)
    parts = fitted(churn_model, features)
    marked = parts.assign(coefficient=7.0)

    assert_frame_equal(churn_model.model(dbt, Session(marked)), marked)
    late = marked.assign(fingerprint="of what was known before")
    assert_frame_equal(churn_model.model(dbt, Session(late)), parts)


def test_features_that_know_the_day_before_the_cutoff_pass(
    churn_model: ModuleType, features: pd.DataFrame
) -> None:
    assert (features["known_until"] == features["cutoff_date"] - pd.Timedelta(days=1)).any()
    churn_model.refuse_what_knows_the_future(features)


def test_the_model_is_the_same_each_time_and_uses_no_column_beside_its_features(
    churn_model: ModuleType, features: pd.DataFrame, committed: Build
) -> None:
    """Neither the order of rows nor a column that leaks the label makes a difference."""
    parts = fitted(churn_model, features)
    assert not parts.empty
    assert_frame_equal(fitted(churn_model, features), parts)
    assert_frame_equal(fitted(churn_model, features.sample(frac=1, random_state=7)), parts)
    leaking = features.assign(returns_later=~features["has_churned"].astype("boolean"))
    assert_frame_equal(fitted(churn_model, leaking), parts)
    stored = committed.query(
        """
        select part, coefficient from fct_messenger__churn_model
        where cutoff_date = (select min(cutoff_date) from fct_messenger__churn_model)
        """
    )
    coefficients = dict(zip(parts["part"], parts["coefficient"], strict=True))
    assert coefficients == pytest.approx(dict(stored), rel=1e-9)


def test_every_score_is_of_a_month_after_those_that_its_model_was_trained_on(
    committed: Build,
) -> None:
    trained = committed.query(
        """
        select distinct
            cast(cutoff_date as date), cast(trained_from as date), cast(trained_to as date),
            training_rows, training_churners
        from fct_messenger__churn_model
        """
    )
    scored = committed.query("select distinct cutoff_date from fct_messenger__churn_scores")
    assert {cutoff for cutoff, *_ in trained} == {cutoff for (cutoff,) in scored}
    assert len(trained) == len(scored) >= 3
    for cutoff, first, last, rows, churners in trained:
        assert last + timedelta(days=30) <= cutoff
        assert committed.query(
            f"""
            select count(*), count(*) filter (where has_churned)
            from fct_messenger__user_snapshots
            where cutoff_date between '{first}' and '{last}'
            """
        ) == [(rows, churners)]


@pytest.fixture(scope="module")
def held_out(committed: Build) -> pd.DataFrame:
    """Scores whose outcome is known, in the order of the scores."""
    known = "from fct_messenger__churn_scores where has_churned is not null"
    rows = frame(committed, known)
    return rows.sort_values(["churn_score", "cutoff_date", "user_id"])


def test_figures_are_those_of_scikit_learn(committed: Build, held_out: pd.DataFrame) -> None:
    labels = held_out["has_churned"].astype(bool)
    expected = []
    flags = held_out.assign(model=held_out["is_at_risk"], everybody=True)
    for predictor in ["model", "everybody", *RULES]:
        flagged = flags[predictor]
        score = held_out["churn_score"] if predictor == "model" else flagged.astype(float)
        expected.append(
            {
                "predictor": predictor,
                "average_precision": average_precision_score(labels, score),
                "base_rate": labels.mean(),
                "precision_at_threshold": precision_score(labels, flagged),
                "recall_at_threshold": recall_score(labels, flagged),
                "f1_score": f1_score(labels, flagged),
            }
        )
    columns = ", ".join(expected[0])
    found = frame(committed, f"select {columns} from messenger__churn_figures")
    in_order = pd.DataFrame(expected).sort_values("predictor", ignore_index=True)
    assert_frame_equal(found, in_order, rtol=0, atol=1e-9)


def test_the_calibration_is_that_of_tenths_of_the_scores(
    committed: Build, held_out: pd.DataFrame
) -> None:
    found = frame(committed, "from messenger__churn_calibration")
    tenths = [held_out.iloc[rows] for rows in np.array_split(np.arange(len(held_out)), 10)]
    expected = pd.DataFrame(
        {
            "score_tenth": range(1, 11),
            "users": [len(tenth) for tenth in tenths],
            "mean_score": [tenth["churn_score"].mean() for tenth in tenths],
            "churned_share": [tenth["has_churned"].astype(float).mean() for tenth in tenths],
        }
    )
    assert_frame_equal(found, expected, check_dtype=False, rtol=0, atol=1e-9)
    # scikit-learn draws the borders of its bins by quantiles: at each of its two a user may be one
    # bin further.
    labels, scores = held_out["has_churned"].astype(bool), held_out["churn_score"]
    share, score = calibration_curve(labels, scores, n_bins=10, strategy="quantile")
    two_users = 2 / expected["users"].min()
    assert found["mean_score"].to_numpy() == pytest.approx(score, abs=two_users)
    assert found["churned_share"].to_numpy() == pytest.approx(share, abs=two_users)


def test_the_model_beats_the_best_rule(committed: Build) -> None:
    figures = frame(committed, "from messenger__churn_figures").set_index("predictor")
    rules = figures.drop(index=["model", "everybody"])
    assert list(rules.index[rules["is_best_rule"]]) == [rules["f1_score"].idxmax()]
    assert not figures.loc[["model", "everybody"], "is_best_rule"].any()
    for figure in ("f1_score", "average_precision"):
        assert figures.loc["model", figure] > figures.drop(index="model")[figure].max(), figure
