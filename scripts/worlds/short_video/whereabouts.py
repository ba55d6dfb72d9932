"""What is logged of where users are on one day, in their visits and in the background."""

from dataclasses import replace

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY, Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.short_video.location_events import (
    BUSINESS_INTERACTIONS,
    PROFILE,
    SEARCHES,
    SURVEY,
)
from scripts.worlds.short_video.places import (
    CITY_NAMES,
    COMMUTER,
    LATITUDES,
    LONGITUDES,
    MOVER,
    SETTLING_DAYS,
    STUDENT,
    TRAVELLER,
    VPN,
    Places,
)
from scripts.worlds.short_video.settings import Causes

_OF_INTEREST = (MOVER, TRAVELLER, STUDENT, COMMUTER, VPN)
_SEES_BACK_AND_FORTH = 0.25
_NEW_HERE_DAYS = 35
_BURST = 3
"""Times that a commuter's app says on a working day where it is."""
_PHOTOS = 4
"""Pictures of a holiday that are posted on each of some days."""
_PHOTO_DAYS = 2
_TOWERS_OF_A_CITY = 20


def _is_there(causes: Causes, places: Places, day: Day) -> Integers:
    """Draw in which city each user is on a day."""
    away = places.is_away(day.number)
    moving = places.is_mover & (day.number - places.leaves < SETTLING_DAYS)
    back = moving & day.chance(_SEES_BACK_AND_FORTH, len(away))
    return np.where(away & ~back, places.other, places.home)


def looks_around_odds(
    places: Places, day: int, new_here: float, usual: float, travelling: float
) -> Floats:
    """Give how often users look for what is near: more of it where they have just moved to."""
    since = day - places.leaves
    settling = places.is_mover & (since >= 0) & (since < _NEW_HERE_DAYS)
    on_a_journey = places.is_away(day) & np.isin(places.kind, (TRAVELLER, STUDENT))
    return np.select([settling, on_a_journey], [new_here, travelling], usual)


def log_whereabouts(causes: Causes, places: Places, day: Day) -> None:
    """Log where users are seen on a day, after all else that happens on it."""
    # With a stream of its own, so that no other event changes where location does.
    day = replace(day, generator=places.chance_of(day.number))
    city = _is_there(causes, places, day)
    # From some day on the web may lose all of it before it is logged.
    is_logged = ~places.is_on_web | (day.number < causes.web_lost_from)
    _see_addresses(causes, places, day, city, is_logged)
    _read_phones(causes, places, day, city, is_logged)
    _look_around(causes, places, day, city, is_logged)
    _declare(causes, places, day, city)


def _at(day: Day, size: int) -> Integers:
    return np.asarray(day.start + day.between(0, SECONDS_PER_DAY, size))


def busy(places: Places) -> Floats:
    """Give how much is logged of each of the settled users: most of those who go somewhere."""
    return np.where(np.isin(places.kind, _OF_INTEREST), 1.0, 0.4)[: places.settled]


def gps_odds(causes: Causes, places: Places) -> Floats:
    """Give the odds that the app of each settled user says on a day where it is."""
    often = np.where(places.kind == VPN, 1.75, 1.0) * places.has_gps
    return causes.opens_with_gps * often[: places.settled] * busy(places)


def _see_addresses(
    causes: Causes, places: Places, day: Day, city: Integers, is_logged: Booleans
) -> None:
    """Log addresses: one at the start of each visit, and those of refreshes in the background."""
    starts = day.parts.get("user_session_start", [])
    visitors = np.concatenate([part["actor"] for part in starts] or [np.empty(0, dtype=np.int64)])
    begun = np.concatenate([part["at"] for part in starts] or [np.empty(0, dtype=np.int64)])
    refresh = day.chance(causes.refreshes * busy(places), places.settled)
    # What was seen last is there when the log begins.
    quiet = np.flatnonzero(refresh | (day.number == 0))
    who = np.concatenate([visitors, quiet])
    day.log(
        "ip_address_seen",
        np.concatenate([begun, _at(day, len(quiet))]),
        who,
        where=is_logged[who],
        ip_address=places.addresses(day.number, who, city[who]),
    )


def _read_phones(
    causes: Causes, places: Places, day: Day, city: Integers, is_logged: Booleans
) -> None:
    """Log what phones say: coordinates, and networks, of which some are seen beside these."""
    settled = places.settled
    opens = day.chance(gps_odds(causes, places), settled)
    at_work = (places.kind == COMMUTER)[:settled] & places.is_away(day.number)[:settled]
    times = opens * np.where(at_work, _BURST, 1)
    who = np.repeat(np.arange(settled), times)
    at = _at(day, len(who))
    here = city[who]
    # Some are on the way, far from any city.
    on_the_way = day.chance(0.04, len(who))
    spread = day.generator.normal(0, 0.05, (2, len(who)))
    accuracy = 5 + day.generator.lognormal(3.5, 1.2, len(who))
    day.log(
        "app_session_start_with_gps",
        at,
        who,
        where=is_logged[who],
        lat=LATITUDES[here] + spread[0] + 2.5 * on_the_way,
        lon=LONGITUDES[here] + spread[1],
        accuracy_meters=accuracy.astype(np.int64),
    )
    beside = np.flatnonzero(day.chance(0.35, len(who)) & ~on_the_way)
    apart = np.flatnonzero(
        day.chance(causes.changes_network * busy(places), settled) & places.has_gps[:settled]
    )
    seen = np.concatenate([who[beside], apart])
    on_wifi = day.chance(0.7, len(seen))
    day.log(
        "network_change",
        np.concatenate([at[beside] + 3, _at(day, len(apart))]),
        seen,
        where=is_logged[seen],
        wifi_ssid_hashed=np.where(on_wifi, len(CITY_NAMES) * seen + city[seen], -1),
        cell_tower_id=np.where(
            on_wifi, -1, _TOWERS_OF_A_CITY * city[seen] + seen % _TOWERS_OF_A_CITY
        ),
    )
    holiday = (places.photos_on <= day.number) & (day.number < places.photos_on + _PHOTO_DAYS)
    posts = np.where(holiday, _PHOTOS, 0)[:settled]
    posts = posts + day.chance(causes.geotags * busy(places), settled)
    poster = np.repeat(np.arange(settled), posts)
    spread = day.generator.normal(0, 0.05, (2, len(poster)))
    day.log(
        "content_geotagged",
        _at(day, len(poster)),
        poster,
        where=is_logged[poster],
        content_id=day.number * 1_000 + np.arange(len(poster)),
        lat=LATITUDES[city[poster]] + spread[0],
        lon=LONGITUDES[city[poster]] + spread[1],
    )


def _look_around(
    causes: Causes, places: Places, day: Day, city: Integers, is_logged: Booleans
) -> None:
    """Log searches for what is near, and what is done with businesses."""
    settled = places.settled
    rates = looks_around_odds(
        places, day.number, causes.settling_in, causes.looks_around, causes.sees_sights
    )
    who = np.flatnonzero(day.chance(rates[:settled], settled))
    # Without the phone's own word the place of a search is that of the address.
    inferred = np.where(places.has_gps[who], city[who], places.seen_in(day.number, who, city[who]))
    day.log(
        "local_search_query",
        _at(day, len(who)),
        who,
        where=is_logged[who],
        query_terms=day.between(0, len(SEARCHES), len(who)),
        inferred_query_location=inferred,
    )
    rates = looks_around_odds(
        places, day.number, causes.settling_in, causes.looks_around, causes.visits_shops
    )
    who = np.flatnonzero(day.chance(rates[:settled], settled))
    day.log(
        "local_business_interaction",
        _at(day, len(who)),
        who,
        where=is_logged[who],
        business_id=100 * city[who] + day.between(0, 100, len(who)),
        interaction_type=day.between(0, len(BUSINESS_INTERACTIONS), len(who)),
        business_location=city[who],
    )


def _tell_profile(places: Places, day: Day, who: Integers) -> None:
    """Log that the profile of some users has their other city."""
    day.log(
        "user_profile_location_update",
        _at(day, len(who)),
        who,
        new_city=places.other[who],
        old_city=places.home[who],
        declared_via=PROFILE,
        lives_there_since=-1,
    )


def _declare(causes: Causes, places: Places, day: Day, city: Integers) -> None:
    """Log what users say of where they live: in the profile, and when they are asked."""
    _tell_profile(places, day, np.flatnonzero(places.updates_on == day.number))
    # A release fills in by itself, after a week, the city that the address says.
    everybody = np.arange(len(city))
    says = places.seen_in(day.number, everybody, city)
    arrived = places.is_away(day.number) & (day.number - places.leaves == 8)
    filled = arrived & (says == places.other) & day.chance(causes.profile_fills_itself, len(city))
    _tell_profile(places, day, np.flatnonzero(filled))
    asked = np.flatnonzero(places.asked_on == day.number)
    has_moved = places.is_mover[asked] & (places.leaves[asked] + SETTLING_DAYS <= day.number)
    day.log(
        "user_profile_location_update",
        _at(day, len(asked)),
        asked,
        new_city=places.lives_in(day.number)[asked],
        old_city=places.home[asked],
        declared_via=SURVEY,
        lives_there_since=np.where(has_moved, places.leaves[asked] + SETTLING_DAYS, -1),
    )
