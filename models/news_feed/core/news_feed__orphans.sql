{%- set references = [] -%}
{%- for event, field, parent, day in [
    ('feed_scroll', 'session_id', 'fct_news_feed__sessions', 'session_date'),
    ('feed_session_end', 'session_id', 'fct_news_feed__sessions', 'session_date'),
    ('item_impression_in_feed', 'session_id', 'fct_news_feed__sessions', 'session_date'),
    ('item_interaction_in_feed', 'impression_id', 'fct_news_feed__impressions', 'impression_date'),
    ('item_seen_long_enough_to_evaluate', 'impression_id', 'fct_news_feed__impressions', 'impression_date'),
] -%}
    {%- do references.append({
        'event': event,
        'field': field,
        'parent': parent,
        'day': day,
        'matches': {field: 'events.' ~ field, 'user_id': 'events.user_id'},
    }) -%}
{%- endfor -%}
{{ orphaned_events('news_feed', references) }}
