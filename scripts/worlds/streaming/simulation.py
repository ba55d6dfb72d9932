"""One day of streaming: who is subscribed, who comes, and what is watched."""

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.hours import Hours
from scripts.worlds.streaming.catalogue import (
    APPEAL,
    EPISODES,
    IS_KIDS,
    IS_SERIES,
    on_offer,
    premiere_of,
)
from scripts.worlds.streaming.population import TV, comings
from scripts.worlds.streaming.settings import FAVOURITE_SCENE, HOURS, MOST_PLAYS, PREMIERE_DAYS
from scripts.worlds.streaming.viewing import CREDITS, Plays, Visits, play
from scripts.worlds.streaming.world import (
    ADD,
    AUTOPLAY,
    BROWSE,
    CHURN,
    CONTINUE_WATCHING,
    DOWNGRADE,
    DOWNLOAD,
    NEW_SUB,
    NONE,
    PROFILE_CREATION,
    RECOMMENDATION,
    REMOVE,
    SEARCH,
    UPGRADE,
    WATCHLIST,
    WATCHLIST_ADD,
    World,
)

_HOURS = Hours(*HOURS)
_PLAN_SHARES = (0.4, 0.42, 0.18)
_PICKS = np.array([BROWSE, SEARCH, RECOMMENDATION])
_LATEST = 4 * 3_600


def _subscribe(world: World, day: Day) -> None:
    """Log who joins, leaves, returns and changes the plan, early in the day."""
    causes, population = world.causes, world.population
    now = population.subscribed[day.number]
    before = population.subscribed[day.number - 1] if day.number else np.zeros_like(now)
    at = day.start + day.between(600, 5 * 3_600, population.users)
    everybody = np.arange(population.users)
    joins = now & ~before
    chosen = day.one_of(_PLAN_SHARES, population.users)
    day.log(
        "subscription_change",
        at,
        everybody,
        where=joins,
        old_plan=NONE,
        new_plan=chosen,
        event_type=NEW_SUB,
        churn_reason=NONE,
    )
    creates = joins & day.chance(causes.creates_profile, population.users)
    day.log("feature_used", at + 300, everybody, where=creates, feature_name=PROFILE_CREATION)
    day.log(
        "subscription_change",
        at,
        everybody,
        where=before & ~now,
        old_plan=world.plan,
        new_plan=NONE,
        event_type=CHURN,
        churn_reason=day.one_of((1 - causes.payment_fails, causes.payment_fails), len(everybody)),
    )
    changes = before & now & day.chance(causes.changes_plan, population.users)
    # From the middle one goes up or down, from the ends there is one way.
    goes_up = (world.plan == 0) | ((world.plan == 1) & day.chance(0.6, population.users))
    after = world.plan + np.where(goes_up, 1, -1)
    day.log(
        "subscription_change",
        at,
        everybody,
        where=changes,
        old_plan=world.plan,
        new_plan=after,
        event_type=np.where(goes_up, UPGRADE, DOWNGRADE),
        churn_reason=NONE,
    )
    world.plan[:] = np.where(joins, chosen, np.where(changes, after, np.where(now, world.plan, -1)))


def _premiere(world: World, day: Day) -> None:
    """Let those who are drawn by a premiere decide on which of its days they come."""
    title, population = premiere_of(day.number), world.population
    drawn = day.chance(world.causes.premiere_pull, population.users)
    offset = day.one_of(PREMIERE_DAYS, population.users)
    if title < 0:
        return
    for days in range(len(PREMIERE_DAYS)):
        who = np.flatnonzero(drawn & (offset == days) & (population.keenness > 0))
        world.premieres.setdefault(day.number + days, []).append((who, title))


def _planned(world: World, day: Day) -> Integers:
    """Give the premiere that each user comes for, or `NONE`, shape (users,)."""
    planned = np.full(world.population.users, NONE)
    for who, title in world.premieres.pop(day.number, []):
        planned[who] = title
    return np.where(world.population.subscribed[day.number], planned, NONE)


def _choose(world: World, day: Day, user: Integers, is_kids: Booleans) -> Integers:
    """Choose a title that is on offer: one not tried before, but for children."""
    allowed = on_offer(day.number) & np.where(is_kids[:, None], IS_KIDS, ~IS_KIDS)
    seen = world.tried[user]
    # What is on the list is taken from there.
    listed = np.equal.outer(world.wish[user], np.arange(len(APPEAL)))
    again = is_kids & day.chance(world.causes.kids_rewatch, len(user)) & seen.any(axis=1)
    fits: Booleans = allowed & np.where(again[:, None], world.completed[user], ~seen & ~listed)
    fits = np.where(fits.any(axis=1, keepdims=True), fits, allowed)
    of_kind = np.where(IS_SERIES, world.causes.prefers_series, 1 - world.causes.prefers_series)
    weight = APPEAL * np.where(IS_KIDS, 1.0, of_kind)
    noise = day.generator.gumbel(size=(len(user), len(APPEAL)))
    return np.asarray(np.argmax(np.where(fits, np.log(weight) + noise, -np.inf), axis=1))


def variety(world: World, day: int) -> float:
    """Give the chance to look for something else after a title."""
    return float(min(world.causes.variety * world.causes.variety_growth**day, 0.75))


def _next_plays(
    world: World, visits: Visits, turn: int, planned: Integers, goes_on: Booleans, slipped: Booleans
) -> Plays:
    """Decide what each session plays next, if anything."""
    causes, day = world.causes, visits.day
    visit = np.flatnonzero(~visits.is_over)
    user, size = visits.user[visit], len(visit)
    draws = day.generator.random((6, size))
    first = turn == 0
    goes_on, slipped = goes_on[visit], slipped[visit]
    premiere = np.where(first, planned[user], NONE)
    free = premiere == NONE
    offered = on_offer(day.number)
    resumes = free & first & (world.paused_film[user] >= 0) & (draws[0] < causes.resumes)
    resumes &= offered[world.paused_film[user]]
    free = free & ~resumes
    continues = (world.series[user] >= 0) & offered[world.series[user]]
    continues &= np.where(first, draws[2] < causes.continues, goes_on & (draws[2] < causes.binges))
    continues &= free
    free = free & ~continues
    wish = world.wish[user]
    fulfils = free & (wish >= 0) & np.where(world.keeps[user], draws[1] < causes.fulfils, False)
    fulfils &= offered[wish] & (first | (draws[5] < 0.3))
    free = free & ~fulfils
    again = np.where(slipped, causes.tries_again, variety(world, day.number))
    picks = free & (first | (draws[3] < again))
    is_kids = picks & world.population.has_kids[user] & (draws[4] < causes.kids_turn)
    picked = _choose(world, day, user, is_kids)
    title = np.select(
        [premiere >= 0, resumes, continues, fulfils],
        [premiere, world.paused_film[user], world.series[user], wish],
        picked,
    )
    source = np.select(
        [premiere >= 0, resumes, continues & first, continues, fulfils],
        [RECOMMENDATION, CONTINUE_WATCHING, CONTINUE_WATCHING, AUTOPLAY, WATCHLIST],
        _PICKS[day.between(0, len(_PICKS), size)],
    )
    slips = picks & day.chance(causes.accidents, size)
    scene = is_kids & ~slips & world.completed[user, title]
    scene &= day.chance(causes.favourite_scene, size)
    since = np.where(resumes, world.paused_at[user], np.where(scene, FAVOURITE_SCENE, 0.0))
    episode = np.where(IS_SERIES[title], np.where(continues, world.episode[user], 0), NONE)
    plays = premiere >= 0
    plays = plays | resumes | continues | fulfils | picks
    visits.is_over[visit[~plays]] = True
    # Autoplay goes on within seconds; who chooses takes minutes.
    pause = np.where(continues & ~first, day.between(5, 15, size), day.between(20, 400, size))
    visits.now[visit] += pause
    return Plays(
        visit=visit[plays],
        title=title[plays],
        episode=episode[plays],
        source=np.where(slips, AUTOPLAY, source)[plays],
        since=since[plays],
        is_accident=slips[plays],
        is_kids=is_kids[plays],
    )


def _remember(
    world: World, user: Integers, plays: Plays, reach: Floats, splits: Booleans, crashes: Booleans
) -> Booleans:
    """Keep what was seen; tell after which playbacks the next episode may follow."""
    meant = ~plays.is_accident
    completed = meant & (reach >= CREDITS)
    world.tried[user[meant], plays.title[meant]] = True
    is_film = plays.episode < 0
    world.completed[user[completed & is_film], plays.title[completed & is_film]] = True
    film = meant & is_film
    resumed = film & (world.paused_film[user] == plays.title)
    world.paused_film[user[resumed]] = NONE
    world.paused_film[user[film & splits]] = plays.title[film & splits]
    world.paused_at[user[film & splits]] = reach[film & splits]
    fulfilled = meant & (world.wish[user] == plays.title)
    world.wish[user[fulfilled]] = NONE

    episode = meant & ~is_film
    world.series[user[episode]] = plays.title[episode]
    world.episode[user[episode]] = plays.episode[episode] + completed[episode]
    ended = episode & completed & (plays.episode + 1 == EPISODES[plays.title])
    left = episode & ~completed & ~crashes
    world.completed[user[ended], plays.title[ended]] = True
    world.series[user[ended | left]] = NONE
    return np.asarray(episode & completed & ~ended)


def _rate(world: World, visits: Visits, plays: Plays, user: Integers, reach: Floats) -> None:
    day = visits.day
    ended = (reach >= CREDITS) & (
        (plays.episode < 0) | (plays.episode + 1 == EPISODES[plays.title])
    )
    rates = ended & ~plays.is_accident & day.chance(world.causes.rates, len(user))
    day.log(
        "content_rating",
        visits.now[plays.visit] + 4,
        user,
        where=rates,
        title_id=plays.title,
        rating=day.one_of((0.8, 0.2), len(user)),
    )


def _keep_list(world: World, visits: Visits) -> None:
    """Put titles on lists at the end of sessions, and take some from them."""
    causes, day, user = world.causes, visits.day, visits.user
    size = len(user)
    at = visits.now + 20
    removes = (world.wish[user] >= 0) & day.chance(causes.takes_from_list, size)
    day.log(
        "watchlist_add_remove",
        at,
        user,
        where=removes & ~visits.has_crashed,
        title_id=world.wish[user],
        action=REMOVE,
    )
    gone = removes & ~visits.has_crashed
    world.wish[user[gone]] = NONE
    adds = day.chance(causes.wishes, size) & (world.wish[user] < 0) & ~gone & ~visits.has_crashed
    chosen = _choose(world, day, user, np.zeros(size, dtype=bool))
    # Some put on the list what they have just seen, to find it again.
    seen = world.tried[user] & ~IS_KIDS & ~IS_SERIES
    keeps = adds & ~(day.chance(causes.wishes_again, size) & seen.any(axis=1))
    title = np.where(keeps, chosen, np.argmax(seen, axis=1))
    day.log("watchlist_add_remove", at, user, where=adds, title_id=title, action=ADD)
    day.log("feature_used", at, user, where=adds, feature_name=WATCHLIST_ADD)
    world.wish[user[keeps]] = title[keeps]
    world.keeps[user[keeps]] = True
    downloads = day.chance(causes.downloads, size) & ~visits.has_crashed
    day.log("feature_used", at + 5, user, where=downloads, feature_name=DOWNLOAD)
    visits.now[:] = at + 6


def _come(world: World, day: Day, planned: Integers) -> Visits:
    """Begin the sessions of those who come, and log in those who do not."""
    causes, population = world.causes, world.population
    users = population.users
    comes = day.chance(comings(population, causes, day.number), users) | (planned >= 0)
    user = np.flatnonzero(comes)
    size = len(user)
    at = _HOURS.starts(day, user, np.zeros(size, dtype=np.int64), users)
    number = world.sessions.next(size)
    device = population.device[user]
    logs_in = day.chance(causes.logs_in, size)
    day.log(
        "user_login_success",
        at,
        user,
        where=logs_in,
        device_id=user,
        device_type=device,
        login_method=day.one_of((0.6, 0.4), size),
    )
    day.log(
        "streaming_session_start",
        at + 2,
        user,
        session_id=number,
        device_id=user,
        device_type=device,
    )

    is_on = day.chance(causes.logs_in_by_itself, users) & (population.device == TV)
    switched_on = np.flatnonzero(is_on & ~comes & population.subscribed[day.number])
    day.log(
        "user_login_success",
        _HOURS.starts(day, switched_on, np.zeros_like(switched_on), users),
        switched_on,
        device_id=switched_on,
        device_type=TV,
        login_method=1,
    )
    return Visits(
        day=day,
        number=number,
        user=user,
        now=at + 2,
        watched=np.zeros(size),
        titles=np.zeros(size, dtype=np.int64),
        is_over=day.chance(causes.only_browses, size) & (planned[user] < 0),
        has_crashed=np.zeros(size, dtype=bool),
    )


def simulate_day(world: World, day: Day) -> None:
    """Simulate one UTC day; codes and indexes are spelled out in events.py."""
    _subscribe(world, day)
    _premiere(world, day)
    planned = _planned(world, day)
    visits = _come(world, day, planned)
    began = visits.now.copy()
    size = len(visits.user)
    goes_on, slipped = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for turn in range(MOST_PLAYS):
        plays = _next_plays(world, visits, turn, planned, goes_on, slipped)
        user = visits.user[plays.visit]
        reach, splits, crashes = play(world, visits, plays)
        _rate(world, visits, plays, user, reach)
        goes_on[plays.visit] = _remember(world, user, plays, reach, splits, crashes)
        slipped[plays.visit] = plays.is_accident
        ends = crashes | splits | (visits.now[plays.visit] - began[plays.visit] > _LATEST)
        visits.is_over[plays.visit] |= ends
    _keep_list(world, visits)
    day.log(
        "streaming_session_end",
        visits.now,
        visits.user,
        where=~visits.has_crashed,
        session_id=visits.number,
        total_watch_time_ms_in_session=(1_000 * visits.watched).astype(np.int64),
        titles_watched_count_in_session=visits.titles,
    )
