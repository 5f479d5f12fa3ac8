"""Evaluations, their figures, participants and steps."""

import core.fields
import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('evaluations', '0001_evaluations'),
        ('evaluations', '0002_participant_asked_at'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('core', '0001_tables'),
        ('partners', '0001_tables'),
        ('plans', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='EvaluationRhythm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                    ('action', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.action')),
                    ('goal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.tacticalgoal')),
                    ('domain', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.domain')),
                    ('plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan')),
                    ('months', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(72)], verbose_name='om de … maanden')),
                    ('starts', models.DateField(verbose_name='eerste evaluatie op')),
                    ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verantwoordelijke')),
                    ('ended_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', False), ('domain__isnull', True), ('goal__isnull', True), ('plan__isnull', True)), models.Q(('action__isnull', True), ('domain__isnull', True), ('goal__isnull', False), ('plan__isnull', True)), models.Q(('action__isnull', True), ('domain__isnull', False), ('goal__isnull', True), ('plan__isnull', True)), models.Q(('action__isnull', True), ('domain__isnull', True), ('goal__isnull', True), ('plan__isnull', False)), _connector='OR'), name='evaluations_rhythm_of_one'), models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 72)), name='evaluations_rhythm_months', violation_error_message='Kies tussen 1 en 72 maanden.'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('action',), name='evaluations_rhythm_once_action', violation_error_message='Hiervoor loopt al een ritme.'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('goal',), name='evaluations_rhythm_once_goal', violation_error_message='Hiervoor loopt al een ritme.'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('domain',), name='evaluations_rhythm_once_domain', violation_error_message='Hiervoor loopt al een ritme.'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('plan',), name='evaluations_rhythm_once_plan', violation_error_message='Hiervoor loopt al een ritme.')],
                },
            ),
            migrations.CreateModel(
                name='Evaluation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='accounts.municipality', verbose_name='gemeente')),
                    ('action', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='plans.action')),
                    ('goal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='plans.tacticalgoal')),
                    ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='partners.agreement')),
                    ('domain', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='plans.domain')),
                    ('plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='plans.plan')),
                    ('kind', models.CharField(choices=[('tussentijds', 'Tussentijdse evaluatie'), ('halfweg', 'Evaluatie halfweg'), ('eind', 'Eindevaluatie')], default='tussentijds', max_length=15, verbose_name='soort')),
                    ('title', models.CharField(help_text='Wie deelneemt, ziet deze titel, ook bij een partner. Geen namen van personen.', max_length=200, verbose_name='titel')),
                    ('planned_on', models.DateField(validators=[django.core.validators.MinValueValidator(datetime.date(1950, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2200, 12, 31))], verbose_name='gepland op')),
                    ('status', models.CharField(choices=[('gepland', 'Gepland'), ('bezig', 'Bezig'), ('ter bespreking', 'Ter bespreking'), ('vastgesteld', 'Vastgesteld'), ('vervallen', 'Vervallen')], default='gepland', max_length=15, verbose_name='status')),
                    ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verantwoordelijke')),
                    ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='plaatsvervanger')),
                    ('rhythm', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='evaluations.evaluationrhythm')),
                    ('term', models.DateField(editable=False, null=True)),
                    ('agreed', core.fields.LongText(blank=True, max_length=4000, verbose_name='wat was afgesproken')),
                    ('happened', core.fields.LongText(blank=True, max_length=4000, verbose_name='wat gebeurde er')),
                    ('effect', core.fields.LongText(blank=True, max_length=4000, verbose_name='wat leverde het op')),
                    ('satisfaction', models.PositiveSmallIntegerField(blank=True, choices=[(1, '1 – helemaal niet tevreden'), (2, '2 – niet tevreden'), (3, '3 – gaat wel'), (4, '4 – tevreden'), (5, '5 – heel tevreden')], null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='tevredenheid van de partijen')),
                    ('satisfaction_word', models.CharField(blank=True, max_length=200, verbose_name='in een paar woorden')),
                    ('lessons', core.fields.LongText(blank=True, max_length=4000, verbose_name='lessen')),
                    ('judgement', models.CharField(blank=True, choices=[('verderzetten', 'Verderzetten'), ('bijsturen', 'Bijsturen'), ('stoppen', 'Stoppen')], max_length=15, verbose_name='oordeel')),
                    ('judgement_reason', core.fields.LongText(blank=True, max_length=2000, verbose_name='waarom')),
                    ('figures_begun', models.JSONField(editable=False, null=True)),
                    ('figures_established', models.JSONField(editable=False, null=True)),
                    ('established_on', models.DateField(editable=False, null=True, verbose_name='vastgesteld op')),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['planned_on', 'pk'],
                    'indexes': [models.Index(fields=['municipality', 'planned_on'], name='evaluations_planned_on')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', False), ('agreement__isnull', True), ('domain__isnull', True), ('goal__isnull', True), ('plan__isnull', True)), models.Q(('action__isnull', True), ('agreement__isnull', True), ('domain__isnull', True), ('goal__isnull', False), ('plan__isnull', True)), models.Q(('action__isnull', True), ('agreement__isnull', False), ('domain__isnull', True), ('goal__isnull', True), ('plan__isnull', True)), models.Q(('action__isnull', True), ('agreement__isnull', True), ('domain__isnull', False), ('goal__isnull', True), ('plan__isnull', True)), models.Q(('action__isnull', True), ('agreement__isnull', True), ('domain__isnull', True), ('goal__isnull', True), ('plan__isnull', False)), _connector='OR'), name='evaluations_evaluation_of_one', violation_error_message='Een evaluatie gaat over precies één ding.'), models.CheckConstraint(condition=models.Q(('kind__in', ['tussentijds', 'halfweg', 'eind'])), name='evaluations_evaluation_known_kind'), models.CheckConstraint(condition=models.Q(('status__in', ['gepland', 'bezig', 'ter bespreking', 'vastgesteld', 'vervallen'])), name='evaluations_evaluation_known_status'), models.CheckConstraint(condition=models.Q(('judgement__in', ['', 'verderzetten', 'bijsturen', 'stoppen'])), name='evaluations_evaluation_known_judgement'), models.CheckConstraint(condition=models.Q(('satisfaction', None), models.Q(('satisfaction__gte', 1), ('satisfaction__lte', 5)), _connector='OR'), name='evaluations_evaluation_satisfaction', violation_error_message='Tevredenheid is een cijfer van 1 tot 5.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'vastgesteld'), _negated=True), models.Q(models.Q(('judgement', ''), _negated=True), ('established_on__isnull', False)), _connector='OR'), name='evaluations_evaluation_established_judges', violation_error_message='Wie vaststelt, geeft een oordeel.'), models.CheckConstraint(condition=models.Q(('judgement', ''), models.Q(('judgement_reason', ''), _negated=True), _connector='OR'), name='evaluations_evaluation_judgement_says_why', violation_error_message='Zeg waarom je dit oordeelt.'), models.CheckConstraint(condition=models.Q(('deputy', None), models.Q(('deputy', models.F('responsible')), _negated=True), _connector='OR'), name='evaluations_evaluation_other_deputy', violation_error_message='De plaatsvervanger is iemand anders.'), models.UniqueConstraint(fields=('rhythm', 'term'), name='evaluations_evaluation_once_per_term'), models.UniqueConstraint(fields=('agreement', 'term'), name='evaluations_evaluation_once_per_agreement')],
                },
            ),
            migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='evaluations.evaluation')),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('text', models.CharField(max_length=300, verbose_name='vraag')),
                    ('answer', core.fields.LongText(blank=True, max_length=2000, verbose_name='antwoord')),
                ],
                options={
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='CalendarFeed',
                fields=[
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='calendar_feed', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
            ),
            migrations.CreateModel(
                name='Outcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='evaluations.evaluation')),
                    ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_outcomes', to='plans.planrevision')),
                    ('commitment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_outcomes', to='partners.commitment')),
                    ('stopped', models.BooleanField(default=False, verbose_name='stopgezet')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['made_at', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('commitment', None), ('revision__isnull', False), ('stopped', False)), models.Q(('commitment__isnull', False), ('revision', None), ('stopped', False)), models.Q(('commitment', None), ('revision', None), ('stopped', True)), _connector='OR'), name='evaluations_outcome_of_one'), models.UniqueConstraint(fields=('evaluation', 'revision'), name='evaluations_outcome_revision_once'), models.UniqueConstraint(fields=('evaluation', 'commitment'), name='evaluations_outcome_commitment_once'), models.UniqueConstraint(condition=models.Q(('stopped', True)), fields=('evaluation',), name='evaluations_outcome_stopped_once')],
                },
            ),
            migrations.CreateModel(
                name='Participant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='evaluations.evaluation')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='persoon')),
                    ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_parts', to='partners.partner', verbose_name='partner')),
                    ('satisfaction', models.PositiveSmallIntegerField(choices=[(1, '1 – helemaal niet tevreden'), (2, '2 – niet tevreden'), (3, '3 – gaat wel'), (4, '4 – tevreden'), (5, '5 – heel tevreden')], null=True, verbose_name='hoe tevreden ben je?')),
                    ('went_well', core.fields.LongText(blank=True, max_length=2000, verbose_name='wat ging goed?')),
                    ('should_change', core.fields.LongText(blank=True, max_length=2000, verbose_name='wat moet anders?')),
                    ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('answered_at', models.DateTimeField(editable=False, null=True)),
                ],
                options={
                    'ordering': ['partner__name', 'person__name', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('partner__isnull', False), ('person', None)), models.Q(('partner', None), ('person__isnull', False)), _connector='OR'), name='evaluations_participant_one', violation_error_message='Kies een persoon of een partner.'), models.CheckConstraint(condition=models.Q(('answered_at', None), models.Q(('answered_by__isnull', False), ('satisfaction__gte', 1), ('satisfaction__lte', 5)), _connector='OR'), name='evaluations_participant_answered'), models.UniqueConstraint(fields=('evaluation', 'person'), name='evaluations_participant_person_once', violation_error_message='Deze persoon neemt al deel.'), models.UniqueConstraint(fields=('evaluation', 'partner'), name='evaluations_participant_partner_once', violation_error_message='Deze partner neemt al deel.')],
                },
            ),
        ]),
    ]
