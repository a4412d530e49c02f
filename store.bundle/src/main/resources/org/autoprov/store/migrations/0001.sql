-- One table per kind of document. Not WITHOUT ROWID: documents are about 2 KiB, too long for the inner pages of a key's
-- tree, and ids come in random order. The partial index keeps documents without a unique key out of it.
CREATE TABLE device (id TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, unique_key TEXT, json TEXT NOT NULL);
CREATE UNIQUE INDEX device_unique_key ON device (unique_key) WHERE unique_key IS NOT NULL;
CREATE TABLE config (id TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, unique_key TEXT, json TEXT NOT NULL);
CREATE UNIQUE INDEX config_unique_key ON config (unique_key) WHERE unique_key IS NOT NULL;
CREATE TABLE tenant (id TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, unique_key TEXT, json TEXT NOT NULL);
CREATE UNIQUE INDEX tenant_unique_key ON tenant (unique_key) WHERE unique_key IS NOT NULL;
CREATE TABLE line (id TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, unique_key TEXT, json TEXT NOT NULL);
CREATE UNIQUE INDEX line_unique_key ON line (unique_key) WHERE unique_key IS NOT NULL;
CREATE TABLE plugin (id TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, unique_key TEXT, json TEXT NOT NULL);
CREATE UNIQUE INDEX plugin_unique_key ON plugin (unique_key) WHERE unique_key IS NOT NULL;
CREATE TABLE parameter (id TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, unique_key TEXT, json TEXT NOT NULL);
CREATE UNIQUE INDEX parameter_unique_key ON parameter (unique_key) WHERE unique_key IS NOT NULL;

-- Who changed what, when (milliseconds since 1970, UTC). seq counts in the order of the commits.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  time_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX audit_id ON audit (id);
