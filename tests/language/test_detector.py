"""What the phone finds in a text, case by case. How much it finds in whole sets: make bench-detector."""

import pytest

from tests.detector import find_all, find_one

FOUND = [
    ("naam", "Mevrouw De Vries", "De Vries"),
    ("naam", "De heer de Boer komt", "de Boer"),
    ("naam", "Ik ben Xanthia.", "Xanthia"),
    ("naam", "mijn collega Goedele", "Goedele"),
    ("naam", "Fatima is er.", "Fatima"),
    ("naam", "fatima is er.", "fatima"),
    ("naam", "brief van J. Bakker", "J. Bakker"),
    ("naam", "J.A.M. van der Meer-de Wit", "J.A.M. van der Meer-de Wit"),
    ("naam", "Roos is ziek.", "Roos"),
    ("naam", "een mail aan Roos", "Roos"),
    ("naam", "Mw. A. el Amrani", "A. el Amrani"),
    ("naam", "Groetjes,\nNynke", "Nynke"),
    ("naam", "Naam klant: piet jansen", "piet jansen"),
    ("naam", "Kees en Goedele bellen.", "Goedele"),
    ("naam", "Jose\u0301 belt.", "Jose\u0301"),
    ("naam", "José belt.", "José"),
    ("naam", "Bel \u202eFati\u200bma\u202c.", "Fati\u200bma"),
    ("naam", "👩‍🦽 Paweł 👍", "Paweł"),
    ("adres", "Kerkstraat 3a", "Kerkstraat 3a"),
    ("adres", "de Jan van Galenstraat 14", "Jan van Galenstraat 14"),
    ("adres", "Burgemeester de Vlugtlaan 3", "Burgemeester de Vlugtlaan 3"),
    ("adres", "De Pol 3, 8441 CD", "De Pol 3"),
    ("adres", "zij woont alleen op nummer 12", "nummer 12"),
    ("adres", "mw. J. uit de Dorpsstraat", "Dorpsstraat"),
    ("postcode", "in 9401 AB Assen", "9401 AB"),
    ("postcode", "dorpsstraat 12, 9401ab assen", "9401ab"),
    ("geboortedatum", "geboren op 3 mei 1952", "3 mei 1952"),
    ("geboortedatum", "dhr. Bakker (12-03-1941)", "12-03-1941"),
    ("geboortedatum", "geb. 3-4-'62", "3-4-'62"),
    ("bsn", "nummer 111222333 hoort bij haar", "111222333"),
    ("bsn", "BSN: 1112.22.333", "1112.22.333"),
    ("bsn", "zijn bsn is 123456789", "123456789"),
    ("bsn", "nummer １１１２２２３３３", "１１１２２２３３３"),
    ("iban", "NL91 ABNA 0417 1643 00", "NL91 ABNA 0417 1643 00"),
    ("iban", "op nl91abna0417164300 graag", "nl91abna0417164300"),
    ("iban", "BE68 5390 0754 7034 is van hem", "BE68 5390 0754 7034"),
    ("iban", "NL92 ABNA 0417 1643 00", "NL92 ABNA 0417 1643 00"),
    ("telefoon", "06-12 34 56 78", "06-12 34 56 78"),
    ("telefoon", "+31 (0)6 12345678.", "+31 (0)6 12345678"),
    ("telefoon", "(0592) 34 56 78", "(0592) 34 56 78"),
    ("telefoon", "+32 470 12 34 56", "+32 470 12 34 56"),
    ("email", "Mail jan.de.vries@hotmail.com.", "jan.de.vries@hotmail.com"),
    ("kenteken", "auto XK-123-B", "XK-123-B"),
    ("kenteken", "kenteken 41TKB8", "41TKB8"),
    ("gezondheid", "Hij heeft diabetes.", "diabetes"),
    ("nummer", "klantnummer 48213", "48213"),
    ("nummer", "Cliëntnummer: C-20931.", "C-20931"),
    ("nummer", "lidnummer bij de bond is 1180234", "1180234"),
    ("wachtwoord", "wachtwoord: Welkom01!", "Welkom01!"),
    ("wachtwoord", "de pincode van de kluis is 8841.", "8841"),
]

LEFT_ALONE = [
    "De boer belt morgen.",
    "De dokter komt om 14.30 uur.",
    "Een schilderij van Jan Steen.",
    "Kamer 214 en tafel 12.",
    "Het Erasmus College is dicht.",
    "Anne Frank schreef een dagboek.",
    "De Johan de Wittlaan is afgesloten.",
    "Op maandag 12 mei 2026 in Groningen.",
    "Bakkerij Jansen levert brood.",
    "Ben je er? Wil je helpen? Mark dit geel.",
    "Zet rode roos op tafel.",
    "Vertaal dit naar het Engels in Excel.",
    "Wat is diabetes?",
    "artikelnummer 111222333",
    "€ 111.222.333 euro",
    "bestelling van 111222334 stuks",
    "Mijn wachtwoord is verlopen.",
    "Verander je wachtwoord!",
    "Mail info@kortwijs.nl of bel 0800-1234.",
    "1200 KG om 0700 uur in 2026 AI",
    "de snelweg 12 km",
    "Schrijf een vriendelijke brief aan een huurder die achterloopt.",
    "",
    "   \n\n ",
]


@pytest.mark.parametrize(("kind", "text", "part"), FOUND)
def test_it_finds(kind, text, part):
    finds = find_one(text)
    assert any(find["kind"] == kind and find["text"].strip("\u202e\u202c\u200b") == part for find in finds), finds


def test_it_leaves_alone_what_points_to_nobody():
    found = dict(zip(LEFT_ALONE, find_all(LEFT_ALONE), strict=True))
    assert {text: finds for text, finds in found.items() if finds} == {}


def test_a_street_named_after_a_person_is_an_address_and_no_name():
    assert [find["kind"] for find in find_one("Kom naar de Jan van Galenstraat 14.")] == ["adres"]


def test_what_is_beyond_the_limit_is_said_to_be_unread():
    text = "Bel Fatima. " * 20_000
    finds = find_one(text)
    assert finds[-1]["kind"] == "te-lang"
    assert finds[-1]["end"] == len(text)
    assert finds[0]["text"] == "Fatima"
