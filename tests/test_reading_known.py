"""Columns that tell of people are known by their headings and go with the document, but never into it."""

from __future__ import annotations

import pytest

from thememiner.deidentifying import deidentify
from thememiner.errors import TomlError
from thememiner.reading import columns, read
from thememiner.reading.known import known_columns, known_values
from thememiner.records import KNOWN, Source

PEOPLE = {
    "person": "Patient name|Forename|Surname|patientName|Reporter name|Reported by|Handler|Staff involved"
    "|Name of patient|Lead investigator|Next of kin|STAFF_NAME|Client's surname|Consultant",
    "date of birth": "DOB|Date of birth|PatientDateOfBirth|D.O.B.|birth_date",
    "number": "NHS No|NHS_Number|Hospital number|MRN|Patient ID|Casenote number|NI number|GMC No.",
    "e-mail": "Email|E-mail address|Reporter e-mail",
    "phone": "Telephone|Mobile|Contact number|Tel",
    "address": "Address|Home address|Postcode|Post code",
    "": "Site address|Reporter role|Reporter Organisation Code|Staff group|Patient age|Date reported"
    "|Patient gender|Ward name|Organisation Name|Handler's team|Number of patients|Description"
    "|Incident ID|IP address"
    "|Name of drug|Patient feedback|What the patient said|GP practice name|Staff told?|Family|Person",
}


@pytest.mark.parametrize(("sort", "heading"), [(s, h) for s, hs in PEOPLE.items() for h in hs.split("|")])
def test_a_heading_says_what_stands_below_it(sort: str, heading: str) -> None:
    assert known_columns([heading]) == ([(sort, 0)] if sort else [])
    assert not sort or sort in KNOWN


def test_values_come_once_and_a_cell_may_hold_several() -> None:
    rows = [["Tavrel; Zoe Lunt", "x"], ["Tavrel", ""], [], ["y" * 300]]
    assert known_values([("person", 0)], rows) == (("person", "Tavrel"), ("person", "Zoe Lunt"))


def test_what_a_table_says_of_people_is_masked_in_its_text(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "What happened,Forename,Surname,DOB,Team,Handler\n"
        '"Later plovera (Osingham, 3/4/1958) ate; Quell rang.",Plovera,Ossingham,1958-04-03,Ash Team,Quell\n'
        '"Later plovera ate.",Zoe,Lunt,,Ash Team,\n',
        "utf-8",
    )
    documents = read([Source(path, text="What happened", team="Team")]).documents
    assert [dict(d.known) for d in documents][1] == {"person": "Lunt"}
    first, second = deidentify(documents)
    assert first.text == "Later [PERSON 1] ([PERSON 2], [DATE OF BIRTH]) ate; [PERSON 3] rang."
    assert second.text == "Later plovera ate."
    assert first.team == "Ash Team"


def test_a_column_that_a_document_shows_is_not_one_of_people(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Staff,Handler\nThe staff were kind.,Acorn Trust\n", "utf-8")
    source = Source(path, text="Staff", organisation_column="Handler")
    assert read([source]).documents[0].known == ()


def test_a_map_may_name_further_columns(tmp_path) -> None:
    path = tmp_path / "own.toml"
    head = 'id = "own"\nname = "Own"\nrecognise = ["F"]\ntext = ["F"]\n'
    path.write_text(f'{head}known = ["person: Key contact | Contact"]\n', "utf-8")
    assert columns._read(path).known == ("person: Key contact | Contact",)
    path.write_text(f'{head}known = ["somebody: Contact"]\n', "utf-8")
    with pytest.raises(TomlError, match="somebody: Contact"):
        columns._read(path)
