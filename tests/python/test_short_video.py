"""What short video's worlds plant is found, and the naive answers are visibly others."""

from __future__ import annotations

import pytest

from tests.python.builds import Build, planted
from tests.python.worlds import made, true_values

EFFECTS = {
    "feed_time": "feature_time_spent_per_user.taken_from_feed",
    "image_uploads": "feature_creations_per_user.images_of_creators",
}


def effect(build: Build, metric: str) -> tuple[float, ...]:
    """Lift, its interval, adopters before and after, and adopters against others after."""
    [found] = build.query(
        f"""
        select lift, lift_low, lift_high, pre_post_lift, adopters_against_others
        from short_video__adoption_effects
        where metric = '{metric}' and variant = 'adopters'
        """
    )
    return tuple(float(number) for number in found)


def total(build: Build, metric: str, statistic: str, member: str = "all") -> float:
    """A ratio of sums over the complete periods of the shortest grain."""
    [(found,)] = build.query(
        f"""
        select sum(numerator) / sum(denominator) from mart_{metric}
        where statistic = '{statistic}' and member = '{member}' and is_complete
            and period_grain in ('day', 'cohort')
        """
    )
    return float(found)


@pytest.mark.parametrize("world", ["healthy", "degraded"])
@pytest.mark.parametrize("metric", EFFECTS)
def test_the_difference_in_differences_covers_what_was_planted(
    request: pytest.FixtureRequest, world: str, metric: str
) -> None:
    build: Build = request.getfixturevalue(world)
    truth = true_values(made("short_video", world))[EFFECTS[metric]]
    _, low, high, *_ = effect(build, metric)
    assert low <= truth <= high


@pytest.mark.parametrize("world", ["healthy", "degraded"])
def test_neither_naive_comparison_of_time_in_the_feed_covers_it(
    request: pytest.FixtureRequest, world: str
) -> None:
    lift, low, high, pre_post, against_others = effect(request.getfixturevalue(world), "feed_time")
    # The season is in the one, and in the other that heavy users adopt.
    assert pre_post > max(high, lift + 0.02)
    assert against_others > max(high, lift + 0.2)
    assert low < lift < high


@pytest.mark.parametrize("world", ["healthy", "degraded"])
def test_no_difference_of_trends_is_shown_before_adoption(
    request: pytest.FixtureRequest, world: str
) -> None:
    build: Build = request.getfixturevalue(world)
    assert build.query("select leads, trends_differ from short_video__adoption_pre_trends") == [
        (3, False)
    ]


def test_reels_take_from_the_week_of_adoption_on(degraded: Build) -> None:
    lags = degraded.query(
        """
        select difference from short_video__adoption_event_study
        where phase = 'lag' order by event_week
        """
    )
    assert len(lags) == 5
    assert all(difference < -0.05 for (difference,) in lags)


def test_loops_take_the_rate_of_completion_past_one(healthy: Build) -> None:
    assert total(healthy, "reel_completion_rate", "value") > 1
    assert total(healthy, "reel_completion_rate", "of_engaged_pairs") < 0.9


def test_whoever_ever_used_reels_has_stayed_to_do_so(degraded: Build) -> None:
    [(ever, never, reels, others)] = degraded.query(
        """
        select
            avg(is_d30) filter (where ever_used_reels = 'ever'),
            avg(is_d30) filter (where ever_used_reels = 'never'),
            avg(is_d30) filter (where d30_group = 'reels'),
            avg(is_d30) filter (where d30_group = 'others')
        from fct_short_video__new_users
        """
    )
    # Users of reels leave: by the landmark that is plain, by who ever used them much less so.
    assert reels - others < ever - never


def test_rows_are_not_views(healthy: Build) -> None:
    [(rows, views)] = healthy.query(
        "select count(*), sum(views_represented) from fct_short_video__plays"
    )
    assert views > 20 * rows


def test_reels_without_a_tool_are_left_out_by_who_averages_lists(healthy: Build) -> None:
    with_any = total(healthy, "creative_tools_per_reel", "of_reels_with_tools")
    assert with_any > 1.1 * total(healthy, "creative_tools_per_reel", "value")


def test_sessions_past_midnight_count_on_the_day_on_which_they_began(healthy: Build) -> None:
    [(crossing,)] = healthy.query(
        """
        select count(distinct sessions.session_key)
        from fct_short_video__sessions as sessions
        inner join stg_short_video__feature_interaction as events
            on events.session_id = sessions.session_id and events.user_id = sessions.user_id
        where cast(events.event_at as date) > sessions.session_date
        """
    )
    assert crossing > 10


def test_one_simulated_user_stands_for_many(healthy: Build) -> None:
    [(observed, threshold)] = healthy.query(
        "select observed, threshold from target_status where target_id = '2.1.1-1.T1'"
    )
    [(reels,)] = healthy.query(
        """
        select max(value) from mart_reels_created
        where statistic = 'value' and period_grain = 'month' and member = 'all' and is_complete
        """
    )
    assert planted("short_video")["sampling_rate"] == 0.00000125
    assert observed >= threshold > 100_000 * reels
