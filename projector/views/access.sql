-- Who may read the views, and that nobody writes through them. Run last.

-- Some of them are plain enough for PostgreSQL to pass a write on into the read tables; no one may do that, superusers neither.
CREATE OR REPLACE FUNCTION read_models.refuse_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The view %.% is there for reading: what is written goes through the API.', TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN SELECT schemaname, viewname FROM pg_views WHERE schemaname IN ('platform', 'workflow_manager', 'agent_factory', 'prism') LOOP
    EXECUTE format('CREATE TRIGGER read_only INSTEAD OF INSERT OR UPDATE OR DELETE ON %I.%I FOR EACH ROW EXECUTE FUNCTION read_models.refuse_write()',
                   found.schemaname, found.viewname);
  END LOOP;
END
$$;

-- Whoever is made a member of daybook_report reads the four models and nothing else. A role is of the whole server: another database may
-- have made it, even in this instant, or this one's owner may not make any; then an administrator does.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_report')
     AND (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) THEN
    CREATE ROLE daybook_report NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
DO $$
DECLARE
  model text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_report') THEN RETURN; END IF;
  FOREACH model IN ARRAY ARRAY['platform', 'workflow_manager', 'agent_factory', 'prism'] LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO daybook_report', model);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO daybook_report', model);
  END LOOP;
END
$$;
