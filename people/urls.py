"""People: joining, signing in, this phone and 'Wie ziet wat?'. No prefix."""

from django.urls import path

from people.views import email_code, joining, own_data, pages, phone, pictures, roles, sign_in

app_name = "people"
urlpatterns = [
    path("inloggen/", sign_in.SignIn.as_view(), name="sign_in"),
    path("inloggen/code/", email_code.sign_in, name="sign_in_by_code"),
    path("inloggen/code/<uuid:code_id>/", email_code.enter, name="enter_email_code"),
    path("mijn/e-mail/", email_code.keep, name="keep_email"),
    path("bedrijf/", email_code.firm, name="firm"),
    path("uitloggen/", sign_in.sign_out, name="sign_out"),
    path("meedoen/", joining.enter_code, name="enter_code"),
    path("meedoen/<str:code>/", joining.join, name="join"),
    path("meedoen/<str:code>/wie/", joining.who_is_there, name="who_is_there"),
    path("kaart/<str:token>/", pictures.card, name="card"),
    path("plaatjes/", pictures.pictures, name="pictures"),
    path("plaatjes/kiezen/", pictures.choose, name="choose_pictures"),
    path("plaatjes/vergeten/", pictures.forgotten, name="pictures_forgotten"),
    path("mijn/groepen/", joining.groups, name="groups"),
    path("mijn/groepen/<int:cohort_id>/verlaten/", joining.leave, name="leave"),
    path("wie/", phone.who, name="who"),
    path("wie/wissen/", phone.forget_me, name="forget_me"),
    path("telefoon/", phone.hand_over, name="hand_over"),
    path("verder/<str:code>/", phone.take_over, name="take_over"),
    path("samenvoegen/", phone.merge, name="merge"),
    path("wie-ziet-wat/", pages.who_sees_what, name="who_sees_what"),
    path("mijn/gegevens/", own_data.show, name="own_data"),
    path("mijn/gegevens/alles/", own_data.read, name="read_own_data"),
    path("mijn/gegevens/bestand/", own_data.take_along, name="take_own_data"),
    path("mijn/gegevens/wissen/", own_data.erase, name="erase_me"),
    path("wie-keek/", pages.who_looked, name="who_looked"),
    path("docent/mensen/", roles.all_managed, name="roles"),
    path("docent/mensen/<int:organisation_id>/", roles.at, name="roles_at"),
    path("docent/mensen/<int:organisation_id>/uitnodigen/", roles.invite, name="invite_to_role"),
    path("docent/mensen/<int:organisation_id>/uitnodiging/<int:invite_id>/", roles.change_invite, name="change_invite"),
    path("docent/mensen/<int:organisation_id>/mens/<int:user_id>/", roles.person, name="role_person"),
    path("docent/mensen/<int:organisation_id>/groep/<int:cohort_id>/", roles.appoint, name="appoint_leader"),
    path("bericht/<int:notice_id>/gelezen/", pages.read_notice, name="read_notice"),
]
