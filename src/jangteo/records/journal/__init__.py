"""Every fact, by whom, when, under which law: append-only, hash-chained, and also the outbox."""
