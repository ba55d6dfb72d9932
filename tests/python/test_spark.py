"""A scenario on Spark: the same marts as on DuckDB, and macros that mean the same on both."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from scripts.manifest import PROJECT
from scripts.spark.__main__ import app
from scripts.spark.comparison import SHOWN, Comparison, compare, open_both
from scripts.spark.machine import missing
from tests.python.builds import Build, project_of, render

# One stands for all; `make spark` compares each.
SCENARIO = "ride_sharing"
# An event with a list and times, for what types do to it.
EVENT = "carpool_ride_match_success"
# The same event in a log with names, units and times of its own, and how it is read.
MATCH_LOG = f"""
    select
        event_id as `the id`,
        unix_millis(event_at) as ts,
        date_format(received_at, 'dd.MM.yyyy HH:mm:ss') as arrived,
        user_id as uid,
        case platform when 'ios' then 'iPhone''s' else platform end as os,
        app_version,
        country,
        request_id,
        driver_id,
        matched_user_ids_list as `with`,
        cast(initial_eta_seconds / 60 as string) as eta,
        'matched' as type
    from my_events.{EVENT}
    union all
    select 'x', 0, 'x', 'x', 'x', 'x', 'x', 'x', 'x', array('x'), 'x', "it's another"
"""
MAPPING = {
    SCENARIO: {
        EVENT: {
            "from": "a_log",
            "where": {"type": "matched"},
            "fields": {
                "event_id": "the id",
                "event_at": {"column": "ts", "unit": "unix_milliseconds"},
                "received_at": {"column": "arrived", "format": "%d.%m.%Y %H:%M:%S"},
                "user_id": "uid",
                "platform": {"column": "os", "values": {"iPhone's": "ios"}},
                "matched_user_ids_list": "with",
                "initial_eta_seconds": {"column": "eta", "unit": "minutes"},
            },
        }
    }
}
# Texts as a log may hold them, by the type that a field is declared as. What both engines read
# they read as the same value; what one refuses the other refuses, too.
TEXTS = {
    "integer": (
        "5", "+5", "-5", " 5 ", "5.0", "5.", "1.5", "05", "1e3", "", "abc", "9223372036854775807",
        "9223372036854775808", "1_000", "0x1F", "1,000", "--5", "5 5", ".0", "NaN",
    ),
    "double": (
        "1", "+1.5", "-1.5", ".5", "5.", "1e5", "1E-3", "1e400", "1e-400", "nan", "inf", "Infinity",
        "1.5d", "1.5f", "0x1p3", "1,5", " 2 ", "", "abc", "1e", ".", "1.2.3", "1 2",
    ),
    "boolean": (
        "true", "FALSE", "True", "t", "f", "1", "0", "yes", "no", "y", "n", "on", "2", "", " true ",
        "truee", "1.0",
    ),
    "timestamp": (
        "2026-01-01 10:00:00", "2026-01-01T10:00:00Z", "2026-01-01T10:00:00.123456Z",
        "2026-01-01T10:00:00+02:00", "2026-01-01T10:00:00+0200", "2026-01-01T10:00:00-05",
        "2026-01-01 10:00:00 UTC", "2026-01-01 10:00:00 Europe/Lisbon", "2026-01-01", "2026-1-1",
        "2026-01-01 10:00", "2026-01-01 1:00:00", "2026-01-01 10:00:00 +02:00",
        "2026-01-01 10:00:00 Z", "2026-01-01 10", "2026", "2026-01", "T10:00:00", "10:00:00",
        "2026-02-30", "2026-13-01 00:00:00", "2026-01-01 25:00:00", "2026-01-01 10:60:00",
        "01/02/2026", "now", "today", "20260101", "1767261600", "", "abc", "Jan 1 2026",
    ),
    "date": (
        "2026-01-01", "2026-1-1", "2026-01", "2026", "2026-02-30", "2026-01-01 10:00:00", "",
        "abc", "20260101", "today",
    ),
    "string": (" a ", "", "  ", "a b"),
    "string[]": (
        '["a","b"]', "[]", '["a"]', '["a", null]', "[1,2]", '["a,b"]', '[ "a" , "b" ]', '[""]',
        '["a"', "a", '"a"', '{"a":1}', "null", '["a"] x', "[]x", "",
    ),
}  # fmt: skip
# What DuckDB reads beyond that, and Spark quarantines; docs/spark.md says so.
ONLY_DUCKDB_READS = {
    "timestamp": ("2026/01/01 10:00:00", "infinity", "epoch", "2026-01-01 24:00:00",
                  "2026-01-01T10:00:00+19:00", "2026-01-01 10:0:00"),
    "date": ("2026/01/01", "infinity", "2026-01-01abc"),
    "string[]": ("[a, b]", '["a",]'),
}  # fmt: skip
# The macros of macros/engines that return SQL; the others are what the build itself runs on.
MACROS = """
with facts as (
    select
        cast('2026-07-01 23:59:59.123456' as timestamp) as happened_at,
        cast('2026-07-02 00:10:00.500000' as timestamp) as ended_at,
        cast('2026-02-28' as date) as first_day,
        cast('2026-03-29' as date) as last_day,
        {{ parse_value('tags_text', 'string[]') }} as tags,
        cast(null as {{ engine_type('string[]') }}) as no_tags,
        'Ada "the first"' as name,
        cast(null as {{ engine_type('string') }}) as nothing
    from (select '["x", "y"]' as tags_text) as texts
), more_facts as (select * from facts)
select
    {{ local_time('happened_at', "'America/New_York'") }} as local_time,
    {{ list_length('tags') }} as list_length,
    {{ list_length('no_tags') }} as length_of_no_list,
    {{ list_as_text('tags') }} as list_as_text,
    (select max(tag) from (
        select {{ list_elements('tags') }} as tag from more_facts
    ) as elements) as last_list_element,
    (select count(*) from (
        select {{ list_elements('no_tags') }} as tag from more_facts
    ) as elements) as elements_of_no_list,
    {{ seconds_between('happened_at', 'ended_at') }} as seconds_between,
    {{ days_between('first_day', 'last_day') }} as days_between,
    {{ packed_row_as_json(packed_row(['name', 'nothing'])) }} as packed_row_as_json,
    {{ quoted_name('name') }} as quoted_name,
    {{ time_of_unix_seconds('1767261600.5') }} as time_of_unix_seconds,
    {{ time_in_format("'05.Jan 2026 07:08 PM +02:00'", '%d.%b %Y %I:%M %p %z') }} as time_in_format,
    {{ time_in_format("'20260105T070809.25'", '%Y%m%dT%H%M%S.%f') }} as time_with_fraction,
    {{ day_of_week('first_day') }} as day_of_week,
    {{ day_of_week('happened_at') }} as day_of_week_of_a_timestamp,
    {{ dbt.dateadd('second', 300, 'happened_at') }} as seconds_later,
    cast({{ dbt.dateadd('month', 1, 'first_day') }} as date) as a_month_later,
    {{ dbt.date_trunc('week', 'first_day') }} as week_start,
    (select {{ joined_texts('name', '; ') }} from (
        select 'b' as name union all select 'a' union all select null
    ) as names) as joined_texts,
    (select {{ joined_texts('name', '; ') }} from (
        select cast(null as {{ engine_type('string') }}) as name
    ) as names) as joined_no_texts,
    (select count(*) from (
        {{ days_from_to('first_day', 'last_day', 'more_facts') }}
    ) as days) as days_from_to,
    (select count(*) from (
        {{ days_from_to('last_day', 'first_day', 'more_facts') }}
    ) as days) as no_days_from_to,
    (select max(position) from (
        select {{ row_position() }} as position from more_facts
    ) as positions) as row_position
from facts
"""


# Riders as units of an experiment, and what it is judged by.
UNITS = """
with units as (
    select
        rider_id as unit_id,
        case when min(platform) = 'ios' then 'treatment' else 'control' end as variant,
        cast(sum(fare_usd) as {{ engine_type('double') }}) as fare,
        cast(sum(ride_distance_km) as {{ engine_type('double') }}) as distance,
        max(case when ride_type = 'carpool' then 1e0 else 0e0 end) as is_carpooler
    from {{ ref('fct_ride_sharing__ride_riders') }}
    group by rider_id
), sums as (
    {{ sufficient_statistics('units', {
        'fare': {'numerator': 'fare'},
        'fare_per_km': {'numerator': 'fare', 'denominator': 'distance'},
    }) }}
), shares as (
    {{ sufficient_statistics('units', {'is_carpooler': {'numerator': 'is_carpooler'}}) }}
), differences as (
    {{ mean_difference('sums', 'treatment', 'control') }}
), tests as (
    select metric, p_value from differences
), sides as (
    select
        unit_id,
        case when variant = 'treatment' then fare else 0e0 end as treatment_numerator,
        case when variant = 'treatment' then distance else 0e0 end as treatment_denominator,
        case when variant = 'control' then fare else 0e0 end as control_numerator,
        case when variant = 'control' then distance else 0e0 end as control_denominator
    from units
)
"""
# The macros of macros/statistics, those that no model of this scenario calls among them.
STATISTICS = {
    "means": UNITS + "select * from differences order by metric",
    "proportions": UNITS
    + """
        select * from ({{ proportion_difference('shares', 'treatment', 'control') }}) as found
    """,
    "ratios": UNITS + ", {{ ratio_comparison('sides', 'lift') }} select * from ratio_comparison",
    "always_valid": UNITS
    + """
        select * from ({{ always_valid_difference('differences', 300) }}) as found order by metric
    """,
    "detectable": UNITS
    + """
        select * from ({{ detectable_difference('differences', 300) }}) as found order by metric
    """,
    "holm": UNITS
    + """
        select * from ({{ holm_adjusted('tests', ['metric']) }}) as found order by metric
    """,
    "cuped": UNITS
    + """
        select variant, count(*) as units, sum(adjusted) as adjusted from (
            {{ cuped('units', 'fare', 'distance') }}
        ) as found group by variant order by variant
    """,
    "split": UNITS
    + """
        select * from (
            {{ sample_ratio_mismatch('units', {'treatment': 1, 'control': 1}) }}
        ) as found order by dimension, member
    """,
    "tails": """
        with numbers as (
            select cast(x as {{ engine_type('double') }}) as x
            from (values (0.01), (0.3), (0.9), (1.0), (4.0), (12.0), (36.5)) as written (x)
        )
        select
            x,
            {{ normal_tail('x') }} as normal_tail,
            {{ student_t_tail('x', '(x + 1)') }} as student_t_tail,
            {{ student_t_quantile_975('(x + 1)') }} as student_t_quantile,
            {{ chi_square_tail('x', '(x + 1)') }} as chi_square_tail,
            {{ normal_quantile('x') }} as normal_quantile
        from numbers
        order by x
    """,
}


def parsing_query() -> str:
    """Jinja that reads every text as its type: rows of type, place of the text, and what it is."""
    selects = []
    for data_type, texts in TEXTS.items():
        every_text = texts + ONLY_DUCKDB_READS.get(data_type, ())
        rows = ", ".join(f"({place}, '{text}')" for place, text in enumerate(every_text))
        parsed = "list_as_text('parsed')" if data_type == "string[]" else "'parsed'"
        selects.append(
            f"select '{data_type}' as data_type, place,"
            f" cast({{{{ {parsed} }}}} as {{{{ engine_type('string') }}}}) as told from ("
            f"select place, {{{{ parse_value('written', '{data_type}') }}}} as parsed"
            f" from (values {rows}) as texts (place, written)) as parsed_texts"
        )
    return " union all ".join(selects) + " order by data_type, place"


@dataclass(frozen=True)
class Spark:
    """A build on Spark, and what its session answered: columns and rows, or a run's success."""

    warehouse: Path
    answers: dict[str, Any]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Spark:
    if reason := missing():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("spark")
    questions = [["macros", "jinja", MACROS], ["texts", "jinja", parsing_query()]]
    questions += [[name, "jinja", query] for name, query in STATISTICS.items()]
    # Last, since it replaces the view: an event that lies in a table of the warehouse, with types.
    model = f"stg_{SCENARIO}__{EVENT}"
    questions += [
        ["schema", "sql", "create schema my_events"],
        ["table", "sql", f"create table my_events.{EVENT} as select * from gsmt.{model}"],
        [model, "dbt", json.dumps({"raw_schema": "my_events"})],
        ["lost", "sql", f"select * from my_events.{EVENT} except all select * from gsmt.{model}"],
        ["staged", "sql", f"select count(*) from gsmt.{model}"],
        ["read", "sql", f"show create table gsmt.{model}"],
        ["log", "sql", f"create table my_events.a_log as {MATCH_LOG}"],
        [f"fqn:{model}", "dbt", json.dumps({"raw_schema": "my_events", "event_mapping": MAPPING})],
        [
            "changed",
            "sql",
            f"select * from my_events.{EVENT} except all select * from gsmt.{model}",
        ],
    ]
    (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    finished = subprocess.run(
        [
            *(sys.executable, "-m", "tests.python.spark_process"),
            *(str(folder), str(project_of(SCENARIO)), SCENARIO),
        ],
        cwd=PROJECT,
        env={**os.environ, "GSMT_SPARK_WAREHOUSE": str(folder), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    return Spark(folder / "warehouse", answers)


@pytest.fixture(scope="module")
def comparisons(spark: Spark, healthy: Build) -> dict[str, Comparison]:
    manifest = healthy.manifest()
    with open_both(manifest, healthy.database, spark.warehouse) as connection:
        return {found.model: found for found in compare(connection, manifest, SCENARIO)}


def test_every_mart_of_both_engines_is_equal(
    comparisons: dict[str, Comparison], healthy: Build
) -> None:
    marts = {metric.model for metric in healthy.manifest().metrics() if metric.scenario == SCENARIO}
    assert marts
    assert marts <= comparisons.keys()
    assert {mart: comparisons[mart].differences for mart in marts} == dict.fromkeys(marts, ())
    assert all(comparisons[mart].rows for mart in marts)


@pytest.mark.parametrize("model", ["quarantine", "orphans", "target_status"])
def test_both_engines_reject_orphan_and_judge_alike(
    model: str, comparisons: dict[str, Comparison]
) -> None:
    found = comparisons[f"{SCENARIO}__{model}"]
    assert found.differences == ()
    assert found.rows


def test_a_difference_between_the_engines_is_noticed(spark: Spark, healthy: Build) -> None:
    """In a number, in a null, in a missing row and in a row too many."""
    manifest, mart = healthy.manifest(), "mart_carpool_driver_csat"
    changes = {
        "value is ": "select * replace (value * (1 + 2e-9) as value) from spark.{mart}",
        "denominator is ": "select * replace (nullif(denominator, 0) as denominator)"
        " from spark.{mart}",
        "is_complete is ": "select * replace (not is_complete as is_complete) from spark.{mart}",
        "on DuckDB only": "from spark.{mart} where dimension = 'all'",
        "on Spark only": "from spark.{mart} union all"
        " select * replace ('more' as member) from spark.{mart}",
        "a key repeats": "from spark.{mart} union all from spark.{mart}",
    }
    for told, change in changes.items():
        with open_both(manifest, healthy.database, spark.warehouse) as connection:
            changed = f"create table changed as {change.format(mart=mart)}"
            connection.execute(f"use memory; {changed}; drop view spark.{mart}")
            connection.execute(f"create view spark.{mart} as from memory.main.changed")
            found = {each.model: each for each in compare(connection, manifest, SCENARIO)}
        assert any(told in difference for difference in found[mart].differences), told
        assert len(found[mart].differences) <= SHOWN + 1


@pytest.fixture(scope="module")
def on_duckdb(healthy: Build, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What DuckDB answers to the questions in Jinja, as Spark's answers are."""
    between = " /* next */ "
    queries = {"macros": MACROS, "texts": parsing_query(), **STATISTICS}
    rendered = render(tmp_path_factory.mktemp("rendered"), between.join(queries.values()))
    answers: dict[str, Any] = {}
    with healthy.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for name, query in zip(queries, rendered.split(between), strict=True):
            found = connection.execute(query)
            answers[name] = [[column[0] for column in found.description or []], found.fetchall()]
    return answers


def values_by_type(answer: Any, data_type: str) -> list[str | float | None]:
    told = [row[2] for row in answer[1] if row[0] == data_type]
    return [float(text) if data_type == "double" and text else text for text in told]


@pytest.mark.parametrize("data_type", TEXTS)
def test_both_engines_read_the_same_texts_as_a_type(
    data_type: str, spark: Spark, on_duckdb: dict[str, Any]
) -> None:
    texts = TEXTS[data_type]
    ours = values_by_type(on_duckdb["texts"], data_type)
    theirs = values_by_type(spark.answers["texts"], data_type)
    both = dict(zip(texts, zip(ours, theirs, strict=True), strict=False))
    assert {text: pair for text, pair in both.items() if pair[0] != pair[1]} == {}
    assert {type(value) for value in ours} > {type(None)}
    assert None not in ours[len(texts) :]
    assert set(theirs[len(texts) :]) <= {None}


def test_every_macro_means_the_same_on_both_engines(
    spark: Spark, on_duckdb: dict[str, Any]
) -> None:
    columns, (theirs,) = spark.answers["macros"]
    _, (ours,) = on_duckdb["macros"]
    facts = dict(
        zip(columns, zip(map(_plain, ours), map(_plain, theirs), strict=True), strict=True)
    )
    assert {name: pair for name, pair in facts.items() if pair[0] != pair[1]} == {}
    assert [name for name, (mine, _) in facts.items() if mine == "None"] == [
        "length_of_no_list",
        "joined_no_texts",
    ]


@pytest.mark.parametrize("name", STATISTICS)
def test_every_statistic_is_the_same_on_both_engines(
    name: str, spark: Spark, on_duckdb: dict[str, Any]
) -> None:
    (names, theirs), (columns, ours) = spark.answers[name], on_duckdb[name]
    assert names == columns
    assert len(theirs) == len(ours) > 0
    for mine, other in zip(ours, theirs, strict=True):
        for column, value, found in zip(columns, mine, other, strict=True):
            is_number = isinstance(value, float)
            expected = pytest.approx(value, rel=1e-9, abs=1e-300) if is_number else value
            assert found == expected, column


def _plain(value: Any) -> str:
    """A value as text; a date and its midnight are the same, as are equal JSON texts."""
    text = str(value).removesuffix(" 00:00:00")
    return json.dumps(json.loads(text)) if text.startswith("{") else text


def test_events_may_lie_in_tables_that_spark_knows(spark: Spark, healthy: Build) -> None:
    model = f"stg_{SCENARIO}__{EVENT}"
    assert spark.answers[model] is True
    assert "my_events" in spark.answers["read"][1][0][0]
    assert spark.answers["lost"][1] == []
    assert spark.answers["staged"][1] == [
        list(row) for row in healthy.query(f"select count(*) from {model}")
    ]


def test_a_log_that_spark_knows_is_read_through_a_mapping(spark: Spark) -> None:
    assert spark.answers[f"fqn:stg_{SCENARIO}__{EVENT}"] is True
    assert spark.answers["changed"][1] == []


@pytest.mark.parametrize(
    ("java", "said"),
    [
        (None, "there is none here"),
        ("echo 'openjdk version \"11.0.2\" 2019-01-15' >&2", "is Java 11"),
        ("echo 'java version \"1.8.0_402\"' >&2", "is Java 8"),
        ("exit 1", "of no version"),
    ],
)
def test_a_machine_without_a_fitting_java_is_told_so(
    java: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "java"
    if java is not None:
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{java}\n")
        program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    reason = missing()
    assert reason is not None
    assert "Java 17 or later" in reason
    assert said in reason
    result = CliRunner().invoke(app, ["--folder", str(tmp_path / "spark")])
    assert result.exit_code == 2
    assert reason in result.output
    assert not (tmp_path / "spark").exists()
