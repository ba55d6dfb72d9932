"""The seven events that say where users of short video are: their fields, ids and faults."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.worlds.envelope import SECONDS_PER_DAY, Actors, timestamps
from scripts.worlds.fields import ids, one_of, rounded, whole
from scripts.worlds.scenario import Fields
from scripts.worlds.short_video.places import CITY_NAMES, address

SEARCHES = ("gym", "dentist", "pizza", "museum", "school", "plumber")
BUSINESS_INTERACTIONS = ("call", "directions", "booking", "review")
DECLARED_VIA = ("profile", "survey")
PROFILE, SURVEY = range(2)

_city = one_of(CITY_NAMES)


def _day(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give the first instants of days of the world; negative ones become null."""
    days = timestamps(values * SECONDS_PER_DAY)
    return pc.if_else(pa.array(values >= 0), days, pa.scalar(None, days.type))


LOCATION_FIELDS: Fields = {
    "app_session_start_with_gps": {
        "lat": rounded(3),
        "lon": rounded(3),
        "accuracy_meters": whole,
    },
    "ip_address_seen": {"ip_address": address},
    "user_profile_location_update": {
        "new_city": _city,
        "old_city": _city,
        "declared_via": one_of(DECLARED_VIA),
        "lives_there_since": _day,
    },
    "content_geotagged": {"content_id": ids("g", 6), "lat": rounded(3), "lon": rounded(3)},
    "local_search_query": {
        "query_terms": one_of(SEARCHES),
        "inferred_query_location": _city,
    },
    "local_business_interaction": {
        "business_id": ids("b", 4),
        "interaction_type": one_of(BUSINESS_INTERACTIONS),
        "business_location": _city,
    },
    "network_change": {"wifi_ssid_hashed": ids("wifi", 6), "cell_tower_id": ids("t", 4)},
}

LOCATION_PREFIXES = {
    "app_session_start_with_gps": "gp",
    "ip_address_seen": "ip",
    "user_profile_location_update": "pr",
    "content_geotagged": "gt",
    "local_search_query": "lq",
    "local_business_interaction": "lb",
    "network_change": "nc",
}

LOCATION_OTHERWISE = {"app_session_start_with_gps": {"money": ("accuracy_meters",)}}

# In the order of events.py: duplicate, late, future clock, null id, number, enum, negative, orphan.
LOCATION_FAULTS = {
    "app_session_start_with_gps": (3, 3, 1, 2, 3, 1, 2, 0),
    "ip_address_seen": (3, 2, 0, 2, 0, 2, 0, 0),
    "user_profile_location_update": (1, 0, 0, 2, 0, 2, 0, 0),
    "content_geotagged": (1, 1, 0, 1, 2, 1, 0, 0),
    "local_search_query": (1, 1, 0, 1, 0, 1, 0, 0),
    "local_business_interaction": (2, 2, 1, 2, 0, 2, 0, 0),
    "network_change": (2, 2, 1, 1, 0, 1, 0, 0),
}
