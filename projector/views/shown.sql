-- What is hidden nowhere: neither deleted nor contained in something that is, nor alone with somebody who is. The views of all models
-- read these; the rules are those of query-service/core/statement.hpp. `members` leaves nobody out but those who are deleted.
DROP VIEW IF EXISTS read_models.shown_users, read_models.shown_workspaces, read_models.shown_members, read_models.shown_projects,
  read_models.shown_issues, read_models.shown_activity CASCADE;

CREATE VIEW read_models.shown_users AS
SELECT u.* FROM $schema.users u WHERE u.deleted_at IS NULL;

CREATE VIEW read_models.shown_workspaces AS
SELECT w.* FROM $schema.workspaces w WHERE w.deleted_at IS NULL;

CREATE VIEW read_models.shown_members AS
SELECT m.* FROM $schema.members m
JOIN read_models.shown_workspaces w ON w.id = m.workspace_id
JOIN read_models.shown_users u ON u.id = m.user_id;

CREATE VIEW read_models.shown_projects AS
SELECT p.* FROM $schema.projects p
JOIN read_models.shown_workspaces w ON w.id = p.workspace_id
WHERE p.deleted_at IS NULL
  AND (p.owner_id IS NULL OR EXISTS (SELECT FROM read_models.shown_users o WHERE o.id = p.owner_id));

-- Of an issue without a project everything about the project is null.
CREATE VIEW read_models.shown_issues AS
SELECT i.* FROM $schema.issues i
JOIN read_models.shown_workspaces w ON w.id = i.workspace_id
LEFT JOIN $schema.projects p ON p.id = i.project_id
WHERE i.deleted_at IS NULL AND p.deleted_at IS NULL
  AND (p.owner_id IS NULL OR EXISTS (SELECT FROM read_models.shown_users o WHERE o.id = p.owner_id));

-- What is said of a deleted thing itself stays.
CREATE VIEW read_models.shown_activity AS
SELECT a.* FROM $schema.activity a
JOIN read_models.shown_workspaces w ON w.id = a.workspace_id
WHERE (a.project_id IS NULL OR a.project_id = a.entity_id OR EXISTS (SELECT FROM read_models.shown_projects p WHERE p.id = a.project_id))
  AND (a.issue_id IS NULL OR a.issue_id = a.entity_id OR EXISTS (SELECT FROM read_models.shown_issues i WHERE i.id = a.issue_id))
  AND (a.owner_id IS NULL OR EXISTS (SELECT FROM read_models.shown_users o WHERE o.id = a.owner_id));
