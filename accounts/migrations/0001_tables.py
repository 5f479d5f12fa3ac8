"""Zone, municipalities, people and their roles."""

import core.fields
import core.geo
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_neighbourhoods_on_a_map'),
        ('accounts', '0003_people_in_a_fixed_order'),
        ('accounts', '0004_borders_of_neighbourhoods'),
        ('accounts', '0005_neighbourhood_version'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Zone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=20, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='naam')),
                ],
            ),
            migrations.CreateModel(
                name='Municipality',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='municipalities', to='accounts.zone')),
                    ('code', models.SlugField(max_length=10, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=120, unique=True, verbose_name='naam')),
                    ('nis_code', models.CharField(blank=True, max_length=5, verbose_name='NIS-code')),
                    ('motto', models.CharField(blank=True, max_length=200, verbose_name='motto')),
                    ('colour', models.CharField(default='#0b5cad', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Geef een kleur zoals #14532d.')], verbose_name='huiskleur')),
                    ('logo', models.ImageField(blank=True, upload_to='logos', verbose_name='logo')),
                    ('has_facilities', models.BooleanField(default=False, verbose_name='faciliteitengemeente')),
                    ('about_civ', core.fields.LongText(blank=True, max_length=2000, verbose_name='over het centrum')),
                    ('opening_hours', models.CharField(blank=True, max_length=200, verbose_name='openingsuren')),
                ],
                options={
                    'verbose_name_plural': 'municipalities',
                    'ordering': ['name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('colour__regex', '^#[0-9a-fA-F]{6}$')), name='accounts_municipality_hex_colour', violation_error_message='Geef een kleur zoals #14532d.')],
                },
            ),
            migrations.CreateModel(
                name='Neighbourhood',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='neighbourhoods', to='accounts.municipality', verbose_name='gemeente')),
                    ('code', models.CharField(max_length=10, verbose_name='code')),
                    ('name', models.CharField(max_length=120, verbose_name='naam')),
                    ('sub_municipality', models.CharField(blank=True, max_length=120, verbose_name='deelgemeente')),
                    ('kind', models.CharField(blank=True, max_length=60, verbose_name='soort')),
                    ('inhabitants', models.PositiveIntegerField(blank=True, null=True, verbose_name='inwoners')),
                    ('is_focus', models.BooleanField(default=False, verbose_name='aandachtswijk')),
                    ('description', core.fields.LongText(blank=True, max_length=1000, verbose_name='beschrijving')),
                    ('map_x', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='plaats van links')),
                    ('map_y', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='plaats van boven')),
                ],
                options={
                    'ordering': ['code'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('map_x', None), ('map_y', None)), models.Q(('map_x__isnull', False), ('map_y__isnull', False)), _connector='OR'), name='accounts_neighbourhood_on_map_whole', violation_error_message='Geef beide plaatsen op de kaart, of geen.'), models.CheckConstraint(condition=models.Q(models.Q(('map_x', None), ('map_y', None)), models.Q(('map_x__lte', 1000), ('map_y__lte', 1000)), _connector='OR'), name='accounts_neighbourhood_on_map_inside', violation_error_message='Een plaats op de kaart is hoogstens 1000.'), models.UniqueConstraint(fields=('municipality', 'code'), name='accounts_neighbourhood_code_once', violation_error_message='Deze code bestaat al in deze gemeente.')],
                },
            ),
            migrations.CreateModel(
                name='Border',
                fields=[
                    ('neighbourhood', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='border', serialize=False, to='accounts.neighbourhood')),
                    ('shape', models.JSONField(validators=[core.geo.refuse_no_shape], verbose_name='grens')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('shape__type__in', ('Polygon', 'MultiPolygon'))), name='accounts_border_known_kind', violation_error_message='Een grens is een Polygon of MultiPolygon van GeoJSON.')],
                },
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mailadres')),
                    ('name', models.CharField(max_length=150, verbose_name='naam')),
                    ('is_active', models.BooleanField(default=True, verbose_name='actief')),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'ordering': ['name', 'pk'],
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='accounts_user_email_once', violation_error_message='Dit e-mailadres is al in gebruik.')],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.municipality', verbose_name='gemeente')),
                    ('role', models.CharField(choices=[('beheerder', 'Functioneel beheerder'), ('coordinator', 'Coördinator integrale veiligheid'), ('civ_medewerker', 'Medewerker CIV'), ('gemeenschapswacht', 'Gemeenschapswacht'), ('vaststeller', 'Gemeenschapswacht-vaststeller'), ('wijkwerking', 'Wijkwerking lokale politie'), ('kerngroep', 'Lid kerngroep'), ('schepen', 'Burgemeester of schepen'), ('dienst', 'Gemeentelijke dienst'), ('partner', 'Partner (extern)'), ('lezer', 'Lezer (raadslid, stagiair)')], max_length=20, verbose_name='rol')),
                    ('starts', models.DateField(default=django.utils.timezone.localdate, verbose_name='vanaf')),
                    ('ends', models.DateField(blank=True, null=True, verbose_name='tot en met')),
                    ('neighbourhoods', models.ManyToManyField(blank=True, related_name='+', to='accounts.neighbourhood', verbose_name='wijken')),
                ],
                options={
                    'ordering': ['municipality__name', 'role'],
                    'constraints': [models.UniqueConstraint(fields=('user', 'municipality', 'role', 'starts'), name='accounts_membership_once', violation_error_message='Deze persoon heeft die rol al vanaf die dag.'), models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='accounts_membership_ends_after_start', violation_error_message='De einddatum ligt voor de begindatum.'), models.CheckConstraint(condition=models.Q(('role__in', ['beheerder', 'coordinator', 'civ_medewerker', 'gemeenschapswacht', 'vaststeller', 'wijkwerking', 'kerngroep', 'schepen', 'dienst', 'partner', 'lezer'])), name='accounts_membership_known_role')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('expires_at', models.DateTimeField(verbose_name='geldig tot')),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ],
            ),
        ]),
    ]
