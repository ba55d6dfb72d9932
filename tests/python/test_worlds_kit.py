"""The kit's own parts: what is logged, numbered and drawn is what their docstrings say."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from scripts.worlds.envelope import SECONDS_PER_DAY, Actors, Floats
from scripts.worlds.faults import fault_plan
from scripts.worlds.kit.calendar import (
    date_of,
    local_clock,
    month_length,
    month_numbers,
    month_starts,
)
from scripts.worlds.kit.day import Day, simulate_days
from scripts.worlds.kit.groups import first_ever, turns
from scripts.worlds.kit.habits import ByChance, Regular
from scripts.worlds.kit.hours import Hours, arrivals, seconds_in
from scripts.worlds.kit.members import Members
from scripts.worlds.kit.numbers import Numbers
from scripts.worlds.kit.people import around_one, draw_actors, joined_days, shares_around
from scripts.worlds.kit.sessions import Sessions
from scripts.worlds.scenario import Arguments

MANY = 40_000
END = 300 * SECONDS_PER_DAY


def a_day(number: int = 3, end: int = END, client_events: frozenset[str] = frozenset()) -> Day:
    """Give a day of its own chance."""
    return Day(number, end, np.random.default_rng([1, number]), client_events)


def is_close(drawn: Floats, expected: float) -> bool:
    """Tell whether the mean of draws is what is expected, within four standard errors."""
    distance = abs(float(drawn.mean()) - expected)
    return bool(distance < 4 * float(drawn.std()) / len(drawn) ** 0.5)


def test_a_log_keeps_what_is_chosen_and_repeats_a_single_number() -> None:
    day = a_day()
    at, actor = day.start + np.arange(4), np.arange(4)
    day.log("act", at, actor, where=np.array([True, False, True, False]), rank=10 * actor, kind=7)
    day.log("act", at, actor, rank=actor, kind=actor)
    events = day.events()["act"]
    assert events["actor"].tolist() == [0, 2, 0, 1, 2, 3]
    assert events["rank"].tolist() == [0, 20, 0, 1, 2, 3]
    assert events["kind"].tolist() == [7, 7, 0, 1, 2, 3]


def test_a_log_chooses_from_tables_too() -> None:
    day = a_day()
    seats = np.arange(6).reshape(3, 2)
    pairs = np.stack([seats, seats], axis=2)
    day.log("sit", day.start + seats, seats, where=seats % 3 == 0, pairs=pairs)
    assert day.events()["sit"]["actor"].tolist() == [0, 3]
    assert day.events()["sit"]["pairs"].tolist() == [[0, 0], [3, 3]]


def test_a_log_names_a_column_of_another_length() -> None:
    with pytest.raises(ValueError, match="act: rank has 3 entries, and `at` has 2"):
        a_day().log("act", np.arange(2), np.arange(2), rank=np.arange(3))


def test_what_ends_after_the_world_never_happened() -> None:
    day = a_day(number=0, end=100)
    at = np.array([10, 99, 100])
    day.log("act", at, np.arange(3))
    day.log("part", at, np.arange(3), open_until=np.array([100, 99, 100]))
    assert day.events()["act"]["actor"].tolist() == [0, 1]
    assert day.events()["part"]["actor"].tolist() == [1]


def test_only_what_a_device_logs_arrives_late() -> None:
    day = a_day(client_events=frozenset({"click"}))
    at = np.full(MANY, day.start)
    for event in ("click", "order"):
        day.log(event, at, np.arange(MANY))
    assert day.events()["click"]["delay"].max() > 3_600
    assert day.events()["order"]["delay"].max() <= 5


def test_events_are_numbered_over_the_days_and_arrive_inside_the_world() -> None:
    arguments = Arguments("healthy", users=5, days=3, seed=1)

    def live(day: Day) -> None:
        last = np.full(day.number, day.start + SECONDS_PER_DAY - 1)
        day.log("act", last, np.zeros(day.number, dtype=np.int64))

    days = list(simulate_days(arguments, frozenset(), live))
    assert [day["act"]["number"].tolist() for day in days] == [[], [1], [2, 3]]
    assert days[1]["act"]["received"][0] > days[1]["act"]["at"][0]
    assert (days[2]["act"]["received"] == arguments.seconds - 1).all()


def test_numbers_go_on_and_leave_out_what_is_not_there() -> None:
    numbers = Numbers()
    assert numbers.next(2).tolist() == [1, 2]
    there = np.array([[True, False], [False, True]])
    assert numbers.where(there).tolist() == [[3, -1], [-1, 4]]
    assert numbers.next(1).tolist() == [5]


def test_turns_begin_anew_in_each_group() -> None:
    assert turns(np.array([2, 0, 3])).tolist() == [0, 1, 0, 1, 2]


def test_something_happens_to_somebody_for_the_first_time_once() -> None:
    happened = np.array([True, False, False])
    at, actor = np.array([9, 5, 7, 6, 1]), np.array([1, 1, 2, 2, 0])
    assert first_ever(at, actor, happened).tolist() == [1, 3]
    assert happened.all()
    assert first_ever(at, actor, happened).tolist() == []


def test_amounts_have_the_given_mean_and_are_the_closer_the_greater_the_shape() -> None:
    wide, narrow = (a_day().amounts(12.0, shape, MANY) for shape in (2.0, 50.0))
    assert is_close(wide, 12.0)
    assert is_close(narrow, 12.0)
    assert narrow.std() < 2 < wide.std()


def test_things_happen_as_often_as_their_rates_say_and_inside_their_hour() -> None:
    day = a_day()
    rate = np.zeros((2, 24))
    rate[0, 5], rate[1, 20] = 400.0, 1_600.0
    place, hour = arrivals(day, rate)
    assert abs((place == 0).sum() - 400) < 80
    assert abs((place == 1).sum() - 1_600) < 160
    assert (hour == np.where(place == 0, 5, 20)).all()
    inside = seconds_in(day, hour, margin=600) - day.start - hour * 3_600
    assert inside.min() >= 0
    assert 2_900 < inside.max() < 3_000


def test_sessions_start_in_the_rhythm_of_the_day_and_a_users_lie_apart() -> None:
    day, hours = a_day(), Hours(*[1.0] * 12, *[3.0] * 12)
    count = np.full(4_000, 4)
    user = np.repeat(np.arange(4_000), count)
    starts = hours.starts(day, user, turns(count), 4_000) - day.start
    assert is_close((starts >= 12 * 3_600).astype(float), 0.75)
    assert starts.min() >= 0
    assert starts.max() < SECONDS_PER_DAY - 2_700
    # A quarter of the day's sessions start between two of a user: at the busiest that takes four
    # hours, less what the last one is shorter.
    assert np.diff(starts.reshape(4_000, 4), axis=1).min() >= 4 * 3_600 - 2_701


def test_members_are_drawn_in_proportion_to_their_weight_and_none_twice() -> None:
    members = Members(np.array([0, 0, 0, 1, 1, 1, 1]), groups=2)
    weight = np.array([1.0, 2.0, 1.0, 1.0, 1.0, 0.0, 2.0])
    group = np.repeat([0, 1], MANY // 2)
    size = np.full(MANY, 2)
    drawn = members.draw(weight, group, size, 3, np.random.default_rng(4))
    assert (drawn[:, 0] != drawn[:, 1]).all()
    assert (drawn[:, 2] == 0).all()
    assert (members.group[drawn[:, 0]] == group).all()
    shares = np.bincount(drawn[:, :2].ravel(), minlength=7) / (MANY // 2)
    assert shares == pytest.approx(2 * weight / members.sums(weight)[members.group], abs=0.02)
    single = members.draw_one(weight, group, np.random.default_rng(5))
    shares = np.bincount(single, minlength=7) / (MANY // 2)
    assert shares == pytest.approx(weight / members.sums(weight)[members.group], abs=0.02)


@pytest.mark.parametrize("rate", [0.2, 1.0, 3.0])
def test_sessions_by_chance_are_as_many_as_their_odds_say(rate: float) -> None:
    coming = ByChance(most=3)
    rates = np.full(MANY, rate)
    drawn = coming.draw(rates, np.random.default_rng(2))
    assert drawn.max() == 3
    assert is_close(drawn.astype(float), coming.mean(rates)[0])
    for number, odds in enumerate(coming.odds(rates)):
        assert is_close((drawn == number).astype(float), odds[0])
    generator = np.random.default_rng(3)
    none = generator.binomial(drawn, 0.4) == 0
    assert is_close(none.astype(float), coming.none_of(rates, np.full(MANY, 0.4))[0])


def test_regular_sessions_are_as_many_as_expected_and_left_out_as_their_odds_say() -> None:
    generator = np.random.default_rng(5)
    habit = Regular(MANY, 12, generator)
    days = np.array([habit.draw(np.full(MANY, 0.3), generator) for _ in range(5)])
    total = days.sum(axis=0)
    assert is_close(total.astype(float), 1.5)
    # Pure chance would have a variance of 1.5.
    assert total.var() < 0.5
    assert is_close((total == 0).astype(float), habit.none(np.full(1, 1.5))[0])
    occasions = habit.occasion_odds(np.full(1, 0.3))
    assert sum(odds[0] for odds in occasions) == pytest.approx(1.0)
    assert sum(number * odds[0] for number, odds in enumerate(occasions)) == pytest.approx(3.6)


def test_steps_of_a_session_take_the_mean_time_of_its_user() -> None:
    day = a_day()
    sessions = Sessions(
        day=day,
        number=np.arange(MANY),
        user=np.arange(MANY),
        now=np.full(MANY, day.start),
        pace=np.full(MANY, 1.5),
    )
    some = np.arange(0, MANY, 2)
    sessions.pass_time(some, 10.0)
    taken = sessions.now - day.start
    assert is_close(taken[some].astype(float), 16.0)
    assert taken[some].min() >= 1
    assert taken[some].max() <= 1 + 2 * 15 + 1
    assert (taken[1::2] == 0).all()
    sessions.log("open", some[:2], file_id=9)
    assert day.events()["open"]["session_id"].tolist() == [0, 2]
    assert day.events()["open"]["at"].tolist() == sessions.now[some[:2]].tolist()


def test_people_join_and_differ_as_they_should() -> None:
    generator = np.random.default_rng(6)
    arguments = Arguments("healthy", users=MANY, days=100, seed=1)
    joined = joined_days(generator, arguments, 0.3, first=1)
    assert is_close((joined >= 0).astype(float), 0.3)
    assert set(joined.tolist()) == {-1, *range(1, 100)}
    assert is_close(around_one(generator, 0.6, MANY), 1.0)
    assert is_close(shares_around(generator, 0.2, 4.0, MANY), 0.2)


def test_ids_say_nothing_of_who_it_is_and_are_equally_long() -> None:
    actors: Actors = draw_actors(
        np.random.default_rng(7), {"u": 120_000, "d": 500}, (0.5, 0.3, 0.2)
    )
    names = actors.identifier.to_pylist()
    assert len(set(names)) == 120_500
    assert {len(name) for name in names} == {7}
    assert [name[0] for name in names] == ["u"] * 120_000 + ["d"] * 500
    number = np.array([int(name[1:]) for name in names[:120_000]])
    assert abs(np.corrcoef(number, np.arange(120_000))[0, 1]) < 0.02
    assert is_close((actors.platform == 1).astype(float), 0.3)


def test_months_are_those_of_the_calendar() -> None:
    assert month_starts(60) == [27, 55]
    assert date_of(55) == date(2026, 3, 1)
    numbers = month_numbers(400)
    assert numbers[26:28].tolist() == [0, 1]
    assert numbers[361] == 12
    assert [month_length(day) for day in (0, 27, 361)] == [31, 28, 31]


def test_local_clocks_know_time_zones_and_summer_time() -> None:
    weekday, hour = local_clock(["Europe/Lisbon", "Australia/Melbourne"], 100)
    # From Sunday 29 March 2026, 01:00 UTC, on, Lisbon is an hour ahead.
    sunday = (date(2026, 3, 29) - date_of(0)).days
    assert hour[sunday, 0, :3].tolist() == [0, 2, 3]
    assert weekday[sunday, 0, 12] == 6
    # In January Melbourne is eleven hours ahead: Monday 13:00 UTC is Tuesday there.
    assert (weekday[0, 1, 13], hour[0, 1, 13]) == (1, 0)


def test_a_plan_of_faults_names_only_what_is_planned() -> None:
    plan = fault_plan(("duplicate", "orphan"), {"order": (2, 0), "click": (1, 3)})
    assert plan == {"duplicate": {"order": 2, "click": 1}, "orphan": {"click": 3}}
    with pytest.raises(ValueError, match="longer"):
        fault_plan(("duplicate",), {"order": (2, 0)})
