"""Writes about people: one transaction each, with an audit row."""

from people.services.agreements import AgreementRefused, end_agreement, record_agreement
from people.services.audit import record_audit
from people.services.break_glass import (
    LookRefused,
    close_break_glass,
    looks_now,
    note_look,
    open_break_glass,
)
from people.services.cards import ensure_cards, renew_card
from people.services.cohorts import SignInRests, close_cohort, close_sign_in, open_sign_in, renew_join_code
from people.services.email_codes import CodeRefused, keep_email, request_code, use_code
from people.services.firms import account_with, register_firm
from people.services.groups import GroupRefused, add_leader, make_cohort, remove_leader, rename_cohort
from people.services.hand_over import make_hand_over, take_hand_over
from people.services.joining import JoinRefused, join_cohort, leave_cohort, mark_came_in
from people.services.keys import adopt_key
from people.services.lists import ListOfAnother, keep_list
from people.services.looks import note_group_look
from people.services.merging import merge_people
from people.services.monitor import DescriptionRefused, describe_organisation, join_monitor, leave_monitor
from people.services.notices import claim_notice_mail, mark_notice_mailed, mark_notice_read, send_notice
from people.services.organisations import (
    OrganisationRefused,
    change_organisation,
    make_organisation,
    remove_organisation,
)
from people.services.picture_codes import choose_pictures, reset_pictures, try_nickname, try_pictures
from people.services.places import add_learners, merge_double, move_learner, remove_learner, rename_learner
from people.services.pseudonyms import ensure_pseudonym, lock_pseudonym
from people.services.retention import TermRefused, set_retention_term
from people.services.retention_runs import do_run, start_run
from people.services.rights import erase_person, export_person, replay_erasures
from people.services.roles import (
    RoleRefused,
    appoint_leader,
    give_role,
    invite_to_role,
    take_role,
    take_up_invites,
    withdraw_invite,
)
from people.services.second_steps import reset_second_step

__all__ = [
    "AgreementRefused",
    "CodeRefused",
    "DescriptionRefused",
    "GroupRefused",
    "JoinRefused",
    "ListOfAnother",
    "LookRefused",
    "OrganisationRefused",
    "RoleRefused",
    "SignInRests",
    "TermRefused",
    "account_with",
    "add_leader",
    "add_learners",
    "adopt_key",
    "appoint_leader",
    "change_organisation",
    "choose_pictures",
    "claim_notice_mail",
    "close_break_glass",
    "close_cohort",
    "close_sign_in",
    "describe_organisation",
    "do_run",
    "end_agreement",
    "ensure_cards",
    "ensure_pseudonym",
    "erase_person",
    "export_person",
    "give_role",
    "invite_to_role",
    "join_cohort",
    "join_monitor",
    "keep_email",
    "keep_list",
    "leave_cohort",
    "leave_monitor",
    "lock_pseudonym",
    "looks_now",
    "make_cohort",
    "make_hand_over",
    "make_organisation",
    "mark_came_in",
    "mark_notice_mailed",
    "mark_notice_read",
    "merge_double",
    "merge_people",
    "move_learner",
    "note_group_look",
    "note_look",
    "open_break_glass",
    "open_sign_in",
    "record_agreement",
    "record_audit",
    "register_firm",
    "remove_leader",
    "remove_learner",
    "remove_organisation",
    "rename_cohort",
    "rename_learner",
    "renew_card",
    "renew_join_code",
    "replay_erasures",
    "request_code",
    "reset_pictures",
    "reset_second_step",
    "send_notice",
    "set_retention_term",
    "start_run",
    "take_hand_over",
    "take_role",
    "take_up_invites",
    "try_nickname",
    "try_pictures",
    "use_code",
    "withdraw_invite",
]
