"""What all pages share: wiring, cookies, CSRF guard, headers, locale, assets, JSON bodies."""
