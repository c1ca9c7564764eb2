"""Reading the audit trail, and the pages of looking into one person; the trail itself is of people."""
