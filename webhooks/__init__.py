"""HTTP routes for machines: provider webhooks, health checks, metrics and media links. Holds no business rules."""
