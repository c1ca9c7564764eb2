from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "integrations"
    verbose_name = "Koppelingen"

    def ready(self) -> None:
        from integrations.lti.personal_data import register_integrations
        from integrations.lti.queries import platforms_told_about
        from integrations.queries import keys_of_organisation, stores_of_organisation
        from integrations.single_sign_on.doors import doors, linking
        from people.hanging import register_hanging
        from people.other_doors import register_doors
        from people.visibility import register_platforms

        register_integrations()
        register_platforms(platforms_told_about)
        register_hanging(keys_of_organisation)
        register_hanging(stores_of_organisation)
        register_doors(doors, linking)
