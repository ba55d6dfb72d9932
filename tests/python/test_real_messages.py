"""A list of messages as raw events: any such list, and a published one from file to metrics."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score
from typer.testing import CliRunner, Result

from scripts.manifest import PROJECT
from scripts.message_list import app
from tests.python.builds import Build, run_dbt

MESSAGES = PROJECT.parent / "shared/data/CollegeMsg.txt.gz"
PURCHASES = MESSAGES.with_name("cdnow_purchases.txt.gz")
EVENTS = ("message_sent", "message_received")
NOT_LOGGED = [
    "messenger.app_session_start",
    "messenger.conversation_created",
    "messenger.notification_settings_change",
    "messenger.app_uninstall",
]
RULES = ["has_significant_drop", "has_sustained_low_activity", "has_high_inactivity"]


def run_recipe(messages: Path, out: Path) -> Result:
    return CliRunner().invoke(app, [str(messages), "--out", str(out)])


def written_events(messages: Path, out: Path) -> dict[str, pd.DataFrame]:
    finished = run_recipe(messages, out)
    assert finished.exit_code == 0, finished.output
    files = {event: out / f"messenger/{event}.parquet" for event in EVENTS}
    assert sorted((out / "messenger").iterdir()) == sorted(files.values())
    return {event: pd.read_parquet(file) for event, file in files.items()}


def test_each_line_is_a_message_sent_and_received(tmp_path: Path) -> None:
    messages = tmp_path / "messages.txt"
    messages.write_text("src dst time\n7 12 1082040961\n12 7 1082040962\n7 7 1082040963\n")

    events = written_events(messages, tmp_path / "events")

    sent, received = (events[event] for event in EVENTS)
    assert list(sent["user_id"]) == ["7", "12", "7"]
    assert list(received["user_id"]) == ["12", "7", "7"]
    times = ["2004-04-15 14:56:01", "2004-04-15 14:56:02", "2004-04-15 14:56:03"]
    for rows in (sent, received):
        assert list(rows["message_id"]) == ["m2", "m3", "m4"]
        assert list(rows["conversation_id"]) == ["12,7", "12,7", "7,7"]
        assert list(rows["event_at"].astype(str)) == times
        assert rows["received_at"].equals(rows["event_at"])
        assert rows["event_id"].is_unique
        unknown = rows.columns.intersection(
            ["platform", "app_version", "country", "message_type", "character_count", "media_count"]
        )
        assert rows[unknown].isna().all(axis=None)


@pytest.mark.parametrize("event", EVENTS)
def test_the_fields_are_those_of_the_event(tmp_path: Path, event: str) -> None:
    messages = tmp_path / "messages.txt"
    messages.write_text("7 12 1082040961\n")
    path = PROJECT / f"models/messenger/staging/stg_messenger__{event}.yml"
    [declared] = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    written = written_events(messages, tmp_path / "events")[event]
    assert list(written.columns) == [column["name"] for column in declared["columns"]]


@pytest.mark.parametrize(
    "content",
    [
        b"ann bob 1082040961\nbob eve 1082040999\n",
        b"ann\tbob\t1082040961\nbob\teve\t1082040999",
        b"ann;bob;1082040961\nbob; eve ;1082040999\n",
        b'"ann","bob","1082040961"\n"bob","eve","2004-04-15 14:56:39"\n',
        b"ann,bob,1082040961\r\nbob, eve, 1082040999\r\n",
        b"\xef\xbb\xbfann  bob 1082040961\nbob \t eve 1082040999 \n\n",
        gzip.compress(b"ann bob 1082040961\nbob eve 1082040999\n"),
    ],
    ids=["spaces", "tabs", "semicolons", "quotes", "commas", "spreadsheet", "gzip"],
)
def test_a_list_may_have_any_of_the_usual_forms(tmp_path: Path, content: bytes) -> None:
    messages = tmp_path / "messages"
    messages.write_bytes(content)
    for rows in written_events(messages, tmp_path / "events").values():
        assert list(rows["conversation_id"]) == ["ann,bob", "bob,eve"]
        assert list(rows["event_at"].dt.second) == [1, 39]


@pytest.mark.parametrize(
    "header",
    [
        "sender,receiver,time",
        "# published\n\nSOURCE,TARGET,UNIXTS",
        '"From";"To";"Date"',
        "Src\tDst\tSent_At",
    ],
)
def test_a_header_is_known_by_the_name_of_its_time(tmp_path: Path, header: str) -> None:
    messages = tmp_path / "messages.csv"
    messages.write_text(f"{header}\n1,2,1082040961\n")
    for rows in written_events(messages, tmp_path / "events").values():
        assert len(rows) == 1


@pytest.mark.parametrize(
    "time",
    [
        "2004-04-15",
        "2004-04-15T00:00:00Z",
        "2004-04-15 00:00",
        "2004-04-15 02:00:00+02:00",
        "2004-04-14T19:30:00.000-0430",
        "20040415",
        "20040415T000000",
        "20040415000000",
        "1081987200",
        "1081987200.0",
        "1081987200000",
        "1081987200000000",
    ],
)
@pytest.mark.parametrize("separator", [" ", ",", "\t", ";"])
def test_a_time_has_any_of_the_common_forms(tmp_path: Path, time: str, separator: str) -> None:
    messages = tmp_path / "messages"
    messages.write_text(separator.join(["1", "2", time]))
    for rows in written_events(messages, tmp_path / "events").values():
        assert list(rows["event_at"]) == [pd.Timestamp("2004-04-15")]


def test_fractions_of_seconds_are_kept(tmp_path: Path) -> None:
    messages = tmp_path / "messages"
    times = ["2004-04-15T14:56:01.25Z", "1082040961.25", "1082040961250", "1082040961250000"]
    messages.write_text("\n".join(f"1 2 {time}" for time in times))
    for rows in written_events(messages, tmp_path / "events").values():
        assert list(rows["event_at"]) == [pd.Timestamp("2004-04-15 14:56:01.25")] * 4


@pytest.mark.parametrize(
    "time",
    [
        *("now", "-5", "5", "1.5", "20041350", "19700820", "20500101", "108204096", "631151999"),
        *("10820409610", "1082040961000000000", "2004-02-30", "0004-04-15", "04-04-15"),
        *("15/04/2004", "2004-04-15T25:00", "2004-04-15x", "infinity", "9" * 40),
    ],
)
def test_what_may_be_no_time_is_refused(tmp_path: Path, time: str) -> None:
    messages = tmp_path / "messages"
    messages.write_text(f"1,2,{time}\n")
    said = refusal(messages, tmp_path / "events")
    assert f"{messages}, line 1: time {time!r} is not one from 1990 to 2049 as ISO 8601" in said


def test_a_header_that_names_the_receiver_first_is_refused(tmp_path: Path) -> None:
    messages = tmp_path / "messages"
    messages.write_text("To,From,Date\n1,2,20040415\n")
    said = refusal(messages, tmp_path / "events")
    assert f"{messages}, line 1: 'to' stands first in the header, expected sender, receiver" in said


def test_published_purchases_lie_on_their_days(tmp_path: Path) -> None:
    """Their dates, as YYYYMMDD, are numbers of Unix seconds in August 1970, too."""
    if not PURCHASES.exists():
        pytest.skip(f"the published purchases, {PURCHASES}, are not beside this checkout")
    purchases = pd.read_csv(PURCHASES, sep=r"\s+", names=["customer", "date", "cds", "usd"])
    purchases = purchases[pd.to_numeric(purchases["customer"], errors="coerce").notna()]
    messages = tmp_path / "messages.csv"
    purchases.assign(shop="shop")[["customer", "shop", "date"]].to_csv(
        messages, header=False, index=False
    )
    sent = written_events(messages, tmp_path / "events")["message_sent"]
    assert len(sent) == 69_659
    days = pd.to_datetime(purchases["date"].astype(str), format="%Y%m%d")
    assert list(sent["event_at"]) == list(days)


def refusal(messages: Path, out: Path) -> str:
    """What the recipe says of a list that it refuses."""
    finished = run_recipe(messages, out)
    assert finished.exit_code == 2
    assert not out.exists()
    return finished.stderr


def test_every_bad_line_is_named_with_its_field_and_rule(tmp_path: Path) -> None:
    messages = tmp_path / "messages.csv"
    lines = ["1,2", "1,2,3,4", "1,2,now", ",2,1082040961", "1,,1082040961", "1,2,"]
    messages.write_text("\n".join(["1,2,1082040961", *lines]), encoding="utf-8")
    said = refusal(messages, tmp_path / "events")
    assert said.startswith("error: Nothing was written, because of 6 bad line(s):\n")
    problems = [
        "2: 2 field(s), expected 3: sender, receiver, time",
        "3: 4 field(s), expected 3: sender, receiver, time",
        "4: time 'now' is not one from 1990 to 2049 as ISO 8601, YYYYMMDD or Unix time in seconds,"
        " milliseconds, microseconds",
        "5: sender is missing",
        "6: receiver is missing",
        "7: time is missing",
    ]
    assert said.splitlines()[1:] == [f"  - {messages}, line {problem}" for problem in problems]


def test_no_more_than_ten_bad_lines_are_listed(tmp_path: Path) -> None:
    messages = tmp_path / "messages.txt"
    messages.write_text("1 2 x\n" * 25)
    said = refusal(messages, tmp_path / "events").splitlines()
    assert len(said) == 12
    assert "25 bad line(s)" in said[0]
    assert said[-1] == "  - and 15 more"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (None, "no such file"),
        (b"", "no message in it"),
        (b"src dst time\n", "no message in it"),
        (b"1 2 20040415\n\xff 2 5\n", "line 2: not UTF-8 text"),
        (gzip.compress(b"1 2 20040415\n" * 999)[:-12], "the compressed file is damaged or cut off"),
    ],
    ids=["missing", "empty", "header only", "not text", "cut off"],
)
def test_a_file_that_is_no_list_is_refused(
    tmp_path: Path, content: bytes | None, rule: str
) -> None:
    messages = tmp_path / "messages"
    if content is not None:
        messages.write_bytes(content)
    said = refusal(messages, tmp_path / "events")
    assert str(messages) in said
    assert rule in said


def test_a_refused_list_leaves_earlier_events_as_they_are(tmp_path: Path) -> None:
    messages, out = tmp_path / "messages", tmp_path / "events"
    messages.write_text("1 2 20040415\n")
    earlier = written_events(messages, out)
    messages.write_text("1 2 20040415\n1 2 x\n")
    assert run_recipe(messages, out).exit_code == 2
    for event in EVENTS:
        assert pd.read_parquet(out / f"messenger/{event}.parquet").equals(earlier[event])


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    """The published messages, read without the recipe."""
    if not MESSAGES.exists():
        pytest.skip(f"the published messages, {MESSAGES}, are not beside this checkout")
    return pd.read_csv(MESSAGES, sep=" ")


@pytest.fixture(scope="module")
def real(published: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The scenario built from the published messages, as it is documented."""
    folder = tmp_path_factory.mktemp("college_messages")
    written_events(MESSAGES, folder / "my_events")
    build = run_dbt(
        folder,
        *("build", "--select", "messenger", "--exclude-resource-type", "unit_test"),
        variables={"raw_path": str(folder / "my_events"), "absent_events": NOT_LOGGED},
        scenario="messenger",
    )
    assert build.exit_code == 0, build.output
    return build


def test_messages_and_users_are_the_published_ones(real: Build) -> None:
    for table in ("fct_messenger__messages", "fct_messenger__message_receipts"):
        assert real.query(f"select count(*) from {table}") == [(59_835,)]
    assert real.query("select count(*) from dim_messenger__users") == [(1_899,)]
    assert real.query("select count(*) from messenger__quarantine") == [(0,)]
    assert real.query("select count(*) from messenger__orphans") == [(0,)]
    pairs = "select count(distinct (sender.user_id, receiver.user_id))"
    joined = "fct_messenger__messages as sender join fct_messenger__message_receipts as receiver"
    assert real.query(f"{pairs} from {joined} using (message_id)") == [(20_296,)]


def test_active_days_are_those_of_the_file(real: Build, published: pd.DataFrame) -> None:
    days = published.assign(day=published["time"] // 86_400)
    for user, count in (("src", "messages_sent_count"), ("dst", "messages_received_count")):
        assert real.query(
            f"""
            select count(*) filter (where {count} > 0), sum({count})
            from fct_messenger__user_daily_activity_summary
            """
        ) == [(len(days[[user, "day"]].drop_duplicates()), len(days))]


def test_monthly_users_and_churners_are_those_of_the_file(
    real: Build, published: pd.DataFrame
) -> None:
    sent_at = pd.to_datetime(published["time"], unit="s")
    found = real.query(
        """
        select cutoff_date, count(*), count(*) filter (where has_churned)
        from fct_messenger__user_snapshots where has_churned is not null group by 1 order by 1
        """
    )
    expected = []
    for cutoff in pd.date_range("2004-06-01", "2004-09-01", freq="MS"):
        before = (sent_at < cutoff) & (sent_at >= cutoff - pd.Timedelta(days=28))
        after = (sent_at >= cutoff) & (sent_at < cutoff + pd.Timedelta(days=30))
        users = set(published.loc[before, "src"])
        lost = users - set(published.loc[after, "src"])
        expected.append((cutoff.date(), len(users), len(lost)))
    assert found == expected


def test_what_the_list_does_not_tell_is_no_data_and_not_zero(real: Build) -> None:
    marts = [metric.name for metric in real.manifest().metrics() if metric.scenario == "messenger"]
    empty = {mart for mart in marts if real.query(f"select count(*) from mart_{mart}") == [(0,)]}
    assert empty == {
        "conversations_initiated_per_user",
        "high_rich_media_usage",
        "rich_media_usage_rate",
    }


def test_targets_are_judged_on_real_messages(real: Build) -> None:
    """Habits are there; that users stay, and that the model tells who leaves, is missed."""
    assert dict(real.query("select target_id, status from messenger__target_status")) == {
        "8.1.1-A.T1": "met",
        "8.1.1-B.T1": "met",
        "8.1.1-B.T2": "missed",
        "8.1.1-C.T1": "missed",
        "8.1.1-C.T2": "missed",
    }
    warned = {name for name, outcome in real.outcomes().items() if outcome == "warn"}
    assert warned == {
        "power_users_stay_power_users",
        "the_model_finds_those_who_leave_and_few_others",
        "the_share_of_users_at_risk_can_be_acted_on",
    }


@pytest.fixture(scope="module")
def held_out(real: Build) -> pd.DataFrame:
    """Scored users of later months than the model was trained on, whose outcome is known."""
    with real.connect() as connection:
        return connection.execute(
            """
            select * from fct_messenger__churn_scores where has_churned is not null
            order by churn_score, cutoff_date, user_id
            """
        ).df()


def test_the_model_is_judged_on_later_months(real: Build, held_out: pd.DataFrame) -> None:
    trained = real.query(
        """
        select distinct cast(cutoff_date as date), cast(trained_to as date)
        from fct_messenger__churn_model order by 1
        """
    )
    assert [str(cutoff) for cutoff, _ in trained] == [
        f"2004-{month:02}-01" for month in (7, 8, 9, 10)
    ]
    assert all((cutoff - last).days >= 30 for cutoff, last in trained)
    assert sorted(set(held_out["cutoff_date"].dt.month)) == [7, 8, 9]


@pytest.mark.parametrize("predictor", ["model", *RULES])
def test_figures_are_those_of_scikit_learn(
    real: Build, held_out: pd.DataFrame, predictor: str
) -> None:
    labels = held_out["has_churned"].astype(bool)
    flagged = held_out["is_at_risk" if predictor == "model" else predictor]
    score = held_out["churn_score"] if predictor == "model" else flagged.astype(float)
    [found] = real.query(
        f"""
        select
            users, churners, flagged, base_rate, precision_at_threshold, recall_at_threshold,
            f1_score, average_precision
        from messenger__churn_figures where predictor = '{predictor}'
        """
    )
    expected = (
        len(labels),
        labels.sum(),
        flagged.sum(),
        labels.mean(),
        precision_score(labels, flagged),
        recall_score(labels, flagged),
        f1_score(labels, flagged),
        average_precision_score(labels, score),
    )
    assert found == pytest.approx(expected, abs=1e-9, rel=0)


def test_the_calibration_is_that_of_tenths_of_the_scores(
    real: Build, held_out: pd.DataFrame
) -> None:
    tenths = [held_out.iloc[rows] for rows in np.array_split(np.arange(len(held_out)), 10)]
    found = real.query(
        """
        select users, mean_score, churned_share from messenger__churn_calibration
        order by score_tenth
        """
    )
    for row, tenth in zip(found, tenths, strict=True):
        share = tenth["has_churned"].astype(float).mean()
        expected = (len(tenth), tenth["churn_score"].mean(), share)
        assert row == pytest.approx(expected, abs=1e-9, rel=0)


def test_the_model_beats_every_rule_on_real_messages(real: Build) -> None:
    [(f1, average_precision), (best_f1, best_average_precision)] = real.query(
        """
        select max(f1_score), max(average_precision) from messenger__churn_figures
        group by predictor = 'model' order by predictor = 'model' desc
        """
    )
    assert f1 > best_f1
    assert average_precision > best_average_precision
