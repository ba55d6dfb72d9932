"""The short-video worlds: a network to which reels are added, country by country."""
