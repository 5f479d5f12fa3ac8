"""Dutch search without accents, and a history that the database keeps as it was written."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

SEARCH_CONFIG = """
CREATE TEXT SEARCH CONFIGURATION dutch_plain (COPY = pg_catalog.dutch);
ALTER TEXT SEARCH CONFIGURATION dutch_plain
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
"""

# Erasing personal data later on asks for an explicit setting in its own transaction.
APPEND_ONLY = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('ivcentrum.erase', true) = 'on' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'De geschiedenis wordt niet gewijzigd (%).', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER core_logentry_append_only BEFORE UPDATE OR DELETE ON core_logentry
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(
            SEARCH_CONFIG, "DROP TEXT SEARCH CONFIGURATION IF EXISTS dutch_plain"
        ),
        migrations.RunSQL(
            APPEND_ONLY,
            "DROP TRIGGER core_logentry_append_only ON core_logentry;"
            "DROP FUNCTION core_refuse_change();",
        ),
    ]
