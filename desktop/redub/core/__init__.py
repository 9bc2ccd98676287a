"""Values and rules of dubbing a clip: standard library only, no Qt, no I/O, no clock, no asyncio."""
