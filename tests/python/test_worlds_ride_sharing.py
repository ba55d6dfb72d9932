"""What is special about the ride-sharing worlds: carpools hang together, and traps occur."""

from __future__ import annotations

from itertools import compress
from statistics import mean

import numpy as np
import pytest

from scripts.worlds.registry import SCENARIOS
from scripts.worlds.ride_sharing.population import populate
from scripts.worlds.ride_sharing.settings import HUBS, WORLDS
from tests.python.worlds import clean, count, made, true_values

# When rides started and ended, but for those that may still be on the road when the world ends.
RIDDEN = """
    with ridden as (
        select
            ride_id,
            max(event_at) as ended_at,
            max(event_at) - to_seconds(max(duration_seconds)) as started_at
        from ride_completion group by ride_id
        having max(event_at) < (select max(event_at) - interval 1 hour from ride_completion)
    )
"""
CONTRADICTIONS = {
    "a request asked twice": """
        select request_id from carpool_ride_request group by request_id having count(*) > 1""",
    "a rider twice on a ride": """
        select ride_id from ride_completion group by ride_id, user_id having count(*) > 1""",
    "a carpool before the launch": """
        select * from carpool_ride_request where event_at < '2026-03-02'""",
    "a match without a request": """
        select * from carpool_ride_match_success as answer
        where not exists (
            select * from carpool_ride_request as request
            where request.request_id = answer.request_id
              and request.user_id = answer.user_id
              and request.event_at <= answer.event_at
        )""",
    "a failure without a request": """
        select * from carpool_ride_match_failure
        anti join carpool_ride_request using (request_id, user_id)""",
    "a carpool ridden without a match before it": """
        select * from ride_completion as ride
        join ridden using (ride_id)
        where ride.ride_type = 'carpool' and not exists (
            select * from carpool_ride_match_success as answer
            where answer.request_id = ride.request_id
              and answer.user_id = ride.user_id
              and answer.event_at < ridden.started_at
        )""",
    "a carpool driven by another driver than the last match said": """
        select * from ride_completion as ride
        join (
            select request_id, max_by(driver_id, event_at) as driver_id
            from carpool_ride_match_success group by request_id
        ) as answer using (request_id)
        where ride.driver_id <> answer.driver_id""",
    "a driver on two rides at once": """
        select * from (
            select distinct ride_id, driver_id, started_at, ended_at
            from ride_completion join ridden using (ride_id)
        )
        qualify started_at < lag(ended_at) over (partition by driver_id order by started_at)""",
    "a rider matched with oneself": """
        select * from carpool_ride_match_success
        where list_contains(matched_user_ids_list, user_id)""",
    "a ride whose rows disagree": """
        select ride_id from ride_completion group by ride_id
        having count(distinct (ride_type, driver_id, city, distance_km, duration_seconds)) > 1""",
    "a carpool with another rider count than riders": """
        select ride_id from ride_completion semi join ridden using (ride_id)
        where ride_type = 'carpool' group by ride_id
        having min(carpool_rider_count) <> count(*) or max(carpool_rider_count) <> count(*)""",
    "two riders of a carpool who get on or off at once": """
        select ride_id from ride_completion where ride_type = 'carpool' group by ride_id
        having count(distinct event_at) < count(*)
        union all
        select ride_id from (
            select ride_id, min(leg_pickup_timestamp) as picked_up_at from carpool_leg_details
            group by ride_id, leg_user_id
        ) group by ride_id having count(distinct picked_up_at) < count(*)""",
    "a carpool that starts or ends with nobody on board": """
        select ride_id from ridden
        join carpool_leg_details using (ride_id)
        group by ride_id, started_at, ended_at
        having min(leg_pickup_timestamp) <> started_at
            or max(leg_dropoff_timestamp) <> ended_at""",
    "a leg that ends after its rider was dropped off": """
        select * from ride_completion as ride
        join (
            select ride_id, leg_user_id as user_id, max(leg_dropoff_timestamp) as left_at
            from carpool_leg_details group by all
        ) as legs using (ride_id, user_id)
        where ride.event_at <> legs.left_at""",
    "a standard ride with a request or a rider count": """
        select * from ride_completion where ride_type = 'standard'
        and (request_id is not null or carpool_rider_count is not null)""",
    "shares that do not add up to the fare": """
        select * from ride_completion
        where abs(fare_usd_driver_share + fare_usd_platform_share - fare_usd) > 0.001""",
    "a ride that is free, still or instant": """
        select * from ride_completion
        where fare_usd_platform_share <= 0 or distance_km <= 0 or duration_seconds < 60""",
    "a leg of nobody on that carpool": """
        select * from carpool_leg_details as leg
        anti join ride_completion as ride
          on ride.ride_id = leg.ride_id and ride.user_id = leg.leg_user_id
         and ride.driver_id = leg.user_id and ride.ride_type = 'carpool'""",
    "a carpool rider without a leg": """
        select * from ride_completion as ride
        anti join carpool_leg_details as leg
          on ride.ride_id = leg.ride_id and ride.user_id = leg.leg_user_id
        where ride.ride_type = 'carpool'""",
    "a leg outside its ride, or backwards": """
        select * from carpool_leg_details as leg
        join ridden using (ride_id)
        where leg.leg_pickup_timestamp >= leg.leg_dropoff_timestamp
           or leg.leg_dropoff_timestamp <> leg.event_at
           or leg.leg_pickup_timestamp < ridden.started_at
           or leg.leg_dropoff_timestamp > ridden.ended_at""",
    "a first ride that is not the rider's first": """
        select * from user_first_ride as first
        join (
            select user_id, min(event_at) as event_at, min_by(ride_id, event_at) as ride_id
            from ride_completion group by user_id
        ) as ride using (user_id)
        where first.event_at <> ride.event_at or first.ride_id <> ride.ride_id""",
    "a second first ride": """
        select user_id from user_first_ride group by user_id having count(*) > 1""",
    "a rating by or of somebody who was not there": """
        select * from ride_rating_submitted as rating
        anti join ride_completion as ride
          on ride.ride_id = rating.ride_id and ride.ride_type = rating.ride_type
         and ride.event_at < rating.event_at
         and rating.user_id = if(rating.rated_entity_type = 'driver', ride.user_id, ride.driver_id)
         and rating.rated_entity_id
             = if(rating.rated_entity_type = 'driver', ride.driver_id, ride.user_id)""",
    "a score that is not from 1 to 5": """
        select * from ride_rating_submitted where rating_score not between 1 and 5""",
    "a cancelled carpool without its request": """
        select * from ride_cancellation as gone
        anti join carpool_ride_request using (request_id, user_id)
        where gone.ride_type = 'carpool'""",
    "a cancellation after a match that never was": """
        select * from ride_cancellation as gone
        anti join carpool_ride_match_success as answer
          on answer.request_id = gone.request_id and answer.event_at < gone.event_at
        where gone.ride_type = 'carpool' and gone.stage_of_cancellation <> 'before_match'""",
    "a cancellation before a match that names a ride": """
        select * from ride_cancellation
        where (stage_of_cancellation = 'before_match') <> (ride_id is null)""",
    "a cancelled request that was ridden": """
        select * from ride_cancellation semi join ride_completion using (request_id)""",
    "a ticket about a ride of somebody else": """
        select * from support_ticket_created as ticket
        anti join ride_completion as ride
          on ride.ride_id = ticket.ride_id and ride.user_id = ticket.user_id
         and ride.ride_type = ticket.ride_type
        where ticket.ride_id is not null""",
    "an origin outside every city, or inside two": """
        select * from carpool_ride_request as request
        where (
            select count(*) from cities where origin_lat between min_latitude and max_latitude
            and origin_lon between min_longitude and max_longitude
        ) <> 1""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_the_clean_events_never_hold(what: str) -> None:
    found = clean("ride_sharing").execute(f"{RIDDEN} {CONTRADICTIONS[what]}").fetchmany(3)
    assert not found, what


HAPPENINGS = {
    "requests matched twice": """
        select request_id from carpool_ride_match_success group by request_id
        having count(*) > 1""",
    "requests that failed and then matched": """
        select * from carpool_ride_match_failure
        semi join carpool_ride_match_success using (request_id)""",
    "riders with two legs": """
        select ride_id from carpool_leg_details group by ride_id, leg_user_id
        having count(*) > 1""",
    "revised ratings": """
        select ride_id from ride_rating_submitted group by ride_id, user_id, rated_entity_id
        having count(*) > 1""",
    "carpools cancelled before a match": """
        select * from ride_cancellation
        where ride_type = 'carpool' and stage_of_cancellation = 'before_match'""",
    "carpools cancelled after a match": """
        select * from ride_cancellation
        where ride_type = 'carpool' and stage_of_cancellation <> 'before_match'""",
    "standard rides cancelled": "select * from ride_cancellation where ride_type = 'standard'",
    "tickets without a ride": "select * from support_ticket_created where ride_id is null",
    "riders who leave before their ride ends": """
        select * from ride_completion as early
        semi join ride_completion as late
          on early.ride_id = late.ride_id and early.event_at < late.event_at""",
    "riders of carpools on another platform than the driver who rates them": """
        select * from ride_rating_submitted as rating
        join ride_completion as ride
          on ride.ride_id = rating.ride_id and ride.user_id = rating.rated_entity_id
        where rating.ride_type = 'carpool' and ride.platform <> rating.platform""",
    "drivers who drive both": """
        select driver_id from ride_completion group by driver_id
        having count(distinct ride_type) = 2""",
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_the_traps_that_the_metrics_must_avoid_do_occur(what: str) -> None:
    assert count(clean("ride_sharing"), HAPPENINGS[what]) >= 10, what


RIDES_OF_DRIVERS = """
    select
        driver_id,
        count(distinct ride_id) filter (ride_type = 'carpool') as carpools,
        count(distinct ride_id) as rides
    from ride_completion
    where event_at >= (select max(event_at) from ride_completion) - interval 28 days
    group by driver_id
"""


def test_about_the_planted_share_of_drivers_takes_carpools_for_most_of_its_rides() -> None:
    chosen = SCENARIOS["ride_sharing"]
    causes = WORLDS["healthy"]
    population = populate(chosen.defaults, causes)
    drivers = population.actors.identifier[population.riders :].to_pylist()
    prefer = set(compress(drivers, population.prefers_carpool))
    share = causes.drivers_preferring_carpool
    assert len(prefer) == round(share * len(drivers))
    rows = clean("ride_sharing").execute(RIDES_OF_DRIVERS).fetchall()
    mostly = {driver for driver, carpools, rides in rows if carpools > rides / 2}
    assert mostly <= prefer
    assert share / 2 <= len(mostly) / len(rows) <= share
    # Who prefers carpools drives about as much as the others.
    wished, other = (
        mean(rides for driver, _, rides in rows if (driver in prefer) == preferring)
        for preferring in (True, False)
    )
    assert 0.8 <= wished / other <= 1.25


def test_carpools_are_asked_for_at_the_hubs_of_a_city_and_most_at_its_first() -> None:
    asked = clean("ride_sharing").execute("select * from carpool_ride_request").fetchnumpy()
    places = np.stack([asked["origin_lat"], asked["origin_lon"]], axis=1)
    # About a kilometre around; the riders of a wave are a few streets apart.
    is_at = (np.abs(places[:, None, None] - HUBS) < 0.01).all(axis=3)
    causes = WORLDS["healthy"]
    assert causes.hub_share_off_peak < is_at.any(axis=(1, 2)).mean() < causes.hub_share_peak
    at_hub = is_at.sum(axis=0)
    assert (at_hub[:, 0] > at_hub[:, 2]).all()


THRESHOLDS = {
    "carpool_request_success_rate": 0.80,
    "carpool_average_fill_rate": 1.8,
    "driver_earnings_per_hour.lift": 0.10,
    "carpool_rider_csat": 4.5,
    "carpool_driver_csat": 4.6,
}
CEILINGS = {
    "carpool_average_detour_time.per_rider": 7.0,
    "carpool_cancellation_rate": 0.10,
}


def test_what_is_expected_of_the_worlds_lies_on_either_side_of_the_targets() -> None:
    healthy = true_values(made("ride_sharing"))
    missed = true_values(made("ride_sharing", "degraded"))
    for name, threshold in THRESHOLDS.items():
        assert missed[name] < threshold < healthy[name], name
    for name, ceiling in CEILINGS.items():
        assert healthy[name] < ceiling < missed[name], name
