-- The reactor that tells people what concerns them. In a log that is there already it begins at its end: nobody is told of what is
-- long past.
INSERT INTO log.reactors (name, position) VALUES ('notifications', (SELECT coalesce(max(position), 0) FROM log.events));
