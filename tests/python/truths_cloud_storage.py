"""Where the truths of cloud storage that no mart publishes are found."""

from __future__ import annotations

from scripts.worlds.cloud_storage.settings import NOVELTY_DAYS, VARIANTS
from scripts.worlds.cloud_storage.truth import RECENT_DAYS

NOT_OBSERVED = ()

# What the users of a variant do on each complete day.
_EXPOSED_USER_DAYS = """
    select sum({what}), count(*)
    from fct_cloud_storage__exposed_user_days
    inner join dim_cloud_storage__dates on exposed_date = date_day
    where is_complete_day and variant = '{variant}' group by exposed_date
"""
# Clicked lists of each day, of users to whom the panel is new or no longer is.
_NOVELTY = f"""
    select count(*) filter (where is_clicked), count(*)
    from fct_cloud_storage__impressions as impressions
    inner join dim_cloud_storage__users as users using (user_id)
    inner join dim_cloud_storage__dates on impression_date = date_day
    where is_complete_day
        and (impression_date < cast(exposed_at as date) + {NOVELTY_DAYS}) = {{is_new}}
    group by impression_date
"""
# Daily users of the panel and of the drive.
_DAILY_USERS = """
    from mart_quick_access_active_users
    where statistic = 'share_of_active_users' and dimension = 'all' and period_grain = 'day'
        and is_complete and period_start >= '{launch_date}'
"""
_EXPOSED_USERS = "select count(*), 1 from dim_cloud_storage__users where {which}"

QUERIES = {
    "quick_access_ctr.impressions_clicked.first_week": _NOVELTY.format(is_new="true"),
    "quick_access_ctr.impressions_clicked.later": _NOVELTY.format(is_new="false"),
    "quick_access_active_users.platform_dau": f"select denominator, 1 {_DAILY_USERS}",
    "quick_access_active_users.share_of_platform": f"""
        select numerator, denominator {_DAILY_USERS}
        order by period_start desc limit {RECENT_DAYS}
    """,
    "exposed_users.both": _EXPOSED_USERS.format(which="other_variant_at is not null"),
}
for _variant in VARIANTS:
    QUERIES |= {
        f"exposed_users.{_variant}": _EXPOSED_USERS.format(
            which=f"variant = '{_variant}' and other_variant_at is null"
        ),
        f"file_opens_per_user_day.{_variant}": _EXPOSED_USER_DAYS.format(
            what="files_opened", variant=_variant
        ),
        f"active_days_per_user_day.{_variant}": _EXPOSED_USER_DAYS.format(
            what="case when sessions > 0 then 1 else 0 end", variant=_variant
        ),
    }
