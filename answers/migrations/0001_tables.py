"""Links in mails that lead to one answer."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('answers', '0001_answer_links'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('core', '0001_tables'),
        ('evaluations', '0001_tables'),
        ('plans', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='AnswerLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answer_links', to=settings.AUTH_USER_MODEL)),
                    ('purpose', models.CharField(max_length=40)),
                    ('action', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.action')),
                    ('share', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plans.share')),
                    ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='evaluations.participant')),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                    ('day', models.DateField()),
                    ('nonce', models.UUIDField(default=uuid.uuid4)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField(verbose_name='geldig tot')),
                    ('used_at', models.DateTimeField(null=True)),
                    ('used_with', models.UUIDField(null=True)),
                    ('made', models.BigIntegerField(null=True)),
                    ('revoked_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['-made_at', '-pk'],
                    'indexes': [models.Index(condition=models.Q(('revoked_at', None), ('used_at', None)), fields=['person'], name='answers_link_unspent')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('participant__isnull', True), ('purpose', 'actie-bijwerken'), ('share__isnull', True)), models.Q(('action__isnull', True), ('participant__isnull', True), ('purpose', 'deling-bijdrage')), models.Q(('action__isnull', True), ('purpose', 'evaluatie-mening'), ('share__isnull', True)), models.Q(('action__isnull', True), ('purpose', 'evaluatie-partner'), ('share__isnull', True)), _connector='OR'), models.Q(('action__isnull', False), models.Q(('purpose', 'actie-bijwerken'), _negated=True), _connector='OR')), name='answers_link_of_its_purpose'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=14))))), name='answers_link_at_most_two_weeks'), models.CheckConstraint(condition=models.Q(models.Q(('made', None), ('used_at', None), ('used_with', None)), models.Q(('made__isnull', False), ('used_at__isnull', False), ('used_with__isnull', False)), _connector='OR'), name='answers_link_used_once'), models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('person', 'purpose', 'action', 'day'), name='answers_link_one_a_day_action'), models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('person', 'purpose', 'share', 'day'), name='answers_link_one_a_day_share'), models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('person', 'purpose', 'participant', 'day'), name='answers_link_one_a_day_participant')],
                },
            ),
            migrations.CreateModel(
                name='AnswerUse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='answers.answerlink')),
                    ('outcome', models.CharField(choices=[('geopend', 'Geopend'), ('bewaard', 'Antwoord bewaard'), ('geweigerd', 'Geweigerd'), ('ingetrokken', 'Ingetrokken')], max_length=15)),
                    ('reason', models.CharField(blank=True, choices=[('gebruikt', 'al gebruikt'), ('ingetrokken', 'ingetrokken'), ('verlopen', 'verlopen'), ('account', 'account gestopt of wachtwoord gewijzigd'), ('uit', 'de gemeente laat geen antwoord via link toe'), ('tweede stap', 'deze persoon meldt zich aan met een tweede stap'), ('weg', 'wordt niet meer gevraagd, gedeeld of getoond aan deze persoon'), ('niveau', 'te vertrouwelijk voor een link'), ('recht', 'deze persoon mag dit niet meer doen')], max_length=15)),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['geopend', 'bewaard', 'geweigerd', 'ingetrokken']), ('reason__in', ['', 'gebruikt', 'ingetrokken', 'verlopen', 'account', 'uit', 'tweede stap', 'weg', 'niveau', 'recht'])), name='answers_use_known'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'geweigerd'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('outcome', 'geweigerd'), _negated=True), ('reason', '')), _connector='OR'), name='answers_use_refused_says_why')],
                },
            ),
        ]),
    ]
