"""Words whose stop may not end a sentence, and words that begin one."""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Abbreviations after which a sentence goes on, whatever follows.
NEVER_LAST = _words(
    """mr mrs ms mx dr prof rev revd fr sr st mt sgt capt col gen lt maj cllr hon insp supt cmdr messrs drs
    ft e.g eg i.e ie viz vs v cf approx ca esp incl excl resp. fig figs para paras ch sect art vol ed eds
    pp dept nos ref refs tel ext consult sen rep gov pres"""
)
# Those that go on before a figure, and end before anything else: "No. 5", "p. 12", "Sec. 4".
BEFORE_FIGURES = _words(
    """no n° nº № nr p sec jan feb mar apr jun jul aug sep sept oct nov dec para bed rm s ss reg regs rs
    mon tue tues wed thur thurs fri"""
)
# Those that end a sentence only before a word that begins one: "at 6 p.m. The ward ...".
SOMETIMES_LAST = _words(
    """a.m p.m am pm etc inc ltd co corp plc jr sr bros u.s u.k e.u u.s.a u.n ph.d b.d t.d.s q.d.s o.d p.r.n
    p.o i.v i.m s.c n.b d.o.b a.k.a b.i.d t.i.d q.i.d hrs hr wks wk yrs yr mins secs mg ml mcg kg cm mm lb
    oz min max temp hosp amb appt pt pts tab tabs cap caps inj med meds dob obs sats al ave rd blvd sq"""
)
# Times of day, whose sentence a capital ends ("left at 6 p.m. Staff saw"), if no date goes on with it.
TIMES = frozenset(["a.m", "p.m"])
DATE_WORDS = _words(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec"""
)
# Words that say when, before the sentence proper: "At 6 p.m. Staff saw".
TIME_OPENERS = _words(
    "at on by from to around about approximately between until till since before after in during just then"
)
# Words that begin sentences, for the doubtful cases above.
BEGINNERS = _words(
    """the a an this that these those there here it its he she they we i you his her their our my your who
    what when where why how which did do does is are was were has have had can could would should will may
    might must in on at by for from with as if after before during since while although though however
    because but and so then also no not all some many most each every one two both please thank thanks
    staff patients patient yes let's i'm it's he's she's we're they're i've
    i'll nobody everyone"""
)
SHORT_WORDS = _words("""is it me us to do go so he we up in on be my by of at as if ok gp""")
INITIAL = re.compile(r"[^\W\d_]\.?")
ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]\.)+[^\W\d_]")
