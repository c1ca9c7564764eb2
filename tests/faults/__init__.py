"""What happens when something breaks: real processes, killed and filled and set back (make faults)."""
