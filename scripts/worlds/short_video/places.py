"""Where people of short video live, move to and travel, drawn before anything is logged.

Half of the settled users move house, which is far more than in life: recall does not depend on how
common moves are, and a sample of a few would say nothing. Most move in the first weeks of the year,
so that what becomes of them shows within the days of a world.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.worlds.envelope import WEB, Actors, Booleans, Integers
from scripts.worlds.kit.people import NEVER
from scripts.worlds.scenario import Arguments, Tables
from scripts.worlds.short_video.population import Population
from scripts.worlds.short_video.settings import COUNTRIES, Causes

# Streams of chance of location's own: people, and days. Nothing else in the room draws from them.
_PEOPLE_STREAM, _DAYS_STREAM = (3, 1), (3, 2)

# City, country, latitude, longitude. The first of each country is where its carrier's gateway is.
_CITIES = (
    ("Chicago", "US", 41.878, -87.630),
    ("Austin", "US", 30.267, -97.743),
    ("Boston", "US", 42.360, -71.059),
    ("Seattle", "US", 47.606, -122.332),
    ("Brasilia", "BR", -15.794, -47.883),
    ("Curitiba", "BR", -25.428, -49.273),
    ("Recife", "BR", -8.048, -34.877),
    ("Delhi", "IN", 28.614, 77.209),
    ("Kochi", "IN", 9.931, 76.267),
    ("Pune", "IN", 18.520, 73.857),
    ("London", "GB", 51.507, -0.128),
    ("Bristol", "GB", 51.455, -2.588),
    ("Leeds", "GB", 53.801, -1.549),
    ("Amsterdam", "NL", 52.368, 4.904),
    ("Lisbon", "PT", 38.722, -9.139),
    ("Cancun", "MX", 21.162, -86.852),
)
# Where nobody of the world is, and people of a published log are (docs/recipes).
_ELSEWHERE = (
    ("Dallas", "US", 32.777, -96.797),
    ("Kansas City", "US", 39.100, -94.579),
    ("Los Angeles", "US", 34.052, -118.244),
    ("Memphis", "US", 35.150, -90.049),
    ("New York", "US", 40.713, -74.006),
    ("San Diego", "US", 32.716, -117.161),
    ("San Francisco", "US", 37.775, -122.419),
)
CITY_NAMES = tuple(name for name, *_ in _CITIES)
LATITUDES = np.array([latitude for *_, latitude, _ in _CITIES])
LONGITUDES = np.array([longitude for *_, longitude in _CITIES])
CITY_COUNTRIES = np.array([country for _, country, *_ in _CITIES])
_AMSTERDAM = CITY_NAMES.index("Amsterdam")
_RESORTS = np.array([CITY_NAMES.index("Lisbon"), CITY_NAMES.index("Cancun")])

# Addresses are of a range for tests of networks, which belongs to nobody: 198.18.0.0/15. Of their
# three last numbers the middle one tells the line.
_PLAIN, _SHARED = 18 << 16, 19 << 16
_HIDDEN_VPN, _NEW_GATEWAYS, _KNOWN_VPN, _GATEWAYS = 200, 210, 0, 10
FIXED, KNOWN_VPN, HIDDEN_VPN, GATEWAY, NEW_GATEWAY = range(5)

_KINDS = ("mover", "traveller", "student", "holiday", "commuter", "vpn", "behind_vpn", "stayer")
MOVER, TRAVELLER, STUDENT, HOLIDAY, COMMUTER, VPN, BEHIND_VPN, STAYER = range(len(_KINDS))
_KIND_SHARES = (0.5, 0.13, 0.05, 0.08, 0.05, 0.06, 0.05)

SETTLING_DAYS = 10
"""Days after a move in which people still go back and forth; then they live in the new place."""


def hub_of(country: Integers) -> Integers:
    """Give the city in which the gateway of a country's mobile carrier is."""
    hubs = np.array([int(np.flatnonzero(code == CITY_COUNTRIES)[0]) for code in COUNTRIES])
    return hubs[country]


@dataclass(frozen=True)
class Places:
    """Where the users are, one entry for each of them.

    Attributes:
        seed: that of the world, for the streams of chance of its days.
        settled: how many users there are from the first day on.
        kind: which of the kinds of lives.
        country: index into `COUNTRIES`.
        home, other: cities, indexes into `CITY_NAMES`.
        leaves, returns: days between which the user is in the other city.
        has_gps: who lets the app read where the phone is.
        line: through what addresses are seen.
        updates_on: day on which a mover tells the profile of the new city, `NEVER` for others.
        asked_on: day on which the user is asked in the survey, `NEVER` for others.
        photos_on: days of a holiday with many pictures, from here on, `NEVER` for others.
        is_on_web: who has no app.
    """

    seed: int
    settled: int
    kind: Integers
    country: Integers
    home: Integers
    other: Integers
    leaves: Integers
    returns: Integers
    has_gps: Booleans
    line: Integers
    updates_on: Integers
    asked_on: Integers
    photos_on: Integers
    is_on_web: Booleans

    @cached_property
    def is_mover(self) -> Booleans:
        """Who moves house within the world."""
        return np.asarray(self.kind == MOVER)

    def is_away(self, day: int) -> Booleans:
        """Tell who is in the other city on a day: for good, for a while or on working days."""
        at_work = (self.kind == COMMUTER) & (day % 7 in (1, 2, 3))
        return np.asarray(((self.leaves <= day) & (day < self.returns)) | at_work)

    def lives_in(self, day: int) -> Integers:
        """Give the city in which each user says to live on a day."""
        has_moved = self.is_mover & (self.leaves + SETTLING_DAYS <= day)
        return np.where(has_moved, self.other, self.home)

    def chance_of(self, day: int) -> np.random.Generator:
        """Give the stream of chance of a day."""
        return np.random.default_rng([self.seed, *_DAYS_STREAM, day])

    def addresses(self, day: int, who: Integers, city: Integers) -> Integers:
        """Give the address by which users who are in a city are seen.

        Whoever is on a journey is in somebody's Wi-Fi, and the carrier's gateway is at home only.
        """
        country, line = self.country[who], self.line[who]
        at_home = ~self.is_away(day)[who] | self.is_mover[who]
        hidden = (line == HIDDEN_VPN) & (day >= VPN_FROM)
        block = np.select(
            [
                line == KNOWN_VPN,
                hidden,
                (line == GATEWAY) & at_home,
                (line == NEW_GATEWAY) & at_home,
            ],
            [
                _SHARED + (_KNOWN_VPN << 8),
                _PLAIN + (_HIDDEN_VPN << 8),
                _SHARED + ((_GATEWAYS + country) << 8),
                _PLAIN + ((_NEW_GATEWAYS + country) << 8),
            ],
            _PLAIN + (city << 8),
        )
        return np.asarray(block + 1 + who % 250)

    def seen_in(self, day: int, who: Integers, city: Integers) -> Integers:
        """Give the city that the address of users says, -1 for none: a known VPN or gateway."""
        block = self.addresses(day, who, city) >> 8
        third = block & 255
        says = np.where(third >= _NEW_GATEWAYS, hub_of(self.country[who]), third)
        says = np.where(third == _HIDDEN_VPN, _AMSTERDAM, says)
        return np.where(block >> 8 == _SHARED >> 16, -1, says)


VPN_FROM = 30
"""Day from which on some hide behind a VPN that nobody knows for one."""


def _kinds(generator: np.random.Generator, settled: int, users: int) -> Integers:
    counts = [round(share * settled) for share in _KIND_SHARES]
    kinds = np.repeat(np.arange(len(_KINDS)), [*counts, settled - sum(counts)])
    return np.concatenate([generator.permutation(kinds), np.full(users - settled, STAYER)])


def _cities(
    generator: np.random.Generator, country: Integers, kind: Integers
) -> tuple[Integers, Integers]:
    """Draw where users live, and the other city of those who have one."""
    chance = generator.random((3, len(country)))
    far = np.isin(kind, (MOVER, TRAVELLER)) & (generator.random(len(country)) < 0.2)
    resorts = _RESORTS[generator.integers(0, len(_RESORTS), len(country))]
    home, other = np.empty((2, len(country)), dtype=np.int64)
    for code, name in enumerate(COUNTRIES):
        here = np.flatnonzero(country == code)
        near = np.flatnonzero(name == CITY_COUNTRIES)
        abroad = np.flatnonzero(np.isin(CITY_COUNTRIES, COUNTRIES) & (name != CITY_COUNTRIES))
        at, step, farther = chance[:, here]
        lives = (at * len(near)).astype(np.int64)
        home[here] = near[lives]
        # Any other city of the country, each as likely.
        goes = (lives + 1 + (step * (len(near) - 1)).astype(np.int64)) % len(near)
        other[here] = np.where(
            far[here], abroad[(farther * len(abroad)).astype(np.int64)], near[goes]
        )
    return home, np.where(kind == HOLIDAY, resorts, other)


def settle(arguments: Arguments, causes: Causes, population: Population) -> Places:
    """Draw where the users of a world are, and when they move or travel."""
    generator = np.random.default_rng([arguments.seed, *_PEOPLE_STREAM])
    users, settled = population.users, population.settled
    is_settled = np.arange(users) < settled
    is_on_web = np.asarray(population.actors.platform[:users] == WEB)
    kind = _kinds(generator, settled, users)
    # With an app alone one can be seen to commute, or to be elsewhere than one's address says.
    without_app = np.flatnonzero(np.isin(kind, (COMMUTER, VPN)) & is_on_web)
    with_app = np.flatnonzero((kind == STAYER) & is_settled & ~is_on_web)[: len(without_app)]
    kind[with_app], kind[without_app] = kind[without_app], STAYER
    home, other = _cities(generator, population.country, kind)

    def between(low: int, high: int) -> Integers:
        return generator.integers(low, high, users)

    early = generator.random(users) < causes.moves_early
    moves_on = np.where(early, between(17, 29), between(34, 63))
    leaves = np.select(
        [kind == MOVER, kind == TRAVELLER, kind == STUDENT, kind == HOLIDAY],
        [moves_on, between(17, 31), between(18, 29), between(20, 80)],
        NEVER,
    )
    stays = np.select(
        [kind == TRAVELLER, kind == STUDENT, kind == HOLIDAY],
        [between(27, 37), between(32, 37), np.full(users, 14)],
        NEVER,
    )
    allows = generator.random(users) < causes.allows_gps
    is_seen = np.isin(kind, (COMMUTER, VPN)) & (causes.allows_gps > 0.5)
    shares = generator.random(users)
    line = np.select(
        [kind == BEHIND_VPN, kind == VPN, shares < causes.new_gateways, shares > 0.98],
        [KNOWN_VPN, HIDDEN_VPN, NEW_GATEWAY, GATEWAY],
        FIXED,
    )
    tells = (kind == MOVER) & (generator.random(users) < causes.updates_profile)
    asked = is_settled & (generator.random(users) < causes.is_asked)
    return Places(
        seed=arguments.seed,
        settled=settled,
        kind=kind,
        country=population.country,
        home=home,
        other=other,
        leaves=leaves,
        returns=np.minimum(leaves + stays, NEVER),
        has_gps=(allows | is_seen) & ~is_on_web & (kind != BEHIND_VPN) & is_settled,
        line=line,
        updates_on=np.where(tells, leaves + between(0, 60), NEVER),
        asked_on=np.where(asked, between(80, 106), NEVER),
        photos_on=np.where(kind == HOLIDAY, leaves + 4, NEVER),
        is_on_web=is_on_web,
    )


def reference_tables() -> Tables:
    """Give the cities with their coordinates, and which addresses are where."""
    plain = [(f"198.18.{city}.", name, "fixed") for city, name in enumerate(CITY_NAMES)]
    hubs = [CITY_NAMES[hub] for hub in hub_of(np.arange(len(COUNTRIES)))]
    shared = [(f"198.19.{_KNOWN_VPN}.", "Amsterdam", "vpn")]
    shared += [(f"198.19.{_GATEWAYS + at}.", hub, "gateway") for at, hub in enumerate(hubs)]
    # What the table has wrong: nobody has told its maker.
    wrong = [(f"198.18.{_HIDDEN_VPN}.", "Amsterdam", "fixed")]
    wrong += [(f"198.18.{_NEW_GATEWAYS + at}.", hub, "fixed") for at, hub in enumerate(hubs)]
    rows = plain + shared + wrong
    everywhere = _CITIES + _ELSEWHERE
    return {
        "cities": pa.table(
            {
                "city": [name for name, *_ in everywhere],
                "country": [country for _, country, *_ in everywhere],
                "latitude": [latitude for *_, latitude, _ in everywhere],
                "longitude": [longitude for *_, longitude in everywhere],
                "hours_ahead": [round(longitude / 15) for *_, longitude in everywhere],
            }
        ),
        "ip_prefixes": pa.table(
            {
                name: [row[column] for row in rows]
                for column, name in enumerate(("prefix", "city", "line"))
            }
        ),
    }


def address(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give addresses from their three last numbers in one."""
    parts = [pa.array(values >> shift & 255).cast(pa.string()) for shift in (16, 8, 0)]
    return pc.binary_join_element_wise("198", *parts, ".")
