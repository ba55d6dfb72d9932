"""Where the truths of streaming that no mart publishes are found."""

from scripts.worlds.streaming.catalogue import MEASURED, TITLE_IDS, TITLES

NOT_OBSERVED: tuple[str, ...] = ()

FILM = TITLE_IDS[MEASURED]
BAD_STARTS = ", ".join(
    f"'{name}'"
    for name, title in zip(TITLE_IDS, TITLES, strict=True)
    if title.seasons and not title.has_good_start and not title.is_flagship
)
FLAGSHIPS = ", ".join(
    f"'{name}'" for name, title in zip(TITLE_IDS, TITLES, strict=True) if title.is_flagship
)

# What is played by accident is a trailer, which plays by itself; each user and item is a cluster.
FIRST_PLAYBACKS = """
    select cast(is_completed as integer), 1 from (
        select * from fct_streaming__playbacks
        qualify row_number() over (partition by user_id, item_id order by started_at) = 1
    ) where has_stop and source <> 'autoplay' and {condition}
        and playback_date < (select max(date_day) from dim_streaming__dates)
"""

CRASHES = """
    select cast(not playbacks.has_stop as integer), 1
    from fct_streaming__playbacks as playbacks
    inner join fct_streaming__sessions as sessions using (user_id, session_id)
    where playbacks.source <> 'autoplay' and device_type {condition}
        and playback_date < (select max(date_day) from dim_streaming__dates)
"""

QUERIES = {
    # Whether somebody leaves depends on nobody else.
    "subscriber_churn_rate.of_starters.by_user": """
        select cast(has_left as integer), 1
        from fct_streaming__subscriber_months as months
        inner join dim_streaming__dates as dates on dates.date_day = months.month_start
        where was_subscribed and is_complete_month
    """,
    "series_hook_rate.good_starts.of_first_playbacks": FIRST_PLAYBACKS.format(
        condition=f"episode_number = 1 and title_id not in ({BAD_STARTS}, {FLAGSHIPS})"
    ),
    "series_hook_rate.bad_starts.of_first_playbacks": FIRST_PLAYBACKS.format(
        condition=f"episode_number = 1 and title_id in ({BAD_STARTS})"
    ),
    "series_hook_rate.flagships.of_first_playbacks": FIRST_PLAYBACKS.format(
        condition=f"episode_number = 1 and title_id in ({FLAGSHIPS})"
    ),
    "percentage_completion.films.of_first_playbacks": FIRST_PLAYBACKS.format(
        condition=f"kind = 'film' and profile_type = 'adult' and title_id <> '{FILM}'"
    ),
    "views_per_title.accidents.by_playback": """
        select cast(source = 'autoplay' as integer), 1
        from fct_streaming__playbacks
        inner join dim_streaming__titles as titles using (title_id)
        where titles.kind = 'film' and titles.premiered_on is null
            and source in ('autoplay', 'browse', 'search', 'recommendation')
    """,
    "average_view_duration.crashes_tv.by_playback": CRASHES.format(condition="= 'tv'"),
    "average_view_duration.crashes_elsewhere.by_playback": CRASHES.format(condition="<> 'tv'"),
    **{
        f"audience_retention_curve.viewers_{percent}.of_the_measured_film": f"""
            select cast(viewings.furthest_percent >= {percent} as integer), 1
            from fct_streaming__viewings as viewings
            inner join fct_streaming__playbacks as playbacks
                on viewings.user_id = playbacks.user_id and viewings.item_id = playbacks.item_id
                and viewings.first_started_at = playbacks.started_at
            where viewings.item_id = '{FILM}' and playbacks.source <> 'autoplay'
                and first_started_on < (select max(date_day) from dim_streaming__dates)
        """
        for percent in range(10, 91, 10)
    },
}
