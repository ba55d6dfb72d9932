"""Original and shared content: marts against Polars, truths, and what a naive reading would say."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.python.builds import Build
from tests.python.oracles import disagreements_when_complete
from tests.python.short_video_oracle import (
    EVENTS,
    ORACLES,
    SLICES,
    Events,
    built_from_another_seed,
)
from tests.python.worlds import clean, made, true_values

WORLDS = ["healthy", "degraded"]


@pytest.fixture(scope="session")
def other() -> Build:
    """The room built from a world that nobody has committed."""
    return built_from_another_seed()


def events_of(build: Build) -> Events:
    """What staging has published."""
    with build.connect() as connection:
        return {
            event: connection.execute(f"select * from stg_short_video__{event}").pl()
            for event in EVENTS
        }


def disagreements(build: Build, metric: str, events: Events) -> list[str]:
    """Where a mart and its oracle differ, in complete periods."""
    by = "depth_band" if SLICES.get(metric) else "content_type"
    rows = build.query(
        f"""
        select period_grain, period_start, member, statistic, value, is_complete
        from mart_{metric} where dimension in ('all', '{by}')
        """
    )
    return disagreements_when_complete(rows, ORACLES[metric](events))


@pytest.mark.parametrize("metric", ORACLES)
def test_a_mart_says_what_polars_works_out_anew_on_a_world_of_another_seed(
    metric: str, other: Build
) -> None:
    assert disagreements(other, metric, events_of(other)) == []


def test_an_oracle_notices_a_wrong_number(other: Build) -> None:
    events = events_of(other)
    fewer = events | {"view_on_content": events["view_on_content"][200:]}
    assert disagreements(other, "total_reach_oc", fewer) != []


def test_there_is_an_oracle_for_each_metric(healthy: Build) -> None:
    metrics = [one.name for one in healthy.manifest().metrics() if one.question == "2.1.3"]
    assert sorted(ORACLES) == sorted(metrics)


def ratios(build: Build) -> dict[str, tuple[float, float, float]]:
    """Each measure over all originals, with its interval."""
    rows = build.query(
        """
        select measure, ratio, ratio_low, ratio_high from short_video__comparison_sharing
        where content_type = 'all'
        """
    )
    return {measure: (ratio, low, high) for measure, ratio, low, high in rows}


@pytest.mark.parametrize("world", WORLDS)
def test_the_matched_ratio_covers_what_was_planted_and_the_pooled_one_is_far_above_it(
    request: pytest.FixtureRequest, world: str
) -> None:
    """Only what is good is shared."""
    build: Build = request.getfixturevalue(world)
    truth = true_values(made("short_video", world))["engagement_rate_sc.matched_ratio"]
    found = ratios(build)
    matched, low, high = found["matched"]
    assert low <= truth <= high
    assert found["pooled"][0] > 1.15 * matched


@pytest.mark.parametrize("measure", ["pooled", "matched"])
def test_an_interval_is_that_of_the_delta_method_over_originals(
    healthy: Build, measure: str
) -> None:
    """Each original's influence on the ratio, summed up by hand, against another library's t."""
    from scipy import stats

    rows = np.array(
        healthy.query(
            """
            select shared_engagements, shared_views, direct_engagements, direct_views
            from fct_short_video__amplification
            where created_date <= (
                select max(date_day) - 7 from dim_short_video__dates where is_complete_day
            )
            """
        ),
        dtype=float,
    )
    if measure == "matched":
        rows = rows[(rows[:, 1] > 0) & (rows[:, 3] > 0)]
        above, below = rows[:, 0], rows[:, 1] * rows[:, 2] / rows[:, 3]
        ratio = above.sum() / below.sum()
        influences = (above - ratio * below) / below.sum()
    else:
        shared, views, direct, direct_views = rows.T
        rate, own = shared.sum() / views.sum(), direct.sum() / direct_views.sum()
        ratio = rate / own
        influences = (
            (shared - rate * views) / views.sum()
            - ratio * (direct - own * direct_views) / direct_views.sum()
        ) / own
    count = len(rows)
    error = np.sqrt((influences**2).sum() * count / (count - 1))
    half = stats.t.ppf(0.975, count - 1) * error
    assert ratios(healthy)[measure] == pytest.approx((ratio, ratio - half, ratio + half), rel=1e-9)


def totals(build: Build, metric: str, statistic: str) -> float:
    """A ratio of sums over complete days."""
    [(found,)] = build.query(
        f"""
        select sum(numerator) / sum(denominator) from mart_{metric}
        where statistic = '{statistic}' and dimension = 'all' and is_complete
            and period_grain = 'day'
        """
    )
    return float(found)


def test_views_that_are_logged_as_engagements_would_raise_the_rate_by_half(healthy: Build) -> None:
    [(naive,)] = healthy.query(
        """
        select
            (select count(*) from stg_short_video__engagement_on_content
            where shared_instance_id is null)
            / (select count(*) from stg_short_video__view_on_content
            where shared_instance_id is null)
        """
    )
    assert naive > 1.4 * totals(healthy, "direct_engagement_rate_oc", "value")


def test_reach_added_up_over_shares_counts_people_twice(healthy: Build) -> None:
    [(summed, reach)] = healthy.query(
        """
        select sum(reach_summed), sum(reach) from fct_short_video__amplification
        where sharing = 'shared'
        """
    )
    assert summed > 1.1 * reach


def test_clicks_on_links_outside_have_no_views(healthy: Build) -> None:
    value = totals(healthy, "click_through_to_original", "value")
    assert value > 1.15 * totals(healthy, "click_through_to_original", "per_view")


def test_a_mean_of_originals_is_what_a_few_of_them_say(healthy: Build) -> None:
    mean = totals(healthy, "audience_expansion_ratio", "mean_of_originals")
    assert mean > 1.1 * totals(healthy, "audience_expansion_ratio", "successful")


def test_originals_that_only_shares_bring_engagement_to_are_counted_apart(healthy: Build) -> None:
    assert 0 < totals(healthy, "engagement_lift_from_sharing", "by_shares_alone") < 0.1


def test_a_content_type_whose_shares_are_forgotten_has_no_top(degraded: Build) -> None:
    """What is seen on its shares looks like views of the original."""
    assert degraded.query(
        """
        select content_type, sum(shares) > 20, sum(shared_views) > 0
        from fct_short_video__amplification group by content_type order by content_type
        """
    ) == [("photo", True, True), ("video", True, False)]
    assert degraded.query(
        """
        select count(*) > 0, count(value) from mart_engagement_lift_from_sharing
        where statistic = 'top_5_percent' and period_grain = 'month' and member = 'video'
        """
    ) == [(True, 0)]


def test_the_list_of_the_top_is_the_one_that_the_mart_speaks_of(healthy: Build) -> None:
    listed = healthy.query(
        """
        select month_start, min(lift), max(least_lift), count(*) >= max(ranked_originals) / 20
        from fct_short_video__top_originals group by month_start order by month_start
        """
    )
    published = healthy.query(
        """
        select period_start, value from mart_engagement_lift_from_sharing
        where statistic = 'top_5_percent' and period_grain = 'month' and dimension = 'all'
            and is_complete
        order by period_start
        """
    )
    assert len(listed) == 2
    assert [(start, least, least, True) for start, least in published] == listed


@pytest.mark.parametrize("world", WORLDS)
def test_the_logged_depth_of_a_share_is_what_a_recursion_finds(
    request: pytest.FixtureRequest, world: str
) -> None:
    build: Build = request.getfixturevalue(world)
    [(chains, deepest, wrong)] = build.query(
        """
        with recursive chains as (
            select shared_instance_id, content_id, 1 as depth
            from fct_short_video__share_instances where parent_shared_instance_id is null
            union all
            select shares.shared_instance_id, chains.content_id, chains.depth + 1
            from chains join fct_short_video__share_instances as shares
                on shares.parent_shared_instance_id = chains.shared_instance_id
        )
        select count(*), max(depth), count(*) filter (
            where depth <> share_depth or chains.content_id <> shares.content_id
        )
        from chains join fct_short_video__share_instances as shares using (shared_instance_id)
        """
    )
    [(shares,)] = build.query("select count(*) from fct_short_video__share_instances")
    assert (chains, wrong) == (shares, 0)
    assert deepest >= 4


def test_shares_die_out_and_go_far_on_few_originals(healthy: Build) -> None:
    [(reproduction,)] = healthy.query(
        """
        select sum(shares_made) / sum(shares) from short_video__comparison_amplification
        where depth_band <> 'original'
        """
    )
    assert reproduction < 1
    shares = np.array(healthy.query("select shares from fct_short_video__amplification"))[:, 0]
    top = np.sort(shares)[::-1][: -(-len(shares) // 20)]
    assert top.sum() > 0.3 * shares.sum()
    assert (shares == 0).mean() > 0.4


def test_what_is_shared_is_seen_for_longer(healthy: Build) -> None:
    rows = healthy.query(
        "select content_type, sharing, median_hours from short_video__comparison_half_lives"
    )
    hours = {(kind, sharing): median for kind, sharing, median in rows}
    for kind in ("photo", "video"):
        assert hours[kind, "shared"] > hours[kind, "not shared"]


def test_a_share_reaches_people_who_do_not_follow_the_creator() -> None:
    """Users fall into circles; a sharer has an audience in another one than the creator."""
    connection = clean("short_video")
    views = connection.execute(
        """
        select views.user_id as viewer, posts.user_id as creator,
            views.shared_instance_id is null as direct
        from view_on_content as views
        join content_created as posts using (content_id_original)
        where views.referrer_shared_instance_id is null
        """
    ).pl()
    pairs = views.filter(pl.col("direct")).select("creator", "viewer").unique()
    known = set(pairs.iter_rows())
    on_shares = views.filter(~pl.col("direct")).select("creator", "viewer").iter_rows()
    shared = [pair in known for pair in on_shares]
    assert np.mean(shared) < 0.5
