{#-
    Incremental strategy of marts: the periods that hold a day that was built again are replaced; a member that
    is new to a statistic gets its older periods, and one that is gone loses them.
-#}

{% macro get_incremental_replace_periods_sql(arg_dict) %}
    {%- set target = arg_dict['target_relation'] -%}
    {%- set built = arg_dict['temp_relation'] -%}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}

    delete from {{ target }} as mart
    {%- if rebuilt_from() is not none %}
    where
        {{ is_rebuilt_period() }}
        or not exists (
            select 1
            from {{ built }} as built
            where
                built.dimension = mart.dimension
                and built.member = mart.member
                and built.statistic = mart.statistic
        )
    {%- endif %}
    ;

    insert into {{ target }} ({{ columns }})
    select {{ columns }} from {{ built }}
{% endmacro %}


{#- The condition that a period, given by period_grain and period_start, holds or follows the first day built again. -#}
{% macro is_rebuilt_period(period_start='period_start', period_grain='period_grain') %}
    {%- set date = modules.datetime.date.fromisoformat(rebuilt_from()) -%}
    {{ period_start }} >= case {{ period_grain }}
        when 'week' then cast('{{ days_after(date.isoformat(), -date.weekday()) }}' as date)
        when 'month' then cast('{{ date.replace(day=1).isoformat() }}' as date)
        else cast('{{ date.isoformat() }}' as date)
    end
{%- endmacro %}


{#- The same of a row of `periods`, as one more condition of a join: rows of other periods would be counted for nothing. -#}
{% macro only_in_rebuilt_periods() %}
    {%- if rebuilt_from() is not none -%}
and {{ is_rebuilt_period('periods.period_start', 'periods.period_grain') | trim }}
    {%- endif -%}
{% endmacro %}


{#- How many days before the first one built again a period that holds it may begin. -#}
{% macro period_days() %}
    {{- return(31) -}}
{% endmacro %}


{#-
    The members that these statistics of a mart have, as a query to add to those just measured: without it a member
    without rows in the periods built again would end with them. Empty where the mart is built whole.
-#}
{% macro union_known_members(value, statistics) %}
    {%- if rebuilt_from() is not none %}
union
select
    dimension,
    member
from {{ this }}
where
    {{ value }} <> 0
    and statistic in ({{ sql_texts(statistics) }})
    and not {{ is_rebuilt_period() | indent(4) }}
    {%- endif %}
{% endmacro %}


{#-
    Keeps the periods built again, and every period of a member that the mart does not have yet: of the row's own
    statistic, or of `published` where the row is not published itself.
-#}
{% macro only_rebuilt_periods(keyword, rows, published=none) %}
    {%- if rebuilt_from() is not none %}
{{ keyword }} (
    {{ is_rebuilt_period() | indent(4) }}
    or not exists (
        select 1
        from {{ this }} as known
        where
            known.dimension = {{ rows }}.dimension
            and known.member = {{ rows }}.member
            and known.statistic = {{ rows ~ '.statistic' if published is none else sql_text(published) }}
    )
)
    {%- endif %}
{% endmacro %}
