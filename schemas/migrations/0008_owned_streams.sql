-- To whom a stream belongs alone, and with whose deletion it is hidden: a project's owner, and who made a skill, a template or an
-- automation. What was said before is taken from the events.
ALTER TABLE log.streams ADD COLUMN owner uuid;

UPDATE log.streams SET owner = owned.owner
FROM (SELECT DISTINCT ON (stream_id) stream_id, (data ->> 'owner_id')::uuid AS owner FROM log.events
      WHERE event_type IN ('project.created', 'project.owner_changed') ORDER BY stream_id, stream_version DESC) owned
WHERE streams.stream_id = owned.stream_id AND owned.owner IS NOT NULL;

UPDATE log.streams SET owner = made.actor_id
FROM log.events made
WHERE streams.stream_id = made.stream_id AND made.actor_type = 'user'
  AND made.event_type IN ('skill.published', 'template.published', 'automation.defined');
