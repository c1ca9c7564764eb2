"""The leadership programme. Prefix: /programma/."""

from django.urls import path

from leadership.views import (
    documents,
    facilitate,
    form,
    groups,
    look_back,
    meetings,
    products,
    programme,
    reflections,
    reviews,
    sharing,
    versions,
    week,
)

app_name = "leadership"
urlpatterns = [
    path("", programme.home, name="home"),
    path("nieuw/", groups.new, name="new"),
    path("stukken/", products.products, name="products"),
    path("stuk/<int:product_id>/", documents.product, name="product"),
    path("stuk/<int:product_id>/stuk.<str:ending>", documents.document, name="document"),
    path("<int:group_id>/", programme.programme, name="programme"),
    path("<int:group_id>/agenda.ics", meetings.calendar, name="calendar"),
    path("<int:group_id>/agenda/<int:week>.ics", meetings.one_meeting, name="one_meeting"),
    path("<int:group_id>/begeleiden/", facilitate.facilitate, name="facilitate"),
    path("<int:group_id>/begeleiden/week/<int:number>/", facilitate.outline, name="outline"),
    path("<int:group_id>/begeleiden/week/<int:number>/open/", facilitate.open_now, name="open_week"),
    path("<int:group_id>/begeleiden/bijeenkomst/<int:week>/", meetings.plan, name="plan"),
    path("<int:group_id>/begeleiden/code/", facilitate.renew_code, name="renew_code"),
    path("<int:group_id>/begeleiden/beheer/", groups.manage, name="manage"),
    path("<int:group_id>/begeleiden/beheer/stop/", groups.end, name="end"),
    path("<int:group_id>/week/<int:number>/", week.week, name="week"),
    path("<int:group_id>/stuk/<slug:template>/", form.form, name="form"),
    path("<int:group_id>/stuk/<slug:template>/bewaar/", form.save, name="save"),
    path("<int:group_id>/stuk/<slug:template>/versies/", versions.versions, name="versions"),
    path("<int:group_id>/terugkijken/<int:week>/", reflections.reflection, name="reflection"),
    path("<int:group_id>/regio/", look_back.look_back, name="look_back"),
    path("<int:group_id>/gedeeld/", sharing.shared, name="shared"),
    path("<int:group_id>/gedeeld/<int:product_id>/", reviews.read, name="shared_product"),
    path("stuk/<int:product_id>/delen/", sharing.share, name="share"),
    path("stuk/<int:product_id>/antwoorden/", reviews.reviews, name="reviews"),
]
