-- Which issues block an issue, and whose turn it is among the serial sub-issues of a parent, is held by claims. What was said of
-- issues before these claims were made is claimed here, so that the table goes on being what the events make of it.

INSERT INTO log.claims (scope, key, stream_id)
SELECT 'blocked-by', split_part(key, ':', 3) || ':' || replace(split_part(key, ':', 2), '-', ''), stream_id
FROM log.claims WHERE scope = 'dependency' AND key LIKE 'blocks:%';

-- The key is the parent, then position and number as sixteen hexadecimal digits each, with the sign bit turned over.
INSERT INTO log.claims (scope, key, stream_id)
SELECT 'serial-turn',
       parent.id || ':' || lpad(to_hex(place.position # (-9223372036854775808)::bigint), 16, '0') ||
         lpad(to_hex((opened.data ->> 'number')::bigint # (-9223372036854775808)::bigint), 16, '0'),
       opened.stream_id
FROM log.events opened
CROSS JOIN LATERAL (SELECT data ->> 'parent_id' AS id FROM log.events
                    WHERE stream_id = opened.stream_id AND event_type IN ('issue.opened', 'issue.parent_changed')
                    ORDER BY stream_version DESC LIMIT 1) parent
CROSS JOIN LATERAL (SELECT coalesce(data ->> 'execution_type', 'serial') AS word FROM log.events
                    WHERE stream_id = opened.stream_id AND event_type IN ('issue.opened', 'issue.edited')
                    ORDER BY stream_version DESC LIMIT 1) execution
CROSS JOIN LATERAL (SELECT data ->> 'status' AS word FROM log.events
                    WHERE stream_id = opened.stream_id AND event_type IN ('issue.opened', 'issue.status_changed')
                    ORDER BY stream_version DESC LIMIT 1) status
CROSS JOIN LATERAL (SELECT (data ->> 'position')::bigint AS position FROM log.events
                    WHERE stream_id = opened.stream_id AND event_type IN ('issue.opened', 'issue.ranked')
                    ORDER BY stream_version DESC LIMIT 1) place
WHERE opened.event_type = 'issue.opened' AND parent.id IS NOT NULL AND execution.word = 'serial'
  AND status.word NOT IN ('done', 'cancelled', 'archived')
  AND coalesce((SELECT event_type FROM log.events WHERE stream_id = opened.stream_id AND event_type IN ('issue.deleted', 'issue.restored')
                ORDER BY stream_version DESC LIMIT 1), 'issue.restored') = 'issue.restored';
