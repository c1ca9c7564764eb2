"""The record store. Prefix: /xapi/"""

from django.urls import path

from xapi import views

app_name = "xapi"
urlpatterns = [path("statements", views.statements, name="statements")]
