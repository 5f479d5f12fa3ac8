"""The language in which we write to a person."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_tables'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(choices=[('nl', 'Nederlands'), ('fr', 'Frans')], default='nl', max_length=2, verbose_name='taal van de mails'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['nl', 'fr'])), name='accounts_user_known_language'),
        ),
    ]
