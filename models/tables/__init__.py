"""Every table of the database. Importing this package fills `SQLModel.metadata`."""

from models.tables.agenda import Agenda, AgendaFile, Signature
from models.tables.agreement import (
    Agreement,
    AgreementCall,
    AgreementDependency,
    AgreementOwner,
    AgreementPrinciple,
    AgreementSupporter,
    AgreementVersion,
    Progress,
)
from models.tables.alliance import Alliance, Group, Partner
from models.tables.event import Event
from models.tables.finding import (
    BaselineReport,
    BaselineSource,
    Conclusion,
    ConclusionEvidence,
    ConclusionTheme,
    FieldNote,
    Finding,
    FindingTheme,
    GivenAlias,
    ImprovementConclusion,
    KeptWord,
    Replacement,
)
from models.tables.installation import Installation, SignIn
from models.tables.plan import PlanBlock, PlanParty, Stakeholder
from models.tables.principle import Principle, PrincipleVersion, VersionSource
from models.tables.proposal import Proposal, Support, ToldApart
from models.tables.round import (
    Ballot,
    BallotRequest,
    LateWords,
    PaperSheet,
    Reason,
    Round,
    RoundItem,
    RoundParticipant,
    RoundSecret,
)
from models.tables.startfoto import Baseline, Improvement, Statement, Theme
from models.tables.undoable import Undoable
from models.tables.unfinished import Unfinished
from models.tables.workshop import Bubble, Participant, Phone, PhoneAsking, PhoneParticipant, Workshop

__all__ = [
    "Agenda",
    "AgendaFile",
    "Agreement",
    "AgreementCall",
    "AgreementDependency",
    "AgreementOwner",
    "AgreementPrinciple",
    "AgreementSupporter",
    "AgreementVersion",
    "Alliance",
    "Ballot",
    "BallotRequest",
    "Baseline",
    "BaselineReport",
    "BaselineSource",
    "Bubble",
    "Conclusion",
    "ConclusionEvidence",
    "ConclusionTheme",
    "Event",
    "FieldNote",
    "Finding",
    "FindingTheme",
    "GivenAlias",
    "Group",
    "Improvement",
    "ImprovementConclusion",
    "Installation",
    "KeptWord",
    "LateWords",
    "PaperSheet",
    "Participant",
    "Partner",
    "Phone",
    "PhoneAsking",
    "PhoneParticipant",
    "PlanBlock",
    "PlanParty",
    "Principle",
    "PrincipleVersion",
    "Progress",
    "Proposal",
    "Reason",
    "Replacement",
    "Round",
    "RoundItem",
    "RoundParticipant",
    "RoundSecret",
    "SignIn",
    "Signature",
    "Stakeholder",
    "Statement",
    "Support",
    "Theme",
    "ToldApart",
    "Undoable",
    "Unfinished",
    "VersionSource",
    "Workshop",
]
