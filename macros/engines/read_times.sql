{#- The time, in UTC, so many seconds after the beginning of 1970; null before the year 1 or after 9999. -#}

{% macro time_of_unix_seconds(seconds) %}
    {{- adapter.dispatch('time_of_unix_seconds', 'gsmt')(seconds) -}}
{% endmacro %}

{% macro duckdb__time_of_unix_seconds(seconds) -%}
    case
        when {{ seconds }} >= -62135596800 and {{ seconds }} < 253402300800
            then make_timestamp(cast(round(({{ seconds }}) * 1000000) as bigint))
    end
{%- endmacro %}

{% macro spark__time_of_unix_seconds(seconds) -%}
    case
        when {{ seconds }} >= -62135596800 and {{ seconds }} < 253402300800
            then timestamp_micros(cast(round(({{ seconds }}) * 1000000) as bigint))
    end
{%- endmacro %}


{#- The codes of strptime that a format may have, with the letters that Spark has for them. -#}

{% macro time_codes() %}
    {{- return({
        '%Y': 'yyyy', '%y': 'yy', '%m': 'MM', '%d': 'dd', '%b': 'MMM', '%B': 'MMMM', '%H': 'HH', '%I': 'hh',
        '%M': 'mm', '%S': 'ss', '%f': 'SSSSSS', '%p': 'a', '%z': 'XXX',
    }) -}}
{% endmacro %}


{#- Text in a format, in codes of strptime, as a time in UTC; null where it does not read as such. -#}

{% macro time_in_format(text, format) %}
    {{- adapter.dispatch('time_in_format', 'gsmt')(text, format) -}}
{% endmacro %}

{#- Through a zoned type, so that an offset is honoured. -#}
{% macro duckdb__time_in_format(text, format) -%}
    cast(try_strptime({{ text }}, {{ sql_text(format) }}) as timestamp with time zone) at time zone 'UTC'
{%- endmacro %}

{% macro spark__time_in_format(text, format) -%}
    {%- set parts = [] -%}
    {%- for code, letters in modules.re.findall('(%.)|([^%]+)', format) -%}
        {%- do parts.append(time_codes()[code] if code else "'" ~ letters | replace("'", "''") ~ "'") -%}
    {%- endfor -%}
    try_to_timestamp({{ text }}, {{ sql_text(parts | join) }})
{%- endmacro %}
