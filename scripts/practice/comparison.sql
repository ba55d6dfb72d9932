-- What sets the cells of an answer apart from the expected ones: at most one row, none where nothing does.
-- Both tables of cells have a row for each cell: its row's number when sorted (`line`) and as it came (`place`), its
-- column (`position`) and its value, a number or a text. The page of the site runs the same text.
with

both_sides as (

    select
        'expected' as side,
        *
    from expected_cells
    union all
    select
        'answer' as side,
        *
    from answer_cells

),

-- A null is a content that no text of a query has.
cells as (

    select
        *,
        coalesce(text, format('{:.8e}', number + 0e0), chr(30)) as content
    from both_sides

),

-- Each cell beside that of the other side: once when sorted, once as it came.
numbered_cells as (

    select
        *,
        'sorted' as row_order,
        line as row_number
    from cells
    union all
    select
        *,
        'as it came' as row_order,
        place as row_number
    from cells

),

pairs as (

    select
        row_order,
        expected.number as expected_number,
        answer.number as answer_number,
        expected.side is null or answer.side is null as is_alone,
        expected.number is null and expected.text is null as expects_null,
        answer.number is null and answer.text is null as answers_null,
        expected.side is null
        or answer.side is null
        or expected.text is distinct from answer.text
        or (expected.number is null) <> (answer.number is null)
        or coalesce(
            expected.number <> answer.number
            and not (
                isfinite(expected.number)
                and isfinite(answer.number)
                and abs(expected.number - answer.number)
                <= 1e-9 * greatest(abs(expected.number), abs(answer.number), 1)
            ),
            false
        ) as differs
    from (select * from numbered_cells where side = 'expected') as expected
    full outer join (select * from numbered_cells where side = 'answer') as answer
        using (row_order, row_number, position)

),

differing as (

    select * from pairs where row_order = 'sorted' and differs

),

row_contents as (

    select
        side,
        line,
        string_agg(content, chr(31) order by position) as content
    from cells
    group by side, line

),

-- The second of two equal rows is another row than the first.
copies as (

    select
        *,
        row_number() over (partition by side, content order by line) as copy
    from row_contents

),

unmatched as (

    select
        this.side,
        this.line,
        exists (
            select 1 from copies as other where other.side <> this.side and other.content = this.content
        ) as repeats
    from copies as this
    where not exists (
        select 1 from copies as other
        where other.side <> this.side and other.content = this.content and other.copy = this.copy
    )

),

column_contents as (

    select
        side,
        position,
        string_agg(content, chr(31) order by content) as content
    from cells
    group by side, position

),

rows_apart as (

    select
        min(line) filter (where side = 'expected') as missing_line,
        min(line) filter (where side = 'answer') as unexpected_line,
        count(*) filter (where side = 'expected') as missing_rows,
        count(*) filter (where side = 'answer') as unexpected_rows,
        coalesce(bool_and(repeats) filter (where side = 'answer'), false) as all_repeat
    from unmatched

),

cells_apart as (

    select
        count(*) as differing_cells,
        coalesce(bool_or(is_alone), false) as differ_in_length,
        coalesce(bool_or(
            not (is_alone or expects_null or answers_null)
            and (expected_number is null) <> (answer_number is null)
        ), false) as differ_in_kind,
        coalesce(bool_and(
            isfinite(expected_number)
            and isfinite(answer_number)
            and (
                abs(expected_number * 100 - answer_number) <= 1e-7 * abs(answer_number)
                or abs(answer_number * 100 - expected_number) <= 1e-7 * abs(expected_number)
            )
        ), false) as are_hundredfold,
        coalesce(bool_and(expects_null and answer_number = 0), false) as are_zero_for_null,
        coalesce(bool_and(answers_null and expected_number = 0), false) as are_null_for_zero
    from differing

)

select
    case
        when differing_cells = 0 then 'order'
        when not exists (select 1 from answer_cells) then 'no_rows'
        when missing_rows = 0 and all_repeat then 'repeated_rows'
        when missing_rows = 0 then 'extra_rows'
        when unexpected_rows = 0 then 'missing_rows'
        when not exists (
            select 1 from column_contents as expected
            where
                expected.side = 'expected'
                and not exists (
                    select 1 from column_contents as answer
                    where answer.side = 'answer' and answer.content = expected.content
                )
        ) then 'columns_in_other_order'
        when differ_in_kind then 'kinds'
        when are_hundredfold then 'hundredfold'
        when are_zero_for_null then 'zero_for_null'
        when are_null_for_zero then 'null_for_zero'
        when not differ_in_length then 'values'
        else 'rows_and_values'
    end as rule,
    missing_line,
    unexpected_line,
    missing_rows,
    unexpected_rows
from rows_apart
cross join cells_apart
where
    differing_cells > 0
    or (
        getvariable('is_ordered')
        and exists (select 1 from pairs where row_order = 'as it came' and differs)
    )
