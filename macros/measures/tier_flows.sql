{#-
    A query of one row per period and pair of tiers, that of the period before and its own, which may be the same:
    period, the columns of `by`, from_tier, to_tier, units, and share_of_from and share_of_to, their share of all that
    were in from_tier and of all that are in to_tier. A unit without a row in a period is 'dormant' in it, and comes
    from 'new' in its first. So all units so far are counted in each period; what comes from a tier adds up to those
    that were in it, and what goes to it to those that are. Moves that nobody made have no row.

    Growth accounting is of the same flows: those from 'new' are new_units, from 'dormant' to a tier resurrected, from a
    tier to 'dormant' churned, and from 'dormant' to 'dormant' dormant.

    unit_tiers  a relation with one row per unit and period in which it was active: the unit, period, and
                tier, which is neither 'new' nor 'dormant'
    periods     a relation with one row per period, in column `period`: whole numbers, one more for each period; what
                lies outside them does not count
    unit        the column that tells units apart
    by          names of columns that are the same in all rows of a unit

    It holds a row for each unit and period from the unit's first on.
-#}

{% macro tier_flows(unit_tiers, periods, unit, by=[]) %}
    {%- set keys = ['period'] + by %}
    with tiers as (

        select unit_tiers.*
        from {{ unit_tiers }} as unit_tiers
        inner join {{ periods }} as periods
            on unit_tiers.period = periods.period

    ),

    units as (

        select
            {%- for column in by + [unit] %}
            {{ column }},
            {%- endfor %}
            min(period) as first_period
        from tiers
        group by {{ (by + [unit]) | join(', ') }}

    ),

    unit_periods as (

        select
            periods.period,
            {%- for column in by + [unit] %}
            units.{{ column }},
            {%- endfor %}
            coalesce(tiers.tier, 'dormant') as to_tier
        from units
        inner join {{ periods }} as periods
            on units.first_period <= periods.period
        left join tiers
            on
                units.{{ unit }} = tiers.{{ unit }}
                and periods.period = tiers.period

    ),

    moves as (

        select
            unit_periods.*,
            coalesce(lag(to_tier) over (partition by {{ unit }} order by period), 'new') as from_tier
        from unit_periods

    ),

    flows as (

        select
            {{ keys | join(', ') }},
            from_tier,
            to_tier,
            count(*) as units
        from moves
        group by {{ keys | join(', ') }}, from_tier, to_tier

    )

    select
        flows.*,
        1e0 * units / sum(units) over (partition by {{ keys | join(', ') }}, from_tier) as share_of_from,
        1e0 * units / sum(units) over (partition by {{ keys | join(', ') }}, to_tier) as share_of_to
    from flows
{% endmacro %}
