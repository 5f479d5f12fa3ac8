"""The subject of a mail in French."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mails', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='mailtext',
            name='french_subject',
            field=models.CharField(blank=True, max_length=120, verbose_name='onderwerp in het Frans'),
        ),
    ]
