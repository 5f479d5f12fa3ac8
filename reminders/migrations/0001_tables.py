"""Rules, what they told whom, and what went to the core group."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('reminders', '0001_reminders'),
        ('reminders', '0002_link_rules'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('core', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                    ('rule', models.CharField(max_length=40)),
                    ('subject_pk', models.BigIntegerField()),
                    ('due', models.DateField()),
                    ('offset', models.SmallIntegerField()),
                    ('rung', models.PositiveSmallIntegerField(choices=[(0, 'Verantwoordelijke'), (1, 'Vervanger'), (2, 'Coördinator'), (3, 'Aanspreekpunt van de partner'), (4, 'Punt voor de kerngroep')])),
                    ('occasion', models.CharField(max_length=120)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL)),
                    ('day', models.DateField()),
                    ('mail_from', models.DateField(null=True)),
                    ('digest_on', models.DateField(null=True)),
                    ('over_at', models.DateTimeField(null=True)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['due', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('over_at', None)), fields=['person', 'rule'], name='reminders_reminder_open'), models.Index(condition=models.Q(('over_at', None)), fields=['municipality'], name='reminders_reminder_here'), models.Index(fields=['person', 'digest_on'], name='reminders_reminder_digest')],
                    'constraints': [models.UniqueConstraint(fields=('occasion', 'person'), name='reminders_reminder_once'), models.CheckConstraint(condition=models.Q(('rung__in', [0, 1, 2, 3, 4])), name='reminders_reminder_known_rung')],
                },
            ),
            migrations.CreateModel(
                name='CoreGroupItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                    ('rule', models.CharField(max_length=40)),
                    ('subject_pk', models.BigIntegerField()),
                    ('due', models.DateField()),
                    ('text', models.CharField(blank=True, max_length=300)),
                    ('made_on', models.DateField()),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('outcome', models.CharField(blank=True, max_length=500, verbose_name='wat er besloten werd')),
                ],
                options={
                    'verbose_name': 'punt voor de kerngroep',
                    'verbose_name_plural': 'punten voor de kerngroep',
                    'ordering': ['due', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('rule', 'subject_pk', 'due'), name='reminders_coregroupitem_once'), models.CheckConstraint(condition=models.Q(('closed_by', None), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='reminders_coregroupitem_closed_with_outcome', violation_error_message='Zeg wat er besloten werd.')],
                },
            ),
            migrations.CreateModel(
                name='EngineRun',
                fields=[
                    ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='accounts.municipality')),
                    ('at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='RuleSetting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='gemeente')),
                    ('rule', models.CharField(max_length=40, verbose_name='regel')),
                    ('is_on', models.BooleanField(default=True, verbose_name='herinneren')),
                    ('before', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='dagen vooraf')),
                    ('after', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='dagen nadien')),
                    ('every', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='daarna om de … dagen')),
                    ('deputy_after', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='vervanger, na … dagen')),
                    ('coordinator_after', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='coördinator, na … dagen')),
                    ('contact_after', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='aanspreekpunt, na … dagen')),
                    ('core_group_after', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='kerngroep, na … dagen')),
                    ('may_mute', models.BooleanField(default=True, verbose_name='mensen mogen de mail afzetten')),
                ],
                options={
                    'verbose_name': 'regel',
                    'verbose_name_plural': 'regels',
                    'constraints': [models.UniqueConstraint(fields=('municipality', 'rule'), name='reminders_rulesetting_once')],
                },
            ),
            migrations.CreateModel(
                name='MailTimes',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mail_times', to='accounts.municipality', verbose_name='gemeente')),
                    ('quiet_from', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='stil vanaf (uur)')),
                    ('quiet_until', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='stil tot (uur)')),
                    ('workdays_only', models.BooleanField(default=True, help_text='Wat op een zaterdag, zondag of feestdag valt, komt op de volgende werkdag.', verbose_name='alleen op werkdagen')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('quiet_from__lte', 23), ('quiet_until__lte', 23)), name='reminders_mailtimes_hours', violation_error_message='Een uur ligt tussen 0 en 23.')],
                },
            ),
            migrations.CreateModel(
                name='LinkRules',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='link_rules', to='accounts.municipality', verbose_name='gemeente')),
                    ('is_on', models.BooleanField(default=False, help_text='Wie de link heeft, antwoordt zonder wachtwoord. Alleen over wat openbaar of intern is, of wat met een partner gedeeld is.', verbose_name='antwoorden via een link in de mail')),
                    ('with_second_step', models.BooleanField(default=False, help_text='Een link vraagt geen tweede stap: wie de mailbox kan lezen, kan antwoorden.', verbose_name='ook wie zich met een tweede stap aanmeldt')),
                    ('days', models.PositiveSmallIntegerField(default=7, help_text='Van 1 tot 14.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(14)], verbose_name='aantal dagen dat een link werkt')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('days__range', (1, 14))), name='reminders_linkrules_days', violation_error_message='Een link werkt van 1 tot 14 dagen.')],
                },
            ),
            migrations.CreateModel(
                name='DigestChoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='digest_choice', to=settings.AUTH_USER_MODEL)),
                    ('hour', models.PositiveSmallIntegerField(default=8, verbose_name='uur van de mail')),
                    ('muted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='geen mail over')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('hour__lte', 23)), name='reminders_digestchoice_hour', violation_error_message='Een uur ligt tussen 0 en 23.')],
                },
            ),
        ]),
    ]
