"""Worlds that several tests look at, each made once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import duckdb

from scripts.worlds.make import World, clean_tables, make
from scripts.worlds.registry import SCENARIOS


def nothing() -> None:
    """Take the place of a progress bar."""


@cache
def made(scenario: str, world: str = "healthy") -> World:
    """A world of the committed size and seed, with its faults, as text."""
    chosen = SCENARIOS[scenario]
    return make(chosen, replace(chosen.defaults, world=world), nothing)


@cache
def clean(scenario: str) -> duckdb.DuckDBPyConnection:
    """The healthy world of the committed size and seed before its faults, as tables."""
    chosen = SCENARIOS[scenario]
    connection = duckdb.connect()
    simulation = chosen.simulate(chosen.defaults)
    for event, table in clean_tables(chosen, simulation, nothing).items():
        connection.register("simulated", table)
        connection.execute(f"create table {event} as from simulated")
    for name, table in chosen.references.items():
        connection.register("reference", table)
        connection.execute(f"create table {name} as from reference")
    return connection


def count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """Number of rows of a query."""
    row = connection.execute(f"select count(*) from ({query})").fetchone()
    assert row is not None
    return int(row[0])


def true_values(world: World) -> dict[str, float]:
    """Expected values of a world."""
    return {name: row["value"] for name, row in world.planted["truth"].items()}
