"""People: signing in and 'Wie ziet wat?'. No prefix."""

from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("inloggen/", views.SignIn.as_view(), name="sign_in"),
    path("uitloggen/", views.sign_out, name="sign_out"),
    path("wie-ziet-wat/", views.who_sees_what, name="who_sees_what"),
    path("bericht/<int:notice_id>/gelezen/", views.read_notice, name="read_notice"),
]
