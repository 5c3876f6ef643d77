"""The tender's state tables as a model whose every state is visited."""
