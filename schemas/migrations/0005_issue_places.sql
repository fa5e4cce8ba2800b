-- Issues that were ranked hold their places, and epics hold that they are epics. What was said of them before these claims were
-- made is claimed here, so that the table goes on being what the events make of it.

-- An issue's own position is its number times 1048576. The key is the workspace, then position and number as sixteen hexadecimal
-- digits each, with the sign bit turned over, so that keys sort as places do.
INSERT INTO log.claims (scope, key, stream_id)
SELECT 'issue-place',
       workspace_id || ':' || lpad(to_hex(position # (-9223372036854775808)::bigint), 16, '0') ||
         lpad(to_hex(number # (-9223372036854775808)::bigint), 16, '0'),
       stream_id
FROM (SELECT opened.stream_id, opened.workspace_id, (opened.data ->> 'number')::bigint AS number,
             coalesce((SELECT (ranked.data ->> 'position')::bigint FROM log.events ranked
                       WHERE ranked.stream_id = opened.stream_id AND ranked.event_type = 'issue.ranked'
                       ORDER BY ranked.stream_version DESC LIMIT 1),
                      (opened.data ->> 'position')::bigint) AS position
      FROM log.events opened WHERE opened.event_type = 'issue.opened') issue
WHERE position <> number * 1048576;

INSERT INTO log.claims (scope, key, stream_id)
SELECT 'epic', stream_id::text, stream_id
FROM (SELECT DISTINCT ON (stream_id) stream_id, data ->> 'issue_type' AS issue_type FROM log.events
      WHERE event_type IN ('issue.opened', 'issue.edited') ORDER BY stream_id, stream_version DESC) issue
WHERE issue_type = 'epic';
