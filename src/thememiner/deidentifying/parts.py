"""What one capitalised word can be in a name, as the lists, its shape and its ending tell."""

from __future__ import annotations

import re
from functools import lru_cache

from thememiner.deidentifying.brands import BRANDS
from thememiner.deidentifying.lists import kind_of, unaccented
from thememiner.deidentifying.normalising import CAPITAL
from thememiner.deidentifying.things import EPONYMS, PRODUCTS, REGIONS
from thememiner.deidentifying.vocabulary import NAMES_AND_WORDS, NOT_NAMES, RELATIONS, ROLES, TITLES

# What a capitalised word can be in a name. A sure forename or surname is hardly ever anything else; a
# doubtful one is a word, a month, an eponym or a rare name; a strange one is in no list; what is like a
# thing, or a word that is a surname as well, is a surname only behind a forename.
FORENAME, DOUBTFUL_FORENAME, SURNAME, DOUBTFUL_SURNAME, STRANGE, LIKE_A_THING, INITIAL, NONE = "FfSsUTI-"

# Endings of drugs, diseases, treatments and sciences; no name from outside the lists is guessed with one.
_THING = re.compile(
    r"(?:azole|pril|sartan|statin|olol|cillin|mycin|micin|floxacin|cycline|azepam|azolam|idone|apine|zapine"
    r"|pine|done|mab|nib|vir|oxetine|triptyline|barbital|caine|parin|xaban|gliptin|glifloz\w+|tide|formin"
    r"|phylline|terol|asone|solone|nide|mide|zide|thiazide|semide|prazole|tidine|setron|triptan|fenac|profen"
    r"|oxib|dronate|dronic|phen|codone|morphine|orphan|phine|tanyl|pram|bactam|penem|conazole|quine|zine"
    r"|itis|osis|iasis|aemia|emia|opathy|ectomy|otomy|ostomy|plasty|scopy|gram|graphy|ology|algia|plegia"
    r"|paresis|uria|oma|pnoea|rrhoea|rrhagia|trophy|lysis|philia|phobia|genic|one|ine|ol|ase|ium|ide|ate"
    r"|ic|al|ous|ive|able|ment|tion|sion|ness|ity|ware|soft|link|net|tech|care|line|med|plus|card|flow"
    r"|pathway|view|chart|works?|com|app|aid|cell|cyte|virus|ally|wide)s?$"
)
# "GPs", "NINo": capitals that go on small are an abbreviation.
_ABBREVIATION = re.compile(r"[A-Z]{2,}[a-z]")
_WORDS_TOO = (NAMES_AND_WORDS, EPONYMS, PRODUCTS, REGIONS, BRANDS)
_VOWEL = re.compile(r"[aeiouyà-öø-ÿ]", re.IGNORECASE)
# "McExample", "DeExample" and "O'Example" have a capital inside; other names have none.
_INNER_CAPITALS = re.compile(rf"(?:Mac|Mc|De|Di|Le|La|Du|Fitz|Van|Ó|O)?[{CAPITAL}][^\WA-Z\d_]*")


@lru_cache(maxsize=1 << 15)
def part(word: str) -> str:
    """What a capitalised word can be in a name."""
    lower = word.lower()
    if len(word) == 1:
        return INITIAL
    if lower in NOT_NAMES or lower in ROLES or lower in TITLES or lower in RELATIONS:
        return NONE
    kind = kind_of(lower)
    if (lower in BRANDS and not {"F", "f", "s"} & set(kind)) or _ABBREVIATION.match(word):
        return NONE
    if not kind and "-" in lower:
        return _double(word)
    if word.isupper() and len(word) < 4:
        if len(word) < 3 or "w" in kind:
            return NONE
        return DOUBTFUL_FORENAME if "F" in kind else DOUBTFUL_SURNAME if "s" in kind else NONE
    bare = lower if lower.isascii() else unaccented(lower)
    doubtful = "w" in kind or any(bare in listed for listed in _WORDS_TOO)
    if "F" in kind or "f" in kind or kind == "e":
        return DOUBTFUL_FORENAME if doubtful else FORENAME
    if "s" in kind:
        return DOUBTFUL_SURNAME if doubtful or "r" in kind else SURNAME
    if "e" in kind:
        return DOUBTFUL_FORENAME if doubtful or "r" in kind else SURNAME
    if kind or lower in NAMES_AND_WORDS:
        return DOUBTFUL_SURNAME if lower in NAMES_AND_WORDS else NONE
    if not _can_be_name(word, lower):
        return NONE
    return LIKE_A_THING if _THING.search(lower) else STRANGE


def _double(word: str) -> str:
    halves = [part(half) for half in word.split("-") if half]
    if len(halves) != 2 or INITIAL in halves:
        return NONE
    if NONE in halves:
        return LIKE_A_THING if {SURNAME, FORENAME} & set(halves) else NONE
    if halves[1] == FORENAME:
        return FORENAME
    if SURNAME in halves or FORENAME in halves:
        return SURNAME
    return STRANGE if STRANGE in halves else DOUBTFUL_SURNAME


def _can_be_name(word: str, lower: str) -> bool:
    if (
        len(word) < 3
        or not _VOWEL.search(word)
        or any(lower in listed for listed in (EPONYMS, PRODUCTS, REGIONS))
    ):
        return False
    if word.isupper():
        return len(word) > 4
    return all(_INNER_CAPITALS.fullmatch(piece) for piece in re.split(r"['’]", word) if piece[:1].isupper())
