"""The procurement process itself: a corridor of stages, in order, each with the same rooms."""
