"""A list of messages as raw events of messenger: `python -m scripts.message_list --help`."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.parquet
import typer

FIELDS = ("sender", "receiver", "time")
SEPARATOR = re.compile(r"\s*[,;]\s*|\s+")
# The first line is a header if this is its third field, and wrong if one of these is its first.
TIME_NAMES = {
    *("time", "timestamp", "ts", "unixts", "unix_time", "epoch"),
    *("date", "day", "datetime", "date_time", "sent_at", "created_at", "event_at"),
}
RECEIVER_NAMES = {"receiver", "recipient", "dst", "dest", "destination", "target", "to"}
# All times lie in between: so few years that no number is a time in two units, or a date as well.
FIRST_TIME, END_OF_TIME = datetime(1990, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIGITS = re.compile("[0-9]+([.][0-9]+)?")
MICROSECONDS_IN = {"second": 10**6, "millisecond": 10**3, "microsecond": 1}
DATES_IN_DIGITS = {8: "%Y%m%d", 14: "%Y%m%d%H%M%S"}
LISTED_PROBLEMS = 10
GZIP_MAGIC = b"\x1f\x8b"
MESSAGES_IN_A_BATCH = 100_000

TEXT, NUMBER, TIMESTAMP = pa.string(), pa.int64(), pa.timestamp("us")
ENVELOPE = {
    "event_id": TEXT,
    "event_at": TIMESTAMP,
    "received_at": TIMESTAMP,
    "user_id": TEXT,
    "platform": TEXT,
    "app_version": TEXT,
    "country": TEXT,
}
RECEIVED = {**ENVELOPE, "message_id": TEXT, "conversation_id": TEXT, "message_type": TEXT}
SENT = {**RECEIVED, "character_count": NUMBER, "media_count": NUMBER}

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class MessageListError(Exception):
    """A list that cannot be turned into events; the message says all that is wrong with it."""


class LineError(Exception):
    """A line that breaks a rule; the message names the field and the rule."""


@dataclass(frozen=True)
class Message:
    """A line of the list. `sent_at` is in microseconds since 1970, UTC."""

    line: int
    sender: str
    receiver: str
    sent_at: int

    @property
    def conversation(self) -> str:
        """The two people, whoever writes; no id holds a comma, so no two pairs read the same."""
        return ",".join(sorted((self.sender, self.receiver)))


def microseconds_of(moment: datetime) -> int:
    """Microseconds from 1970 to a time, which is UTC if it does not say its zone."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - UNIX_EPOCH) // timedelta(microseconds=1)


def read_time(text: str) -> int:
    """Read a time in whichever form it has, as microseconds since 1970 in UTC.

    Raises:
        LineError: it has no form that is known, or lies before 1990 or after 2049 in all of them.
    """
    try:
        if DIGITS.fullmatch(text):
            readings = [int(Decimal(text) * unit) for unit in MICROSECONDS_IN.values()]
            if form := DATES_IN_DIGITS.get(len(text)):
                readings.append(microseconds_of(datetime.strptime(text, form)))
        else:
            readings = [microseconds_of(datetime.fromisoformat(text))]
    except ValueError:
        readings = []
    for reading in readings:
        if microseconds_of(FIRST_TIME) <= reading < microseconds_of(END_OF_TIME):
            return reading
    raise LineError(
        f"time {text!r} is not one from {FIRST_TIME.year} to {END_OF_TIME.year - 1} as ISO 8601,"
        f" YYYYMMDD or Unix time in {', '.join(f'{unit}s' for unit in MICROSECONDS_IN)}"
    )


def split(content: str) -> list[str]:
    """The fields of a line. A date and its time of day are one, whatever is between them."""
    fields = [field.strip('"') for field in SEPARATOR.split(content.strip())]
    if len(fields) > len(FIELDS) and DATE.match(fields[2]):
        fields[2:] = [" ".join(fields[2:])]
    return fields


def read_message(line: int, content: bytes) -> Message:
    """Read one line.

    Raises:
        LineError: it breaks a rule.
    """
    try:
        fields = split(content.decode())
    except UnicodeDecodeError:
        raise LineError("not UTF-8 text") from None
    if len(fields) != len(FIELDS):
        raise LineError(f"{len(fields)} field(s), expected {len(FIELDS)}: {', '.join(FIELDS)}")
    for name, value in zip(FIELDS, fields, strict=True):
        if not value:
            raise LineError(f"{name} is missing")
    sender, receiver, time = fields
    return Message(line, sender, receiver, read_time(time))


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """Every line that should hold a message, with its number in the file, counted from 1.

    Raises:
        MessageListError: the file cannot be read.
    """
    if not path.is_file():
        raise MessageListError(f"{path}: {'not a file' if path.exists() else 'no such file'}")
    try:
        with path.open("rb") as file:
            is_compressed = file.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        with gzip.open(path) if is_compressed else path.open("rb") as file:
            is_first = True
            for line, content in enumerate(file, start=1):
                content = content.removeprefix(b"\xef\xbb\xbf").strip()
                if not content or content.startswith(b"#"):
                    continue
                if not (is_first and is_header(content)):
                    yield line, content
                is_first = False
    except LineError as error:
        raise MessageListError(f"{path}, line {line}: {error}") from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise MessageListError(f"{path}: the compressed file is damaged or cut off") from None
    except OSError as error:
        raise MessageListError(f"{path}: cannot be read ({error.strerror or error})") from None


def is_header(content: bytes) -> bool:
    """Whether a line names the columns.

    Raises:
        LineError: it names the receiver first.
    """
    fields = split(content.decode(errors="replace").lower())
    if len(fields) != len(FIELDS) or fields[-1] not in TIME_NAMES:
        return False
    if fields[0] in RECEIVER_NAMES:
        raise LineError(f"{fields[0]!r} stands first in the header, expected {', '.join(FIELDS)}")
    return True


def check(path: Path) -> tuple[int, int]:
    """Count messages and users of a list.

    Raises:
        MessageListError: a line breaks a rule, or there is no message.
    """
    users: set[str] = set()
    messages = 0
    problems = []
    for line, content in lines_of(path):
        try:
            message = read_message(line, content)
        except LineError as error:
            problems.append(f"{path}, line {line}: {error}")
        else:
            users.update((message.sender, message.receiver))
            messages += 1
    if problems:
        listed = problems[:LISTED_PROBLEMS]
        if len(problems) > LISTED_PROBLEMS:
            listed.append(f"and {len(problems) - LISTED_PROBLEMS} more")
        raise MessageListError(
            f"Nothing was written, because of {len(problems)} bad line(s):\n  - "
            + "\n  - ".join(listed)
        )
    if not messages:
        raise MessageListError(f"{path}: no message in it")
    return messages, len(users)


def events(messages: list[Message], prefix: str, fields: dict[str, pa.DataType]) -> pa.Table:
    """The event of each message for its sender or receiver; what the list lacks is null."""
    is_sent = fields is SENT
    moments = [message.sent_at for message in messages]
    known = {
        "event_id": [f"{prefix}{message.line}" for message in messages],
        "event_at": moments,
        "received_at": moments,
        "user_id": [message.sender if is_sent else message.receiver for message in messages],
        "message_id": [f"m{message.line}" for message in messages],
        "conversation_id": [message.conversation for message in messages],
    }
    nothing = [None] * len(messages)
    columns = [pa.array(known.get(name, nothing), type=kind) for name, kind in fields.items()]
    return pa.table(columns, schema=pa.schema(list(fields.items())))


def write_events(path: Path, folder: Path) -> list[Path]:
    """Write the events of a list that was checked: all files, or none; returns them.

    Raises:
        MessageListError: the folder cannot be written.
    """
    plan = {"message_sent": ("ms", SENT), "message_received": ("mr", RECEIVED)}
    files = {event: folder / f"{event}.parquet" for event in plan}
    parts = {event: folder / f".{event}.parquet.part" for event in plan}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for event, (prefix, fields) in plan.items():
            schema = pa.schema(list(fields.items()))
            messages = (read_message(*line) for line in lines_of(path))
            with pa.parquet.ParquetWriter(parts[event], schema, compression="zstd") as writer:
                while batch := list(islice(messages, MESSAGES_IN_A_BATCH)):
                    writer.write_table(events(batch, prefix, fields))
        for event, part in parts.items():
            part.replace(files[event])
    except OSError as error:
        raise MessageListError(f"{folder}: cannot be written ({error.strerror or error})") from None
    finally:
        for part in parts.values():
            if part.parent.is_dir():
                part.unlink(missing_ok=True)
    return list(files.values())


@app.command()
def main(
    messages: Annotated[
        Path,
        typer.Argument(
            help="Lines of sender, receiver and time, separated by spaces, tabs, commas or"
            " semicolons; plain or gzip, with or without a header."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder for raw_path; gets messenger/*.parquet.")],
) -> None:
    """Turn a list of messages into raw events of the messenger scenario.

    Exit status: 0 both files are written; 2 the list or the folder is wrong, and nothing is.
    """
    try:
        count, users = check(messages)
        written = write_events(messages, out / "messenger")
    except MessageListError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{count:,} messages of {users:,} users: {', '.join(map(str, written))}")


if __name__ == "__main__":
    app()
