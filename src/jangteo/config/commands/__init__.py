"""Every command of ./jangteo, each a thin module with a `run(arguments) -> int`."""
