"""The register, its competences, agreements, referrals, notes and sharing."""

import core.fields
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import partners.enterprise_number
import partners.models.contacts
import partners.models.referrals
import uuid
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels

# The logs of who opened a note and of what was shared stay as they were written; the function is
# that of the history.
APPEND_ONLY = """
CREATE TRIGGER partners_notereading_append_only BEFORE UPDATE OR DELETE ON partners_notereading
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER partners_sharingentry_append_only BEFORE UPDATE OR DELETE ON partners_sharingentry
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""


class Migration(migrations.Migration):

    replaces = [
        ('partners', '0001_initial'),
        ('partners', '0002_competences'),
        ('partners', '0003_notes_and_referrals'),
        ('partners', '0004_sharing'),
        ('partners', '0005_agreements'),
        ('partners', '0006_register_contacts_and_key_figures'),
        ('partners', '0007_engagement'),
        ('partners', '0008_officers_per_agreement_notice_and_referral_edits'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('core', '0001_tables'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='AgreementType',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_types', to='accounts.municipality', verbose_name='gemeente')),
                    ('code', models.CharField(max_length=10, verbose_name='code')),
                    ('name', models.CharField(max_length=150, verbose_name='naam')),
                    ('form', models.CharField(choices=[('convenant', 'Convenant'), ('protocol', 'Protocol'), ('overeenkomst', 'Overeenkomst'), ('charter', 'Charter'), ('werkafspraak', 'Werkafspraak')], max_length=15, verbose_name='vorm')),
                    ('default_term_months', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='gewone looptijd in maanden')),
                    ('evaluation_months', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='evaluatie om de … maanden')),
                    ('data_sharing', models.CharField(choices=[('ja', 'Ja'), ('beperkt', 'Beperkt'), ('nee', 'Nee')], default='nee', max_length=10, verbose_name='persoonsgegevens')),
                    ('legal_note', core.fields.LongText(blank=True, max_length=500, verbose_name='juridische opmerking')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['code'],
                    'constraints': [models.UniqueConstraint(fields=('municipality', 'code'), name='partners_agreementtype_code_once', violation_error_message='Deze code bestaat al in deze gemeente.'), models.CheckConstraint(condition=models.Q(('form__in', ['convenant', 'protocol', 'overeenkomst', 'charter', 'werkafspraak'])), name='partners_agreementtype_known_form'), models.CheckConstraint(condition=models.Q(('data_sharing__in', ['ja', 'beperkt', 'nee'])), name='partners_agreementtype_known_sharing')],
                },
            ),
            migrations.CreateModel(
                name='KeyFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='key_figures', to='accounts.municipality', verbose_name='gemeente')),
                    ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='key_figures', to='accounts.neighbourhood', verbose_name='wijk')),
                    ('function', models.CharField(max_length=150, verbose_name='functie')),
                    ('network', models.CharField(blank=True, max_length=200, verbose_name='netwerk')),
                    ('value', core.fields.LongText(blank=True, max_length=500, verbose_name='wat deze persoon ziet of kent')),
                    ('name', models.CharField(blank=True, max_length=150, verbose_name='naam')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mailadres')),
                    ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefoon')),
                    ('consent_on', models.DateField(verbose_name='toestemming op')),
                    ('consent_until', models.DateField(editable=False, verbose_name='toestemming tot en met')),
                    ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['neighbourhood__code', 'function', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('consent_until__gte', models.F('consent_on'))), name='partners_keyfigure_consent_ends_after_start', violation_error_message='De toestemming eindigt voor ze begint.'), models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('email', ''), ('name', ''), ('phone', '')), _connector='OR'), name='partners_keyfigure_erased_is_empty', violation_error_message='Zonder toestemming blijven er geen gegevens staan.')],
                },
            ),
            migrations.CreateModel(
                name='KeyFigureContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key_figure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='partners.keyfigure')),
                    ('on', models.DateField(verbose_name='datum')),
                    ('what', core.fields.LongText(help_text='Geen namen van anderen: wat speelt er?', max_length=1000, verbose_name='waarover')),
                    ('made_by_name', models.CharField(max_length=150)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='GoodPractice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='good_practices', to='accounts.municipality', verbose_name='gemeente')),
                    ('title', models.CharField(max_length=150, verbose_name='titel')),
                    ('source', models.CharField(max_length=200, verbose_name='bron')),
                    ('context', core.fields.LongText(max_length=1000, verbose_name='context')),
                    ('why', core.fields.LongText(max_length=1000, verbose_name='waarom het werkte')),
                    ('adapt', core.fields.LongText(blank=True, max_length=1000, verbose_name='wat je aanpast')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['title'],
                    'constraints': [models.UniqueConstraint(fields=('municipality', 'title'), name='partners_goodpractice_title_once', violation_error_message='Er is al een goede praktijk met deze titel.')],
                },
            ),
            migrations.CreateModel(
                name='Partner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='accounts.municipality', verbose_name='gemeente')),
                    ('code', models.SlugField(max_length=30, verbose_name='code')),
                    ('name', models.CharField(max_length=150, verbose_name='naam')),
                    ('kind', models.CharField(choices=[('gemeentelijke dienst', 'Gemeentelijke dienst'), ('bestuur', 'Bestuur'), ('politie', 'Politie'), ('justitie', 'Justitie'), ('intergemeentelijk', 'Intergemeentelijk'), ('lokaal welzijn', 'Lokaal welzijn'), ('welzijn en zorg', 'Welzijn en zorg'), ('huisvesting', 'Huisvesting'), ('onderwijs', 'Onderwijs'), ('openbaar vervoer', 'Openbaar vervoer'), ('wegbeheerder', 'Wegbeheerder'), ('nutsbedrijf', 'Nutsbedrijf'), ('hulpdienst', 'Hulpdienst'), ('ondernemers', 'Ondernemers'), ('bemiddeling en herstel', 'Bemiddeling en herstel'), ('inwoners', 'Inwoners'), ('hogere overheid', 'Hogere overheid'), ('andere', 'Andere')], max_length=30, verbose_name='soort')),
                    ('contact_name', models.CharField(blank=True, max_length=150, verbose_name='aanspreekpunt (functie)')),
                    ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mailadres')),
                    ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='telefoon')),
                    ('description', core.fields.LongText(blank=True, max_length=1000, verbose_name='wat doet deze partner')),
                    ('will_not', core.fields.LongText(blank=True, max_length=1000, verbose_name='wat doet deze partner niet')),
                    ('secrecy', models.CharField(blank=True, choices=[('beroepsgeheim', 'Beroepsgeheim (art. 458 Strafwetboek)'), ('ambtsgeheim', 'Ambtsgeheim'), ('discretieplicht', 'Discretieplicht'), ('geheim van onderzoek', 'Geheim van het onderzoek'), ('geen', 'Geen')], max_length=20, verbose_name='geheimhouding')),
                    ('mission', core.fields.LongText(blank=True, max_length=1000, verbose_name='opdracht')),
                    ('reference_frame', core.fields.LongText(blank=True, help_text='Vanuit welke waarden, woorden en regels deze partner werkt.', max_length=1500, verbose_name='referentiekader')),
                    ('territory', models.CharField(choices=[('gemeente', 'De hele gemeente'), ('zone', 'De hele politiezone of ruimer'), ('wijken', 'Enkele wijken')], default='gemeente', max_length=10, verbose_name='werkgebied')),
                    ('social_map_url', core.fields.SecureURL(blank=True, help_text='Bijvoorbeeld van desocialekaart.be.', max_length=300, verbose_name='adres op de sociale kaart')),
                    ('enterprise_number', models.CharField(blank=True, max_length=10, validators=[partners.enterprise_number.check], verbose_name='ondernemingsnummer')),
                    ('reachability', models.CharField(blank=True, help_text='Wanneer en hoe, bijvoorbeeld werkdagen van 9 tot 12 uur, niet op woensdag.', max_length=200, verbose_name='bereikbaar')),
                    ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='partners.partner', verbose_name='samengevoegd met')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='gearchiveerd op')),
                    ('group', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='partner', to='auth.group')),
                    ('neighbourhoods', models.ManyToManyField(blank=True, related_name='partners', to='accounts.neighbourhood', verbose_name='wijken')),
                ],
                options={
                    'verbose_name': 'partner',
                    'verbose_name_plural': 'partners',
                    'ordering': ['name'],
                    'constraints': [models.UniqueConstraint(fields=('municipality', 'code'), name='partners_partner_code_once', violation_error_message='Deze code bestaat al in deze gemeente.'), models.UniqueConstraint(fields=('municipality', 'name'), name='partners_partner_name_once', violation_error_message='Er is al een partner met deze naam.'), models.CheckConstraint(condition=models.Q(('kind__in', ['gemeentelijke dienst', 'bestuur', 'politie', 'justitie', 'intergemeentelijk', 'lokaal welzijn', 'welzijn en zorg', 'huisvesting', 'onderwijs', 'openbaar vervoer', 'wegbeheerder', 'nutsbedrijf', 'hulpdienst', 'ondernemers', 'bemiddeling en herstel', 'inwoners', 'hogere overheid', 'andere'])), name='partners_partner_known_kind'), models.CheckConstraint(condition=models.Q(('secrecy__in', ['', 'beroepsgeheim', 'ambtsgeheim', 'discretieplicht', 'geheim van onderzoek', 'geen'])), name='partners_partner_known_secrecy'), models.CheckConstraint(condition=models.Q(('territory__in', ['gemeente', 'zone', 'wijken'])), name='partners_partner_known_territory'), models.UniqueConstraint(condition=models.Q(('enterprise_number', ''), _negated=True), fields=('municipality', 'enterprise_number'), name='partners_partner_enterprise_number_once', violation_error_message='Er is al een partner met dit ondernemingsnummer.'), models.CheckConstraint(condition=models.Q(('enterprise_number', ''), ('enterprise_number__regex', '^[01][0-9]{9}$'), _connector='OR'), name='partners_partner_enterprise_number_digits', violation_error_message='Een ondernemingsnummer heeft tien cijfers.'), models.CheckConstraint(condition=models.Q(('social_map_url', ''), ('social_map_url__startswith', 'https://'), _connector='OR'), name='partners_partner_safe_social_map', violation_error_message='Geef een adres dat met https:// begint.'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('archived_at__isnull', False), models.Q(('merged_into', models.F('pk')), _negated=True)), _connector='OR'), name='partners_partner_merged_is_archived')],
                },
            ),
            migrations.CreateModel(
                name='PartnerNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='partners.partner')),
                    ('text', core.fields.LongText(max_length=2000, verbose_name='notitie')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'verbose_name': 'interne notitie',
                    'verbose_name_plural': 'interne notities',
                    'ordering': ['-made_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='PartnerMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='partners.partner')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partner_memberships', to=settings.AUTH_USER_MODEL, verbose_name='persoon')),
                    ('starts', models.DateField(default=django.utils.timezone.localdate, verbose_name='vanaf')),
                    ('ends', models.DateField(blank=True, null=True, verbose_name='tot en met')),
                    ('may_invite', models.BooleanField(default=False, help_text="Nodigt in de partnerruimte collega's van dezelfde organisatie uit.", verbose_name="nodigt collega's uit")),
                ],
                options={
                    'verbose_name': 'persoon',
                    'verbose_name_plural': 'mensen',
                    'ordering': ['user__name'],
                    'constraints': [models.UniqueConstraint(fields=('partner', 'user'), name='partners_partnermember_once', violation_error_message='Deze persoon hoort al bij deze partner.'), models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='partners_partnermember_ends_after_start', violation_error_message='De einddatum ligt voor de begindatum.')],
                },
            ),
        ]),
        migrations.AddField(
            model_name='partner',
            name='members',
            field=models.ManyToManyField(related_name='partners', through='partners.PartnerMember', to=settings.AUTH_USER_MODEL),
        ),
        CreateModels([
            migrations.CreateModel(
                name='ContactCorrection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='partners.partner')),
                    ('contact_name', models.CharField(blank=True, max_length=150, verbose_name='aanspreekpunt (functie)')),
                    ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mailadres')),
                    ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='telefoon')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_at', models.DateTimeField(editable=False, null=True)),
                    ('confirmed', models.BooleanField(editable=False, null=True)),
                ],
                options={
                    'ordering': ['-at'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('partner',), name='partners_correction_one_open', violation_error_message='Er wacht al een verbetering op bevestiging.')],
                },
            ),
            migrations.CreateModel(
                name='EscalationStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='partners.partner')),
                    ('rung', models.CharField(choices=[('herinnering', 'Herinnering aan wie het doet'), ('aanspreekpunt', 'Gesprek met het aanspreekpunt'), ('kerngroep', 'Punt op de kerngroep')], max_length=20, verbose_name='stap')),
                    ('on', models.DateField(default=django.utils.timezone.localdate, verbose_name='wanneer')),
                    ('about', core.fields.LongText(max_length=1000, verbose_name='waarover')),
                    ('agreed', core.fields.LongText(blank=True, max_length=1000, verbose_name='wat is er afgesproken')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'verbose_name': 'stap op de ladder',
                    'verbose_name_plural': 'stappen op de ladder',
                    'ordering': ['-on', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('rung__in', ['herinnering', 'aanspreekpunt', 'kerngroep'])), name='partners_escalation_known_rung')],
                },
            ),
            migrations.CreateModel(
                name='ConfidentialNote',
                fields=[
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                    ('partner', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confidential_notes', to='partners.partner')),
                    ('sealed', models.BinaryField(null=True)),
                    ('wrapped_key', models.BinaryField(null=True)),
                    ('key_name', models.CharField(blank=True, editable=False, max_length=16)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('changed_at', models.DateTimeField(editable=False, null=True)),
                    ('destroyed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('destroyed_at', models.DateTimeField(editable=False, null=True)),
                    ('destroy_reason', core.fields.LongText(blank=True, max_length=500, verbose_name='reden')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('destroy_reason', ''), ('destroyed_at', None), ('sealed__isnull', False), ('wrapped_key__isnull', False), models.Q(('key_name', ''), _negated=True)), models.Q(('destroyed_at__isnull', False), ('destroyed_by__isnull', False), ('key_name', ''), ('sealed', None), ('wrapped_key', None), models.Q(('destroy_reason', ''), _negated=True)), _connector='OR'), name='partners_confidentialnote_sealed_or_destroyed', violation_error_message='Een vernietigde nota heeft een reden en geen tekst.'), models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('sealed'), 60000), name='partners_confidentialnote_not_endless', violation_error_message='Deze tekst is te lang.')],
                },
            ),
            migrations.CreateModel(
                name='NoteReader',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readers', to='partners.confidentialnote')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='persoon')),
                    ('reason', core.fields.LongText(max_length=500, verbose_name='waarom')),
                    ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('starts', models.DateField(default=django.utils.timezone.localdate, verbose_name='vanaf')),
                    ('until', models.DateField(verbose_name='tot en met')),
                    ('ended_at', models.DateTimeField(editable=False, null=True)),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['person__name', '-starts', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('note', 'person'), name='partners_notereader_once', violation_error_message='Deze persoon is al aangewezen.'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('starts')), ('until__lte', django.db.models.expressions.CombinedExpression(models.F('starts'), '+', models.Value(datetime.timedelta(days=365))))), name='partners_notereader_at_most_a_year', violation_error_message='Een aanwijzing duurt hoogstens een jaar.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='partners_notereader_has_reason', violation_error_message='Zeg waarom deze persoon de nota leest.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='partners_notereader_ended_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='NoteReading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='partners.confidentialnote')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person_name', models.CharField(max_length=150)),
                    ('outcome', models.CharField(choices=[('gelezen', 'Gelezen'), ('niet aangewezen', 'Geweigerd: niet aangewezen'), ('afgelopen', 'Geweigerd: aanwijzing afgelopen'), ('niet vers', 'Geweigerd: eerst opnieuw aanmelden'), ('vernietigd', 'Geweigerd: de nota is vernietigd'), ('sleutel weg', 'Mislukt: de sleutel ontbreekt')], max_length=20, verbose_name='uitkomst')),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['note', '-at'], name='partners_notereading_note')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['gelezen', 'niet aangewezen', 'afgelopen', 'niet vers', 'vernietigd', 'sleutel weg'])), name='partners_notereading_known_outcome')],
                },
            ),
            migrations.CreateModel(
                name='SharingEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharing', to='partners.partner')),
                    ('direction', models.CharField(choices=[('uit', 'Naar de partner'), ('in', 'Van de partner')], max_length=5, verbose_name='richting')),
                    ('what', models.CharField(max_length=300, verbose_name='wat')),
                    ('subject', models.CharField(max_length=60, verbose_name='onderwerp')),
                    ('subject_label', models.CharField(max_length=300)),
                    ('purpose', models.CharField(blank=True, max_length=300, verbose_name='doel')),
                    ('ground', models.CharField(blank=True, choices=[('geen persoonsgegevens', 'Er gaan geen persoonsgegevens mee'), ('algemeen belang', 'Taak van algemeen belang (art. 6.1.e AVG)'), ('wettelijke plicht', 'Wettelijke verplichting (art. 6.1.c AVG)'), ('toestemming', 'Toestemming van de betrokkene (art. 6.1.a AVG)'), ('overeenkomst', 'Uitvoering van een overeenkomst (art. 6.1.b AVG)')], max_length=30, verbose_name='rechtsgrond')),
                    ('until', models.DateTimeField(blank=True, null=True, verbose_name='tot')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                    ('by_name', models.CharField(max_length=150, verbose_name='door')),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='wanneer')),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['partner', '-at'], name='partners_sharing_partner'), models.Index(fields=['subject', '-at'], name='partners_sharing_subject')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('direction__in', ['uit', 'in'])), name='partners_sharing_direction'), models.CheckConstraint(condition=models.Q(('ground__in', ['', 'geen persoonsgegevens', 'algemeen belang', 'wettelijke plicht', 'toestemming', 'overeenkomst'])), name='partners_sharing_ground')],
                },
            ),
            migrations.CreateModel(
                name='ContactOfficer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_officers', to='partners.partner')),
                    ('function', models.CharField(max_length=150, verbose_name='functie')),
                    ('name', models.CharField(blank=True, max_length=150, verbose_name='naam')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mailadres op het werk')),
                    ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefoon op het werk')),
                    ('topic', models.CharField(blank=True, help_text='Een domein of thema. Leeg: voor alles.', max_length=100, verbose_name='waarvoor')),
                    ('is_deputy', models.BooleanField(default=False, verbose_name='vervanger')),
                    ('starts', models.DateField(default=django.utils.timezone.localdate, verbose_name='vanaf')),
                    ('ends', models.DateField(blank=True, null=True, verbose_name='tot en met')),
                ],
                options={
                    'verbose_name': 'aanspreekpunt',
                    'verbose_name_plural': 'aanspreekpunten',
                    'ordering': ['is_deputy', 'topic', '-starts', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='partners_contactofficer_ends_after_start', violation_error_message='De einddatum ligt voor de begindatum.')],
                },
            ),
            migrations.CreateModel(
                name='Agreement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='accounts.municipality', verbose_name='gemeente')),
                    ('code', models.CharField(max_length=20, verbose_name='code')),
                    ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='partners.agreementtype', verbose_name='soort')),
                    ('title', models.CharField(max_length=200, verbose_name='titel')),
                    ('object', core.fields.LongText(max_length=2000, verbose_name='voorwerp')),
                    ('legal_basis', core.fields.LongText(blank=True, max_length=500, verbose_name='rechtsgrond')),
                    ('communication', core.fields.LongText(blank=True, max_length=1000, verbose_name='afspraken over communicatie')),
                    ('starts', models.DateField(validators=[django.core.validators.MinValueValidator(datetime.date(1950, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2200, 12, 31))], verbose_name='begint')),
                    ('ends', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1950, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2200, 12, 31))], verbose_name='eindigt')),
                    ('notice_months', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(120)], verbose_name='opzegtermijn in maanden')),
                    ('notice_on', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Cast(models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('ends'), '-', models.Func(models.F('notice_months'), function='make_interval', output_field=models.DurationField(), template='%(function)s(months => %(expressions)s)')), output_field=models.DateTimeField()), models.DateField()), output_field=models.DateField())),
                    ('renewal', models.CharField(choices=[('geen', 'Stopt op de einddatum'), ('beslissing', 'Door een nieuwe beslissing'), ('stilzwijgend', 'Stilzwijgend')], default='beslissing', max_length=15, verbose_name='verlenging')),
                    ('renewal_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='verlengd met … maanden')),
                    ('evaluation_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='evaluatie om de … maanden')),
                    ('tacit_renewals', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='keren stilzwijgend verlengd')),
                    ('next_evaluation', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1950, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2200, 12, 31))], verbose_name='volgende evaluatie')),
                    ('ended_on', models.DateField(blank=True, editable=False, null=True, verbose_name='laatste dag')),
                    ('status', models.CharField(choices=[('ontwerp', 'Ontwerp'), ('ter ondertekening', 'Ter ondertekening'), ('actief', 'Actief'), ('te evalueren', 'Te evalueren'), ('te hernieuwen', 'Te hernieuwen'), ('opgezegd', 'Opgezegd'), ('verlopen', 'Verlopen')], default='ontwerp', max_length=20, verbose_name='status')),
                    ('confidentiality', models.CharField(choices=[('openbaar', 'Openbaar'), ('intern', 'Intern'), ('partners', 'Partners'), ('beperkt', 'Beperkt'), ('vertrouwelijk', 'Vertrouwelijk')], default='intern', max_length=15, verbose_name='vertrouwelijkheid')),
                    ('predecessor', models.OneToOneField(blank=True, error_messages={'unique': 'Deze afspraak heeft al een opvolger.'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='partners.agreement', verbose_name='hernieuwing van')),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='AgreementParty',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='partners.agreement')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_parts', to='partners.partner', verbose_name='partij')),
                    ('signatory', models.CharField(blank=True, max_length=150, verbose_name='ondertekenaar')),
                    ('signatory_function', models.CharField(blank=True, max_length=150, verbose_name='functie')),
                    ('signed_on', models.DateField(blank=True, null=True, verbose_name='ondertekend op')),
                ],
                options={
                    'ordering': ['partner__name', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('agreement', 'partner'), name='partners_agreementparty_once', violation_error_message='Deze partner is al partij.'), models.CheckConstraint(condition=models.Q(('signed_on', None), models.Q(('signatory', ''), _negated=True), models.Q(('signatory_function', ''), _negated=True), _connector='OR'), name='partners_agreementparty_signed_by', violation_error_message='Zeg wie ondertekende: een naam of een functie.')],
                },
            ),
        ]),
        migrations.AddField(
            model_name='contactofficer',
            name='agreement',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contact_officers', to='partners.agreement', verbose_name='voor één afspraak'),
        ),
        migrations.AddConstraint(
            model_name='contactofficer',
            constraint=models.CheckConstraint(condition=models.Q(('agreement', None), ('topic', ''), _connector='OR'), name='partners_contactofficer_topic_or_agreement', violation_error_message='Kies een thema of een afspraak, niet allebei.'),
        ),
        migrations.AddConstraint(
            model_name='contactofficer',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_deputy', False)), expressions=[('partner', '='), (django.db.models.functions.text.Lower('topic'), '='), (django.db.models.functions.comparison.Coalesce('agreement', models.Value(0), output_field=models.BigIntegerField()), '='), (partners.models.contacts.DateRange('starts', 'ends', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='partners_contactofficer_one_at_a_time', violation_error_message='In die periode is er hiervoor al een aanspreekpunt. Beëindig dat eerst, of duid deze persoon aan als vervanger.'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='partners',
            field=models.ManyToManyField(related_name='agreements', through='partners.AgreementParty', to='partners.partner'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['municipality', 'status'], name='partners_agreement_status'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(fields=('municipality', 'code'), name='partners_agreement_code_once', violation_error_message='Deze code bestaat al in deze gemeente.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='partners_agreement_ends_after_start', violation_error_message='De einddatum ligt voor de begindatum.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('next_evaluation', None), ('next_evaluation__gte', models.F('starts')), _connector='OR'), name='partners_agreement_evaluation_after_start', violation_error_message='De volgende evaluatie ligt voor de begindatum.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('renewal', 'stilzwijgend'), _negated=True), ('renewal_months__isnull', False), _connector='OR'), name='partners_agreement_tacit_has_term', violation_error_message='Zeg met hoeveel maanden de afspraak stilzwijgend verlengt.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), models.Q(('ended_on__gte', models.F('starts')), ('status', 'opgezegd')), _connector='OR'), name='partners_agreement_last_day_by_notice', violation_error_message='Alleen een afspraak die opgezegd is, heeft een laatste dag, en niet voor ze begon.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('id')), _negated=True), name='partners_agreement_not_after_itself', violation_error_message='Een afspraak kan zichzelf niet hernieuwen.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['ontwerp', 'ter ondertekening', 'actief', 'te evalueren', 'te hernieuwen', 'opgezegd', 'verlopen'])), name='partners_agreement_known_status'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('renewal__in', ['geen', 'beslissing', 'stilzwijgend'])), name='partners_agreement_known_renewal'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('confidentiality__in', ['openbaar', 'intern', 'partners', 'beperkt', 'vertrouwelijk'])), name='partners_agreement_known_level'),
        ),
        CreateModels([
            migrations.CreateModel(
                name='DataAnnex',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='annex', to='partners.agreement')),
                    ('data', core.fields.LongText(help_text='Soorten gegevens, geen gegevens zelf: bijvoorbeeld adres van de melding.', max_length=2000, verbose_name='welke persoonsgegevens')),
                    ('ground', models.CharField(choices=[('toestemming', 'Toestemming'), ('overeenkomst', 'Uitvoering van een overeenkomst'), ('wettelijke verplichting', 'Wettelijke verplichting'), ('vitaal belang', 'Vitaal belang'), ('algemeen belang', 'Taak van algemeen belang'), ('gerechtvaardigd belang', 'Gerechtvaardigd belang')], max_length=25, verbose_name='grond (AVG)')),
                    ('ground_note', core.fields.LongText(blank=True, max_length=500, verbose_name='wet, decreet of besluit')),
                    ('starts', models.DateField(verbose_name='vanaf')),
                    ('ends', models.DateField(blank=True, null=True, verbose_name='tot en met')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='partners_dataannex_ends_after_start', violation_error_message='De einddatum ligt voor de begindatum.'), models.CheckConstraint(condition=models.Q(('ground__in', ['toestemming', 'overeenkomst', 'wettelijke verplichting', 'vitaal belang', 'algemeen belang', 'gerechtvaardigd belang'])), name='partners_dataannex_known_ground')],
                },
            ),
            migrations.CreateModel(
                name='AgreementDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='partners.agreement')),
                    ('kind', models.CharField(choices=[('tekst', 'Tekst van de afspraak'), ('bijlage', 'Bijlage'), ('gegevensprotocol', 'Gegevensprotocol'), ('advies', 'Advies'), ('evaluatie', 'Evaluatieverslag'), ('andere', 'Andere')], max_length=20, verbose_name='soort')),
                    ('title', models.CharField(max_length=150, verbose_name='titel')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['kind', 'title', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['tekst', 'bijlage', 'gegevensprotocol', 'advies', 'evaluatie', 'andere'])), name='partners_agreementdocument_known_kind')],
                },
            ),
            migrations.CreateModel(
                name='DocumentVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='partners.agreementdocument')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='versie')),
                    ('file', models.FileField(upload_to='afspraken/%Y/%m')),
                    ('name', models.CharField(max_length=150, verbose_name='naam')),
                    ('content_type', models.CharField(max_length=100)),
                    ('size', models.PositiveIntegerField(verbose_name='grootte in bytes')),
                    ('sha256', models.CharField(max_length=64)),
                    ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    'ordering': ['-number'],
                    'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='partners_documentversion_number_once')],
                },
            ),
            migrations.CreateModel(
                name='Commitment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='partners.agreementparty', verbose_name='partij')),
                    ('gives', core.fields.LongText(max_length=500, verbose_name='wat deze partij doet')),
                    ('gets', core.fields.LongText(blank=True, max_length=500, verbose_name='wat deze partij ervoor krijgt')),
                    ('rhythm', models.CharField(blank=True, max_length=100, verbose_name='ritme')),
                    ('due', models.DateField(blank=True, null=True, verbose_name='tegen wanneer')),
                    ('measure', models.CharField(blank=True, max_length=200, verbose_name='waaraan zie je het')),
                    ('status', models.CharField(choices=[('loopt', 'Loopt'), ('nagekomen', 'Nagekomen'), ('deels', 'Deels nagekomen'), ('niet nagekomen', 'Niet nagekomen')], default='loopt', max_length=20, verbose_name='stand')),
                    ('judged_on', models.DateField(blank=True, null=True, verbose_name='beoordeeld op')),
                    ('remark', core.fields.LongText(blank=True, max_length=1000, verbose_name='opmerking')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['party__partner__name', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['loopt', 'nagekomen', 'deels', 'niet nagekomen'])), name='partners_commitment_known_status'), models.CheckConstraint(condition=models.Q(('status', 'loopt'), ('judged_on__isnull', False), _connector='OR'), name='partners_commitment_judged_on_a_day', violation_error_message='Zeg op welke dag dit beoordeeld is.')],
                },
            ),
            migrations.CreateModel(
                name='Competence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='competences', to='accounts.municipality', verbose_name='gemeente')),
                    ('code', models.SlugField(max_length=10, verbose_name='code')),
                    ('title', models.CharField(max_length=150, verbose_name='bevoegdheid')),
                    ('question', models.CharField(max_length=200, verbose_name='vraag van de straat')),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('question', config='dutch_plain', weight='A'), '||', django.contrib.postgres.search.SearchVector('title', config='dutch_plain', weight='A'), django.contrib.postgres.search.SearchConfig('dutch_plain')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ],
                options={
                    'ordering': ['question'],
                },
            ),
            migrations.CreateModel(
                name='PartnerCompetence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='held', to='partners.partner')),
                    ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='partners.competence', verbose_name='bevoegdheid')),
                    ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='rechtsgrond')),
                    ('territory', models.CharField(blank=True, help_text='Leeg: op het hele grondgebied.', max_length=150, verbose_name='waar')),
                    ('limits', core.fields.LongText(blank=True, max_length=500, verbose_name='wat niet')),
                ],
                options={
                    'verbose_name': 'bevoegdheid',
                    'verbose_name_plural': 'bevoegdheden',
                    'ordering': ['competence__question'],
                    'constraints': [models.UniqueConstraint(fields=('partner', 'competence'), name='partners_partnercompetence_once', violation_error_message='Deze bevoegdheid staat al bij deze partner.')],
                },
            ),
        ]),
        migrations.AddField(
            model_name='competence',
            name='partners',
            field=models.ManyToManyField(related_name='competences', through='partners.PartnerCompetence', to='partners.partner'),
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.UniqueConstraint(fields=('municipality', 'code'), name='partners_competence_code_once', violation_error_message='Deze code bestaat al in deze gemeente.'),
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.UniqueConstraint(fields=('municipality', 'question'), name='partners_competence_question_once', violation_error_message='Deze vraag staat al in de lijst.'),
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='partners.partner', verbose_name='partner')),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='partners.competence', verbose_name='bevoegdheid')),
                ('reason', core.fields.LongText(max_length=1000, verbose_name='waarom verwijs je door')),
                ('text_to_share', core.fields.LongText(max_length=2000, verbose_name='wat de partner te lezen krijgt')),
                ('consent', models.CharField(choices=[('gegeven', 'Gegeven'), ('niet nodig', 'Niet nodig'), ('niet gevraagd', 'Niet gevraagd')], max_length=15, verbose_name='toestemming')),
                ('consent_on', models.DateField(blank=True, null=True, verbose_name='gegeven op')),
                ('personal_fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('naam', 'Naam'), ('contact', 'Telefoon of e-mail'), ('adres', 'Adres'), ('geboortedatum', 'Geboortedatum'), ('situatie', 'Persoonlijke situatie')], max_length=15), blank=True, default=list, size=None, verbose_name='persoonsgegevens in die tekst')),
                ('sent_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='verzonden op')),
                ('due', models.DateField(default=partners.models.referrals.answer_due, verbose_name='antwoord verwacht tegen')),
                ('status', models.CharField(choices=[('verzonden', 'Verzonden'), ('aanvaard', 'Aanvaard'), ('geen capaciteit', 'Geen capaciteit'), ('geweigerd', 'Geweigerd'), ('klaar', 'Klaar'), ('ingetrokken', 'Ingetrokken')], default='verzonden', max_length=20, verbose_name='status')),
                ('answer', core.fields.LongText(blank=True, max_length=2000, verbose_name='antwoord')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='beantwoord op')),
                ('outcome', core.fields.LongText(blank=True, max_length=2000, verbose_name='afloop')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='afgesloten op')),
                ('read_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='gewijzigd op')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['-sent_on', '-pk'],
                'indexes': [models.Index(fields=['partner', 'status'], name='partners_referral_partner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['verzonden', 'aanvaard', 'geen capaciteit', 'geweigerd', 'klaar', 'ingetrokken'])), name='partners_referral_known_status'), models.CheckConstraint(condition=models.Q(('consent__in', ['gegeven', 'niet nodig', 'niet gevraagd'])), name='partners_referral_known_consent'), models.CheckConstraint(condition=models.Q(('personal_fields__contained_by', ['naam', 'contact', 'adres', 'geboortedatum', 'situatie'])), name='partners_referral_known_fields'), models.CheckConstraint(condition=models.Q(models.Q(('consent', 'gegeven'), ('consent_on__isnull', False)), models.Q(models.Q(('consent', 'gegeven'), _negated=True), ('consent_on', None)), _connector='OR'), name='partners_referral_consent_has_day', violation_error_message='Zeg op welke dag de toestemming gegeven is.'), models.CheckConstraint(condition=models.Q(models.Q(('consent', 'niet gevraagd'), _negated=True), ('personal_fields', []), _connector='OR'), name='partners_referral_personal_data_with_consent', violation_error_message='Persoonsgegevens gaan niet weg zonder dat de toestemming gevraagd is.'), models.CheckConstraint(condition=models.Q(('due__gte', models.F('sent_on'))), name='partners_referral_due_after_sent', violation_error_message='De dag van het antwoord ligt voor het verzenden.'), models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', False), ('status__in', frozenset(['aanvaard', 'geweigerd', 'klaar', 'geen capaciteit']))), models.Q(('answered_on', None), ('status', 'verzonden')), ('status', 'ingetrokken'), _connector='OR'), name='partners_referral_answer_has_day', violation_error_message='Een antwoord heeft een dag.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('status__in', frozenset(['klaar', 'ingetrokken']))), models.Q(models.Q(('status__in', frozenset(['klaar', 'ingetrokken'])), _negated=True), ('closed_on', None)), _connector='OR'), name='partners_referral_end_has_day')],
            },
        ),
        migrations.RunSQL(
            APPEND_ONLY,
            "DROP TRIGGER partners_notereading_append_only ON partners_notereading;"
            "DROP TRIGGER partners_sharingentry_append_only ON partners_sharingentry;",
        ),
    ]
