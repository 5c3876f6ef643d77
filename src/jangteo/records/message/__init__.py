"""What the platform tells people: one inbox an organisation, a sentence with its link."""
