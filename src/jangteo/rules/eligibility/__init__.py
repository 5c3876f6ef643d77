"""Who may take part: regions, licences, sizes, joint contractors, and who is debarred."""
