"""History, outbox and what else every app stands on; Dutch search without accents."""

import core.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

from core.migrating import CreateModels

SEARCH_CONFIG = """
CREATE TEXT SEARCH CONFIGURATION dutch_plain (COPY = pg_catalog.dutch);
ALTER TEXT SEARCH CONFIGURATION dutch_plain
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
"""

# Erasing personal data later on asks for an explicit setting in its own transaction.
APPEND_ONLY = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('ivcentrum.erase', true) = 'on' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'De geschiedenis wordt niet gewijzigd (%).', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER core_logentry_append_only BEFORE UPDATE OR DELETE ON core_logentry
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""


class Migration(migrations.Migration):

    replaces = [
        ('core', '0001_initial'),
        ('core', '0002_search_and_history'),
        ('core', '0003_asked_pdfs'),
        ('core', '0004_receipt_of_one_person'),
        ('core', '0005_levels_of_asked_pdf'),
        ('core', '0006_work_that_waits'),
        ('core', '0007_outbox_place'),
        ('core', '0008_channel_of_history'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(
            SEARCH_CONFIG, "DROP TEXT SEARCH CONFIGURATION IF EXISTS dutch_plain"
        ),
        CreateModels([
            migrations.CreateModel(
                name='LogEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('actor_name', models.CharField(max_length=150, verbose_name='door')),
                    ('verb', models.CharField(max_length=60, verbose_name='handeling')),
                    ('subject', models.CharField(max_length=60, verbose_name='onderwerp')),
                    ('subject_label', models.CharField(blank=True, max_length=300)),
                    ('context', models.CharField(blank=True, max_length=60, verbose_name='hoort bij')),
                    ('changes', models.JSONField(default=list)),
                    ('reason', core.fields.LongText(blank=True, max_length=2000, verbose_name='reden')),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('happened_on', models.DateField(blank=True, null=True, verbose_name='gebeurd op')),
                    ('channel', models.CharField(blank=True, choices=[('link', 'via link uit de mail')], max_length=10)),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['subject', '-at'], name='core_logentry_subject'), models.Index(fields=['context', '-at'], name='core_logentry_context')],
                },
            ),
            migrations.CreateModel(
                name='Receipt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('token', models.UUIDField()),
                    ('made', models.CharField(max_length=60)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('by', 'token'), name='core_receipt_once_per_person')],
                },
            ),
            migrations.CreateModel(
                name='OutboxEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('queue', models.CharField(max_length=10)),
                    ('key', models.CharField(max_length=200, unique=True)),
                    ('payload', models.JSONField(default=dict)),
                    ('status', models.CharField(choices=[('queued', 'In de wachtrij'), ('sending', 'Bezig'), ('sent', 'Klaar'), ('unsure', 'Onzeker'), ('failed', 'Mislukt'), ('cancelled', 'Geannuleerd')], default='queued', max_length=10)),
                    ('stage', models.CharField(blank=True, max_length=80)),
                    ('priority', models.PositiveSmallIntegerField(default=5)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('deaths', models.PositiveSmallIntegerField(default=0)),
                    ('run_after', models.DateTimeField(default=django.utils.timezone.now)),
                    ('first_tried_at', models.DateTimeField(blank=True, null=True)),
                    ('lease_by', models.UUIDField(blank=True, null=True)),
                    ('lease_until', models.DateTimeField(blank=True, null=True)),
                    ('handed_over_at', models.DateTimeField(blank=True, null=True)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('last_error', models.CharField(blank=True, max_length=500)),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('municipality', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.municipality')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('status__in', ['queued', 'sending'])), fields=['queue', 'priority', 'run_after'], name='core_outbox_next'), models.Index(condition=models.Q(('queue', 'mail')), fields=['municipality', '-id'], name='core_outbox_mail_here'), models.Index(condition=models.Q(('status__in', ['failed', 'unsure'])), fields=['municipality'], name='core_outbox_troubled')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'sending', 'sent', 'unsure', 'failed', 'cancelled'])), name='core_outboxentry_known_status')],
                },
            ),
            migrations.CreateModel(
                name='OutboxPause',
                fields=[
                    ('service', models.CharField(max_length=20, primary_key=True, serialize=False)),
                    ('since', models.DateTimeField()),
                    ('until', models.DateTimeField()),
                    ('failures', models.PositiveSmallIntegerField(default=0)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                ],
            ),
            migrations.CreateModel(
                name='AskedPdf',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pdf_work', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.outboxentry')),
                    ('pdf_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                    ('pdf_pages', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                    ('pdf_size', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('subject', models.CharField(max_length=60)),
                    ('title', models.CharField(max_length=300, verbose_name='titel')),
                    ('snapshot', models.JSONField()),
                    ('levels', models.JSONField(default=dict)),
                    ('checksum', models.CharField(max_length=64)),
                    ('pdf', models.FileField(blank=True, editable=False, upload_to='gevraagd/%Y')),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('kept_until', models.DateTimeField()),
                ],
                options={
                    'ordering': ['-asked_at', '-pk'],
                    'indexes': [models.Index(fields=['kept_until'], name='core_askedpdf_kept_until')],
                    'constraints': [models.UniqueConstraint(fields=('asked_by', 'kind', 'subject', 'checksum'), name='core_askedpdf_once')],
                },
            ),
            migrations.CreateModel(
                name='Heartbeat',
                fields=[
                    ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                ],
            ),
        ]),
        migrations.RunSQL(
            APPEND_ONLY,
            "DROP TRIGGER core_logentry_append_only ON core_logentry;"
            "DROP FUNCTION core_refuse_change();",
        ),
    ]
