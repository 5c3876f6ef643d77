"""Payment: interest for lateness, damages for delay, direct payment of subcontractors."""
