"""Which truths of food delivery no mart publishes."""

# They are no ratios of sums over days: test_food_delivery.py looks for them in the comparison and
# in the readout of the switchback.
NOT_OBSERVED = (
    "batched_delivery_time_increase.raw",
    "batched_delivery_time_increase.adjusted",
    "batched_delivery_time_increase.switchback",
)
