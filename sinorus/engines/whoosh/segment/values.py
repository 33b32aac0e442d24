"""Metadata as an inverted list: the keys of the distinct values of each field."""

from __future__ import annotations


def value_key(name: str, value: str) -> bytes:
    """What values are sorted by: those of a field stand together."""
    return f"{name}\0{value}".encode("utf-8", "surrogatepass")


def split_key(key: bytes) -> tuple[str, str]:
    """The name and the value of a key."""
    name, _, value = key.decode("utf-8", "surrogatepass").partition("\0")
    return name, value
