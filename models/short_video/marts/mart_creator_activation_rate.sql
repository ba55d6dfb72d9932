{%- set days = short_video_thresholds().creator_days -%}
{%- set is_new_creator = 'days_since_first_reel between 0 and ' ~ (days - 1) -%}

with

active_days as (

    select *
    from {{ recent(ref('fct_short_video__user_days')) }}
    where is_platform_active

),

-- One row per day and user who is active in the days that end with it.
user_windows as (

    select
        windows.user_id,
        windows.platform,
        windows.country,
        windows.seen_from,
        -- Days from the first reel to the end of the window; null for who has published none by then.
        case
            when known_users.first_published_date <= windows.seen_from
                then {{ days_between('known_users.first_published_date', 'windows.seen_from') }}
        end as days_since_first_reel
    from (
        {{ trailing_active_days(
            'active_days', ['user_id', 'platform', 'country'], 'activity_date', ref('dim_short_video__dates'), days,
        ) | trim | indent(8) }}
    ) as windows
    inner join {{ ref('dim_short_video__users') }} as known_users
        on windows.user_id = known_users.user_id

),

of_windows as (

    {{ metric_by_period(
        rows='user_windows',
        day='seen_from',
        dates=ref('dim_short_video__dates'),
        statistics={
            'value': {
                'numerator': 'count(case when ' ~ is_new_creator ~ ' then 1 end)',
                'denominator': 'count(*)',
            },
            'of_eligible': {
                'numerator': 'count(case when ' ~ is_new_creator ~ ' then 1 end)',
                'denominator':
                    'count(case when days_since_first_reel is null or ' ~ is_new_creator ~ ' then 1 end)',
            },
        },
        requires=[ref('fct_short_video__reels')],
        grains=['day'],
    ) | trim | indent(4) }}

),

of_days as (

    {{ metric_by_period(
        rows='active_days',
        day='activity_date',
        dates=ref('dim_short_video__dates'),
        statistics={
            'of_dau': {
                'numerator': 'count(case when ' ~ is_new_creator ~ ' then 1 end)',
                'denominator': 'count(*)',
            },
        },
        requires=[ref('fct_short_video__reels')],
        grains=['day'],
    ) | trim | indent(4) }}

)

select * from of_windows
union all
select * from of_days
