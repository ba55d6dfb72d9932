-- One session, two logs: the summary of reels and the time of the feed, and each stay in a feature. They agree to the
-- millisecond wherever both arrived; a summary that was never sent leaves the stays alone.
select
    session_key,
    session_date,
    reels_ms,
    reels_interaction_ms,
    feed_ms,
    feed_interaction_ms
from {{ ref('fct_short_video__sessions') }}
where
    (reels_summaries > 0 and reels_interactions > 0 and reels_ms <> reels_interaction_ms)
    or (feed_ms > 0 and interactions > 0 and feed_ms <> feed_interaction_ms)
