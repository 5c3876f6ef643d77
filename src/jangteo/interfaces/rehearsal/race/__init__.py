"""Many officers at once: attempts to award the same tenders, and never two awards in force."""
