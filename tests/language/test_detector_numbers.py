"""Our own few lines for BSN, IBAN and telephone say what the large libraries say. Why own lines: docs/decisions."""

import random

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

from tests.detector import find_all, run_node

DICE = random.Random(4)


def digits(count: int) -> str:
    return "".join(DICE.choice("0123456789") for _ in range(count))


def test_bsn_iban_and_telephone_agree_with_the_libraries():
    bsns = [digits(9) for _ in range(20_000)] + ["000000000", "000000012", "111111110", "123456782"]
    ibans = [f"NL{digits(2)}RABO{digits(10)}" for _ in range(10_000)] + [
        f"{country}{iban.calc_check_digits(f'{country}00{number}')}{number}"
        for _ in range(500)
        for country, number in (("NL", f"INGB{digits(10)}"), ("BE", digits(12)), ("DE", digits(18)), ("PL", digits(24)))
    ]
    said = run_node("numbers.mjs", {"bsn": bsns, "iban": ibans, "telephone": []})
    assert said["bsn"] == [bsn.is_valid(number) for number in bsns]
    assert said["iban"] == [iban.mod_97_10.is_valid(number[4:] + number[:4]) for number in ibans]
    assert any(said["bsn"])
    assert not all(said["bsn"])
    assert not all(said["iban"])


def test_every_dutch_telephone_number_is_found_however_it_is_written():
    numbers = [phonenumbers.parse(f"0{DICE.randint(1, 8)}{digits(8)}", "NL") for _ in range(3000)]
    numbers = [number for number in numbers if phonenumbers.is_valid_number(number)]
    assert len(numbers) > 500
    forms = (phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    written = [phonenumbers.format_number(number, form) for number in numbers for form in forms]
    written += [phonenumbers.format_number(number, forms[0]).replace(" ", "") for number in numbers]
    texts = [f"Bel {number} vandaag." for number in written]
    missed = [
        number
        for number, finds in zip(written, find_all(texts), strict=True)
        if [(find["kind"], find["text"]) for find in finds] != [("telefoon", number)]
    ]
    assert missed == []


def test_valid_accounts_of_the_neighbours_are_found_and_wrong_ones_are_not():
    right, wrong = [], []
    for country, count in (("BE", 12), ("DE", 18), ("PL", 24)):
        for _ in range(200):
            number = digits(count)
            check = iban.calc_check_digits(f"{country}00{number}")
            right.append(f"{country}{check}{number}")
            wrong.append(f"{country}{(int(check) + 1) % 97:02}{number}")
    assert all(finds and finds[0]["kind"] == "iban" for finds in find_all([f"Betaal op {number}." for number in right]))
    assert not any(
        find["kind"] == "iban" for finds in find_all([f"Betaal op {number}." for number in wrong]) for find in finds
    )
