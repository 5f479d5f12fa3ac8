"""Reports, their readers, rhythms and chapters; a frozen one stays as it is."""

import core.fields
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels

# A frozen report stays as it is; its PDF may be filled in, once, and a partner that turns out to be
# another takes its reports along.
FROZEN = """
CREATE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL AND (
        TG_OP = 'DELETE'
        OR (OLD.pdf_sha256 <> ''
            AND to_jsonb(NEW) - 'partner_id' IS DISTINCT FROM to_jsonb(OLD) - 'partner_id')
        OR ROW(NEW.snapshot, NEW.checksum, NEW.frozen_at, NEW.frozen_by_id, NEW.plan_id,
               NEW.audience, NEW.title, NEW.period_start, NEW.period_end, NEW.previous_id,
               NEW.foreword, NEW.decisions_asked, NEW.outlook, NEW.neighbourhood_id,
               NEW.partner_id IS NULL)
           IS DISTINCT FROM
           ROW(OLD.snapshot, OLD.checksum, OLD.frozen_at, OLD.frozen_by_id, OLD.plan_id,
               OLD.audience, OLD.title, OLD.period_start, OLD.period_end, OLD.previous_id,
               OLD.foreword, OLD.decisions_asked, OLD.outlook, OLD.neighbourhood_id,
               OLD.partner_id IS NULL)
    ) THEN
        RAISE EXCEPTION 'Een bevroren rapport wordt niet gewijzigd.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reports_report_frozen BEFORE UPDATE OR DELETE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
"""


class Migration(migrations.Migration):

    replaces = [
        ('reports', '0001_initial'),
        ('reports', '0002_frozen_stays'),
        ('reports', '0003_pdf_size'),
        ('reports', '0004_readers'),
        ('reports', '0005_report_rhythms'),
        ('reports', '0006_variants_and_chapters'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('core', '0001_tables'),
        ('meetings', '0001_tables'),
        ('partners', '0001_tables'),
        ('plans', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='ChapterChoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='gemeente')),
                    ('variant', models.CharField(choices=[('kerngroep', 'Kerngroep'), ('college', 'College'), ('gemeenteraad', 'Gemeenteraad en publiek'), ('zonale-raad', 'Zonale veiligheidsraad'), ('partner', 'Eén partner: intern dossier'), ('partner-geven', 'Eén partner: om te geven'), ('wijk', 'Eén wijk: intern'), ('wijk-publiek', 'Eén wijk: voor de bewoners')], max_length=15, verbose_name='soort rapport')),
                    ('order', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None, verbose_name='volgorde')),
                    ('hidden', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='niet in het rapport')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('municipality', 'variant'), name='reports_chapterchoice_once'), models.CheckConstraint(condition=models.Q(('variant__in', ['kerngroep', 'college', 'gemeenteraad', 'zonale-raad', 'partner', 'partner-geven', 'wijk', 'wijk-publiek'])), name='reports_chapterchoice_known_variant')],
                },
            ),
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('pdf_work', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.outboxentry')),
                    ('pdf_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                    ('pdf_pages', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                    ('pdf_size', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='plans.plan', verbose_name='plan')),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='accounts.municipality', verbose_name='gemeente')),
                    ('audience', models.CharField(choices=[('kerngroep', 'Kerngroep'), ('college', 'College'), ('gemeenteraad', 'Gemeenteraad en publiek'), ('zonale raad', 'Zonale veiligheidsraad'), ('partner', 'Om aan de partner te geven')], max_length=12, verbose_name='voor wie')),
                    ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='partners.partner', verbose_name='partner')),
                    ('neighbourhood', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='accounts.neighbourhood', verbose_name='wijk')),
                    ('title', models.CharField(max_length=200, verbose_name='titel')),
                    ('period_start', models.DateField(verbose_name='van')),
                    ('period_end', models.DateField(verbose_name='tot en met')),
                    ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='reports.report', verbose_name='vorig rapport')),
                    ('foreword', core.fields.LongText(blank=True, max_length=4000, verbose_name='woord vooraf')),
                    ('decisions_asked', core.fields.LongText(blank=True, help_text='Eén beslissing per regel.', max_length=4000, verbose_name='gevraagde beslissingen')),
                    ('outlook', core.fields.LongText(blank=True, max_length=4000, verbose_name='vooruitblik')),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('snapshot', models.JSONField(blank=True, editable=False, null=True)),
                    ('checksum', models.CharField(blank=True, editable=False, max_length=64)),
                    ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('frozen_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pdf', models.FileField(blank=True, editable=False, upload_to='rapporten/%Y')),
                ],
                options={
                    'verbose_name': 'rapport',
                    'verbose_name_plural': 'rapporten',
                    'ordering': ['-period_end', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='reports_report_ends_after_start', violation_error_message='De einddatum ligt voor de begindatum.'), models.CheckConstraint(condition=models.Q(('audience__in', ['kerngroep', 'college', 'gemeenteraad', 'zonale raad', 'partner'])), name='reports_report_known_audience'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'kerngroep'), ('neighbourhood__isnull', True), ('partner__isnull', True)), models.Q(('audience', 'college'), ('neighbourhood__isnull', True), ('partner__isnull', True)), models.Q(('audience', 'gemeenteraad'), ('neighbourhood__isnull', True), ('partner__isnull', True)), models.Q(('audience', 'zonale raad'), ('neighbourhood__isnull', True), ('partner__isnull', True)), models.Q(('audience', 'kerngroep'), ('neighbourhood__isnull', True), ('partner__isnull', False)), models.Q(('audience', 'partner'), ('neighbourhood__isnull', True), ('partner__isnull', False)), models.Q(('audience', 'kerngroep'), ('neighbourhood__isnull', False), ('partner__isnull', True)), models.Q(('audience', 'gemeenteraad'), ('neighbourhood__isnull', False), ('partner__isnull', True)), _connector='OR'), name='reports_report_known_variant'), models.CheckConstraint(condition=models.Q(models.Q(('checksum', ''), ('frozen_at', None), ('snapshot', None)), models.Q(('frozen_at__isnull', False), ('snapshot__isnull', False), models.Q(('checksum', ''), _negated=True)), _connector='OR'), name='reports_report_frozen_has_snapshot')],
                },
            ),
            migrations.CreateModel(
                name='DomainRemark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='reports.report')),
                    ('domain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.domain')),
                    ('text', core.fields.LongText(blank=True, max_length=2000, verbose_name='opmerking')),
                ],
                options={
                    'ordering': ['domain__position'],
                    'constraints': [models.UniqueConstraint(fields=('report', 'domain'), name='reports_domainremark_once')],
                },
            ),
            migrations.CreateModel(
                name='Sending',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sendings', to='reports.report')),
                    ('on', models.DateField(help_text='Vandaag: meteen. Later: die dag om acht uur ’s ochtends.', verbose_name='op')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('sent_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('readers', models.PositiveIntegerField(default=0, editable=False)),
                    ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('sent_at', None)), fields=('report',), name='reports_sending_one_waits', violation_error_message='Dit rapport staat al klaar om te vertrekken.'), models.CheckConstraint(condition=models.Q(('sent_at', None), ('cancelled_at', None), _connector='OR'), name='reports_sending_sent_or_cancelled')],
                },
            ),
            migrations.CreateModel(
                name='TakenNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taken_notes', to='reports.report')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('report', 'by'), name='reports_takennote_once')],
                },
            ),
            migrations.CreateModel(
                name='ReaderRemark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reader_remarks', to='reports.report')),
                    ('section', models.CharField(max_length=40, verbose_name='deel')),
                    ('section_label', models.CharField(editable=False, max_length=200)),
                    ('text', core.fields.LongText(max_length=2000, verbose_name='opmerking')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('answer', core.fields.LongText(blank=True, max_length=2000, verbose_name='antwoord')),
                    ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('answered_at', models.DateTimeField(editable=False, null=True)),
                    ('resolution', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remark', to='meetings.resolution')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='reports_readerremark_answered_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='ReportResolution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resolution_links', to='reports.report')),
                    ('resolution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report_link', to='meetings.resolution')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='ReportRhythm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan', verbose_name='plan')),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='gemeente')),
                    ('audience', models.CharField(choices=[('kerngroep', 'Kerngroep'), ('college', 'College'), ('gemeenteraad', 'Gemeenteraad en publiek'), ('zonale raad', 'Zonale veiligheidsraad'), ('partner', 'Om aan de partner te geven')], max_length=12, verbose_name='voor wie')),
                    ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner', verbose_name='partner')),
                    ('neighbourhood', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.neighbourhood', verbose_name='wijk')),
                    ('weeks', models.PositiveSmallIntegerField(help_text='Gewoonlijk: kerngroep 8, college 26, gemeenteraad 52.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(105)], verbose_name='om de … weken')),
                    ('next_on', models.DateField(help_text='De dag waarop ze het rapport bespreken.', verbose_name='volgende keer')),
                    ('days_ahead', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='ontwerp … dagen vooraf')),
                    ('kept_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'rapport in de kalender',
                    'verbose_name_plural': 'rapporten in de kalender',
                    'ordering': ['next_on', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'municipality', 'audience', 'partner', 'neighbourhood'), name='reports_reportrhythm_once', nulls_distinct=False, violation_error_message='Dit soort rapport staat al in de kalender.'), models.CheckConstraint(condition=models.Q(('weeks__gte', 1)), name='reports_reportrhythm_some_weeks'), models.CheckConstraint(condition=models.Q(('audience__in', ['kerngroep', 'college', 'gemeenteraad', 'zonale raad', 'partner'])), name='reports_reportrhythm_known_audience'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'kerngroep'), ('neighbourhood__isnull', True), ('partner__isnull', True)), models.Q(('audience', 'college'), ('neighbourhood__isnull', True), ('partner__isnull', True)), models.Q(('audience', 'gemeenteraad'), ('neighbourhood__isnull', True), ('partner__isnull', True)), models.Q(('audience', 'zonale raad'), ('neighbourhood__isnull', True), ('partner__isnull', True)), models.Q(('audience', 'kerngroep'), ('neighbourhood__isnull', True), ('partner__isnull', False)), models.Q(('audience', 'partner'), ('neighbourhood__isnull', True), ('partner__isnull', False)), models.Q(('audience', 'kerngroep'), ('neighbourhood__isnull', False), ('partner__isnull', True)), models.Q(('audience', 'gemeenteraad'), ('neighbourhood__isnull', False), ('partner__isnull', True)), _connector='OR'), name='reports_reportrhythm_known_variant')],
                },
            ),
        ]),
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER reports_report_frozen ON reports_report;"
            "DROP FUNCTION reports_refuse_change();",
        ),
    ]
