-- PraisonAI Platform. Its ids are texts; a word it does not know is shown as the nearest it does.
DROP SCHEMA IF EXISTS platform CASCADE;
CREATE SCHEMA platform;

CREATE VIEW platform.users WITH (security_barrier) AS
SELECT u.id::text AS id, p.username AS name, p.email, '[sealed]'::text AS password_hash, u.created_at, u.updated_at
FROM read_models.shown_users u
LEFT JOIN $schema.people p ON p.user_id = u.id
WHERE (SELECT read_models.sees_all())
   OR EXISTS (SELECT FROM read_models.shown_members m
              WHERE m.user_id = u.id AND m.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW platform.workspaces WITH (security_barrier) AS
SELECT w.id::text AS id, w.name, w.description, coalesce(w.settings::jsonb, '{}') AS settings, w.issue_prefix, w.created_at, w.updated_at
FROM read_models.shown_workspaces w
WHERE ((SELECT read_models.sees_all()) OR w.id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW platform.members WITH (security_barrier) AS
SELECT m.id::text AS id, m.user_id::text AS user_id, m.workspace_id::text AS workspace_id,
       CASE m.role WHEN 'viewer' THEN 'member' ELSE m.role END AS role, m.created_at, m.updated_at
FROM read_models.shown_members m
WHERE ((SELECT read_models.sees_all()) OR m.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW platform.projects WITH (security_barrier) AS
SELECT p.id::text AS id, p.workspace_id::text AS workspace_id, p.name, p.description, coalesce(p.settings::jsonb, '{}') AS settings, p.created_at, p.updated_at
FROM read_models.shown_projects p
WHERE ((SELECT read_models.sees_all()) OR p.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Assigned to nobody is whose assignee has left or is retired.
CREATE VIEW platform.issues WITH (security_barrier) AS
SELECT i.id::text AS id, i.workspace_id::text AS workspace_id, i.project_id::text AS project_id, i.title, i.description,
       CASE i.status WHEN 'in_progress' THEN 'in-progress' WHEN 'draft' THEN 'backlog' WHEN 'ready' THEN 'todo'
                     WHEN 'needs_approval' THEN 'in_review' WHEN 'failed' THEN 'blocked' WHEN 'archived' THEN 'done' ELSE i.status END AS status,
       i.priority, coalesce(m.user_id, a.id)::text AS assignee_id, i.created_by_id::text AS created_by_id, i.number AS issue_number,
       i.created_at, i.updated_at
FROM read_models.shown_issues i
LEFT JOIN read_models.shown_members m ON i.assignee_type = 'user' AND m.workspace_id = i.workspace_id AND m.user_id = i.assignee_id
LEFT JOIN $schema.agents a ON i.assignee_type = 'agent' AND a.id = i.assignee_id AND a.deleted_at IS NULL
WHERE ((SELECT read_models.sees_all()) OR i.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW platform.comments WITH (security_barrier) AS
SELECT c.id::text AS id, i.id::text AS issue_id, c.author_id::text AS author_id, c.content, c.created_at, c.updated_at
FROM $schema.comments c
JOIN read_models.shown_issues i ON i.id = c.issue_id
WHERE c.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR c.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW platform.agents WITH (security_barrier) AS
SELECT a.id::text AS id, a.workspace_id::text AS workspace_id, a.name, a.description,
       CASE a.status WHEN 'busy' THEN 'working' ELSE a.status END AS status, coalesce(a.config::jsonb, '{}') AS config, a.created_at, a.updated_at
FROM $schema.agents a
JOIN read_models.shown_workspaces w ON w.id = a.workspace_id
WHERE a.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR a.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW platform.issue_labels WITH (security_barrier) AS
SELECT l.id::text AS id, l.workspace_id::text AS workspace_id, l.name, l.color, l.description, l.created_at, l.updated_at
FROM $schema.labels l
JOIN read_models.shown_workspaces w ON w.id = l.workspace_id
WHERE l.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR l.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW platform.issue_label_links WITH (security_barrier) AS
SELECT k.id::text AS id, i.id::text AS issue_id, l.id::text AS label_id, k.created_at
FROM $schema.issue_labels k
JOIN read_models.shown_issues i ON i.id = k.issue_id
JOIN $schema.labels l ON l.id = k.label_id AND l.deleted_at IS NULL
WHERE ((SELECT read_models.sees_all()) OR k.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW platform.issue_dependencies WITH (security_barrier) AS
SELECT d.id::text AS id, i.id::text AS issue_id, o.id::text AS depends_on_id, d.dependency_type, d.created_at
FROM $schema.dependencies d
JOIN read_models.shown_issues i ON i.id = d.issue_id
JOIN read_models.shown_issues o ON o.id = d.depends_on_id
WHERE ((SELECT read_models.sees_all()) OR d.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- It has two words, for an issue that was created or updated in what it knows of one. What else happened here is called by its event,
-- and what was brought from elsewhere as it was called there.
CREATE VIEW platform.activity_logs WITH (security_barrier) AS
SELECT a.id::text AS id, a.workspace_id::text AS workspace_id, a.entity_type, a.entity_id::text AS entity_id,
       CASE WHEN a.type <> split_part(a.type, '.', 1) || '.' || a.action THEN a.action
            WHEN a.type = 'issue.opened' THEN 'issue.created'
            WHEN a.type LIKE 'issue.%'
             AND a.changes::jsonb ?| ARRAY['title', 'description', 'status', 'priority', 'assignee_type', 'assignee_id', 'project_id', 'parent_id']
            THEN 'issue.updated'
            ELSE a.type END AS action,
       a.actor_id::text AS actor_id, coalesce(a.details::jsonb, '{}') AS details, a.created_at
FROM read_models.shown_activity a
WHERE ((SELECT read_models.sees_all()) OR a.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));
