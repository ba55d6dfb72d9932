"""Published cascades of retweets as the posts and shares of the room: its counts by the facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.manifest import PROJECT
from tests.python.builds import Build, run_dbt
from tests.python.recipes import own_events

CASCADES = PROJECT.parent / "shared/data/reshare_cascades.csv.gz"
RECIPE = PROJECT / "docs/recipes/reshare_cascades.yml"

pytestmark = pytest.mark.skipif(
    not CASCADES.exists(),
    reason=f"the published cascades, {CASCADES}, are not beside this checkout",
)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The facts built from them, as the recipe says: its own query makes the table."""
    folder: Path = tmp_path_factory.mktemp("reshare_cascades")
    variables = own_events(RECIPE, CASCADES, folder)
    build = run_dbt(
        folder,
        *("run", "--select", "+fct_short_video__amplification"),
        variables=variables,
        scenario="short_video",
    )
    assert build.exit_code == 0, build.output
    return build


def test_cascades_and_posts_are_the_published_ones(real: Build) -> None:
    [(originals, shares, most)] = real.query(
        "select count(*), sum(shares), max(shares) from fct_short_video__amplification"
    )
    assert (originals, originals + shares) == (3_333, 10_504)
    # The largest cascade has 309 posts, and one of them is the original.
    assert most == 308


def test_half_of_the_posts_are_never_shared(real: Build) -> None:
    [(share,)] = real.query(
        """
        select count(*) filter (where sharing = 'not shared') / count(*)
        from fct_short_video__amplification
        """
    )
    assert round(share, 3) == 0.493


def test_a_twentieth_of_the_posts_has_more_than_half_of_the_shares(real: Build) -> None:
    [(count, share)] = real.query(
        """
        with ranked as (
            select shares, row_number() over (order by shares desc) as place,
                count(*) over () as originals
            from fct_short_video__amplification
        )
        select
            count(*) filter (where place <= originals // 20),
            sum(shares) filter (where place <= originals // 20) / sum(shares)
        from ranked
        """
    )
    assert count == 166
    assert round(share, 3) == 0.553
