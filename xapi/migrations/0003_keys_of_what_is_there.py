"""Statements that are there already get their keys, their place in the order, and what the store adds to each."""

from django.db import migrations

from xapi.core.keys import keys_of
from xapi.core.lifecycle import completed
from xapi.core.versions import Version
from xapi.models import LAST, TIE_BITS, seq_at

MANY = 500


def give_keys(apps, schema_editor):
    Statement = apps.get_model("xapi", "Statement")
    Related = apps.get_model("xapi", "Related")
    last, after = 0, 0
    while rows := list(Statement.objects.filter(seq__gt=after, verb_key=0).order_by("seq")[:MANY]):
        related = []
        for row in rows:
            after = row.seq
            whole = completed(row.document, stored=row.stored, authority=None, version=Version.V1)
            keys = keys_of(whole)
            last = max(seq_at(row.stored), last + (1 << TIE_BITS))
            assert after < last < LAST
            Statement.objects.filter(pk=row.pk).update(
                seq=last,
                agent_key=keys.agent,
                verb_key=keys.verb,
                activity_key=keys.activity,
                context_key=keys.context,
                document=whole,
            )
            related += [Related(key=key, role=role, statement_id=last) for key, role in keys.related]
        Related.objects.bulk_create(related)


class Migration(migrations.Migration):
    dependencies = [("xapi", "0002_record_store")]

    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True)]
