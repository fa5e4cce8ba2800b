-- The tables of AI Workflow Manager: people, teams and projects. Whose row is shown to whom is said once a view, in its last line.
DROP SCHEMA IF EXISTS workflow_manager CASCADE;
DROP VIEW IF EXISTS read_models.workflow_tasks, read_models.workflow_templates, read_models.workflow_skills, read_models.workflow_projects, read_models.workflow_teams, read_models.workflow_people CASCADE;
CREATE SCHEMA workflow_manager;

-- What is shown of what foreign keys point at, with the numbers it has there. These stand outside the schema so that it has that model's tables alone.
CREATE VIEW read_models.workflow_people AS
SELECT u.id, read_models.number_of(u.id, u.born, 1) AS number
FROM read_models.shown_users u;

-- Personal workspaces are no teams: what lies in one of them is in no team.
CREATE VIEW read_models.workflow_teams AS
SELECT w.id, read_models.number_of(w.id, w.born, 2) AS number
FROM read_models.shown_workspaces w
WHERE NOT w.is_personal;

CREATE VIEW read_models.workflow_projects AS
SELECT p.id, p.workspace_id, read_models.number_of(p.id, p.born, 3) AS number
FROM read_models.shown_projects p;

-- A task is in a project; one that was itself deleted is there still, with the time of that.
CREATE VIEW read_models.workflow_tasks AS
SELECT i.id, i.workspace_id, i.project_id, p.number AS project_number, i.deleted_at, read_models.number_of(i.id, i.born, 4) AS number
FROM $schema.issues i
JOIN read_models.workflow_projects p ON p.id = i.project_id;

-- What a person made is hidden with them.
CREATE VIEW read_models.workflow_skills AS
SELECT k.id, read_models.number_of(k.id, k.born, 6) AS number
FROM $schema.skills k
WHERE k.deleted_at IS NULL
  AND (k.author_type <> 'user' OR EXISTS (SELECT FROM read_models.shown_users u WHERE u.id = k.author_id));

CREATE VIEW read_models.workflow_templates AS
SELECT t.id, read_models.number_of(t.id, t.born, 9) AS number
FROM $schema.templates t
WHERE t.deleted_at IS NULL
  AND (t.author_type <> 'user' OR EXISTS (SELECT FROM read_models.shown_users u WHERE u.id = t.author_id));

-- Tokens of disjoint kinds, as that model counts them. What nobody split is in the total alone.
CREATE OR REPLACE FUNCTION read_models.workflow_tokens(used jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN used IS NOT NULL THEN jsonb_build_object(
  'promptTokens', COALESCE((used->>'input')::bigint, 0) + COALESCE((used->>'cache_read')::bigint, 0) + COALESCE((used->>'cache_write')::bigint, 0),
  'completionTokens', COALESCE((used->>'output')::bigint, 0) + COALESCE((used->>'reasoning')::bigint, 0),
  'totalTokens', COALESCE((used->>'input')::bigint, 0) + COALESCE((used->>'cache_read')::bigint, 0) + COALESCE((used->>'cache_write')::bigint, 0) +
                 COALESCE((used->>'output')::bigint, 0) + COALESCE((used->>'reasoning')::bigint, 0) + COALESCE((used->>'unsplit')::bigint, 0)) END
$$;

-- An object with other names for some of its keys; anything else as it is.
CREATE OR REPLACE FUNCTION read_models.workflow_renamed(object jsonb, names jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN jsonb_typeof(object) = 'object'
            THEN (SELECT COALESCE(jsonb_object_agg(COALESCE(names->>key, key), value), '{}') FROM jsonb_each(object))
            ELSE object END
$$;

-- A time within a document.
CREATE OR REPLACE FUNCTION read_models.workflow_time(at timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

CREATE VIEW workflow_manager.users WITH (security_barrier) AS
SELECT
  read_models.number_of(u.id, u.born, 1) AS id,
  p.email,
  COALESCE(p.full_name, p.username) AS name,
  p.google_id AS "googleId",
  p.avatar,
  u.role,
  read_models.workflow_renamed(COALESCE(u.preferences::jsonb, '{}'), '{"default_ai": "defaultAI"}') ||
    CASE WHEN u.preferences::jsonb ? 'editor'
         THEN jsonb_build_object('editor', read_models.workflow_renamed(u.preferences::jsonb->'editor',
                '{"auto_save": "autoSave", "font_size": "fontSize", "key_bindings": "keyBindings"}'))
         ELSE '{}' END AS preferences,
  u.timezone,
  u.locale,
  u.onboarding_completed AS "onboardingCompleted",
  a.last_active_at AT TIME ZONE 'UTC' AS "lastActiveAt",
  u.created_at AT TIME ZONE 'UTC' AS "createdAt",
  u.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM read_models.shown_users u
LEFT JOIN $schema.people p ON p.user_id = u.id
LEFT JOIN $schema.user_activity a ON a.id = u.id
WHERE ((SELECT read_models.sees_all()) OR
       u.id IN (SELECT m.user_id FROM read_models.shown_members m WHERE m.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[])));

CREATE VIEW workflow_manager.teams WITH (security_barrier) AS
SELECT
  read_models.number_of(w.id, w.born, 2) AS id,
  w.name,
  w.slug,
  w.description,
  w.plan,
  COALESCE(w.billing_info::jsonb, '{}') - 'billingEmail' ||
    CASE WHEN p.email IS NOT NULL THEN jsonb_build_object('billingEmail', p.email) ELSE '{}' END AS "billingInfo",
  COALESCE(w.settings::jsonb, '{}') AS settings,
  w.created_at AT TIME ZONE 'UTC' AS "createdAt",
  w.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM read_models.shown_workspaces w
LEFT JOIN $schema.people p ON p.user_id = w.id
WHERE NOT w.is_personal
  AND ((SELECT read_models.sees_all()) OR w.id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.team_members WITH (security_barrier) AS
SELECT
  read_models.number_of(m.id, m.born, 16) AS id,
  w.number AS team_id,
  u.number AS user_id,
  CASE m.role WHEN 'owner' THEN 'admin' ELSE m.role END AS role,
  COALESCE(m.permissions::jsonb, '{}') AS permissions,
  m.joined_at AT TIME ZONE 'UTC' AS joined_at,
  m.created_at AT TIME ZONE 'UTC' AS created_at,
  m.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM read_models.shown_members m
JOIN read_models.workflow_teams w ON w.id = m.workspace_id
JOIN read_models.workflow_people u ON u.id = m.user_id
WHERE ((SELECT read_models.sees_all()) OR m.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- A status `archived` is there what archiving is here; a project that was completed or held before keeps that word.
CREATE VIEW workflow_manager.projects WITH (security_barrier) AS
SELECT
  read_models.number_of(p.id, p.born, 3) AS id,
  p.name AS title,
  p.description,
  p.main_prompt AS "mainPrompt",
  CASE WHEN p.status = 'cancelled' THEN 'archived'
       WHEN p.status NOT IN ('active', 'planning') THEN p.status
       WHEN p.is_archived THEN 'archived'
       ELSE 'active' END AS status,
  p.ai_provider AS "aiProvider",
  y.number AS "templateId",
  p.cover_image AS "coverImage",
  p.color,
  p.emoji,
  p.is_archived AS "isArchived",
  EXISTS (SELECT FROM $schema.project_stars s WHERE s.project_id = p.id AND s.user_id = p.owner_id) AS "isFavorite",
  p.estimated_hours AS "estimatedHours",
  (p.actual_hours::numeric / 1000000000)::double precision AS "actualHours",
  (p.total_cost::numeric / 1000000000)::double precision AS "totalCost",
  p.archived_at AT TIME ZONE 'UTC' AS "archivedAt",
  o.number AS "ownerId",
  w.number AS "teamId",
  p.git_repository AS "gitRepository",
  p.created_at AT TIME ZONE 'UTC' AS "createdAt",
  p.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM read_models.shown_projects p
LEFT JOIN read_models.workflow_teams w ON w.id = p.workspace_id
LEFT JOIN read_models.workflow_templates y ON y.id = p.template_id
LEFT JOIN read_models.workflow_people o ON o.id = p.owner_id
WHERE ((SELECT read_models.sees_all()) OR p.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.project_members WITH (security_barrier) AS
SELECT
  read_models.number_of(m.id, m.born, 17) AS id,
  p.number AS project_id,
  u.number AS user_id,
  m.role,
  m.joined_at AT TIME ZONE 'UTC' AS joined_at,
  m.created_at AT TIME ZONE 'UTC' AS created_at,
  m.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.project_members m
JOIN read_models.workflow_projects p ON p.id = m.project_id
JOIN read_models.workflow_people u ON u.id = m.user_id
WHERE EXISTS (SELECT FROM $schema.members w WHERE w.workspace_id = m.workspace_id AND w.user_id = m.user_id)
  AND ((SELECT read_models.sees_all()) OR m.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));
