"""Quotations, citation keys and bibliographies: words of a library on their way into a draft."""
