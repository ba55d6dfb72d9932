{#-
    A query of one row that asks whether the treated and the comparison changed alike before the launch. Columns:
    leads (periods that can be compared), p_value (the least of theirs by Holm's method), trends_differ,
    worst_lead (the difference farthest from zero), lead_bound (how far from zero a lead may be: the farthest end
    of an interval), verdict.

    study  a relation as event_study makes it
    by     names of its further columns

    Trends differ where a lead's adjusted p-value is below 0.05: in at most 5 % of studies whose trends are the
    same. That no difference is shown does not prove that there is none (Roth, "Pretest with caution", 2022), so
    lead_bound stands beside: an effect should be read against it.
-#}

{% macro pre_trend_check(study, by=[]) %}
    select
        {%- for key in by %}
        {{ key }},
        {%- endfor %}
        leads,
        p_value,
        p_value < 0.05e0 as trends_differ,
        worst_lead,
        lead_bound,
        case
            when p_value is null then 'cannot be checked: no period before the reference can be compared'
            when p_value < 0.05e0 then 'trends differ before the launch'
            else 'no difference of trends shown before the launch'
        end as verdict
    from (
        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            count(case when phase = 'lead' then adjusted_p_value end) as leads,
            min(case when phase = 'lead' then adjusted_p_value end) as p_value,
            max(case when phase = 'lead' then abs(difference) end) as worst_lead,
            max(
                case when phase = 'lead' then greatest(abs(interval_low), abs(interval_high)) end
            ) as lead_bound
        from {{ study }}
        {%- if by %}
        group by {{ by | join(', ') }}
        {%- endif %}
    ) as leads_of_study
{% endmacro %}
