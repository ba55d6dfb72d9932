"""What lists signals and metrics is written from their YAML, and stands as it is written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from scripts.declared import DeclarationError
from scripts.manifest import PROJECT
from scripts.sync import COMMAND, differences, entity_pages, lists_of_names
from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build

MART = "models/ride_sharing/marts/mart_carpool_driver_csat.yml"
STAGING = "models/ride_sharing/staging/stg_ride_sharing__ride_rating_submitted.yml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The models, the YAML of the seeds and what names the scenarios, to change."""
    shutil.copytree(PROJECT / "models", tmp_path / "models")
    shutil.copytree(PROJECT / "macros" / "scenarios", tmp_path / "macros" / "scenarios")
    shutil.copyfile(PROJECT / "dbt_project.yml", tmp_path / "dbt_project.yml")
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("*.csv"))
    return tmp_path


def rename(project: Path, place: str, old: str, new: str) -> None:
    path = project / place
    text = path.read_text(encoding="utf-8").replace(old, new)
    path.with_name(path.name.replace(old, new)).write_text(text, encoding="utf-8")
    path.unlink()


def text_of(project: Path, place: str) -> str:
    return lists_of_names(project)[Path(place)]


def test_every_list_of_names_stands_as_it_is_written() -> None:
    assert differences(lists_of_names()) == [], f"run `{COMMAND}`"


def test_every_entity_diagram_stands_as_it_is_written(healthy: Build) -> None:
    pages = entity_pages(healthy.manifest())
    assert differences(pages) == [], f"run `{COMMAND}`"
    assert set(PROJECT.glob("docs/*_entities.md")) == {PROJECT / path for path in pages}


def test_a_new_metric_is_listed_in_its_union_and_its_exposure(copy: Path) -> None:
    rename(copy, MART, "carpool_driver_csat", "carpool_joy")
    assert set(differences(lists_of_names(copy), copy)) == {
        Path("models/ride_sharing/targets/ride_sharing__metric_values.sql"),
        Path("models/ride_sharing/_ride_sharing.yml"),
    }
    union = text_of(copy, "models/ride_sharing/targets/ride_sharing__metric_values.sql")
    assert "    'carpool_joy',\n" in union
    assert "carpool_driver_csat" not in union
    (exposure,) = yaml.safe_load(text_of(copy, "models/ride_sharing/_ride_sharing.yml"))[
        "exposures"
    ]
    assert "ref('mart_carpool_joy')" in exposure["depends_on"]
    assert "ref('mart_carpool_driver_csat')" not in exposure["depends_on"]
    # What somebody wrote by hand is left alone.
    (before,) = yaml.safe_load((copy / "models/ride_sharing/_ride_sharing.yml").read_text("utf-8"))[
        "exposures"
    ]
    assert {**exposure, "depends_on": ()} == {**before, "depends_on": ()}


def test_a_metric_is_listed_with_its_own_question_only(copy: Path) -> None:
    exposures = copy / "models/ride_sharing/_ride_sharing.yml"
    text = exposures.read_text(encoding="utf-8")
    second = text.removeprefix("exposures:\n").replace("1.1.2", "1.1.3").replace("1_1_2", "1_1_3")
    exposures.write_text(text + second, encoding="utf-8")
    mart = copy / MART
    moved = mart.read_text(encoding="utf-8").replace('question: "1.1.2"', 'question: "1.1.3"')
    mart.write_text(moved, encoding="utf-8")
    written = yaml.safe_load(text_of(copy, "models/ride_sharing/_ride_sharing.yml"))["exposures"]
    first, added = (exposure["depends_on"] for exposure in written)
    assert added == ["ref('mart_carpool_driver_csat')"]
    assert len(first) == 11


def test_a_new_signal_is_listed_wherever_raw_events_are_read(copy: Path) -> None:
    rename(copy, STAGING, "ride_rating_submitted", "ride_praised")
    changed = {
        "models/ride_sharing/staging/_ride_sharing__sources.yml": "- name: ride_praised\n",
        "models/ride_sharing/staging/ride_sharing__quarantine.sql": "    'ride_praised',\n",
        "seeds/ride_sharing/_ride_sharing__seeds.yml": "- name: raw_ride_sharing__ride_praised\n",
    }
    assert set(differences(lists_of_names(copy), copy)) == set(map(Path, changed))
    for place, line in changed.items():
        assert line in text_of(copy, place)
        assert "ride_rating_submitted" not in text_of(copy, place)


def test_a_new_field_of_a_signal_is_text_in_its_seed(copy: Path) -> None:
    path = copy / STAGING
    field = "      - {name: stars_of_friends, data_type: integer, description: Stars.}\n"
    path.write_text(path.read_text(encoding="utf-8") + field, encoding="utf-8")
    seeds = yaml.safe_load(text_of(copy, "seeds/ride_sharing/_ride_sharing__seeds.yml"))["seeds"]
    types = {seed["name"]: seed["config"]["column_types"] for seed in seeds}
    assert types["raw_ride_sharing__ride_rating_submitted"]["stars_of_friends"] == "varchar"


def test_the_lists_of_a_new_scenario_are_written_whole(copy: Path) -> None:
    room = copy / "models/ferries"
    for folder in ("marts", "staging"):
        (room / folder).mkdir(parents=True)
    exposure = '- name: question_9\n    config: {meta: {gsmt: {}}}\n    # question: "9.9"\n'
    (room / "_ferries.yml").write_text(f"exposures:\n  {exposure}", encoding="utf-8")
    for source, target in (
        (MART, "marts/mart_carpool_driver_csat.yml"),
        (STAGING, "staging/stg_ferries__ride_rating_submitted.yml"),
    ):
        text = (copy / source).read_text(encoding="utf-8").replace("ride_sharing", "ferries")
        (room / target).write_text(text, encoding="utf-8")
    assert text_of(copy, "models/ferries/targets/ferries__metric_values.sql").endswith(
        "{{ union_marts('ferries', [\n    'carpool_driver_csat',\n]) }}\n"
    )
    assert text_of(copy, "models/ferries/staging/ferries__quarantine.sql").endswith(
        "{{ quarantine_events('ferries', [\n    'ride_rating_submitted',\n]) }}\n"
    )


def test_a_new_scenario_has_the_switches_that_every_scenario_has(copy: Path) -> None:
    (copy / "models/ferries/staging").mkdir(parents=True)
    (copy / "models/ferries/_ferries.yml").write_text("exposures:\n", encoding="utf-8")
    # Every line about a scenario without a launch stands there for the new one, too.
    lines = text_of(copy, "dbt_project.yml").splitlines()
    assert [line for line in lines if "ferries" in line] == [
        line.replace("messenger", "ferries") for line in lines if "messenger" in line
    ]
    assert yaml.safe_load("\n".join(lines))["models"]["gsmt"]["ferries"]["marts"]
    listed = re.findall(r"(?m)^ {8}'(\w+)',$", text_of(copy, "macros/scenarios/scenarios.sql"))
    assert listed == sorted(["ferries", *SCENARIOS])


def test_the_seeds_tell_when_their_world_launched(copy: Path) -> None:
    planted = copy / "seeds/ride_sharing/planted.json"
    text = planted.read_text(encoding="utf-8").replace("2026-03-02", "2026-04-06")
    planted.write_text(text, encoding="utf-8")
    seeds = yaml.safe_load(text_of(copy, "dbt_project.yml"))["seeds"]["gsmt"]
    assert seeds["ride_sharing"]["+meta"] == {"gsmt": {"launched_on": "2026-04-06"}}
    # Messaging was there from the first day.
    assert "+meta" not in seeds["messenger"]


@pytest.mark.parametrize(
    ("place", "spoil", "message"),
    [
        (MART, lambda text: text.replace("metric: carpool", "metrics: carpool"), "gsmt.metric is"),
        (MART, lambda text: text.replace("metric: carpool_driver_csat", "metric: x"), "another"),
        (STAGING, lambda text: text.replace("logged_by", "logged"), "gsmt.logged_by is missing"),
        (STAGING, lambda text: text.replace("data_type: integer", "type: integer"), "data_type"),
        (STAGING, lambda text: "models: []\n", "models[0].name must be stg_ride_sharing__ride_ra"),
        (
            "models/ride_sharing/targets/ride_sharing__metric_values.sql",
            lambda text: "select 1\n",
            "{{ union_marts('ride_sharing', [...]) }} is missing",
        ),
        (
            "dbt_project.yml",
            lambda text: text.replace("# End of seeds.", ""),
            "# End of seeds. is missing",
        ),
        (
            "macros/scenarios/scenarios.sql",
            lambda text: text.replace("return([", "return(["[:-1]),
            "{{- return([ is missing",
        ),
    ],
)
def test_what_a_file_lacks_is_named(
    copy: Path, place: str, spoil: Callable[[str], str], message: str
) -> None:
    path = copy / place
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        lists_of_names(copy)
    assert str(path) in str(error.value)
    assert message in str(error.value)


def test_the_check_says_which_file_differs_and_what_to_run(copy: Path) -> None:
    rename(copy, MART, "carpool_driver_csat", "carpool_joy")
    shutil.copytree(PROJECT / "scripts", copy / "scripts")
    checked = subprocess.run(
        [sys.executable, "-m", "scripts.sync", "--check"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 1, checked.stderr
    assert checked.stdout.splitlines() == [
        f"{path}: differs; run `{COMMAND}`"
        for path in (
            "models/ride_sharing/targets/ride_sharing__metric_values.sql",
            "models/ride_sharing/_ride_sharing.yml",
        )
    ]
