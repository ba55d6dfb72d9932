-- Nothing is shown twice and nothing is lost, by whatever it is added up: sessions, days or weeks.
with

sums as (

    select
        (select count(*) from {{ ref('fct_news_feed__impressions') }}) as impressions,
        (select sum(items_shown) from {{ ref('fct_news_feed__sessions') }}) as of_sessions,
        (select sum(impressions) from {{ ref('fct_news_feed__user_days') }}) as of_days,
        (select sum(impressions) from {{ ref('fct_news_feed__user_weeks') }}) as of_weeks,
        (select sum(positives) from {{ ref('fct_news_feed__impressions') }}) as positives,
        (select sum(positives) from {{ ref('fct_news_feed__user_days') }}) as positives_of_days,
        (select sum(positives) from {{ ref('fct_news_feed__user_weeks') }}) as positives_of_weeks

)

select *
from sums
where
    impressions <> of_sessions
    or impressions <> of_days
    or impressions <> of_weeks
    or positives <> positives_of_days
    or positives <> positives_of_weeks
