"""The metrics of streaming worked out anew in Polars, from staged events and the catalogue.

No SQL is shared with the marts: frames come from `select *` alone. A number is found by metric,
grain, first day of the period, member of a slice ('all' without one) and statistic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

Key = tuple[str, date, str, str]
"""Grain, first day of the period, member, statistic."""
Numbers = dict[Key, float]
Parts = dict[str, tuple[pl.Expr, pl.Expr]]
"""Of each statistic the aggregates that are above and below."""

STARTS = {"day": "1d", "week": "1w", "month": "1mo", "cohort": "1w"}
VIEW_MS, CREDITS, BINGE, FIRST_WEEK, ENOUGH = 120_000, 90, 3, 7, 50
COUNT = pl.len()


@dataclass(frozen=True)
class Events:
    """Staged events by name, the titles and episodes of the catalogue, and the days of the log."""

    tables: dict[str, pl.DataFrame]
    titles: pl.DataFrame
    episodes: pl.DataFrame
    first_day: date
    open_day: date

    def __getitem__(self, event: str) -> pl.DataFrame:
        """The rows of an event."""
        return self.tables[event]


def ratios(
    rows: pl.DataFrame, day: str, parts: Parts, grains: tuple[str, ...], by: str | None = None
) -> Numbers:
    """Ratios of sums for each period, and for each member of a column if there is one."""
    found: Numbers = {}
    for grain in grains:
        start = pl.col(day).dt.truncate(STARTS[grain]).alias("start")
        member = pl.lit("all").alias("member")
        aggregates = [
            part.cast(pl.Float64).alias(f"{name} {place}")
            for name, both in parts.items()
            for place, part in zip(("above", "below"), both, strict=True)
        ]
        groups = [start, member] if by is None else [start, pl.col(by).alias("member")]
        for row in rows.group_by(groups).agg(aggregates).iter_rows(named=True):
            for name in parts:
                below = row[f"{name} below"]
                if below:
                    above = row[f"{name} above"] or 0.0
                    found[grain, row["start"], row["member"], name] = above / below
    return found


def many(condition: pl.Expr) -> pl.Expr:
    """How many rows fulfil a condition; an unknown one is not fulfilled."""
    return condition.fill_null(value=False).sum()


def different(column: str | pl.Expr, where: pl.Expr | None = None) -> pl.Expr:
    """How many different values a column has, where a condition holds."""
    values = pl.col(column) if isinstance(column, str) else column
    if where is not None:
        values = values.filter(where.fill_null(value=False))
    return values.drop_nulls().n_unique()


def playbacks_of(events: Events) -> pl.DataFrame:
    """One row for each playback, with all that is known of it."""
    key = ["user_id", "playback_id"]
    stops = events["playback_stop_or_abandon"].select(
        *key,
        pl.col("event_at").alias("stopped_at"),
        pl.col("last_watched_position_ms").alias("position"),
        pl.col("watched_ms").alias("stop_watched"),
    )
    milestones = (
        events["playback_completion_milestone"]
        .group_by(key)
        .agg(
            pl.col("event_at").max().alias("last_at"),
            pl.col("percentage_watched").max().alias("mark"),
            pl.col("watched_ms").max().alias("mark_watched"),
        )
    )
    seeks = (
        events["in_video_interaction"]
        .filter(pl.col("interaction_type") == "seek_forward")
        .group_by(key)
        .agg(COUNT.alias("seeks"))
    )
    catalogue = events.titles.select(
        "title_id", "kind", "genre", "new_until", "is_flagship", "first_week_until"
    )
    day = pl.col("day")
    return (
        events["playback_start"]
        .join(stops, on=key, how="left")
        .join(milestones, on=key, how="left")
        .join(seeks, on=key, how="left")
        .join(catalogue, on="title_id", how="left")
        .join(events.episodes.drop("title_id", "runtime_ms"), on="episode_id", how="left")
        .with_columns(
            pl.col("event_at").dt.date().alias("day"),
            pl.coalesce("episode_id", "title_id").alias("item"),
            pl.coalesce("stopped_at", "last_at", "event_at").alias("ended_at"),
            pl.coalesce("stop_watched", "mark_watched", pl.lit(0)).alias("watched"),
            (100 * pl.coalesce("position", "start_position_ms") / pl.col("total_duration_ms"))
            .clip(pl.col("mark").fill_null(0), 100)
            .alias("furthest"),
        )
        .with_columns(
            (pl.col("watched") >= VIEW_MS).alias("is_view"),
            (pl.col("furthest") >= CREDITS).alias("is_completed"),
            (pl.col("user_id") + " " + pl.col("title_id")).alias("title_viewer"),
            (pl.col("user_id") + " " + pl.col("item")).alias("item_viewer"),
            pl.min_horizontal(pl.lit(1.0), pl.col("watched") / pl.col("total_duration_ms")).alias(
                "share"
            ),
            pl.when(pl.col("is_flagship") & (day < pl.col("new_until")))
            .then(pl.lit("new flagship"))
            .otherwise(pl.lit("other"))
            .alias("flagship"),
            pl.when(day < pl.col("first_week_until"))
            .then(pl.col("title_id"))
            .otherwise(pl.lit("catalogue"))
            .alias("premiere"),
        )
    )


def viewings_of(playbacks: pl.DataFrame) -> pl.DataFrame:
    """One row for each user and film or episode, the sittings of its first fortnight together."""
    first = pl.col("event_at").min().over("user_id", "item")
    rows = playbacks.sort("event_at").with_columns(first.alias("first_at"))
    in_time = pl.col("event_at") < pl.col("first_at") + pl.duration(days=14)
    return (
        rows.group_by("user_id", "item", "title_id")
        .agg(
            pl.col("first_at").first(),
            pl.col(
                "kind", "genre", "flagship", "season", "episode_number", "platform", "profile_type"
            ).first(),
            pl.col("total_duration_ms").max(),
            pl.col("watched").filter(in_time).sum(),
            pl.col("furthest").filter(in_time).max(),
            pl.col("event_at").filter(pl.col("is_view")).min().alias("viewed_at"),
            pl.col("ended_at").filter(pl.col("is_completed")).min().alias("completed_at"),
        )
        .with_columns(
            pl.col("first_at").dt.date().alias("first_day"),
            pl.min_horizontal(pl.lit(1.0), pl.col("watched") / pl.col("total_duration_ms")).alias(
                "share"
            ),
        )
    )


def active_days_of(events: Events) -> pl.DataFrame:
    """The days on which each user logs in or begins a session."""
    return pl.concat(
        events[name].select("user_id", pl.col("event_at").dt.date().alias("day"))
        for name in ("user_login_success", "streaming_session_start")
    ).unique()


def hours_of(playbacks: pl.DataFrame) -> pl.DataFrame:
    """Hours watched by each user on each day; a playback over midnight is of two."""
    midnight = pl.col("ended_at").dt.truncate("1d")
    after = pl.when(midnight > pl.col("event_at")).then(
        (pl.col("ended_at") - midnight) / (pl.col("ended_at") - pl.col("event_at"))
    )
    both = playbacks.with_columns(after.otherwise(0.0).alias("later"))
    evening = both.select(
        "user_id", "day", (pl.col("watched") * (1 - pl.col("later")) / 3.6e6).alias("hours")
    )
    night = both.select(
        "user_id",
        pl.col("ended_at").dt.date().alias("day"),
        (pl.col("watched") * pl.col("later") / 3.6e6).alias("hours"),
    )
    hours = pl.concat([evening, night]).group_by("user_id", "day").agg(pl.col("hours").sum())
    return hours.filter(pl.col("hours") > 0)


def sessions_of(events: Events, playbacks: pl.DataFrame) -> pl.DataFrame:
    """One row for each session: minutes by its end, and by its playbacks."""
    key = ["user_id", "session_id"]
    ends = events["streaming_session_end"].select(
        *key, (pl.col("total_watch_time_ms_in_session") / 60_000).alias("logged")
    )
    played = playbacks.group_by(key).agg((pl.col("watched").sum() / 60_000).alias("minutes"))
    return (
        events["streaming_session_start"]
        .join(ends, on=key, how="left")
        .join(played, on=key, how="left")
        .with_columns(pl.col("minutes").fill_null(0), pl.col("event_at").dt.date().alias("day"))
    )


def _rolling(days: pl.DataFrame, events: Events, windows: dict[str, int]) -> Numbers:
    found: Numbers = {}
    day = events.first_day
    while day < events.open_day:
        for name, length in windows.items():
            if (day - events.first_day).days + 1 >= length:
                window = days.filter(pl.col("day").is_between(day - timedelta(length - 1), day))
                found["day", day, "all", name] = float(window["user_id"].n_unique())
        day += timedelta(1)
    return found


def streaming_active_users(events: Events) -> Numbers:
    """Distinct users of trailing days."""
    views = playbacks_of(events).filter(pl.col("is_view"))
    features = events["feature_used"].with_columns(pl.col("event_at").dt.date().alias("day"))
    return {
        **_rolling(active_days_of(events), events, {"value": 28, "wau": 7, "dau": 1}),
        **_rolling(views, events, {"viewers": 28}),
        **_rolling(features, events, {"feature_users": 28}),
    }


def streaming_stickiness(events: Events) -> Numbers:
    """Users of the day over those of 28 days, and active days over 28 days of each user."""
    days = active_days_of(events)
    counts = _rolling(days, events, {"dau": 1, "mau": 28})
    found: Numbers = {}
    for (_, day, _, name), users in counts.items():
        if name == "mau":
            window = days.filter(pl.col("day").is_between(day - timedelta(27), day))
            found["day", day, "all", "value"] = counts["day", day, "all", "dau"] / users
            found["day", day, "all", "mean_dau_over_mau"] = len(window) / (28 * users)
    return found


def _logged(events: Events) -> pl.DataFrame:
    sessions = sessions_of(events, playbacks_of(events))
    return sessions.group_by("user_id", "day").agg(pl.col("logged").sum())


def _user_days(events: Events) -> pl.DataFrame:
    key = ["user_id", "day"]
    return (
        active_days_of(events)
        .with_columns(pl.lit(value=True).alias("is_active"))
        .join(hours_of(playbacks_of(events)), on=key, how="full", coalesce=True)
        .join(_logged(events), on=key, how="left")
        .with_columns(
            pl.col("hours", "logged").fill_null(0), pl.col("is_active").fill_null(value=False)
        )
    )


def streaming_hours(events: Events) -> Numbers:
    """Hours by the ends of sessions and by playbacks, in all and for each daily user."""
    parts: Parts = {
        "value": (pl.col("logged").sum() / 60, pl.lit(1)),
        "watched": (pl.col("hours").sum(), pl.lit(1)),
        "per_dau": (pl.col("hours").sum(), pl.col("is_active").sum()),
    }
    return ratios(_user_days(events), "day", parts, ("day", "week", "month"))


def _at(column: str, tenths: int) -> pl.Expr:
    """The smallest value that at least so many tenths of the rows do not exceed."""
    place = (tenths * COUNT + 9) // 10 - 1
    return pl.col(column).sort().get(place)


def streaming_session_duration(events: Events) -> Numbers:
    """Minutes of sessions, of those with an end and of all."""
    minutes = pl.col("minutes")
    parts: Parts = {
        "value": (pl.col("logged").sum(), pl.col("logged").count()),
        "watched": (minutes.sum(), COUNT),
        "with_watching": (many(minutes > 0), COUNT),
        "end_missing": (many(pl.col("logged").is_null()), COUNT),
        "p50": (_at("minutes", 5), pl.lit(1)),
        "p90": (_at("minutes", 9), pl.lit(1)),
    }
    sessions = sessions_of(events, playbacks_of(events))
    return {
        **ratios(sessions, "day", parts, ("day", "week")),
        **ratios(sessions, "day", parts, ("day",), by="device_type"),
    }


def subscriber_churn_rate(events: Events) -> Numbers:
    """Who leaves, told by walking through each user's changes."""
    changes = events["subscription_change"].sort("event_at", "event_id")
    spells: dict[str, list[tuple[date, date | None, str | None]]] = {}
    for row in changes.iter_rows(named=True):
        own, day = spells.setdefault(row["user_id"], []), row["event_at"].date()
        if row["event_type"] == "new_sub":
            own.append((day, None, None))
        elif row["event_type"] == "churn" and own and own[-1][1] is None:
            own[-1] = (own[-1][0], day, row["churn_reason"])
    found: Numbers = {}
    month = events.first_day.replace(day=1)
    while month < events.open_day:
        following = (month + timedelta(31)).replace(day=1)
        if month >= events.first_day:
            rates = _month(spells, month, following)
            found |= {("month", month, "all", name): rate for name, rate in rates.items()}
        month = following
    return found


def _month(
    spells: dict[str, list[tuple[date, date | None, str | None]]], month: date, following: date
) -> dict[str, float]:
    starters, left, gone, failed, joined, tried, ends, came = 0, 0, 0, 0, 0, 0, 0, 0
    for own in spells.values():
        # On its last day nobody is subscribed any more, but ends in it.
        there = [one for one in own if one[0] < month and (one[1] is None or one[1] >= month)]
        new = [one for one in own if month <= one[0] < following]
        over = [one for one in there + new if one[1] is not None and one[1] < following]
        stays = any(one not in over for one in there + new)
        starters += bool(there)
        left += any(one in over for one in there)
        failed += any(one in over and one[2] == "payment" for one in there)
        gone += bool(there) and not stays
        came += not there and stays
        joined += bool(new)
        tried += any(one in over for one in new)
        ends += len(over)
    shares = {
        "value": (ends, starters),
        "of_starters": (left, starters),
        "net_of_returns": (gone, starters),
        "by_payment": (failed, starters),
        "joined_and_left": (tried, joined),
        "quick_ratio": (came, gone),
    }
    return {name: above / below for name, (above, below) in shares.items() if below}


def content_library_utilization(events: Events) -> Numbers:
    """Titles viewed over those ever in the catalogue, and over those on offer in the period."""
    span = range((events.open_day - events.first_day).days + 1)
    calendar = pl.DataFrame({"day": [events.first_day + timedelta(each) for each in span]})
    used = (
        playbacks_of(events)
        .group_by("title_id", "day")
        .agg(COUNT.alias("starts"), pl.col("is_view").sum().alias("views"))
    )
    rows = (
        calendar.join(events.titles, how="cross")
        .join(used, on=["title_id", "day"], how="left")
        .with_columns(pl.col("starts", "views").fill_null(0))
    )
    day = pl.col("day")
    offered = (pl.col("added_on") <= day) & (
        pl.col("removed_on").is_null() | (day < pl.col("removed_on"))
    )
    parts: Parts = {
        "value": (different("title_id", pl.col("views") > 0), different("title_id")),
        "on_offer": (
            different("title_id", offered & (pl.col("views") > 0)),
            different("title_id", offered),
        ),
        "started": (
            different("title_id", offered & (pl.col("starts") > 0)),
            different("title_id", offered),
        ),
    }
    return {
        **ratios(rows, "day", parts, ("day", "week", "month")),
        **ratios(rows, "day", parts, ("week",), by="kind"),
    }


def watch_time_per_user(events: Events) -> Numbers:
    """Minutes of an active day: the mean of users' means, and that of all days."""
    days = _user_days(events)
    found: Numbers = {}
    for grain in ("week", "month"):
        start = pl.col("day").dt.truncate(STARTS[grain])
        users = (
            days.filter(pl.col("is_active"))
            .group_by(start.alias("start"), "user_id")
            .agg((pl.col("logged").sum() / COUNT).alias("minutes"))
        )
        parts: Parts = {
            "value": (pl.col("minutes").sum(), COUNT),
            "p50": (_at("minutes", 5), pl.lit(1)),
            "p90": (_at("minutes", 9), pl.lit(1)),
        }
        means = ratios(users, "start", parts, (grain,))
        found |= means
    watched: Parts = {"watched": (60 * pl.col("hours").sum(), pl.col("is_active").sum())}
    return found | ratios(days, "day", watched, ("week", "month"))


def _user_months(events: Events) -> pl.DataFrame:
    """Users who are active in the last 28 days of each month that is over, with these days."""
    days, months = active_days_of(events), []
    month = events.first_day.replace(day=1)
    while (following := (month + timedelta(31)).replace(day=1)) <= events.open_day:
        if month >= events.first_day:
            months.append({"month": month, "since": following - timedelta(28), "until": following})
        month = following
    crossed = pl.DataFrame(months).join(days, how="cross")
    inside = (pl.col("since") <= pl.col("day")) & (pl.col("day") < pl.col("until"))
    return crossed.filter(inside).select("month", "since", "until", "user_id").unique()


def _in_months(months: pl.DataFrame, rows: pl.DataFrame, day: str) -> pl.DataFrame:
    joined = months.join(rows, on="user_id")
    return joined.filter((pl.col("since") <= pl.col(day)) & (pl.col(day) < pl.col("until")))


def content_diversity_per_user(events: Events) -> Numbers:
    """Titles of which more than a tenth was reached."""
    months, key = _user_months(events), ["month", "user_id"]
    tasted = playbacks_of(events).filter(pl.col("furthest") > 10)
    watched = (
        _in_months(months, tasted, "day")
        .group_by(key)
        .agg(
            pl.col("title_id").n_unique().alias("titles"), pl.col("item").n_unique().alias("items")
        )
    )
    thumbs = (
        events["content_rating"]
        .filter(pl.col("rating") == "thumbs_up")
        .select("user_id", "title_id", pl.col("event_at").dt.date().alias("rated"))
        .unique()
    )
    liked = _in_months(months, thumbs, "rated").group_by(key).agg(COUNT.alias("liked"))
    rows = (
        months.join(watched, on=key, how="left")
        .join(liked, on=key, how="left")
        .with_columns(pl.col("titles", "items", "liked").fill_null(0))
    )
    titles = pl.col("titles")
    parts: Parts = {
        "value": (titles.sum(), many(titles > 0)),
        "per_active_user": (titles.sum(), COUNT),
        "share_over_5": (many(titles > 5), COUNT),
        "items_per_viewer": (pl.col("items").sum(), many(titles > 0)),
        "liked_per_active_user": (pl.col("liked").sum(), COUNT),
    }
    return ratios(rows, "month", parts, ("month",))


def _binges(playbacks: pl.DataFrame) -> pl.DataFrame:
    """Runs of episodes, found by walking through the evenings of each viewer."""
    runs: list[dict[str, object]] = []
    views = playbacks.filter(pl.col("is_view") & pl.col("episode_id").is_not_null())
    for (user, _), rows in views.sort("event_at", "ended_at").group_by(["user_id", "title_id"]):
        run: list[dict[str, object]] = []
        previous = None
        for row in [*rows.sort("event_at", "ended_at").iter_rows(named=True), None]:
            breaks = row is None or previous is None
            if not breaks and row is not None and previous is not None:
                breaks = row["event_at"] - previous >= timedelta(minutes=30)
            if breaks and run:
                episodes = len({each["episode_id"] for each in run})
                if episodes >= BINGE:
                    runs.append({"user_id": user, "day": run[0]["day"], "episodes": episodes})
                run = []
            if row is not None:
                run.append(row)
                previous = row["ended_at"]
    return pl.DataFrame(runs)


def binge_frequency(events: Events) -> Numbers:
    """Binges of the users of a month."""
    months, key = _user_months(events), ["month", "user_id"]
    binges = _in_months(months, _binges(playbacks_of(events)), "day")
    counts = binges.group_by(key).agg(COUNT.alias("binges"), pl.col("episodes").sum())
    rows = months.join(counts, on=key, how="left").with_columns(
        pl.col("binges", "episodes").fill_null(0)
    )
    number = pl.col("binges")
    parts: Parts = {
        "value": (number.sum(), many(number > 0)),
        "per_active_user": (number.sum(), COUNT),
        "share_of_users": (many(number > 0), COUNT),
        "episodes_per_binge": (pl.col("episodes").sum(), number.sum()),
    }
    return ratios(rows, "month", parts, ("month",))


def _is_over(day: str, length: int, events: Events) -> pl.Expr:
    return pl.col(day) + pl.duration(days=length) < events.open_day


def series_completion_rate(events: Events) -> Numbers:
    """Starters of seasons, and who of them completes more than four fifths."""
    viewings = viewings_of(playbacks_of(events)).filter(pl.col("season").is_not_null())
    key = ["user_id", "title_id", "season"]
    starters = viewings.group_by(key).agg(
        pl.col("first_at").min().alias("began"),
        pl.col("viewed_at").min(),
        pl.col("genre").sort_by("first_at").first(),
    )
    until = pl.col("began") + pl.duration(days=28)
    done = (
        viewings.select(*key, "completed_at")
        .join(starters, on=key)
        .group_by(key)
        .agg(
            pl.col("completed_at").count().alias("done"),
            many(pl.col("completed_at") < until).alias("done_in_time"),
        )
    )
    released = (
        starters.join(events.episodes, on=["title_id", "season"])
        .filter(pl.col("released_on") < until)
        .group_by(key)
        .agg(COUNT.alias("released"))
    )
    rows = (
        starters.join(done, on=key)
        .join(released, on=key)
        .with_columns(pl.col("began").dt.date().alias("day"))
    )
    judged = _is_over("day", 28, events) & pl.col("viewed_at").is_not_null()
    enough = 5 * pl.col("done_in_time") > 4 * pl.col("released")
    parts: Parts = {
        "value": (many(5 * pl.col("done") > 4 * pl.col("released")), COUNT),
        "in_time": (many(judged & enough), many(judged)),
        "pending": (many(~_is_over("day", 28, events)), COUNT),
    }
    return {
        **ratios(rows, "day", parts, ("cohort",)),
        **ratios(rows, "day", parts, ("cohort",), by="genre"),
    }


def watchlist_engagement(events: Events) -> Numbers:
    """What is put on lists, and whether it is viewed."""
    views = playbacks_of(events).filter(pl.col("is_view"))
    added = events["watchlist_add_remove"].filter(pl.col("action") == "add")
    added = added.select("event_id", "user_id", "title_id", pl.col("event_at").alias("added_at"))
    seen = views.select("user_id", "title_id", pl.col("event_at").alias("seen_at"))
    joined = added.join(seen, on=["user_id", "title_id"], how="left")
    rows = (
        joined.group_by("event_id", "added_at")
        .agg(
            many(pl.col("seen_at") <= pl.col("added_at")).alias("before"),
            pl.col("seen_at").filter(pl.col("seen_at") > pl.col("added_at")).min().alias("after"),
        )
        .with_columns(pl.col("added_at").dt.date().alias("day"))
    )
    judged = (pl.col("before") == 0) & _is_over("day", 28, events)
    in_time = pl.col("after") < pl.col("added_at") + pl.duration(days=28)
    parts: Parts = {
        "converted": (many(judged & in_time), many(judged)),
        "watched_before": (many(pl.col("before") > 0), COUNT),
    }
    found = ratios(rows, "day", parts, ("week", "month"))
    listed = views.filter(pl.col("source") == "watchlist").select("day", "title_viewer")
    same = pl.concat([rows.select("day", "event_id"), listed.unique()], how="diagonal_relaxed")
    value: Parts = {"value": (different("title_viewer"), pl.col("event_id").count())}
    return found | ratios(same, "day", value, ("week", "month"))


def views_per_title(events: Events) -> Numbers:
    """Viewers, starts and lengths of a title, and the first weeks of premieres."""
    playbacks = playbacks_of(events)
    titles = different("title_id")
    parts: Parts = {
        "value": (different("title_viewer", pl.col("is_view")), titles),
        "starts": (COUNT, titles),
        "by_hours": ((pl.col("watched") / pl.col("total_duration_ms")).sum(), titles),
    }
    found = {
        **ratios(playbacks, "day", parts, ("day", "week", "month")),
        **ratios(playbacks, "day", parts, ("week",), by="kind"),
    }
    premieres = []
    for title in events.titles.iter_rows(named=True):
        day = title["premiered_on"]
        is_over = day is not None and day + timedelta(FIRST_WEEK) <= events.open_day
        if is_over and day >= events.first_day:
            views = playbacks.filter(
                pl.col("is_view")
                & (pl.col("title_id") == title["title_id"])
                & pl.col("day").is_between(day, day + timedelta(FIRST_WEEK - 1))
            )
            viewers = views["user_id"].n_unique()
            premieres.append({"day": day, "premiere": title["title_id"], "viewers": viewers})
    first_weeks: Parts = {
        "premiere_viewers": (pl.col("viewers").sum(), COUNT),
        "premieres_with_enough": (many(pl.col("viewers") > ENOUGH), COUNT),
    }
    rows = pl.DataFrame(premieres)
    return {
        **found,
        **ratios(rows, "day", first_weeks, ("day", "week", "month")),
        **ratios(rows, "day", first_weeks, ("week",), by="premiere"),
    }


def _by_kind(rows: pl.DataFrame, day: str, parts: Parts) -> Numbers:
    return {
        **ratios(rows, day, parts, ("day", "week", "month")),
        **ratios(rows, day, parts, ("week",), by="kind"),
    }


def average_view_duration(events: Events) -> Numbers:
    """Minutes by position, by playback and by viewer."""
    playbacks, view = playbacks_of(events), pl.col("is_view")
    viewings = viewings_of(playbacks).filter(pl.col("watched") >= VIEW_MS)
    parts: Parts = {
        "value": (pl.col("position").sum() / 60_000, pl.col("position").count()),
        "watched": (pl.col("watched").filter(view).sum() / 60_000, view.sum()),
        "with_seek": (many(view & (pl.col("seeks") > 0)), view.sum()),
        "without_stop": (many(pl.col("stopped_at").is_null()), COUNT),
    }
    by_viewer: Parts = {"per_viewer": (pl.col("watched").sum() / 60_000, COUNT)}
    return _by_kind(playbacks, "day", parts) | _by_kind(viewings, "first_day", by_viewer)


def percentage_completion(events: Events) -> Numbers:
    """Shares of the length by position, by playback and by viewer."""
    playbacks, view, length = playbacks_of(events), pl.col("is_view"), pl.col("total_duration_ms")
    viewings = viewings_of(playbacks).filter(pl.col("watched") >= VIEW_MS)
    parts: Parts = {
        "value": (
            pl.col("position").sum(),
            length.filter(pl.col("stopped_at").is_not_null()).sum(),
        ),
        "of_sums": (pl.col("watched").filter(view).sum(), length.filter(view).sum()),
        "mean_share": (pl.col("share").filter(view).sum(), view.sum()),
    }
    by_viewer: Parts = {
        "per_viewer": (pl.col("share").sum(), COUNT),
        "completed": (many(pl.col("furthest") >= CREDITS), COUNT),
    }
    return _by_kind(playbacks, "day", parts) | _by_kind(viewings, "first_day", by_viewer)


def audience_retention_curve(events: Events) -> Numbers:
    """How many viewers come to each tenth, and how many playbacks show it."""
    playbacks = playbacks_of(events)
    viewings = viewings_of(playbacks)
    shown = (
        playbacks.join(
            viewings.select("user_id", "item", "first_at", "first_day"), on=["user_id", "item"]
        )
        .filter(pl.col("event_at") < pl.col("first_at") + pl.duration(days=14))
        .group_by("user_id", "item")
        .agg(
            many(
                (100 * pl.col("start_position_ms") <= percent * pl.col("total_duration_ms"))
                & (pl.col("furthest") >= percent)
            ).alias(f"shown {percent}")
            for percent in range(10, 101, 10)
        )
    )
    rows = viewings.join(shown, on=["user_id", "item"])
    parts: Parts = {"value": (many(pl.col("furthest") >= 50), COUNT)}
    for percent in range(10, 101, 10):
        parts[f"viewers_{percent}"] = (many(pl.col("furthest") >= percent), COUNT)
        parts[f"plays_{percent}"] = (pl.col(f"shown {percent}").sum(), COUNT)
    return {
        **ratios(rows, "first_day", parts, ("week", "month")),
        **ratios(rows, "first_day", parts, ("week",), by="kind"),
    }


def series_hook_rate(events: Events) -> Numbers:
    """Who completes the first episode of a series."""
    rows = viewings_of(playbacks_of(events)).filter(pl.col("episode_number") == 1)
    judged = pl.col("viewed_at").is_not_null() & _is_over("first_day", 7, events)
    in_time = pl.col("completed_at") < pl.col("first_at") + pl.duration(days=7)
    parts: Parts = {
        "value": (pl.col("completed_at").count(), COUNT),
        "in_time": (many(judged & in_time), many(judged)),
    }
    return {
        **ratios(rows, "first_day", parts, ("cohort",)),
        **ratios(rows, "first_day", parts, ("cohort",), by="flagship"),
    }


def rewatch_rate(events: Events) -> Numbers:
    """Who starts anew what is completed, beside who starts again."""
    playbacks = playbacks_of(events)
    completed = viewings_of(playbacks).select("user_id", "item", "completed_at")
    rows = playbacks.join(completed, on=["user_id", "item"], how="left").with_columns(
        (pl.col("event_at") > pl.col("event_at").min().over("title_viewer")).alias("is_another")
    )
    view, since = pl.col("is_view"), pl.col("start_position_ms")
    anew = (pl.col("event_at") > pl.col("completed_at")) & (
        20 * since < pl.col("total_duration_ms")
    )
    viewed = different("item_viewer", view)
    parts: Parts = {
        "value": (different("title_viewer", pl.col("is_another")), different("title_viewer")),
        "rewatched": (different("item_viewer", view & anew), viewed),
        "resumed": (different("item_viewer", view & (since > 0)), viewed),
    }
    return {
        **ratios(rows, "day", parts, ("day", "week", "month")),
        **ratios(rows, "day", parts, ("week",), by="profile_type"),
    }


ORACLES: dict[str, Callable[[Events], Numbers]] = {
    oracle.__name__: oracle
    for oracle in (
        streaming_active_users,
        streaming_stickiness,
        streaming_hours,
        streaming_session_duration,
        subscriber_churn_rate,
        content_library_utilization,
        watch_time_per_user,
        content_diversity_per_user,
        binge_frequency,
        series_completion_rate,
        watchlist_engagement,
        views_per_title,
        average_view_duration,
        percentage_completion,
        audience_retention_curve,
        series_hook_rate,
        rewatch_rate,
    )
}
"""The oracle of each metric, by its name."""

SLICES = {
    "streaming_session_duration": "device_type",
    "content_library_utilization": "kind",
    "series_completion_rate": "genre",
    "views_per_title": "kind",
    "average_view_duration": "kind",
    "percentage_completion": "kind",
    "audience_retention_curve": "kind",
    "series_hook_rate": "flagship",
    "rewatch_rate": "profile_type",
}
"""The slice whose members an oracle has beside all."""
