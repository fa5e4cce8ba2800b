-- The tables of AI Workflow Manager: what people are told, what happened, what runs by itself, what it is joined to, what is searched.

-- One is hidden with whatever it is about, and while its person is no member.
CREATE VIEW workflow_manager.notifications WITH (security_barrier) AS
SELECT
  read_models.number_of(n.id, n.born, 10) AS id,
  u.number AS "userId",
  n.type,
  n.title,
  n.content,
  p.number AS "relatedProjectId",
  t.number AS "relatedTaskId",
  n.is_read AS "isRead",
  n.read_at AT TIME ZONE 'UTC' AS "readAt",
  n.action_url AS "actionUrl",
  n.created_at AT TIME ZONE 'UTC' AS "createdAt",
  n.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.notifications n
JOIN read_models.shown_workspaces w ON w.id = n.workspace_id
JOIN read_models.workflow_people u ON u.id = n.user_id
LEFT JOIN read_models.workflow_projects p ON p.id = n.related_project_id
LEFT JOIN read_models.workflow_tasks t ON t.id = n.related_issue_id AND t.deleted_at IS NULL
WHERE n.deleted_at IS NULL
  AND EXISTS (SELECT FROM $schema.members m WHERE m.workspace_id = n.workspace_id AND m.user_id = n.user_id)
  AND (n.related_project_id IS NULL OR p.id IS NOT NULL)
  AND (n.related_issue_id IS NULL OR EXISTS (SELECT FROM read_models.shown_issues i WHERE i.id = n.related_issue_id))
  AND (n.related_comment_id IS NULL OR EXISTS (SELECT FROM $schema.comments c WHERE c.id = n.related_comment_id AND c.deleted_at IS NULL))
  AND ((SELECT read_models.sees_all()) OR n.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Of events, that model has few words: the rest is the update of a task or of a project where it is in one, and else its own word.
-- What was noted in another system keeps the word and the changes that it had there.
CREATE VIEW workflow_manager.activities WITH (security_barrier) AS
SELECT
  read_models.number_of(a.id, a.position, 11) AS id,
  p.number AS "projectId",
  t.number AS "taskId",
  u.number AS "userId",
  CASE WHEN position('.' IN a.type) = 0 THEN a.type
       WHEN a.type = 'issue.opened' THEN 'task_created'
       WHEN a.type = 'issue.assigned' THEN 'task_assigned'
       WHEN a.type = 'issue.status_changed' AND a.changes::jsonb->'status'->>1 = 'done' THEN 'task_completed'
       WHEN a.type = 'comment.posted' THEN 'comment_created'
       WHEN a.type = 'project.created' THEN 'project_created'
       WHEN a.type = 'project.status_changed' AND a.changes::jsonb->'status'->>1 = 'completed' THEN 'project_completed'
       WHEN a.issue_id IS NOT NULL THEN 'task_updated'
       WHEN a.project_id IS NOT NULL THEN 'project_updated'
       ELSE replace(a.type, '.', '_') END AS type,
  CASE WHEN a.changes::text = '{}' THEN NULL
       WHEN position('.' IN a.type) = 0 THEN a.changes::jsonb
       ELSE (SELECT jsonb_build_object('before', jsonb_object_agg(c.key, c.value->0), 'after', jsonb_object_agg(c.key, c.value->1))
             FROM jsonb_each(a.changes::jsonb) c) END AS changes,
  NULLIF(a.details::jsonb, '{}') AS metadata,
  a.created_at AT TIME ZONE 'UTC' AS "createdAt",
  a.created_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM read_models.shown_activity a
LEFT JOIN read_models.workflow_projects p ON p.id = a.project_id
LEFT JOIN read_models.workflow_tasks t ON t.id = a.issue_id
LEFT JOIN read_models.workflow_people u ON u.id = a.actor_id AND a.actor_type = 'user'
WHERE ((SELECT read_models.sees_all()) OR a.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.automations WITH (security_barrier) AS
SELECT
  read_models.number_of(a.id, a.born, 12) AS id,
  p.number AS "projectId",
  a.name,
  a.description,
  a.trigger::jsonb AS trigger,
  a.actions::jsonb AS actions,
  a.is_enabled AS "isEnabled",
  a.last_run_at AT TIME ZONE 'UTC' AS "lastRunAt",
  a.run_count AS "runCount",
  u.number AS "createdBy",
  a.created_at AT TIME ZONE 'UTC' AS "createdAt",
  a.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.automations a
JOIN read_models.shown_workspaces w ON w.id = a.workspace_id
LEFT JOIN read_models.workflow_projects p ON p.id = a.project_id
LEFT JOIN read_models.workflow_people u ON u.id = a.created_by_id AND a.created_by_type = 'user'
WHERE a.deleted_at IS NULL AND (a.project_id IS NULL OR p.id IS NOT NULL) AND (a.created_by_type <> 'user' OR u.id IS NOT NULL)
  AND ((SELECT read_models.sees_all()) OR a.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.webhooks WITH (security_barrier) AS
SELECT
  read_models.number_of(h.id, h.born, 13) AS id,
  p.number AS "projectId",
  h.name,
  h.url,
  h.events::jsonb AS events,
  '[sealed]'::text AS secret,
  h.headers::jsonb AS headers,
  h.is_enabled AS "isEnabled",
  h.last_triggered_at AT TIME ZONE 'UTC' AS "lastTriggeredAt",
  h.failure_count AS "failureCount",
  h.created_at AT TIME ZONE 'UTC' AS "createdAt",
  h.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.webhooks h
JOIN read_models.shown_workspaces w ON w.id = h.workspace_id
LEFT JOIN read_models.workflow_projects p ON p.id = h.project_id
WHERE h.deleted_at IS NULL AND (h.project_id IS NULL OR p.id IS NOT NULL)
  AND ((SELECT read_models.sees_all()) OR h.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- What is a person's own is in no workspace, and so not for a role that sees only some of them.
CREATE VIEW workflow_manager.integrations WITH (security_barrier) AS
SELECT
  read_models.number_of(i.id, i.born, 14) AS id,
  u.number AS "userId",
  w.number AS "teamId",
  i.type,
  '"[sealed]"'::jsonb AS credentials,
  COALESCE(i.settings::jsonb, '{}') AS settings,
  i.is_enabled AS "isEnabled",
  i.last_sync_at AT TIME ZONE 'UTC' AS "lastSyncAt",
  i.created_at AT TIME ZONE 'UTC' AS "createdAt",
  i.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.integrations i
LEFT JOIN read_models.workflow_teams w ON w.id = i.workspace_id
LEFT JOIN read_models.workflow_people u ON u.id = i.user_id
WHERE i.deleted_at IS NULL AND (u.id IS NOT NULL OR EXISTS (SELECT FROM read_models.shown_workspaces x WHERE x.id = i.workspace_id))
  AND ((SELECT read_models.sees_all()) OR i.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- What was spent is that of the month that goes on.
CREATE VIEW workflow_manager.ai_provider_configs WITH (security_barrier) AS
SELECT
  read_models.number_of(c.id, c.born, 22) AS id,
  u.number AS user_id,
  w.number AS team_id,
  c.provider,
  c.api_key,
  c.endpoint,
  COALESCE(c.settings::jsonb, '{}') AS settings,
  c.is_enabled,
  (c.monthly_budget::numeric / 1000000000)::double precision AS monthly_budget,
  (SELECT (COALESCE(sum(s.cost), 0) / 1000000000)::double precision FROM $schema.costs s
   WHERE s.ai_provider_id = c.id AND s.currency = c.currency AND s.month = date_trunc('month', now() AT TIME ZONE 'UTC')::date) AS current_spend,
  c.last_tested_at AT TIME ZONE 'UTC' AS last_tested_at,
  c.last_error,
  c.created_at AT TIME ZONE 'UTC' AS created_at,
  c.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.ai_providers c
LEFT JOIN read_models.workflow_teams w ON w.id = c.workspace_id
LEFT JOIN read_models.workflow_people u ON u.id = c.user_id
WHERE c.deleted_at IS NULL AND (u.id IS NOT NULL OR EXISTS (SELECT FROM read_models.shown_workspaces x WHERE x.id = c.workspace_id))
  AND ((SELECT read_models.sees_all()) OR c.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Words of what has a table there. One part for each of these, so that a search for one kind reads its part alone; the ids of the
-- parts are kept apart by the code of the table.
CREATE VIEW workflow_manager.search_indexes WITH (security_barrier) AS
SELECT
  e.number * 1024 + e.code AS id,
  e.type AS "entityType",
  e.number AS "entityId",
  concat_ws(E'\n', NULLIF(s.title, ''), NULLIF(s.text, '')) AS content,
  s.metadata::jsonb AS metadata,
  s.created_at AT TIME ZONE 'UTC' AS "createdAt",
  s.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM (
  SELECT 3 AS code, 'project' AS type, p.id, p.number FROM read_models.workflow_projects p
  UNION ALL
  SELECT 4, 'task', t.id, t.number FROM read_models.workflow_tasks t WHERE t.deleted_at IS NULL
  UNION ALL
  SELECT 5, 'task_execution', e.id, read_models.number_of(e.id, e.born, 5)
  FROM $schema.executions e JOIN read_models.workflow_tasks t ON t.id = e.issue_id AND t.deleted_at IS NULL
  UNION ALL
  SELECT 6, 'skill', k.id, k.number FROM read_models.workflow_skills k
  UNION ALL
  SELECT 7, 'comment', c.id, read_models.number_of(c.id, c.born, 7)
  FROM $schema.comments c JOIN read_models.workflow_tasks t ON t.id = c.issue_id AND t.deleted_at IS NULL WHERE c.deleted_at IS NULL
  UNION ALL
  SELECT 8, 'time_entry', e.id, read_models.number_of(e.id, e.born, 8)
  FROM $schema.time_entries e JOIN read_models.workflow_tasks t ON t.id = e.issue_id AND t.deleted_at IS NULL WHERE e.deleted_at IS NULL
  UNION ALL
  SELECT 9, 'template', t.id, t.number FROM read_models.workflow_templates t) e
JOIN $schema.search s ON s.id = e.id
JOIN read_models.shown_workspaces w ON w.id = s.workspace_id
WHERE ((SELECT read_models.sees_all()) OR s.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));
