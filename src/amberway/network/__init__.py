"""Places and links → movement network: routes, moves with durations, resources they use."""
