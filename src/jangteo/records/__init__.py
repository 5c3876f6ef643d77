"""What every stage keeps: parties, accounts, documents, the journal, the log, the vault."""
