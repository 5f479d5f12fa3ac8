"""Meetings, their agenda and what was decided."""

import core.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('meetings', '0001_initial'),
        ('meetings', '0002_points_on_the_agenda'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('core', '0001_tables'),
        ('partners', '0001_tables'),
        ('plans', '0001_tables'),
        ('reminders', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='accounts.municipality', verbose_name='gemeente')),
                    ('body', models.CharField(choices=[('kerngroep', 'Kerngroep'), ('college', 'College'), ('gemeenteraad', 'Gemeenteraad'), ('zonale raad', 'Zonale veiligheidsraad')], max_length=15, verbose_name='wie kwam samen')),
                    ('number', models.CharField(max_length=40, verbose_name='nummer')),
                    ('on', models.DateField(verbose_name='datum')),
                    ('present', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='aantal aanwezigen')),
                    ('agenda', core.fields.LongText(blank=True, help_text='Eén punt per regel.', max_length=4000, verbose_name='agenda')),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('municipality', 'body', 'number'), name='meetings_meeting_number_once', violation_error_message='Er is al een overleg met dit nummer.'), models.CheckConstraint(condition=models.Q(('body__in', ['kerngroep', 'college', 'gemeenteraad', 'zonale raad'])), name='meetings_meeting_known_body')],
                },
            ),
            migrations.CreateModel(
                name='Resolution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='accounts.municipality', verbose_name='gemeente')),
                    ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='meetings.meeting', verbose_name='overleg')),
                    ('body', models.CharField(choices=[('kerngroep', 'Kerngroep'), ('college', 'College'), ('gemeenteraad', 'Gemeenteraad'), ('zonale raad', 'Zonale veiligheidsraad')], max_length=15, verbose_name='wie besliste')),
                    ('kind', models.CharField(choices=[('beslissing', 'Beslissing'), ('actiepunt', 'Actiepunt'), ('kennisname', 'Kennisname'), ('opmerking', 'Opmerking')], default='beslissing', max_length=15, verbose_name='soort')),
                    ('on', models.DateField(verbose_name='datum')),
                    ('number', models.CharField(blank=True, help_text='Zoals in de notulen; leeg als er geen is.', max_length=60, verbose_name='nummer van het besluit')),
                    ('text', core.fields.LongText(max_length=1000, verbose_name='wat')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='partners.partner', verbose_name='wie doet het')),
                    ('due', models.DateField(blank=True, null=True, verbose_name='tegen')),
                    ('status', models.CharField(blank=True, choices=[('open', 'Open'), ('uitgevoerd', 'Uitgevoerd'), ('vervallen', 'Vervallen')], max_length=12, verbose_name='stand')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='klaar op')),
                    ('outcome', core.fields.LongText(blank=True, max_length=1000, verbose_name='wat ervan kwam')),
                    ('confidentiality', models.CharField(choices=[('openbaar', 'Openbaar'), ('intern', 'Intern'), ('partners', 'Partners'), ('beperkt', 'Beperkt'), ('vertrouwelijk', 'Vertrouwelijk')], default='intern', max_length=15, verbose_name='vertrouwelijkheid')),
                    ('actions', models.ManyToManyField(blank=True, related_name='resolutions', to='plans.action', verbose_name='acties')),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                    'indexes': [models.Index(fields=['municipality', 'status', 'due'], name='meetings_re_municip_1ab55e_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('body__in', ['kerngroep', 'college', 'gemeenteraad', 'zonale raad'])), name='meetings_resolution_known_body'), models.CheckConstraint(condition=models.Q(('confidentiality__in', ['openbaar', 'intern', 'partners', 'beperkt', 'vertrouwelijk'])), name='meetings_resolution_known_level'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['actiepunt', 'beslissing']), ('status__in', ['open', 'uitgevoerd', 'vervallen'])), models.Q(('due', None), ('kind__in', ['kennisname', 'opmerking']), ('owner', None), ('status', '')), _connector='OR'), name='meetings_resolution_followed_by_kind', violation_error_message='Een kennisname of opmerking heeft geen uitvoerder en geen einddatum. Kies ‘Beslissing’ of ‘Actiepunt’ als iemand iets moet doen.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('status__in', ['', 'open'])), models.Q(('closed_on__isnull', False), ('status__in', ['uitgevoerd', 'vervallen'])), _connector='OR'), name='meetings_resolution_closed_on_a_day'), models.CheckConstraint(condition=models.Q(('due', None), ('due__gte', models.F('on')), _connector='OR'), name='meetings_resolution_due_after_day', violation_error_message='De einddatum ligt voor de dag van de beslissing.')],
                },
            ),
            migrations.CreateModel(
                name='AgendaItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda_items', to='meetings.meeting')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='reminders.coregroupitem')),
                    ('resolution', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_item', to='meetings.resolution')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['item__due', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'item'), name='meetings_agendaitem_once')],
                },
            ),
        ]),
    ]
