{#-
    Who uses a key does so within the days that a daily build looks back: what is told of a key from all of its rows
    would otherwise be told from the last of them. Returns the keys that are used later again.
-#}

{% test not_used_again(model, columns, day) %}

select
    {{ columns | join(',\n    ') }},
    min({{ day }}) as first_day,
    max({{ day }}) as last_day
from {{ model }}
group by
    {{ columns | join(',\n    ') }}
having {{ days_between('min(' ~ day ~ ')', 'max(' ~ day ~ ')') }} > {{ linked_days() }}

{% endtest %}
