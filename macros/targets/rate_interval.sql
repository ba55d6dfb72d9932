{#-
    The interval of a target's rate, by the target's own `interval`: each expression reads observed, events and
    denominator of one row.

        wilson   of a share: each of `denominator` things is an event or is none
        poisson  of a rate, or of a count: events per `denominator`, of which there may be any number

    Both take events to be independent of one another: where one user causes many, they are fewer than they look.
-#}

{% macro rate_bound(target, bound) -%}
    {%- if target.interval == 'wilson' -%}
        {{ wilson_bound('observed', 'denominator', bound) }}
    {%- else -%}
        {{ poisson_bound('events', bound) }} / nullif(denominator, 0){{ ' / ' ~ '%.16e' % target.sampling_rate if target.scaled }}
    {%- endif -%}
{%- endmacro %}


{#-
    The events that are tested; of a share the rarer of events and of what is none: with a threshold of 99 %, failures.
-#}
{% macro rarer_events(target) -%}
    {{ 'denominator - events' if target.interval == 'wilson' and target.threshold > 0.5 else 'events' }}
{%- endmacro %}


{#- How many of them a rate on the threshold lets expect; none where a statistic has no parts. -#}
{% macro expected_events(target, denominator) -%}
    {%- set rarest = [target.threshold] if target.operator != 'between' else target.threshold -%}
    {%- if target.interval == 'wilson' -%}
        {%- set rarest = rarest + [1 - rarest | max] -%}
    {%- endif -%}
    coalesce({{ denominator }}, 0) * {{ '%.16e' % (rarest | min) }}
    {{- ' * ' ~ '%.16e' % target.sampling_rate if target.scaled }}
{%- endmacro %}


{#- With fewer expected, that none came says nothing yet. -#}
{% macro least_events() -%}
    5
{%- endmacro %}
