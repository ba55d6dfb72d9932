"""Where the truths of short video that no mart publishes are found."""

# What adoption does is no ratio of sums over days: test_short_video.py looks for it in the effects.
NOT_OBSERVED = (
    "feature_time_spent_per_user.taken_from_feed",
    "feature_creations_per_user.images_of_creators",
)

# Newcomers are independent of each other, and each week's are a cluster.
_LANDMARK = """
    select sum(is_d30), count(is_d30) from fct_short_video__new_users
    where d30_group = '{group}' and cohort_week + 36 < (
        select max(date_day) from dim_short_video__dates
    )
    group by cohort_week
"""

# Settled users are those whose signup is not in the log; some of them are seen in a way on a day.
_SEEN = """
    select
        count(distinct seen.user_id),
        (select count(*) from dim_short_video__users where signed_up_at is null)
    from dim_short_video__dates as dates
    left join fct_short_video__user_city_days as seen
        on seen.signal_date = dates.date_day and seen.source = '{source}'
    where dates.is_complete_day and dates.date_day >= '{{launch_date}}'
    group by dates.date_day
"""

QUERIES = {
    f"user_cdl_city.days_with_{source}": _SEEN.format(source=source)
    for source in ("gps", "search", "business")
} | {
    f"reels_user_retention.landmark.{group}": _LANDMARK.format(group=group)
    for group in ("reels", "others")
}
