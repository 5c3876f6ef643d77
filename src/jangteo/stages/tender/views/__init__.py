"""Pages on which an agency prepares, publishes, corrects and cancels its notices."""
