"""Good notices with one error each: how many of the errors would not have been published."""
