"""Photo upload: people who want to post a photo, and what stands between them and the post."""
