"""Everything that someone made, of groups that ended too."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leadership.queries import groups_of, is_in_one, products_of
from leadership.views.whose import who
from leadership.weeks import Work


@require_GET
@login_required
@never_cache
def products(request: HttpRequest) -> HttpResponseBase:
    """One's own products, newest first; what lies in a group one takes part in can be worked on."""
    user = who(request)
    if not is_in_one(user):
        raise Http404
    made = products_of(user).order_by("-changed_at").prefetch_related("reviews")
    works = [Work(product.form, product) for product in made if product.form and product.values]
    return render(request, "leadership/products.html", {"works": works, "now_in": set(groups_of(user))})
