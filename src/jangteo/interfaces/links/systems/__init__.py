"""One folder for each system: card, translate, simulator, samples; none knows another."""
