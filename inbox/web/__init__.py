"""Shared by all pages: cookies, access and CSRF checks, headers, locale, assets, JSON bodies."""
