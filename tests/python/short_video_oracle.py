"""The metrics of original and shared content worked out anew in Polars, from staged events.

No SQL is shared with the marts: frames come from `select *` alone. A number is found by grain,
first day of the period, member of a slice ('all' without one) and statistic.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date

import polars as pl

from tests.python.builds import Build, planted
from tests.python.oracles import built_from_seed

Key = tuple[str, date, str, str]
"""Grain, first day of the period, member, statistic."""
Numbers = dict[Key, float]
Events = dict[str, pl.DataFrame]
OTHER_SEED = "78"
EVENTS = ("content_created", "content_shared", "engagement_on_content", "view_on_content")

STARTS = {"day": "1d", "week": "1w", "month": "1mo"}
WINDOW, SUCCESS, TOP = 7, 5, 20
SLICES = {"engagement_rate_sc": "depth"}
"""The slice of each metric that is compared, beside the total: the type of content otherwise."""
DEPTHS = {0: "original", 1: "share", 2: "share of a share"}
CONTENT = "content_id_original"
SHARE = "shared_instance_id"


def built_from_another_seed() -> Build:
    """The room built from a world that nobody has committed, for the oracles of all questions."""
    rate = planted("short_video")["sampling_rate"]
    return built_from_seed("short_video", OTHER_SEED, sampling_rates={"short_video": rate})


def happenings_of(events: Events) -> pl.DataFrame:
    """Views and engagements, each with its original and the share that it was on."""
    originals = events["content_created"].select(
        CONTENT, "content_type", pl.col("event_at").dt.date().alias("created")
    )
    shares = (
        events["content_shared"]
        .join(originals, on=CONTENT)
        .select(CONTENT, SHARE, "share_depth", "share_platform")
    )
    views = events["view_on_content"].select(
        CONTENT,
        SHARE,
        "user_id",
        "event_at",
        pl.col("referrer_shared_instance_id").alias("referrer"),
        pl.lit(1).alias("views"),
        pl.lit(0).alias("engagements"),
    )
    engagements = (
        events["engagement_on_content"]
        .filter(pl.col("engagement_type").is_in(["like", "comment", "save"]))
        .select(
            CONTENT,
            SHARE,
            "user_id",
            "event_at",
            pl.lit(None, pl.String).alias("referrer"),
            pl.lit(0).alias("views"),
            pl.lit(1).alias("engagements"),
        )
    )
    age = (pl.col("event_at").dt.date() - pl.col("created")).dt.total_days()
    return (
        pl.concat([views, engagements])
        .join(originals, on=CONTENT)
        .filter(age.is_between(-1, WINDOW))
        .join(shares.drop("share_platform"), on=[CONTENT, SHARE], how="left")
        .filter(pl.col(SHARE).is_null() | pl.col("share_depth").is_not_null())
        .join(
            shares.select(
                CONTENT,
                pl.col(SHARE).alias("referrer"),
                (pl.col("share_platform") == "native_reshare").alias("is_native"),
            ),
            on=[CONTENT, "referrer"],
            how="left",
        )
        .with_columns(
            pl.col(SHARE).is_null().alias("direct"),
            pl.col("share_depth")
            .fill_null(0)
            .replace_strict(DEPTHS, default="deeper share", return_dtype=pl.String)
            .alias("depth"),
        )
    )


def periods(events: Events, rows: pl.DataFrame, by: str) -> Iterator[tuple[str, date, str, Events]]:
    """Rows of each period and member, with all the originals of both."""
    created = events["content_created"].select(
        CONTENT, "content_type", pl.col("event_at").dt.date().alias("created")
    )
    for grain, length in STARTS.items():
        start = pl.col("created").dt.truncate(length).alias("start")
        for member in (pl.lit("all"), pl.col(by)):
            groups = [start, member.alias("member")]
            parts = {
                "rows": rows.with_columns(groups).partition_by("start", "member", as_dict=True)
            }
            if by in created.columns:
                dated = created.with_columns(groups)
                parts["originals"] = dated.partition_by("start", "member", as_dict=True)
            for key in {key for part in parts.values() for key in part}:
                found = {name: part.get(key, rows.clear()) for name, part in parts.items()}
                first, name = key
                assert isinstance(first, date)
                yield grain, first, str(name), found


def ratio(above: float, below: float) -> float | None:
    """A ratio, where there is anything below."""
    return above / below if below else None


def measured(
    one: Callable[[Events], dict[str, float | None]], by: str = "content_type"
) -> Callable[[Events], Numbers]:
    """A metric by what it says of the rows and originals of one period and member."""

    def of_all(events: Events) -> Numbers:
        found: Numbers = {}
        for grain, start, member, parts in periods(events, happenings_of(events), by):
            for statistic, value in one(parts).items():
                if value is not None:
                    found[grain, start, member, statistic] = value
        return found

    return of_all


def totals(rows: pl.DataFrame, *keys: str) -> list[dict[str, float]]:
    """Views and engagements, direct and by shares, of each original or person of one."""
    sums = [
        pl.col(what).filter(pl.col("direct") == direct).sum().alias(f"{kind} {what}")
        for what in ("views", "engagements")
        for direct, kind in ((True, "direct"), (False, "shared"))
    ]
    return rows.group_by(CONTENT, *keys).agg(sums).to_dicts()


def direct_rate(parts: Events) -> dict[str, float | None]:
    """Engagement of originals themselves."""
    originals = totals(parts["rows"])
    direct = sum(one["direct engagements"] for one in originals)
    shared = sum(one["shared engagements"] for one in originals)
    views = sum(one["direct views"] for one in originals)
    seen = [one for one in originals if one["direct views"]]
    rates = [one["direct engagements"] / one["direct views"] for one in seen]
    all_views = views + sum(one["shared views"] for one in originals)
    return {
        "value": ratio(direct, views),
        "mean_of_originals": ratio(math.fsum(rates), len(rates)),
        "on_any_surface": ratio(direct + shared, all_views),
    }


def reach(parts: Events) -> dict[str, float | None]:
    """People of originals and their shares."""
    rows, originals = parts["rows"], parts["originals"][CONTENT].n_unique()
    people = rows.select(CONTENT, "user_id", "direct", SHARE).unique()
    direct = set(people.filter("direct").select(CONTENT, "user_id").iter_rows())
    shared = set(people.filter(~pl.col("direct")).select(CONTENT, "user_id").iter_rows())
    return {
        "value": len(direct | shared) / originals,
        "on_original": len(direct) / originals,
        "on_shares": len(shared) / originals,
        "on_both": len(direct & shared) / originals,
        "summed_over_surfaces": len(people) / originals,
    }


def shared_rate(events: Events) -> Numbers:
    """Engagement of shares, at each depth and beside originals."""
    rows = happenings_of(events)
    own = {
        one[CONTENT]: ratio(one["direct engagements"], one["direct views"]) for one in totals(rows)
    }
    found: Numbers = {}
    for grain, start, member, parts in periods(events, rows, "depth"):
        originals = totals(parts["rows"])
        views = sum(one["shared views"] for one in originals)
        engagements = sum(one["shared engagements"] for one in originals)
        direct = ratio(
            sum(one["direct engagements"] for one in originals),
            sum(one["direct views"] for one in originals),
        )
        matched = [one for one in originals if own[one[CONTENT]] is not None]
        shares = [
            one["shared engagements"] / one["shared views"]
            for one in totals(parts["rows"].filter(~pl.col("direct")), SHARE)
            if one["shared views"]
        ]
        values = {
            "value": ratio(engagements, views),
            "ratio_to_oc": ratio(engagements, views * direct) if direct and views else None,
            "matched_ratio": ratio(
                sum(one["shared engagements"] for one in matched),
                math.fsum(one["shared views"] * (own[one[CONTENT]] or 0) for one in matched),
            ),
            "mean_of_shares": ratio(math.fsum(shares), len(shares)),
        }
        found |= {
            (grain, start, member, name): value
            for name, value in values.items()
            if value is not None
        }
    return found


def clicks(parts: Events) -> dict[str, float | None]:
    """Clicks from shares to originals."""
    rows = parts["rows"].with_columns(
        (pl.col("direct") & pl.col("referrer").is_not_null()).alias("c")
    )
    people = (
        rows.group_by(CONTENT, "user_id")
        .agg(
            pl.col("c").sum().alias("clicks"),
            (pl.col("c") & pl.col("is_native").fill_null(value=False)).sum().alias("native"),
            pl.col("views").filter(~pl.col("direct")).sum().alias("seen"),
        )
        .to_dicts()
    )
    views = sum(one["seen"] for one in people)
    return {
        "value": ratio(sum(one["clicks"] > 0 for one in people), views),
        "per_viewer": ratio(
            sum(one["native"] > 0 and one["seen"] > 0 for one in people),
            sum(one["seen"] > 0 for one in people),
        ),
        "per_view": ratio(sum(one["native"] for one in people), views),
    }


def lift(parts: Events) -> dict[str, float | None]:
    """What shares add to originals."""
    originals = totals(parts["rows"])
    liked = [one for one in originals if one["direct engagements"]]
    alone = [
        one for one in originals if one["shared engagements"] and not one["direct engagements"]
    ]
    lifts = sorted(
        (one["shared engagements"] / one["direct engagements"] for one in liked), reverse=True
    )
    least = lifts[-(-len(lifts) // TOP) - 1] if lifts else 0.0
    return {
        "value": ratio(
            sum(one["shared engagements"] for one in liked),
            sum(one["direct engagements"] for one in liked),
        ),
        "mean_of_originals": ratio(math.fsum(lifts), len(lifts)),
        "by_shares_alone": len(alone) / parts["originals"][CONTENT].n_unique(),
        "top_5_percent": least or None,
    }


def expansion(parts: Events) -> dict[str, float | None]:
    """People whom only shares brought."""
    people: dict[str, list[dict[str, float]]] = {}
    for one in totals(parts["rows"], "user_id"):
        people.setdefault(str(one[CONTENT]), []).append(one)
    pairs = [
        (
            sum(1 for one in of_one if one["shared engagements"] and not one["direct engagements"]),
            sum(1 for one in of_one if one["direct engagements"]),
            sum(one["shared views"] for one in of_one) >= SUCCESS,
        )
        for of_one in people.values()
    ]
    successful = [(new, direct) for new, direct, is_one in pairs if is_one]
    ratios = [new / direct for new, direct in successful if direct]
    return {
        "value": ratio(sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)),
        "successful": ratio(sum(new for new, _ in successful), sum(old for _, old in successful)),
        "mean_of_originals": ratio(math.fsum(ratios), len(ratios)),
    }


ORACLES: dict[str, Callable[[Events], Numbers]] = {
    "direct_engagement_rate_oc": measured(direct_rate),
    "total_reach_oc": measured(reach),
    "engagement_rate_sc": shared_rate,
    "click_through_to_original": measured(clicks),
    "engagement_lift_from_sharing": measured(lift),
    "audience_expansion_ratio": measured(expansion),
}
