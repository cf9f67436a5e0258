"""The sentences of a board paper that never change, and what a board secretary has to fill in."""

from __future__ import annotations

KIND = "Paper for the board"
COVER_CAPTION = "What the board secretary needs: to be filled in by hand"
COVER_TOLD = "Each row names what is to be filled in; the second column is blank. Nothing is filled in here."
# What -> what to write. All are left blank: the program knows none of them.
COVER = (
    ("Sponsor", "name, role"),
    ("Approval", "date, by whom"),
    ("Author", "name, role"),
    ("Links to strategy", ""),
    ("Legal implications", ""),
    ("Conflicts of interest", ""),
    ("Equality analysis", ""),
    ("Quality impact assessment", ""),
    ("Resources needed", ""),
    ("Clinical involvement", ""),
    ("Patient and public involvement", ""),
    ("Partner involvement", ""),
    ("Finance involvement", ""),
    ("Digital involvement", ""),
)
PURPOSE = (
    "To tell the board what the evidence received says on the question below, what that rests on, and what "
    "is not known, so that it can decide what to ask for next."
)
DRAFT = (
    "It is a working draft: software put the sentences together, and a named person has to accept each "
    "before the board relies on it."
)
APPROVED = "Software put the sentences together; beside each stands whether a named person has accepted it."
NO_QUESTION = "No question was recorded for this run."
KEY_NOTE = "Draft sentences. The evidence for each stands in Appendix A under the number of the finding."
RISKS_NOTE = (
    "Themes on which something is missing: in provision (it is not there), in practice (it is written but "
    "not done) or in assurance (nobody knows). The sentences stand under the findings of these numbers."
)
NO_RISKS = "No finding has been drafted as a gap. That is not a sign that there is none."
ASSURANCES_NOTE = (
    "What is said to be in place, with what that rests on. Where a finding is mixed, it does not hold for "
    "what the third column names. Being written in policy, or described by a provider, does not show that it "
    "happens."
)
NO_ASSURANCES = "No finding has been drafted as an assurance."
ASKED_NOTE = (
    "The board is asked to do what is listed here. This is a draft: the sponsor settles what the board is "
    "asked, and strikes out the rest."
)
BACKGROUND = "Evidence dated from {start} to {end} was looked at."
APPROACH = (
    "Framework analysis with a codebook, carried out by the program thememiner without a network: each text "
    "was de-identified and cut into passages, passages were sorted by themes described beforehand, and every "
    "excerpt was cut from its text letter for letter. Appendix C says how, and what that misses."
)
STATUS_TITLE = "Status of this paper, and its limits"
PEOPLE_MORE = "One account stands here under each theme, as it was given; the rest stand in Appendix A."
FINDINGS_NOTE = (
    "Each table gives the findings of one section in draft, some with one excerpt as an example. All "
    "excerpts with their sources, and why each finding is here, are in Appendix A."
)
WIDE_GRID = "The grid has too many columns for an upright page: it stands in Appendix A."
NEXT_NOTE = "Drawn from what is missing. Who does what, and by when, is for the board to settle."
PLANNED = "Draft the action plan from the findings, and give each action an owner and a due date."
REVIEW = "Have a named person look at {left} not yet reviewed."
IN_FULL = "Read in full {accounts} of a death, of serious harm or of a warning not acted on (Appendix A)."
RESIDUAL = (
    "Check what may still identify a person before this is shared: the documents to read first are in "
    "Appendix C."
)
UNREADABLE = (
    "Letter for letter as the de-identified text has it. A sign that no Word document can hold stands as "
    "\ufffd."
)
ONE_PASSAGE = "One passage: read it before it is used"
NOT_QUOTED = "No passage is sure enough to be quoted."
ALSO = "Excerpts that also speak of this stand under: {places}."
NOTHING_UNKNOWN = (
    "Every section has a finding, nothing that was asked for is outstanding, and every passage has a theme."
)
