"""The window: the only place that knows Qt. One folder a panel, one command table, one theme, one notice outlet."""
