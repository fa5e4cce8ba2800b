-- The tables of AI Workflow Manager: skills and templates. What a person made is hidden with them.
CREATE VIEW workflow_manager.skills WITH (security_barrier) AS
SELECT
  read_models.number_of(k.id, k.born, 6) AS id,
  k.name,
  k.description,
  k.prompt,
  k.category,
  k.ai_provider AS "aiProvider",
  COALESCE(k.mcp_requirements::jsonb, '[]') AS "mcpRequirements",
  k.input_schema::jsonb AS "inputSchema",
  k.output_schema::jsonb AS "outputSchema",
  k.is_public AS "isPublic",
  k.is_official AS "isOfficial",
  u.number AS "authorId",
  w.number AS "teamId",
  k.fork_count AS "forkCount",
  k.usage_count AS "usageCount",
  k.rating,
  (SELECT COALESCE(jsonb_agg(jsonb_build_object('user_id', v.number, 'rating', r.rating, 'comment', r.comment,
                                                'created_at', read_models.workflow_time(r.created_at)) ORDER BY r.born, r.id), '[]')
   FROM $schema.skill_reviews r
   LEFT JOIN read_models.workflow_people v ON v.id = r.user_id
   WHERE r.skill_id = k.id) AS reviews,
  k.revision AS version,
  k.changelog,
  k.created_at AT TIME ZONE 'UTC' AS "createdAt",
  k.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.skills k
JOIN read_models.shown_workspaces p ON p.id = k.workspace_id
LEFT JOIN read_models.workflow_teams w ON w.id = k.workspace_id
LEFT JOIN read_models.workflow_people u ON u.id = k.author_id AND k.author_type = 'user'
WHERE k.deleted_at IS NULL AND (k.author_type <> 'user' OR u.id IS NOT NULL)
  AND ((SELECT read_models.sees_all()) OR k.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.skill_tags WITH (security_barrier) AS
SELECT
  n.number * 1024 + t.place - 1 AS id,
  n.number AS skill_id,
  t.tag,
  k.created_at AT TIME ZONE 'UTC' AS created_at,
  k.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.skills k
JOIN read_models.workflow_skills n ON n.id = k.id
JOIN read_models.shown_workspaces w ON w.id = k.workspace_id
CROSS JOIN LATERAL json_array_elements_text(k.tags) WITH ORDINALITY t(tag, place)
WHERE ((SELECT read_models.sees_all()) OR k.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.templates WITH (security_barrier) AS
SELECT
  read_models.number_of(t.id, t.born, 9) AS id,
  t.name,
  t.description,
  t.category,
  t.cover_image AS "coverImage",
  t.tags::jsonb AS tags,
  jsonb_build_object(
    'tasks',
    (SELECT COALESCE(jsonb_agg(read_models.workflow_renamed(s.task, '{"estimated_minutes": "estimatedMinutes", "parent_order": "parentOrder"}') ||
                               jsonb_build_object('priority', CASE s.task->>'priority' WHEN 'none' THEN 'low' ELSE s.task->>'priority' END,
                                                  'skills', (SELECT COALESCE(jsonb_agg(k.number ORDER BY n.place), '[]')
                                                            FROM jsonb_array_elements_text(s.task->'skills') WITH ORDINALITY n(id, place)
                                                            JOIN read_models.workflow_skills k ON k.id = n.id::uuid)) ORDER BY s.place), '[]')
     FROM jsonb_array_elements(t.project_structure::jsonb->'tasks') WITH ORDINALITY s(task, place)),
    'skills',
    (SELECT COALESCE(jsonb_agg(k.number ORDER BY n.place), '[]')
     FROM jsonb_array_elements_text(t.project_structure::jsonb->'skills') WITH ORDINALITY n(id, place)
     JOIN read_models.workflow_skills k ON k.id = n.id::uuid),
    'automations', COALESCE(t.project_structure::jsonb->'automations', '[]')) AS "projectStructure",
  t.ai_provider_recommendations::jsonb AS "aiProviderRecommendations",
  t.is_public AS "isPublic",
  t.is_official AS "isOfficial",
  u.number AS "authorId",
  t.usage_count AS "usageCount",
  t.rating,
  t.created_at AT TIME ZONE 'UTC' AS "createdAt",
  t.updated_at AT TIME ZONE 'UTC' AS "updatedAt"
FROM $schema.templates t
JOIN read_models.shown_workspaces w ON w.id = t.workspace_id
LEFT JOIN read_models.workflow_people u ON u.id = t.author_id AND t.author_type = 'user'
WHERE t.deleted_at IS NULL AND (t.author_type <> 'user' OR u.id IS NOT NULL)
  AND ((SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW workflow_manager.template_tasks WITH (security_barrier) AS
SELECT
  n.number * 1024 + s.place - 1 AS id,
  n.number AS template_id,
  s.task->>'title' AS title,
  s.task->>'description' AS description,
  CASE s.task->>'priority' WHEN 'none' THEN 'low' ELSE s.task->>'priority' END AS priority,
  (s.task->>'estimated_minutes')::bigint AS estimated_minutes,
  (s.task->>'order')::bigint AS "order",
  (s.task->>'parent_order')::bigint AS parent_task_order,
  (SELECT COALESCE(jsonb_agg(k.number ORDER BY x.place), '[]')
   FROM jsonb_array_elements_text(s.task->'skills') WITH ORDINALITY x(id, place)
   JOIN read_models.workflow_skills k ON k.id = x.id::uuid) AS suggested_skills,
  t.created_at AT TIME ZONE 'UTC' AS created_at,
  t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.templates t
JOIN read_models.workflow_templates n ON n.id = t.id
JOIN read_models.shown_workspaces w ON w.id = t.workspace_id
CROSS JOIN LATERAL jsonb_array_elements(t.project_structure::jsonb->'tasks') WITH ORDINALITY s(task, place)
WHERE ((SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));
