from django.db import migrations

# Whom one turns to at a partner for a domain is somebody of that partner. Asked at the end of the
# transaction: when two partners become one, the row and the officer move one after the other.
OWN_CONTACT = """
    UPDATE plans_domainpartner AS named SET contact_id = NULL
    FROM partners_contactofficer AS officer
    WHERE officer.id = named.contact_id AND officer.partner_id <> named.partner_id;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE plans_domainpartner ADD CONSTRAINT plans_domainpartner_own_contact
    FOREIGN KEY (contact_id, partner_id) REFERENCES partners_contactofficer (id, partner_id)
    DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0002_commitment_reports'),
        ('plans', '0001_tables'),
    ]

    operations = [
        migrations.RunSQL(
            OWN_CONTACT,
            "ALTER TABLE plans_domainpartner DROP CONSTRAINT plans_domainpartner_own_contact;",
        ),
    ]
