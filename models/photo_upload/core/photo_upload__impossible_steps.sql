select
    user_id,
    session_id,
    step,
    started_at,
    ended_at,
    flow_date,
    step_seconds
from {{ recent(ref('fct_photo_upload__timed_steps'), days_before=0) }}
where
    not is_machine_step
    and step_seconds < 0
