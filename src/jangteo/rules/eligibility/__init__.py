"""Who may take part: regions and licences."""
