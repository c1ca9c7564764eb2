"""Accounts: the names are those by which allauth finds its pages, the addresses are ours. No prefix."""

from allauth.mfa.base.views import authenticate
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.generic import RedirectView

from people.views.account import account, end_sessions, with_account, with_passkey
from people.views.sign_in import SignIn

urlpatterns = [
    path("inloggen/", SignIn.as_view(), name="account_login"),
    path("inloggen/tweede-stap/", with_passkey(authenticate), name="mfa_authenticate"),
    path("inloggen/sleutel/", with_passkey(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("mijn/inloggen/", account, name="mfa_index"),
    path("mijn/inloggen/uit/", end_sessions, name="end_sessions"),
    path("mijn/inloggen/app/", with_account(app.activate_totp), name="mfa_activate_totp"),
    path("mijn/inloggen/app/weg/", with_account(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("mijn/inloggen/noodcodes/", with_account(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "mijn/inloggen/noodcodes/nieuw/",
        with_account(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("mijn/inloggen/sleutels/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("mijn/inloggen/sleutels/nieuw/", with_account(with_passkey(passkeys.add_webauthn)), name="mfa_add_webauthn"),
    path("mijn/inloggen/sleutels/<int:pk>/weg/", with_account(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
]
