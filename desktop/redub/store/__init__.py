"""What stays on this computer: shots, the history of tasks, settings and secrets; no Qt, no network."""
