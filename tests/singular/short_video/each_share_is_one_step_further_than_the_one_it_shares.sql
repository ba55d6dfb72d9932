-- What was logged is what a recursion would find, step by step; a share of a share has the root of its parent.
select
    shares.shared_instance_id,
    shares.share_depth,
    parents.share_depth as depth_of_parent
from {{ ref('fct_short_video__share_instances') }} as shares
left join {{ ref('fct_short_video__share_instances') }} as parents
    on shares.parent_shared_instance_id = parents.shared_instance_id
where
    (shares.parent_shared_instance_id is null and shares.share_depth <> 1)
    or (shares.parent_shared_instance_id is not null and shares.share_depth < 2)
    or shares.share_depth <> parents.share_depth + 1
    or shares.content_id <> parents.content_id
