"""The site: what its pages say, their links, and that their data are what the marts say."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import duckdb
import pytest

from scripts.docs import links
from scripts.docs.drawing import draw
from scripts.manifest import PROJECT, Manifest
from scripts.site.charts import ChartError, pictures
from scripts.site.dashboard import read_dashboards
from scripts.site.description import read_description
from scripts.site.lineage import EVENT, place, question_nodes
from scripts.site.pages import VENDOR, Site
from scripts.site.pictures import MOST_BYTES, PICTURES
from scripts.site.series import read_series
from scripts.site.since import missed_since
from scripts.site.units import format_of, format_of_unit
from scripts.site.world import World, read_world, target_declarations
from scripts.site.wrong_readings import read_wrong_readings
from scripts.sql_export.tables import star_schema_tables
from scripts.target_status import open_database
from tests.python.builds import Build
from tests.python.made_up_dashboard import make_up
from tests.python.web_pages import Page, read_data, read_list, read_pages

MARKUP = "<script>alert(1)</script> & \"more\" 'text' "


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return read_pages(site)


@pytest.fixture(scope="module")
def world(healthy: Build) -> World:
    return read_world(healthy.manifest(), healthy.database, "healthy", "Healthy")


def test_each_question_page_has_its_goals_signals_fields_metrics_and_targets(
    healthy: Build, pages: dict[str, Page]
) -> None:
    manifest = healthy.manifest()
    signals = {(one.scenario, one.name): one for one in manifest.signals()}
    for question in manifest.questions():
        expected = [question.title, question.text, question.goal]
        for area in question.areas:
            expected += [area["name"], area["goal"]]
            for name in area["signals"]:
                signal = signals[question.scenario, name]
                expected += [name, signal.description, *(one.name for one in signal.columns)]
        for metric in manifest.metrics():
            if metric.question == question.id:
                told = read_description(metric.description)
                assert told.formula and told.trap and told.trade_offs and told.slices, metric.name
                expected += [metric.label, metric.unit, told.grain, told.formula]
                expected += [told.trap[1:], told.trade_offs[1:], told.slices[1:]]
                expected += [text for one in metric.targets for text in (one.id, one.description)]
        assert len(expected) > 60
        text = pages[f"questions/{question.id}.html"].text
        assert [one for one in expected if " ".join(one.split()) not in text] == []


def test_the_home_page_has_every_question_and_says_which_are_not_built(
    healthy: Build, pages: dict[str, Page]
) -> None:
    home = pages["index.html"]
    built = {question.id for question in healthy.manifest().questions()}
    assert {f"questions/{question}.html" for question in built} <= set(home.links)
    shown, *waiting = home.html.split("Not built yet")
    named = re.compile(r'class="eyebrow">[^<]* · (\d\.\d\.\d)<')
    assert set(named.findall(shown)) == built
    assert bool(waiting) == (len(built) < 12)
    assert set(named.findall("".join(waiting))).isdisjoint(built)
    assert len(named.findall(home.html)) == len({*named.findall(home.html)}) == 12


def test_the_signals_of_an_area_are_those_of_the_catalog(
    healthy: Build, pages: dict[str, Page]
) -> None:
    for area, question, name, signals in healthy.query(
        "select area_id, question_id, area, signals from catalog_goals"
    ):
        html = pages[f"questions/{question}.html"].html
        shown = re.findall(r'id="signal-([^"]+)">.*?<p class="tag">(.*?)</p>', html, re.DOTALL)
        name = name.replace("&", "&amp;")
        found = {signal for signal, tag in shown if name in tag.split("; shows ")[1]}
        assert found == set(signals.split(", ")), area


@pytest.mark.parametrize("name", ["healthy", "degraded"])
def test_the_data_of_a_card_are_the_values_of_its_mart(
    site: Path, request: pytest.FixtureRequest, name: str
) -> None:
    build: Build = request.getfixturevalue(name)
    rows = build.query(
        """
        select
            metric_id, period_grain, dimension, member, statistic, cast(period_start as varchar),
            value, numerator, denominator, is_complete
        from metric_values
        """
    )
    expected = {row[:6]: row[6:] for row in rows}
    found = {}
    for metric in build.manifest().metrics():
        data = read_data(site, f"{metric.question}/{metric.name}.{name}")
        for series in data["series"]:
            key = (metric.name, *(series[one] for one in ("grain", "dimension", "member")))
            parts = ["values", "numerators", "denominators"]
            lists = [read_list(series.get(part)) for part in parts]
            for number, day in enumerate(data["calendars"][series["calendar"]]):
                values = [one and one[number] for one in lists]
                is_complete = number not in series["open"]
                found[(*key, series["statistic"], day)] = (*values, is_complete)
    assert found.keys() == expected.keys()
    for key, (*values, is_complete) in expected.items():
        *shown, shown_complete = found[key]
        assert shown_complete == is_complete
        for value, seen in zip(values, shown, strict=True):
            assert seen == (value if value is None else pytest.approx(value, rel=1e-5)), key


def test_each_headline_is_the_newest_complete_number(
    healthy: Build, pages: dict[str, Page], world: World
) -> None:
    for metric in healthy.manifest().metrics():
        main = world.series[metric.name].main
        assert main is not None
        [(value,)] = healthy.query(
            f"""
            select value from {metric.model}
            where
                period_grain = '{main.grain}' and statistic = '{main.statistic}'
                and dimension = 'all' and is_complete and value is not null
            order by period_start desc limit 1
            """
        )
        card = pages[f"questions/{metric.question}.html"].html.split(f'id="metric-{metric.name}"')[
            1
        ]
        shown = re.search(r'in-healthy"><span class="number">([^<]*)<', card)
        assert shown and shown[1] == format_of(metric, main.statistic).text(value)


def test_targets_are_shown_as_they_were_judged_in_each_world(
    healthy: Build, degraded: Build, pages: dict[str, Page]
) -> None:
    html = pages["targets.html"].html
    for build, suffix in ((healthy, ""), (degraded, "-degraded")):
        for target, status, owner in build.query(
            "select target_id, status, owner from target_status"
        ):
            row = html.split(f'<tr id="{target}{suffix}"')[1].split("</tr>")[0]
            assert f'data-status="{status}"' in row
            assert f'data-owner="{owner}"' in row


def test_a_target_is_missed_since_the_month_end_at_which_its_rule_broke(degraded: Build) -> None:
    manifest = degraded.manifest()
    targets = target_declarations(manifest)
    with open_database(manifest, degraded.database) as connection:
        relation = manifest.model("mart_carpool_rider_csat")["relation_name"]
        months = connection.execute(
            f"""
            select
                last_day(period_start),
                (
                    select sum(days.numerator) / sum(days.denominator)
                    from {relation} as days
                    where
                        days.period_grain = 'day' and days.dimension = 'all'
                        and days.period_start > last_day(months.period_start) - 28
                        and days.period_start <= last_day(months.period_start)
                )
            from {relation} as months
            where
                period_grain = 'month' and dimension = 'all' and is_complete
                -- Before the launch fills a window of 28 days there is nothing to judge.
                and last_day(period_start) - 27 >= (
                    select min(days.period_start)
                    from {relation} as days
                    where
                        days.period_grain = 'day' and days.dimension = 'all'
                        and days.denominator > 0
                )
            order by period_start desc
            """
        ).fetchall()
    world = read_world(manifest, degraded.database, "degraded", "Degraded")
    since = missed_since(manifest, degraded.database, world.statuses, targets)
    threshold = targets["1.1.2-3.T1"]["threshold"]
    expected = None
    for day, value in months:
        if value is None or value >= threshold:
            break
        expected = day
    assert since["1.1.2-3.T1"] == expected is not None
    # What compares groups of a fact is not judged anew.
    assert "1.1.2-2.T3" not in since


def test_every_link_leads_somewhere(healthy: Build, site: Path, pages: dict[str, Page]) -> None:
    nodes = healthy.manifest().nodes | healthy.manifest().exposures
    kinds = set()
    for path, page in pages.items():
        for link in page.links:
            address = urlsplit(link)
            assert not address.scheme and not address.netloc, link
            file = (site / path).parent / address.path if address.path else site / path
            name = file.resolve().relative_to(site.resolve()).as_posix()
            kinds.add(name.split("/")[0])
            if name == links.MODELS_PAGE:
                assert address.fragment.split("?")[0].split("/")[-1] in nodes, link
            elif name == links.COLUMNS_PAGE:
                assert unquote(address.query.split("&")[0].removeprefix("model=")) in nodes
            else:
                assert name in pages, link
                place = address.fragment.split("?")[0]
                assert not place or place in pages[name].ids, f"{path}: {link}"
    assert {"index.html", "questions", "targets.html", "experiments", "static_index.html"} <= kinds


def test_everything_that_is_searched_for_has_its_place(
    healthy: Build, site: Path, pages: dict[str, Page]
) -> None:
    entries = read_data(site, "search")
    for entry in entries:
        page, _, place = entry["link"].partition("#")
        assert page in pages
        assert not place or place in pages[page].ids, entry
    names = {
        kind: {one["name"] for one in entries if one["kind"] == kind}
        for kind in ("question", "metric", "target", "signal", "field")
    }
    manifest = healthy.manifest()
    assert names["metric"] == {metric.label for metric in manifest.metrics()}
    assert names["target"] == {one.id for metric in manifest.metrics() for one in metric.targets}
    assert names["signal"] == {signal.name for signal in manifest.signals() if signal.areas}
    assert len(names["question"]) == len(manifest.questions())
    assert {"ride_type", "fare_usd"} <= names["field"]


def test_the_pages_load_their_own_files_only_and_not_much(
    healthy: Build, site: Path, pages: dict[str, Page]
) -> None:
    for path, page in pages.items():
        own = [page.file]
        for load in page.loads:
            file = (page.file.parent / load).resolve()
            assert file.is_relative_to(site.resolve()) and file.is_file(), load
            if "vendor" not in load:
                own.append(file)
        assert not re.search(r"@import|https?:|<iframe|<object", page.html), path
        if path.startswith("questions/"):
            own += (site / "data" / path.removeprefix("questions/").removesuffix(".html")).iterdir()
        own.append(site / "data" / "search.js")
        # The texts of queries come when they are opened, and the other world when it is chosen.
        loaded = [file for file in own if not file.name.endswith((".degraded.js", ".sql.js"))]
        assert sum(file.stat().st_size for file in loaded) < 2_000_000, path


def test_the_pages_are_well_formed_and_have_an_outline(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert page.open_elements == [], path
        assert sorted({*page.ids}) == sorted(page.ids), path
        assert page.unscoped == 0, path
        assert page.headings.count(1) == 1 or path.startswith("experiments/"), path
        referred = re.findall(r'aria-labelledby="([^"]+)"', page.html)
        assert {*referred} <= {*page.ids}, path


def test_text_of_events_and_models_is_text_on_the_pages(
    healthy: Build, world: World, tmp_path: Path
) -> None:
    manifest = healthy.manifest()
    for model in manifest.models():
        model["description"] = MARKUP + model["description"]
        facts = model["config"].get("meta", {}).get("gsmt", {})
        for name in ("label", "unit", "why"):
            if name in facts:
                facts[name] = MARKUP + facts[name]
        for column in model["columns"].values():
            column["description"] = MARKUP
    for exposure in manifest.exposures.values():
        exposure["description"] = exposure["label"] = MARKUP
    long = "a very long name " * 20
    series = {
        name: replace(
            found,
            metric=next(one for one in manifest.metrics() if one.name == name),
            series=tuple(
                replace(one, member=MARKUP + long + one.member) if one.dimension != "all" else one
                for one in found.series
            ),
        )
        for name, found in world.series.items()
    }
    said = {"owner": MARKUP, "description": MARKUP, "worst_member": MARKUP, "built_from": MARKUP}
    statuses = [replace(one, **said) for one in world.statuses]  # type: ignore[arg-type]
    experiments = [
        replace(
            one,
            readout=tuple(
                {
                    **row,
                    "label": MARKUP,
                    "decision": MARKUP,
                    "metric_verdict": row["metric_verdict"] and MARKUP,
                }
                for row in one.readout
            ),
        )
        for one in world.experiments
    ]
    spoilt = replace(world, series=series, statuses=statuses, experiments=experiments)
    Site(manifest, [spoilt], tmp_path).write()
    for path, page in read_pages(tmp_path).items():
        assert "<script>alert" not in page.html, path
        assert page.open_elements == [], path
    for file in (tmp_path / "data").rglob("*.js"):
        assert "<" not in file.read_text(encoding="utf-8"), file
    data = read_data(tmp_path, "1.1.2/carpool_ride_penetration.healthy")
    assert {one["member"] for one in data["series"]} >= {f"{MARKUP}{long}Lisbon"}


def test_the_library_is_what_its_table_says() -> None:
    table = (VENDOR / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([^`]+)` .* \| `([0-9a-f]{64})` \|$", table, re.MULTILINE))
    files = {
        path.relative_to(VENDOR).as_posix(): path
        for path in VENDOR.rglob("*")
        if path.suffix in (".js", ".gz")
    }
    assert told == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()
    }
    assert all((path.parent / "LICENSE").is_file() for path in files.values())


def test_a_lineage_has_the_question_s_own_nodes_and_no_box_on_another(healthy: Build) -> None:
    manifest = healthy.manifest()
    for question in manifest.questions():
        nodes = question_nodes(manifest, question)
        exposure = f"exposure.{manifest.project}.{question.exposure}"
        wanted = _ancestors(manifest, exposure) - {exposure}
        models = {node.key for node in nodes if "." in node.key and node.key in manifest.nodes}
        # Before an event lies the same event, as it was logged, and what was wrong with it.
        assert models <= wanted
        before = {
            parent
            for node in nodes
            if node.kind == EVENT
            for parent in _ancestors(manifest, node.key)
        }
        assert wanted - models <= before
        targets = {
            one.id
            for metric in manifest.metrics()
            if metric.question == question.id
            for one in metric.targets
        }
        assert {node.key for node in nodes} - models == targets
        drawn = place(nodes)
        assert len(drawn.boxes) == len(nodes)
        for number, box in enumerate(drawn.boxes):
            assert box.x >= 0 and box.x + box.width <= drawn.width
            assert box.y >= 0 and box.y + box.height <= drawn.height
            for other in drawn.boxes[:number]:
                assert (
                    box.x + box.width <= other.x
                    or other.x + other.width <= box.x
                    or box.y + box.height <= other.y
                    or other.y + other.height <= box.y
                ), f"{box.key} lies on {other.key}"


def _ancestors(manifest: Manifest, unique_id: str) -> set[str]:
    """A node and everything that it is computed from."""
    node = (manifest.nodes | manifest.exposures)[unique_id]
    parents = node.get("depends_on", {}).get("nodes", [])
    known = [parent for parent in parents if parent in manifest.nodes]
    return {unique_id}.union(*(_ancestors(manifest, parent) for parent in known))


def test_the_references_of_the_entities_are_told_in_words(
    healthy: Build, pages: dict[str, Page]
) -> None:
    manifest = healthy.manifest()
    for question in manifest.questions():
        drawing = draw(star_schema_tables(manifest, question.scenario))
        text = pages[f"questions/{question.id}.html"].text
        assert all(line.sentence in text for line in drawing.lines)


def test_a_metric_gets_the_pictures_that_its_shape_asks_for(world: World) -> None:
    kinds = {name: [one.kind for one in found] for name, found in world.pictures.items()}
    assert kinds["day_n_retention"] == ["cohorts", "retention_curve"]
    assert kinds["active_days_distribution"] == ["histogram"]
    assert kinds["upload_funnel_conversion"] == ["funnel"]
    assert kinds["upload_top_error_codes"] == ["pareto"]
    assert kinds["engagement_tiers"] == ["sankey"]
    assert kinds["churn_prediction_score"] == ["calibration", "precision_recall"]
    assert kinds["time_spent_per_active_user"] == ["percentiles"]
    assert kinds["carpool_ride_penetration"] == []


def test_flows_of_a_picture_add_up_to_what_lies_on_its_sides(healthy: Build, world: World) -> None:
    [picture] = world.pictures["engagement_tiers"]
    rows = healthy.query(
        """
        select from_tier, to_tier, sum(users) from fct_stickiness__tier_flows
        where month_start = (select max(month_start) from fct_stickiness__tier_flows)
        group by all
        """
    )
    assert {(one["source"], one["target"]): one["value"] for one in picture.rows} == {
        (source, target): users for source, target, users in rows
    }
    for side, column in (("source", 0), ("target", 1)):
        for name, total in picture.totals[side].items():
            assert total == sum(row[2] for row in rows if row[column] == name)


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        ({"kind": "pie"}, "chart.kind is 'pie'"),
        ({"kind": "sankey", "rows": "fct_ride_sharing__rides"}, "lacks period, source"),
        ({"kind": "histogram", "statistics": ["none"]}, "has none"),
        (
            {"kind": "calibration", "rows": "no_such_model", "x": "a", "y": "b", "value": "c"},
            "names no model: no_such_model",
        ),
        (
            {"kind": "calibration", "rows": "dim_ride_sharing__dates", "x": "a", "y": "b",
             "value": "c"},
            "dim_ride_sharing__dates has no column a",
        ),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_drawn_is_an_error(
    healthy: Build, chart: dict[str, Any], said: str
) -> None:
    manifest = healthy.manifest()
    facts = manifest.model("mart_carpool_rider_csat")["config"]["meta"]["gsmt"]
    facts["chart"] = chart
    [metric] = [one for one in manifest.metrics() if one.name == "carpool_rider_csat"]
    with open_database(manifest, healthy.database) as connection:
        series = read_series(connection, metric)
        with pytest.raises(ChartError, match=re.escape(said)):
            pictures(connection, manifest, series)


def test_wrong_readings_tell_numbers_of_their_own_world_only(
    healthy: Build, degraded: Build
) -> None:
    [metric] = [
        one for one in healthy.manifest().metrics() if one.name == "carpool_ride_penetration"
    ]
    told = {}
    for build in (healthy, degraded):
        with open_database(build.manifest(), build.database) as connection:
            told[build.database] = read_wrong_readings(metric, read_series(connection, metric))
    seats = {one.change: one for one in told[healthy.database]}["count seats instead of rides"]
    [(rides, carpools, seats_taken, seats_of_carpools)] = healthy.query(
        """
        with last_week as (
            select max(period_start) as week_start from mart_carpool_ride_penetration
            where period_grain = 'week' and is_complete
        )
        select
            count(*),
            count(*) filter (where ride_type = 'carpool'),
            sum(rider_count),
            sum(rider_count) filter (where ride_type = 'carpool')
        from fct_ride_sharing__rides, last_week
        where ride_date between week_start and week_start + 6
        """
    )
    share = format_of_unit("share")
    assert seats.true == share.text(carpools / rides)
    assert seats.wrong == share.text(seats_of_carpools / seats_taken)
    assert {one.wrong for one in told[degraded.database]} == {""}


def test_every_recorded_reading_is_of_a_mutation_and_true_in_the_seeds(world: World) -> None:
    recorded = {
        (metric, change)
        for path in (PROJECT / "scripts" / "mutations").glob("*.json")
        for metric, readings in json.loads(path.read_text(encoding="utf-8")).items()
        for change, number in readings.items()
        if number is not None
    }
    shown = {
        (name, one.change)
        for name, series in world.series.items()
        for one in read_wrong_readings(series.metric, series)
        if one.wrong
    }
    assert shown == recorded
    # Half of all mutations move the last complete period of the seeds, or more.
    assert len(shown) > 100


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("share of rides", 0.2638, "26.4 %"),
        ("share", 0.00123, "0.12 %"),
        ("share", 0, "0 %"),
        ("share", -0.125, "\u221212.5 %"),
        ("US dollars per ride", 12.3, "$12.30"),
        ("US dollars", -1234.5, "\u2212$1,234.50"),
        ("riders", 1234, "1,234"),
        ("minutes", 12.34, "12.3"),
        ("minutes", 1.005, "1.01"),
        ("seconds", 0.0625, "0.063"),
        ("users", None, "\u2013"),
    ],
)
def test_numbers_are_written_in_their_unit(unit: str, value: float | None, text: str) -> None:
    assert format_of_unit(unit).text(value) == text


def test_the_site_of_a_build_without_a_value_says_so(
    healthy: Build, world: World, tmp_path: Path
) -> None:
    series = {
        name: replace(found, series=tuple(
            replace(one, values=[None] * len(one.values)) for one in found.series
        ))
        for name, found in world.series.items()
    }  # fmt: skip
    empty = replace(world, series=series, experiments=[])
    Site(healthy.manifest(), [empty], tmp_path).write()
    assert "no complete period yet" in read_pages(tmp_path)["questions/1.1.2.html"].text
    assert not (tmp_path / "experiments").exists()


def test_a_site_without_other_worlds_has_no_switch_and_no_practice(
    healthy: Build, world: World, tmp_path: Path
) -> None:
    Site(healthy.manifest(), [world], tmp_path).write()
    home = read_pages(tmp_path)["index.html"]
    assert "world" not in home.ids
    assert not any(file.name.endswith("degraded.js") for file in tmp_path.rglob("*.js"))
    assert not (tmp_path / "practice").exists()


def test_no_view_of_the_database_is_needed_to_be_written(healthy: Build) -> None:
    # The site reads while others may read, too.
    with duckdb.connect(str(healthy.database), read_only=True):
        manifest = healthy.manifest()
        with open_database(manifest, healthy.database) as connection:
            assert read_series(connection, manifest.metrics()[0]).series


def test_a_dashboard_has_the_panels_whose_marts_are_there(tmp_path: Path) -> None:
    manifest, database = make_up(tmp_path)
    [dashboard] = read_dashboards(manifest)
    kinds = [panel.kind for panel in dashboard.panels]
    assert kinds.count("features") == 3
    assert {"alerts", "line", "area", "overlap", "flow", "study", "effects"} <= {*kinds}
    made = read_world(manifest, database, "healthy", "Healthy")
    Site(manifest, [made], tmp_path / "site").write()
    page = read_pages(tmp_path / "site")["dashboards/2.1.4.html"]
    assert all(panel.title in page.text for panel in dashboard.panels)
    assert "Worst of all: feed on web" in page.text
    study = read_data(tmp_path / "site", "dashboards/2.1.4.healthy")["models"]
    assert [row["event_week"] for row in study["short_video__adoption_event_study"]] == [
        *range(-4, 6)
    ]
    # Without a mart or a model its panels are left out, and the others stay.
    for gone in ("mart_feature_user_flow", "short_video__adoption_effects"):
        del manifest.nodes[f"model.gsmt.{gone}"]
    [dashboard] = read_dashboards(manifest)
    assert [one for one in kinds if one not in ("flow", "effects")] == [
        panel.kind for panel in dashboard.panels
    ]
    manifest.exposures.clear()
    assert read_dashboards(manifest) == []


def test_a_site_without_a_build_is_a_usage_error(healthy: Build, tmp_path: Path) -> None:
    never_parsed = ["--target", str(tmp_path / "none")]
    never_built = ["--target", str(healthy.target), "--database", str(tmp_path / "none.duckdb")]
    for arguments in (never_parsed, never_built):
        command = [sys.executable, "-m", "scripts.site", *arguments, "--out", str(tmp_path / "out")]
        finished = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        assert finished.returncode == 2
        assert "make build" in finished.stderr
        assert "Traceback" not in finished.stderr
    assert not (tmp_path / "out").exists()


def test_the_pictures_of_the_readme_are_there_and_weigh_little() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"\]\((docs/pictures/[^)]+)\)", readme))
    files = {path.relative_to(PROJECT).as_posix(): path for path in PICTURES.iterdir()}
    assert shown == files.keys()
    assert sum(path.stat().st_size for path in files.values()) <= MOST_BYTES
