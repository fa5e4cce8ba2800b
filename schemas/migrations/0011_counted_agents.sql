-- Agents that are there are counted by workspace, for its quota. Those that were registered before are counted here, so that the
-- table goes on being what the events make of it.
INSERT INTO log.counters (scope, key, position, value)
SELECT 'quota-agents', workspace_id, max(position),
       sum(CASE WHEN event_type = 'agent.retired' THEN -1 ELSE 1 END)
FROM log.events
WHERE event_type IN ('agent.registered', 'agent.retired', 'agent.restored')
GROUP BY workspace_id;
