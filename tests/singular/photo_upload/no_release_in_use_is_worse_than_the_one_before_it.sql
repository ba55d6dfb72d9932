-- Each row names the release, and the segment that it hits: whoever owns that release stops its rollout. One that few
-- still have is history, and stays in the table.
{{ config(severity='warn') }}
select
    app_version,
    segment,
    measure,
    value,
    previous_value,
    adjusted_p_value
from {{ ref('photo_upload__release_regressions') }}
where share_of_attempts >= 0.25
