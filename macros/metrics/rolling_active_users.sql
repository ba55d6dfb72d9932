{#-
    The rows of a mart for active users over trailing windows of days: distinct users, for every
    day and every member of every slice, exact in each.

    rows     name of a CTE of the model with at least one row for each user and active day
    user     its column with the user
    day      its column with the day
    dates    the scenario's date dimension
    windows  {statistic: days}, for example {'dau': 1, 'wau': 7, 'mau': 28}; a window of n days
             ends on its day and starts n - 1 days before
    quotient of a mart that publishes no window, but one of them over another: the statistic of these, by which a daily
             build then knows what the mart has
    requires and what it is sliced by: as in metric_by_period

    A user who is active on a day counts in a window of n days until n days later, or until the
    next active day takes over. So each active day adds one user and takes one away again, and a
    running sum over the days is the number of distinct users: no day is joined to its past. A
    daily build needs the rows of the longest window before the first day that it builds again.
-#}

{% macro rolling_active_users(rows, user, day, dates, windows, requires=[], quotient=none) %}
    {%- set kept_slices = published_slices() %}
select
    period_grain,
    period_start,
    dimension,
    member,
    statistic,
    cast(null as {{ engine_type('double') }}) as numerator,
    cast(null as {{ engine_type('double') }}) as denominator,
    -- A window that reaches back before the first day is not a small one but an unknown one.
    case when days_of_data >= window_days then cast(users as {{ engine_type('double') }}) end as value,
    is_complete and days_of_data >= window_days as is_complete
from (

    with

    periods as (

        select
            'day' as period_grain,
            date_day as period_start,
            is_complete_day as is_complete,
            row_number() over (order by date_day) as days_of_data
        from {{ dates }}

    ),

    active_days as (

        select
            {{ user }} as active_user,
            {{ day }} as active_day,
            {{ slice_dimension(kept_slices) | indent(8) }} as dimension,
            {{ slice_member(kept_slices) | indent(8) }} as member
        from {{ rows }}
        group by grouping sets (
            ({{ user }}, {{ day }})
        {%- for slice in kept_slices %},
            ({{ user }}, {{ day }}, {{ slice }})
        {%- endfor %}
        )

    ),

    spans as (

        select
            dimension,
            member,
            active_day,
            lead(active_day) over (
                partition by dimension, member, active_user order by active_day
            ) as next_active_day
        from active_days

    ),

    changes as (

        {% for statistic, days in windows.items() -%}
        select
            {{ sql_text(statistic) }} as statistic,
            {{ days }} as window_days,
            dimension,
            member,
            active_day as change_day,
            1 as change
        from spans
        union all
        select
            {{ sql_text(statistic) }} as statistic,
            {{ days }} as window_days,
            dimension,
            member,
            least(
                cast({{ dbt.dateadd('day', days, 'active_day') }} as date),
                coalesce(next_active_day, cast('9999-12-31' as date))
            ) as change_day,
            -1 as change
        from spans
        {{- '\n        union all\n        ' if not loop.last }}
        {%- endfor %}

    ),

    daily_changes as (

        select
            statistic,
            window_days,
            dimension,
            member,
            change_day,
            sum(change) as change
        from changes
        group by
            statistic,
            window_days,
            dimension,
            member,
            change_day

    ),

    members as (

        select
            measured.dimension,
            measured.member,
            sizes.statistic,
            sizes.window_days
        from (
            select distinct
                dimension,
                member
            from daily_changes
            {{ union_known_members(
                'value' if quotient is none else 'coalesce(denominator, 0)', [quotient] if quotient else windows,
            ) | trim | indent(12) }}
        ) as measured
        cross join (
            {%- for statistic, days in windows.items() %}
            select
                {{ sql_text(statistic) }} as statistic,
                {{ days }} as window_days
            {{- '\n            union all' if not loop.last }}
            {%- endfor %}
        ) as sizes

    )

    select
        periods.period_grain,
        periods.period_start,
        periods.is_complete,
        periods.days_of_data,
        members.dimension,
        members.member,
        members.statistic,
        members.window_days,
        sum(coalesce(daily_changes.change, 0)) over (
            partition by members.statistic, members.dimension, members.member
            order by periods.period_start
            rows between unbounded preceding and current row
        ) as users
    from periods
    cross join members
    left join daily_changes
        on
            periods.period_start = daily_changes.change_day
            and members.statistic = daily_changes.statistic
            and members.dimension = daily_changes.dimension
            and members.member = daily_changes.member

) as windows
{{ where_all_have_rows(requires) }}
{{ only_rebuilt_periods('and' if requires else 'where', 'windows', quotient) }}
{% endmacro %}
