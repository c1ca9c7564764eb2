"""The fixed lists of the curriculum brief: trades, tracks and levels."""

from django.db import models


class Trade(models.TextChoices):
    """Vak: what someone's work is; hooks and examples can speak of it."""

    ZORG = "zorg", "Zorg"
    BOUW = "bouw", "Bouw en techniek"
    LOGISTIEK = "logistiek", "Logistiek"
    HORECA = "horeca", "Horeca"
    KANTOOR = "kantoor", "Kantoor"
    WINKEL = "winkel", "Winkel"
    AGRO = "agro", "Agro en food"
    ONDERWIJS = "onderwijs", "Onderwijs"
    OVERHEID = "overheid", "Overheid"


TRADE_PICTOGRAMS = {
    Trade.ZORG: "heart",
    Trade.BOUW: "build",
    Trade.LOGISTIEK: "truck",
    Trade.HORECA: "plate",
    Trade.KANTOOR: "office",
    Trade.WINKEL: "shop",
    Trade.AGRO: "plant",
    Trade.ONDERWIJS: "school",
    Trade.OVERHEID: "city",
}


class Track(models.TextChoices):
    """Leerlijn: a theme in the catalogue."""

    A = "A", "AI op je werk"
    B = "B", "Veilig met data"
    C = "C", "AI in je vak"
    D = "D", "Leiding geven met AI"
    E = "E", "Ondernemen"


class Level(models.TextChoices):
    """For whom: mbo level, all workers, leads or owners."""

    ENTREE = "E", "mbo entree"
    MBO_1 = "1", "mbo 1"
    MBO_2 = "2", "mbo 2"
    MBO_3 = "3", "mbo 3"
    MBO_4 = "4", "mbo 4"
    WORKERS = "W", "medewerkers"
    LEADS = "L", "leidinggevenden"
    OWNERS = "O", "ondernemers"
