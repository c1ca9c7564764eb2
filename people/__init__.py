"""Users, organisations, cohorts, roles, agreements, notices and privacy rights."""
