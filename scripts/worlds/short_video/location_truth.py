"""What the causes of location lead one to expect of what is logged of where users are.

| value | above | below |
|---|---|---|
| days with GPS | odds that a settled user's app says where it is | days of settled users |
| days with a search, a business | odds of each, by kind of life and day | days of settled users |

Who moves, when and where to is drawn before the first day and taken as given.
"""

import numpy as np

from scripts.worlds.kit.truth import Expected
from scripts.worlds.short_video.places import Places
from scripts.worlds.short_video.settings import LAUNCH_DAYS, Causes
from scripts.worlds.short_video.whereabouts import gps_odds, looks_around_odds

WITHOUT_MART = ("days_with_gps", "days_with_search", "days_with_business")


def expect_whereabouts(causes: Causes, places: Places, last: int) -> Expected:
    """Work out how often settled users are seen in some ways, from the launch on."""
    days = range(LAUNCH_DAYS[0], last + 1)
    settled = places.settled
    gps = searches = businesses = 0.0
    for day in days:
        is_logged = (~places.is_on_web | (day < causes.web_lost_from))[:settled]
        rates = (
            looks_around_odds(places, day, causes.settling_in, causes.looks_around, travelling)
            for travelling in (causes.sees_sights, causes.visits_shops)
        )
        search, business = (np.where(is_logged, odds[:settled], 0.0).sum() for odds in rates)
        gps += float(np.where(is_logged, gps_odds(causes, places), 0.0).sum())
        searches += float(search)
        businesses += float(business)
    user_days = len(days) * settled
    return {
        "user_cdl_city.days_with_gps": (
            gps / user_days,
            "days on which the app says where a settled user is / days of settled users",
        ),
        "user_cdl_city.days_with_search": (
            searches / user_days,
            "days with a local search / days of settled users",
        ),
        "user_cdl_city.days_with_business": (
            businesses / user_days,
            "days on which a local business is called, visited or reviewed / days of settled users",
        ),
    }
