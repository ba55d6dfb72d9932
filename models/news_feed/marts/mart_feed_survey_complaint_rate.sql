with

-- An answer stands for all who were asked, of those who come as often, in the month.
invitations as (

    select
        *,
        answers * count(*) over (
            partition by activity_band, cast({{ dbt.date_trunc('month', 'survey_date') }} as date)
        ) / nullif(
            sum(answers) over (
                partition by activity_band, cast({{ dbt.date_trunc('month', 'survey_date') }} as date)
            ), 0
        ) as weight
    from {{ ref('fct_news_feed__survey_invitations') }}

)

{{ metric_by_period(
    rows='invitations',
    day='survey_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(complaints)',
            'denominator': 'sum(answers)',
        },
        'weighted': {
            'numerator': 'sum(weight * complaints)',
            'denominator': 'sum(weight * answers)',
        },
        'response_rate': {
            'numerator': 'sum(answers)',
            'denominator': 'count(*)',
        },
        'complained_or_left': {
            'numerator': 'sum(complaints + left_unanswered)',
            'denominator': 'sum(answers + left_unanswered)',
        },
    },
    requires=[ref('fct_news_feed__survey_invitations') ~ ' where answers > 0'],
) }}
