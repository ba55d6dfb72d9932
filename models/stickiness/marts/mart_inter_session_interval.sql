{%- set kept_slices = published_slices() -%}
{%- set statistics = ['value', 'km_median', 'km_mean', 'engaged_km_mean'] -%}
{%- set keys = ['period_start', 'dimension', 'member', 'population'] %}

with

periods as (

    select distinct
        month_start as period_start,
        'month' as period_grain,
        is_complete_month as is_complete,
        cast({{ dbt.dateadd('month', 1, 'month_start') }} as date) as cutoff_date,
        cast({{ dbt.dateadd('month', -1, 'month_start') }} as date) as previous_month_start
    from {{ ref('dim_stickiness__dates') }}

),

-- The last 28 days of each month that is over. The last session of a user in them has no next one yet.
sessions as (

    select
        sessions.*,
        periods.period_start,
        periods.previous_month_start,
        periods.cutoff_date,
        lead(sessions.started_at) over (
            partition by periods.period_start, sessions.user_id
            order by sessions.started_at
        ) as next_started_at
    from {{ recent(ref('fct_stickiness__sessions')) }} as sessions
    inner join periods
        on
            sessions.session_date < periods.cutoff_date
            and sessions.session_date >= {{ dbt.dateadd('day', -28, 'periods.cutoff_date') }}
    where periods.is_complete
    {{ only_in_rebuilt_periods() }}

),

-- Who was engaged is decided before the month begins, and not by what is measured in it.
engaged_users as (

    select
        user_id,
        month_start
    from {{ recent(ref('fct_stickiness__user_months')) }}
    where
        tier in ('power', 'core')
        and previous_tier <> 'new'

),

intervals as (

    select
        sessions.period_start,
        {%- for slice in kept_slices %}
            sessions.{{ slice }},
        {%- endfor %}
        {{ seconds_between(
            'sessions.started_at',
            'coalesce(sessions.next_started_at, cast(sessions.cutoff_date as timestamp))'
        ) }} / 86400e0 as interval_days,
        sessions.next_started_at is not null as is_closed,
        engaged_users.user_id is not null as is_engaged
    from sessions
    left join engaged_users
        on
            sessions.user_id = engaged_users.user_id
            and sessions.previous_month_start = engaged_users.month_start

),

intervals_of_members as (

    {% for slice in ['all'] + kept_slices %}
        select
            period_start,
            {{ sql_text(slice) }} as dimension,
            {{ "'all'" if slice == 'all' else slice }} as member,
            interval_days,
            is_closed,
            is_engaged
        from intervals
        {%- if not loop.last %}
            union all
        {%- endif %}
    {% endfor %}

),

intervals_of_populations as (

    select
        intervals_of_members.*,
        'everybody' as population
    from intervals_of_members
    union all
    select
        intervals_of_members.*,
        'engaged' as population
    from intervals_of_members
    where is_engaged

),

curves as (

    {{ survival('intervals_of_populations', 'interval_days', 'is_closed', keys) | trim | indent(4) }}

),

-- survival() calls what it is given `duration`.
medians as (

    {{ survival_quantiles('curves', {'km_median': 0.5}, keys) | trim | indent(4) }}

),

means as (

    {{ survival_restricted_mean('curves', 14, keys) | trim | indent(4) }}

),

closed as (

    select
        {{ keys | join(',\n        ') }},
        sum(case when is_closed then interval_days end) as closed_days,
        count(case when is_closed then 1 end) as closed_intervals,
        count(*) as all_intervals
    from intervals_of_populations
    group by {{ keys | join(', ') }}

),

measured as (

    select
        closed.*,
        medians.km_median,
        means.restricted_mean as km_mean
    from closed
    inner join medians
        on
            closed.period_start = medians.period_start
            and closed.dimension = medians.dimension
            and closed.member = medians.member
            and closed.population = medians.population
    inner join means
        on
            closed.period_start = means.period_start
            and closed.dimension = means.dimension
            and closed.member = means.member
            and closed.population = means.population

),

{{ dense_grid(statistics) | trim }},

statistics as (

    {% for name in statistics %}
        {%- set estimate = name | replace('engaged_', '') %}
        select
            grid.period_grain,
            grid.period_start,
            grid.dimension,
            grid.member,
            {{ sql_text(name) }} as statistic,
            {%- if name == 'value' %}
                cast(coalesce(measured.closed_days, 0) as {{ engine_type('double') }}) as numerator,
                cast(coalesce(measured.closed_intervals, 0) as {{ engine_type('double') }}) as denominator,
                cast(measured.closed_days / nullif(measured.closed_intervals, 0) as {{ engine_type('double') }})
                    as value,
            {%- else %}
                cast(null as {{ engine_type('double') }}) as numerator,
                -- Of none where there is no number: nobody was engaged, or more than half of the intervals are open.
                cast(
                    case when measured.{{ estimate }} is null then 0 else measured.all_intervals end
                    as {{ engine_type('double') }}
                ) as denominator,
                cast(measured.{{ estimate }} as {{ engine_type('double') }}) as value,
            {%- endif %}
            grid.is_complete
        from grid
        left join measured
            on
                grid.period_start = measured.period_start
                and grid.dimension = measured.dimension
                and grid.member = measured.member
                and measured.population = {{ sql_text('engaged' if name != estimate else 'everybody') }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}

)

select * from statistics
{{ where_all_have_rows([ref('fct_stickiness__sessions')]) }}
{{ only_rebuilt_periods('and', 'statistics') }}
