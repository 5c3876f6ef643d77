"""The pages of the shell, one file a page."""
