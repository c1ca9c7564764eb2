"""The groups and learners that screens and journeys find, and their codes; made by fill.py."""

CLASS, CLASS_CODE = "Klas Bouw 1A", "kade-7-fiets"
TEAM, TEAM_CODE = "Team Kantoor", "molen-4-schip"
OLD, OLD_CODE = "Klas Bouw 0A", "tulp-3-kompas"
ENDED, ENDED_CODE = "Klas Techniek 4B", "zebra-9-lamp"
OPEN, OPEN_CODE = "Klas Welzijn 3B", "tulp-8-molen"  # signing in stands open there, for a day
PICTURES = ("Huis", "Vis", "Zon")  # of every learner in it
OPEN_TEAM, OPEN_TEAM_CODE = "Team Bakkerij", "schip-6-lamp"  # the same, at an employer: nicknames, no list
STOPPED_TEAM, RESTING_TEAM = "Team Winkel", "Team Bezorging"  # too much was tried wrong there
FULL, EMPTY = "Klas Verzorgende 2B", "Klas Horeca 1C"
# Learners whose questions come back; one per screen, for what is answered is gone for that day.
REVIEWERS = ("herhaalt", "herhaalt-fout", "herhaalt-klaar", "herhaalt-formulier", "herhaalt-uit")

# Accounts of learners who chose a plan 8 days ago, each in another state; the number is that of their answer.
PLAN_DUE, PLAN_OWN, PLAN_NOT_YET, PLAN_KEPT, PLAN_LAST = "plan-a", "plan-b", "plan-c", "plan-d", "plan-e"
PLAN_IDS = {
    name: f"00000000-0000-4000-8000-00000000000{place}"
    for place, name in enumerate((PLAN_DUE, PLAN_OWN, PLAN_NOT_YET, PLAN_KEPT, PLAN_LAST))
}

# A route of Bram that his colleague Karin works on too, one that she may only look at, and one of Chantal's team.
PATH, LOOK_PATH, AWAY_PATH, TEAM_PATH = "Zorg 2B", "Zorg 3A", "Zorg 1C", "Veilig in het magazijn"
COLLEAGUE = "karin"
H5P_SLUG, H5P_CODE = "oefenen-met-h5p", "H5P"  # the lesson of fill_h5p.py

# A leadership group of two organisations in its third week, in duos (Chantal with Gijs, Hilde with Ilse), which Fenna
# facilitates; and one in which Otto is alone.
LEADERS, ALONE = "Voorjaar", "Kleine groep"

# A class with a route in weeks, questions to talk about and other lessons for two; a team whose works council agreed.
ROUTED, ROUTED_CODE = "Klas Zorg 1D", "lamp-5-molen"
WHOLESALE, HR, AGREED_TEAM = "Voorbeeldgroothandel", "wilma", "Team Verkoop"

# Learners with an account who did a whole route: who asks for a credential, has one, shows it, and had it revoked.
TO_MAKE, OWN, SHOWN, REVOKED = "bewijs-halen", "bewijs-eigen", "bewijs-getoond", "bewijs-ingetrokken"
PROVEN_PATH = "logistiek"

# Who keeps an AI register and a dossier at an employer: with something in it, with nothing yet, and for a journey.
WATCHER, OFFICER, LOOKED_AT = "wacht", "privacy", "lotte"
KEEPER, EMPTY_KEEPER, NEW_KEEPER = "hr-vol", "hr-leeg", "hr-nieuw"

# A school whose administrator gives roles, and sessions in which a second step was shown just now.
MANAGED, MANAGER = "Duinschool", "meike"
MANAGER_SESSION, CHIEF_SESSION = "meike" + "0" * 27, "hein" + "0" * 28
