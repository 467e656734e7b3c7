"""Files from providers: download, type and picture size."""
