"""The texts of mails per municipality."""

import core.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('mails', '0001_mail_texts'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('core', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='gemeente')),
                ('kind', models.CharField(max_length=40, verbose_name='soort mail')),
                ('subject', models.CharField(blank=True, max_length=120, verbose_name='onderwerp')),
                ('text', core.fields.LongText(max_length=4000, verbose_name='tekst')),
                ('french', core.fields.LongText(blank=True, max_length=4000, verbose_name='tekst in het Frans')),
            ],
            options={
                'verbose_name': 'tekst van een mail',
                'verbose_name_plural': 'teksten van mails',
                'ordering': ['municipality', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'kind'), name='mails_mailtext_once', violation_error_message='Voor deze mail is er al een eigen tekst.')],
            },
        ),
    ]
