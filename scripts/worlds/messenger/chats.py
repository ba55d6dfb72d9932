"""Messages: in which conversation, of which kind, and who receives them."""

import numpy as np

from scripts.worlds.envelope import Booleans, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.groups import turns
from scripts.worlds.messenger.sessions import OPEN, TALK, Sessions
from scripts.worlds.messenger.world import IMAGE, REACTION, TEXT, World

_READING_SECONDS = (3, 21)
_WRITING_SECONDS = (5, 61)
_DELIVERY_SECONDS = (1, 5)
_LOG_CHARACTERS, _CHARACTERS_SPREAD = 3.4, 0.8
_MOST_CHARACTERS = 2_000
_IMAGES = (0.8, 0.13, 0.07)


def _kinds(world: World, day: Day, sender: Integers, opens: Booleans) -> Integers:
    """Draw what each message is; a conversation begins with a text."""
    size = len(sender)
    rich = day.chance(world.population.rich_media[sender], size) & ~opens
    image = day.chance(world.causes.images, size)
    return np.where(rich, np.where(image, IMAGE, REACTION), TEXT)


def talk(world: World, day: Day, sessions: Sessions) -> None:
    """Send what is said in the sessions of a day."""
    lives = world.lives
    who = np.flatnonzero((sessions.purpose == TALK) | (sessions.purpose == OPEN))
    opens = sessions.purpose[who] == OPEN
    present = lives.present(world.population, day.number)
    shares = lives.memberships.shares(day.number, lives.level[day.number], present)
    conversation = sessions.detail[who].copy()
    conversation[~opens] = lives.memberships.draw(shares, sessions.user[who][~opens], day.generator)
    now = sessions.start[who] + day.between(*_READING_SECONDS, len(who))
    day.log(
        "conversation_created",
        now,
        sessions.user[who],
        where=opens,
        conversation_id=conversation,
        participant_user_ids_list=lives.participants[conversation],
    )

    count = 1 + day.one_of(world.causes.messages, len(who))
    session = np.repeat(np.arange(len(who)), count)
    turn = turns(count)
    taken = np.cumsum(day.between(*_WRITING_SECONDS, len(session)))
    before = np.concatenate([[0], taken])[np.cumsum(count) - count]
    at = now[session] + taken - before[session]
    order = np.argsort(at, kind="stable")
    at, session, turn = at[order], session[order], turn[order]
    sender, place = sessions.user[who][session], conversation[session]
    kind = _kinds(world, day, sender, opens[session] & (turn == 0))
    size = len(at)
    number = world.messages.next(size)
    characters = np.exp(_LOG_CHARACTERS + _CHARACTERS_SPREAD * day.generator.standard_normal(size))
    characters = 1 + np.minimum(characters, _MOST_CHARACTERS - 1).astype(np.int64)
    images = 1 + day.one_of(_IMAGES, size)
    day.log(
        "message_sent",
        at,
        sender,
        where=world.is_logged(sender),
        message_id=number,
        conversation_id=place,
        message_type=kind,
        character_count=np.where(kind == TEXT, characters, 0),
        media_count=np.where(kind == IMAGE, images, 0),
    )

    people = lives.participants[place]
    message, seat = np.nonzero((people >= 0) & (people != sender[:, None]))
    day.log(
        "message_received",
        at[message] + day.between(*_DELIVERY_SECONDS, len(message)),
        people[message, seat],
        message_id=number[message],
        conversation_id=place[message],
        message_type=kind[message],
    )
