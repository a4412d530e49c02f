-- Tokens of administrators, hashed.
CREATE TABLE token (id TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, unique_key TEXT, json TEXT NOT NULL);
CREATE UNIQUE INDEX token_unique_key ON token (unique_key) WHERE unique_key IS NOT NULL;
