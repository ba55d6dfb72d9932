"""Every metric of the news feed worked out anew in Polars, from the clean events alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import atanh, comb, sqrt, tanh

import polars as pl
from scipy.stats import spearmanr

Numbers = dict[tuple[str, date, str, str], float]
"""Values by grain, start of the period, member and statistic; of the week."""

POSITIVE = ["like", "comment", "share"]
NEGATIVE = ["hide", "report"]
ACTIVE = [*POSITIVE, "click", "profile_click_from_item", "expand_item"]
BANDS = {"1": 0.1, "2 to 3": 0.2, "4 to 7": 0.4, "8 and more": 0.3}
MEMORY = timedelta(days=28)
DRAWS, LEAST_IMPRESSIONS = 10, 5
KEY = ["impression_id", "user_id"]
READER = ["user_id", "week", "variant"]


@dataclass(frozen=True)
class Events:
    """What staging has published, by event."""

    tables: dict[str, pl.DataFrame]

    def __getitem__(self, event: str) -> pl.DataFrame:
        """Give the table of an event."""
        return self.tables[event]

    @cached_property
    def starts(self) -> pl.DataFrame:
        """The starts of sessions, with their variants."""
        return self["feed_session_start"].with_columns(
            pl.col("variant").fill_null("none"), week_of("event_at")
        )

    @cached_property
    def shown(self) -> pl.DataFrame:
        """Impressions of known sessions, with what was done with each."""
        sessions = self.starts.select("session_id", "user_id", "variant", started_at="event_at")
        impressions = self["item_impression_in_feed"].join(sessions, on=["session_id", "user_id"])
        done = self["item_interaction_in_feed"].join(
            impressions.select(*KEY, "is_contractable"), on=KEY
        )
        kind = pl.col("interaction_type")
        counts = done.group_by(KEY).agg(
            positives=kind.is_in(POSITIVE).sum(),
            negatives=kind.is_in(NEGATIVE).sum(),
            unfollows=(kind == "unfollow_source_from_item").sum(),
            engagements=kind.is_in(ACTIVE).sum(),
            profile_clicks=(kind == "profile_click_from_item").sum(),
            expands=((kind == "expand_item") & pl.col("is_contractable")).sum(),
            dwell_ms=pl.col("dwell_time_ms").max(),
        )
        seen = self["item_seen_long_enough_to_evaluate"].select(
            *KEY, on_screen_ms="duration_on_screen_ms"
        )
        numbers = [name for name in counts.columns if name not in (*KEY, "dwell_ms")]
        return (
            impressions.join(counts, on=KEY, how="left")
            .join(seen, on=KEY, how="left")
            .with_columns(*(pl.col(name).fill_null(0) for name in numbers), week_of("event_at"))
        )

    @cached_property
    def sessions(self) -> pl.DataFrame:
        """Sessions with their ends, their scrolls and what was shown in them."""
        of_session = ["session_id", "user_id"]
        ends = self["feed_session_end"].select(*of_session, "duration_ms", "items_viewed_count")
        depths = self["feed_scroll"].group_by(of_session).agg(pl.col("scroll_depth_pixels").max())
        until = (pl.col("event_at") - pl.col("started_at")).dt.total_milliseconds()
        items = self.shown.group_by(of_session).agg(
            items=pl.len(),
            in_view=pl.col("on_screen_ms").count(),
            observed_ms=(until + pl.col("on_screen_ms").fill_null(0)).max(),
        )
        found = self.starts.join(ends, on=of_session, how="left").join(
            depths, on=of_session, how="left"
        )
        return found.join(items, on=of_session, how="left").with_columns(
            feed_ms=pl.coalesce("duration_ms", "observed_ms", pl.lit(0)),
            day=pl.col("event_at").dt.date(),
        )

    def shares(self, item: str) -> pl.DataFrame:
        """One row per reader, week, variant and item of some kind, with its part of all."""
        counts = self.shown.group_by(*READER, item).agg(
            count=pl.len(),
            days=pl.col("event_at").dt.date().n_unique(),
            positives=pl.col("positives").sum(),
        )
        total = pl.col("count").sum().over(READER)
        return counts.with_columns(total=total, share=pl.col("count") / total)

    def exposures(self) -> pl.DataFrame:
        """The first session of each reader in the experiment."""
        known = self.starts.filter(pl.col("experiment_id") == "feed_ranking")
        return (
            known.sort("event_at", "variant")
            .group_by("user_id")
            .agg(exposed_at=pl.col("event_at").first(), exposed_to=pl.col("variant").first())
        )


def week_of(time: str) -> pl.Expr:
    """The Monday of a time."""
    return pl.col(time).dt.truncate("1w").dt.date().alias("week")


Statistics = dict[str, tuple[pl.Expr, pl.Expr]]


def ratios(rows: pl.DataFrame, statistics: Statistics, slice_: str) -> Numbers:
    """Each statistic as a sum over a sum, of all rows of a week and of each member of a slice."""
    numbers: Numbers = {}
    for member in (pl.lit("all"), pl.col(slice_)):
        parts = rows.group_by("week", member.alias("member")).agg(
            *(top.alias(f"{name}/top") for name, (top, _) in statistics.items()),
            *(bottom.alias(f"{name}/bottom") for name, (_, bottom) in statistics.items()),
        )
        for row in parts.iter_rows(named=True):
            for name in statistics:
                if row[f"{name}/bottom"]:
                    value = row[f"{name}/top"] / row[f"{name}/bottom"]
                    numbers["week", row["week"], row["member"], name] = value
    return numbers


def total(name: str) -> pl.Expr:
    """The sum of a column."""
    return pl.col(name).sum()


def having(condition: pl.Expr) -> pl.Expr:
    """The number of rows that satisfy a condition."""
    return condition.fill_null(False).sum()


def time_spent(events: Events) -> Numbers:
    ended = pl.col("duration_ms")
    return ratios(
        events.sessions,
        {
            "value": (ended.sum() / 60_000, ended.count()),
            "all_sessions": (total("feed_ms") / 60_000, pl.len()),
            "per_active_day": (total("feed_ms") / 60_000, pl.struct("user_id", "day").n_unique()),
        },
        "variant",
    )


def scroll_depth(events: Events) -> Numbers:
    depth, height = pl.col("scroll_depth_pixels"), pl.col("viewport_height_pixels")
    return ratios(
        events.sessions,
        {
            "value": (depth.sum(), depth.count()),
            "all_sessions": (depth.sum(), pl.len()),
            "screens": ((depth.fill_null(0) / height).sum(), height.count()),
        },
        "platform",
    )


def dwell_time(events: Events) -> Numbers:
    dwell, seen = pl.col("dwell_ms"), pl.col("on_screen_ms")
    return ratios(
        events.shown,
        {
            "value": (dwell.sum() / 1_000, dwell.count()),
            "all_in_view": (seen.sum() / 1_000, seen.count()),
            "share_over_threshold": (dwell.count(), seen.count()),
        },
        "content_type",
    )


def position_band() -> pl.Expr:
    place = pl.col("position_in_feed")
    return (
        pl.when(place == 1)
        .then(pl.lit("1"))
        .when(place <= 3)
        .then(pl.lit("2 to 3"))
        .when(place <= 7)
        .then(pl.lit("4 to 7"))
        .otherwise(pl.lit("8 and more"))
        .alias("band")
    )


def positive_rate(events: Events) -> Numbers:
    rows = events.shown.with_columns(position_band())
    numbers = ratios(
        rows,
        {
            "value": (total("positives"), pl.len()),
            "impressions_liked": (having(pl.col("positives") > 0), pl.len()),
        },
        "platform",
    )
    for member in (pl.lit("all"), pl.col("platform")):
        bands = rows.group_by("week", member.alias("member"), "band").agg(
            rate=total("positives") / pl.len()
        )
        bands = bands.with_columns(weight=pl.col("band").replace_strict(BANDS))
        adjusted = bands.group_by("week", "member").agg(
            value=(pl.col("rate") * pl.col("weight")).sum() / total("weight")
        )
        for week, name, value in adjusted.iter_rows():
            numbers["week", week, name, "position_adjusted"] = value
    return numbers


def rejections(rejected: pl.Expr, events: Events) -> Numbers:
    return ratios(
        events.shown.with_columns(rejected=rejected),
        {
            "value": (total("rejected"), pl.len()),
            "impressions_rejected": (having(pl.col("rejected") > 0), pl.len()),
            "users_rejecting": (
                pl.col("user_id").filter(pl.col("rejected") > 0).n_unique(),
                pl.col("user_id").n_unique(),
            ),
        },
        "variant",
    )


def negative_rate(events: Events) -> Numbers:
    return rejections(pl.col("negatives"), events)


def negative_feedback(events: Events) -> Numbers:
    return rejections(pl.col("negatives") + pl.col("unfollows"), events)


def items_viewed(events: Events) -> Numbers:
    counted = pl.col("items_viewed_count")
    return ratios(
        events.sessions,
        {
            "value": (counted.sum(), counted.count()),
            "impressions": (total("items"), pl.len()),
            "in_view": (total("in_view"), pl.len()),
        },
        "platform",
    )


def unique_sources(events: Events) -> Numbers:
    def left_out(row: dict[str, int]) -> float | None:
        if row["total"] < DRAWS:
            return None
        return comb(row["total"] - row["count"], DRAWS) / comb(row["total"], DRAWS)

    shares = events.shares("source_id").with_columns(
        missed=pl.struct("total", "count").map_elements(left_out, return_dtype=pl.Float64)
    )
    days = events.shown.group_by(READER).agg(days=pl.col("event_at").dt.date().n_unique())
    readers = shares.group_by(READER).agg(
        sources=pl.len(),
        source_days=total("days"),
        effective=1 / (pl.col("share") ** 2).sum(),
        entropy=-(pl.col("share") * pl.col("share").log()).sum(),
        rarefied=pl.when(pl.col("total").first() >= DRAWS).then((1 - pl.col("missed")).sum()),
    )
    return ratios(
        readers.join(days, on=READER),
        {
            "value": (total("sources"), pl.len()),
            "per_day": (total("source_days"), total("days")),
            "share_reaching_10": (having(pl.col("sources") >= 10), pl.len()),
            "effective": (total("effective"), pl.len()),
            "entropy": (total("entropy"), pl.len()),
            "rarefied": (total("rarefied"), pl.col("rarefied").count()),
        },
        "variant",
    )


def type_mix(events: Events) -> Numbers:
    types = ("photo", "video", "text", "link")
    shares = events.shares("content_type")
    readers = shares.group_by(READER).agg(
        largest=pl.col("share").max(),
        concentration=(pl.col("share") ** 2).sum(),
        **{name: pl.col("count").filter(pl.col("content_type") == name).sum() for name in types},
    )
    readers = readers.with_columns(items=pl.sum_horizontal(types))
    return ratios(
        readers,
        {
            "value": (pl.max_horizontal(*(total(name) for name in types)), total("items")),
            **{f"{name}_share": (total(name), total("items")) for name in types},
            "concentration": (
                pl.sum_horizontal(*(total(name).cast(pl.Float64) ** 2 for name in types)),
                total("items").cast(pl.Float64) ** 2,
            ),
            "user_largest": (total("largest"), pl.len()),
            "user_concentration": (total("concentration"), pl.len()),
        },
        "variant",
    )


def freshness(events: Events) -> Numbers:
    hours = (pl.col("event_at") - pl.col("item_created_at")).dt.total_seconds() / 3_600
    return ratios(
        events.shown.with_columns(hours=hours),
        {
            "value": (total("hours"), pl.len()),
            "within_24_hours": (having(pl.col("hours") < 24), pl.len()),
            "within_a_week": (having(pl.col("hours") < 168), pl.len()),
        },
        "content_type",
    )


def touched(events: Events, item: str) -> pl.Series:
    """Which impressions' readers had touched the same source or topic in the 28 days before."""
    done = events["item_interaction_in_feed"].filter(pl.col("interaction_type").is_in(ACTIVE))
    touches = done.join(events.shown.select(*KEY, item), on=KEY).select(
        "user_id", item, touched_at="event_at"
    )
    pairs = events.shown.select(*KEY, item, "event_at").join(touches, on=["user_id", item])
    before = pairs.filter(
        (pl.col("touched_at") < pl.col("event_at"))
        & (pl.col("touched_at") >= pl.col("event_at") - MEMORY)
    )
    marked = before.select(KEY).unique().with_columns(touched=pl.lit(True))
    return events.shown.join(marked, on=KEY, how="left", maintain_order="left")["touched"]


def discovery_rate(events: Events) -> Numbers:
    known_from = events.starts["event_at"].min().date() + MEMORY  # type: ignore[union-attr]
    rows = events.shown.with_columns(
        known_source=touched(events, "source_id").fill_null(False),
        known_topic=touched(events, "topic_id").fill_null(False),
    ).filter(pl.col("event_at").dt.date() >= known_from)
    is_new = ~pl.col("is_source_followed") & ~pl.col("known_source")
    return ratios(
        rows.with_columns(is_new=is_new),
        {
            "value": (total("is_new"), pl.len()),
            "new_topic": ((~pl.col("known_topic")).sum(), pl.len()),
            "discoveries_liked": (
                having(pl.col("is_new") & (pl.col("positives") > 0)),
                total("is_new"),
            ),
        },
        "variant",
    )


def follow_rate(events: Events) -> Numbers:
    chances = events.shown.filter(~pl.col("is_source_followed"))
    follows = events["user_follow_action"].filter(pl.col("action") == "follow")
    near = follows.join(
        chances.select("user_id", "source_id", shown_at="event_at"),
        left_on=["user_id", "target_source_id"],
        right_on=["user_id", "source_id"],
    ).filter(
        (pl.col("shown_at") <= pl.col("event_at"))
        & (pl.col("shown_at") >= pl.col("event_at") - timedelta(days=1))
    )
    exposed = follows.join(events.exposures(), on="user_id", how="left").with_columns(
        variant=pl.when(pl.col("exposed_at") <= pl.col("event_at"))
        .then(pl.col("exposed_to"))
        .otherwise(pl.lit("none"))
    )
    rows = pl.concat(
        [
            chances.select("week", "variant", chance=1, follow=0, from_feed=0),
            exposed.select(
                week_of("event_at"),
                "variant",
                chance=0,
                follow=1,
                from_feed=pl.col("event_id").is_in(near["event_id"].to_list()).cast(pl.Int32),
            ),
        ]
    )
    return ratios(
        rows,
        {
            "value": (total("follow"), total("chance")),
            "from_feed": (total("from_feed"), total("chance")),
        },
        "variant",
    )


def personalised_rate(events: Events) -> Numbers:
    rows = events.shown.filter(pl.col("predicted_affinity").is_not_null())
    mean = pl.col("predicted_affinity").mean().over("user_id", "week")
    rows = rows.with_columns(
        weight=pl.col("predicted_affinity") / mean,
        liked=pl.col("predicted_affinity") * pl.col("positives"),
    ).with_columns(weighted=pl.col("weight") * pl.col("positives"))
    return ratios(
        rows,
        {
            "value": (total("weighted"), total("weight")),
            "pooled_weights": (total("liked"), total("predicted_affinity")),
            "unweighted": (total("positives"), pl.len()),
            "predicted": (total("predicted_score"), pl.col("predicted_score").count()),
        },
        "variant",
    )


def profile_clicks(events: Events) -> Numbers:
    clicks, seen = pl.col("profile_clicks"), pl.col("on_screen_ms").is_not_null()
    return ratios(
        events.shown,
        {
            "value": (clicks.sum(), pl.len()),
            "in_view": (clicks.filter(seen).sum(), seen.sum()),
            "impressions_clicked": ((clicks > 0).sum(), pl.len()),
        },
        "variant",
    )


def expand_rate(events: Events) -> Numbers:
    return ratios(
        events.shown,
        {
            "value": (total("expands"), total("is_contractable")),
            "of_all_impressions": (total("expands"), pl.len()),
            "contractable": (total("is_contractable"), pl.len()),
        },
        "content_type",
    )


def topics_engaged(events: Events) -> Numbers:
    readers = (
        events.shares("topic_id")
        .group_by(READER)
        .agg(
            seen=pl.len(),
            engaged=(pl.col("positives") > 0).sum(),
            effective=1 / (pl.col("share") ** 2).sum(),
            entropy=-(pl.col("share") * pl.col("share").log()).sum(),
        )
    )
    return ratios(
        readers,
        {
            "value": (total("engaged"), pl.len()),
            "per_engaged_user": (total("engaged"), (pl.col("engaged") > 0).sum()),
            "of_topics_seen": (total("engaged"), total("seen")),
            "effective_seen": (total("effective"), pl.len()),
            "entropy_seen": (total("entropy"), pl.len()),
        },
        "variant",
    )


def complaints(events: Events) -> Numbers:
    asked = events["user_survey_response"].filter(pl.col("survey_id") == "feed_satisfaction")
    day = pl.col("event_at").dt.date()
    visits = (
        asked.select("event_id", "user_id", "event_at")
        .join(events.starts.select("user_id", started_at="event_at"), on="user_id")
        .filter(
            (pl.col("started_at") < pl.col("event_at"))
            & (pl.col("started_at").dt.date() >= day - MEMORY)
        )
        .group_by("event_id")
        .agg(sessions=pl.len())
    )
    left = (
        asked.select("event_id", "user_id", "event_at")
        .join(events["app_uninstall"].select("user_id", left_at="event_at"), on="user_id")
        .filter(
            (pl.col("left_at") >= pl.col("event_at"))
            & (pl.col("left_at").dt.date() <= day + timedelta(days=7))
        )["event_id"]
        .to_list()
    )
    sessions = pl.col("sessions").fill_null(0)
    band = (
        pl.when(sessions < 2)
        .then(pl.lit("light"))
        .when(sessions < 4)
        .then(pl.lit("regular"))
        .otherwise(pl.lit("heavy"))
    )
    answered = pl.col("is_answered")
    rows = asked.join(visits, on="event_id", how="left").with_columns(
        week_of("event_at"),
        band=band,
        answer=answered.cast(pl.Int32),
        complaint=(answered & pl.col("response_value").is_in(["echo_chamber", "boredom"]))
        .fill_null(False)
        .cast(pl.Int32),
        silent=(~answered & pl.col("event_id").is_in(left)).cast(pl.Int32),
        month=pl.col("event_at").dt.truncate("1mo"),
    )
    weight = pl.len().over("band", "month") / pl.col("answer").sum().over("band", "month")
    rows = rows.with_columns(weight=weight).with_columns(
        weighted=pl.col("weight") * pl.col("complaint"),
        represented=pl.col("weight") * pl.col("answer"),
    )
    return ratios(
        rows,
        {
            "value": (total("complaint"), total("answer")),
            "weighted": (total("weighted"), total("represented")),
            "response_rate": (total("answer"), pl.len()),
            "complained_or_left": (
                total("complaint") + total("silent"),
                total("answer") + total("silent"),
            ),
        },
        "band",
    )


def creator_complaints(events: Events) -> Numbers:
    asked = events["user_survey_response"].filter(pl.col("survey_id") == "creator_reach")
    day = pl.col("event_at").dt.date()
    shown = events.shown.select(user_id="source_id", shown_on=pl.col("event_at").dt.date())
    age = (day - pl.col("shown_on")).dt.total_days()
    reach = (
        asked.select("event_id", "user_id", "event_at")
        .join(shown, on="user_id")
        .group_by("event_id")
        .agg(lately=age.is_between(1, 14).sum(), before=age.is_between(15, 28).sum())
    )
    fell = 100 * pl.col("lately") < 80 * pl.col("before")
    rows = asked.join(reach, on="event_id", how="left").with_columns(
        week_of("event_at"),
        trend=pl.when(fell).then(pl.lit("fell")).otherwise(pl.lit("kept")),
        complaint=(pl.col("response_value") == "reduced_reach").fill_null(False),
    )
    return ratios(
        rows,
        {
            "value": (total("complaint"), total("is_answered")),
            "creators_complaining": (
                pl.col("user_id").filter(pl.col("complaint")).n_unique(),
                pl.col("user_id").n_unique(),
            ),
            "response_rate": (total("is_answered"), pl.len()),
            "reach_fell": ((pl.col("trend") == "fell").sum(), pl.len()),
        },
        "trend",
    )


def harm(events: Events) -> Numbers:
    items = events.shown.group_by("week", "item_id").agg(
        harm=pl.col("harm_score").max(),
        impressions=pl.len(),
        engagements=total("engagements"),
        content_type=pl.col("content_type").first(),
    )
    is_compared = pl.col("impressions") >= LEAST_IMPRESSIONS
    numbers = {
        key: value
        for key, value in ratios(
            items,
            {
                "engagement_rate": (total("engagements"), total("impressions")),
                "items_compared": (is_compared.sum(), pl.len()),
            },
            "content_type",
        ).items()
        if key[2] == "all"
    }
    rated = items.filter(is_compared).with_columns(
        rate=pl.col("engagements") / pl.col("impressions")
    )
    for (week,), rows in rated.group_by("week"):
        assert isinstance(week, date)
        if rows.height <= 3:
            continue
        correlation = float(spearmanr(rows["harm"], rows["rate"]).statistic)
        error = 1.96 * 1.03 / sqrt(rows.height - 3)
        numbers["week", week, "all", "of_rates"] = correlation
        numbers["week", week, "all", "of_rates_low"] = tanh(atanh(correlation) - error)
        numbers["week", week, "all", "of_rates_high"] = tanh(atanh(correlation) + error)
        counts = float(spearmanr(rows["harm"], rows["engagements"]).statistic)
        numbers["week", week, "all", "value"] = counts
    return numbers


ORACLES: dict[str, Callable[[Events], Numbers]] = {
    "creator_reach_complaints": creator_complaints,
    "feed_content_freshness": freshness,
    "feed_content_type_mix": type_mix,
    "feed_discovery_rate": discovery_rate,
    "feed_dwell_time": dwell_time,
    "feed_expand_rate": expand_rate,
    "feed_follow_rate": follow_rate,
    "feed_items_viewed": items_viewed,
    "feed_negative_feedback_rate": negative_feedback,
    "feed_negative_interaction_rate": negative_rate,
    "feed_personalized_positive_rate": personalised_rate,
    "feed_positive_interaction_rate": positive_rate,
    "feed_profile_click_rate": profile_clicks,
    "feed_scroll_depth": scroll_depth,
    "feed_survey_complaint_rate": complaints,
    "feed_time_spent": time_spent,
    "feed_topic_diversity_engaged": topics_engaged,
    "feed_unique_sources": unique_sources,
    "harmful_engagement_correlation": harm,
}
SLICES = {
    "creator_reach_complaints": "reach_trend",
    "feed_content_freshness": "content_type",
    "feed_dwell_time": "content_type",
    "feed_expand_rate": "content_type",
    "feed_items_viewed": "platform",
    "feed_positive_interaction_rate": "platform",
    "feed_scroll_depth": "platform",
    "feed_survey_complaint_rate": "activity_band",
}
"""The slice that an oracle has beside all, where it is another one than the variant."""
