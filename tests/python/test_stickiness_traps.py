"""The naive answers of stickiness, beside the sound ones: in the worlds they are visibly others."""

from __future__ import annotations

from tests.python.builds import Build


def value(build: Build, metric: str, statistic: str, start: str, member: str = "all") -> float:
    """A value of a metric in the period that starts on a day."""
    [(found,)] = build.query(
        f"""
        select value from mart_{metric}
        where statistic = '{statistic}' and period_start = '{start}' and member = '{member}'
        """
    )
    return float(found)


def total(build: Build, metric: str, statistic: str) -> float:
    """A ratio of sums over the complete periods of its shortest grain."""
    [(found,)] = build.query(
        f"""
        select sum(numerator) / sum(denominator) from mart_{metric}
        where statistic = '{statistic}' and dimension = 'all' and is_complete
            and period_grain in ('day', 'week', 'cohort')
        """
    )
    return float(found)


def test_closed_intervals_look_much_shorter_than_all_of_them(
    healthy: Build, degraded: Build
) -> None:
    for build, month in ((healthy, "2026-02-01"), (degraded, "2026-04-01")):
        closed = value(build, "inter_session_interval", "value", month)
        every = value(build, "inter_session_interval", "km_mean", month)
        assert closed < 0.7 * every


def test_open_cohorts_make_retention_look_worse(healthy: Build) -> None:
    [(ripe, naive)] = healthy.query(
        """
        select
            sum(case when statistic = 'd7' then numerator end)
                / sum(case when statistic = 'd7' then denominator end),
            sum(case when statistic = 'd7_so_far' then numerator end)
                / sum(case when statistic = 'd7_so_far' then denominator end)
        from mart_day_n_retention where dimension = 'all' and period_start >= '2026-03-30'
        """
    )
    assert naive < 0.9 * ripe
    # While the cohorts are open, that is, and nothing is said of them.
    assert healthy.query(
        """
        select count(*) from mart_day_n_retention
        where statistic = 'd7' and value is not null and not is_complete
        """
    ) == [(0,)]


def test_the_texts_l_ness_passes_one(healthy: Build) -> None:
    [(above, days)] = healthy.query(
        """
        select count(*) filter (where value > 1), count(value) from mart_lness
        where statistic = 'value' and dimension = 'all' and is_complete
        """
    )
    assert above > 0.5 * days
    assert 2 < total(healthy, "lness", "l7") < 5


def test_longer_months_have_more_days_to_be_active_on(healthy: Build) -> None:
    """From February to March the calendar adds to what grew."""
    growth = {
        statistic: value(healthy, "active_days_distribution", statistic, "2026-03-01")
        / value(healthy, "active_days_distribution", statistic, "2026-02-01")
        for statistic in ("value", "calendar_over_15")
    }
    assert growth["calendar_over_15"] > growth["value"]
    assert value(healthy, "active_days_distribution", "calendar_over_15", "2026-03-01") > value(
        healthy, "active_days_distribution", "value", "2026-03-01"
    )


def test_what_counts_as_active_changes_how_many_are(healthy: Build) -> None:
    rows = dict(
        healthy.query(
            """
            select statistic, avg(value) from mart_active_day_ratios
            where dimension = 'all' and is_complete group by 1
            """
        )
    )
    assert abs(rows["dau_by_app_open"] / rows["dau"] - 1) > 0.05
    assert rows["dau_by_session_start"] > 1.02 * rows["dau"]
    assert rows["automated_users"] > 0


def test_scripts_would_be_the_most_eager_users(healthy: Build) -> None:
    [(scripts, people)] = healthy.query(
        """
        select avg(active_events) filter (where is_automated),
            avg(active_events) filter (where is_active)
        from fct_stickiness__user_days
        """
    )
    assert scripts > 20 * people


def test_the_logs_sessions_are_not_those_of_idle_time(healthy: Build) -> None:
    logged = total(healthy, "session_frequency_per_user", "value")
    assert logged > 1.02 * total(healthy, "session_frequency_per_user", "by_idle_time")
    assert 0.7 < total(healthy, "session_frequency_per_user", "agrees_with_log") < 0.97


def test_an_evening_in_another_zone_is_another_day(healthy: Build) -> None:
    [(moved,)] = healthy.query(
        """
        select avg(cast(first_local_date <> activity_date as integer))
        from fct_stickiness__user_days where is_active and country = 'US'
        """
    )
    assert moved > 0.1
    months = healthy.query(
        """
        select count(*) filter (where local_active_days <> active_days), count(*)
        from fct_stickiness__user_months where active_days > 0
        """
    )
    assert months[0][0] > 0.05 * months[0][1]


def test_shares_of_all_users_so_far_fall_short_of_those_of_monthly_users(healthy: Build) -> None:
    of_month = value(healthy, "engagement_tiers", "value", "2026-04-01")
    assert value(healthy, "engagement_tiers", "of_all_users", "2026-04-01") < 0.7 * of_month
    came_back = value(healthy, "resurrection_rate", "value", "2026-04-01")
    assert value(healthy, "resurrection_rate", "of_active", "2026-04-01") < 0.7 * came_back


def test_flows_from_a_tier_are_what_it_had(healthy: Build, degraded: Build) -> None:
    """To the user, and over platforms; the tests of each build hold it by platform."""
    for build in (healthy, degraded):
        assert (
            build.query(
                """
                with stocks as (
                    select month_start, tier, count(*) as users
                    from fct_stickiness__user_months group by all
                ),
                flows as (
                    select month_start, from_tier, sum(users) as users
                    from fct_stickiness__tier_flows where from_tier <> 'new' group by all
                )
                from flows join stocks
                    on flows.month_start = stocks.month_start + interval 1 month
                    and flows.from_tier = stocks.tier
                where flows.users <> stocks.users
                """
            )
            == []
        )
        [(tiers,)] = build.query("select count(distinct from_tier) from fct_stickiness__tier_flows")
        assert tiers == 6
