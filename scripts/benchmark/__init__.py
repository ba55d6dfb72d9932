"""How long builds take: measured as ratios in one run, with what was measured on."""
