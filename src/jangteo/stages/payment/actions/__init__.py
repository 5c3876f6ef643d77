"""What may be done here; each verb is a row of a state table."""
