"""The street after the opening, played through the public doors: one function a step."""
