"""Plans, their domains and actions, and what is shared of those."""

import core.fields
import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('plans', '0001_initial'),
        ('plans', '0002_year_themes_and_related_plans_edited'),
        ('plans', '0003_notes_and_referrals'),
        ('plans', '0004_shares'),
        ('plans', '0005_action_commitments'),
        ('plans', '0006_domain_partners_and_good_practices'),
        ('plans', '0007_contact_per_domain'),
        ('plans', '0008_share_warned_by_rule'),
        ('plans', '0009_update_channel'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('core', '0001_tables'),
        ('partners', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Plan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('code', models.SlugField(max_length=30, unique=True, verbose_name='code')),
                    ('kind', models.CharField(choices=[('IVP', 'Integraal veiligheidsplan'), ('ZVP', 'Zonaal veiligheidsplan'), ('ANDER', 'Ander plan')], default='IVP', max_length=10, verbose_name='soort')),
                    ('title', models.CharField(max_length=200, verbose_name='titel')),
                    ('short_title', models.CharField(blank=True, max_length=80, verbose_name='korte titel')),
                    ('edition', models.PositiveSmallIntegerField(default=1, verbose_name='editie')),
                    ('predecessor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='plans.plan', verbose_name='voorganger in dit systeem')),
                    ('predecessor_title', models.CharField(blank=True, max_length=200, verbose_name='vorige editie')),
                    ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='accounts.zone', verbose_name='zone')),
                    ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='accounts.municipality', verbose_name='gemeente')),
                    ('motto', models.CharField(blank=True, max_length=200, verbose_name='motto')),
                    ('starts', models.DateField(verbose_name='begint')),
                    ('ends', models.DateField(verbose_name='eindigt')),
                    ('steering_body', models.CharField(blank=True, max_length=200, verbose_name='sturend orgaan')),
                    ('mandate', models.CharField(blank=True, max_length=300, verbose_name='mandaat')),
                    ('mandate_date', models.DateField(blank=True, null=True, verbose_name='datum van het mandaat')),
                    ('legal_status', models.CharField(blank=True, max_length=200, verbose_name='juridisch statuut')),
                    ('confidentiality', models.CharField(choices=[('openbaar', 'Openbaar'), ('intern', 'Intern'), ('partners', 'Partners'), ('beperkt', 'Beperkt'), ('vertrouwelijk', 'Vertrouwelijk')], default='intern', max_length=15, verbose_name='vertrouwelijkheid')),
                    ('status', models.CharField(choices=[('concept', 'Concept'), ('ontwerp', 'Ontwerp'), ('in bespreking', 'In bespreking'), ('eindredactie', 'Eindredactie'), ('goedgekeurd', 'Goedgekeurd'), ('lopend', 'Lopend'), ('afgesloten', 'Afgesloten'), ('gearchiveerd', 'Gearchiveerd')], default='concept', max_length=20, verbose_name='status')),
                    ('adopted_on', models.DateField(blank=True, editable=False, null=True, verbose_name='goedgekeurd op')),
                    ('version_label', models.CharField(default='0.1', editable=False, max_length=10, verbose_name='versie')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['-starts', 'title'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='plans_plan_ends_after_start', violation_error_message='De einddatum ligt voor de begindatum.'), models.CheckConstraint(condition=models.Q(('status__in', ['concept', 'ontwerp', 'in bespreking', 'eindredactie', 'goedgekeurd', 'lopend', 'afgesloten', 'gearchiveerd'])), name='plans_plan_known_status'), models.CheckConstraint(condition=models.Q(('confidentiality__in', ['openbaar', 'intern', 'partners', 'beperkt', 'vertrouwelijk'])), name='plans_plan_known_level'), models.CheckConstraint(condition=models.Q(('adopted_on__isnull', False), ('status__in', frozenset(['concept', 'in bespreking', 'ontwerp', 'eindredactie'])), _connector='OR'), name='plans_plan_adopted_has_date', violation_error_message='Een goedgekeurd plan heeft een goedkeuringsdatum.'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('id')), _negated=True), name='plans_plan_not_own_predecessor', violation_error_message='Een plan volgt niet op zichzelf.')],
                },
            ),
            migrations.CreateModel(
                name='PlanUserPermission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                    ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='plans.plan')),
                ],
                options={
                    'unique_together': {('user', 'permission', 'content_object')},
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PlanSection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plans.plan')),
                    ('position', models.PositiveIntegerField(default=0, editable=False, verbose_name='volgorde')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('title', models.CharField(max_length=200, verbose_name='titel')),
                    ('body', core.fields.LongText(blank=True, max_length=20000, verbose_name='tekst')),
                ],
                options={
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Principle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plans.plan')),
                    ('position', models.PositiveIntegerField(default=0, editable=False, verbose_name='volgorde')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('code', models.CharField(max_length=10, verbose_name='code')),
                    ('title', models.CharField(max_length=120, verbose_name='titel')),
                    ('text', core.fields.LongText(blank=True, max_length=1000, verbose_name='uitleg')),
                ],
                options={
                    'ordering': ['position', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'code'), name='plans_principle_code_once', violation_error_message='Deze code bestaat al in dit plan.')],
                },
            ),
            migrations.CreateModel(
                name='YearTheme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='year_themes', to='plans.plan')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='jaar')),
                    ('title', models.CharField(max_length=120, verbose_name='jaarthema')),
                    ('focus', models.CharField(blank=True, max_length=200, verbose_name='accent')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['year'],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'year'), name='plans_yeartheme_once', violation_error_message='Dit jaar heeft al een thema.')],
                },
            ),
            migrations.CreateModel(
                name='RelatedPlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='related_plans', to='plans.plan')),
                    ('code', models.CharField(max_length=20, verbose_name='code')),
                    ('name', models.CharField(max_length=150, verbose_name='naam')),
                    ('subject', models.CharField(blank=True, max_length=300, verbose_name='onderwerp')),
                    ('steering', models.CharField(blank=True, max_length=200, verbose_name='sturing')),
                    ('territory', models.CharField(blank=True, max_length=200, verbose_name='grondgebied')),
                    ('cycle', models.CharField(blank=True, max_length=60, verbose_name='cyclus')),
                    ('from_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='van')),
                    ('to_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tot')),
                    ('obligation', models.CharField(blank=True, max_length=60, verbose_name='verplichting')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'code'), name='plans_relatedplan_code_once', violation_error_message='Deze code bestaat al in dit plan.')],
                },
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='plans.plan')),
                    ('body', models.CharField(max_length=150, verbose_name='orgaan')),
                    ('on', models.DateField(verbose_name='datum')),
                    ('number', models.CharField(max_length=60, verbose_name='nummer')),
                    ('outcome', models.CharField(max_length=150, verbose_name='uitkomst')),
                ],
                options={
                    'ordering': ['on', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='plans_decision_number_once', violation_error_message='Dit besluit is al vastgelegd.')],
                },
            ),
            migrations.CreateModel(
                name='PlanRevision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='plans.plan')),
                    ('version_label', models.CharField(max_length=10, verbose_name='versie')),
                    ('reason', models.CharField(choices=[('veranderende fenomenen', 'Veranderende fenomenen'), ('andere plannen', 'Andere plannen met een eigen cyclus'), ('politieke heroriëntatie', 'Politieke heroriëntatie'), ('bereidheid en motivatie', 'Bereidheid en motivatie van partners'), ('personeel', 'Personeel en middelen'), ('haalbaarheid', 'Haalbaarheid en timing'), ('rechtzetting', 'Rechtzetting van een fout')], max_length=40, verbose_name='reden')),
                    ('decision', models.CharField(max_length=60, verbose_name='besluit')),
                    ('decided_on', models.DateField(verbose_name='datum van het besluit')),
                    ('text', core.fields.LongText(blank=True, max_length=2000, verbose_name='toelichting')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['-decided_on', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['veranderende fenomenen', 'andere plannen', 'politieke heroriëntatie', 'bereidheid en motivatie', 'personeel', 'haalbaarheid', 'rechtzetting'])), name='plans_planrevision_known_reason')],
                },
            ),
            migrations.CreateModel(
                name='PlanVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='plans.plan')),
                    ('label', models.CharField(max_length=10, verbose_name='versie')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='toelichting')),
                    ('snapshot', models.JSONField()),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['-made_at', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'label'), name='plans_planversion_label_once', violation_error_message='Deze versie bestaat al.')],
                },
            ),
            migrations.CreateModel(
                name='Domain',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='plans.plan')),
                    ('position', models.PositiveIntegerField(default=0, editable=False, verbose_name='volgorde')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                    ('title', models.CharField(max_length=150, verbose_name='titel')),
                    ('is_supporting', models.BooleanField(default=False, verbose_name='ondersteunend domein')),
                    ('problem', core.fields.LongText(blank=True, max_length=4000, verbose_name='probleemstelling')),
                    ('background', core.fields.LongText(blank=True, max_length=4000, verbose_name='context')),
                    ('balance_reason', core.fields.LongText(blank=True, max_length=1000, verbose_name='waarom een dimensie ontbreekt')),
                    ('revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='domains', to='plans.planrevision')),
                ],
                options={
                    'ordering': ['position', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='plans_domain_number_once', violation_error_message='Dit nummer bestaat al in dit plan.')],
                },
            ),
            migrations.CreateModel(
                name='DomainPartner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('domain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_partners', to='plans.domain')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='domains_named', to='partners.partner')),
                    ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='domains', to='partners.contactofficer', verbose_name='aanspreekpunt')),
                ],
                options={
                    'verbose_name': 'domein',
                    'verbose_name_plural': 'domeinen',
                    'constraints': [models.UniqueConstraint(fields=('domain', 'partner'), name='plans_domainpartner_once', violation_error_message='Deze partner staat al bij dit domein.')],
                },
            ),
            migrations.CreateModel(
                name='StrategicGoal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('domain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='plans.domain')),
                    ('text', core.fields.LongText(max_length=1000, verbose_name='strategische doelstelling')),
                    ('position', models.PositiveIntegerField(default=0, editable=False)),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='SubTheme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('domain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sub_themes', to='plans.domain')),
                    ('code', models.CharField(max_length=10, verbose_name='code')),
                    ('title', models.CharField(max_length=150, verbose_name='titel')),
                    ('why', core.fields.LongText(blank=True, max_length=2000, verbose_name='verantwoording')),
                    ('position', models.PositiveIntegerField(default=0, editable=False)),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sub_themes', to='plans.planrevision')),
                ],
                options={
                    'ordering': ['position', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('domain', 'code'), name='plans_subtheme_code_once', violation_error_message='Deze code bestaat al in dit domein.')],
                },
            ),
            migrations.CreateModel(
                name='TacticalGoal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('sub_theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='plans.subtheme')),
                    ('text', core.fields.LongText(max_length=1000, verbose_name='tactische doelstelling')),
                    ('position', models.PositiveIntegerField(default=0, editable=False)),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Action',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='plans.plan')),
                    ('sub_theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='plans.subtheme', verbose_name='deelthema')),
                    ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='plans.tacticalgoal', verbose_name='tactische doelstelling')),
                    ('code', models.CharField(max_length=20, verbose_name='code')),
                    ('position', models.PositiveIntegerField(default=0, editable=False)),
                    ('title', models.CharField(max_length=200, verbose_name='titel')),
                    ('why', core.fields.LongText(blank=True, max_length=2000, verbose_name='waarom')),
                    ('how', core.fields.LongText(blank=True, max_length=4000, verbose_name='wat we doen')),
                    ('expected_result', core.fields.LongText(blank=True, max_length=1000, verbose_name='verwacht resultaat')),
                    ('dimension', models.CharField(choices=[('proactief', 'Proactief'), ('preventief', 'Preventief'), ('reactief', 'Reactief')], max_length=12, verbose_name='dimensie')),
                    ('reactive_kind', models.CharField(blank=True, choices=[('sanctionerend', 'Sanctionerend'), ('constructief', 'Constructief'), ('herstellend', 'Herstellend')], max_length=15, verbose_name='soort reactie')),
                    ('quick_win', models.BooleanField(default=False, verbose_name='quick win')),
                    ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('veiligheid', 'Veiligheid'), ('overlast', 'Overlast'), ('leefbaarheid', 'Leefbaarheid'), ('zelfredzaamheid', 'Zelfredzaamheid en burgerparticipatie')], max_length=20), blank=True, default=list, size=None, verbose_name="thema's")),
                    ('year_theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='plans.yeartheme', verbose_name='jaarthema')),
                    ('bbc_code', models.CharField(blank=True, max_length=30, verbose_name='BBC-code')),
                    ('chain', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), blank=True, default=list, size=None, verbose_name='keten')),
                    ('start', models.DateField(blank=True, null=True, verbose_name='begint')),
                    ('due', models.DateField(blank=True, null=True, verbose_name='eindigt')),
                    ('structural', models.BooleanField(default=False, verbose_name='doorlopend (structureel)')),
                    ('whole_territory', models.BooleanField(default=True, verbose_name='hele grondgebied')),
                    ('lead_partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_actions', to='partners.partner', verbose_name='trekker')),
                    ('lead_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_actions', to=settings.AUTH_USER_MODEL, verbose_name='verantwoordelijke')),
                    ('lead_answer', models.CharField(blank=True, choices=[('gevraagd', 'Nog niet aanvaard'), ('aanvaard', 'Aanvaard'), ('geweigerd', 'Geweigerd')], editable=False, max_length=10, verbose_name='antwoord van de trekker')),
                    ('lead_answer_reason', core.fields.LongText(blank=True, editable=False, max_length=1000, verbose_name='reden')),
                    ('lead_answered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('status', models.CharField(choices=[('idee', 'Idee'), ('voorgesteld', 'Voorgesteld'), ('goedgekeurd', 'Goedgekeurd'), ('gepland', 'Gepland'), ('lopend', 'Lopend'), ('opgeschort', 'Opgeschort'), ('gerealiseerd', 'Gerealiseerd'), ('gedeeltelijk gerealiseerd', 'Gedeeltelijk gerealiseerd'), ('stopgezet', 'Stopgezet'), ('verdaagd', 'Verdaagd naar volgende editie')], default='idee', max_length=30, verbose_name='status')),
                    ('light', models.CharField(blank=True, choices=[('groen', 'Op schema'), ('oranje', 'Aandacht'), ('rood', 'Vertraagd')], max_length=10, verbose_name='verkeerslicht')),
                    ('progress', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='voortgang')),
                    ('last_update_on', models.DateField(blank=True, null=True, verbose_name='laatst bijgewerkt')),
                    ('confidentiality', models.CharField(choices=[('openbaar', 'Openbaar'), ('intern', 'Intern'), ('partners', 'Partners'), ('beperkt', 'Beperkt'), ('vertrouwelijk', 'Vertrouwelijk')], default='intern', max_length=15, verbose_name='vertrouwelijkheid')),
                    ('revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='plans.planrevision')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('code', config='dutch_plain', weight='A'), '||', django.contrib.postgres.search.SearchVector('title', config='dutch_plain', weight='A'), django.contrib.postgres.search.SearchConfig('dutch_plain')), '||', django.contrib.postgres.search.SearchVector('how', config='dutch_plain', weight='B'), django.contrib.postgres.search.SearchConfig('dutch_plain')), '||', django.contrib.postgres.search.SearchVector('why', config='dutch_plain', weight='C'), django.contrib.postgres.search.SearchConfig('dutch_plain')), '||', django.contrib.postgres.search.SearchVector('expected_result', config='dutch_plain', weight='C'), django.contrib.postgres.search.SearchConfig('dutch_plain')), output_field=django.contrib.postgres.search.SearchVectorField())),
                    ('principles', models.ManyToManyField(blank=True, related_name='actions', to='plans.principle', verbose_name='bakens')),
                    ('related_plans', models.ManyToManyField(blank=True, related_name='actions', to='plans.relatedplan', verbose_name='draagt bij tot')),
                    ('practices', models.ManyToManyField(blank=True, related_name='actions', to='partners.goodpractice', verbose_name='gebaseerd op')),
                    ('neighbourhoods', models.ManyToManyField(blank=True, related_name='actions', to='accounts.neighbourhood', verbose_name='wijken')),
                ],
                options={
                    'verbose_name': 'actie',
                    'verbose_name_plural': 'acties',
                    'ordering': ['position', 'pk'],
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='plans_action_search'), models.Index(fields=['plan', 'status'], name='plans_action_plan_status')],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'code'), name='plans_action_code_once', violation_error_message='Deze code bestaat al in dit plan.'), models.CheckConstraint(condition=models.Q(('due', None), ('start', None), ('due__gte', models.F('start')), _connector='OR'), name='plans_action_due_after_start', violation_error_message='De einddatum ligt voor de begindatum.'), models.CheckConstraint(condition=models.Q(models.Q(('dimension', 'reactief'), models.Q(('reactive_kind', ''), _negated=True)), models.Q(models.Q(('dimension', 'reactief'), _negated=True), ('reactive_kind', '')), _connector='OR'), name='plans_action_reactive_kind', violation_error_message='Kies bij een reactieve actie de soort reactie, en alleen daar.'), models.CheckConstraint(condition=models.Q(('progress__lte', 100)), name='plans_action_progress_percent', violation_error_message='De voortgang ligt tussen 0 en 100 procent.'), models.CheckConstraint(condition=models.Q(('lead_partner__isnull', False), models.Q(('status__in', frozenset(['goedgekeurd', 'gerealiseerd', 'opgeschort', 'gedeeltelijk gerealiseerd', 'gepland', 'lopend'])), _negated=True), _connector='OR'), name='plans_action_has_lead', violation_error_message='Een goedgekeurde actie heeft een trekker.'), models.CheckConstraint(condition=models.Q(models.Q(('lead_answer', 'geweigerd'), _negated=True), models.Q(('lead_answer_reason', ''), _negated=True), _connector='OR'), name='plans_action_decline_has_reason', violation_error_message='Wie weigert, geeft een reden.'), models.CheckConstraint(condition=models.Q(('status__in', ['idee', 'voorgesteld', 'goedgekeurd', 'gepland', 'lopend', 'opgeschort', 'gerealiseerd', 'gedeeltelijk gerealiseerd', 'stopgezet', 'verdaagd'])), name='plans_action_known_status'), models.CheckConstraint(condition=models.Q(('light__in', ['', 'groen', 'oranje', 'rood'])), name='plans_action_known_light'), models.CheckConstraint(condition=models.Q(('dimension__in', ['proactief', 'preventief', 'reactief'])), name='plans_action_known_dimension'), models.CheckConstraint(condition=models.Q(('lead_answer__in', ['', 'gevraagd', 'aanvaard', 'geweigerd'])), name='plans_action_known_lead_answer')],
                },
            ),
            migrations.CreateModel(
                name='ActionUserPermission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                    ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='plans.action')),
                ],
                options={
                    'unique_together': {('user', 'permission', 'content_object')},
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ActionPartner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partner_roles', to='plans.action')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_roles', to='partners.partner', verbose_name='partner')),
                    ('role', models.CharField(choices=[('uitvoerder', 'Uitvoerder'), ('ondersteuner', 'Ondersteuner'), ('procesbegeleider', 'Procesbegeleider'), ('geinformeerd', 'Geïnformeerd')], max_length=20, verbose_name='rol')),
                ],
                options={
                    'verbose_name': 'actie waaraan hij meewerkt',
                    'verbose_name_plural': 'acties waaraan hij meewerkt',
                    'ordering': ['role', 'partner__name'],
                    'constraints': [models.UniqueConstraint(fields=('action', 'partner'), name='plans_actionpartner_once', violation_error_message='Deze partner doet al mee.'), models.CheckConstraint(condition=models.Q(('role__in', ['uitvoerder', 'ondersteuner', 'procesbegeleider', 'geinformeerd'])), name='plans_actionpartner_known_role')],
                },
            ),
        ]),
        migrations.AddField(
            model_name='action',
            name='partners',
            field=models.ManyToManyField(related_name='actions', through='plans.ActionPartner', to='partners.partner'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('confidentiality__in', ['openbaar', 'intern', 'partners', 'beperkt', 'vertrouwelijk'])), name='plans_action_known_level'),
        ),
        CreateModels([
            migrations.CreateModel(
                name='BudgetLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget_lines', to='plans.action')),
                    ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='jaar')),
                    ('source', models.CharField(choices=[('gemeente', 'Gemeente'), ('svpp', 'Strategisch veiligheids- en preventieplan'), ('subsidie', 'Subsidie'), ('partner', 'Partner')], max_length=10, verbose_name='bron')),
                    ('planned', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='gepland')),
                    ('committed', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='vastgelegd')),
                    ('spent', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='besteed')),
                ],
                options={
                    'ordering': ['year', 'source'],
                    'constraints': [models.UniqueConstraint(fields=('action', 'year', 'source'), name='plans_budgetline_once', violation_error_message='Er is al een lijn voor dit jaar en deze bron.'), models.CheckConstraint(condition=models.Q(('committed__gte', 0), ('planned__gte', 0), ('spent__gte', 0)), name='plans_budgetline_not_negative', violation_error_message='Een bedrag is nul of meer.'), models.CheckConstraint(condition=models.Q(('source__in', ['gemeente', 'svpp', 'subsidie', 'partner'])), name='plans_budgetline_known_source')],
                },
            ),
            migrations.CreateModel(
                name='ActionCommitment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitment_links', to='plans.action')),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='action_links', to='partners.commitment', verbose_name='engagement')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('action', 'commitment'), name='plans_actioncommitment_once', violation_error_message='Dit engagement hoort al bij deze actie.')],
                },
            ),
            migrations.CreateModel(
                name='Indicator',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='plans.action')),
                    ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='plans.strategicgoal')),
                    ('title', models.CharField(max_length=200, verbose_name='indicator')),
                    ('kind', models.CharField(choices=[('getal', 'Getal'), ('ja-nee', 'Ja of nee'), ('stappen', 'Stappen')], default='getal', max_length=10, verbose_name='soort')),
                    ('unit', models.CharField(blank=True, max_length=40, verbose_name='eenheid')),
                    ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='stappen')),
                    ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='nulmeting')),
                    ('baseline_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jaar van de nulmeting')),
                    ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='streefwaarde')),
                    ('target_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='streefjaar')),
                    ('source', models.CharField(blank=True, max_length=150, verbose_name='bron')),
                    ('position', models.PositiveIntegerField(default=0, editable=False)),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['position', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', False), ('goal', None)), models.Q(('action', None), ('goal__isnull', False)), _connector='OR'), name='plans_indicator_one_owner', violation_error_message='Een indicator hoort bij één actie of één doelstelling.'), models.CheckConstraint(condition=models.Q(('kind__in', ['getal', 'ja-nee', 'stappen'])), name='plans_indicator_known_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'stappen'), _negated=True), ('steps__len__gt', 0), _connector='OR'), name='plans_indicator_steps_named', violation_error_message='Geef bij een stappenindicator minstens één stap.')],
                },
            ),
            migrations.CreateModel(
                name='IndicatorValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='plans.indicator')),
                    ('on', models.DateField(verbose_name='datum')),
                    ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='waarde')),
                    ('source', models.CharField(blank=True, max_length=150, verbose_name='bron')),
                    ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['on', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('indicator', 'on'), name='plans_indicatorvalue_once', violation_error_message='Er is al een waarde op deze datum.')],
                },
            ),
            migrations.CreateModel(
                name='ActionNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='note_links', to='plans.action')),
                    ('note', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='action_link', to='partners.confidentialnote')),
                ],
            ),
            migrations.CreateModel(
                name='ActionReferral',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referral_links', to='plans.action')),
                    ('referral', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='action_link', to='partners.referral')),
                ],
            ),
            migrations.CreateModel(
                name='Share',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='plans.action')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='partners.partner', verbose_name='partner')),
                    ('text', core.fields.LongText(help_text='Wat vraag je, en wat moet de partner weten? Geen namen van personen.', max_length=2000, verbose_name='tekst voor de partner')),
                    ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('trekker', 'Trekkende organisatie'), ('periode', 'Begin- en einddatum'), ('status', 'Status'), ('resultaat', 'Verwacht resultaat'), ('wijken', 'Wijken')], max_length=20), blank=True, default=list, size=None, verbose_name='wat de partner nog ziet')),
                    ('purpose', models.CharField(help_text='Waarvoor heeft de partner dit nodig?', max_length=300, verbose_name='doel')),
                    ('ground', models.CharField(choices=[('geen persoonsgegevens', 'Er gaan geen persoonsgegevens mee'), ('algemeen belang', 'Taak van algemeen belang (art. 6.1.e AVG)'), ('wettelijke plicht', 'Wettelijke verplichting (art. 6.1.c AVG)'), ('toestemming', 'Toestemming van de betrokkene (art. 6.1.a AVG)'), ('overeenkomst', 'Uitvoering van een overeenkomst (art. 6.1.b AVG)')], max_length=30, verbose_name='rechtsgrond')),
                    ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('starts_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='vanaf')),
                    ('ends_at', models.DateTimeField(verbose_name='tot')),
                    ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='ingetrokken op')),
                    ('closed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('close_reason', core.fields.LongText(blank=True, editable=False, max_length=500, verbose_name='reden')),
                    ('answer', models.CharField(choices=[('gevraagd', 'Wacht op antwoord'), ('aanvaard', 'Aanvaard'), ('geweigerd', 'Geweigerd')], default='gevraagd', editable=False, max_length=15, verbose_name='antwoord')),
                    ('answer_reason', core.fields.LongText(blank=True, editable=False, max_length=1000, verbose_name='reden')),
                    ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('answered_at', models.DateTimeField(editable=False, null=True)),
                ],
                options={
                    'ordering': ['partner__name', '-starts_at'],
                    'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['partner', 'ends_at'], name='plans_share_running')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('action', 'partner'), name='plans_share_one_running', violation_error_message='Deze actie is al met deze partner gedeeld.'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(days=366))))), name='plans_share_at_most_a_year', violation_error_message='Deel hoogstens een jaar. Verlengen kan later.'), models.CheckConstraint(condition=models.Q(('ground__in', ['geen persoonsgegevens', 'algemeen belang', 'wettelijke plicht', 'toestemming', 'overeenkomst'])), name='plans_share_known_ground'), models.CheckConstraint(condition=models.Q(('answer__in', ['gevraagd', 'aanvaard', 'geweigerd'])), name='plans_share_known_answer'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'geweigerd'), _negated=True), models.Q(('answer_reason', ''), _negated=True), _connector='OR'), name='plans_share_declined_with_reason')],
                },
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='plans.action')),
                    ('file', models.FileField(upload_to='bijlagen/%Y/%m')),
                    ('name', models.CharField(max_length=150, verbose_name='naam')),
                    ('content_type', models.CharField(max_length=100)),
                    ('size', models.PositiveIntegerField(verbose_name='grootte in bytes')),
                    ('sha256', models.CharField(max_length=64)),
                    ('confidentiality', models.CharField(choices=[('openbaar', 'Openbaar'), ('intern', 'Intern'), ('partners', 'Partners'), ('beperkt', 'Beperkt'), ('vertrouwelijk', 'Vertrouwelijk')], default='intern', max_length=15, verbose_name='vertrouwelijkheid')),
                    ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('share', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='plans.share')),
                ],
                options={
                    'ordering': ['-uploaded_at'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('confidentiality__in', ['openbaar', 'intern', 'partners', 'beperkt', 'vertrouwelijk'])), name='plans_attachment_known_level')],
                },
            ),
            migrations.CreateModel(
                name='ActionGroupPermission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                    ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='plans.action')),
                ],
                options={
                    'unique_together': {('group', 'permission', 'content_object')},
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Contribution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='plans.share')),
                    ('done', core.fields.LongText(max_length=2000, verbose_name='wat is er gedaan?')),
                    ('next_step', core.fields.LongText(blank=True, max_length=1000, verbose_name='wat volgt er?')),
                    ('light', models.CharField(choices=[('groen', 'Op schema'), ('oranje', 'Aandacht'), ('rood', 'Vertraagd')], max_length=15, verbose_name='stand')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('light__in', ['groen', 'oranje', 'rood'])), name='plans_contribution_known_light')],
                },
            ),
            migrations.CreateModel(
                name='Update',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='plans.action')),
                    ('on', models.DateField(verbose_name='datum')),
                    ('done', core.fields.LongText(max_length=2000, verbose_name='wat is er gebeurd')),
                    ('next', core.fields.LongText(blank=True, max_length=1000, verbose_name='wat komt er nu')),
                    ('light', models.CharField(blank=True, choices=[('groen', 'Op schema'), ('oranje', 'Aandacht'), ('rood', 'Vertraagd')], max_length=10, verbose_name='verkeerslicht')),
                    ('progress', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='voortgang')),
                    ('cause', core.fields.LongText(blank=True, max_length=1000, verbose_name='oorzaak')),
                    ('consequence', core.fields.LongText(blank=True, max_length=1000, verbose_name='gevolg voor het doel')),
                    ('proposal', core.fields.LongText(blank=True, max_length=1000, verbose_name='voorstel')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by_name', models.CharField(max_length=150)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('channel', models.CharField(blank=True, choices=[('link', 'via link uit de mail')], editable=False, max_length=10)),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                    'indexes': [models.Index(fields=['action', '-on'], name='plans_update_action')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('light__in', frozenset(['oranje', 'rood'])), _negated=True), models.Q(models.Q(('cause', ''), _negated=True), models.Q(('consequence', ''), _negated=True), models.Q(('proposal', ''), _negated=True)), _connector='OR'), name='plans_update_explains_trouble', violation_error_message='Bij oranje of rood horen een oorzaak, een gevolg en een voorstel.'), models.CheckConstraint(condition=models.Q(('progress__lte', 100)), name='plans_update_progress_percent', violation_error_message='De voortgang ligt tussen 0 en 100 procent.'), models.CheckConstraint(condition=models.Q(('light__in', ['', 'groen', 'oranje', 'rood'])), name='plans_update_known_light')],
                },
            ),
        ]),
    ]
