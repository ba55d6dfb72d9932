-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: watchlist_engagement, additions viewed within 28 days / additions whose 28 days are over (converted)
-- grain: week
-- reads: the fact of additions to lists, and that of playbacks for how far the data reaches
select
    cast(date_trunc('week', added_on) as date) as period_start,
    -- trap: what was watched before does not convert, and what was added yesterday has not failed
    cast(count(case when is_watched_in_time then 1 end) as double) / count(*) as converted
from {{ ref('fct_streaming__watchlist_items') }}
where
    not was_watched_before
    and added_on + interval '28' day < (
        select max(days.playback_date) from {{ ref('fct_streaming__playbacks') }} as days
    )
group by cast(date_trunc('week', added_on) as date)
order by period_start
