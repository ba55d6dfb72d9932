{#- The list is written by `python -m scripts.sync`. -#}
{{ union_marts('streaming', [
]) }}
