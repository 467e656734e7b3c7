"""The rules of the desk, pure: no clock, no ids, no Redis, no HTTP, no translated text."""
