"""What stands in the audit trail, in words. Each room names what it does; here, above all of them, is what that means.

A test fails for something that is recorded and has no words (tests/lms/audit).
"""

WORDS: dict[str, dict[str, str]] = {
    "Rechten": {
        "give_role": "Rol gegeven",
        "take_role": "Rol weggenomen",
        "edit_account": "Veranderde een account",
        "add_leader": "Liet iemand een groep meeleiden",
        "remove_leader": "Haalde iemand van een groep die die leidde",
    },
    "Kijken": {
        "open_break_glass": "Begon mee te kijken in een account",
        "look_into_person": "Keek in een account",
        "close_break_glass": "Stopte met meekijken",
        "look_at_statements": "Zocht in statements",
        "look_at_statement": "Bekeek een statement",
        "export_statements": "Vroeg een bestand met statements",
        "download_statements": "Haalde een bestand met statements op",
        "retry_export": "Liet een bestand met statements opnieuw maken",
        "remove_export": "Haalde een bestand met statements weg",
        "export_audit": "Haalde dit logboek op",
        "export_class": "Haalde de voortgang van een groep op",
        "export_register": "Haalde het AI-register op",
        "export_proofs": "Haalde de bijlage met bewijzen op",
    },
    "Mensen": {
        "erase_person": "Wiste een mens",
        "merge_people": "Twee mensen werden één",
        "merge_double": "Voegde twee leerlingen samen",
        "add_learners": "Zette leerlingen in een groep",
        "move_learner": "Verplaatste een leerling",
        "remove_learner": "Haalde een leerling uit een groep",
        "rename_learner": "Gaf een leerling een andere naam",
        "join_cohort": "Deed mee met een groep",
        "leave_cohort": "Ging uit een groep",
        "keep_email": "Bewaarde een e-mailadres",
        "revoke_credential": "Trok een bewijs in",
    },
    "Inloggen": {
        "second_step_added": "Zette een tweede stap aan",
        "second_step_removed": "Haalde een tweede stap weg",
        "second_step_renewed": "Maakte nieuwe codes voor de tweede stap",
        "second_step_reset": "Haalde de tweede stap van iemand weg",
        "begin_with_sign_on": "Kwam voor het eerst met een organisatie-login",
        "link_sign_on": "Koppelde een organisatie-login",
        "unlink_sign_on": "Ontkoppelde een organisatie-login",
        "sign_on_has_new_subject": "Kreeg bij de organisatie een ander nummer",
        "sign_on_clash": "Een organisatie-login wees naar twee mensen",
        "end_sessions": "Logde ergens anders uit",
        "choose_pictures": "Koos plaatjes",
        "reset_pictures": "Haalde plaatjes weg",
        "print_cards": "Drukte kaarten af",
        "renew_card": "Maakte een nieuwe kaart",
        "renew_join_code": "Maakte een nieuwe code",
        "open_sign_in": "Zette inloggen open",
        "close_sign_in": "Zette inloggen dicht",
        "sign_in_closed_itself": "Inloggen ging vanzelf dicht",
    },
    "Groepen en routes": {
        "make_cohort": "Maakte een groep",
        "rename_cohort": "Gaf een groep een andere naam",
        "close_cohort": "Stopte een groep",
        "assign_path": "Gaf een groep een route",
        "assign_to_some": "Gaf enkele leerlingen een route",
        "end_assignment": "Haalde een route van een groep",
        "start_path": "Begon een route",
        "archive_path": "Legde een route weg",
        "take_back_path": "Haalde een route terug",
        "share_path_alone": "Hield een route voor zichzelf",
        "share_path_see": "Liet collega’s een route zien",
        "share_path_edit": "Liet collega’s meewerken aan een route",
        "start_programme": "Begon het programma",
        "open_week": "Zette een week open",
        "plan_meeting": "Plande een bijeenkomst",
    },
    "Organisatie": {
        "record_agreement": "Legde een afspraak met de OR vast",
        "end_agreement": "Stopte een afspraak met de OR",
        "register_firm": "Meldde een bedrijf aan",
        "describe_organisation": "Beschreef de organisatie",
        "join_monitor": "Ging meedoen met de regio-cijfers",
        "leave_monitor": "Stopte met de regio-cijfers",
        "ai_system_added": "Zette iets in het AI-register",
        "ai_system_changed": "Veranderde iets in het AI-register",
        "ai_system_reviewed": "Keek opnieuw naar iets in het AI-register",
        "dossier_about": "Veranderde het AI-dossier",
        "dossier_goal": "Veranderde een doel in het AI-dossier",
        "dossier_evaluation": "Veranderde een terugblik in het AI-dossier",
        "remove_rolegoal": "Haalde een doel uit het AI-dossier",
        "remove_evaluation": "Haalde een terugblik uit het AI-dossier",
        "record_dossier": "Legde een versie van het AI-dossier vast",
        "keep_proof": "Zette een bewijs in de bijlage",
        "drop_proof": "Haalde een bewijs uit de bijlage",
    },
    "Systemen": {
        "make_lrs_key": "Maakte een sleutel",
        "end_lrs_key": "Beëindigde een sleutel",
        "invite_lti_platform": "Nodigde een leeromgeving uit",
        "register_lti_platform": "Een leeromgeving meldde zich aan",
        "end_lti_platform": "Stopte een leeromgeving",
        "add_sign_on_provider": "Zette een organisatie-login aan",
        "change_sign_on_provider": "Veranderde een organisatie-login",
        "end_sign_on_provider": "Stopte een organisatie-login",
        "allow_lti_deployment": "Liet een plek in een leeromgeving toe",
        "add_forward_target": "Liet doorsturen naar een systeem",
        "change_forward_target": "Veranderde een systeem om naar door te sturen",
        "pause_forward_target": "Zette doorsturen op pauze",
        "resume_forward_target": "Zette doorsturen weer aan",
        "end_forward_target": "Stopte met doorsturen",
        "retry_forwards": "Stuurde opnieuw wat geweigerd was",
        "end_forward_recalls": "Gaf aan dat er elders gewist is",
        "retry_task": "Stuurde een taak opnieuw",
        "put_task_away": "Haalde een taak van de lijst",
    },
}
_ALL = {action: words for group in WORDS.values() for action, words in group.items()}


def words_of(action: str) -> str:
    """What this is called; its own name where it has no words."""
    return _ALL.get(action, action)


def actions_in(group: str) -> list[str]:
    """What belongs to a subject."""
    return list(WORDS.get(group, ()))
