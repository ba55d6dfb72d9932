{#-
    The events of one kind, each on the surface where it happened: the original itself, or exactly one share of it. An
    event that names a share counts there only, and only if the share is one of the original that it names; one that names
    none is of the original. A surface is sought near the event's day, so that a day costs the same whatever came before.

    event    view_on_content or engagement_on_content
    columns  further columns of the event

    is_in_window says whether the event lies within follow_up_days of the original's own day. A share that is a week old
    may be seen for another week; metrics give every original the same time.
-#}

{% macro events_on_surfaces(event, columns) %}
    {%- for surface in ['original', 'share'] %}
    {%- set parents = 'originals' if surface == 'original' else 'shares' %}
select
    events.event_id,
    events.user_id,
    {%- for column in columns %}
    events.{{ column }},
    {%- endfor %}
    events.content_id_original as content_id,
    events.shared_instance_id,
    events.event_at,
    cast(events.event_at as date) as event_date,
    {{ parents }}.created_date,
    {{ parents }}.content_type,
    {%- if surface == 'original' %}
    'none' as share_platform,
    'original' as depth_band,
    {%- else %}
    shares.share_platform,
    shares.depth_band,
    {%- endif %}
    {{ happened_near('events.event_at', parents ~ '.created_date') | indent(4) }} as is_in_window
from {{ recent(ref('stg_short_video__' ~ event)) }} as events
    {%- if surface == 'original' %}
inner join {{ recent(ref('fct_short_video__originals')) }} as originals
    on
        events.content_id_original = originals.content_id
        and {{ happened_near('events.event_at', 'originals.created_date') | indent(8) }}
where events.shared_instance_id is null
union all
    {%- else %}
inner join {{ recent(ref('fct_short_video__share_instances')) }} as shares
    on
        events.shared_instance_id = shares.shared_instance_id
        and events.content_id_original = shares.content_id
        and {{ happened_near('events.event_at', 'shares.shared_date') | indent(8) }}
    {%- endif %}
    {%- endfor %}
{% endmacro %}


{#- How far a share is from the original, in words. -#}
{% macro depth_band(depth) -%}
    case {{ depth }}
        when 1 then 'share'
        when 2 then 'share of a share'
        else 'deeper share'
    end
{%- endmacro %}


{#-
    An aggregate: the least value among the top share of the rows, of which there are at least one and otherwise as many
    as the share rounded up. Whoever has that value belongs to the top, so that ties are all in. Rows without a value
    count for nothing.
-#}
{% macro least_of_the_top(value, share) -%}
    -({{ percentile('-' ~ value, share) }})
{%- endmacro %}
