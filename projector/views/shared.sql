-- Functions that the views of all models and the indexes of the read tables are made with. Run before either is made, any number of
-- times: what is there is replaced by the same.
CREATE SCHEMA IF NOT EXISTS read_models;

-- The integer key of a row. An id that an import made of a number, with this code in its bytes 6 and 7, tells that number; any other row
-- has 10^12 and the position of its first event. Neither CASE nor AND: made of strict operators alone it is written out into the query
-- although it is STRICT, so that an index on it is found and a condition on it makes an inner join of an outer one.
CREATE OR REPLACE FUNCTION read_models.number_of(id uuid, born bigint, code integer) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (substring(uuid_send(id), 7) = decode(to_hex(32768 + code) || '80646179626f6f6b', 'hex'))::integer
           * ('x' || encode(substring(uuid_send(id), 1, 6), 'hex'))::bit(48)::bigint
       + (substring(uuid_send(id), 7) <> decode(to_hex(32768 + code) || '80646179626f6f6b', 'hex'))::integer
           * (1000000000000 + born)
$$;

-- Whether whoever asks stands above the workspaces: the role that owns the read models, its members, superusers.
CREATE OR REPLACE FUNCTION read_models.sees_all() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT pg_has_role(nspowner, 'MEMBER') FROM pg_namespace WHERE nspname = 'read_models'
$$;

-- The workspaces that everybody else sees: ids, by commas. None where nothing is set; an error where a word is no id.
CREATE OR REPLACE FUNCTION read_models.seen_workspaces() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_to_array(replace(coalesce(current_setting('daybook.workspaces', true), ''), ' ', ''), ',')::uuid[]
$$;
