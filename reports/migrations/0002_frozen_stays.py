"""A frozen report stays as it is; only its PDF may be filled in, once."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL AND (
        TG_OP = 'DELETE'
        OR OLD.pdf_sha256 <> ''
        OR ROW(NEW.snapshot, NEW.checksum, NEW.frozen_at, NEW.frozen_by_id, NEW.plan_id,
               NEW.audience, NEW.title, NEW.period_start, NEW.period_end, NEW.previous_id,
               NEW.foreword, NEW.decisions_asked, NEW.outlook)
           IS DISTINCT FROM
           ROW(OLD.snapshot, OLD.checksum, OLD.frozen_at, OLD.frozen_by_id, OLD.plan_id,
               OLD.audience, OLD.title, OLD.period_start, OLD.period_end, OLD.previous_id,
               OLD.foreword, OLD.decisions_asked, OLD.outlook)
    ) THEN
        RAISE EXCEPTION 'Een bevroren rapport wordt niet gewijzigd.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reports_report_frozen BEFORE UPDATE OR DELETE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER reports_report_frozen ON reports_report;"
            "DROP FUNCTION reports_refuse_change();",
        )
    ]
