"""Where the truths of messenger that no mart publishes are found."""

# Turns of users' lives, which nothing counts; test_worlds_messenger.py looks at them.
NOT_OBSERVED = (
    "declines",
    "recoveries",
    "departures.after_decline",
    "departures.without_warning",
    "holidays",
)

QUERIES = {
    "monthly_senders": """
        select denominator, 1 from mart_messages_sent_per_user
        where statistic = 'value' and dimension = 'all' and period_grain = 'month'
            and is_complete and period_start >= '{launch_date}'
    """,
    "monthly_churn_rate": """
        select count(*) filter (where has_churned), count(*)
        from fct_messenger__user_snapshots where has_churned is not null group by cutoff_date
    """,
}
