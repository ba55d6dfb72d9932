"""What people say of a day's rides: ratings by both sides and support tickets."""

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.ride_sharing.rides import Riders, Rides
from scripts.worlds.ride_sharing.settings import BAD_SCORES, GOOD_SCORES, HARSH_SCORES, Causes
from scripts.worlds.ride_sharing.world import (
    CARPOOL,
    DRIVER,
    NO_RIDE,
    NO_RIDE_TYPE,
    RIDER,
    World,
)

# Probabilities of the issues in events.py, in its order.
_CARPOOL_ISSUES = (0.12, 0.22, 0.05, 0.14, 0.30, 0.12, 0.05)
_STANDARD_ISSUES = (0.30, 0.26, 0.05, 0.14, 0.09, 0.11, 0.05)
_OTHER_ISSUES = (0.0, 0.10, 0.0, 0.0, 0.0, 0.65, 0.25)


def _bad_experience(causes: Causes, detour: Integers, others: Integers) -> tuple[Floats, Floats]:
    """Give the odds of a bad carpool for a rider and of a bad rider for the driver."""
    rider = causes.bad_ride + causes.bad_ride_per_detour_minute * detour / 60
    driver = causes.bad_rider + causes.bad_rider_per_other_rider * others
    return np.minimum(rider, 1.0), np.minimum(driver, 1.0)


def _tags(day: Day, score: Integers, rated_type: int) -> Integers:
    """Draw up to two tags for each score, shape (len(score), 2), -1 where none.

    Tags 0-2 praise a driver, 3-6 complain of one, 7-8 praise a rider, 9-10 complain of one.
    """
    praise, complaint = ((0, 3), (3, 7)) if rated_type == DRIVER else ((7, 9), (9, 11))
    happy = score >= 4
    low, high = np.where(happy, praise[0], complaint[0]), np.where(happy, praise[1], complaint[1])
    first = day.generator.integers(low, high)
    second = low + (first - low + 1) % (high - low)
    speaks = day.generator.random(len(score))
    one = speaks < np.where(happy, 0.2, 0.8)
    two = speaks < np.where(happy, 0.03, 0.25)
    return np.stack([np.where(one, first, -1), np.where(two, second, -1)], axis=1)


def log_ratings(world: World, day: Day, rides: Rides, aboard: Riders) -> None:
    """Log what riders and drivers think of each other; the last word on a ride counts."""
    causes, generator = world.causes, day.generator
    carpool = aboard.ride_type == CARPOOL
    size = len(carpool)
    driver = world.population.riders + rides.driver[aboard.ride]
    bad_ride, bad_rider = _bad_experience(causes, aboard.detour, rides.riders[aboard.ride] - 1)
    bad_ride = np.where(carpool, bad_ride, causes.bad_standard_ride)
    tells = np.where(carpool, causes.rating_carpool, causes.rating_standard)
    for rated_type, rater, rated, bad in (
        (DRIVER, aboard.rider, driver, bad_ride),
        (RIDER, driver, aboard.rider, bad_rider),
    ):
        rating = np.flatnonzero(day.chance(tells, size))
        at = (
            aboard.dropoff[rating] + 30 + generator.exponential(1_200, len(rating)).astype(np.int64)
        )
        good = 1 + day.one_of(GOOD_SCORES, len(rating))
        poor = 1 + day.one_of(BAD_SCORES, len(rating))
        score = np.where(day.chance(bad[rating], len(rating)), poor, good)
        # Anger fades: what is revised was harsh at first, and says nothing of the last word.
        revised = day.chance(causes.revision, len(rating))
        later = at + np.where(revised, day.between(600, 6 * 3_600, len(rating)), 0)
        harsh = 1 + day.one_of(HARSH_SCORES, len(rating))
        for those, when, what in (
            (rating[revised], at[revised], harsh[revised]),
            (rating, later, score),
        ):
            day.log(
                "ride_rating_submitted",
                when,
                rater[those],
                ride_id=rides.number[aboard.ride[those]],
                rated_entity_id=rated[those],
                rated_entity_type=rated_type,
                rating_score=what,
                ride_type=aboard.ride_type[those],
                feedback_tags_list=_tags(day, what, rated_type),
            )


def log_tickets(world: World, day: Day, rides: Rides, aboard: Riders) -> None:
    """Log support tickets about rides, and about nothing in particular."""
    causes = world.causes
    carpool = aboard.ride_type == CARPOOL
    odds = np.where(carpool, causes.ticket_carpool, causes.ticket_standard)
    writes = np.flatnonzero(day.chance(odds, len(odds)))
    pooled = carpool[writes]
    issue = np.where(
        pooled,
        day.one_of(_CARPOOL_ISSUES, len(writes)),
        day.one_of(_STANDARD_ISSUES, len(writes)),
    )
    waits = day.generator.exponential(5_400, len(writes)).astype(np.int64)
    day.log(
        "support_ticket_created",
        aboard.dropoff[writes] + 60 + waits,
        aboard.rider[writes],
        ride_id=rides.number[aboard.ride[writes]],
        issue_category=issue,
        ride_type=aboard.ride_type[writes],
    )
    joined = np.flatnonzero(world.population.joined_day < day.number)
    asking = joined[day.chance(causes.ticket_without_ride, len(joined))]
    day.log(
        "support_ticket_created",
        day.start + day.between(0, SECONDS_PER_DAY, len(asking)),
        asking,
        ride_id=NO_RIDE,
        issue_category=day.one_of(_OTHER_ISSUES, len(asking)),
        ride_type=NO_RIDE_TYPE,
    )
