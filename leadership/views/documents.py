"""A product to read, print and take along: for its author. What is shared, others read at its own address."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leadership.documents import KINDS
from leadership.models import WorkProduct
from leadership.queries import products_of
from leadership.sheet import Sheet, sheet_of_product
from leadership.views.whose import who
from people.models import User


def _own(request: HttpRequest, product_id: int) -> tuple[User, WorkProduct, Sheet]:
    """Someone's own product, of a group that ended too; for anybody else it is not there.

    Nor is one whose form left the programme: what was typed in it is in the export of its author.
    """
    user = who(request)
    product = get_object_or_404(products_of(user), pk=product_id)
    sheet = sheet_of_product(product)
    if sheet is None:
        raise Http404
    return user, product, sheet


@require_GET
@login_required
@never_cache
def product(request: HttpRequest, product_id: int) -> HttpResponseBase:
    """To read and to print, and the way to the files."""
    _, found, sheet = _own(request, product_id)
    return render(request, "leadership/product.html", {"product": found, "sheet": sheet})


@require_GET
@login_required
@never_cache
def document(request: HttpRequest, product_id: int, ending: str) -> HttpResponseBase:
    """As PDF or for Word; '?naam=ja' puts the name of its author on it."""
    user, _, sheet = _own(request, product_id)
    if ending not in KINDS:
        raise Http404
    kind, make = KINDS[ending]
    if request.GET.get("naam") == "ja":
        sheet = sheet.by(str(user))
    response = HttpResponse(make(sheet), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{sheet.file_name(ending)}"'
    return response
