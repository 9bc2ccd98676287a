"""The way to the service: signing, the wire format, the client, uploads and downloads over httpx; no Qt."""
