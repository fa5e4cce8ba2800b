-- Agent Factory: tenants are workspaces, and what is in a deleted one is in no table but the audit, which outlives it.
DROP SCHEMA IF EXISTS agent_factory CASCADE;
CREATE SCHEMA agent_factory;

-- Executions count in the calendar month (UTC) in which they were requested: what stands for an earlier one is over.
CREATE VIEW agent_factory.tenants WITH (security_barrier) AS
SELECT t.id::text AS id,
       t.name,
       t.slug,
       t.is_active,
       t.plan,
       t.resource_quota::jsonb AS resource_quota,
       jsonb_build_object(
           'agents', coalesce(u.agents, 0),
           'workflows', coalesce(u.workflows, 0),
           'executions_per_month', CASE WHEN u.month = to_char(clock.now AT TIME ZONE 'UTC', 'YYYY-MM') THEN u.executions ELSE 0 END) AS usage,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.workspaces t
LEFT JOIN $schema.workspace_usage u ON u.id = t.id
CROSS JOIN (SELECT now() + coalesce((SELECT ahead_microseconds FROM $schema.clock), 0) * interval '1 microsecond' AS now) clock
WHERE t.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR t.id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Roles and permissions are those of the membership at home, where that is a workspace that is seen. A member with a list of roles
-- has those; else the one word of the membership says what it comes to there.
CREATE VIEW agent_factory.users WITH (security_barrier) AS
SELECT t.id::text AS id,
       p.email,
       '[sealed]'::text AS hashed_password,
       t.status = 'active' AS is_active,
       t.is_superuser,
       home.id::text AS tenant_id,
       coalesce(nullif(m.roles::jsonb, '[]'), CASE WHEN m.role IN ('owner', 'admin') THEN '["admin"]'::jsonb ELSE '["user"]'::jsonb END) AS roles,
       (SELECT coalesce(jsonb_agg(granted.key ORDER BY granted.key), '[]') FROM jsonb_each(m.permissions::jsonb) granted
        WHERE granted.value = 'true') AS permissions,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.users t
LEFT JOIN $schema.workspaces home ON home.id = t.home_workspace_id
LEFT JOIN $schema.people p ON p.user_id = t.id
LEFT JOIN $schema.members m ON m.workspace_id = t.home_workspace_id AND m.user_id = t.id
  AND ((SELECT read_models.sees_all()) OR m.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]))
WHERE t.deleted_at IS NULL
  AND ((SELECT read_models.sees_all())
       OR EXISTS (SELECT FROM $schema.members seen
                  WHERE seen.user_id = t.id AND seen.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[])));

-- Only users are rows to refer to: what an agent or the system made was made by nobody here, in this table and the others.
CREATE VIEW agent_factory.agents WITH (security_barrier) AS
SELECT t.id::text AS id,
       t.name,
       t.instructions,
       t.model,
       w.id::text AS tenant_id,
       maker.id::text AS created_by,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.agents t
JOIN $schema.workspaces w ON w.id = t.workspace_id AND w.deleted_at IS NULL
LEFT JOIN $schema.users maker ON t.created_by_type = 'user' AND maker.id = t.created_by_id
WHERE t.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

CREATE VIEW agent_factory.workflows WITH (security_barrier) AS
SELECT t.id::text AS id,
       t.name,
       t.definition::jsonb AS definition,
       w.id::text AS tenant_id,
       maker.id::text AS created_by,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.workflows t
JOIN $schema.workspaces w ON w.id = t.workspace_id AND w.deleted_at IS NULL
LEFT JOIN $schema.users maker ON t.created_by_type = 'user' AND maker.id = t.created_by_id
WHERE t.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- A blueprint is its publisher's own and goes with them.
CREATE VIEW agent_factory.blueprints WITH (security_barrier) AS
SELECT t.id::text AS id,
       t.name,
       t.description,
       t.semantic_version AS version,
       t.definition::jsonb AS definition,
       t.pricing_model,
       (t.price::numeric / 1000000000)::double precision AS price,
       publisher.id::text AS publisher_id,
       t.is_public,
       t.downloads,
       t.rating,
       t.reviews_count,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.blueprints t
JOIN $schema.workspaces w ON w.id = t.workspace_id AND w.deleted_at IS NULL
LEFT JOIN $schema.users publisher ON t.publisher_type = 'user' AND publisher.id = t.publisher_id
WHERE t.deleted_at IS NULL AND publisher.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Runs of agents and of workflows are known: a task's run and a generation are their agent's. What was lost has failed. A run lies
-- in its issue, wherever that is moved, and with it in a project, which is its owner's.
CREATE VIEW agent_factory.executions WITH (security_barrier) AS
SELECT t.id::text AS id,
       CASE t.execution_type WHEN 'workflow' THEN 'workflow' ELSE 'agent' END AS execution_type,
       coalesce(t.resource_id, t.agent_id)::text AS resource_id,
       CASE t.status WHEN 'lost' THEN 'failed' ELSE t.status END AS status,
       t.input_data::jsonb AS input_data,
       t.output_data::jsonb AS output_data,
       t.error,
       (t.execution_time::numeric / 1000000000)::double precision AS execution_time,
       w.id::text AS tenant_id,
       maker.id::text AS created_by,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.completed_at AT TIME ZONE 'UTC' AS completed_at
FROM $schema.executions t
JOIN $schema.workspaces w ON w.id = t.workspace_id AND w.deleted_at IS NULL
LEFT JOIN $schema.users maker ON t.created_by_type = 'user' AND maker.id = t.created_by_id
LEFT JOIN $schema.issues i ON i.id = t.issue_id
LEFT JOIN $schema.projects p ON p.id = CASE WHEN t.issue_id IS NULL THEN t.project_id ELSE i.project_id END
LEFT JOIN $schema.users owner ON owner.id = p.owner_id
WHERE i.deleted_at IS NULL AND p.deleted_at IS NULL AND owner.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- What is of no workspace, as signing in, is for those who see all.
CREATE VIEW agent_factory.audit_logs WITH (security_barrier) AS
SELECT read_models.number_of(t.id, t.position, 33) AS id,
       t.event_type,
       actor.id::text AS user_id,
       t.resource_type,
       coalesce(t.resource_name, nullif(t.resource_id, '00000000-0000-0000-0000-000000000000')::text) AS resource_id,
       t.action,
       t.success,
       t.details::jsonb AS details,
       a.address AS ip_address,
       t.created_at AT TIME ZONE 'UTC' AS created_at
FROM $schema.audit_entries t
LEFT JOIN $schema.users actor ON t.actor_type = 'user' AND actor.id = t.actor_id
LEFT JOIN $schema.audit_addresses a ON a.entry_id = t.id
WHERE (SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]);

-- A key whose time is over has ended, whether or not that was noticed.
CREATE VIEW agent_factory.api_keys WITH (security_barrier) AS
SELECT t.id::text AS id,
       '[sealed]'::text AS key_hash,
       t.name,
       w.id::text AS tenant_id,
       holder.id::text AS user_id,
       t.permissions::jsonb AS permissions,
       t.last_used_at AT TIME ZONE 'UTC' AS last_used_at,
       t.expires_at AT TIME ZONE 'UTC' AS expires_at,
       t.is_active AND (t.expires_at IS NULL OR t.expires_at > clock.now) AS is_active,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.api_keys t
JOIN $schema.workspaces w ON w.id = t.workspace_id AND w.deleted_at IS NULL
JOIN $schema.users holder ON holder.id = t.user_id
CROSS JOIN (SELECT now() + coalesce((SELECT ahead_microseconds FROM $schema.clock), 0) * interval '1 microsecond' AS now) clock
WHERE (SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]);

CREATE VIEW agent_factory.projects WITH (security_barrier) AS
SELECT t.id::text AS id,
       t.name,
       t.project_type,
       w.id::text AS tenant_id,
       maker.id::text AS created_by,
       t.settings::jsonb AS config,
       t.is_active,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.projects t
JOIN $schema.workspaces w ON w.id = t.workspace_id AND w.deleted_at IS NULL
LEFT JOIN $schema.users maker ON t.created_by_type = 'user' AND maker.id = t.created_by_id
LEFT JOIN $schema.users owner ON owner.id = t.owner_id
WHERE t.deleted_at IS NULL AND owner.deleted_at IS NULL
  AND ((SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]));

-- Plans are of no workspace, and for everybody to read.
CREATE VIEW agent_factory.plans WITH (security_barrier) AS
SELECT t.id::text AS id,
       t.name,
       t.plan_type,
       (t.price_monthly::numeric / 1000000000)::double precision AS price_monthly,
       (t.price_yearly::numeric / 1000000000)::double precision AS price_yearly,
       t.currency,
       t.features::jsonb AS features,
       t.limits::jsonb AS limits,
       t.is_active,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.plans t
WHERE t.deleted_at IS NULL;

CREATE VIEW agent_factory.subscriptions WITH (security_barrier) AS
SELECT t.id::text AS id,
       w.id::text AS tenant_id,
       plan.id::text AS plan_id,
       t.status,
       t.billing_cycle,
       t.current_period_start AT TIME ZONE 'UTC' AS current_period_start,
       t.current_period_end AT TIME ZONE 'UTC' AS current_period_end,
       t.stripe_subscription_id,
       t.stripe_customer_id,
       t.created_at AT TIME ZONE 'UTC' AS created_at,
       t.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM $schema.subscriptions t
JOIN $schema.workspaces w ON w.id = t.workspace_id AND w.deleted_at IS NULL
LEFT JOIN $schema.plans plan ON plan.id = t.plan_id
WHERE (SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]);

-- The price is that of one unit, also where it was set for a thousand of them.
CREATE VIEW agent_factory.usage_records WITH (security_barrier) AS
SELECT t.id::text AS id,
       w.id::text AS tenant_id,
       s.id::text AS subscription_id,
       t.billing_unit,
       (t.quantity::numeric / 1000000000)::double precision AS quantity,
       (t.unit_price::numeric / (1000000000 * t.price_per::numeric))::double precision AS unit_price,
       (t.total_cost::numeric / 1000000000)::double precision AS total_cost,
       t.currency,
       t.period_start AT TIME ZONE 'UTC' AS period_start,
       t.period_end AT TIME ZONE 'UTC' AS period_end,
       t.created_at AT TIME ZONE 'UTC' AS created_at
FROM $schema.usage_records t
JOIN $schema.workspaces w ON w.id = t.workspace_id AND w.deleted_at IS NULL
LEFT JOIN $schema.subscriptions s ON s.id = t.subscription_id
WHERE (SELECT read_models.sees_all()) OR t.workspace_id = ANY ((SELECT read_models.seen_workspaces())::uuid[]);
