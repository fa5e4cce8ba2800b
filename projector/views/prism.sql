-- PRISM. Its times are UTC without saying so; who is no user is null.
DROP SCHEMA IF EXISTS prism CASCADE;
CREATE SCHEMA prism;

CREATE VIEW prism.users WITH (security_barrier) AS
SELECT u.id, p.email, p.username, '[sealed]'::text AS password_hash, p.full_name, u.status, u.email_verified,
       u.created_at AT TIME ZONE 'UTC' AS created_at, u.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM read_models.shown_users u
LEFT JOIN $schema.people p ON p.user_id = u.id
WHERE (SELECT read_models.sees_all())
   OR EXISTS (SELECT FROM read_models.shown_members m
              WHERE m.user_id = u.id AND m.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- A session stays suspicious where its refresh token was used twice. From where it came is sealed.
CREATE VIEW prism.user_sessions WITH (security_barrier) AS
SELECT s.id, s.user_id,
       CASE WHEN s.revoked_because = 'reuse_detected' THEN 'suspicious' WHEN s.revoked_at IS NOT NULL THEN 'invalidated'
            WHEN s.expires_at <= now() + coalesce((SELECT ahead_microseconds FROM $schema.clock), 0) * interval '1 microsecond' THEN 'expired'
            ELSE 'active' END AS status,
       s.created_at AT TIME ZONE 'UTC' AS created_at, s.refreshed_at AT TIME ZONE 'UTC' AS last_activity, '[sealed]'::text AS ip_address,
       '[sealed]'::text AS user_agent, s.refresh_count, s.expires_at AT TIME ZONE 'UTC' AS expires_at
FROM $schema.sessions s
JOIN read_models.shown_users u ON u.id = s.user_id
WHERE (SELECT read_models.sees_all())
   OR EXISTS (SELECT FROM read_models.shown_members m
              WHERE m.user_id = s.user_id AND m.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW prism.organizations WITH (security_barrier) AS
SELECT read_models.number_of(w.id, w.born, 49) AS id, w.name, w.slug, w.owner_id, w.settings::jsonb AS settings,
       w.created_at AT TIME ZONE 'UTC' AS created_at, w.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM read_models.shown_workspaces w
WHERE ((SELECT read_models.sees_all()) OR w.id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW prism.organization_members WITH (security_barrier) AS
SELECT read_models.number_of(m.id, m.born, 50) AS id, m.user_id, read_models.number_of(w.id, w.born, 49) AS organization_id,
       CASE m.role WHEN 'owner' THEN 'admin' ELSE m.role END AS role, m.joined_at AT TIME ZONE 'UTC' AS joined_at
FROM read_models.shown_members m
JOIN $schema.workspaces w ON w.id = m.workspace_id
WHERE ((SELECT read_models.sees_all()) OR m.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW prism.projects WITH (security_barrier) AS
SELECT read_models.number_of(p.id, p.born, 51) AS id, read_models.number_of(w.id, w.born, 49) AS organization_id, p.name, p.key, p.description,
       CASE WHEN p.is_archived THEN 'archived' ELSE p.status END AS status, p.owner_id, p.start_date, p.end_date,
       p.created_at AT TIME ZONE 'UTC' AS created_at, p.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM read_models.shown_projects p
JOIN $schema.workspaces w ON w.id = p.workspace_id
WHERE ((SELECT read_models.sees_all()) OR p.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW prism.documents WITH (security_barrier) AS
SELECT read_models.number_of(d.id, d.born, 52) AS id, read_models.number_of(p.id, p.born, 51) AS project_id, d.title, d.slug, d.content,
       d.document_type, d.status, CASE d.created_by_type WHEN 'user' THEN d.created_by_id END AS creator_id, d.metadata::jsonb AS metadata,
       d.created_at AT TIME ZONE 'UTC' AS created_at, d.updated_at AT TIME ZONE 'UTC' AS updated_at,
       d.published_at AT TIME ZONE 'UTC' AS published_at
FROM $schema.documents d
JOIN read_models.shown_workspaces w ON w.id = d.workspace_id
LEFT JOIN read_models.shown_projects p ON p.id = d.project_id
WHERE d.deleted_at IS NULL AND (d.project_id IS NULL OR p.id IS NOT NULL)
  AND ((SELECT read_models.sees_all()) OR d.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW prism.sprints WITH (security_barrier) AS
SELECT read_models.number_of(s.id, s.born, 54) AS id, read_models.number_of(p.id, p.born, 51) AS project_id, s.name, s.goal, s.start_date,
       s.end_date, s.status, s.velocity, s.created_at AT TIME ZONE 'UTC' AS created_at, s.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.sprints s
JOIN read_models.shown_projects p ON p.id = s.project_id
WHERE s.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR s.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Its epics are a kind of issue here, in a project or in none.
CREATE VIEW prism.epics WITH (security_barrier) AS
SELECT read_models.number_of(i.id, i.born, 56) AS id, i.title AS name, i.description, i.status NOT IN ('done', 'cancelled') AS is_active,
       i.start_date, (i.due_at AT TIME ZONE 'UTC')::date AS target_end_date, coalesce(i.color, '#6B46C1') AS color,
       read_models.number_of(p.id, p.born, 51) AS project_id, CASE i.created_by_type WHEN 'user' THEN i.created_by_id END AS owner_id,
       i.created_at AT TIME ZONE 'UTC' AS created_at, i.updated_at AT TIME ZONE 'UTC' AS updated_at, NULL::timestamp AS deleted_at
FROM read_models.shown_issues i
LEFT JOIN $schema.projects p ON p.id = i.project_id
WHERE i.type = 'epic'
  AND ((SELECT read_models.sees_all()) OR i.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- A sprint is of the issue's own project, which is shown; an epic may lie anywhere in the workspace.
CREATE VIEW prism.stories WITH (security_barrier) AS
SELECT read_models.number_of(i.id, i.born, 53) AS id, read_models.number_of(p.id, p.born, 51) AS project_id,
       read_models.number_of(e.id, e.born, 56) AS epic_id, read_models.number_of(s.id, s.born, 54) AS sprint_id, i.title, i.description,
       i.acceptance_criteria, i.story_points,
       CASE i.priority WHEN 'none' THEN 'low' WHEN 'urgent' THEN 'critical' ELSE i.priority END AS priority,
       CASE i.status WHEN 'cancelled' THEN 'archived' WHEN 'needs_approval' THEN 'in_review' WHEN 'failed' THEN 'blocked' ELSE i.status END AS status,
       CASE WHEN i.assignee_type = 'user' AND EXISTS (SELECT FROM read_models.shown_members m
                                                      WHERE m.workspace_id = i.workspace_id AND m.user_id = i.assignee_id)
            THEN i.assignee_id END AS assignee_id,
       CASE i.created_by_type WHEN 'user' THEN i.created_by_id END AS creator_id,
       i.created_at AT TIME ZONE 'UTC' AS created_at, i.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.issues i
JOIN read_models.shown_projects p ON p.id = i.project_id
LEFT JOIN read_models.shown_issues e ON e.id = i.epic_id AND e.type = 'epic'
LEFT JOIN $schema.sprints s ON s.id = i.sprint_id AND s.deleted_at IS NULL
WHERE i.deleted_at IS NULL AND i.type <> 'epic'
  AND ((SELECT read_models.sees_all()) OR i.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Runs that make something for people to read. An amount that ten digits cannot hold is left out.
CREATE VIEW prism.ai_generations WITH (security_barrier) AS
SELECT read_models.number_of(x.id, x.born, 55) AS id, CASE x.created_by_type WHEN 'user' THEN x.created_by_id END AS user_id,
       read_models.number_of(p.id, p.born, 51) AS project_id, x.generation_type, x.ai_provider AS provider, x.model, x.prompt, x.response,
       x.tokens_used, CASE WHEN abs(x.cost) < 999999999950000 THEN x.cost::numeric / 1000000000 END::numeric(10, 4) AS cost,
       x.metadata::jsonb AS metadata, x.created_at AT TIME ZONE 'UTC' AS created_at
FROM $schema.executions x
JOIN read_models.shown_workspaces w ON w.id = x.workspace_id
LEFT JOIN read_models.shown_projects p ON p.id = x.project_id
WHERE x.execution_type = 'generation' AND (x.project_id IS NULL OR p.id IS NOT NULL)
  AND (x.issue_id IS NULL OR EXISTS (SELECT FROM read_models.shown_issues i WHERE i.id = x.issue_id))
  AND ((SELECT read_models.sees_all()) OR x.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));
