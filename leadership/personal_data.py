"""A lead's products, what they said of others' and with whom they reviewed; a learner leaves nothing here."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from leadership.models import LookBack, PeerPlace, PeerReview, ProductVersion, SharedProof, WorkProduct
from people.models import User
from people.purposes import Batch, Fixed, Purpose, Scope, Sign
from people.registry import WITH_THE_PERSON, Held, PersonalData, register

KEPT = timedelta(days=365)  # versions nobody shared, answers to the region


def export(user: User) -> dict[str, Any]:
    products = WorkProduct.objects.filter(owner=user).prefetch_related("versions", "reviews")
    given = PeerReview.objects.filter(reviewer=user)
    return {
        "stukken": [
            {
                "formulier": product.template,
                "inhoud": product.values,
                "bewaard op": product.changed_at.isoformat(),
                "gedeeld met": product.get_shared_with_display(),
                "versies": [version.values for version in product.versions.all()],
                "wat je duo zei": [review.answers for review in product.reviews.all()],
            }
            for product in products
        ],
        "wat je zei over stukken van anderen": [review.answers for review in given],
        "duo in leergroep": [
            str(place.group.cohort)
            for place in PeerPlace.objects.filter(user=user).select_related("group__cohort__organisation")
        ],
        "wat je de regio vertelde": [
            {
                "succes": one.get_success_display(),
                "knelpunt": one.get_obstacle_display(),
                "moment": one.given_at.isoformat(),
            }
            for one in LookBack.objects.filter(user=user)
        ],
        "werk dat het adres van een bewijs van je heeft": sorted(
            str(proof.organisation) for proof in _proofs_of(user).select_related("organisation")
        ),
    }


def _proofs_of(user: User) -> QuerySet[SharedProof]:
    return SharedProof.objects.filter(credential__user=user)


def describe(user: User) -> str:
    """How many products someone made."""
    count = WorkProduct.objects.filter(owner=user).count()
    return f"{count} {'stuk' if count == 1 else 'stukken'}" if count else ""


def erase(user: User) -> dict[str, int]:
    """Products go with their versions and what was said of them; so does what the person said of others'."""
    given, _ = PeerReview.objects.filter(reviewer=user).delete()
    own = WorkProduct.objects.filter(owner=user)
    count = own.count()
    own.delete()
    _proofs_of(user).delete()
    PeerPlace.objects.filter(user=user).delete()
    told, _ = LookBack.objects.filter(user=user).delete()
    return {"stukken": count, "antwoorden aan een duo": given, "antwoorden aan de regio": told}


def retain(now: datetime) -> dict[str, int]:
    """Versions of more than a year old that nobody else may read, and what was told to the region that long ago."""
    old = ProductVersion.objects.filter(made_at__lt=now - KEPT)
    read = WorkProduct.objects.exclude(shared=None).values("shared")
    gone, _ = old.exclude(pk__in=read).delete()
    told, _ = LookBack.objects.filter(given_at__lt=now - KEPT).delete()
    return {"oude versies van stukken": gone, "antwoorden aan de regio": told}


def _of_ended_groups(limit: datetime, scope: Scope) -> QuerySet[WorkProduct]:
    theirs = scope.rows("group__cohort__organisation")
    return WorkProduct.objects.filter(theirs, group__cohort__closed_at__lt=limit).exclude(shared_with="", shared=None)


def _stop_sharing(batch: Batch) -> int:
    """Nobody else reads them any more; each stays its author's."""
    products = WorkProduct.objects.filter(pk__in=batch.keys)
    return products.update(shared_with="", shared=None, shared_at=None)


PURPOSES = (
    Purpose(
        key="shared_products",
        name="Gedeelde stukken van een leergroep die is gestopt",
        about="Wat deelnemers met hun groep deelden; na de termijn leest alleen de maker het nog.",
        unit=("stuk", "stukken"),
        default=lambda: 365,
        least=90,
        least_why="De groep komt na het programma nog eens terug.",
        most=1095,
        most_why="Na 3 jaar heeft de groep elkaars stukken niet meer nodig.",
        due=_of_ended_groups,
        drop=_stop_sharing,
        per_organisation=True,
        owner="owner",
        told="Je leergroep stopt: na {term} leest niemand anders meer wat je deelde.",
        applies=lambda user: WorkProduct.objects.filter(owner=user).exclude(group=None).exists(),
    ),
)
FIXED = (
    Fixed("Oude versies van een stuk die niemand leest", "een jaar", "Zo lang kan de maker nog terug."),
    Fixed("Terugblik op het programma, voor de regio", "een jaar", "Dan zijn de cijfers verteld."),
    Fixed("AI-register en AI-dossier", "zo lang als de organisatie", "De wet vraagt erom. Er staan geen namen in."),
)
SIGNS = (Sign("leadership.WorkProduct", "owner", "changed_at"), Sign("leadership.PeerReview", "reviewer", "given_at"))


def merge(source: User, target: User) -> None:
    """What `target` has stays; the same form of `source` becomes a version of it, so that nothing is lost."""
    for product in WorkProduct.objects.filter(owner=source):
        same = WorkProduct.objects.filter(owner=target, group=product.group, template=product.template)
        kept = same.exclude(group=None).first()
        if kept is None:
            WorkProduct.objects.filter(pk=product.pk).update(owner=target)
        else:
            kept.versions.create(kind=ProductVersion.Kind.ASIDE, values=product.values)
            ProductVersion.objects.filter(product=product).update(product=kept)
            PeerReview.objects.filter(product=product).exclude(reviewer__in=_said_of(kept)).update(product=kept)
    PeerReview.objects.filter(reviewer=source).exclude(product__in=_said_by(target)).update(reviewer=target)
    PeerReview.objects.filter(reviewer=target, product__owner=target).delete()
    PeerPlace.objects.filter(user=source).exclude(
        group__in=PeerPlace.objects.filter(user=target).values("group")
    ).update(user=target)
    LookBack.objects.filter(user=source).exclude(
        group__in=LookBack.objects.filter(user=target).exclude(group=None).values("group")
    ).update(user=target)


def _said_of(product: WorkProduct) -> Any:
    return PeerReview.objects.filter(product=product).values("reviewer")


def _said_by(user: User) -> Any:
    return PeerReview.objects.filter(reviewer=user).values("product")


def register_leadership() -> None:
    register(
        PersonalData(
            room="leadership",
            models={
                "leadership.WorkProduct": Held(
                    "De opbrengsten van het programma",
                    f"{WITH_THE_PERSON}; gedeeld een termijn: shared_products; oude versies een jaar",
                ),
                "leadership.PeerReview": Held("Wat twee deelnemers elkaar schrijven", WITH_THE_PERSON),
                "leadership.PeerPlace": Held("Wie met wie een duo is", WITH_THE_PERSON),
                "leadership.SharedProof": Held(
                    "Een bewijs dat iemand zelf bij het dossier legt", "tot iemand het terugneemt"
                ),
                "leadership.LookBack": Held("Terugblik op het programma, voor de cijfers van de regio", "een jaar"),
            },
            export=export,
            erase=erase,
            retain=retain,
            merge=merge,
            describe=describe,
            purposes=PURPOSES,
            fixed=FIXED,
            signs=SIGNS,
        )
    )
