"""What every process needs: settings, logs, Redis connection, embedded Valkey, supervisor."""
