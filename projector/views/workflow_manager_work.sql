-- The tables of AI Workflow Manager: tasks and what lies in them.

-- The assignee is a person while they are a member; the task that blocks is the one that was named, else the first of the
-- dependencies, and in either case no deleted one. Lists of one task are looked up by its id, so that they cost what is read.
CREATE VIEW workflow_manager.tasks WITH (security_barrier) AS
SELECT
  read_models.number_of(i.id, i.born, 4) AS id,
  p.number AS "projectId",
  i.title,
  i.description,
  i.generated_prompt AS "generatedPrompt",
  CASE i.status WHEN 'backlog' THEN 'todo' WHEN 'draft' THEN 'todo' WHEN 'ready' THEN 'todo' WHEN 'cancelled' THEN 'failed' WHEN 'archived' THEN 'done'
       ELSE i.status END AS status,
  CASE i.priority WHEN 'none' THEN 'low' ELSE i.priority END AS priority,
  i.execution_type AS "executionType",
  i.ai_provider AS "aiProvider",
  i.mcp_config::jsonb AS "mcpConfig",
  i.position AS "order",
  a.number AS "parentTaskId",
  u.number AS "assigneeId",
  (SELECT COALESCE(jsonb_agg(v.number ORDER BY w.born), '[]')
   FROM $schema.issue_watchers w
   JOIN $schema.members m ON m.workspace_id = w.workspace_id AND m.user_id = w.user_id
   JOIN read_models.workflow_people v ON v.id = w.user_id
   WHERE w.issue_id = i.id) AS "watcherIds",
  i.estimated_minutes AS "estimatedMinutes",
  i.actual_minutes AS "actualMinutes",
  read_models.workflow_tokens(i.token_usage::jsonb) AS "tokenUsage",
  (i.estimated_cost::numeric / 1000000000)::double precision AS "estimatedCost",
  (i.actual_cost::numeric / 1000000000)::double precision AS "actualCost",
  i.due_at AT TIME ZONE 'UTC' AS "dueDate",
  i.started_at AT TIME ZONE 'UTC' AS "startedAt",
  i.completed_at AT TIME ZONE 'UTC' AS "completedAt",
  i.blocked_reason AS "blockedReason",
  COALESCE(
    (SELECT b.number FROM read_models.workflow_tasks b WHERE b.id = i.blocked_by_issue_id AND b.deleted_at IS NULL),
    (SELECT b.number
     FROM (SELECT d.depends_on_id AS id, d.born FROM $schema.dependencies d WHERE d.issue_id = i.id AND d.dependency_type = 'blocked_by'
           UNION ALL
           SELECT d.issue_id, d.born FROM $schema.dependencies d WHERE d.depends_on_id = i.id AND d.dependency_type = 'blocks') d
     JOIN read_models.workflow_tasks b ON b.id = d.id AND b.deleted_at IS NULL
     ORDER BY d.born LIMIT 1)) AS "blockedByTaskId",
  i.tags::jsonb AS tags,
  (SELECT COALESCE(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('sha', c.sha, 'message', c.message, 'author', COALESCE(n.full_name, n.username),
                                                                  'timestamp', read_models.workflow_time(c.committed_at), 'url', c.url))
                             ORDER BY c.born, c.id), '[]')
   FROM $schema.issue_commits c
   LEFT JOIN $schema.people n ON n.user_id = c.author_id
   WHERE c.issue_id = i.id) AS "gitCommits",
  i.deleted_at AT TIME ZONE 'UTC' AS "deletedAt",
  i.created_at AT TIME ZONE 'UTC' AS "createdAt",
  i.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.issues i
JOIN read_models.workflow_projects p ON p.id = i.project_id
LEFT JOIN read_models.workflow_tasks a ON a.id = i.parent_id AND a.deleted_at IS NULL
LEFT JOIN $schema.members m ON m.workspace_id = i.workspace_id AND m.user_id = i.assignee_id AND i.assignee_type = 'user'
LEFT JOIN read_models.workflow_people u ON u.id = m.user_id
WHERE ((SELECT read_models.sees_all()) OR i.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.task_watchers WITH (security_barrier) AS
SELECT
  read_models.number_of(w.id, w.born, 18) AS id,
  t.number AS task_id,
  u.number AS user_id,
  w.notify_on_update,
  w.created_at AT TIME ZONE 'UTC' AS created_at,
  w.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.issue_watchers w
JOIN read_models.workflow_tasks t ON t.id = w.issue_id AND t.deleted_at IS NULL
JOIN read_models.workflow_people u ON u.id = w.user_id
WHERE EXISTS (SELECT FROM $schema.members m WHERE m.workspace_id = w.workspace_id AND m.user_id = w.user_id)
  AND ((SELECT read_models.sees_all()) OR w.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.task_suggested_skills WITH (security_barrier) AS
SELECT
  read_models.number_of(s.id, s.born, 19) AS id,
  t.number AS task_id,
  k.number AS skill_id,
  s.relevance_score,
  s.created_at AT TIME ZONE 'UTC' AS created_at,
  s.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.issue_skills s
JOIN read_models.workflow_tasks t ON t.id = s.issue_id AND t.deleted_at IS NULL
JOIN read_models.workflow_skills k ON k.id = s.skill_id
WHERE ((SELECT read_models.sees_all()) OR s.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Texts that every run has there are empty where a run has none here.
CREATE VIEW workflow_manager.task_executions WITH (security_barrier) AS
SELECT
  read_models.number_of(e.id, e.born, 5) AS id,
  t.number AS "taskId",
  COALESCE(e.execution_number, 1) AS "executionNumber",
  COALESCE(e.prompt, '') AS prompt,
  e.response,
  e.context,
  COALESCE(e.ai_provider, '') AS "aiProvider",
  COALESCE(e.model, '') AS model,
  e.temperature,
  e.max_tokens AS "maxTokens",
  read_models.workflow_tokens(e.token_usage::jsonb) AS "tokensUsed",
  round(e.execution_time::numeric / 1000000000)::bigint AS duration,
  (e.cost::numeric / 1000000000)::double precision AS cost,
  CASE e.status WHEN 'pending' THEN 'running' WHEN 'completed' THEN 'success' WHEN 'lost' THEN 'failed' ELSE e.status END AS status,
  e.error AS "errorMessage",
  e.retry_count AS "retryCount",
  e.user_feedback AS "userFeedback",
  e.rating,
  e.completed_at AT TIME ZONE 'UTC' AS "completedAt",
  e.created_at AT TIME ZONE 'UTC' AS "createdAt",
  e.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.executions e
JOIN read_models.workflow_tasks t ON t.id = e.issue_id AND t.deleted_at IS NULL
WHERE ((SELECT read_models.sees_all()) OR e.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Of a deleted task the comments stay, as the task does.
CREATE VIEW workflow_manager.comments WITH (security_barrier) AS
SELECT
  read_models.number_of(c.id, c.born, 7) AS id,
  t.number AS "taskId",
  u.number AS "userId",
  c.content,
  c.content_type AS "contentType",
  CASE WHEN json_array_length(c.mentions) = 0 THEN '[]'::jsonb
       ELSE (SELECT COALESCE(jsonb_agg(v.number ORDER BY array_position(m.ids, v.id)), '[]')
             FROM (SELECT ARRAY(SELECT json_array_elements_text(c.mentions)::uuid) AS ids) m
             JOIN read_models.workflow_people v ON v.id = ANY (m.ids)) END AS mentions,
  read_models.number_of(a.id, a.born, 7) AS "parentCommentId",
  CASE WHEN c.reactions::text = '{}' THEN '{}'::jsonb
       ELSE (SELECT COALESCE(jsonb_object_agg(r.emoji, r.numbers), '{}')
             FROM (SELECT e.emoji, jsonb_agg(v.number ORDER BY e.born) AS numbers
                   FROM $schema.reactions e
                   JOIN read_models.workflow_people v ON v.id = e.user_id
                   WHERE e.comment_id = c.id
                   GROUP BY e.emoji) r) END AS reactions,
  c.edited_at AT TIME ZONE 'UTC' AS "editedAt",
  c.deleted_at AT TIME ZONE 'UTC' AS "deletedAt",
  c.created_at AT TIME ZONE 'UTC' AS "createdAt",
  c.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.comments c
JOIN read_models.workflow_tasks t ON t.id = c.issue_id
LEFT JOIN read_models.workflow_people u ON u.id = c.author_id AND c.author_type = 'user'
LEFT JOIN $schema.comments a ON a.id = c.parent_id AND a.deleted_at IS NULL
WHERE ((SELECT read_models.sees_all()) OR c.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.time_entries WITH (security_barrier) AS
SELECT
  read_models.number_of(e.id, e.born, 8) AS id,
  t.number AS "taskId",
  u.number AS "userId",
  e.start_time AT TIME ZONE 'UTC' AS "startTime",
  e.end_time AT TIME ZONE 'UTC' AS "endTime",
  e.duration_seconds AS duration,
  e.description,
  e.is_manual AS "isManual",
  e.is_billable AS "isBillable",
  (e.hourly_rate::numeric / 1000000000)::double precision AS "hourlyRate",
  e.created_at AT TIME ZONE 'UTC' AS "createdAt",
  e.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.time_entries e
JOIN read_models.workflow_tasks t ON t.id = e.issue_id AND t.deleted_at IS NULL
LEFT JOIN read_models.workflow_people u ON u.id = e.user_id
WHERE e.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR e.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));
