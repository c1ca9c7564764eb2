"""The leads that screens and journeys of the guided forms find; made by fill_leads.py."""

# A group that does the leadership programme, in its fourth week: Rinske and Sjaak are a duo, Femke facilitates.
LEADS, LEAD, PARTNER, FACILITATOR = "Noord, voorjaar", "rinske", "sjaak", "femke"
WRITERS = tuple(f"schrijft-{letter}" for letter in "abcdefghij")  # leads who wrote nothing yet; one per journey
NEW_LEAD = "wim"  # leads a team, and is in no group yet
