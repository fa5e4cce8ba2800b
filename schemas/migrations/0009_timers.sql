-- Who lets things happen because time has passed. What is due stands in the read tables, so there is no position to it: only the lead
-- is kept here.
INSERT INTO log.reactors (name, position) VALUES ('timers', 0);
