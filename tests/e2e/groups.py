"""The groups that screens and journeys find, and their codes; made by fill.py."""

CLASS, CLASS_CODE = "Klas Bouw 1A", "kade-7-fiets"
TEAM, TEAM_CODE = "Team Kantoor", "molen-4-schip"
OLD, OLD_CODE = "Klas Bouw 0A", "tulp-3-kompas"
ENDED, ENDED_CODE = "Klas Techniek 4B", "zebra-9-lamp"
FULL, EMPTY = "Klas Verzorgende 2B", "Klas Horeca 1C"
