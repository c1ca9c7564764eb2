"""What an author lets others read, and what others let one read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from leadership.models import Shared, WorkProduct
from leadership.queries import (
    Readers,
    own_sharing,
    partners_of,
    readers_for,
    reviews_by,
    shared_products,
    takes_part,
)
from leadership.services import ChangedMeanwhile, NotYours, share_product
from leadership.sheet import sheet_of_product
from leadership.views.whose import inside, own_product
from people.models import User
from people.origin import same_origin_required

CHOOSE = "Kies wie dit stuk mag lezen."
CHANGED = "Je stuk is intussen veranderd. Kijk het na en kies opnieuw."
EMPTY = "Er staat nog niets in. Vul eerst iets in."


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required
@login_required
@never_cache
def share(request: HttpRequest, product_id: int) -> HttpResponseBase:
    """Who reads a product now, and another choice; for its author."""
    user, product = own_product(request, product_id)
    if request.method != "POST":
        return _ask(request, user, product)
    chosen, seen = request.POST.get("delen"), request.POST.get("versie", "")
    if chosen not in Shared.values:
        return _ask(request, user, product, wrong=CHOOSE, status=422)
    try:
        product = share_product(
            product_id=product_id,
            owner=user,
            shared_with=Shared(chosen),
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1,
        )
    except NotYours as error:
        raise Http404 from error
    except ChangedMeanwhile:
        return _ask(request, user, product, wrong=CHANGED, chosen=chosen, status=409)
    except ValueError:
        return _ask(request, user, product, wrong=EMPTY, status=422)
    messages.success(request, _told(product, _readers(user, product)))
    return redirect("leadership:share", product_id)


def _readers(user: User, product: WorkProduct) -> Readers | None:
    return readers_for(user, product.group) if product.group else None


def _told(product: WorkProduct, readers: Readers | None) -> str:
    """What the choice means, in words."""
    if product.shared_with == Shared.NOBODY or readers is None:
        return "Opgeslagen. Alleen jij leest dit stuk."
    if product.shared_with == Shared.GROUP:
        return "Gedeeld. De groep en je begeleider lezen het stuk zoals het nu is."
    if not readers.partners:
        return "Opgeslagen. Heb je een duo, dan leest die het stuk zoals het nu is."
    return f"Gedeeld met {' en '.join(readers.partners)}. Zij lezen het stuk zoals het nu is."


def _ask(
    request: HttpRequest, user: User, product: WorkProduct, *, wrong: str = "", chosen: str = "", status: int = 200
) -> HttpResponseBase:
    stands = own_sharing(user).get(product.pk)
    context = {
        "product": product,
        "sheet": sheet_of_product(product),
        "readers": _readers(user, product),
        "stands": stands,
        "choices": Shared,
        "chosen": chosen or (stands.shared_with if stands else Shared.NOBODY),
        "wrong": wrong,
    }
    return render(request, "leadership/share.html", context, status=status)


@require_GET
@login_required
@never_cache
def shared(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """What others in a group share with who looks; what for a duo, only for who takes part."""
    user, group = inside(request, group_id)
    found, text = shared_products(user, group), group.programme.text
    given = {review.product_id: review for review in reviews_by(user, group)}
    listed = [
        (product, text.templates[product.template], given.get(product.id))
        for product in found
        if product.template in text.templates
    ]
    context = {
        "group": group,
        "takes_part": takes_part(user, group),
        "partners": partners_of(user, group),
        "of_partners": [one for one in listed if one[0].is_of_partner],
        "of_others": [one for one in listed if not one[0].is_of_partner],
        "earlier": [
            (review, text.templates[review.template])
            for review in given.values()
            if review.template in text.templates and review.product_id not in {product.id for product in found}
        ],
        "questions": text.peer_questions,
    }
    return render(request, "leadership/shared.html", context)
