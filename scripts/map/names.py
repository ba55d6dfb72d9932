"""What a name in somebody's log may mean: words, their synonyms, and units."""

from __future__ import annotations

import re

# Names of columns that mean a field of the envelope, the likelier first; letters and digits only.
ENVELOPE = {
    "event_id": ("id", "eventuuid", "uuid", "insertid", "eventkey", "rowid"),
    "event_at": (
        "ts", "time", "timestamp", "eventtime", "eventtimestamp", "eventts", "occurredat",
        "happenedat", "createdat", "clienttime", "datetime", "date",
    ),
    "received_at": (
        "received", "receivedtime", "receivedts", "arrivedat", "arrived", "servertime",
        "serverts", "servertimestamp", "ingestedat", "loadedat", "collectortstamp",
    ),
    "user_id": ("uid", "user", "userid", "userkey", "accountid", "customerid", "memberid"),
    "platform": ("os", "device", "deviceos", "platformname", "client", "clienttype"),
    "app_version": ("version", "appver", "clientversion", "release"),
    "country": ("cc", "countrycode", "usercountry", "geocountry"),
}  # fmt: skip
# Words that stand for another one.
SYNONYMS = {
    "trip": "ride", "town": "city", "market": "city", "price": "fare", "amount": "fare",
    "kind": "type", "done": "completion", "finished": "completion", "ended": "completion",
    "asked": "request", "why": "reason", "star": "score", "topic": "category",
    "failed": "failure", "dest": "destination", "lng": "lon", "long": "lon", "longitude": "lon",
    "latitude": "lat", "rated": "rating", "text": "message", "msg": "message",
    "chat": "conversation", "aborted": "cancellation", "length": "duration", "took": "duration",
}  # fmt: skip
# Words in a column's name that say its unit, as a mapping calls it, by the word in a field's name.
UNITS = {
    "seconds": {
        "ms": "milliseconds", "millis": "milliseconds", "milliseconds": "milliseconds",
        "s": "seconds", "sec": "seconds", "secs": "seconds", "seconds": "seconds",
        "min": "minutes", "mins": "minutes", "minutes": "minutes",
        "h": "hours", "hrs": "hours", "hours": "hours",
    },
    "usd": {"cents": "cents", "cent": "cents", "usd": "dollars", "dollars": "dollars"},
    "km": {
        "m": "meters", "meters": "meters", "metres": "meters", "km": "kilometers",
        "kilometers": "kilometers", "kilometres": "kilometers", "mi": "miles", "miles": "miles",
    },
}  # fmt: skip
OWN_UNIT = {"seconds": "seconds", "usd": "dollars", "km": "kilometers"}
_SAY_NOTHING = {"id", "ids", "list", "at", "of", "the", "timestamp", "time", "ordered"}
_ENDINGS = ("ations", "ation", "ions", "ion", "ings", "ing", "ies", "ed", "es", "s", "e", "y")


def parts(name: str) -> list[str]:
    """The words of a name in snake_case, camelCase or any other, in lower case."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    return re.findall(r"[a-z]+|[0-9]+", spaced.lower())


def compact(name: str) -> str:
    """A name without anything but letters and digits."""
    return "".join(parts(name))


def words(name: str) -> frozenset[str]:
    """What a name is about: its words without endings, units and what says nothing."""
    unit_words = {word for units in UNITS.values() for word in units} | set(UNITS)
    kept = [word for word in parts(name) if word not in _SAY_NOTHING | unit_words]
    return frozenset(_stem(word) for word in kept)


def field_unit(field: str) -> str | None:
    """The word in a field's name that says its unit: seconds, usd or km."""
    return next((word for word in field.split("_") if word in UNITS), None)


def column_unit(column: str, unit: str) -> str | None:
    """The unit that a column's name says, of those in which a field in `unit` can be mapped."""
    return next((UNITS[unit][word] for word in parts(column) if word in UNITS[unit]), None)


def _stem(word: str) -> str:
    word = SYNONYMS.get(word) or SYNONYMS.get(word.removesuffix("s"), word)
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) > 2), "")
    # Cancelled and canceled are one word.
    return re.sub(r"(.)\1$", r"\1", word.removesuffix(ending))
