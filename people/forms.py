from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Signing in with a name and a password; says what to do when it fails."""

    error_messages = {
        "invalid_login": "Deze naam en dit wachtwoord horen niet bij elkaar. Kijk ze na en probeer opnieuw.",
        "inactive": "Dit account staat uit. Vraag je docent of je werk om hulp.",
    }
