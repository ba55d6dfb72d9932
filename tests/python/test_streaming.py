"""Streaming as it is built: every mart against Polars, and naive answers beside the sound ones."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import duckdb
import pytest
from statsmodels.stats.proportion import proportion_confint

from scripts.worlds.registry import SCENARIOS
from scripts.worlds.streaming.catalogue import MEASURED, TITLE_IDS
from scripts.worlds.streaming.settings import LEAVES
from tests.python.builds import Build
from tests.python.oracles import built_from_seed, disagreements_of
from tests.python.streaming_oracle import ORACLES, SLICES, Events, Numbers

OTHER_SEED = "77"


@pytest.fixture(scope="session")
def other() -> Build:
    """The room built from a world that nobody has committed."""
    return built_from_seed("streaming", OTHER_SEED)


def events_of(connection: duckdb.DuckDBPyConnection) -> Events:
    """What staging has published, and the catalogue."""
    tables = {
        event: connection.execute(f"select * from stg_streaming__{event}").pl()
        for event in SCENARIOS["streaming"].schemas
    }
    starts = tables["playback_start"]
    return Events(
        tables=tables,
        titles=connection.execute("select * from dim_streaming__titles").pl(),
        episodes=connection.execute("select * from dim_streaming__episodes").pl(),
        first_day=starts["event_at"].min().date(),  # type: ignore[union-attr]
        open_day=starts["received_at"].max().date(),  # type: ignore[union-attr]
    )


def published(
    connection: duckdb.DuckDBPyConnection, metric: str, grains: set[str]
) -> tuple[Numbers, set[tuple[str, date, str]]]:
    """The numbers of a mart in complete periods, and the periods that are open for a statistic."""
    rows = connection.execute(
        f"""
        select period_grain, period_start, dimension, member, statistic, value, is_complete
        from mart_{metric} where dimension in ('all', ?)
        """,
        [SLICES.get(metric, "premiere" if metric == "views_per_title" else "all")],
    ).fetchall()
    if metric == "views_per_title":
        rows += connection.execute(
            """
            select period_grain, period_start, dimension, member, statistic, value, is_complete
            from mart_views_per_title
            where dimension = 'premiere' and statistic like 'premiere%' and period_grain = 'week'
            """
        ).fetchall()
    numbers: Numbers = {}
    still_open = set()
    for grain, start, _, member, statistic, value, is_complete in rows:
        if not is_complete:
            still_open.add((grain, start, statistic))
        elif value is not None and grain in grains:
            numbers[grain, start, member, statistic] = value
    return numbers, still_open


def disagreements(connection: duckdb.DuckDBPyConnection, metric: str, events: Events) -> list[str]:
    """Where a mart and its oracle differ, in complete periods."""
    oracle = ORACLES[metric](events)
    cells = {(grain, member == "all") for grain, _, member, _ in oracle}
    mart, still_open = published(connection, metric, {grain for grain, _ in cells})
    mart = {key: value for key, value in mart.items() if (key[0], key[2] == "all") in cells}
    oracle = {
        key: value for key, value in oracle.items() if (key[0], key[1], key[3]) not in still_open
    }
    premieres = {key for key in mart if key[3].startswith("premiere") and key[2] != "all"}
    mart = {key: mart[key] for key in mart if key not in premieres or key in oracle}
    return disagreements_of(mart, oracle, absolute=1e-12)


@pytest.mark.parametrize("metric", ORACLES)
def test_a_mart_says_what_polars_works_out_anew_on_a_world_of_another_seed(
    metric: str, other: Build
) -> None:
    with other.connect() as connection:
        assert disagreements(connection, metric, events_of(connection)) == []


def test_there_is_an_oracle_for_each_metric(healthy: Build) -> None:
    metrics = [one for one in healthy.manifest().metrics() if one.scenario == "streaming"]
    assert sorted(ORACLES) == sorted(one.name for one in metrics)


def test_an_oracle_notices_a_wrong_number(other: Build) -> None:
    """Of the day on which one start is forgotten, all that counts starts says another number."""
    with other.connect() as connection:
        events = events_of(connection)
        starts = events["playback_start"]
        fewer = replace(events, tables=events.tables | {"playback_start": starts[1:]})
        assert disagreements(connection, "views_per_title", fewer) != []


def total(
    build: Build,
    metric: str,
    statistic: str,
    *,
    grains: tuple[str, ...] = ("day", "cohort"),
    member: str = "all",
) -> float:
    """A ratio of sums over the complete periods of its shortest grain."""
    [(found,)] = build.query(
        f"""
        select sum(numerator) / sum(denominator) from mart_{metric}
        where statistic = '{statistic}' and member = '{member}' and is_complete
            and period_grain in ({", ".join(f"'{grain}'" for grain in grains)})
        """
    )
    return float(found)


def monthly(build: Build, metric: str, statistic: str) -> float:
    """The same of a metric that has months only."""
    return total(build, metric, statistic, grains=("month",))


def test_position_is_not_watch_time(healthy: Build) -> None:
    """By position films look longer watched than they are: what was skipped, and where it began."""
    position = total(healthy, "percentage_completion", "value", member="film")
    [(watched,)] = healthy.query(
        """
        select sum(watched_ms) / sum(total_duration_ms) from fct_streaming__playbacks
        where kind = 'film' and has_stop
        """
    )
    assert position > 1.05 * watched


def test_a_film_seen_in_two_sittings_is_not_half_seen(healthy: Build) -> None:
    by_playback = total(healthy, "percentage_completion", "mean_share", member="film")
    by_viewer = total(healthy, "percentage_completion", "per_viewer", member="film")
    assert by_viewer > 1.08 * by_playback
    minutes = total(healthy, "average_view_duration", "watched", member="film")
    assert total(healthy, "average_view_duration", "per_viewer", member="film") > 1.1 * minutes


def test_a_ratio_of_sums_and_a_mean_of_shares_differ_where_lengths_do(healthy: Build) -> None:
    sums = total(healthy, "percentage_completion", "of_sums")
    assert abs(total(healthy, "percentage_completion", "mean_share") / sums - 1) > 0.03


def test_the_catalogue_that_ever_was_is_more_than_what_was_on_offer(healthy: Build) -> None:
    weeks = ("week",)
    ever = total(healthy, "content_library_utilization", "value", grains=weeks)
    assert total(healthy, "content_library_utilization", "on_offer", grains=weeks) > 1.1 * ever
    [(removed, coming)] = healthy.query(
        """
        select count(distinct title_id) filter (removed_on <= date_day),
            count(distinct title_id) filter (added_on > date_day)
        from fct_streaming__title_days join dim_streaming__titles using (title_id)
        """
    )
    assert min(removed, coming) > 3


def test_who_joins_and_leaves_is_in_no_denominator_of_churn(healthy: Build) -> None:
    by_ends = monthly(healthy, "subscriber_churn_rate", "value")
    assert by_ends > 1.2 * monthly(healthy, "subscriber_churn_rate", "of_starters")
    assert monthly(healthy, "subscriber_churn_rate", "joined_and_left") > 0


def test_the_price_rise_makes_some_leave(degraded: Build) -> None:
    rates = dict(
        degraded.query(
            """
            select period_start, value from mart_subscriber_churn_rate
            where statistic = 'of_starters' and dimension = 'all' and is_complete
            """
        )
    )
    march, others = rates.pop(date(2026, 3, 1)), rates.values()
    assert march > 1.2 * max(others)


def test_starters_of_last_week_look_as_if_they_had_failed(healthy: Build) -> None:
    [(naive, ripe)] = healthy.query(
        """
        select
            avg(cast(is_completed as integer)) filter (first_started_on > last_day - 8),
            avg(cast(is_completed_in_time as integer)) filter (
                first_viewed_at is not null and first_started_on + 28 < last_day
            )
        from fct_streaming__seasons_started
        cross join (select max(date_day) as last_day from dim_streaming__dates)
        """
    )
    assert naive < 0.85 * ripe


def test_a_start_is_no_view(healthy: Build) -> None:
    starts = total(healthy, "views_per_title", "starts", grains=("week",))
    assert starts > 1.3 * total(healthy, "views_per_title", "value", grains=("week",))
    sound = total(healthy, "series_hook_rate", "in_time")
    assert total(healthy, "series_hook_rate", "value") < 0.95 * sound


def test_going_on_looks_like_watching_again(healthy: Build) -> None:
    rewatched = total(healthy, "rewatch_rate", "rewatched", grains=("week",))
    assert total(healthy, "rewatch_rate", "value", grains=("week",)) > 3 * rewatched
    kids = total(healthy, "rewatch_rate", "rewatched", grains=("week",), member="kids")
    adults = total(healthy, "rewatch_rate", "rewatched", grains=("week",), member="adult")
    assert kids > 5 * adults
    assert kids > 0.2


def test_who_does_not_binge_is_a_user_all_the_same(healthy: Build) -> None:
    value = monthly(healthy, "binge_frequency", "value")
    assert value > 1.5 * monthly(healthy, "binge_frequency", "per_active_user")


def test_a_television_that_logs_in_is_no_viewer(healthy: Build) -> None:
    [(users, viewers)] = healthy.query(
        """
        select avg(value) filter (statistic = 'value'), avg(value) filter (statistic = 'viewers')
        from mart_streaming_active_users where dimension = 'all' and is_complete
        """
    )
    assert users > 1.03 * viewers


def test_one_day_over_a_month_swings_and_the_mean_does_not(healthy: Build) -> None:
    rows = dict(
        healthy.query(
            """
            select statistic, stddev(value) / avg(value) from mart_streaming_stickiness
            where dimension = 'all' and is_complete group by 1
            """
        )
    )
    assert rows["value"] > 2 * rows["mean_dau_over_mau"]


def test_stickiness_is_the_mean_number_of_active_days(healthy: Build, degraded: Build) -> None:
    """An identity: mean daily users over monthly ones is active days of 28 by users."""
    for build in (healthy, degraded):
        rows = build.query(
            """
            select stickiness.value, days.active_days
            from mart_streaming_stickiness as stickiness
            inner join (
                select cutoff_date, sum(active_days) / (28 * count(*)) as active_days
                from fct_streaming__user_months group by cutoff_date
            ) as days on days.cutoff_date = stickiness.period_start + interval 1 day
            where stickiness.statistic = 'mean_dau_over_mau' and stickiness.dimension = 'all'
            """
        )
        assert len(rows) == 3
        assert all(math.isclose(value, days) for value, days in rows)


def test_sessions_without_an_end_have_hours_that_their_sum_does_not(healthy: Build) -> None:
    assert total(healthy, "streaming_session_duration", "end_missing") > 0.03
    logged = total(healthy, "streaming_session_duration", "value")
    [(missing,)] = healthy.query(
        "select avg(watched_ms) / 60000 from fct_streaming__sessions where not has_end"
    )
    assert missing > 0.5 * logged
    [(share,)] = healthy.query(
        "select avg(cast(not has_stop as integer)) from fct_streaming__playbacks"
    )
    assert 0.02 <= share <= 0.04


def test_an_evening_has_hours_of_two_days(healthy: Build) -> None:
    [(hours, nights)] = healthy.query(
        """
        select sum(watched_ms_after_midnight) / 3.6e6, count(*) filter (
            watched_ms_after_midnight > 0
        )
        from fct_streaming__playbacks
        """
    )
    assert nights > 50
    assert hours > 20


def test_a_binge_may_run_over_midnight(healthy: Build) -> None:
    [(binges, longest, nights)] = healthy.query(
        """
        select count(*), max(episode_count),
            count(*) filter (cast(end_timestamp as date) > segment_date)
        from fct_streaming__binge_segments
        """
    )
    assert binges > 100
    assert longest > 3
    assert nights > 5


@pytest.mark.parametrize("percent", range(10, 91, 10))
def test_the_retention_curve_of_the_measured_film_is_recovered(
    percent: int, healthy: Build, degraded: Build
) -> None:
    """Of viewers who do not start it by accident, and lose nothing to a crash, in both worlds."""
    stays = math.prod(1 - leaves for leaves in LEAVES[: percent // 10])
    viewers = there = 0
    for build in (healthy, degraded):
        [(some, reached)] = build.query(
            f"""
            select count(*), count(*) filter (viewings.furthest_percent >= {percent})
            from fct_streaming__viewings as viewings
            inner join fct_streaming__playbacks as playbacks
                on viewings.user_id = playbacks.user_id and viewings.item_id = playbacks.item_id
                and viewings.first_started_at = playbacks.started_at
            where viewings.item_id = '{TITLE_IDS[MEASURED]}' and source <> 'autoplay' and has_stop
            """
        )
        viewers, there = viewers + some, there + reached
    low, high = proportion_confint(there, viewers, method="wilson")
    assert low <= stays <= high


def test_plays_rise_where_people_watch_again_and_viewers_never_do(healthy: Build) -> None:
    [(viewers, plays)] = healthy.query(
        """
        select count(*) filter (viewers > viewers_before), count(*) filter (plays > plays_before)
        from (
            select *,
                lag(viewers) over (partition by title_id order by percent) as viewers_before,
                lag(plays) over (partition by title_id order by percent) as plays_before
            from (
                select title_id, percent, sum(viewers) as viewers, sum(plays) as plays
                from fct_streaming__title_retention group by all
            )
        )
        """
    )
    assert viewers == 0
    assert plays > 0


def test_a_premiere_whose_first_week_is_not_over_is_not_judged(healthy: Build) -> None:
    rows = dict(
        healthy.query(
            """
            select title_id, is_first_week_over from fct_streaming__premieres
            order by premiered_on
            """
        )
    )
    assert list(rows.values()) == [True] * (len(rows) - 1) + [False]
    [(worst, window_end)] = healthy.query(
        """
        select worst_member, window_end from streaming__target_status
        where target_id = '3.1.1-C.T1'
        """
    )
    assert worst in [title for title, is_over in rows.items() if is_over]
    assert window_end < date(2026, 5, 4)


def test_the_target_on_premieres_names_one_that_missed(degraded: Build) -> None:
    [(worst, observed)] = degraded.query(
        """
        select worst_member, observed from streaming__target_status
        where target_id = '3.1.1-C.T1'
        """
    )
    [(viewers,)] = degraded.query(
        f"select first_week_viewers from fct_streaming__premieres where title_id = '{worst}'"
    )
    assert viewers == observed < 50
