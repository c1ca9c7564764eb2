from people.models.agreement import Agreement
from people.models.audit import AuditEntry, AuditTerm, FormerAuditKey
from people.models.break_glass import BreakGlass
from people.models.cohort import Cohort, CohortMember, JoinCode
from people.models.email_code import EmailCode
from people.models.list_import import ListImport
from people.models.notice import Notice
from people.models.organisation import Membership, Organisation, Province, Role, SizeClass
from people.models.phone import FormerKey, HandOver
from people.models.picture_code import LearnerCard, PictureCode, WrongTry
from people.models.pseudonym import Pseudonym
from people.models.retention import RetentionRun, RetentionTerm
from people.models.role_invite import RoleInvite
from people.models.session import Session
from people.models.user import User

__all__ = [
    "Agreement",
    "AuditEntry",
    "AuditTerm",
    "BreakGlass",
    "Cohort",
    "CohortMember",
    "EmailCode",
    "FormerAuditKey",
    "FormerKey",
    "HandOver",
    "JoinCode",
    "LearnerCard",
    "ListImport",
    "Membership",
    "Notice",
    "Organisation",
    "PictureCode",
    "Province",
    "Pseudonym",
    "RetentionRun",
    "RetentionTerm",
    "Role",
    "RoleInvite",
    "Session",
    "SizeClass",
    "User",
    "WrongTry",
]
