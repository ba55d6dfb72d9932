"""Where the truths of stickiness that no mart publishes are found."""

NOT_OBSERVED: tuple[str, ...] = ()

# Days of users are independent given their lives, so each user of a month is a cluster.
LAST_MONTH = """
    select cast({condition} as integer), 1 from fct_stickiness__user_months
    where active_days > 0
        and month_start = (select max(month_start) from fct_stickiness__user_months)
"""

QUERIES = {
    # Trailing weeks overlap; those that end on a Sunday do not.
    "lness.of_whole_weeks": """
        select numerator, denominator from mart_lness
        where statistic = 'l7' and dimension = 'all' and is_complete and denominator > 0
            and isodow(period_start) = 7 and period_start >= '{launch_date}'
    """,
    "active_days_distribution.over_15.of_the_last_month": LAST_MONTH.format(
        condition="active_days > 15"
    ),
    "engagement_tiers.of_the_last_month": LAST_MONTH.format(condition="active_days >= 8"),
}
