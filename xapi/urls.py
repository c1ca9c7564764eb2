"""The record store. Prefix: /xapi/"""

from django.urls import path

from xapi.resources import about, activities, agents, documents, profile, statements

app_name = "xapi"
urlpatterns = [
    path("about", about.view, name="about"),
    path("activities", activities.view, name="activities"),
    path("activities/profile", documents.activity_profile, name="activity_profile"),
    path("activities/state", documents.state, name="state"),
    path("agents", agents.view, name="agents"),
    path("agents/profile", documents.agent_profile, name="agent_profile"),
    path("profile", profile.view, name="profile"),
    path("statements", statements.view, name="statements"),
]
